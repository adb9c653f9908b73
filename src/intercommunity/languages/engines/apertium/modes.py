"""The pairs that are installed, read from Apertium's mode files; starts nothing.

A mode file is one pipeline of programs as a shell would run it, with ``$1`` for the generator's option and ``$2``
for the tagger's. Its name is the pair: ``eng-spa``, ``spa-eng_US``, in older packages ``eo-en``.
"""

import re
import shlex
from pathlib import Path

from intercommunity.languages.tags import Pair

_NAME = re.compile(r"([a-z]{2,3})(?:_(\w+))?-([a-z]{2,3})(?:_(\w+))?")
_REGION = re.compile(r"[A-Z]{2}|\d{3}")
_NO_MARKS = "-n"  # the generator leaves words that it does not know without a mark
_FLUSH_ON_NUL = "-z"

# ISO 639-3 codes, which Apertium uses, of languages that BCP 47 writes with two letters (ISO 639-1).
_CODES = """
    afr=af ara=ar arg=an aze=az bak=ba bel=be ben=bn bos=bs bre=br bul=bg cat=ca ces=cs chv=cv
    cos=co cym=cy dan=da deu=de ell=el eng=en epo=eo est=et eus=eu fao=fo fas=fa pes=fa fin=fi
    fra=fr gla=gd gle=ga glg=gl glv=gv guj=gu hat=ht hau=ha hbs=sh heb=he hin=hi hrv=hr hun=hu
    hye=hy ibo=ig ina=ia ind=id isl=is ita=it jpn=ja kat=ka kaz=kk khm=km kir=ky kor=ko kur=ku
    lat=la lav=lv lin=ln lit=lt ltz=lb mal=ml mar=mr mkd=mk mlt=mt mon=mn msa=ms zlm=ms nep=ne
    nld=nl nno=nn nob=nb oci=oc pan=pa pol=pl por=pt que=qu ron=ro rus=ru san=sa slk=sk slv=sl
    sme=se spa=es sqi=sq srd=sc srp=sr swa=sw swe=sv tam=ta tat=tt tel=te tgk=tg tha=th tuk=tk
    tur=tr uig=ug ukr=uk urd=ur uzb=uz vie=vi wln=wa xho=xh yid=yi yor=yo zho=zh zul=zu
"""
_TWO_LETTERS = dict(pair.split("=") for pair in _CODES.split())


def installed_modes(data_dir: Path) -> dict[Pair, Path]:
    """Return the mode file of every installed pair of BCP 47 tags; empty where Apertium is not installed."""
    files = sorted((data_dir / "modes").glob("*.mode"))
    return {pair: file for file in files if (pair := _pair(file.stem))}


def pipeline_command(mode: str) -> str:
    """Return the shell command that keeps the pipeline of a mode file's text open between texts.

    Nothing but the mode file goes into it; what people write reaches the pipeline by its standard input alone.
    """
    stages = (shlex.split(stage) for stage in mode.strip().split("|"))
    return " | ".join(shlex.join(_flushing(stage)) for stage in stages if stage)


def _flushing(stage: list[str]) -> list[str]:
    arguments = [_NO_MARKS if argument == "$1" else argument for argument in stage[1:] if argument != "$2"]
    return [stage[0], _FLUSH_ON_NUL, *arguments]


def _pair(name: str) -> Pair | None:
    match = _NAME.fullmatch(name)
    return (_tag(match[1], match[2]), _tag(match[3], match[4])) if match else None


def _tag(code: str, variant: str | None) -> str:
    language = _TWO_LETTERS.get(code, code)
    if variant is None:
        return language
    return f"{language}-{variant}" if _REGION.fullmatch(variant) else f"{language}-x-{variant.lower()[:8]}"
