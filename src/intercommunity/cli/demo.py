"""`intercommunity demo`: a server with a forum in rehearsal, which starts over when it ends; what `make run` runs."""

import argparse
import asyncio
import contextlib
from importlib.resources import files
from pathlib import Path

from intercommunity.cli import loop
from intercommunity.cli.links import Link, webcast_link
from intercommunity.cli.logs import log_to_terminal
from intercommunity.cli.meeting import load, read_file
from intercommunity.cli.reach import reach
from intercommunity.cli.rehearse import programme_for, read_source
from intercommunity.cli.serve import raise_file_limit, serve, use_settings
from intercommunity.meeting.actor import LINK_ROLES
from intercommunity.meeting.description import Description
from intercommunity.rehearsal.audience import member
from intercommunity.rehearsal.client import CommandFailed, LiveClient
from intercommunity.rehearsal.player import Player

SCRIPTS = files("intercommunity.rehearsal") / "scripts"
LISTENERS = 40
PAUSE_BEFORE_STARTING_OVER_S = 20


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("demo", help="serve a forum in rehearsal, with a link for every role")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds everything")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--speed", type=float, default=1.0, help="2 plays twice as fast (default 1)")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    log_to_terminal()
    use_settings(chosen.data)
    raise_file_limit()
    with contextlib.suppress(asyncio.CancelledError):
        loop.run(_demo(chosen))
    return 0


async def _demo(chosen: argparse.Namespace) -> None:
    url = f"http://localhost:{chosen.port}"
    description = read_file(Path(str(SCRIPTS / "forum.toml")))
    async with reach(chosen.data) as (meetings, tokens):
        links = await load(meetings, description, tokens, url)
    serving = asyncio.create_task(serve(chosen.data, chosen.host, chosen.port, chosen.workers))
    playing = asyncio.create_task(_play_for_ever(url, description, links, chosen.speed))
    playing.add_done_callback(lambda task: _complain(task, serving))
    _print_welcome(url, description, links)
    try:
        await serving
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)


def _complain(playing: asyncio.Task[None], serving: asyncio.Task[None]) -> None:
    """Without its play the demo is pointless: a play that fails ends it, and says why."""
    if not playing.cancelled() and (error := playing.exception()) is not None:
        print(f"The rehearsal has stopped: {error}")
        serving.cancel()


async def _play_for_ever(url: str, description: Description, links: list[Link], speed: float) -> None:
    host = next(link.token for link in links if link.link == "host")
    client = LiveClient(url, description.slug)
    listeners = [asyncio.create_task(_listen(client, number, description)) for number in range(LISTENERS)]
    player = Player(client, host, description.languages, speed)
    steps = read_source(Path(str(SCRIPTS / "forum.script")), description.languages[0])
    try:
        await _until_up(client, host)
        async with programme_for(url, description.slug, host, speed) as speak:
            while True:
                with contextlib.suppress(CommandFailed):
                    await client.command(host, "start_over")
                await asyncio.gather(player.play(steps), speak(steps))
                await asyncio.sleep(PAUSE_BEFORE_STARTING_OVER_S)
    finally:
        for listener in listeners:
            listener.cancel()
        await client.close()


async def _until_up(client: LiveClient, host: str) -> None:
    """A command is repeated until the server answers."""
    with contextlib.suppress(CommandFailed):
        await client.command(host, "start_over")


async def _listen(client: LiveClient, number: int, description: Description) -> None:
    person = member(number, description.languages)
    node = description.nodes[number % len(description.nodes)].id if number % 3 == 0 else ""
    await client.listen(person.language, "" if node else person.country, node)


def _print_welcome(url: str, description: Description, links: list[Link]) -> None:
    print(f"\n{description.title['en']} is in progress at {url}/{description.slug}/\n", flush=True)
    print("A link for every role (keep them to yourself):\n")
    width = max(map(len, LINK_ROLES))
    for link in links:
        if link.link in LINK_ROLES:
            print(f"  {link.role:<{width}}  {link.url}")
    print(f"  {'webcast':<{width}}  {webcast_link(links, url, description.slug)}")
    print(f"\n  {'wall':<{width}}  {url}/{description.slug}/wall/?lang=en&lang=es")
    print(f"  {'text page':<{width}}  {url}/live/{description.slug}/text?lang=en")
    print("\nStop with Ctrl+C.\n", flush=True)
