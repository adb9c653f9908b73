"""The RTMP port: takes in whoever has a stream key, one sender a key; knows no meeting.

A key is the only thing that lets anybody in, so: it is compared by hash (how long a look-up takes tells nothing of it),
a wrong one is answered only after a pause, an address with too many of them is not listened to for a while, and
neither keys nor addresses that hold them are logged. Whoever has connected and does not publish is cut off.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from intercommunity.media.arriving.rtmp import Ended, Media, NotRtmp, Publishing, WantsToPublish
from intercommunity.media.arriving.sender import KeyLost, Receiver, Sender
from intercommunity.media.coding.flv import read_tag

TO_PUBLISH_S = 10.0
SILENT_S = 15.0
MOST_CONNECTIONS = 256
MOST_WAITING = 32
"""Connections from one address that have shown no key yet: who opens more, keeps nobody else out."""
MOST_GUESSES = 10
FORGIVEN_AFTER_S = 60.0
_PAUSE_S = 1.0
_READ = 64 * 1024

_log = logging.getLogger(__name__)


class RtmpServer:
    """`receivers`: by hash of their key; may change while this runs."""

    def __init__(self, receivers: Mapping[str, Receiver]) -> None:
        self._receivers = receivers
        self._sending: dict[str, asyncio.StreamWriter] = {}
        self._guesses: dict[str, list[float]] = {}
        self._open = 0
        self._waiting: Counter[str] = Counter()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Returns the port. Raises `OSError` where it is taken."""
        self._server = await asyncio.start_server(self._serve, host, port)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._sending.values():
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = str((writer.get_extra_info("peername") or ("",))[0])
        self._open += 1
        try:
            if self._open <= MOST_CONNECTIONS and self._may_try(address):
                await self._receive(reader, writer, address)
        except (NotRtmp, TimeoutError, ConnectionError) as reason:
            _log.info("An RTMP connection was closed: %s", reason or "nothing came")
        except asyncio.CancelledError:
            pass  # the process stops; the streams' own callback would log it as a fault
        finally:
            self._open -= 1
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> None:
        publishing = Publishing()
        sender: Sender | None = None
        self._waiting[address] += 1
        opening = asyncio.get_running_loop().time() + TO_PUBLISH_S
        try:
            while True:
                deadline = SILENT_S if sender else opening - asyncio.get_running_loop().time()
                async with asyncio.timeout(deadline):
                    data = await reader.read(_READ)
                if not data:
                    return
                for message in publishing.receive(data):
                    if isinstance(message, WantsToPublish):
                        sender = await self._admit(publishing, message, writer, address)
                    elif isinstance(message, Media) and sender:
                        self._pass_on(message, sender)
                    if not sender or isinstance(message, Ended):
                        return
                if answer := publishing.take_to_send():
                    writer.write(answer)
        except KeyLost:
            _log.info("A stream key lost its meaning while it was used")
        finally:
            if sender:
                self._sending.pop(sender.key_hash, None)
                sender.end()
            else:
                self._no_longer_waits(address)

    def _pass_on(self, message: Media, sender: Sender) -> None:
        arrived = read_tag(message.kind, message.time, message.body)
        if arrived is not None:
            sender.take(arrived, asyncio.get_running_loop().time())

    async def _admit(
        self, publishing: Publishing, wish: WantsToPublish, writer: asyncio.StreamWriter, address: str
    ) -> Sender | None:
        """None where the key is refused."""
        key_hash = hash_of(wish.name.partition("?")[0])
        if key_hash in self._receivers and key_hash not in self._sending:
            self._sending[key_hash] = writer
            sender = Sender(key_hash, self._receivers)
            sender.begin()
            publishing.accept()
            self._no_longer_waits(address)
            return sender
        if key_hash in self._receivers:
            self._receivers[key_hash].note("second_sender", address)
            publishing.refuse("NetStream.Publish.BadName", "Somebody is sending with this key already.")
        else:
            self._note_guess(address)
            await asyncio.sleep(_PAUSE_S)
            publishing.refuse("NetStream.Publish.Denied", "This stream key is not known.")
        writer.write(publishing.take_to_send())
        await writer.drain()
        return None

    def _note_guess(self, address: str) -> None:
        now = asyncio.get_running_loop().time()
        self._guesses = {
            each: recent
            for each, times in self._guesses.items()
            if (recent := [at for at in times if now - at < FORGIVEN_AFTER_S])
        }
        self._guesses.setdefault(address, []).append(now)
        for key_hash, receiver in self._receivers.items():
            if key_hash not in self._sending:
                receiver.note("wrong_key", address)
        _log.warning("A stream key that is not known came from %s", address)

    def _no_longer_waits(self, address: str) -> None:
        self._waiting[address] -= 1
        if not self._waiting[address]:
            del self._waiting[address]

    def _may_try(self, address: str) -> bool:
        now = asyncio.get_running_loop().time()
        guesses = sum(now - at < FORGIVEN_AFTER_S for at in self._guesses.get(address, ()))
        return guesses < MOST_GUESSES and self._waiting[address] < MOST_WAITING


def hash_of(key: str) -> str:
    return sha256(key.encode(errors="surrogatepass")).hexdigest()
