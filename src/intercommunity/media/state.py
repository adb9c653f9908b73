"""What arrives from each source, as a page shows it, with plain advice; no I/O.

1. A source waits until something arrives, then arrives, and is broken when nothing has come for `BROKEN_MS`. It is
   refused when what brings it in has said why it cannot.
2. Advice is given for what a person at one end can mend; it is a code with a value, and pages have the words.
3. What stands in the way is said until something arrives; what only happened (`PASSING`) for a while, below the rest.
4. How often pictures come is measured by their own time stamps: a machine that is busy takes them in late, and in
   bursts. Stamps that leap tell no distance.
5. A connection is held up at its beginning, often: until it has settled, neither that nor its clock's finding its
   place is an interruption. What breaks off and comes again is one interruption.
"""

from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.sound import NOTHING_DB, SILENT_DB

BROKEN_MS = 2_000
SILENT_MS = 20_000
TOO_QUIET_DB, TOO_LOUD_DB = -38.0, -8.0
MOST_RARE_KEY_S = 2.4
_RATE_OVER_MS = 5_000
_LOUD_OVER_MS = 10_000
SETTLED_AFTER_MS = 15_000
_SETTLING_LEAP_MS = 15_000
_STAMP_LEAP_MS = 10_000
_STAMPS = 1 << 32
"""Stamps have 32 bits (FLV, RTMP)."""

PASSING = {
    "second_sender": 60_000,
    "wrong_key": 60_000,
    "leaps": 60_000,
    "no_port": 8_000,
    "encoder_slow": 60_000,
    "lower_given_up": 120_000,
}
"""How long it is said (ms) that somebody sent with a key in use, or with one that nobody has; that time stamps leapt;
that the port for senders was taken; that this machine is too slow to encode a picture, or a smaller one beside it.
"""


class Advice(Struct, frozen=True, omit_defaults=True):
    """Of what arrives: silent (seconds), quiet, loud, no_sound, no_picture, picture_codec (what), rare_keyframes
    (seconds), unstable (interruptions), slow_frames (fps). Of what is brought in, see `complaints.py`. Of senders:
    second_sender and wrong_key (address), leaps, no_port (its number). Of this machine: encoder_slow, lower_given_up.
    """

    code: str
    value: str = ""


class PictureState(Struct, frozen=True):
    codec: str
    width: int
    height: int
    fps: float
    kbit: int


class SoundState(Struct, frozen=True):
    """`level`: dB below full scale (RMS) just now."""

    codec: str
    rate: int
    channels: int
    level: float


class SourceState(Struct, frozen=True, omit_defaults=True):
    """state: waiting, arriving, broken or refused; late_ms: how far behind the sender's clock it arrives, at most;
    last: when something last arrived (ms UTC), while it is broken.
    """

    name: str
    state: str
    picture: PictureState | None = None
    sound: SoundState | None = None
    late_ms: int = 0
    interruptions: int = 0
    advice: tuple[Advice, ...] = ()
    last: int = 0


class Watch:
    """Takes down what one source brings; `wants_picture`, `wants_sound`: whether it should."""

    def __init__(self, name: str, *, wants_picture: bool, wants_sound: bool = True) -> None:
        self.name = name
        self.interruptions = 0
        self.unusable = ""
        self.form: PictureForm | None = None
        self.codec = ""
        self.sound_rate = self.sound_channels = 0
        self._wants_picture = wants_picture
        self._wants_sound = wants_sound
        self._in_the_way: Advice | None = None
        self._passing: dict[str, tuple[float, Advice]] = {}
        self._last = 0.0
        self._connected_since = 0.0
        self._away = False
        self._pictures: deque[tuple[float, int, int]] = deque()
        self._late: deque[tuple[float, float]] = deque()
        self._levels: deque[tuple[float, float]] = deque()
        self._heard = 0.0
        self._last_sound = 0.0
        self._last_stamp: int | None = None
        self._stream_ms = 0
        self._last_key: int | None = None
        self._key_distance_s = 0.0

    def note_connected(self, now: float) -> None:
        self._connected_since = self._heard = now
        self._last_stamp = self._last_key = None
        self._key_distance_s = 0.0
        self._pictures.clear()
        self.unusable = ""
        self._in_the_way = None
        self._passing.pop("no_port", None)

    def note(self, now: float, code: str, value: str = "") -> None:
        """Rule 3."""
        advice = Advice(code, value)
        if code in PASSING:
            self._passing[code] = (now, advice)
        else:
            self._in_the_way = advice

    def note_gone(self) -> None:
        """The connection has ended; one that brought nothing has interrupted nothing."""
        if self._last and self._last >= self._connected_since:
            self.interruptions += 1
            self._away = True

    def note_leap(self, now: float, by_ms: float) -> None:
        """What has been said at a time is said so much later or earlier from now on. Rule 5."""
        if self._settled(now) or by_ms > _SETTLING_LEAP_MS:
            self.interruptions += 1
            self.note(now, "leaps")

    def note_packet(self, now: float, late_ms: float) -> None:
        if self._last and now - self._last > BROKEN_MS and self._settled(now) and not self._away:
            self.interruptions += 1
        self._away = False
        self._last = now
        self._late.append((now, late_ms))
        _forget(self._late, now - _RATE_OVER_MS)

    def note_picture(self, now: float, size: int, stamp: int, *, key: bool) -> None:
        """`stamp`: the sender's ms. Rule 4."""
        step = 0 if self._last_stamp is None else (stamp - self._last_stamp) % _STAMPS
        self._last_stamp = stamp
        if step > _STAMP_LEAP_MS:
            step, self._last_key = 0, None
        self._stream_ms += step
        self._pictures.append((now, self._stream_ms, size))
        while self._pictures[0][0] < now - _RATE_OVER_MS:
            self._pictures.popleft()
        if key:
            self._key_distance_s = 0.0 if self._last_key is None else (self._stream_ms - self._last_key) / 1000
            self._last_key = self._stream_ms

    def note_sound(self, now: float, level: float) -> None:
        self._last_sound = now
        self._levels.append((now, level))
        _forget(self._levels, now - _LOUD_OVER_MS)
        if level > SILENT_DB:
            self._heard = now

    def state(self, now: float) -> SourceState:
        fresh = bool(self._last) and now - self._last <= BROKEN_MS
        word = self._word(fresh=fresh)
        return SourceState(
            self.name,
            word,
            self._picture(now) if fresh else None,
            self._sound(now) if fresh else None,
            round(max((late for _, late in self._late), default=0.0)) if fresh else 0,
            self.interruptions,
            tuple(self._advice(now, fresh=fresh)),
            0 if fresh else round(self._last),
        )

    def _settled(self, now: float) -> bool:
        return now - self._connected_since >= SETTLED_AFTER_MS

    def _word(self, *, fresh: bool) -> str:
        if fresh:
            return "arriving"
        if self.unusable or self._in_the_way is not None:
            return "refused"
        return "broken" if self._last else "waiting"

    def _picture(self, now: float) -> PictureState | None:
        recent = [(at, size) for came, at, size in self._pictures if came > now - _RATE_OVER_MS]
        if self.form is None or not recent:
            return None
        seconds = max(1, recent[-1][0] - recent[0][0]) / 1000 if len(recent) > 1 else 1.0
        after_first = recent[1:]
        return PictureState(
            self.form.codec,
            self.form.width,
            self.form.height,
            round(len(after_first) / seconds, 1),
            round(sum(size for _, size in after_first) * 8 / seconds / 1000),
        )

    def _sound(self, now: float) -> SoundState | None:
        if now - self._last_sound > BROKEN_MS:
            return None
        level = max((each for at, each in self._levels if at > now - 400), default=NOTHING_DB)
        return SoundState(self.codec, self.sound_rate, self.sound_channels, round(level, 1))

    def _advice(self, now: float, *, fresh: bool) -> Iterator[Advice]:
        if self._in_the_way is not None:
            yield self._in_the_way
        if self.unusable:
            yield Advice("picture_codec", self.unusable)
        if fresh and now - self._connected_since >= BROKEN_MS:
            yield from self._advice_on_what_comes(now)
        for at, advice in sorted(self._passing.values(), key=lambda each: -each[0]):
            if now - at <= PASSING[advice.code]:
                yield advice

    def _advice_on_what_comes(self, now: float) -> Iterator[Advice]:
        if self._wants_picture:
            yield from self._picture_advice(now)
        if self._wants_sound:
            yield from self._sound_advice(now)
        if self.interruptions >= 3:  # noqa: PLR2004 - once or twice is life
            yield Advice("unstable", str(self.interruptions))

    def _picture_advice(self, now: float) -> Iterator[Advice]:
        picture = self._picture(now)
        if picture is None:
            if not self.unusable:
                yield Advice("no_picture")
            return
        if self._key_distance_s > MOST_RARE_KEY_S:
            yield Advice("rare_keyframes", f"{self._key_distance_s:.1f}")
        if picture.fps < 20 and now - self._connected_since > _RATE_OVER_MS:  # noqa: PLR2004 - EN 301 549
            yield Advice("slow_frames", f"{picture.fps:.0f}")

    def _sound_advice(self, now: float) -> Iterator[Advice]:
        if now - self._last_sound > BROKEN_MS:
            yield Advice("no_sound")
        elif now - self._heard > SILENT_MS:
            yield Advice("silent", f"{(now - self._heard) / 1000:.0f}")
        else:
            heard = [each for _, each in self._levels if each > SILENT_DB]
            if heard and max(heard) < TOO_QUIET_DB:
                yield Advice("quiet")
            elif heard and sum(heard) / len(heard) > TOO_LOUD_DB:
                yield Advice("loud")


def _forget(held: deque[tuple[float, float]], before: float) -> None:
    while held and held[0][0] < before:
        held.popleft()
