"""Server-sent events (WHATWG HTML, 9.2): how a message is written; the data is one line of JSON."""

HEARTBEAT = b":\n\n"
"""A comment: it keeps proxies from closing a silent stream, and lets a client notice a dead one."""


def message(data: bytes, event_id: str = "", event: str = "") -> bytes:
    """One message. Without an id, the client's place in the stream stays where it was."""
    head = f"id: {event_id}\n" if event_id else ""
    name = f"event: {event}\n" if event else ""
    return b"".join((head.encode(), name.encode(), b"data: ", data, b"\n\n"))
