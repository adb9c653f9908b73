"""One captioner's text from outside, for one track: which line came of which words, and who speaks them.

What the text says is found by `wire.text`; how it should be written, capitals and names, by whoever gives `Polish`.
"""

import asyncio
import copy
from collections.abc import Callable, Sequence

from msgspec import Struct, to_builtins

from intercommunity.gateway.broadcast import Broadcast
from intercommunity.gateway.post_keys import PostKeys
from intercommunity.meeting.actor import Actor
from intercommunity.meeting.captions.commands import CorrectLine, StrikeLine, WriteLine
from intercommunity.meeting.captions.rules import MS_PER_CHARACTER
from intercommunity.meeting.description import Description
from intercommunity.meeting.kinds import Command
from intercommunity.meeting.refusal import Refused
from intercommunity.store.live import Unavailable
from intercommunity.wire.commands import convert_command
from intercommunity.wire.text import cart, cues, streamtext
from intercommunity.wire.text.control import clean
from intercommunity.wire.text.pieces import Piece
from intercommunity.wire.views import encode

IDLE_S = 5.0
"""Words that no sentence end closes become a line after so long a pause."""

Polish = Callable[[Description, str, str, str], str]
"""(description, track, text, what the same speaker said just before) -> the text as it should be written."""


class Taken(Struct, frozen=True, omit_defaults=True):
    """What came of a post: how many lines; for a stream the last number that arrived and how many never came."""

    lines: int = 0
    corrections: int = 0
    seq: int | None = None
    missing: int = 0


class Source:
    """Ask it under its `turn`: the order of a captioner's posts is the order of the lines."""

    def __init__(
        self,
        broadcast: Broadcast,
        actor: Actor,
        track: str,
        feed: streamtext.Feed,
        polish: Polish,
        clock: Callable[[], int],
    ) -> None:
        self.turn = asyncio.Lock()
        self.feed = feed
        self._broadcast = broadcast
        self._actor = actor
        self._track = track
        self._polish_text = polish
        self._clock = clock
        self._keys = PostKeys(track, clock())
        self._lines: dict[int, str] = {}
        self._speaker = ""
        self._before = ""
        self._idle: asyncio.TimerHandle | None = None
        self._flushing: asyncio.Task[None] | None = None

    # A stream of posts

    async def take_post(self, seq: int, body: str) -> Taken:
        """What the log does not take is not taken from the sender either: the post can come again."""
        outcome = await self._once_kept(lambda: self.feed.accept(seq, body))
        self._flush_when_idle()
        return Taken(len(outcome.lines), len(outcome.corrections), outcome.seq, outcome.missing)

    async def _once_kept(self, change: Callable[[], streamtext.Outcome]) -> streamtext.Outcome:
        before = copy.deepcopy((self.feed, self._keys))
        is_first = self.feed.last_seq is None
        try:
            outcome = change()
            self._keys.move_to(outcome.seq, anew=outcome.standing == "restart")
            if is_first and outcome.lines:
                first = self._polish(outcome.lines[0].piece.text, "")
                self._keys.carry_on(self._broadcast.shown.meeting, self._actor.id, first)
            await self._act(outcome)
        except BaseException:
            self.feed, self._keys = before
            raise
        return outcome

    async def _act(self, outcome: streamtext.Outcome) -> None:
        for line in outcome.lines:
            ids = await self._write(line.piece, key=self._keys.next())
            self._lines[line.number] = ids[0]
        for correction in outcome.corrections:
            await self._correct(correction)
        self._show_draft(outcome.draft)

    async def _correct(self, correction: streamtext.Correction) -> None:
        line = self._lines.get(correction.number)
        if line is None:
            return
        command: Command = StrikeLine(line)
        if correction.piece is not None:
            command = CorrectLine(line, self._track, self._polish(correction.piece.text, ""))
        try:
            await self._broadcast.live.submit(command, self._actor, "")
        except Refused as refused:
            if refused.code != "line_struck":
                raise

    def _show_draft(self, draft: Piece | None) -> None:
        value = b""
        if draft is not None and clean(draft.text):
            words = self._polish(draft.text, self._before)
            value = encode({"text": words, "speaker": self._speaker})
        self._broadcast.live.whisper(f"draft/{self._track}", value)

    def _flush_when_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._start_flushing)

    def _start_flushing(self) -> None:
        self._flushing = asyncio.create_task(self._flush())

    async def _flush(self) -> None:
        async with self.turn:
            try:
                await self._once_kept(self.feed.flush)
            except Unavailable:
                self._flush_when_idle()

    # Whole texts

    async def take_cues(self, found: Sequence[cues.Cue], begin: int | None) -> Taken:
        """The cues' times count from `begin` (ms UTC), else from when the meeting was to start."""
        zero = self._description.starts if begin is None else begin
        timed = [
            (piece, zero + (piece.start or 0), zero + (piece.end or piece.start or 0)) for piece in cues.pieces(found)
        ]
        for piece, start, end in timed:
            ensure_fits(WriteLine(self._track, piece.text, piece.speaker or "", start=start, end=end))
        for piece, start, end in timed:
            await self._write(piece, start, end)
        return Taken(len(timed))

    async def take_cart(self, text: str) -> Taken:
        """A text that comes at once was said in the time its words take, up to now, after what was said before."""
        pieces = await asyncio.to_thread(cart.parse, text)
        takes = [len(piece.text) * MS_PER_CHARACTER for piece in pieces]
        end = self._clock() - self._actor.delay_ms
        said_before = self._broadcast.shown.meeting.captions.spoken_until.get(self._track, 0)
        begin = min(end, max(end - sum(takes), said_before))
        pace = min(1.0, (end - begin) / max(1, sum(takes)))
        at = float(begin)
        for piece, length in zip(pieces, takes, strict=True):
            await self._write(piece, int(at), int(at + length * pace))
            at += length * pace
        return Taken(len(pieces))

    # Lines

    @property
    def _description(self) -> Description:
        return self._broadcast.shown.meeting.description

    async def _write(
        self, piece: Piece, start: int | None = None, end: int | None = None, key: str = ""
    ) -> tuple[str, ...]:
        text = clean(piece.text)
        if not piece.remark:
            text = self._polish(text, "" if piece.turn else self._before)
            self._before = text
        self._speaker = self._who_speaks(piece)
        line = WriteLine(self._track, text, self._speaker, piece.turn, piece.remark, start, end)
        return await self._broadcast.live.submit(line, self._actor, key)

    def _polish(self, text: str, before: str) -> str:
        return self._polish_text(self._description, self._track, clean(text), before)

    def _who_speaks(self, piece: Piece) -> str:
        """Whom the text names; else as before; after a change of speaker, whom the host gave the floor.

        The host may be slower than the captioner: somebody who has just been followed by another is not who speaks
        now, whatever the floor says.
        """
        floor = self._broadcast.shown.meeting.floor.turn().speaker
        if piece.speaker:
            return speaker_named(self._description, clean(piece.speaker))
        if piece.turn:
            return floor if floor != self._speaker else ""
        return self._speaker or floor


def ensure_fits(line: WriteLine) -> None:
    """A line of a file keeps within what a line may be that somebody types. Raises `Malformed`."""
    convert_command(to_builtins(line))


def speaker_named(description: Description, name: str) -> str:
    """The id of the speaker of the agenda whose name, or part of whose name, this is; else the name itself."""
    wanted = name.casefold()
    for speaker in description.speakers:
        if wanted == speaker.name.casefold():
            return speaker.id
    partly = [each.id for each in description.speakers if wanted in each.name.casefold().split()]
    if len(partly) == 1:
        return partly[0]
    return name.title() if name.isupper() else name
