"""The two shapes in which a viewer gets views."""

import json

from intercommunity.meeting.captions.view import LinesView, LineView
from intercommunity.meeting.floor.view import FloorView
from intercommunity.wire.views import encode_changes, encode_now, encode_view

LINE = LineView(id="hub-4", start=5, end=9, text="¿«Qué»?")


def test_view_leaves_out_what_has_its_default():
    assert bytes(encode_view(FloorView(session="one", since=5))) == b'{"session":"one","since":5}'
    assert bytes(encode_view(None)) == b"null"


def test_now_is_the_whole_with_the_id_to_resume_from():
    now = encode_now("log.7", 99, {"floor": encode_view(FloorView())}, {"captions/es": LinesView((LINE,), True)})
    line = {"id": "hub-4", "start": 5, "end": 9, "text": "¿«Qué»?"}
    lines = {"captions/es": {"lines": [line], "earlier": True}}
    assert json.loads(now) == {"id": "log.7", "time": 99, "views": {"floor": {}}, "lines": lines}


def test_changes_hold_only_what_there_is():
    line = {"id": "hub-4", "start": 5, "end": 9, "text": "¿«Qué»?"}
    gone = encode_view(None)
    assert json.loads(encode_changes({"questions/hub-1": gone}, {})) == {"set": {"questions/hub-1": None}}
    assert json.loads(encode_changes({}, {"captions/es": [LINE]})) == {"lines": {"captions/es": [line]}}
    assert encode_changes({}, {}) == b"{}"


def test_json_is_one_line_of_utf8_whatever_people_wrote():
    line = LineView(id="x", text="a\nb\u2028c\r\n</script>")
    encoded = encode_changes({}, {"captions/es": [line]})
    assert b"\n" not in encoded
    assert b"\r" not in encoded
    assert json.loads(encoded)["lines"]["captions/es"][0]["text"] == line.text
