"""An HLS package on disk: plain files for any web server, whole at any moment; knows no source and no clock.

    FOLDER/package.jsonl              what the package holds, a line a segment: from it everything below is listed
    FOLDER/main.m3u8                  the multivariant playlist
    FOLDER/picture/list.m3u8 init-1.mp4 1.m4s …
    FOLDER/lower/…                    the same picture, smaller; where a segment is missing the picture's own is listed
    FOLDER/sign/…                     the sign language; where it does not arrive there is a plain picture
    FOLDER/sound/<channel>/list.m3u8 init.mp4 1.m4s …
    FOLDER/captions/<track>/list.m3u8 1.vtt …

A segment is written before the playlists name it; a playlist is replaced as a whole. After a crash the package goes on
with the next number, and says that it begins anew there.
"""

import errno
import os
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.mp4 import SOUND_SCALE, VIDEO_SCALE, Sample, media_segment, sound_init, video_init
from intercommunity.media.packaging.alongside import Piece
from intercommunity.media.packaging.picture import PictureSegment
from intercommunity.media.packaging.playlist import Entry, Growing, Seen, Spoken, delta_of, multivariant_playlist
from intercommunity.media.packaging.subtitles import Caption, segment
from intercommunity.media.sound import BLOCK

PICTURE, LOWER, SIGN, SOUND, CAPTIONS = "picture", "lower", "sign", "sound", "captions"
_BLOCK_SECONDS = BLOCK / SOUND_SCALE
_BLOCK_MS = BLOCK * 1000 / SOUND_SCALE
LOWER_LINES, LOWER_KBIT = 360, 400
"""Of the lower rendition at most, as it is made (see `arriving/passage.py`)."""
_RATED = 300
"""Segments: ten minutes."""


class Begun(Struct, frozen=True, tag="begun"):
    """`epoch`: ms UTC; all media times count from it. `lower`: whether there is a lower rendition."""

    epoch: int
    channels: tuple[Spoken, ...]
    tracks: tuple[Spoken, ...]
    kbit: int
    sign: Spoken | None = None
    lower: bool = False

    @property
    def beside(self) -> tuple[str, ...]:
        """The pictures beside the first."""
        return (LOWER,) * self.lower + (SIGN,) * (self.sign is not None)


class Form(Struct, frozen=True, tag="form"):
    """A form of a picture: its init segment's number; `of`: which picture's."""

    number: int
    seen: PictureForm
    slate: bool = False
    of: str = PICTURE


class Cut(Struct, frozen=True, tag="cut"):
    """A segment. `shown`, `end`: 1/90000 s; `block`: the first of its sound; `blocks`: how many. `lower`, `sign`: the
    forms of those pictures, 0 where there is none; `size`, `lower_size`: bytes.
    """

    number: int
    form: int
    shown: int
    end: int
    block: int
    blocks: int
    size: int
    anew: bool = False
    lower: int = 0
    lower_size: int = 0
    sign: int = 0


_Kept = Begun | Form | Cut
_LINE = msgspec.json.Decoder(_Kept)


class Package:
    """Open, or open again. Raises `OSError` where it cannot be written; what was listed before stays valid."""

    def __init__(self, folder: Path, begun: Begun) -> None:
        self.begun = begun
        self._begin(folder)
        index = folder / "package.jsonl"
        if index.exists():
            data = self._read()
            os.truncate(index, data.rfind(b"\n") + 1)
        else:
            self._make_folders()
            self._keep(begun)

    @classmethod
    def read(cls, folder: Path) -> "Package":
        """One that may be written by another process just now: what is whole of it is taken, and nothing mended."""
        package = cls.__new__(cls)
        package._begin(folder)  # noqa: SLF001 - its own
        package._read()  # noqa: SLF001
        return package

    @staticmethod
    def begun_in(folder: Path) -> Begun | None:
        """How the package there begins; None where there is none."""
        try:
            with (folder / "package.jsonl").open("rb") as index:
                kept = _LINE.decode(index.readline())
        except (OSError, msgspec.DecodeError):
            return None
        return kept if isinstance(kept, Begun) else None

    def _begin(self, folder: Path) -> None:
        self.folder = folder
        self.cuts: list[Cut] = []
        self.forms: dict[int, Form] = {}
        self._lists = {kind: Growing() for kind in (PICTURE, LOWER, SIGN, SOUND, CAPTIONS)}
        self._rates: dict[str, deque[float]] = {PICTURE: deque(maxlen=_RATED), LOWER: deque(maxlen=_RATED)}
        self._last_forms: dict[str, Form] = {}

    def _read(self) -> bytes:
        data = (self.folder / "package.jsonl").read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        for line in whole.splitlines():
            match kept := _LINE.decode(line):
                case Begun():
                    self.begun = kept
                case Form():
                    self.forms[kept.number] = kept
                case Cut():
                    self._list(kept)
        return data

    def _make_folders(self) -> None:
        for each in (*self.begun.channels, *self.begun.tracks):
            (self.folder / each.uri).parent.mkdir(parents=True, exist_ok=True)
        for kind in (PICTURE, *self.begun.beside):
            (self.folder / kind).mkdir(parents=True, exist_ok=True)

    def _keep(self, what: _Kept) -> None:
        """A line whole or not at all, also on a disk that is full."""
        path = self.folder / "package.jsonl"
        size = path.stat().st_size if path.exists() else 0
        line = msgspec.json.encode(what) + b"\n"
        try:
            with path.open("ab", buffering=0) as index:
                index.write(line)
            if path.stat().st_size < size + len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))  # noqa: TRY301 - a part was written
        except OSError:
            os.truncate(path, size)
            raise

    @property
    def next_number(self) -> int:
        return len(self.cuts) + 1

    # What is added

    def add_form(self, form: PictureForm, record: bytes, *, slate: bool, of: str = PICTURE) -> int:
        """Returns its number."""
        number = len(self.forms) + 1
        self._write(f"{of}/init-{number}.mp4", video_init(form, record))
        self._keep(kept := Form(number, form, slate, of))
        self.forms[number] = kept
        return number

    def add_sound_setup(self, channel: Spoken, config: bytes, bits: int) -> None:
        folder = Path(channel.uri).parent
        self._write(f"{folder}/init.mp4", sound_init(config, channel.channels, bits))

    def add(
        self,
        pictures: PictureSegment,
        form: int,
        block: int,
        sound: Mapping[str, list[bytes]],
        beside: Mapping[str, tuple[int, Piece]],
    ) -> Cut:
        """`form`: its number here; `block`: the first of the sound, by channel's address, counted from the epoch;
        `beside`: the other pictures, with the number of their form.
        """
        number = self.next_number
        size = self._write_picture(PICTURE, number, pictures.time, pictures.samples)
        sizes = {
            kind: self._write_picture(kind, number, piece.time, piece.samples) for kind, (_, piece) in beside.items()
        }
        blocks = 0
        for uri, frames in sound.items():
            blocks = len(frames)
            samples = [Sample(frame, BLOCK) for frame in frames]
            self._write(f"{Path(uri).parent}/{number}.m4s", media_segment(number, block * BLOCK, samples))
        forms = {kind: number_of_form for kind, (number_of_form, _) in beside.items()}
        cut = Cut(
            number, form, pictures.shown, pictures.end, block, blocks, size, pictures.new_form and number > 1,
            lower=forms.get(LOWER, 0), lower_size=sizes.get(LOWER, 0), sign=forms.get(SIGN, 0),
        )  # fmt: skip
        self._keep(cut)
        self._list(cut)
        return cut

    def _write_picture(self, kind: str, number: int, time: int, samples: Sequence[Sample]) -> int:
        data = media_segment(number, time, samples)
        self._write(f"{kind}/{number}.m4s", data)
        return len(data)

    def write_captions(self, track: Spoken, captions: Iterable[Caption], cuts: Iterable[Cut]) -> None:
        """The track's files for some segments; may be written again whenever words change."""
        folder, captions = Path(track.uri).parent, list(captions)
        for cut in cuts:
            self._write(f"{folder}/{cut.number}.vtt", segment(captions, *self.span_of(cut), self.begun.epoch).encode())

    def span_of(self, cut: Cut) -> tuple[int, int]:
        """From when to when, ms UTC."""
        return round(self._at(cut.shown)), round(self._at(cut.end))

    def end_of(self, cut: Cut) -> float:
        """Ms UTC, as exactly as it is known."""
        return self._at(cut.end)

    def _at(self, time: int) -> float:
        """Ms UTC"""
        return self.begun.epoch + time * 1000 / VIDEO_SCALE

    def span(self) -> tuple[int, int]:
        """From when to when the whole is, ms UTC."""
        return round(self._at(self.cuts[0].shown)), round(self._at(self.cuts[-1].end))

    def touching(self, begin: int, end: int) -> list[Cut]:
        """The segments that hold something between two moments, ms UTC."""
        first = bisect_left(self.cuts, True, key=lambda cut: self._at(cut.end) > begin)
        last = bisect_left(self.cuts, True, key=lambda cut: self._at(cut.shown) >= end)
        return self.cuts[first:last]

    def media_files(self) -> Iterator[Path]:
        """Segments, and what they begin with, of every rendition; neither playlists nor captions."""
        for folder in (PICTURE, *self.begun.beside, *(str(Path(each.uri).parent) for each in self.begun.channels)):
            yield from sorted(path for path in (self.folder / folder).iterdir() if path.suffix in (".m4s", ".mp4"))

    # What lists it

    def _list(self, cut: Cut) -> None:
        self.cuts.append(cut)
        name, seconds = f"{cut.number}.m4s", (cut.end - cut.shown) / VIDEO_SCALE
        entry = Entry(name, seconds, self._at(cut.shown), f"init-{cut.form}.mp4", cut.anew)
        self._lists[PICTURE].add(entry)
        standing_in = replace(entry, uri=f"../picture/{name}", init=f"../picture/{entry.init}")
        self._lists[LOWER].add(replace(entry, init=f"init-{cut.lower}.mp4") if cut.lower else standing_in)
        self._lists[SIGN].add(replace(entry, init=f"init-{cut.sign}.mp4"))
        heard = replace(entry, seconds=cut.blocks * _BLOCK_SECONDS, at=self.begun.epoch + cut.block * _BLOCK_MS)
        self._lists[SOUND].add(replace(heard, init="init.mp4"))
        self._lists[CAPTIONS].add(replace(entry, uri=f"{cut.number}.vtt", init=""))
        self._rate(cut)

    def _rate(self, cut: Cut) -> None:
        length = max(1, cut.end - cut.shown)
        self._rates[PICTURE].append(cut.size * 8 * VIDEO_SCALE / length)
        if cut.lower:
            self._rates[LOWER].append(cut.lower_size * 8 * VIDEO_SCALE / length)
            self._last_forms[LOWER] = self.forms[cut.lower]
        form, before = self.forms[cut.form], self._last_forms.get(PICTURE)
        if before is None or before.slate or not form.slate:
            self._last_forms[PICTURE] = form

    def write_lists(self, now: float | None) -> None:
        """The playlists as of `now` (ms UTC; None: nothing more comes).

        The picture's after all that belong to it, the multivariant one last.
        """
        for track in self.begun.tracks:
            self._write_list(track.uri, self._lists[CAPTIONS], now)
        for channel in self.begun.channels:
            self._write_list(channel.uri, self._lists[SOUND], now)
        for kind in (*self.begun.beside, PICTURE):
            self._write_list(f"{kind}/list.m3u8", self._lists[kind], now)
        self._write("main.m3u8", self.main().encode())

    def _write_list(self, uri: str, listed: Growing, now: float | None) -> None:
        """In full, and what is new of it as list-delta.m3u8."""
        self._write(uri, listed.whole(now))
        if now is not None:
            self._write(delta_of(uri), listed.delta(now))
        else:
            (self.folder / delta_of(uri)).unlink(missing_ok=True)

    def main(self, where: str = "") -> str:
        """The multivariant playlist; `where`: what comes before the addresses in it."""
        sign = self.begun.sign
        return multivariant_playlist(
            [*self._sizes(where)],
            [replace(each, uri=where + each.uri) for each in self.begun.channels],
            [replace(each, uri=where + each.uri) for each in self.begun.tracks],
            self.begun.kbit * 1000,
            sign and replace(sign, uri=where + sign.uri),
        )

    def _sizes(self, where: str) -> Iterator[Seen]:
        """The smaller one also while it has yet to come: players that wait for the stage read this no second time."""
        if PICTURE in self._last_forms:
            picture = self._seen(PICTURE, where)
            yield picture
            if LOWER in self._last_forms:
                yield self._seen(LOWER, where)
            elif self.begun.lower and picture.height > LOWER_LINES:
                uri, width = f"{where}{LOWER}/list.m3u8", round(picture.width * LOWER_LINES / picture.height / 2) * 2
                rate = min(picture.peak, LOWER_KBIT * 1000)
                yield replace(picture, uri=uri, width=width, height=LOWER_LINES, peak=rate, average=rate)

    def _seen(self, kind: str, where: str) -> Seen:
        """The picture as it last came from the stage, else the slate."""
        form, rates = self._last_forms[kind].seen, self._rates[kind]
        return Seen(
            uri=f"{where}{kind}/list.m3u8",
            codec=form.codec,
            width=form.width,
            height=form.height,
            fps=form.fps,
            peak=int(max(rates)),
            average=int(sum(rates) / len(rates)),
        )

    def end(self) -> None:
        """Nothing more comes; the playlists become those of a recording."""
        self.write_lists(None)

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all."""
        path = self.folder / name
        making = path.with_name(path.name + ".new")
        making.write_bytes(data)
        making.replace(path)
