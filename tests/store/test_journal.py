import asyncio

import pytest

from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.agenda.commands import DescribeMeeting
from intercommunity.meeting.captions.commands import StrikeLine, WriteLine
from intercommunity.meeting.polls.commands import CastBallot, ClosePoll, OpenPoll
from intercommunity.meeting.polls.events import CloseHeard
from intercommunity.meeting.polls.rules import certified
from intercommunity.meeting.refusal import Refused
from intercommunity.store.chain import verify
from intercommunity.store.journal import Journal, State
from intercommunity.store.live import Unavailable
from intercommunity.store.memory import MemoryStore
from intercommunity.store.port import Altered, Conflict, Damaged, Entry, Gap
from intercommunity.wire.events import decode_event
from intercommunity.wire.malformed import Malformed
from store.logs import chained
from store.meeting import CAPTIONER, DESCRIPTION, HOST, NOW, Clock, Heard, describe, lines, say
from store.stores import FAILED, FULL, FailingStore, GatedStore
from waiting import WITHIN_S, until


@pytest.fixture(autouse=True)
async def in_time():
    async with asyncio.timeout(WITHIN_S):
        yield


def entries(store) -> list[Entry]:
    return [record.entry for record in store.read()]


async def test_journal_writes_one_chained_log_of_events():
    store = MemoryStore()
    journal = Journal(store, clock=Clock())
    await describe(journal)
    await say(journal, "Welcome.", key="k")
    events = [decode_event(entry.body) for entry in entries(store)]
    assert [event.id for event in events] == ["hub-1", "hub-2"]
    assert (events[1].actor, events[1].key, events[1].stamp.time) == ("link:captions", "k", NOW)
    assert verify(store.read()).broken == {}


async def test_journal_shows_and_answers_nothing_before_it_is_on_disk():
    store = GatedStore()
    journal = Journal(store)
    heard = Heard()
    journal.follow(heard)
    described = asyncio.create_task(describe(journal))
    said = asyncio.create_task(say(journal, "Welcome."))
    again = asyncio.create_task(say(journal, "Welcome.", key="k"))
    await asyncio.sleep(0)
    repeated = asyncio.create_task(say(journal, "Welcome.", key="k"))
    without_event = asyncio.create_task(describe(journal))
    refused = asyncio.create_task(journal.submit(StrikeLine("hub-99"), CAPTIONER))
    late = Heard()
    journal.follow(late)
    for _ in range(20):
        await asyncio.sleep(0)
    tasks = [described, said, again, repeated, without_event, refused]
    assert not any(task.done() for task in tasks)
    assert (heard.ids, late.ids, journal.position) == ([], [], 0)
    store.gate.set()
    await asyncio.wait(tasks)
    assert [said.result(), again.result(), repeated.result()] == [("hub-2",), ("hub-3",), ("hub-3",)]
    assert isinstance(refused.exception(), Refused)
    assert heard.ids == late.ids == lines(1, 3)


async def test_journal_puts_what_piles_up_into_one_commit():
    store = GatedStore()
    journal = Journal(store)
    waiting = [asyncio.create_task(describe(journal))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting += [asyncio.create_task(say(journal, f"Line {number}.")) for number in range(500)]
    await asyncio.sleep(0)
    store.gate.set()
    await asyncio.gather(*waiting)
    assert store.commits == [1, 500]


async def test_journal_keeps_what_was_decided_for_somebody_who_did_not_wait():
    store = GatedStore()
    journal = Journal(store)
    first = asyncio.create_task(describe(journal))
    await asyncio.sleep(0)
    gone, stays = (asyncio.create_task(say(journal, text)) for text in ("One.", "Two."))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.sleep(0)
    store.gate.set()
    await first
    assert await stays == ("hub-3",)
    assert journal.position == 3


async def test_journal_opened_again_goes_on_where_it_was():
    store = MemoryStore()
    before = Journal(store, clock=Clock())
    await describe(before)
    await say(before, "Welcome.", key="k")
    after = Journal(store, clock=Clock(NOW - 3_600_000))
    assert (after.position, after.identity) == (2, before.identity)
    assert await say(after, "Welcome.", key="k") == ("hub-2",)
    assert await say(after, "Thank you.") == ("hub-3",)
    heard = Heard()
    after.follow(heard)
    assert heard.ids == lines(1, 3)


async def test_journal_orders_its_log_though_the_clock_jumps_back():
    store, clock = MemoryStore(), Clock()
    journal = Journal(store, clock=clock)
    await describe(journal)
    for now in (NOW + 5, NOW - 86_400_000, NOW - 86_399_000, 0, NOW + 6):
        clock.now = now
        await journal.submit(WriteLine("en", "Welcome.", start=NOW, end=NOW), CAPTIONER)
    stamps = [decode_event(entry.body).stamp for entry in entries(store)]
    assert stamps == sorted(stamps)
    assert [stamp.time - NOW for stamp in stamps] == [0, 5, 5, 5, 5, 6]
    opened_again = Journal(store, clock=Clock(5))
    await say(opened_again, "Thank you.")
    assert decode_event(entries(store)[-1].body).stamp > stamps[-1]


@pytest.mark.parametrize(
    ("failure", "code", "state"),
    [(FULL, "storage_full", State.STORAGE_FULL), (FAILED, "storage_failed", State.STORAGE_FAILED)],
)
async def test_journal_forgets_what_it_could_not_keep(failure, code, state):
    store = FailingStore()
    journal = Journal(store)
    await describe(journal)
    heard = Heard()
    journal.follow(heard)
    store.failure = failure
    answers = await asyncio.gather(
        *(say(journal, "Welcome.", f"k{number}") for number in range(50)), return_exceptions=True
    )
    assert {(type(answer), answer.code) for answer in answers} == {(Unavailable, code)}
    assert (journal.state, journal.position, heard.ids) == (state, 1, ["hub-1"])
    assert journal.meeting.captions.lines == {}
    with pytest.raises(Unavailable):
        await say(journal, "Still?")
    store.failure = None
    assert await say(journal, "Welcome.", "k7") == ("hub-2",)
    assert (journal.state, heard.ids) == (State.WRITING, lines(1, 2))
    assert verify(store.read()).broken == {}


async def test_journal_fails_also_what_was_decided_while_a_failing_commit_was_under_way():
    store = FailingStore()
    journal = Journal(store)
    await describe(journal)
    store.failure = FAILED
    first = asyncio.create_task(say(journal, "One."))
    await asyncio.sleep(0)
    second = asyncio.create_task(say(journal, "Two."))
    await asyncio.wait([first, second])
    assert [type(task.exception()) for task in (first, second)] == [Unavailable, Unavailable]
    store.failure = None
    assert await say(journal, "Three.") == ("hub-2",)


async def test_journal_shows_what_was_kept_though_the_commit_seemed_to_fail():
    store = FailingStore()
    journal = Journal(store)
    await describe(journal)
    heard = Heard()
    journal.follow(heard)
    store.failure, store.keeps_all_the_same = FAILED, True
    with pytest.raises(Unavailable):
        await say(journal, "Welcome.", "k")
    store.failure = None
    assert await say(journal, "Welcome.", "k") == ("hub-2",)
    assert (heard.ids, journal.position) == (lines(1, 2), 2)


async def test_journal_accepts_nothing_while_the_log_cannot_be_read_and_recovers():
    store = FailingStore()
    journal = Journal(store)
    await describe(journal)
    store.failure, store.unreadable = FAILED, True
    answers = await asyncio.gather(*(say(journal, "Welcome.") for _ in range(5)), return_exceptions=True)
    answers += await asyncio.gather(*(say(journal, "Welcome.") for _ in range(5)), return_exceptions=True)
    assert {type(answer) for answer in answers} == {Unavailable}
    store.failure = None
    with pytest.raises(Unavailable):
        await say(journal, "Welcome.")
    assert store.position() == 1
    store.unreadable = False
    assert await say(journal, "Welcome.") == ("hub-2",)


async def test_journal_recovers_from_an_event_that_cannot_be_written():
    store = GatedStore()
    store.gate.set()
    journal = Journal(store)
    await describe(journal)
    store.gate.clear()
    under_way = asyncio.create_task(say(journal, "Under way."))
    await asyncio.sleep(0.01)
    waits, breaks = (asyncio.create_task(say(journal, text)) for text in ("Waits.", "a lone surrogate: \ud800"))
    await asyncio.sleep(0)
    store.gate.set()
    await asyncio.wait([under_way, waits, breaks])
    assert under_way.result() == ("hub-2",)
    assert [type(task.exception()) for task in (waits, breaks)] == [Unavailable, UnicodeEncodeError]
    assert journal.meeting.captions.lines.keys() == {"hub-2"}
    assert await say(journal, "Welcome.") == ("hub-3",)


async def test_journal_closes_after_what_is_under_way():
    store = GatedStore()
    journal = Journal(store)
    described = asyncio.create_task(describe(journal))
    await asyncio.sleep(0)
    closing = asyncio.create_task(journal.close())
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="closed"):
        await say(journal, "Too late.")
    store.gate.set()
    await described
    await closing
    await journal.close()
    assert (journal.state, journal.position) == (State.CLOSED, 1)


async def test_journal_takes_in_another_nodes_entries_and_shows_them():
    hub_store, lima_store = MemoryStore(), MemoryStore()
    hub, lima = Journal(hub_store, "hub", Clock()), Journal(lima_store, "lima", Clock(NOW - 7))
    await describe(hub)
    assert await lima.receive(entries(hub_store)) == 1
    assert await say(lima, "Hello from Lima.") == ("lima-1",)
    heard = Heard()
    hub.follow(heard)
    assert await hub.receive(entries(lima_store)) == 1
    assert await hub.receive(entries(lima_store)) == 0
    assert heard.ids == ["hub-1", "lima-1"]
    assert hub.meeting.captions.lines.keys() == {"lima-1"}
    assert await hub.receive([]) == 0
    opened_again = Journal(hub_store)
    assert opened_again.meeting.captions.lines == hub.meeting.captions.lines


async def test_journal_answers_who_receives_only_when_it_is_on_disk():
    other = MemoryStore()
    await describe(Journal(other, "lima", Clock()))
    store = GatedStore()
    journal = Journal(store, "hub", Clock())
    receiving = [asyncio.create_task(journal.receive(entries(other))) for _ in range(2)]
    await asyncio.sleep(0.01)
    assert not any(task.done() for task in receiving)
    store.gate.set()
    assert [await task for task in receiving] == [1, 0]


async def test_journal_takes_in_nothing_of_entries_that_do_not_fit():
    other = MemoryStore()
    lima = Journal(other, "lima", Clock())
    await describe(lima)
    await say(lima, "One.")
    await say(lima, "Two.")
    first, second, third = entries(other)
    store = MemoryStore()
    journal = Journal(store, "hub", Clock())
    await journal.receive([first])
    for wrong, error in [
        ([third], Gap),
        ([second._replace(body=third.body)], Altered),
        ([second, third._replace(digest=second.digest)], Altered),
        (chained(second.body, node="lima"), Conflict),
        (chained(b"{}", node="oslo"), Malformed),
        (chained(first.body, node="oslo"), Damaged),
    ]:
        with pytest.raises(error):
            await journal.receive(wrong)
        assert entries(store) == [first]
    assert await journal.receive([second, third]) == 2


async def test_journal_gets_its_own_lost_entries_back_from_others():
    whole = MemoryStore()
    journal = Journal(whole, clock=Clock())
    await describe(journal)
    for _ in range(3):
        await say(journal, "Welcome.")
    cut = MemoryStore()
    cut.append(entries(whole)[:2])
    again = Journal(cut, clock=Clock())
    assert await again.receive(entries(whole)) == 2
    assert await say(again, "Thank you.") == ("hub-5",)
    assert verify(cut.read()).broken == {}


async def test_journal_notes_by_itself_that_it_heard_of_a_close():
    hub_store, lima_store = MemoryStore(), MemoryStore()
    hub, lima = Journal(hub_store, "hub", Clock()), Journal(lima_store, "lima", Clock())
    await describe(hub)
    (poll,) = await hub.submit(OpenPoll({"en": "Again?"}, ({"en": "Yes"}, {"en": "No"})), HOST)
    await lima.receive(entries(hub_store))
    await hub.submit(ClosePoll(poll), HOST)
    await lima.submit(CastBallot(poll, 0), HOST)
    await lima.receive(entries(hub_store))
    own = [decode_event(entry.body).fact for entry in lima_store.read_log("lima")]
    assert own[1:] == [CloseHeard(poll)]
    with pytest.raises(Refused, match="poll_closed"):
        await lima.submit(CastBallot(poll, 1), HOST)
    assert not certified(hub.meeting.polls.by_id[poll])
    await hub.receive(entries(lima_store))
    assert certified(hub.meeting.polls.by_id[poll])
    assert hub.meeting.polls.counts(poll) == lima.meeting.polls.counts(poll) == [1, 0]
    assert [entry.node for entry in entries(hub_store)].count("hub") == 3


async def test_journal_does_not_open_an_altered_log():
    store = MemoryStore()
    journal = Journal(store, clock=Clock())
    await describe(journal)
    await say(journal, "One.")
    altered = MemoryStore()
    bodies = [entry.body for entry in entries(store)]
    altered.append(chained(bodies[0], bodies[1].replace(b"hub", b"lim")))
    with pytest.raises(Damaged) as damaged:
        Journal(altered)
    assert (damaged.value.node, damaged.value.number) == ("hub", 2)


async def test_journal_lets_a_follower_bring_another_in_the_middle_of_a_batch():
    journal = Journal(MemoryStore())
    heard, brought = Heard(), Heard()

    def brings(_batch):
        if not brought.ids:
            journal.follow(brought)

    journal.follow(brings)
    journal.follow(heard)
    await describe(journal)
    await say(journal, "Welcome.")
    await until(lambda: brought.position == 2)
    assert brought.ids == heard.ids == lines(1, 2)


async def test_journal_answers_a_wish_without_event_at_once_when_all_is_on_disk():
    journal = Journal(MemoryStore())
    await describe(journal)
    assert await journal.submit(DescribeMeeting(DESCRIPTION), ORGANISER) == ()
