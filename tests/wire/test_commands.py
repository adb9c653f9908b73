"""What people send: cleaned, bounded, and never a surprise for what stands behind."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercommunity.meeting.captions.commands import WriteLine
from intercommunity.meeting.questions.commands import AskQuestion, VoteFor
from intercommunity.wire.commands import DEEPEST, Draft, decode_command
from intercommunity.wire.malformed import Malformed

ASK = {"kind": "ask_question", "language": "en", "text": "Why?"}


def decoded(**fields):
    return decode_command(json.dumps({**ASK, **fields}).encode())


def malformed(body):
    with pytest.raises(Malformed) as raised:
        decode_command(body)
    return raised.value.code, raised.value.values


def malformed_with(**fields):
    return malformed(json.dumps({**ASK, **fields}).encode())


def test_command_comes_with_its_key():
    assert decoded() == (AskQuestion("Why?", "en"), "")
    assert decoded(key="k" * 64) == (AskQuestion("Why?", "en"), "k" * 64)
    assert decode_command(b'{"kind": "draft", "track": "en"}') == (Draft("en"), "")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"a": 1}}', b"\x00", b'{"kind": "ask_question", "text": "\\ud800"}', b"NaN"]
)
def test_what_is_not_json_is_not_json(body):
    assert malformed(body) == ("not_json", {})


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"ask_question"', b"true"])
def test_what_is_not_an_object_is_none(body):
    assert malformed(body) == ("not_an_object", {})


@pytest.mark.parametrize("kind", [None, 1, [], {}, "", "AskQuestion", "question_asked", "ask_question;"])
def test_kind_that_there_is_not(kind):
    assert malformed_with(kind=kind) == ("kind_unknown", {})


@pytest.mark.parametrize("depth", [DEEPEST, 100, 900, 5_000, 200_000])
def test_deep_nesting_is_refused_however_deep(depth):
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        body = b'{"kind": "ask_question", "text": ' + opening * depth + b"1" + closing * depth + b"}"
        assert malformed(body)[0] in ("field_invalid", "not_json")


def test_megabyte_of_text_is_too_long():
    assert malformed_with(text="x" * 1_000_000) == ("text_too_long", {"field": "text", "most": 1_000})
    assert malformed_with(key="k" * 1_000_000)[1]["field"] == "key"
    assert malformed_with(language="a" * 1_000_000)[1]["field"] == "language"


@pytest.mark.parametrize("text", ["", " ", "\u202e", "\u200b\u2060", "\n\t\r", "\x00"])
def test_text_of_nothing_is_empty(text):
    assert malformed_with(text=text) == ("text_empty", {"field": "text"})


@pytest.mark.parametrize("text", [None, 1, 1.5, True, [], ["x"], {}, {"en": "x"}])
def test_text_of_another_type_is_invalid(text):
    code, values = malformed_with(text=text)
    assert (code, values["field"]) == ("field_invalid", "text")


@pytest.mark.parametrize("key", [None, 1, [], {}, "k" * 65])
def test_key_of_another_type_is_invalid(key):
    assert malformed_with(key=key)[1]["field"] == "key"


def test_unknown_and_missing_fields_are_named():
    assert "`person`" in malformed_with(person="hub-1")[1]["expected"]
    assert "`language`" in malformed(b'{"kind": "ask_question", "text": "x"}')[1]["expected"]


@pytest.mark.parametrize("language", ["e", "en_GB", "en-", "../en", "en-" + "x" * 9, "en<script>", "é"])
def test_language_that_is_no_tag_is_invalid(language):
    assert malformed_with(language=language)[1]["field"] == "language"


@pytest.mark.parametrize("option", [-1, 12, 10**30, 1.5, True, "1", None])
def test_number_out_of_its_range_is_invalid(option):
    body = json.dumps({"kind": "cast_ballot", "poll": "hub-1", "option": option}).encode()
    assert malformed(body)[1]["field"] == "option"


def test_text_is_cleaned_everywhere_in_a_command():
    assert decoded(text="\u202eevil\u202c \x00 \n text\u2028!")[0].text == "evil text !"
    body = {"kind": "write_line", "track": "en", "text": "a\u0000b", "speaker": "\u2066Ana\u2069 "}
    assert decode_command(json.dumps(body).encode())[0] == WriteLine("en", "ab", speaker="Ana")
    assert decode_command(b'{"ki\\u200bnd": "vote_for", "question": " hub-1 "}')[0] == VoteFor("hub-1")


def test_markup_stays_the_text_that_it_is():
    assert decoded(text="<script>alert(1)</script> & {x}")[0].text == "<script>alert(1)</script> & {x}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
FIELDS = st.sampled_from(["kind", "key", "text", "language", "question", "option", "start", "again", "options", "x"])
KINDS = st.sampled_from(["ask_question", "write_line", "open_poll", "cast_ballot", "describe_meeting", "issue_link"])


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(FIELDS, JSON, max_size=6), KINDS | JSON)
def test_any_json_gives_a_command_or_is_malformed(fields, kind):
    body = json.dumps({**fields, "kind": kind}).encode()
    try:
        command, key = decode_command(body)
    except Malformed as error:
        assert error.code  # noqa: PT017 - either answer will do
    else:
        assert command.__struct_config__.tag == kind
        assert len(key) <= 64


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_a_command_or_are_malformed(body):
    with pytest.raises(Malformed):
        decode_command(body)
