"""Ended meetings are published on the site by themselves, for those who may see the meeting, and stay."""

import httpx

from serving import MEETING, load, run, served
from waiting import WITHIN_S, until

CLOSED = MEETING.replace("rehearsal = true", 'entrance = "link"')


async def until_answer(is_it, http: httpx.AsyncClient, path: str, **asked) -> httpx.Response:
    """The first of the answers that is the one."""
    answers = []

    async def comes() -> bool:
        answers.append(await http.get(path, **asked))
        return is_it(answers[-1])

    await until(comes)
    return answers[-1]


async def wish(http: httpx.AsyncClient, token: str, kind: str, **fields) -> None:
    answer = await http.post(
        "/live/forum/commands", json={"kind": kind, **fields}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 200, answer.text


async def test_ended_meeting_is_published_and_a_new_start_withdraws_it(server, data):
    async with httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        await wish(http, server.links["captioner"], "write_line", track="en", text="The river is high.")
        assert "will be here when" in (await http.get("/forum/record/")).text
        await wish(http, server.links["host"], "end_meeting")
        page = await until_answer(lambda answer: "chooser" in answer.text, http, "/forum/record/")
        assert page.headers["content-type"].startswith("text/html")
        transcript = await http.get("/forum/record/downloads/meeting.en.txt")
        assert "The river is high." in transcript.text
        assert 'href="/forum/record/"' in (await http.get("/")).text
        assert not [path.name for path in (data / "records").iterdir() if path.name.startswith(".")]
        await wish(http, server.links["host"], "start_over")
        assert "The river is high." not in (await http.get("/forum/record/downloads/meeting.en.txt")).text


async def test_record_of_a_closed_meeting_is_for_those_with_a_link_until_it_is_withdrawn(data):
    links = load(data, CLOSED)
    async with served(data, workers=2) as server, httpx.AsyncClient(base_url=server.url, timeout=WITHIN_S) as http:
        await wish(http, links["host"], "end_meeting")
        bearer = {"Authorization": f"Bearer {links['participant']}"}
        await until_answer(
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
        await until_answer(lambda answer: answer.status_code == 403, http, "/forum/record/")
