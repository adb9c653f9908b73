"""The three letters by which MP4 files name languages (ISO 639-2/T), for the most usual; knows no names."""

_PAIRS = """
am-amh ar-ara bg-bul bn-ben bs-bos ca-cat cs-ces da-dan de-deu el-ell en-eng es-spa et-est eu-eus fa-fas
fi-fin fr-fra ga-gle gl-glg gu-guj ha-hau he-heb hi-hin hr-hrv hu-hun hy-hye id-ind ig-ibo is-isl it-ita
ja-jpn ka-kat kk-kaz km-khm ko-kor ku-kur lo-lao lt-lit lv-lav mi-mri mk-mkd mn-mon ms-msa my-mya ne-nep
nl-nld no-nor pa-pan pl-pol ps-pus pt-por qu-que ro-ron ru-rus rw-kin si-sin sk-slk sl-slv so-som sq-sqi
sr-srp sv-swe sw-swa ta-tam te-tel th-tha ti-tir tl-tgl tr-tur uk-ukr ur-urd uz-uzb vi-vie wo-wol xh-xho
yo-yor zh-zho zu-zul
"""
_THREE = dict(pair.split("-") for pair in _PAIRS.split())
_LENGTH = 3


def three_letters(tag: str) -> str:
    """Of a BCP 47 tag; `und` where it is not among them."""
    language = tag.partition("-")[0].lower()
    return language if len(language) == _LENGTH else _THREE.get(language, "und")
