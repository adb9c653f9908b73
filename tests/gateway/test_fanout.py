"""The promises of the fan-out, over real sockets: whole, once, in order, and nobody waits for anybody."""

import asyncio
import socket

import pytest
import uvloop
from hypothesis import given, settings
from hypothesis import strategies as st

from intercommunity.gateway.fanout import WAITING_LIMIT, Fanout, Reader
from waiting import until


class Viewer:
    """The far end of a reader. `room` is the size of the kernel's buffer in between, as small as it can be made."""

    def __init__(self, fanout: Fanout, room: int = 1) -> None:
        near, self.far = socket.socketpair()
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room)
        self.far.setblocking(False)
        self.received = b""
        self.reader = fanout.adopt(near)

    def read(self, most: int = 1 << 20) -> bytes:
        try:
            data = self.far.recv(most)
        except (BlockingIOError, ConnectionError):
            return b""
        self.received += data
        return data

    async def read_all(self) -> bytes:
        """Everything that was written, however often the reader's buffer must be drained for it."""
        quiet = 0
        while quiet < 3:
            quiet = 0 if self.read() else quiet + 1
            await asyncio.sleep(0)
        return self.received


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
async def fanout():
    fanout = Fanout(readers_a_turn=2)
    yield fanout
    fanout.close()


def viewers_of(fanout: Fanout, key: str, count: int) -> list[Viewer]:
    viewers = [Viewer(fanout) for _ in range(count)]
    for viewer in viewers:
        fanout.add(viewer.reader, key)
    return viewers


async def test_write_reaches_the_members_of_its_audience_and_no_others(fanout):
    spanish, english, nowhere = *viewers_of(fanout, "es", 1), *viewers_of(fanout, "en", 1), Viewer(fanout)
    fanout.write("es", b"hola")
    fanout.write("en", b"hello")
    fanout.write("fr", b"bonjour")
    assert [await viewer.read_all() for viewer in (spanish, english, nowhere)] == [b"hola", b"hello", b""]


async def test_own_writes_keep_their_place_among_the_audience_s(fanout):
    viewers = viewers_of(fanout, "es", 5)
    viewers[4].reader.write(b"a")
    fanout.write("es", b"b")
    viewers[4].reader.write(b"c")
    fanout.write("es", b"d")
    viewers[4].reader.write(b"e")
    assert [await viewer.read_all() for viewer in viewers] == [b"bd"] * 4 + [b"abcde"]


async def test_who_joins_during_a_write_gets_the_next_one(fanout):
    viewers = viewers_of(fanout, "es", 5)
    fanout.write("es", b"1")
    late = viewers_of(fanout, "es", 1)
    fanout.write("es", b"2")
    assert [await viewer.read_all() for viewer in viewers + late] == [b"12"] * 5 + [b"2"]


async def test_who_moves_during_a_write_takes_it_along(fanout):
    viewers = viewers_of(fanout, "es", 5)
    fanout.write("es", b"1")
    fanout.write("es", b"2")
    fanout.add(viewers[4].reader, "en")
    fanout.write("en", b"3")
    fanout.write("es", b"4")
    assert [await viewer.read_all() for viewer in viewers] == [b"124"] * 4 + [b"123"]
    assert viewers[4].reader.key == "en"


async def test_who_closes_during_a_write_does_not_disturb_it(fanout):
    viewers = viewers_of(fanout, "es", 6)
    fanout.write("es", b"1")
    for index in (0, 3, 5):
        viewers[index].reader.close()
    fanout.write("es", b"2")
    received = [await viewer.read_all() for viewer in viewers]
    assert received == [b"1", b"12", b"12", b"", b"12", b""]
    assert fanout.members("es") == 3


async def test_audience_ends_with_its_last_member_and_may_begin_again(fanout):
    first = viewers_of(fanout, "es", 3)
    fanout.write("es", b"1")
    for viewer in first:
        viewer.reader.close()
    again = viewers_of(fanout, "es", 1)
    fanout.write("es", b"2")
    assert [await viewer.read_all() for viewer in first + again] == [b"1", b"1", b"", b"2"]
    again[0].reader.close()
    assert fanout.members("es") == 0
    assert fanout._audiences == {}


async def test_writing_yields_to_the_event_loop(fanout):
    viewers = viewers_of(fanout, "es", 6)
    fanout.write("es", b"1")
    reached = [[viewer.read() for viewer in viewers].count(b"1")]
    while sum(reached) < 6:
        await asyncio.sleep(0)
        reached.append([viewer.read() for viewer in viewers].count(b"1"))
    assert [count for count in reached if count] == [2, 2, 2]


async def test_end_of_a_write_is_told_with_its_cost(fanout):
    viewers = viewers_of(fanout, "es", 5)
    told: list[float] = []
    fanout.write("es", b"1", told.append)
    assert told == []
    await turns()
    assert [viewer.read() for viewer in viewers] == [b"1"] * 5
    assert [0 < seconds < 1 for seconds in told] == [True]
    fanout.write("nobody", b"1", told.append)
    assert told[1:] == [0.0]


async def test_slow_reader_is_dropped_within_its_limit_and_others_get_everything(fanout):
    slow, *others = viewers_of(fanout, "es", 4)
    closed: list[Reader] = []
    slow.reader.on_close = closed.append
    lines = [b"%06d" % number + b"." * 1018 for number in range(100)]
    for line in lines:
        fanout.write("es", line)
        await turns()
        assert slow.reader.waiting <= WAITING_LIMIT
        for viewer in others:
            viewer.read()
    assert slow.reader.closed
    assert closed == [slow.reader]
    assert [viewer.received for viewer in others] == [b"".join(lines)] * 3
    assert b"".join(lines).startswith(await slow.read_all())
    assert 0 < len(lines) * 1024 - len(slow.received) < len(lines) * 1024
    assert fanout.counters.dropped == 1
    assert fanout.counters.readers == 3


async def test_reader_that_catches_up_is_not_dropped(fanout):
    (slow,) = viewers_of(fanout, "es", 1)
    lines = [b"%06d" % number + b"." * 10_000 for number in range(100)]
    for number, line in enumerate(lines):
        fanout.write("es", line)
        if number % 5 == 4:
            await slow.read_all()
    assert slow.received == b"".join(lines)
    assert slow.reader.waiting == 0
    assert fanout.counters.dropped == 0


async def test_opening_may_be_larger_than_the_limit(fanout):
    (viewer,) = viewers_of(fanout, "es", 1)
    opening = bytes(range(256)) * 4 * 1024
    viewer.reader.write(opening)
    fanout.write("es", b"." * WAITING_LIMIT)
    assert not viewer.reader.closed
    assert await viewer.read_all() == opening + b"." * WAITING_LIMIT


async def test_finish_sends_what_waits_and_closes(fanout):
    viewers = viewers_of(fanout, "es", 5)
    fanout.write("es", b"." * 20_000)
    for viewer in viewers:
        viewer.reader.finish()
        viewer.reader.write(b"too late")
    fanout.write("es", b"too late")
    assert [await viewer.read_all() for viewer in viewers] == [b"." * 20_000] * 5
    assert [viewer.reader.closed for viewer in viewers] == [True] * 5


async def test_reset_in_the_middle_of_a_write_ends_one_reader_alone(fanout):
    viewers = viewers_of(fanout, "es", 6)
    viewers[1].far.close()
    viewers[4].far.close()
    fanout.write("es", b"1")
    fanout.write("es", b"2")
    assert [await viewers[index].read_all() for index in (0, 2, 3, 5)] == [b"12"] * 4
    assert [viewer.reader.closed for viewer in viewers] == [False, True, False, False, True, False]
    assert fanout.counters.dropped == 0


async def test_reset_while_bytes_wait_is_noticed(fanout):
    (viewer,) = viewers_of(fanout, "es", 1)
    closed: list[Reader] = []
    viewer.reader.on_close = closed.append
    fanout.write("es", b"." * 50_000)
    assert viewer.reader.waiting > 0
    viewer.far.close()
    await until(lambda: closed == [viewer.reader])


async def test_what_a_reader_says_is_ignored_and_its_end_is_noticed(fanout):
    (viewer,) = viewers_of(fanout, "es", 1)
    closed: list[Reader] = []
    viewer.reader.on_close = closed.append
    viewer.far.send(b"GET / HTTP/1.1\r\n\r\n" * 400)
    await turns()
    assert not viewer.reader.closed
    viewer.far.close()
    await until(lambda: viewer.reader.closed)
    viewer.reader.close()
    await turns()
    assert closed == [viewer.reader]


async def test_on_close_may_write_to_the_audience_it_happened_in(fanout):
    viewers = viewers_of(fanout, "es", 4)
    viewers[0].reader.on_close = lambda _: fanout.write("es", b"3 here")
    viewers[0].far.close()
    fanout.write("es", b"1;")
    fanout.write("es", b"2;")
    await turns(10)
    assert [await viewer.read_all() for viewer in viewers[1:]] == [b"1;2;3 here"] * 3


async def test_close_ends_every_reader(fanout):
    viewers = [*viewers_of(fanout, "es", 3), *viewers_of(fanout, "en", 2)]
    fanout.write("es", b"1")
    fanout.close()
    await turns()
    assert [viewer.reader.closed for viewer in viewers] == [True] * 5
    assert [viewer.far.recv(10) for viewer in viewers] == [b"1", b"1", b"", b"", b""]


async def test_counters_say_what_was_done(fanout):
    viewers = viewers_of(fanout, "es", 3)
    fanout.write("es", b"12345")
    viewers[0].reader.write(b"1")
    counters = fanout.counters
    assert (counters.readers, counters.writes, counters.bytes, counters.dropped) == (3, 4, 16, 0)


# What may happen to four viewers in two audiences, in any order: each step is a name and two numbers.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["audience", "audience", "own", "join", "finish", "close", "read", "read", "turn"]),
        st.integers(0, 3),
        st.sampled_from([1, 2, 500, 501, 9_000, 9_001, 40_000, 90_000]),
    ),
    min_size=5,
    max_size=80,
)


class World:
    """Four viewers, and beside each the bytes it must have got in the end."""

    def __init__(self) -> None:
        self.fanout = Fanout(readers_a_turn=1)
        self.viewers = [Viewer(self.fanout) for _ in range(4)]
        self.expected = [b""] * 4
        self.step_number = 0
        for viewer in self.viewers:
            self.fanout.add(viewer.reader, "audience 0")

    async def do(self, step: str, index: int, size: int) -> None:
        """Viewer 0 may be finished and viewer 1 closed, so the others end only by being dropped."""
        self.step_number += 1
        data = (b"%d," % self.step_number) * (size // 4 + 1)
        key = f"audience {size % 2}"
        if step == "audience":
            self._write_to_audience(key, data)
        elif step == "own":
            self._write_own(index, data)
        elif step == "join":
            self.fanout.add(self.viewers[index].reader, key)
        elif step == "finish":
            self.viewers[0].reader.finish()
        elif step == "close":
            self.viewers[1].reader.close()
        elif step == "read":
            self.viewers[index].read(size)
        else:
            await asyncio.sleep(0)

    def _write_to_audience(self, key: str, data: bytes) -> None:
        for index, viewer in enumerate(self.viewers):
            if viewer.reader.key == key:
                self.expected[index] += data
        self.fanout.write(key, data)

    def _write_own(self, index: int, data: bytes) -> None:
        reader = self.viewers[index].reader
        if not reader.closed and not reader._finishing:
            self.expected[index] += data
        reader.write(data)

    async def check(self) -> None:
        await turns(self.step_number * len(self.viewers))
        received = [await viewer.read_all() for viewer in self.viewers]
        cut_off = [viewer.reader.closed and not viewer.reader._finishing for viewer in self.viewers]
        for got, wanted, cut in zip(received, self.expected, cut_off, strict=True):
            assert got == (wanted[: len(got)] if cut else wanted)
        assert cut_off[2:].count(True) <= self.fanout.counters.dropped <= cut_off.count(True)
        assert self.fanout.counters.readers == [viewer.reader.closed for viewer in self.viewers].count(False)
        self.fanout.close()
        for viewer in self.viewers:
            viewer.far.close()


async def _play(steps: list[tuple[str, int, int]]) -> None:
    world = World()
    for step, index, size in steps:
        await world.do(step, index, size)
    await world.check()


@pytest.mark.parametrize("loop_factory", [uvloop.new_event_loop, asyncio.new_event_loop])
@given(steps=STEPS)
@settings(max_examples=400, deadline=None)
def test_nothing_is_lost_doubled_or_out_of_order_whatever_happens(loop_factory, steps):
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(_play(steps))
