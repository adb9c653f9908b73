"""The record as JSON."""

import msgspec

from intercommunity.record.content import gather
from intercommunity.record.data import FORMAT, RecordData, read_identity, write_data, write_schema
from record.story import MADE_AT, START, told

BODY = write_data(gather(told().meeting, "log-1", MADE_AT, "0.9"))


def test_data_reads_back_as_documented():
    record = msgspec.json.decode(BODY, type=RecordData)
    assert (record.format, record.version, record.identity, record.made_at) == (FORMAT, 1, "log-1", MADE_AT)
    assert len(record.lines) == 6
    assert record.sessions[0].file == "01-welcome"


def test_data_has_every_wording_with_its_marks():
    line = msgspec.json.decode(BODY)["lines"][4]
    assert line["wordings"] == {
        "en": {"text": "Our rivers are sure of rain.", "made": "corrected", "machine": "", "outdated": False},
        "es": {
            "text": "A nuestros ríos les falta lluvia.",
            "made": "machine_translated",
            "machine": "apertium",
            "outdated": True,
        },
    }
    assert (line["start"] - START, line["end"] - START) == (602_500, 605_000)
    assert (line["session"], line["speaker"], line["language"]) == ("water", "tom", "en")


def test_data_leads_from_the_question_to_the_line_of_its_answer():
    record = msgspec.json.decode(BODY, type=RecordData)
    assert record.questions[0].line == record.lines[5].id
    assert record.questions[1].reply is not None
    assert record.questions[1].reply.translations["en"].text == "Yes, here."


def test_data_shows_no_count_of_an_open_poll():
    polls = msgspec.json.decode(BODY, type=RecordData).polls
    assert [(poll.counts, poll.certified) for poll in polls] == [((2, 1), True), ((), False)]


def test_schema_names_every_field():
    schema = msgspec.json.decode(write_schema())
    assert set(schema["$defs"]["RecordData"]["properties"]) == set(msgspec.json.decode(BODY))
    undocumented = [name for name, each in schema["$defs"].items() if "description" not in each]
    assert undocumented == []


def test_identity_is_read_from_records_alone():
    assert read_identity(BODY) == ("log-1", "spring-forum")
    assert read_identity(b'{"format": "other", "identity": "log-1", "slug": "x"}') is None
    assert read_identity(b"not JSON") is None
    assert read_identity(b"\xff") is None
