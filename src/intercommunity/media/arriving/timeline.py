"""When something was said on stage, out of a sender's own time stamps and when they arrived; no I/O.

1. The first packet was said when it arrived (less the delay the organiser has stated). While a sender settles, any
   quicker packet corrects that at once: the first ones are often held up by its start.
2. From then on the sender's stamps say how far apart things are. A network holds packets up and never sends them
   ahead, so the quickest packet of the last seconds shows where the sender's clock stands.
3. Clocks drift: the mapping follows, at a rate nobody hears (`SLEW`), never in jumps.
4. Stamps that leap, run backwards or fall far behind what arrives begin anew, and count as an interruption.
5. Stamps have 32 bits (FLV, RTMP): after 49 days they begin again at nothing, which is no leap.
"""

from collections import deque

SLEW = 0.0008
"""Ms a ms: 0.8 ms a second; crystals are wrong by a tenth of that at most."""
WINDOW_MS = 6_000.0
SETTLING_MS = 3_000.0
LEAP_MS = 1_500.0
TOO_LATE_MS = 700.0
HELD_UP_MS = 15_000.0
"""A line that is held up for longer than this is cut: what seems to be, has run backwards."""
_WRAP_MS = 1 << 32
_BUCKET_MS = 500.0


class SourceClock:
    """Maps a sender's ms to ms UTC on stage."""

    def __init__(self, delay_ms: int = 0) -> None:
        self.leaps = 0
        self._delay = delay_ms
        self._offset: float | None = None
        self._quickest: deque[tuple[float, float]] = deque()
        self._last_arrival = 0.0
        self._bucket = 0.0
        self._anchored = 0.0
        self._last_stamp = 0.0

    def stage_time(self, stamp: float, arrived: float) -> float:
        """`stamp`: the sender's ms; `arrived`: ms UTC."""
        stamp = self._unwrapped(stamp)
        transit = arrived - stamp
        if self._offset is None:
            self._anchor(transit, arrived)
        elif transit - self._offset > HELD_UP_MS:
            self._leap(transit, arrived)
        elif arrived - self._anchored < SETTLING_MS:
            self._offset = min(self._offset, transit)
        elif self._offset - transit > LEAP_MS:
            self._leap(transit, arrived)
        self._note(transit, arrived)
        self._follow(arrived)
        assert self._offset is not None
        return stamp + self._offset - self._delay

    def _unwrapped(self, stamp: float) -> float:
        """Rule 5: as near to the stamp before as it can be."""
        if self._offset is not None:
            stamp += round((self._last_stamp - stamp) / _WRAP_MS) * _WRAP_MS
        self._last_stamp = stamp
        return stamp

    def _anchor(self, transit: float, arrived: float) -> None:
        self._offset = transit
        self._quickest.clear()
        self._last_arrival = self._bucket = self._anchored = arrived

    def _leap(self, transit: float, arrived: float) -> None:
        self.leaps += 1
        self._anchor(transit, arrived)

    def _note(self, transit: float, arrived: float) -> None:
        if not self._quickest or arrived - self._bucket >= _BUCKET_MS:
            self._bucket = arrived
            self._quickest.append((arrived, transit))
        elif transit < self._quickest[-1][1]:
            self._quickest[-1] = (self._quickest[-1][0], transit)
        while arrived - self._quickest[0][0] > WINDOW_MS:
            self._quickest.popleft()

    def _follow(self, arrived: float) -> None:
        assert self._offset is not None
        best = min(transit for _, transit in self._quickest)
        if best - self._offset > TOO_LATE_MS and arrived - self._quickest[0][0] > WINDOW_MS / 3:
            self._leap(best, arrived)
            return
        step = SLEW * max(0.0, arrived - self._last_arrival)
        self._last_arrival = arrived
        self._offset += max(-step, min(step, best - self._offset))
