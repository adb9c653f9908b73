"""Numbered events of one size, and how they get to a server: by POST, the same way for all."""

import time
from http.client import HTTPConnection

WRITE_BYTES = 200


def event(number: int, size: int = WRITE_BYTES) -> bytes:
    """An SSE message of so many bytes that carries its number and the time, as viewers.c reads them."""
    mark = b"~%010d %019d~" % (number, time.monotonic_ns())
    return b"data: " + mark.ljust(size - len("data: \n\n"), b".") + b"\n\n"


class Publisher:
    def __init__(self, port: int, path: str = "/publish") -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._path = path
        self._used_at = 0.0

    def publish(self, body: bytes) -> None:
        if time.monotonic() - self._used_at > 1.0:
            self._connection.close()  # the server may have, too
        self._connection.request("POST", self._path, body)
        response = self._connection.getresponse()
        response.read()
        self._used_at = time.monotonic()
        if response.status >= 300:
            raise RuntimeError(f"publishing failed: {response.status} {response.reason}")
