"""A body for those who want none."""

import httpx
import pytest
from starlette.responses import PlainTextResponse

from intercommunity.gateway.reading_only import reading_only

PAGE = reading_only(PlainTextResponse("a page"))


async def asked(method, content):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(PAGE), base_url="http://test") as http:
        return await http.request(method, "/", content=content)


async def nothing_that_ends():
    raise AssertionError("the body was read")
    yield b""


@pytest.mark.parametrize(("method", "content"), [("GET", None), ("HEAD", None), ("POST", b"")])
async def test_request_without_a_body_goes_on(method, content):
    assert (await asked(method, content)).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_request_with_a_body_is_refused_and_its_connection_closed(method):
    answer = await asked(method, b"x" * 1000)
    assert (answer.status_code, answer.json()["code"], answer.headers["connection"]) == (413, "body_too_large", "close")


async def test_body_of_unknown_length_is_not_read():
    assert (await asked("POST", nothing_that_ends())).status_code == 413
