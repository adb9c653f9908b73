"""RTMP as a server that is sent to: bytes in, messages and answers out; knows no socket and no key.

After Adobe's RTMP specification 1.0: the plain handshake (5.2), chunks (5.3), and the commands by which encoders
publish (connect, releaseStream, FCPublish, createStream, publish). Nobody plays from here.

Exception
└── NotRtmp     what arrives breaks the protocol: the connection is to be closed
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

from intercommunity.media.arriving import amf

HANDSHAKE = 1536
LARGEST_MESSAGE = 8 * 1024 * 1024
LARGEST_BEFORE_PUBLISHING = 16 * 1024
"""Who has shown no key yet has only commands to say, and is held no memory for more."""
MOST_STREAMS = 16
_FIRST_CHUNK_SIZE = 128
_OUR_CHUNK_SIZE = 4096
_WINDOW = 2_500_000
_SET_CHUNK_SIZE, _ACKNOWLEDGE, _USER, _WINDOW_SIZE, _BANDWIDTH = 1, 3, 4, 5, 6
_AUDIO, _VIDEO, _COMMAND3, _COMMAND = 8, 9, 17, 20
_NO_EXTENSION = 0xFFFFFF
_HEADER_SIZES = (11, 7, 3, 0)


class NotRtmp(ValueError):  # noqa: N818 - theirs, not ours
    pass


class WantsToPublish(Struct, frozen=True):
    """To be answered by `accept` or `refuse`. `app` and `name`: the address's path and what follows it, as sent."""

    app: str
    name: str


class Media(Struct, frozen=True):
    """kind: as of an FLV tag; time: ms."""

    kind: int
    time: int
    body: bytes


class Ended(Struct, frozen=True):
    """The sender said that it stops."""


Message = WantsToPublish | Media | Ended


class _Chunked:
    """What is known of one chunk stream: the header in force, and the message that is being put together."""

    __slots__ = ("body", "delta", "extended", "kind", "size", "time")

    def __init__(self) -> None:
        self.time = self.delta = self.size = self.kind = 0
        self.extended = False
        self.body = bytearray()


class Publishing:
    """One connection. `receive` takes what arrived; `to_send` holds what is to be written, and is emptied by taking."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._out = bytearray()
        self._shaken = 0
        self._chunk_size = _FIRST_CHUNK_SIZE
        self._streams: dict[int, _Chunked] = {}
        self._app = ""
        self._publishing = False
        self._received = 0
        self._acknowledged = 0

    def take_to_send(self) -> bytes:
        taken = bytes(self._out)
        self._out.clear()
        return taken

    def receive(self, data: bytes) -> Iterator[Message]:
        """Raises `NotRtmp`."""
        self._held += data
        self._received += len(data)
        self._acknowledge()
        if self._shaken < 2 and not self._shake():  # noqa: PLR2004 - two steps
            return
        while (message := self._chunk()) is not None:
            yield from self._handle(*message)

    def _acknowledge(self) -> None:
        if self._shaken == 2 and self._received - self._acknowledged >= _WINDOW // 2:  # noqa: PLR2004
            self._acknowledged = self._received
            self._write(_ACKNOWLEDGE, struct.pack(">I", self._received & 0xFFFFFFFF))

    def _shake(self) -> bool:
        if self._shaken == 0 and self._held:
            if self._held[0] != 3:  # noqa: PLR2004 - the version of plain RTMP
                raise NotRtmp("not plain RTMP")
            if len(self._held) < 1 + HANDSHAKE:
                return False
            theirs = bytes(self._held[1 : 1 + HANDSHAKE])
            del self._held[: 1 + HANDSHAKE]
            self._out += b"\3" + bytes(HANDSHAKE) + theirs
            self._shaken = 1
        if self._shaken == 1 and len(self._held) >= HANDSHAKE:
            del self._held[:HANDSHAKE]
            self._shaken = 2
        return self._shaken == 2  # noqa: PLR2004

    # Chunks

    def _chunk(self) -> tuple[int, int, bytes] | None:
        """Take chunks until a message is complete; b"" as a body for one that is not. None where more is needed."""
        while True:
            taken = self._take_chunk()
            if taken is None:
                return None
            if isinstance(taken, tuple):
                return taken

    def _take_chunk(self) -> tuple[int, int, bytes] | bool | None:  # noqa: C901, PLR0911 - the header in its order
        held = self._held
        if not held:
            return None
        form, number = held[0] >> 6, held[0] & 63
        at = 1
        if number < 2:  # noqa: PLR2004 - the number follows in one byte or two
            at = 2 + number
            if len(held) < at:
                return None
            number = 64 + held[1] + (held[2] << 8 if number else 0)
        stream = self._stream(number, form)
        end = at + _HEADER_SIZES[form]
        if len(held) < end:
            return None
        header = bytes(held[at:end])
        stamp = int.from_bytes(header[:3]) if form < 3 else 0  # noqa: PLR2004
        extended = stamp == _NO_EXTENSION if form < 3 else stream.extended  # noqa: PLR2004
        if extended:
            if len(held) < end + 4:
                return None
            stamp = int.from_bytes(held[end : end + 4])
            end += 4
        size = int.from_bytes(header[3:6]) if form < 2 else stream.size  # noqa: PLR2004
        if size > (LARGEST_MESSAGE if self._publishing else LARGEST_BEFORE_PUBLISHING):
            raise NotRtmp("a message is too large")
        if form < 3 and stream.body:  # noqa: PLR2004
            raise NotRtmp("a message begins inside another")
        length = min(self._chunk_size, size - len(stream.body))
        if len(held) < end + length:
            return None
        self._begin_message(stream, form, header, stamp, extended=extended)
        stream.body += held[end : end + length]
        del held[: end + length]
        if len(stream.body) < stream.size:
            return True
        body = bytes(stream.body)
        stream.body.clear()
        return stream.kind, stream.time, body

    def _stream(self, number: int, form: int) -> _Chunked:
        stream = self._streams.get(number)
        if stream is None:
            if form != 0 and form != 1:  # noqa: PLR1714 - librtmp begins streams with form 1
                raise NotRtmp("a chunk continues nothing")
            if len(self._streams) >= MOST_STREAMS:
                raise NotRtmp("too many chunk streams")
            stream = self._streams[number] = _Chunked()
        return stream

    def _begin_message(self, stream: _Chunked, form: int, header: bytes, stamp: int, *, extended: bool) -> None:
        if form < 3:  # noqa: PLR2004
            stream.extended = extended
        if form < 2:  # noqa: PLR2004
            stream.size, stream.kind = int.from_bytes(header[3:6]), header[6]
        if stream.body:
            return
        if form == 0:
            stream.time, stream.delta = stamp, 0
        else:
            if form < 3:  # noqa: PLR2004
                stream.delta = stamp
            stream.time = (stream.time + stream.delta) & 0xFFFFFFFF

    # Messages

    def _handle(self, kind: int, time: int, body: bytes) -> Iterator[Message]:
        if kind in (_AUDIO, _VIDEO):
            if self._publishing:
                yield Media(kind, time, body)
        elif kind == _SET_CHUNK_SIZE and len(body) >= 4:  # noqa: PLR2004
            self._chunk_size = int.from_bytes(body[:4]) & 0x7FFFFFFF
            if not 1 <= self._chunk_size <= LARGEST_MESSAGE:
                raise NotRtmp("an impossible chunk size")
        elif kind in (_COMMAND, _COMMAND3):
            yield from self._command(body[1:] if kind == _COMMAND3 else body)

    def _command(self, body: bytes) -> Iterator[Message]:
        try:
            name, number, *rest = amf.decode(body)
        except ValueError as error:
            raise NotRtmp("a command cannot be read") from error
        if name == "connect":
            about = rest[0] if rest and isinstance(rest[0], dict) else {}
            self._app = str(about.get("app", ""))
            self._welcome(number)
        elif name == "createStream":
            self._answer("_result", number, None, 1)
        elif name == "publish" and not self._publishing:
            yield WantsToPublish(self._app, str(rest[1]) if len(rest) > 1 else "")
        elif name in ("deleteStream", "FCUnpublish", "closeStream"):
            if self._publishing:
                self._publishing = False
                yield Ended()
        elif name in ("releaseStream", "FCPublish"):
            self._answer("_result", number, None, None)
        elif name == "play":
            raise NotRtmp("nothing can be played from here")

    def _welcome(self, number: float) -> None:
        self._write(_WINDOW_SIZE, struct.pack(">I", _WINDOW))
        self._write(_BANDWIDTH, struct.pack(">IB", _WINDOW, 2))
        self._write(_SET_CHUNK_SIZE, struct.pack(">I", _OUR_CHUNK_SIZE))
        about = {"level": "status", "code": "NetConnection.Connect.Success", "description": "Connected."}
        self._answer("_result", number, {"fmsVer": "FMS/3,0,1,123", "capabilities": 31}, {**about, "objectEncoding": 0})

    def accept(self) -> None:
        self._publishing = True
        self._write(_USER, struct.pack(">HI", 0, 1))
        self._status("status", "NetStream.Publish.Start", "Go ahead.")

    def refuse(self, code: str, reason: str) -> None:
        """`code`: as in NetStream.Publish.BadName. The connection is to be closed once this is sent."""
        self._status("error", code, reason)

    def _status(self, level: str, code: str, description: str) -> None:
        about = {"level": level, "code": code, "description": description}
        self._write(_COMMAND, amf.encode("onStatus", 0, None, about), stream=1)

    def _answer(self, *values: object) -> None:
        self._write(_COMMAND, amf.encode(*values))

    def _write(self, kind: int, body: bytes, stream: int = 0) -> None:
        """All we say is short: one chunk a message."""
        assert len(body) <= (_OUR_CHUNK_SIZE if kind == _COMMAND else _FIRST_CHUNK_SIZE)
        number = 3 if kind == _COMMAND else 2
        self._out += struct.pack(">B", number) + b"\0\0\0" + len(body).to_bytes(3) + bytes([kind])
        self._out += struct.pack("<I", stream) + body
