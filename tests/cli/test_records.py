"""Ended meetings are published on the site by themselves, for those who may see the meeting, and stay."""

import asyncio
import time

import httpx

from serving import MEETING, load, run, served

WITHIN_S = 60

CLOSED = MEETING.replace("rehearsal = true", 'entrance = "link"')


async def until(answers, http: httpx.AsyncClient, path: str, **asked) -> httpx.Response:
    end = time.monotonic() + WITHIN_S
    while True:
        answer = await http.get(path, **asked)
        if answers(answer):
            return answer
        assert time.monotonic() < end, answer.text
        await asyncio.sleep(0.2)


async def wish(http: httpx.AsyncClient, token: str, kind: str, **fields) -> None:
    answer = await http.post(
        "/live/forum/commands", json={"kind": kind, **fields}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.text


async def test_ended_meeting_is_published_and_a_new_start_withdraws_it(server, data):
    async with httpx.AsyncClient(base_url=server.url) as http:
        await wish(http, server.links["captioner"], "write_line", track="en", text="The river is high.")
        assert "will be here when" in (await http.get("/forum/record/")).text
        await wish(http, server.links["host"], "end_meeting")
        page = await until(lambda answer: "chooser" in answer.text, http, "/forum/record/")
        assert page.headers["content-type"].startswith("text/html")
        transcript = await http.get("/forum/record/downloads/meeting.en.txt")
        assert "The river is high." in transcript.text
        assert 'href="/forum/record/"' in (await http.get("/")).text
        assert not [path.name for path in (data / "records").iterdir() if path.name.startswith(".")]
        await wish(http, server.links["host"], "start_over")
        assert "The river is high." not in (await http.get("/forum/record/downloads/meeting.en.txt")).text


async def test_record_of_a_closed_meeting_is_for_those_with_a_link_until_it_is_withdrawn(data):
    links = load(data, CLOSED)
    async with served(data, workers=2) as server, httpx.AsyncClient(base_url=server.url) as http:
        await wish(http, links["host"], "end_meeting")
        bearer = {"Authorization": f"Bearer {links['participant']}"}
        await until(
            lambda answer: answer.headers["content-type"].startswith("text/plain"),
            http,
            "/forum/record/downloads/meeting.en.txt",
            headers=bearer,
        )
        assert (await http.get("/forum/record/")).status_code == 403
        assert (await http.post("/forum/record/enter", headers={"Authorization": "Bearer guessed"})).status_code == 403
        assert (await http.post("/forum/record/enter", headers=bearer)).status_code == 204
        assert (await http.get("/forum/record/")).status_code == 200
        done = run("meeting", "revoke", "forum", "participant", "--data", data)
        assert done.returncode == 0, done.stderr
        await until(lambda answer: answer.status_code == 403, http, "/forum/record/")
