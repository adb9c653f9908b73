"""Server-sent events as WHATWG HTML 9.2 has them, read by a small reader of its own."""

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.wire import sse
from intercommunity.wire.views import encode


def read(stream):
    """Messages as (event, id, data) by the standard's rules."""
    found = []
    for block in stream.decode().split("\n\n")[:-1]:
        fields = {"event": "message", "id": None, "data": None}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            if name:
                fields[name] = value.removeprefix(" ")
        if fields["data"] is not None:
            found.append((fields["event"], fields["id"], fields["data"]))
    return found


def test_message_has_id_and_event_where_given():
    assert sse.message(b"{}", "log.7", "now") == b"id: log.7\nevent: now\ndata: {}\n\n"
    assert sse.message(b"{}") == b"data: {}\n\n"


def test_heartbeat_is_no_message():
    assert read(sse.HEARTBEAT + sse.message(b"1") + sse.HEARTBEAT) == [("message", None, "1")]


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_messages_come_out_as_they_went_in(texts):
    stream = b"".join(sse.message(encode(text), f"log.{number}") for number, text in enumerate(texts))
    expected = [("message", f"log.{number}", encode(text).decode()) for number, text in enumerate(texts)]
    assert read(stream) == expected
