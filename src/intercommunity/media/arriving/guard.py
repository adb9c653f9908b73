"""What may be reached when an address is pulled: the public internet, and nothing inside.

An organiser's address, or a playlist or redirection at that address, must not make this server talk to itself, to its
neighbours or to a cloud's metadata service. FFmpeg follows playlists by itself, so looking at the first address is not
enough: over HTTP it gets a proxy of ours, and this resolves every name, refuses every address that is not public, and
connects to the very address that it has looked at, so that a name cannot change its meaning in between.

Exception
└── Unreachable       an address, or a file, that cannot be had
    └── Forbidden     or may not be

Both carry a code that stays the same, for advice; never the address.
"""

import asyncio
import contextlib
import ipaddress
import re
import socket
from urllib.parse import urlsplit, urlunsplit

_LONGEST_HEAD = 16 * 1024
_WITHIN_S = 10.0
_READ = 64 * 1024
_HOLD_IPV4 = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_ALSO_INSIDE = tuple(map(ipaddress.IPv6Network, ("64:ff9b:1::/48", "fec0::/10")))
"""RFC 8215, RFC 3879."""
_DEFAULT_PORTS = {"http": 80, "https": 443, "rtmp": 1935, "rtmps": 443}


class Unreachable(Exception):  # noqa: N818 - says it
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forbidden(Unreachable):
    pass


def is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return is_public(str(inner))
        if any(found in network for network in _ALSO_INSIDE):
            return False
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address that a translator stands for (RFC 6052), or one of the old form ::a.b.c.d (RFC 4291, 2.5.5.1)."""
    if any(address in network for network in _HOLD_IPV4):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


class Guard:
    """`private_too`: whether the operator lets sources come from addresses inside."""

    def __init__(self, *, private_too: bool = False) -> None:
        self._private_too = private_too

    async def resolved(self, url: str) -> str:
        """The address with its host as a number that has been looked at (SRT and RTMP need no name)."""
        parts = urlsplit(url)
        number = await self.look_up(parts.hostname or "", parts.port or _DEFAULT_PORTS.get(parts.scheme, 0))
        host = f"[{number}]" if ":" in number else number
        port = f":{parts.port}" if parts.port else ""
        return urlunsplit(parts._replace(netloc=f"{host}{port}"))

    async def look_up(self, host: str, port: int) -> str:
        """Raises `Forbidden` (address_inside) or `Unreachable` (host_unknown)."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable("host_unknown") from error
        numbers = [str(each[4][0]) for each in found]
        if not self._private_too and not all(map(is_public, numbers)):
            raise Forbidden("address_inside")
        return numbers[0]


ENTRANCE = "http://source.invalid/"
"""What a reader is given in place of an address that may hold a key; RFC 6761 keeps the name from meaning anything."""


class Door:
    """One source's proxy, on loopback: it alone knows why something could not be reached, since readers only hear
    that it could not. `fault`: the code of the last such thing. `leads_to`: the address behind `ENTRANCE`.
    """

    def __init__(self, guard: Guard, leads_to: str = "") -> None:
        self.fault = ""
        self._leads_to = leads_to
        self._guard = guard
        self._server: asyncio.Server | None = None

    async def address(self) -> str:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        port = self._server.sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/"

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._open(reader, writer)
        except Unreachable as reason:
            self.fault = reason.code
            status = b"403 Forbidden" if isinstance(reason, Forbidden) else b"502 Bad Gateway"
            writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        finally:
            with contextlib.suppress(ConnectionError):
                await writer.drain()
            writer.close()

    async def _open(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(_WITHIN_S):
            head = await reader.readuntil(b"\r\n\r\n")
        line, _, headers = head.partition(b"\r\n")
        method, target, _version = line.decode("latin-1").split(" ")
        if method == "CONNECT":
            host, _, port = target.rpartition(":")
            there = await self._connect(host.strip("[]"), int(port))
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        elif method == "GET" and urlsplit(target).hostname == urlsplit(ENTRANCE).hostname and self._leads_to:
            answer = f"HTTP/1.1 302 Found\r\nlocation: {self._leads_to}\r\n"
            writer.write(f"{answer}content-length: 0\r\nconnection: close\r\n\r\n".encode())
            return
        elif method == "GET":
            parts = urlsplit(target)
            there = await self._connect(parts.hostname or "", parts.port or 80)
            path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            there[1].write(f"GET {path} HTTP/1.1\r\n".encode("latin-1") + _single(headers))
        else:
            raise ValueError(method)
        await asyncio.gather(_copy(reader, there[1]), _copy(there[0], writer))

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        number = await self._guard.look_up(host, port)
        try:
            async with asyncio.timeout(_WITHIN_S):
                return await asyncio.open_connection(number, port)
        except (OSError, TimeoutError) as error:
            raise Unreachable("unreachable") from error


def _single(headers: bytes) -> bytes:
    """One request a connection: a second one would go to where the first went."""
    return re.sub(rb"(?im)^(proxy-)?connection:[^\r\n]*\r\n", b"", headers).replace(
        b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"
    )


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(_READ):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(ConnectionError, OSError):
        writer.write_eof()
