"""One meeting's packager: goes on whatever the sources do, and writes a segment every two seconds; knows no transport.

It works `BEHIND_MS` behind the stage: what arrives later than that is late. Everything is decided by stage time, so a
beat that comes late changes nothing in what is written.
"""

import logging
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from intercommunity.media.coding.aac import STEREO_FROM_KBIT, AacEncoder
from intercommunity.media.coding.avc import PictureForm, parameter_sets
from intercommunity.media.coding.flv import Picture
from intercommunity.media.coding.mp4 import VIDEO_SCALE
from intercommunity.media.packaging.alongside import Alongside, Piece, is_whole, still
from intercommunity.media.packaging.package import LOWER, PICTURE, SIGN, Begun, Cut, Package
from intercommunity.media.packaging.picture import SLATE, Frame, Pictures, PictureSegment
from intercommunity.media.packaging.playlist import Spoken
from intercommunity.media.packaging.slate import Slate
from intercommunity.media.packaging.tracks import Tracks
from intercommunity.media.plan import FLOOR, Plan
from intercommunity.media.sound import BLOCK, PER_MS, Channel, Placed
from intercommunity.meeting.description import Lower

BEHIND_MS = 1_000
BEAT_S = 0.1
EPOCH_MS = 64
"""A package begins at a multiple of this: three blocks of sound, so that blocks on stage are blocks of the package."""
PATIENCE_MS = 500
"""How long a segment waits for its lower rendition."""
_TICKS_PER_MS = VIDEO_SCALE / 1000
_BLOCK_TICKS = BLOCK * VIDEO_SCALE / 48_000
_LARGEST_HOLE_MS = 5_000
_PLAIN = 1
"""The form of the picture that stands in for the sign language."""

_log = logging.getLogger(__name__)


class _Voice:
    """A channel on its way into the package."""

    def __init__(self, spoken: Spoken, channel: Channel, kbit: int) -> None:
        self.spoken = spoken
        self.channel = channel
        self.encoder = AacEncoder(kbit)
        self.frames: dict[int, bytes] = {}


class Packager:
    """All times are ms UTC; pictures are named as their folders in the package are. `sounds`: of the sources, by name.
    `slates`: what stands in for the stage (`PICTURE`) and for the sign language (`SIGN`). `start`: on stage; a package
    that reaches further already is gone on with at its end.
    """

    def __init__(
        self, plan: Plan, sounds: Mapping[str, Placed], folder: Path, slates: Mapping[str, Slate], start: float
    ) -> None:
        self.plan = plan
        self._sounds = sounds
        self._slates = slates
        self.package = Package(folder, begun_of(plan, int(start) // EPOCH_MS * EPOCH_MS))
        self._left = self.package.cuts[-1:]
        self._epoch = self.package.begun.epoch
        self._forms: dict[tuple[str, int], int] = {}
        self._seen = [(slates[PICTURE].form, slates[PICTURE].record), (slates[SIGN].form, slates[SIGN].record)]
        self._current_forms: dict[str, int] = {}
        self._newest_picture = 0.0
        cuts = self.package.cuts
        self._begin(max(start, self.package.end_of(cuts[-1])) if cuts else self._epoch)

    def _begin(self, start: float) -> None:
        self._horizon = start
        self._next_block = _block_at(self._ticks(start))
        self._pictures = Pictures(self._whole(self._slates[PICTURE].data, SLATE), self._ticks(start))
        self._beside = {kind: Alongside() for kind in self.package.begun.beside}
        self._signing = False
        self._cut_block = self._next_block
        self._anew = bool(self.package.cuts)
        self._voices = []
        for spoken in self.package.begun.channels:
            own = None if _name_of(spoken) == FLOOR else self._sounds.get(_name_of(spoken))
            channel = Channel(self._sounds[FLOOR], own)
            voice = _Voice(spoken, channel, self.package.begun.kbit)
            self.package.add_sound_setup(spoken, voice.encoder.config, voice.encoder.bits)
            self._voices.append(voice)
        self._waiting_segments: deque[PictureSegment] = deque()

    def _ticks(self, stage: float) -> int:
        return round((stage - self._epoch) * _TICKS_PER_MS)

    # What pictures come

    def set_form(self, kind: str, form: PictureForm, record: bytes) -> None:
        if (form, record) not in self._seen:
            self._seen.append((form, record))
        self._current_forms[kind] = self._seen.index((form, record))

    def picture(self, kind: str, picture: Picture, at: float) -> None:
        form = self._current_forms.get(kind)
        if form is None:
            return
        self._newest_picture = max(self._newest_picture, at)
        time, shown_after = self._ticks(at), round(picture.shown_after * _TICKS_PER_MS)
        data = self._whole(picture.data, form) if picture.key else picture.data
        frame = Frame(time, shown_after, picture.key, data, form)
        if kind == PICTURE:
            self._pictures.add(frame)
        elif kind in self._beside:
            self._beside[kind].add(frame)

    def _whole(self, data: bytes, form: int) -> bytes:
        """A picture that needs no other, with its parameters: readers that miss a change of form still decode it."""
        return parameter_sets(self._seen[form][1]) + data

    # The beat

    def beat(self, now: float) -> list[Cut]:
        """Do what is due; gives the segments that were written, and are not yet listed. Raises `OSError` where the disk
        takes no more.
        """
        horizon = now - BEHIND_MS
        if horizon - self._horizon > _LARGEST_HOLE_MS:
            self._skip(horizon)
        self._decide_until(horizon)
        cuts = []
        while self._waiting_segments and self._is_ready(self._waiting_segments[0]):
            cuts.append(self._write(self._waiting_segments.popleft()))
        return cuts

    def _skip(self, horizon: float) -> None:
        """This process stood still (a machine that slept): go on from now."""
        _log.warning("The packager of %s stood still and goes on from now", self.plan.slug)
        self._begin(horizon)

    def _decide_until(self, horizon: float) -> None:
        self._horizon = horizon
        end = int((horizon - self._epoch) * PER_MS) // BLOCK
        while self._next_block < end:
            self._encode()
        for sound in self._sounds.values():
            sound.forget_before(self._next_block + self._first_block)
        self._waiting_segments.extend(self._pictures.advance(self._ticks(horizon)))

    def finish(self) -> list[Cut]:
        """Write all that has arrived and is not written yet; nothing comes after it. Raises `OSError`."""
        heard = max(sound.end / PER_MS for sound in self._sounds.values())
        horizon = max(self._horizon, self._newest_picture, heard)
        self._decide_until(horizon)
        self._waiting_segments.extend(self._pictures.finish(self._ticks(horizon)))
        while self._waiting_segments and not self._is_heard(self._waiting_segments[-1]):
            self._encode()
        cuts = [self._write(each) for each in self._waiting_segments]
        self._waiting_segments.clear()
        return cuts

    def _encode(self) -> None:
        """The next block of every channel."""
        block = self._next_block
        for voice in self._voices:
            for sounding, frame in voice.encoder.encode(block, voice.channel.carry(block + self._first_block)):
                voice.frames[sounding] = frame
        self._next_block += 1

    @property
    def _first_block(self) -> int:
        """The package's, counted on stage."""
        return round(self._epoch * PER_MS) // BLOCK

    def _is_heard(self, pictures: PictureSegment) -> bool:
        """The sound's encoder is some blocks behind."""
        last = _block_at(pictures.end) - 1
        return all(last < self._cut_block or last in voice.frames for voice in self._voices)

    def _is_ready(self, pictures: PictureSegment) -> bool:
        """The lower picture's encoder takes its time."""
        if not self._is_heard(pictures):
            return False
        lower = self._beside.get(LOWER)
        if lower is None or pictures.form == SLATE or not lower.is_coming(pictures.shown):
            return True
        return lower.reaches(pictures.end) or self._ticks(self._horizon - PATIENCE_MS) > pictures.end

    def _write(self, pictures: PictureSegment) -> Cut:
        begin = self._cut_block
        end = _block_at(pictures.end)
        sound = {voice.spoken.uri: [voice.frames[block] for block in range(begin, end)] for voice in self._voices}
        self._cut_block = end
        for voice in self._voices:
            voice.frames = {block: frame for block, frame in voice.frames.items() if block >= end}
        if self._anew:
            pictures = replace(pictures, new_form=True)
        try:
            beside = dict(self._cut_beside(pictures))
            cut = self.package.add(pictures, self._form(PICTURE, pictures.form), begin, sound, beside)
        except OSError:
            self._anew = True
            raise
        self._anew = False
        return cut

    def _cut_beside(self, pictures: PictureSegment) -> Iterator[tuple[str, tuple[int, Piece]]]:
        begin, end = pictures.shown, pictures.end
        for kind, alongside in self._beside.items():
            piece = alongside.cut(begin, end, anew=pictures.new_form)
            if kind == SIGN:
                self._signing = piece is not None
                piece = piece or still(_PLAIN, self._whole(self._slates[SIGN].data, _PLAIN), begin, end)
            elif piece is not None and (pictures.form == SLATE or not is_whole(piece, begin)):
                piece = None
            if piece is not None:
                yield kind, (self._form(kind, piece.form), piece)

    def _form(self, kind: str, number: int) -> int:
        if (kind, number) not in self._forms:
            form, record = self._seen[number]
            slate = number in (SLATE, _PLAIN)
            self._forms[kind, number] = self.package.add_form(form, record, slate=slate, of=kind)
        return self._forms[kind, number]

    # Captions

    def write_captions(self, tracks: Tracks, cuts: Sequence[Cut]) -> None:
        """New segments, those in which words have changed, and what was left by who went on with this package."""
        due = tracks.due(self.package, [*self._left, *cuts])
        self._left = []
        for track in self.package.begun.tracks:
            for cut in due[track.language]:
                begin, end = self.package.span_of(cut)
                self.package.write_captions(track, tracks.between(track.language, begin, end), [cut])
                tracks.written(track.language, cut)

    # What a page shows

    @property
    def on_floor(self) -> list[str]:
        """The channels that carry the floor in place of their own sound."""
        return [voice.spoken.language for voice in self._voices[1:] if voice.channel.on_floor]

    @property
    def on_slate(self) -> bool:
        return self._pictures.on_slate

    @property
    def signs(self) -> bool:
        """Whether the sign language is seen just now."""
        return self._signing


def _block_at(time: int) -> int:
    return round(time / _BLOCK_TICKS)


def _name_of(spoken: Spoken) -> str:
    return Path(spoken.uri).parent.name


def begun_of(plan: Plan, epoch: int) -> Begun:
    """How a package of this plan begins."""
    sign = Spoken("sign/list.m3u8", plan.sign.title, plan.sign.language) if plan.sign is not None else None
    return Begun(epoch, _channels(plan), _tracks(plan), plan.kbit, sign, plan.lower is Lower.YES)


def _channels(plan: Plan) -> tuple[Spoken, ...]:
    channels = 2 if plan.kbit >= STEREO_FROM_KBIT else 1
    return tuple(
        Spoken(f"sound/{each.name}/list.m3u8", each.title, each.language, each.name == FLOOR, channels)
        for each in plan.channels
    )


def _tracks(plan: Plan) -> tuple[Spoken, ...]:
    return tuple(Spoken(f"captions/{tag}/list.m3u8", title, tag) for tag, title in plan.tracks)
