from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from intercommunity.store.chain import Verdict, link, verify
from intercommunity.store.port import Record
from store.logs import chained, interleaved, numbered


def records(entries) -> list[Record]:
    return [Record(place, entry) for place, entry in enumerate(entries, 1)]


def test_chain_links_each_body_to_all_before_it():
    first, second = chained(b"one", b"two")
    assert first.digest == sha256(b"one").digest() == link(b"", b"one")
    assert second.digest == sha256(first.digest + b"two").digest()


def test_chain_of_whole_logs_is_whole():
    whole = records(interleaved(numbered(5), numbered(5, "lima")))
    assert verify(whole) == Verdict(whole, {})
    assert verify([]) == Verdict([], {})


@given(st.data())
def test_chain_finds_any_altered_entry_and_keeps_what_is_before_it(data):
    hub, lima = numbered(6), numbered(6, "lima")
    place = data.draw(st.integers(0, 5))
    entry = hub[place]
    hub[place] = data.draw(
        st.sampled_from(
            [
                entry._replace(body=entry.body + b"."),
                entry._replace(digest=link(entry.digest, b"")),
                entry._replace(number=entry.number + 1),
                entry._replace(body=b""),
            ]
        )
    )
    verdict = verify(records(interleaved(hub, lima)))
    assert verdict.broken == {"hub": place + 1}
    assert [record.entry for record in verdict.whole if record.entry.node == "hub"] == hub[:place]
    assert [record.entry for record in verdict.whole if record.entry.node == "lima"] == lima


@given(st.integers(0, 4))
def test_chain_finds_a_missing_entry(place):
    hub = numbered(6)
    del hub[place]
    assert verify(records(hub)).broken == {"hub": place + 1}


def test_chain_finds_an_entry_that_was_altered_together_with_its_digest():
    hub, forged = numbered(3), chained(b"hub 1", b"forged")
    assert verify(records([hub[0], forged[1], hub[2]])).broken == {"hub": 3}
