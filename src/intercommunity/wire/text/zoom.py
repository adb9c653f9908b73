"""Caption text by Zoom's caption address: the same stream of posts, with Zoom's answers; knows no HTTP.

After "Closed Caption REST API" (Zoom support pages): POST with ?seq=&lang=en-US and a plain text body;
`seq` counts up by one and stays the same for a retry; a line end closes a line; the answer to a POST is
the time at which it was processed, in UTC; GET …/seq answers the number of the last post that arrived.
"""

from datetime import UTC, datetime

from intercommunity.wire.text.streamtext import Feed


def feed() -> Feed:
    """A feed whose posts begin with a new word, since Zoom's senders do not always send the blank."""
    return Feed(joint=" ")


def answer_post(now: int) -> str:
    """The body that answers a POST; now in milliseconds UTC."""
    return datetime.fromtimestamp(now / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{now % 1000:03d}"


def answer_seq(source: Feed) -> str:
    """The body that answers GET …/seq: the last number that arrived, 0 before the first."""
    return str(source.last_seq or 0)
