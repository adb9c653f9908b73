"""PURE. How much one sender may send: a bucket of tokens each, refilled over time; knows no clock.

A room of two hundred people stands behind one address, so addresses get room; a person does not need it.
"""

from ipaddress import IPv4Address, IPv6Network, ip_address

from msgspec import Struct


class Rate(Struct, frozen=True):
    """`burst` at once, `per_second` in the long run."""

    burst: float
    per_second: float


class Buckets:
    """One bucket for each sender. Full ones are forgotten, so memory is bounded by who sends now."""

    def __init__(self, rate: Rate, most: int = 100_000) -> None:
        self.rate = rate
        self._most = most
        self._sweep_at = most
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, sender: str, now: float) -> float:
        """0.0 and one is taken; or the seconds after which to try again, and nothing is. `now` in s."""
        level, at = self._levels.get(sender, (self.rate.burst, now))
        level = min(self.rate.burst, level + (now - at) * self.rate.per_second)
        if level < 1:
            self._levels[sender] = (level, now)
            return (1 - level) / self.rate.per_second
        if len(self._levels) >= self._sweep_at:
            self._forget_full(now)
        self._levels[sender] = (level - 1, now)
        return 0.0

    def _forget_full(self, now: float) -> None:
        """Next when there are twice as many: a flood of senders must not make every taking a sweep."""
        rate = self.rate
        self._levels = {
            sender: (level, at)
            for sender, (level, at) in self._levels.items()
            if level + (now - at) * rate.per_second < rate.burst
        }
        self._sweep_at = max(self._most, 2 * len(self._levels))


def sender_at(address: str) -> str:
    """Who is counted as one: an IPv4 address, or an IPv6 network of 64 bits, which a single household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
