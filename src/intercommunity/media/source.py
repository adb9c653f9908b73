"""One source as it arrives: its sound decoded and placed, its pictures handed on, all on the stage's clock.

Knows no transport: whoever receives calls `connected`, `take` and `gone`.
"""

from collections.abc import Callable

from intercommunity.media.aac import SoundDecoder
from intercommunity.media.avc import PictureForm, read_record
from intercommunity.media.flv import Arrived, Picture, Sound, SoundSetup, Unusable, VideoSetup
from intercommunity.media.sound import BLOCK, PER_MS, Placed
from intercommunity.media.state import Watch
from intercommunity.media.timeline import SourceClock

_LEVELS_BACK = 4


class PictureTaker:
    """What a programme's pictures go to."""

    def set_form(self, form: PictureForm, record: bytes) -> None:
        raise NotImplementedError

    def picture(self, picture: Picture, at: float) -> None:
        """`at`: ms UTC on stage."""
        raise NotImplementedError


class Source:
    """`pictures`: None for a source of sound alone; its pictures are then left out. So is the sound of one that is not
    `heard`.
    """

    def __init__(self, name: str, delay_ms: int, pictures: PictureTaker | None, *, heard: bool = True) -> None:
        self.name = name
        self.watch = Watch(name, wants_picture=pictures is not None, wants_sound=heard)
        self.placed = Placed()
        self._delay = delay_ms
        self._pictures = pictures
        self._heard = heard
        self._clock = SourceClock(delay_ms)
        self._decoder: SoundDecoder | None = None
        self._setup: SoundSetup | None = None
        self._measured = 0

    def connected(self, now: float) -> None:
        self._clock = SourceClock(self._delay)
        self._decoder = self._setup = None
        self.watch.note_connected(now)

    def gone(self) -> None:
        self.watch.note_interruption()

    def take(self, arrived: Arrived, now: float) -> None:
        match arrived:
            case VideoSetup():
                self._take_setup(arrived)
            case Picture():
                self._take_picture(arrived, now)
            case SoundSetup() if self._heard:
                self._take_sound_setup(arrived)
            case Sound() if self._heard:
                self._take_sound(arrived, now)
            case Unusable():
                self.watch.unusable = arrived.what

    def _stage_time(self, stamp: int, now: float) -> float:
        leaps = self._clock.leaps
        at = self._clock.stage_time(stamp, now)
        if self._clock.leaps > leaps:
            self.watch.note_interruption()
            self.watch.note(now, "leaps")
        self.watch.note_packet(now, max(0.0, now - self._delay - at))
        return at

    def _take_setup(self, setup: VideoSetup) -> None:
        if self._pictures is None:
            return
        try:
            form = read_record(setup.record)
        except ValueError as error:
            self.watch.unusable = str(error)
            return
        self.watch.form = form
        self._pictures.set_form(form, setup.record)

    def _take_picture(self, picture: Picture, now: float) -> None:
        at = self._stage_time(picture.time, now)
        if self._pictures is not None and self.watch.form is not None:
            self.watch.note_picture(now, len(picture.data), key=picture.key)
            self._pictures.picture(picture, at)

    def _take_sound_setup(self, setup: SoundSetup) -> None:
        if setup != self._setup:
            self._setup = setup
            self._decoder = SoundDecoder(setup)
            self.watch.codec = setup.codec

    def _take_sound(self, sound: Sound, now: float) -> None:
        at = self._stage_time(sound.time, now)
        if self._decoder is None:
            self._take_sound_setup(SoundSetup("mp3"))
        assert self._decoder is not None
        samples = self._decoder.decode(sound.data)
        self.watch.sound_rate, self.watch.sound_channels = self._decoder.rate, self._decoder.channels
        if samples:
            self.placed.place(round(at * PER_MS), samples)
            self._note_levels(now)

    def _note_levels(self, now: float) -> None:
        last = self.placed.end // BLOCK
        for block in range(max(self._measured, last - _LEVELS_BACK), last):
            level = self.placed.level(block)
            if level is not None:
                self.watch.note_sound(now, level)
        self._measured = last


Receive = Callable[[Arrived], None]
