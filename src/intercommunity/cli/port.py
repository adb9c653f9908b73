"""The listening sockets: the port, alone or shared between processes, and the one inside the data folder."""

import asyncio
import errno
import os
import socket
from contextlib import suppress
from pathlib import Path

from intercommunity.cli.complaint import Complaint

LETS_GO_WITHIN_S = 3


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A bound socket. With `shared`, several processes have one each and the kernel deals out the connections.

    It says that it is TCP: asyncio asks a connection for that before it sets TCP_NODELAY, and without it the second of
    two small writes waits for the client's delayed acknowledgement of the first, 40 ms.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        sock.bind((host, port))
    except OverflowError as error:
        sock.close()
        raise Complaint(f"There is no port {port}. Choose one from 1 to 65535 with --port.") from error
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise Complaint(f"Port {port} is in use. Stop what uses it, or choose another with --port.") from error
        raise Complaint(f"Cannot listen on {host} port {port}: {error.strerror}.") from error
    return sock


async def ensure_unused(host: str, port: int) -> None:
    """Complain of whoever listens already: sharing the port would share it with them as well, in silence.

    The processes of a server that has just been killed take a moment to end.
    """
    for _ in range(LETS_GO_WITHIN_S * 10):
        with suppress(Complaint):
            listen(host, port).close()
            return
        await asyncio.sleep(0.1)
    listen(host, port).close()


def inside_path(data: Path) -> Path:
    return data / "run" / "inside.sock"


def listen_inside(data: Path) -> socket.socket:
    """A unix socket for the other processes of this installation, and for nobody else."""
    path = inside_path(data)
    path.unlink(missing_ok=True)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        sock.bind(os.path.relpath(path))  # an address of this kind is at most 107 bytes long
    finally:
        os.umask(before)
    return sock
