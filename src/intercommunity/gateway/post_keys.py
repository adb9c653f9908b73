"""Keys under which the lines of a captioner's posts are kept, so that a post that comes again makes none twice.

A sender repeats a post that was not answered. The feed knows a repeat, but not after this process has been killed: then
only the log knows whether the post's lines were kept. So a line's key says which post it ended in, and the first post
after a start is compared with the last one that the log holds.
"""

import re
from typing import NamedTuple

from msgspec import Struct

from intercommunity.meeting.meeting import Meeting

_NUMBERS = re.compile(r"([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})")
"""What is ours of a key; anybody else's key may begin as ours do."""


class PostKeys(Struct):
    """`began`: a sender's count from 1, by when it began (ms UTC); `lines`: how many of post `seq` there are."""

    track: str
    began: int
    seq: int = -1
    lines: int = 0

    def move_to(self, seq: int, *, anew: bool = False) -> None:
        """The lines that follow belong to this post; `anew`: of a sender that counts from the beginning again."""
        if anew:
            self.began += 1
        if anew or seq != self.seq:
            self.seq, self.lines = seq, 0

    def next(self) -> str:
        self.lines += 1
        return f"{_prefix(self.track)}{self.began} {self.seq} {self.lines - 1}"

    def carry_on(self, meeting: Meeting, actor: str, text: str) -> None:
        """Count on as the process before this one did, if the last post it kept lines of is the one that came now.

        It is the same post if it has the same number and one of its lines ended as `text`, the first line now, does:
        what stood before that in the line went with the process.
        """
        kept = sorted(
            (_Kept(*map(int, numbers.groups())), ids[0])
            for (who, key), ids in meeting.wishes.items()
            if who == actor
            and key.startswith(_prefix(self.track))
            and (numbers := _NUMBERS.fullmatch(key, len(_prefix(self.track))))
        )
        for known, line_id in kept:
            line = meeting.captions.lines.get(line_id)
            of_this_post = known[:2] == kept[-1][0][:2] and known.seq == self.seq
            if of_this_post and line is not None and line.said().text.casefold().endswith(text.casefold()):
                self.began, self.lines = known.began, known.number
                return


class _Kept(NamedTuple):
    """What a key says."""

    began: int
    seq: int
    number: int


def _prefix(track: str) -> str:
    return f"feed {track} "
