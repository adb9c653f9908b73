import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.meeting.captions.events import LineStruck, LineWritten
from intercommunity.meeting.floor.events import SessionOpened
from intercommunity.meeting.log import Event
from intercommunity.meeting.stamp import Stamp
from intercommunity.wire.events import decode_event, encode_event
from intercommunity.wire.malformed import Malformed

STAMP = Stamp(1_700_000_000_000, 2, "hub", 17)
STRUCK = Event(STAMP, "link:captions", LineStruck("hub-9"), "k1")
BODY = (
    b'{"stamp":[1700000000000,2,"hub",17],"actor":"link:captions",'
    b'"fact":{"kind":"line_struck","line":"hub-9"},"key":"k1"}'
)


def changed(**fields) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(BODY) | fields)


def test_event_has_the_documented_shape():
    assert encode_event(STRUCK) == BODY
    assert decode_event(BODY) == STRUCK


def test_event_leaves_out_what_has_its_default():
    event = Event(STAMP, "link:host", LineWritten("en", "¿Qué?", 5, 6))
    body = encode_event(event)
    assert '"fact":{"kind":"line_written","track":"en","text":"¿Qué?","start":5,"end":6}}' in body.decode()
    assert decode_event(body) == event


@given(
    st.integers(0, 2**53),
    st.integers(0, 2**31),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_event_comes_back_as_it_was(time, count, session, key):
    event = Event(Stamp(time, count, "hub", 1), "a", SessionOpened(session), key)
    assert decode_event(encode_event(event)) == event


def test_event_with_fields_of_a_later_version_is_read():
    fact = {"kind": "line_struck", "line": "hub-9", "reason": "later"}
    assert decode_event(changed(fact=fact, later=[1])) == STRUCK


def test_event_of_an_unknown_kind_is_an_error_that_names_it():
    with pytest.raises(Malformed) as malformed:
        decode_event(changed(fact={"kind": "line_sung", "line": "hub-9"}))
    assert (malformed.value.code, malformed.value.values) == (
        "event_kind_unknown",
        {"event": "hub-17", "kind": "line_sung"},
    )


@pytest.mark.parametrize(
    ("body", "event"),
    [
        (b"", "?"),
        (b"\xff\xfe", "?"),
        (b"[]", "?"),
        (b"null", "?"),
        (b"[" * 100_000, "?"),
        (b'{"stamp": 5}', "?"),
        (b'{"stamp": [1, 2, 3, 4], "fact": []}', "?"),
        (BODY[:-1], "?"),
        (BODY.replace(b"hub", b"h\xffb"), "?"),
        (changed(fact={}), "hub-17"),
        (changed(fact={"kind": 7}), "hub-17"),
        (changed(fact={"kind": "line_struck"}), "hub-17"),
        (changed(fact={"kind": "line_struck", "line": 9}), "hub-17"),
        (changed(actor=None), "hub-17"),
        (changed(stamp=[1.5, 2, "hub", 17]), "hub-17"),
    ],
)
def test_event_from_foreign_bytes_is_malformed(body, event):
    with pytest.raises(Malformed) as malformed:
        decode_event(body)
    assert (malformed.value.code, malformed.value.values["event"]) == ("event_unreadable", event)
