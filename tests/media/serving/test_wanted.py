"""Conditions and ranges of a request, as RFC 9110 has them."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercommunity.media.serving.wanted import Version, is_unchanged, wanted_part

VERSION = Version(b'"a-1"', 1_700_000_000)
THEN, BEFORE = (formatdate(at, usegmt=True).encode() for at in (1_700_000_000, 1_600_000_000))


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (b"bytes=0-0", range(1)),
        (b"bytes=2-4", range(2, 5)),
        (b"bytes=2-", range(2, 10)),
        (b"bytes=2-99999", range(2, 10)),
        (b"bytes=-3", range(7, 10)),
        (b"bytes=-99", range(10)),
        (b"BYTES = 1-1", range(1, 2)),
        (b"bytes=0-0,4-5", None),
        (b"bytes=4-2", None),
        (b"bytes=a-b", None),
        (b"bytes=", None),
        (b"bytes=-", None),
        (b"lines=0-1", None),
        (b"bytes=\xb2-3", None),
    ],
)
def test_range_is_the_part_it_names_and_anything_else_the_whole(asked, part):
    assert wanted_part({b"range": asked}, VERSION, 10) == part


@pytest.mark.parametrize("asked", [b"bytes=10-", b"bytes=10-20", b"bytes=999999999999999999-", b"bytes=-0"])
def test_range_beyond_the_end_cannot_be_satisfied(asked):
    part = wanted_part({b"range": asked}, VERSION, 10)
    assert part is not None
    assert len(part) == 0


@given(st.binary(max_size=20), st.integers(0, 50))
def test_part_is_within_the_file_whatever_is_asked(asked, size):
    part = wanted_part({b"range": b"bytes=" + asked}, VERSION, size)
    assert part is None or (0 <= part.start <= part.stop <= size and part.step == 1)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [(VERSION.tag, True), (THEN, True), (b'"b"', False), (b'W/"a-1"', False), (BEFORE, False), (b"nonsense", False)],
)
def test_part_of_another_version_is_never_sent(condition, holds):
    part = wanted_part({b"range": b"bytes=2-4", b"if-range": condition}, VERSION, 10)
    assert part == (range(2, 5) if holds else None)


@pytest.mark.parametrize(
    ("headers", "unchanged"),
    [
        ({}, False),
        ({b"if-none-match": b'"a-1"'}, True),
        ({b"if-none-match": b'"x", W/"a-1"'}, True),
        ({b"if-none-match": b"*"}, True),
        ({b"if-none-match": b'"x"'}, False),
        ({b"if-none-match": b'"x"', b"if-modified-since": THEN}, False),
        ({b"if-modified-since": THEN}, True),
        ({b"if-modified-since": BEFORE}, False),
        ({b"if-modified-since": b"yesterday"}, False),
        ({b"if-modified-since": b"\xff"}, False),
        ({b"if-modified-since": b"Mon, 01 Jan 99999 00:00:00 GMT"}, False),
    ],
)
def test_what_the_reader_has_is_not_sent_again(headers, unchanged):
    assert is_unchanged(headers, VERSION) == unchanged
