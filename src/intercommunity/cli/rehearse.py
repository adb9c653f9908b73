"""`intercommunity rehearse`: plays a script or a CART transcript into a running meeting."""

import argparse
import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import httpx

from intercommunity.cli.complaint import Complaint
from intercommunity.rehearsal import script, steps
from intercommunity.rehearsal.client import CommandFailed, LiveClient
from intercommunity.rehearsal.player import Player
from intercommunity.rehearsal.programme import Programme, names_of, streams_of
from intercommunity.wire.text import cart
from intercommunity.wire.text.control import decode
from intercommunity.wire.text.errors import MalformedText

TO_BE_ON_AIR_S = 15.0
"""A play does not wait longer for its programme's first picture."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("rehearse", help="play a script or a CART transcript into a running meeting")
    parser.add_argument("source", type=Path, help="a rehearsal script (.script), or CART text")
    parser.add_argument("--meeting", required=True, metavar="SLUG")
    parser.add_argument("--url", required=True, help="the server's address")
    parser.add_argument("--token", required=True, help="of the host's link; a captioner's plays captions only")
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast (default 1)")
    parser.add_argument("--language", default="en", help="in which a CART transcript is (default en)")
    parser.add_argument("--programme", action="store_true", help="with a test picture, and speech for every channel")
    parser.set_defaults(run=lambda chosen: asyncio.run(_rehearse(chosen)))


async def _rehearse(chosen: argparse.Namespace) -> int:
    if not chosen.speed > 0:
        raise Complaint("--speed must be larger than 0.")
    played = read_source(chosen.source, chosen.language)
    client = LiveClient(chosen.url, chosen.meeting)
    try:
        languages = await _languages(chosen.url, chosen.meeting, chosen.token)
        player = Player(client, chosen.token, languages, chosen.speed)
        async with programme_for(
            chosen.url, chosen.meeting, chosen.token, chosen.speed, wanted=chosen.programme
        ) as speak:
            await asyncio.gather(player.play(played, _Teller(len(played))), speak(played))
    except CommandFailed as failed:
        raise Complaint(str(failed)) from failed
    finally:
        await client.close()
    for code, number in player.left_out.items():
        print(f"{number} steps were left out: {code}", file=sys.stderr)
    return 0


Speak = Callable[[Sequence[steps.Step]], Awaitable[None]]


@contextlib.asynccontextmanager
async def programme_for(url: str, slug: str, token: str, speed: float, *, wanted: bool = True) -> AsyncIterator[Speak]:
    """What speaks a play into the meeting's programme while this lasts; says nothing where there is none."""
    streams = await streams_of(url, slug, token) if wanted else []
    if not streams or shutil.which("ffmpeg") is None:
        yield _say_nothing
        return
    programme = Programme(url, slug, streams, await names_of(url, slug, token), speed)
    sending = asyncio.create_task(programme.run())
    try:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(programme.until_on_air(), TO_BE_ON_AIR_S)
        yield programme.play
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _say_nothing(_: Sequence[steps.Step]) -> None:
    return


def read_source(path: Path, language: str) -> Sequence[steps.Step]:
    """The steps of a script or of a CART text."""
    try:
        text = decode(path.read_bytes())
        if path.suffix == ".script":
            return script.parse(text)
        return script.from_cart(cart.parse(text), language=language)
    except OSError as error:
        raise Complaint(f"Cannot read {path}: {error.strerror}.") from error
    except MalformedText as malformed:
        raise Complaint(f"{path}: {malformed}") from malformed


async def _languages(url: str, slug: str, token: str) -> tuple[str, ...]:
    address = f"{url.rstrip('/')}/live/{slug}/now"
    try:
        async with httpx.AsyncClient(timeout=20) as client:
            response = await client.get(address, headers={"Authorization": f"Bearer {token}"})
    except httpx.TransportError as error:
        raise Complaint(f"No server answers at {url}. Start one with `intercommunity serve`.") from error
    content = response.json()
    if response.status_code != httpx.codes.OK:
        raise Complaint(str(content.get("message", content)))
    return tuple(content["views"]["meeting"]["languages"])


class _Teller:
    """Shows on the terminal how far the play is."""

    def __init__(self, steps_in_all: int) -> None:
        self._all = steps_in_all
        self._done = 0

    def __call__(self, step: steps.Step) -> None:
        self._done += 1
        if sys.stderr.isatty():
            print(f"\r{self._done} of {self._all}  {type(step).__name__:<14}", end="", file=sys.stderr, flush=True)
            if self._done == self._all:
                print(file=sys.stderr)
