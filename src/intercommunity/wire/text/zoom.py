"""Caption text by Zoom's caption address: the same stream of posts, and where it is; knows no HTTP.

After "Closed Caption REST API" (Zoom support pages): POST with ?seq=&lang=en-US and a plain text body;
`seq` counts up by one and stays the same for a retry; a line end closes a line; GET …/seq answers the
number of the last post that arrived.
"""

from intercommunity.wire.text.streamtext import Feed


def feed() -> Feed:
    """A feed whose posts begin with a new word, since Zoom's senders do not always send the blank."""
    return Feed(joint=" ")


def answer_seq(source: Feed) -> str:
    """The body that answers GET …/seq: the last number that arrived, 0 before the first."""
    return str(source.last_seq or 0)
