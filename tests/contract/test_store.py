"""What every store of a log must do, run against all of them; knows none from the inside."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from intercommunity.store.memory import MemoryStore
from intercommunity.store.port import NO_HEAD, Altered, Conflict, Entry, Gap, Head, Locked, Record, Store
from intercommunity.store.postgres import PostgresStore
from intercommunity.store.sqlite import SqliteStore
from store.logs import chained, interleaved, numbered

Open = Callable[[], Store]
LASTING = ["sqlite", "postgres"]


@pytest.fixture
def opening(request, tmp_path) -> Open:
    """Opens the store of one log, again and again."""
    match request.param:
        case "memory":
            return MemoryStore
        case "sqlite":
            return lambda: SqliteStore(tmp_path / "forum.sqlite")
        case _:
            dsn = request.getfixturevalue("postgres_database")
            return lambda: PostgresStore(dsn, "forum")


@pytest.fixture
def store(opening) -> Iterator[Store]:
    opened = opening()
    yield opened
    opened.close()


every_store = pytest.mark.parametrize("opening", ["memory", *LASTING], indirect=True)
lasting_store = pytest.mark.parametrize("opening", LASTING, indirect=True)


@every_store
def test_store_that_is_new_is_empty(store):
    assert (store.position(), list(store.read()), store.heads()) == (0, [], {})
    assert store.append([]) == 0


@every_store
def test_store_gives_back_what_it_was_given_in_order_of_arrival(store):
    hub, lima = numbered(3), numbered(2, "lima")
    assert store.append([hub[0], lima[0]]) == 2
    assert store.append([lima[1], *hub[1:]]) == 5
    arrived = [hub[0], lima[0], lima[1], hub[1], hub[2]]
    assert list(store.read()) == [Record(place, entry) for place, entry in enumerate(arrived, 1)]
    assert list(store.read(3)) == [Record(4, hub[1]), Record(5, hub[2])]
    assert list(store.read(1, most=2)) == [Record(2, lima[0]), Record(3, lima[1])]
    assert list(store.read(5)) == []
    assert list(store.read(0, most=0)) == []


@every_store
def test_store_reads_one_log_by_number(store):
    hub, lima = numbered(4), numbered(4, "lima")
    store.append(interleaved(hub, lima))
    assert list(store.read_log("lima")) == lima
    assert list(store.read_log("hub", 2)) == hub[2:]
    assert list(store.read_log("hub", 1, most=2)) == hub[1:3]
    assert list(store.read_log("nobody")) == []


@every_store
def test_store_reads_more_than_it_fetches_at_a_time(store):
    hub = numbered(2_345)
    store.append(hub)
    assert [record.entry for record in store.read()] == hub
    assert [record.position for record in store.read(1, most=2_001)] == list(range(2, 2_003))
    assert list(store.read_log("hub", 300)) == hub[300:]


@every_store
def test_store_knows_the_head_of_each_log(store):
    hub, lima = numbered(3), numbered(2, "lima")
    store.append([*hub, *lima])
    assert store.heads() == {"hub": Head(3, hub[2].digest), "lima": Head(2, lima[1].digest)}


@every_store
def test_store_skips_what_it_has(store):
    hub = numbered(4)
    store.append(hub[:2])
    assert store.append(hub[:2]) == 2
    assert store.append(hub) == 4
    assert store.append([hub[3], hub[3]]) == 4
    assert [record.entry for record in store.read()] == hub


@every_store
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (chained(b"hub 1", b"another")[1], Conflict),
        (numbered(4)[3], Gap),
        (numbered(3)[2]._replace(body=b"altered"), Altered),
        (numbered(3)[2]._replace(digest=b"\0" * 32), Altered),
        (Entry("lima", 1, b"first", b""), Altered),
    ],
)
def test_store_keeps_nothing_of_entries_of_which_one_does_not_fit(store, wrong, error):
    hub = numbered(2)
    store.append(hub)
    with pytest.raises(error) as raised:
        store.append([*numbered(1, "oslo"), wrong])
    assert (raised.value.node, raised.value.number) == (wrong.node, wrong.number)
    assert [record.entry for record in store.read()] == hub
    assert store.append(numbered(3)[2:]) == 3


@every_store
def test_store_finds_two_entries_with_one_number_in_one_append(store):
    with pytest.raises(Conflict):
        store.append([*chained(b"one"), *chained(b"other")])
    assert store.position() == 0


@every_store
def test_store_keeps_any_bytes(store):
    bodies = [b"", b"\0", bytes(range(256)), "«ñ» \U0001f5f3".encode(), b"x" * 1_000_000]
    entries = chained(*bodies, node="número-1")
    store.append(entries)
    assert [record.entry.body for record in store.read()] == bodies


@every_store
def test_store_can_be_read_while_it_is_written(store):
    hub = numbered(600)
    writing = Thread(target=lambda: [store.append([entry]) for entry in hub])
    writing.start()
    seen = []
    while len(seen) < len(hub):
        seen += list(store.read(len(seen)))
    writing.join()
    assert [record.entry for record in seen] == hub
    assert [record.position for record in seen] == list(range(1, 601))


@lasting_store
def test_store_has_everything_when_it_is_opened_again(opening):
    first = opening()
    hub = numbered(5)
    first.append(hub[:3])
    identity = first.identity
    first.close()
    again = opening()
    assert (again.identity, again.position()) == (identity, 3)
    assert again.heads() == {"hub": Head(3, hub[2].digest)}
    assert again.append(hub) == 5
    assert [record.entry for record in again.read()] == hub
    again.close()


@lasting_store
def test_store_lets_one_write(opening):
    first = opening()
    with pytest.raises(Locked):
        opening()
    first.append(numbered(1))
    first.close()
    second = opening()
    assert second.append(numbered(2)) == 2
    second.close()


@every_store
def test_store_has_an_identity_that_can_stand_in_an_event_id(store):
    assert store.identity
    assert store.identity.isalnum()
    assert store.identity.isascii()
    assert store.heads().get("hub", NO_HEAD) == NO_HEAD
