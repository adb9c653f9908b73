"""Stamps order all events of a meeting totally; knows no clock: the time comes in.

A stamp is a hybrid logical clock (Kulkarni et al., 2014): the wall time of the node that wrote it, pushed forward so
that nothing a node writes is ordered before anything it has seen; then the node and the number in that node's log.
"""

from msgspec import Struct

PUSHED_MS = 60_000
"""An event whose stamp was pushed further ahead of the wall clock than this carries the wall time beside it."""


class Stamp(Struct, frozen=True, order=True, array_like=True):
    """Totally ordered: by `time` (ms UTC), then `count`, then `node`, then `number` (1, 2, 3 … in that node's log)."""

    time: int
    count: int
    node: str
    number: int


class Clock:
    """The hybrid logical clock of one node; it never goes back, whatever the machine's clock does."""

    __slots__ = ("count", "time")

    def __init__(self) -> None:
        self.time = 0
        self.count = 0

    def tick(self, now: int) -> tuple[int, int]:
        """The (time, count) of the next event written here, given the wall clock `now` in ms."""
        if now > self.time:
            self.time, self.count = now, 0
        else:
            self.count += 1
        return self.time, self.count

    def witness(self, stamp: Stamp) -> None:
        """Take note of a stamp, from elsewhere or from our own log, so that what is written next is ordered after it.

        However far ahead it is: what somebody here has seen and acts upon must not be ordered after the act. So a node
        whose clock runs ahead pushes the stamps of all, but not the times that people see (`Event.at`).
        """
        self.time, self.count = max((self.time, self.count), (stamp.time, stamp.count))
