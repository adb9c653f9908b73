"""What may be reached when an address is pulled."""

import asyncio

import pytest

from intercommunity.media.arriving.guard import Door, Forbidden, Guard, Unreachable, is_public
from waiting import within


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "::127.0.0.1",
     "64:ff9b::169.254.169.254", "64:ff9b:1::1", "::ffff:0:10.0.0.1", "fec0::1", "ff02::1", "2001:0:1:2::1", "::"],
)  # fmt: skip
def test_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"]
)
def test_address_outside_is_public(address):
    assert is_public(address)


async def ask(door: Door, request: str) -> bytes:
    port = int((await door.address()).rstrip("/").rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("private_too", [False, True])
@pytest.mark.parametrize("form", ["GET http://127.0.0.1:{}/inside HTTP/1.1", "CONNECT localhost:{} HTTP/1.1"])
async def test_proxy_reaches_inside_only_where_the_operator_allows_it(form, private_too):
    asked = []

    async def answer(reader, writer):
        asked.append(await reader.read(1))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\ninside")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    door = Door(Guard(private_too=private_too))
    request = form.format(server.sockets[0].getsockname()[1]) + "\r\nhost: x\r\n\r\n"
    said = await within(ask(door, request + ("G" if "CONNECT" in form else "")))
    door.close()
    server.close()
    assert (b"inside" in said, bool(asked), b"403" in said) == (private_too, private_too, not private_too)
    assert door.fault == ("" if private_too else "address_inside")


async def test_door_knows_that_nothing_answers_and_that_a_name_is_unknown():
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    door = Door(Guard(private_too=True))
    assert b" 502 " in await ask(door, f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n")
    assert door.fault == "unreachable"
    door.close()
    with pytest.raises(Unreachable) as unknown:
        await Guard().look_up("..", 80)
    assert unknown.value.code == "host_unknown"


async def test_address_of_another_kind_is_looked_at_too():
    with pytest.raises(Forbidden):
        await Guard().resolved("rtmp://localhost/live/x")
    assert (
        await Guard(private_too=True).resolved("srt://127.0.0.1:9000?mode=caller") == "srt://127.0.0.1:9000?mode=caller"
    )
