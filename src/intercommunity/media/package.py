"""An HLS package on disk: plain files for any web server, whole at any moment; knows no source and no clock.

    FOLDER/package.jsonl              what the package holds, a line a segment: from it everything below is listed
    FOLDER/main.m3u8                  the multivariant playlist
    FOLDER/picture/list.m3u8 init-1.mp4 1.m4s …
    FOLDER/sound/<channel>/list.m3u8 init.mp4 1.m4s …
    FOLDER/captions/<track>/list.m3u8 1.vtt …

A segment is written before the playlists name it; a playlist is replaced as a whole. After a crash the package goes on
with the next number, and says that it begins anew there.
"""

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from intercommunity.media.avc import PictureForm
from intercommunity.media.mp4 import SOUND_SCALE, VIDEO_SCALE, Sample, media_segment, sound_init, video_init
from intercommunity.media.picture import PictureSegment
from intercommunity.media.playlist import (
    Entry,
    Seen,
    Spoken,
    delta_of,
    media_playlist,
    multivariant_playlist,
    playlist_delta,
)
from intercommunity.media.sound import BLOCK
from intercommunity.media.subtitles import Caption, segment

_BLOCK_SECONDS = BLOCK / SOUND_SCALE


class Begun(Struct, frozen=True, tag="begun"):
    """`epoch`: ms UTC; all media times count from it."""

    epoch: int
    channels: tuple[Spoken, ...]
    tracks: tuple[Spoken, ...]
    kbit: int


class Form(Struct, frozen=True, tag="form"):
    """A form of the picture: its init segment's number."""

    number: int
    seen: PictureForm
    slate: bool = False


class Cut(Struct, frozen=True, tag="cut"):
    """A segment. `shown`, `end`: 1/90000 s; `block`: the first of its sound; `blocks`: how many."""

    number: int
    form: int
    shown: int
    end: int
    block: int
    blocks: int
    size: int
    anew: bool = False


_Kept = Begun | Form | Cut
_LINE = msgspec.json.Decoder(_Kept)


class Package:
    """Open, or open again. Raises `OSError` where it cannot be written; what was listed before stays valid."""

    def __init__(self, folder: Path, begun: Begun) -> None:
        self.folder = folder
        self.begun = begun
        self.cuts: list[Cut] = []
        self.forms: dict[int, Form] = {}
        self.ended = False
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
        package.folder, package.cuts, package.forms, package.ended = folder, [], {}, False
        package._read()  # noqa: SLF001 - its own
        return package

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
                    self.cuts.append(kept)
        return data

    def _make_folders(self) -> None:
        for each in (*self.begun.channels, *self.begun.tracks):
            (self.folder / each.uri).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "picture").mkdir(parents=True, exist_ok=True)

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

    def add_form(self, form: PictureForm, record: bytes, *, slate: bool) -> int:
        """Returns its number."""
        number = len(self.forms) + 1
        self._write(f"picture/init-{number}.mp4", video_init(form, record))
        self._keep(kept := Form(number, form, slate))
        self.forms[number] = kept
        return number

    def add_sound_setup(self, channel: Spoken, config: bytes, bits: int) -> None:
        folder = Path(channel.uri).parent
        self._write(f"{folder}/init.mp4", sound_init(config, channel.channels, bits))

    def add(self, pictures: PictureSegment, form: int, block: int, sound: Mapping[str, list[bytes]]) -> Cut:
        """`form`: its number here; `block`: the first of the sound, by channel's address, counted from the epoch."""
        number = self.next_number
        data = media_segment(number, pictures.time, pictures.samples)
        self._write(f"picture/{number}.m4s", data)
        blocks = 0
        for uri, frames in sound.items():
            blocks = len(frames)
            samples = [Sample(frame, BLOCK) for frame in frames]
            self._write(f"{Path(uri).parent}/{number}.m4s", media_segment(number, block * BLOCK, samples))
        cut = Cut(
            number, form, pictures.shown, pictures.end, block, blocks, len(data), pictures.new_form and number > 1
        )
        self._keep(cut)
        self.cuts.append(cut)
        return cut

    def write_captions(self, track: Spoken, captions: Iterable[Caption], cuts: Iterable[Cut]) -> None:
        """The track's files for some segments; may be written again whenever words change."""
        folder, captions = Path(track.uri).parent, list(captions)
        for cut in cuts:
            begin, end = self._at(cut.shown), self._at(cut.end)
            self._write(
                f"{folder}/{cut.number}.vtt", segment(captions, round(begin), round(end), self.begun.epoch).encode()
            )

    def _at(self, time: int) -> float:
        """Ms UTC"""
        return self.begun.epoch + time * 1000 / VIDEO_SCALE

    def span(self) -> tuple[int, int]:
        """From when to when, ms UTC."""
        return round(self._at(self.cuts[0].shown)), round(self._at(self.cuts[-1].end))

    def touching(self, begin: int, end: int) -> list[Cut]:
        """The segments that hold something between two moments, ms UTC."""
        found = []
        for cut in reversed(self.cuts):
            if self._at(cut.end) <= begin:
                break
            if self._at(cut.shown) < end:
                found.append(cut)
        return found

    # What lists it

    def write_lists(self) -> None:
        """The playlists, as of now; the multivariant one last."""
        self._write_list("picture/list.m3u8", self._picture_entries())
        for channel in self.begun.channels:
            self._write_list(channel.uri, self._sound_entries())
        for track in self.begun.tracks:
            self._write_list(track.uri, self._caption_entries())
        self._write("main.m3u8", self.main().encode())

    def _write_list(self, uri: str, entries: list[Entry]) -> None:
        """In full, and what is new of it as list-delta.m3u8."""
        self._write(uri, media_playlist(entries, ended=self.ended).encode())
        if not self.ended:
            self._write(delta_of(uri), playlist_delta(entries).encode())
        else:
            (self.folder / delta_of(uri)).unlink(missing_ok=True)

    def _picture_entries(self) -> list[Entry]:
        return [
            Entry(
                f"{cut.number}.m4s",
                (cut.end - cut.shown) / VIDEO_SCALE,
                self._at(cut.shown),
                f"init-{cut.form}.mp4",
                cut.anew,
            )
            for cut in self.cuts
        ]

    def _sound_entries(self) -> list[Entry]:
        milliseconds = BLOCK * 1000 / SOUND_SCALE
        return [
            Entry(
                f"{cut.number}.m4s",
                cut.blocks * _BLOCK_SECONDS,
                self.begun.epoch + cut.block * milliseconds,
                "init.mp4",
                cut.anew,
            )
            for cut in self.cuts
        ]

    def _caption_entries(self) -> list[Entry]:
        return [
            Entry(f"{cut.number}.vtt", (cut.end - cut.shown) / VIDEO_SCALE, self._at(cut.shown), "", cut.anew)
            for cut in self.cuts
        ]

    def main(self, where: str = "") -> str:
        """The multivariant playlist; `where`: what comes before the addresses in it."""
        seen = self._seen()
        return multivariant_playlist(
            seen and replace(seen, uri=where + seen.uri),
            [replace(each, uri=where + each.uri) for each in self.begun.channels],
            [replace(each, uri=where + each.uri) for each in self.begun.tracks],
            self.begun.kbit * 1000,
        )

    def _seen(self) -> Seen | None:
        """The picture as it last came from the stage, else the slate."""
        used = {cut.form for cut in self.cuts}
        forms = [form for form in self.forms.values() if form.number in used]
        chosen = [form for form in forms if not form.slate] or forms
        if not chosen:
            return None
        form = chosen[-1].seen
        rates = [cut.size * 8 * VIDEO_SCALE / max(1, cut.end - cut.shown) for cut in self.cuts[-300:]]
        return Seen(
            uri="picture/list.m3u8",
            codec=form.codec,
            width=form.width,
            height=form.height,
            fps=form.fps,
            peak=int(max(rates)),
            average=int(sum(rates) / len(rates)),
        )

    def end(self) -> None:
        """Nothing more comes; the playlists become those of a recording."""
        self.ended = True
        self.write_lists()

    def _write(self, name: str, data: bytes) -> None:
        """Whole or not at all."""
        path = self.folder / name
        making = path.with_name(path.name + ".new")
        making.write_bytes(data)
        making.replace(path)
