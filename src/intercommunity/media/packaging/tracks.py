"""The lines of all tracks as they are now, and which segments of them have still to be written; no clock and no I/O.

A line comes late, is corrected, or is taken out: every segment that it touched or touches is written again. New
segments come first; of the others so many at a time that a thousand lines at once (after a restart) hold nothing up.
"""

from collections.abc import Iterable, Iterator, Mapping

from intercommunity.media.packaging.package import Cut, Package
from intercommunity.media.packaging.subtitles import Caption

MOST_AT_ONCE = 50
_BUCKET_MS = 10_000


class _Track:
    """A track's lines, to be found by when they stand."""

    def __init__(self) -> None:
        self._lines: dict[str, Caption] = {}
        self._buckets: dict[int, dict[str, Caption]] = {}

    def put(self, line: Caption) -> Iterator[tuple[int, int]]:
        """The spans (ms UTC) that are to be written again."""
        before = self._lines.pop(line.id, None)
        if before is not None:
            yield before.start, before.until
            for bucket in _buckets(before.start, before.until):
                del self._buckets[bucket][line.id]
        if line.text:
            self._lines[line.id] = line
            yield line.start, line.until
            for bucket in _buckets(line.start, line.until):
                self._buckets.setdefault(bucket, {})[line.id] = line

    def between(self, begin: int, end: int) -> list[Caption]:
        found = {each.id: each for bucket in _buckets(begin, end) for each in self._buckets.get(bucket, {}).values()}
        standing = (each for each in found.values() if each.start < end and each.until > begin)
        return sorted(standing, key=lambda each: (each.start, each.id))


def _buckets(begin: int, end: int) -> range:
    return range(begin // _BUCKET_MS, end // _BUCKET_MS + 1)


class Tracks:
    def __init__(self) -> None:
        self._tracks: dict[str, _Track] = {}
        self._changed: dict[str, list[tuple[int, int]]] = {}
        self._due: dict[str, dict[int, Cut]] = {}

    def say(self, track: str, lines: Iterable[Caption]) -> None:
        known, changed = self._tracks.setdefault(track, _Track()), self._changed.setdefault(track, [])
        for line in lines:
            changed.extend(known.put(line))

    def between(self, track: str, begin: int, end: int) -> list[Caption]:
        """What stands between two moments, ms UTC."""
        return self._tracks[track].between(begin, end) if track in self._tracks else []

    def due(self, package: Package, new: Iterable[Cut]) -> Mapping[str, list[Cut]]:
        """By track the segments that are to be written now; each until it is `written`."""
        fresh = {cut.number: cut for cut in new}
        found = {}
        for track in package.begun.tracks:
            due = self._due.setdefault(track.language, {})
            for begin, end in self._changed.pop(track.language, ()):
                due.update({cut.number: cut for cut in package.touching(begin, end)})
            latest = sorted(due.keys() - fresh.keys(), reverse=True)[:MOST_AT_ONCE]
            due.update(fresh)
            found[track.language] = [*fresh.values(), *(due[number] for number in latest)]
        return found

    def written(self, track: str, cut: Cut) -> None:
        del self._due[track][cut.number]
