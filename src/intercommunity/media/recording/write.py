"""What is kept of a webcast, as files for a record: the HLS package, one MP4 with every language, a sound file each.

    OUT/recording/hls/main.m3u8 …      the package, complete: any web server can show it
    OUT/recording/meeting.mp4          picture, all channels, all tracks, named in their languages, with chapters
    OUT/recording/sign.mp4             the same with the sign-language picture, where there was one
    OUT/recording/sound-<channel>.m4a
    OUT/recording/captions-<track>.vtt
    OUT/recording/poster.jpg           a picture out of it, to show before it plays
    OUT/recording/recording.json       when it began (ms UTC), how long it is, what there is

But for that one picture nothing is encoded again, and segments are linked, not copied, where the disk can do that.
Where the meeting was packaged in several goes (another day), the later ones lie in recording-2, recording-3, … Times in
which nothing was packaged are left out of the files: `stretches` says where in them a moment on stage is.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.package import PICTURE, SIGN, Cut, Package
from intercommunity.media.packaging.playlist import Spoken
from intercommunity.media.packaging.subtitles import Caption, segment
from intercommunity.media.recording.joining import (
    CannotRecord,
    Head,
    Part,
    chapters_file,
    join,
    join_sound,
    write_file,
    write_poster,
)
from intercommunity.media.recording.linking import link
from intercommunity.media.recording.stretches import left_out, stretches_of
from intercommunity.wire.recording import (
    RECORDING,
    Chapter,
    Recording,
    Rendition,
    Stretch,
    format_recording,
    place_in,
)

POSTER = "poster.jpg"
POSTER_AT = 0.4
"""Of the whole: at the beginning stands what nobody wants to remember."""
_TIMESTAMP_MAP = "X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


class Told(Struct, frozen=True):
    """What a recording needs of the meeting. `captions`: by track; `chapters`: titles by moment (ms UTC), in order."""

    title: str
    captions: Mapping[str, Sequence[Caption]]
    chapters: Sequence[tuple[int, str]] = ()


Complain = Callable[[CannotRecord], None]


def write_recordings(packages: Path, out: Path, told: Told, complain: Complain, after: int = 0) -> list[Recording]:
    """All that was packaged of a meeting later than `after` (ms UTC: it may have started over).

    `packages`: a meeting's folder of packages, may be missing. What cannot be made is told to `complain`, and
    everything else is made all the same. Raises `OSError` where `out` cannot be written.
    """
    found: list[Recording] = []
    for path in sorted(path.parent for path in packages.glob("*/package.jsonl")):
        package = _read(path, complain)
        if package is not None and package.cuts and package.span()[1] > after:
            name = "recording" if not found else f"recording-{len(found) + 1}"
            found.append(_write(package, out / name, told, complain))
    return found


def _read(folder: Path, complain: Complain) -> Package | None:
    try:
        package = Package.read(folder)
        listed, package.cuts = package.cuts, list(_whole(package))
    except (msgspec.MsgspecError, OSError, AttributeError, KeyError) as error:
        complain(CannotRecord("package_damaged", f"The package {folder.name} cannot be read: {error}"))
        return None
    if missing := len(listed) - len(package.cuts):
        message = f"Of the package {folder.name} {missing} of {len(listed)} segments are missing or damaged."
        complain(CannotRecord("package_damaged", message))
    return package


def _whole(package: Package) -> Iterator[Cut]:
    """The segments of which everything is there; what follows a hole begins anew."""
    before = 0
    for cut in package.cuts:
        if _is_whole(package, cut):
            yield replace(cut, anew=True) if before and cut.number > before + 1 else cut
            before = cut.number


def _is_whole(package: Package, cut: Cut) -> bool:
    sounds = [(package.folder / each.uri).with_name(f"{cut.number}.m4s") for each in package.begun.channels]
    picture = package.folder / f"picture/{cut.number}.m4s"
    try:
        return picture.stat().st_size == cut.size and all(each.stat().st_size > 0 for each in sounds)
    except OSError:
        return False


def _write(package: Package, folder: Path, told: Told, complain: Complain) -> Recording:
    stretches = stretches_of(package.cuts, package.begun.epoch)
    seconds = round(stretches[-1].place + stretches[-1].seconds, 3)
    chapters = tuple(_chapters(told.chapters, stretches, seconds))
    _link_package(package, folder / "hls", told.captions)
    recording = Recording(
        folder=folder.name,
        began=stretches[0].moment,
        seconds=seconds,
        stretches=tuple(stretches),
        hls="hls/main.m3u8",
        sounds=tuple(Rendition(each.language, each.name, "") for each in package.begun.channels),
        captions=tuple(_write_track(each, told, stretches, folder) for each in package.begun.tracks),
        chapters=chapters,
    )
    try:
        recording = _write_files(package, folder, told, recording)
    except CannotRecord as error:
        complain(error)
    (folder / RECORDING).write_bytes(format_recording(recording))
    return recording


def _chapters(titles: Iterable[tuple[int, str]], stretches: Sequence[Stretch], seconds: float) -> Iterator[Chapter]:
    """In a pause a chapter begins with what comes after; the one in which the recording begins, at its beginning."""
    places: dict[float, str] = {}
    for moment, title in titles:
        later = (each.place for each in stretches if each.moment > moment)
        place = place_in(stretches, moment)
        places[next(later, seconds) if place is None else place] = title
    for place, title in sorted(places.items()):
        if place < seconds:
            yield Chapter(place, title)


# The package


def _link_package(package: Package, target: Path, captions: Mapping[str, Sequence[Caption]]) -> None:
    """Its segments, with playlists and captions written anew: as the words are now, and nothing comes any more."""
    for source in package.media_files():
        path = target / source.relative_to(package.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        link(source, path)
    index = target / "package.jsonl"
    kept = (package.begun, *package.forms.values(), *package.cuts)
    index.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in kept))
    linked = Package.read(target)
    for track in linked.begun.tracks:
        (target / track.uri).parent.mkdir(parents=True, exist_ok=True)
        said = _InOrder(captions.get(track.language, ()))
        for cut in linked.cuts:
            linked.write_captions(track, said.around(*_span(linked, cut)), [cut])
    linked.end()
    index.unlink()


def _span(package: Package, cut: Cut) -> tuple[int, int]:
    epoch = package.begun.epoch
    return epoch + cut.shown * 1000 // VIDEO_SCALE - 1, epoch + cut.end * 1000 // VIDEO_SCALE + 1


class _InOrder:
    """Captions by when they begin, so that few have to be looked at for a segment."""

    def __init__(self, captions: Iterable[Caption]) -> None:
        self._all = sorted(captions, key=lambda each: each.start)
        self._longest = max((each.until - each.start for each in self._all), default=0)

    def around(self, begin: int, end: int) -> list[Caption]:
        first = bisect_left(self._all, begin - self._longest, key=lambda each: each.start)
        return self._all[first : bisect_left(self._all, end, key=lambda each: each.start)]


# The files


def _write_track(track: Spoken, told: Told, stretches: Sequence[Stretch], folder: Path) -> Rendition:
    """A track as one file, its times those of the recording."""
    moved = list(_moved(told.captions.get(track.language, ()), stretches))
    name = f"captions-{_name_of(track)}.vtt"
    text = segment(moved, 0, 1 << 60, 0).replace(_TIMESTAMP_MAP, "")
    (folder / name).write_text(text, encoding="utf-8")
    return Rendition(track.language, track.name, name)


def _moved(captions: Iterable[Caption], stretches: Sequence[Stretch]) -> Iterator[Caption]:
    for each in captions:
        place = place_in(stretches, each.start)
        if place is not None:
            start = round(place * 1000)
            yield replace(each, start=start, end=start + max(0, each.end - each.start))


def _write_files(package: Package, folder: Path, told: Told, recording: Recording) -> Recording:
    begin = package.cuts[0].shown / VIDEO_SCALE
    with TemporaryDirectory(prefix="making-", dir=folder) as made:
        scratch = Path(made)
        chapters = scratch / "chapters.txt"
        chapters.write_text(chapters_file(recording.chapters, recording.seconds), encoding="utf-8")
        head = Head(told.title, recording.began, str(chapters) if recording.chapters else "")
        sounds = [Part("a", _joined_sound(package, each, scratch), each) for each in package.begun.channels]
        tracks = [
            Part("s", folder / each.file, spoken)
            for each, spoken in zip(recording.captions, package.begun.tracks, strict=True)
        ]
        for sound in sounds:
            write_file(folder / _sound_file(sound), [sound], begin, head)
        joined = {
            "video": ("meeting.mp4", _joined_picture(package, scratch, PICTURE, lambda cut: cut.form)),
            "sign": ("sign.mp4", _joined_picture(package, scratch, SIGN, lambda cut: cut.sign)),
        }
        pictures = {field: (name, picture) for field, (name, picture) in joined.items() if picture is not None}
        for name, picture in pictures.values():
            write_file(folder / name, [Part("v", picture), *sounds, *tracks], begin, head)
    write_poster(folder / POSTER, folder / pictures["video"][0], recording.seconds * POSTER_AT)
    return replace(
        recording,
        poster=POSTER,
        **{field: name for field, (name, _) in pictures.items()},
        sounds=tuple(
            Rendition(each.spoken.language, each.spoken.name, _sound_file(each)) for each in sounds if each.spoken
        ),
    )


def _joined_sound(package: Package, channel: Spoken, scratch: Path) -> Path:
    path = scratch / f"sound-{_name_of(channel)}.mp4"
    segments = [(cut.number, out) for cut, out in left_out(package.cuts) if cut.blocks]
    join_sound(path, (package.folder / channel.uri).parent, segments)
    return path


def _joined_picture(package: Package, scratch: Path, kind: str, form_of: Callable[[Cut], int]) -> Path | None:
    """The picture, or the sign-language picture; `form_of` a segment, 0 where it has none. None where none has."""
    path, folder = scratch / f"{kind}.mp4", package.folder / kind
    there = [(folder / f"{cut.number}.m4s", out) for cut, out in left_out(package.cuts) if form_of(cut)]
    segments = [(segment, out) for segment, out in there if segment.is_file()]
    if not segments:
        return None
    join(path, folder / f"init-{_usual_form(package, form_of)}.mp4", segments, VIDEO_SCALE)
    return path


def _usual_form(package: Package, form_of: Callable[[Cut], int]) -> int:
    """The form that most of the picture has. Every picture that begins a segment carries its own parameters as well."""
    lengths: Counter[int] = Counter()
    for cut in package.cuts:
        if form := form_of(cut):
            lengths[form] += cut.end - cut.shown
    return max(lengths, key=lambda form: (not package.forms[form].slate, lengths[form]))


def _sound_file(sound: Part) -> str:
    assert sound.spoken is not None
    return f"sound-{_name_of(sound.spoken)}.m4a"


def _name_of(each: Spoken) -> str:
    return Path(each.uri).parent.name
