"""A track as WebVTT segments that belong to the picture; no I/O. After W3C WebVTT and RFC 8216, 3.5."""

from collections.abc import Iterable

from msgspec import Struct

SHORTEST_MS = 1_000
_HEAD = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"


class Caption(Struct, frozen=True):
    """A line in one track; `start`, `end`: ms UTC, when it was said; `text` is empty where it was struck."""

    id: str
    start: int
    end: int
    text: str
    speaker: str = ""

    @property
    def until(self) -> int:
        """However short it was, it stays long enough to be seen."""
        return max(self.end, self.start + SHORTEST_MS)


def segment(captions: Iterable[Caption], begin: int, end: int, epoch: int) -> str:
    """The captions that stand anywhere between `begin` and `end` (ms UTC); times count from `epoch`, as the media's.

    A caption that stands longer than a segment is whole in each that it touches, with the same id and times.
    """
    cues = (_cue(each, epoch) for each in captions if each.text and each.start < end and each.until > begin)
    return "\n".join([_HEAD, *cues])


def _cue(each: Caption, epoch: int) -> str:
    voice = f"<v {_plain(each.speaker)}>" if each.speaker else ""
    return f"{each.id}\n{_time(each.start - epoch)} --> {_time(each.until - epoch)}\n{voice}{_plain(each.text)}\n"


def _time(ms: int) -> str:
    ms = max(0, ms)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _plain(text: str) -> str:
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
