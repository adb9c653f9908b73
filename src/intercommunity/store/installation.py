"""All meetings of one data directory, each with its journal; knows no viewer.

    DIR/links.key                what link tokens are derived from
    DIR/meetings/<slug>.sqlite    a meeting's log (unless the logs are in PostgreSQL)
    DIR/run/core.lock, core.sock  held and served by the process that owns the logs

Everything there is for its owner alone: the logs hold names, and questions that no moderator has let through.
"""

import asyncio
import logging
import os
import re
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from intercommunity.meeting.description import HUB
from intercommunity.store.journal import Journal, wall_clock
from intercommunity.store.live import Live, SlugUnusable, Stop, Unavailable
from intercommunity.store.locking import lock_file
from intercommunity.store.port import Store, StoreError
from intercommunity.store.secret import load_secret, token_hash
from intercommunity.store.sqlite import SqliteStore
from intercommunity.wire.malformed import Malformed

__all__ = ["Installation", "ensure_slug", "prepare", "token_hash"]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 64

_log = logging.getLogger(__name__)


def ensure_slug(slug: str) -> None:
    """Raises `SlugUnusable`. A slug is a name in addresses and of a file."""
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise SlugUnusable(f"{slug!r}: small letters, digits and single hyphens between them, {LONGEST_SLUG} at most")


def prepare(data_dir: Path) -> None:
    """Make the folders of a data directory, each for its owner alone."""
    for folder in (data_dir, data_dir / "meetings", data_dir / "run"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)


def socket_path(data_dir: Path) -> Path:
    return data_dir / "run" / "core.sock"


class Installation:
    """Implements `Meetings` in the process that owns the logs. Raises `Locked` where another process owns them.

    A log that cannot be opened does not keep the others from their meetings: it stands in `damaged`, with the reason.
    """

    def __init__(self, data_dir: Path, postgres: str = "", clock: Callable[[], int] = wall_clock) -> None:
        prepare(data_dir)
        self.damaged: dict[str, StoreError | Malformed] = {}
        self._data_dir = data_dir
        self._postgres = postgres
        self._clock = clock
        self._journals: dict[str, Journal] = {}
        self._making: dict[str, asyncio.Lock] = {}
        self._watchers: dict[int, Callable[[str, Live], None]] = {}
        self._tickets = count()
        self._lock = lock_file(data_dir / "run" / "core.lock")
        try:
            self.secret = load_secret(data_dir / "links.key")
            for slug in self._slugs():
                self._open_kept(slug)
        except BaseException:
            os.close(self._lock)
            raise

    @property
    def meetings(self) -> Mapping[str, Journal]:
        return self._journals

    async def create(self, slug: str) -> Journal:
        """Raises `SlugUnusable`, and `Unavailable` where the log cannot be made or is damaged."""
        ensure_slug(slug)
        async with self._making.setdefault(slug, asyncio.Lock()):
            if slug not in self._journals:
                await self._make(slug)
        return self._journals[slug]

    async def _make(self, slug: str) -> None:
        try:
            journal = await asyncio.to_thread(self._open, slug)
        except StoreError as error:
            _log.exception("The log of %s cannot be made", slug)
            raise Unavailable(error.code) from error
        self._journals[slug] = journal
        self.damaged.pop(slug, None)
        for watcher in list(self._watchers.values()):
            watcher(slug, journal)

    def on_new(self, callback: Callable[[str, Live], None]) -> Stop:
        ticket = next(self._tickets)
        self._watchers[ticket] = callback
        return lambda: self._forget(ticket)

    def _forget(self, ticket: int) -> None:
        self._watchers.pop(ticket, None)

    async def close(self) -> None:
        for journal in self._journals.values():
            await journal.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _slugs(self) -> list[str]:
        if self._postgres:
            from intercommunity.store.postgres import kept_meetings

            return kept_meetings(self._postgres)
        return sorted(path.stem for path in (self._data_dir / "meetings").glob("*.sqlite"))

    def _open_kept(self, slug: str) -> None:
        try:
            self._journals[slug] = self._open(slug)
        except (StoreError, Malformed) as error:
            _log.exception("The log of %s cannot be opened", slug)
            self.damaged[slug] = error

    def _open(self, slug: str) -> Journal:
        store = self._store(slug)
        try:
            return Journal(store, HUB, self._clock)
        except BaseException:
            store.close()
            raise

    def _store(self, slug: str) -> Store:
        if self._postgres:
            from intercommunity.store.postgres import PostgresStore

            return PostgresStore(self._postgres, slug)
        return SqliteStore(self._data_dir / "meetings" / f"{slug}.sqlite")
