"""The addresses under /live/: who may ask what, and what bad input is told."""

import asyncio
import time

import pytest
from msgspec.structs import replace

from gateway.world import DESCRIPTION, gateway
from intercommunity.meeting.access.commands import IssueLink, RevokeLink
from intercommunity.meeting.actor import ORGANISER
from intercommunity.meeting.commands import RIGHTS
from intercommunity.meeting.description import Entrance
from intercommunity.meeting.kinds import kind_of
from intercommunity.store.secret import token_hash


@pytest.fixture
async def world():
    async with gateway() as running:
        yield running


async def refusal(response):
    content = response.json()
    assert set(content) == {"code", "message", "details"}
    assert content["message"]
    return response.status_code, content["code"]


async def test_now_can_be_shared_without_a_token_only(world):
    public = await world.http.get("/live/forum/now")
    own = await world.http.get("/live/forum/now", headers={"Authorization": "Bearer secret-of-moderator"})
    assert public.headers["cache-control"] == "public, max-age=1"
    assert own.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("token", ["wrong", "x" * 5000, "secret-of-host ", "' OR 1=1", "é"])
@pytest.mark.parametrize("address", ["now", "stream", "text", "captions/en"])
async def test_wrong_token_is_refused_everywhere(world, token, address):
    if token.endswith(" "):
        token = token.strip().upper()
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    response = await world.http.get(f"/live/forum/{address}", headers=headers)
    assert await refusal(response) == (401, "token_unknown")


async def test_expired_and_revoked_links_are_refused(world):
    now = time.time_ns() // 1_000_000
    await world.journal.submit(IssueLink("old", "host", token_hash("old"), expires=now - 1), ORGANISER)
    await world.journal.submit(IssueLink("gone", "host", token_hash("gone"), expires=now + 60_000), ORGANISER)
    assert (await world.wish("gone", "open_session", session="s1")).status_code == 200
    await world.journal.submit(RevokeLink("gone"), ORGANISER)
    assert await refusal(await world.wish("old", "open_session", session="s1")) == (401, "token_expired")
    assert await refusal(await world.wish("gone", "open_session", session="s1")) == (401, "token_revoked")


async def test_link_of_one_meeting_opens_no_other(world):
    response = await world.http.get("/live/other/now", headers={"Authorization": "Bearer secret-of-host"})
    assert await refusal(response) == (404, "meeting_unknown")


async def test_meeting_by_link_shows_nothing_without_one():
    async with gateway(replace(DESCRIPTION, entrance=Entrance.LINK)) as world:
        for address in ("now", "stream", "text", "captions/en"):
            assert await refusal(await world.http.get(f"/live/forum/{address}")) == (401, "link_needed")
        assert await refusal(await world.wish("", "join", name="Lu")) == (401, "link_needed")
        assert (await world.now("participant"))["views"]["meeting"]["entrance"] == "link"
        response = await world.http.get("/live/forum/text?grow=no&token=secret-of-participant")
        assert response.status_code == 200


FIELDS = {
    "session": "s1",
    "link": "x",
    "role": "host",
    "token_hash": "0" * 64,
    "person": "hub-1",
    "track": "en",
    "text": "Words",
    "line": "hub-1",
    "speaker": "ana",
    "start": 1,
    "end": 2,
    "wording": "hub-1",
    "machine": "m",
    "question": "hub-1",
    "language": "en",
    "into": "hub-2",
    "reason": "No",
    "poll": "hub-1",
    "option": 0,
    "options": [{"en": "A"}, {"en": "B"}],
    "node": "suva",
    "people": 1,
    "countries": {},
    "nodes": {},
}


def wish_of(command):
    fields = {name: FIELDS[name] for name in command.__struct_fields__ if name in FIELDS}
    kind = kind_of(command.__name__)
    if kind == "open_poll":
        fields["question"] = {"en": "Which?"}
    if kind == "describe_meeting":
        fields = {"description": {"slug": "forum", "title": {}, "starts": 0, "languages": ["en"]}}
    if kind == "count_attendance":
        fields["people"] = 1
    return kind, fields


@pytest.mark.parametrize("command", sorted(RIGHTS, key=lambda each: each.__name__), ids=lambda each: each.__name__)
async def test_participant_who_tries_a_desk_command_is_refused(world, command):
    kind, fields = wish_of(command)
    before = world.journal.position
    headers = {"Authorization": "Bearer secret-of-participant"}
    response = await world.http.post("/live/forum/commands", json={"kind": kind, **fields}, headers=headers)
    if "participant" in {str(role) for role in RIGHTS[command]}:
        assert response.status_code != 403, response.text
    else:
        assert await refusal(response) == (403, "not_allowed")
        assert world.journal.position == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 20_000, "not_json"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"{}", "kind_unknown"),
        (b'{"kind":"drop_table"}', "kind_unknown"),
        (b'{"kind":7}', "kind_unknown"),
        (b'{"kind":"ask_question","text":"Hi"}', "field_invalid"),
        (b'{"kind":"ask_question","text":7,"language":"en"}', "field_invalid"),
        (b'{"kind":"ask_question","text":"Hi","language":"en","status":"approved"}', "field_invalid"),
        (b'{"kind":"ask_question","text":"Hi","language":"<b>"}', "field_invalid"),
        (b'{"kind":"ask_question","text":"  \\u0000\\u202e ","language":"en"}', "text_empty"),
        (b'{"kind":"ask_question","language":"en","text":"' + b"a" * 1001 + b'"}', "text_too_long"),
        (b'{"kind":"ask_question","text":"Hi","language":"en","key":7}', "field_invalid"),
    ],
)
async def test_malformed_command_is_told_apart(world, body, code):
    headers = {"Authorization": "Bearer secret-of-participant"}
    before = world.journal.position
    response = await world.http.post("/live/forum/commands", content=body, headers=headers)
    assert await refusal(response) == (400, code)
    assert world.journal.position == before


async def test_text_of_a_megabyte_is_refused_before_it_is_read(world):
    headers = {"Authorization": "Bearer secret-of-participant"}
    body = b'{"kind":"ask_question","language":"en","text":"' + b"a" * 1_000_000 + b'"}'
    response = await world.http.post("/live/forum/commands", content=body, headers=headers)
    assert await refusal(response) == (413, "body_too_large")


async def test_text_is_cleaned_and_stays_text(world):
    hostile = "Is \u202e<script>alert(1)</script>\u0007 \r\n ok?\ufeff"
    [question] = await world.granted("participant", "ask_question", text=hostile, language="en")
    view = (await world.now("moderator"))["views"][f"questions/{question}"]
    assert view["text"] == "Is <script>alert(1)</script> ok?"


async def test_refusal_speaks_the_asker_s_language(world):
    headers = {"Authorization": "Bearer wrong", "Accept-Language": "es-UY,es;q=0.9"}
    response = await world.http.get("/live/forum/now", headers=headers)
    assert response.json()["message"].startswith("Este enlace")
    english = await world.http.get("/live/forum/now", headers={"Authorization": "Bearer wrong"})
    assert english.json()["message"].startswith("This link")


async def test_repeated_key_is_answered_with_the_first_ids(world):
    first = await world.granted("participant", "ask_question", text="Once?", language="en", key="k1")
    again = await world.granted("participant", "ask_question", text="Once?", language="en", key="k1")
    other = await world.granted("participant", "ask_question", text="Once?", language="en", key="k2")
    assert first == again != other


async def test_two_moderators_decide_at_once_and_one_is_told(world):
    [question] = await world.granted("participant", "ask_question", text="Now?", language="en")
    answers = await asyncio.gather(
        world.wish("moderator", "approve_question", question=question),
        world.wish("host", "decline_question", question=question, reason="No"),
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert loser.json()["code"] == "question_already_decided"


async def test_flood_of_votes_is_slowed_per_person(world):
    person = await world.joined("Lu")
    answers = [await world.wish(person, "vote_for", question="hub-1") for _ in range(40)]
    assert await refusal(answers[-1]) == (429, "too_fast")
    assert int(answers[-1].headers["retry-after"]) >= 1
    other = await world.joined("Max")
    assert (await world.wish(other, "vote_for", question="hub-1")).status_code == 404


async def test_flood_from_one_address_is_slowed_whoever_it_says_it_is(world):
    answers = [await world.wish("", "join", name=f"P{number}") for number in range(210)]
    assert {answer.status_code for answer in answers[:200]} == {200}
    assert 429 in {answer.status_code for answer in answers}
    assert (await world.wish("host", "open_session", session="s1")).status_code == 200


async def test_whoever_joined_makes_up_no_more_people_than_others(world):
    token = await world.joined("Lu")
    answers = []
    for number in range(210):
        answers.append(await world.wish(token, "join", name=f"P{number}"))
        token = answers[-1].json().get("token", token)
    assert 429 in {answer.status_code for answer in answers}


async def test_questions_are_limited_per_hour(world):
    person = await world.joined("Lu")
    for number in range(12):
        await world.granted(person, "ask_question", text=f"Question {number}?", language="en")
    assert await refusal(await world.wish(person, "ask_question", text="One more?", language="en")) == (
        429,
        "too_many_questions",
    )


async def test_blocked_person_can_read_but_not_ask(world):
    joined = await world.wish("", "join", name="Lu")
    token, person = joined.json()["token"], joined.json()["person"]
    await world.granted("moderator", "block_person", person=person)
    assert await refusal(await world.wish(token, "ask_question", text="Hi?", language="en")) == (403, "person_blocked")
    assert (await world.now(token))["views"]["me"]["blocked"] is True


async def test_earlier_lines_are_paged_without_gap(world):
    written = []
    for number in range(130):
        written += await world.granted("captioner", "write_line", track="en", text=f"{number}.", start=5, end=6)
    shown = (await world.now(lang="en"))["lines"]["captions/en"]
    found = shown["lines"]
    while shown["earlier"]:
        before = f"{found[0]['start']},{found[0]['id']}"
        response = await world.http.get("/live/forum/captions/en", params={"before": before, "most": 50})
        shown = {"earlier": False} | response.json()
        found = shown["lines"] + found
    assert [line["id"] for line in found] == written


@pytest.mark.parametrize("before", ["x", "1,", "1,hub", "1,hub-x", "-1,hub-1", "9" * 40 + ",hub-1", "1,hub-²"])
async def test_malformed_place_is_told(world, before):
    response = await world.http.get("/live/forum/captions/en", params={"before": before})
    assert await refusal(response) == (400, "field_invalid")


async def test_unknown_language_and_address_are_told(world):
    assert await refusal(await world.http.get("/live/forum/now?lang=fr")) == (400, "language_unknown")
    assert await refusal(await world.http.get("/live/forum/stream?lang=fr")) == (400, "language_unknown")
    assert await refusal(await world.http.get("/live/forum/nothing")) == (404, "address_unknown")
    assert (await world.http.get("/live/forum/commands")).status_code == 405
