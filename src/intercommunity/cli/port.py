"""The listening socket, alone or shared between processes."""

import errno
import socket

from intercommunity.cli.complaint import Complaint


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A bound socket. With `shared`, several processes have one each and the kernel deals out the connections."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise Complaint(f"Port {port} is in use. Stop what uses it, or choose another with --port.") from error
        raise Complaint(f"Cannot listen on {host} port {port}: {error.strerror}.") from error
    return sock
