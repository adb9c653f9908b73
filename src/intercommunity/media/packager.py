"""One meeting's packager: goes on whatever the sources do, and writes a segment every two seconds; knows no transport.

It works `BEHIND_MS` behind the stage: what arrives later than that is late. Everything is decided by stage time, so a
beat that comes late changes nothing in what is written.
"""

import logging
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from intercommunity.media.aac import STEREO_FROM_KBIT, AacEncoder
from intercommunity.media.avc import PictureForm, parameter_sets
from intercommunity.media.flv import Picture
from intercommunity.media.mp4 import VIDEO_SCALE
from intercommunity.media.package import Begun, Cut, Package
from intercommunity.media.picture import SLATE, Frame, Pictures, PictureSegment
from intercommunity.media.plan import FLOOR, Plan
from intercommunity.media.playlist import Spoken
from intercommunity.media.slate import Slate
from intercommunity.media.sound import BLOCK, PER_MS, SILENCE, Channel
from intercommunity.media.source import PictureTaker, Source
from intercommunity.media.subtitles import Caption

BEHIND_MS = 1_000
BEAT_S = 0.1
EPOCH_MS = 64
"""A package begins at a multiple of this: three blocks of sound, so that blocks on stage are blocks of the package."""
_TICKS_PER_MS = VIDEO_SCALE / 1000
_BLOCK_TICKS = BLOCK * VIDEO_SCALE / 48_000
_LARGEST_HOLE_MS = 5_000

_log = logging.getLogger(__name__)


class _Voice:
    """A channel on its way into the package."""

    def __init__(self, spoken: Spoken, channel: Channel, kbit: int) -> None:
        self.spoken = spoken
        self.channel = channel
        self.encoder = AacEncoder(kbit)
        self.frames: dict[int, bytes] = {}


class Packager(PictureTaker):
    """`now` is always ms UTC."""

    def __init__(self, plan: Plan, sources: Mapping[str, Source], folder: Path, slate: Slate, now: float) -> None:
        self.plan = plan
        self._sources = sources
        self._slate = slate
        begun = Begun((int(now) - BEHIND_MS) // EPOCH_MS * EPOCH_MS, _channels(plan), _tracks(plan), plan.kbit)
        self.package = Package(folder, begun)
        self._epoch = self.package.begun.epoch
        self._forms: dict[int, int] = {}
        self._seen: list[tuple[PictureForm, bytes]] = [(slate.form, slate.record)]
        self._current_form: int | None = None
        self._begin(now)

    def _begin(self, now: float) -> None:
        start = now - BEHIND_MS
        self._next_block = -(-round((start - self._epoch) * PER_MS) // BLOCK)
        self._pictures = Pictures(self._whole(self._slate.data, SLATE), self._ticks(start))
        self._cut_block = self._next_block
        self._anew = bool(self.package.cuts)
        floor = self._sources[FLOOR].placed
        self._voices = []
        for spoken in self.package.begun.channels:
            own = self._sources.get(_name_of(spoken))
            channel = Channel(floor, None if own is None or own.name == FLOOR else own.placed)
            voice = _Voice(spoken, channel, self.package.begun.kbit)
            self.package.add_sound_setup(spoken, voice.encoder.config, voice.encoder.bits)
            self._voices.append(voice)
        self._waiting_segments: deque[PictureSegment] = deque()

    def _ticks(self, stage: float) -> int:
        return round((stage - self._epoch) * _TICKS_PER_MS)

    # What the programme brings

    def set_form(self, form: PictureForm, record: bytes) -> None:
        if (form, record) not in self._seen:
            self._seen.append((form, record))
        self._current_form = self._seen.index((form, record))

    def picture(self, picture: Picture, at: float) -> None:
        if self._current_form is None:
            return
        time, shown_after = self._ticks(at), round(picture.shown_after * _TICKS_PER_MS)
        data = self._whole(picture.data, self._current_form) if picture.key else picture.data
        self._pictures.add(Frame(time, shown_after, picture.key, data, self._current_form))

    def _whole(self, data: bytes, form: int) -> bytes:
        """A picture that needs no other, with its parameters: readers that miss a change of form still decode it."""
        return parameter_sets(self._seen[form][1]) + data

    # The beat

    def beat(self, now: float) -> list[Cut]:
        """Do what is due; gives the segments that were written. Raises `OSError` where the disk takes no more."""
        horizon = now - BEHIND_MS
        if horizon * PER_MS - (self._next_block * BLOCK + self._epoch * PER_MS) > _LARGEST_HOLE_MS * PER_MS:
            self._skip(now)
        self._encode_until(horizon)
        self._waiting_segments.extend(self._pictures.advance(self._ticks(horizon)))
        cuts = []
        while self._waiting_segments and self._is_sound_ready(self._waiting_segments[0]):
            cuts.append(self._write(self._waiting_segments.popleft()))
        if cuts:
            self.package.write_lists()
        return cuts

    def _skip(self, now: float) -> None:
        """This process stood still (a machine that slept): go on from now."""
        _log.warning("The packager of %s stood still and goes on from now", self.plan.slug)
        self._waiting_segments.clear()
        self._begin(now)

    def _encode_until(self, horizon: float) -> None:
        first = round(self._epoch * PER_MS) // BLOCK
        end = int((horizon - self._epoch) * PER_MS) // BLOCK
        while self._next_block < end:
            self._encode(self._next_block, self._next_block + first)
            self._next_block += 1
        for source in self._sources.values():
            source.placed.forget_before(self._next_block + first)

    def _encode(self, block: int, on_stage: int) -> None:
        for voice in self._voices:
            samples = voice.channel.carry(on_stage)
            for sounding, frame in voice.encoder.encode(block, samples or SILENCE):
                voice.frames[sounding] = frame

    def _is_sound_ready(self, pictures: PictureSegment) -> bool:
        """The encoder is some blocks behind."""
        last = _block_at(pictures.end) - 1
        return all(last < self._cut_block or last in voice.frames for voice in self._voices)

    def _write(self, pictures: PictureSegment) -> Cut:
        begin = self._cut_block
        end = _block_at(pictures.end)
        sound = {voice.spoken.uri: [voice.frames[block] for block in range(begin, end)] for voice in self._voices}
        self._cut_block = end
        for voice in self._voices:
            voice.frames = {block: frame for block, frame in voice.frames.items() if block >= end}
        if self._anew:
            pictures = PictureSegment(
                pictures.form, pictures.time, pictures.shown, pictures.end, pictures.samples, new_form=True
            )
        try:
            cut = self.package.add(pictures, self._form(pictures.form), begin, sound)
        except OSError:
            self._anew = True
            raise
        self._anew = False
        return cut

    def _form(self, number: int) -> int:
        if number not in self._forms:
            form, record = self._seen[number]
            self._forms[number] = self.package.add_form(form, record, slate=number == SLATE)
        return self._forms[number]

    # Captions

    def write_captions(self, captions: Mapping[str, Iterable[Caption]], cuts: Sequence[Cut]) -> None:
        for track in self.package.begun.tracks:
            self.package.write_captions(track, captions.get(track.language, ()), cuts)

    # What a page shows

    @property
    def on_floor(self) -> list[str]:
        """The channels that carry the floor in place of their own sound."""
        return [voice.spoken.language for voice in self._voices[1:] if voice.channel.on_floor]

    @property
    def on_slate(self) -> bool:
        return self._pictures.on_slate

    @property
    def rare_keys(self) -> bool:
        return self._pictures.rare_keys


def _block_at(time: int) -> int:
    return round(time / _BLOCK_TICKS)


def _name_of(spoken: Spoken) -> str:
    return Path(spoken.uri).parent.name


def _channels(plan: Plan) -> tuple[Spoken, ...]:
    channels = 2 if plan.kbit >= STEREO_FROM_KBIT else 1
    return tuple(
        Spoken(f"sound/{each.name}/list.m3u8", each.title, each.language, each.name == FLOOR, channels)
        for each in plan.sources
    )


def _tracks(plan: Plan) -> tuple[Spoken, ...]:
    return tuple(Spoken(f"captions/{tag}/list.m3u8", title, tag) for tag, title in plan.tracks)
