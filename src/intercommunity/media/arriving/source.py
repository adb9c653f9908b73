"""One source as it arrives: its sound decoded and placed, its pictures handed on, all on the stage's clock.

Knows no transport: whoever receives calls `connected`, `take` and `gone`.
"""

from collections.abc import Callable

from intercommunity.media.arriving.passage import Passage
from intercommunity.media.arriving.taker import PictureTaker
from intercommunity.media.arriving.tape import SoundBegan, SoundCame
from intercommunity.media.arriving.timeline import SourceClock
from intercommunity.media.coding.aac import SoundDecoder
from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.flv import Arrived, Picture, Sound, SoundSetup, Unusable, VideoSetup
from intercommunity.media.sound import BLOCK, PER_MS, Placed
from intercommunity.media.state import Watch

_LEVELS_BACK = 4


class Source:
    """`pictures`: None for a source of sound alone; its pictures are then left out. So is the sound of one that is not
    `heard`. `lower` takes a smaller picture of the same. `keep` is given the sound
    as it came, and when (ms UTC).
    """

    def __init__(
        self,
        name: str,
        delay_ms: int,
        pictures: PictureTaker | None,
        lower: PictureTaker | None = None,
        *,
        heard: bool = True,
        keep: Callable[[SoundBegan | SoundCame, float], None] | None = None,
    ) -> None:
        self.name = name
        self.watch = Watch(name, wants_picture=pictures is not None, wants_sound=heard)
        self.placed = Placed()
        self._delay = delay_ms
        self._passage = Passage(pictures, lower, self._note, self._see) if pictures is not None else None
        self._now = 0.0
        self._heard = heard
        self._keep = keep
        self._clock = SourceClock(delay_ms)
        self._decoder: SoundDecoder | None = None
        self._setup: SoundSetup | None = None
        self._measured = 0
        self._ahead = 0.0

    def connected(self, now: float) -> None:
        self._clock = SourceClock(self._delay)
        self._decoder = self._setup = None
        if self._passage is not None:
            self._passage.connected()
        self.watch.note_connected(now)

    def rest(self, *, now: bool) -> None:
        if self._passage is not None:
            self._passage.rest(now=now)

    async def close(self) -> None:
        if self._passage is not None:
            await self._passage.close()

    def _note(self, code: str) -> None:
        self.watch.note(self._now, code)

    def _see(self, form: PictureForm) -> None:
        self.watch.form = form

    def gone(self) -> None:
        self.watch.note_gone()

    def take(self, arrived: Arrived, now: float) -> None:
        self._now = now
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
            self.watch.note_leap(now, abs(at - stamp - self._ahead))
        self._ahead = at - stamp
        self.watch.note_packet(now, max(0.0, now - self._delay - at))
        return at

    def _take_setup(self, setup: VideoSetup) -> None:
        if self._passage is not None:
            try:
                self._passage.set_up(setup)
            except ValueError as error:
                self.watch.unusable = str(error)

    def _take_picture(self, picture: Picture, now: float) -> None:
        at = self._stage_time(picture.time, now)
        if self._passage is not None and self.watch.form is not None:
            self.watch.note_picture(now, len(picture.data), picture.time, key=picture.key)
            self._passage.picture(picture, at)

    def _take_sound_setup(self, setup: SoundSetup) -> None:
        if setup != self._setup:
            self._setup = setup
            self._decoder = SoundDecoder(setup)
            self.watch.codec = setup.codec
            if self._keep is not None:
                self._keep(SoundBegan(self.name, setup), self._now)

    def _take_sound(self, sound: Sound, now: float) -> None:
        at = self._stage_time(sound.time, now)
        if self._decoder is None:
            self._take_sound_setup(SoundSetup("mp3"))
        assert self._decoder is not None
        if self._keep is not None:
            self._keep(SoundCame(self.name, sound.data, at), now)
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
