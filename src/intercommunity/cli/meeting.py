"""`intercommunity meeting`: load a meeting file, list its links, revoke one."""

import argparse
import asyncio
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from intercommunity.cli.complaint import Complaint
from intercommunity.cli.links import Link, links_of, webcast_link
from intercommunity.cli.reach import TokensOf, reach, state_of
from intercommunity.cli.webcasts import StreamKey, stream_keys
from intercommunity.gateway.answers import TRY_AGAIN_S
from intercommunity.meeting.access.commands import RevokeLink
from intercommunity.meeting.actor import LINK_ROLES, ORGANISER
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.description import Description
from intercommunity.meeting.refusal import Refused
from intercommunity.store.live import Live, Meetings, SlugUnusable, Unavailable
from intercommunity.store.port import Damaged
from intercommunity.store.secret import load_secret
from intercommunity.wire.meeting_file import MistakesInFile, read_meeting_file
from intercommunity.wire.sentences import sentence


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("meeting", help="load a meeting, list or revoke its links")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    load = actions.add_parser("load", help="create or change a meeting from a TOML file")
    load.add_argument("file", type=Path)
    load.set_defaults(run=lambda chosen: asyncio.run(_load(chosen)))
    links = actions.add_parser("links", help="list the links of a meeting")
    links.add_argument("slug")
    links.set_defaults(run=lambda chosen: asyncio.run(_links(chosen)))
    revoke = actions.add_parser("revoke", help="make a link useless; the next load or list makes a new one")
    revoke.add_argument("slug")
    revoke.add_argument("link", help="its name, as in the list")
    revoke.set_defaults(run=lambda chosen: asyncio.run(_revoke(chosen)))
    for action in (load, links, revoke):
        action.add_argument("--data", type=Path, required=True, help="the folder that holds everything")
        action.add_argument("--json", action="store_true", help="print JSON")
        action.add_argument("--url", default="http://localhost:8000", help="the site's address, for the links")


async def _load(chosen: argparse.Namespace) -> int:
    description = read_file(chosen.file)
    async with reach(chosen.data) as (meetings, tokens):
        links = await load(meetings, description, tokens, chosen.url)
    _print_links(chosen, description.slug, links, _streams(description, chosen))
    return 0


def _streams(description: Description, chosen: argparse.Namespace) -> list[StreamKey]:
    host = urlsplit(chosen.url).hostname or "localhost"
    return list(stream_keys(description, load_secret(chosen.data / "links.key"), host))


async def _links(chosen: argparse.Namespace) -> int:
    async with reach(chosen.data) as (meetings, tokens):
        live = _meeting(meetings, chosen.slug, chosen.data)
        state = await state_of(live)
        links = await issue_links(live, state.description, tokens, chosen.url)
    _print_links(chosen, chosen.slug, links, _streams(state.description, chosen))
    return 0


async def _revoke(chosen: argparse.Namespace) -> int:
    async with reach(chosen.data) as (meetings, _):
        await submit(_meeting(meetings, chosen.slug, chosen.data), RevokeLink(chosen.link))
    print(f"The link {chosen.link} does not work any more.")
    return 0


def read_file(path: Path) -> Description:
    try:
        return read_meeting_file(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Complaint(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Complaint(f"{path} is not UTF-8. Save it as UTF-8.") from error
    except MistakesInFile as mistakes:
        listed = "\n".join(f"{path}, {mistake}" for mistake in mistakes.mistakes)
        raise Complaint(f"{listed}\nNothing was changed.") from mistakes


async def load(meetings: Meetings, description: Description, tokens: TokensOf, url: str) -> list[Link]:
    """Create or change a meeting, and make sure of its links."""
    try:
        live = await meetings.create(description.slug)
    except SlugUnusable as error:
        raise Complaint(str(error)) from error
    except Unavailable as unavailable:
        raise Complaint(_why_unavailable(description.slug, unavailable)) from unavailable
    await submit(live, DescribeMeeting(description))
    return await issue_links(live, description, tokens, url)


async def issue_links(live: Live, description: Description, tokens: TokensOf, url: str) -> list[Link]:
    state = await state_of(live)
    now = time.time_ns() // 1_000_000
    links = list(links_of(description, state.access, tokens(description.slug), url, now))
    for link in links:
        await submit(live, link.wish())
    return links


async def submit(live: Live, command: msgspec.Struct) -> None:
    try:
        await live.submit(command, ORGANISER)  # type: ignore[arg-type]
    except Refused as refused:
        raise Complaint(sentence(refused.code, "en", **refused.values)) from refused
    except Unavailable as unavailable:
        raise Complaint(sentence(unavailable.code, "en", seconds=TRY_AGAIN_S)) from unavailable


def _why_unavailable(slug: str, unavailable: Unavailable) -> str:
    if unavailable.code == Damaged.code:
        return f"{_damaged(slug)} Nothing was changed."
    return sentence(unavailable.code, "en", seconds=TRY_AGAIN_S)


def _damaged(slug: str) -> str:
    return (
        f"The log of {slug} is damaged, and has been left as it is. "
        "Put a copy of it in its place, or move it away to begin anew."
    )


def _meeting(meetings: Meetings, slug: str, data: Path) -> Live:
    live = meetings.meetings.get(slug)
    if live is None:
        if (data / "meetings" / f"{slug}.sqlite").exists():
            raise Complaint(_damaged(slug))
        known = ", ".join(sorted(meetings.meetings)) or "none"
        raise Complaint(f"There is no meeting {slug} here. There is: {known}.")
    return live


def _print_links(chosen: argparse.Namespace, slug: str, links: list[Link], streams: list[StreamKey]) -> None:
    if chosen.json:
        roles = {link.link: link for link in links if link.link in LINK_ROLES}
        others = [link for link in links if link.link not in LINK_ROLES]
        content = {"slug": slug, "roles": roles, "links": others, "streams": streams}
        print(msgspec.json.format(msgspec.json.encode(content)).decode())
        return
    print(f"Meeting {slug}\n")
    width = max(len(link.link) for link in links)
    for link in links:
        print(f"  {link.link:<{width}}  {link.url}")
        if link.link in LINK_ROLES:
            print(f"  {'':<{width}}  token {link.token}")
    print(f"  {'webcast':<{width}}  {webcast_link(links, chosen.url, slug)}")
    if streams:
        print("\nStream keys (keep them to yourself)\n")
    for stream in streams:
        print(f"  {stream.source:<{width}}  server {stream.server}\n  {'':<{width}}  key {stream.key}")
