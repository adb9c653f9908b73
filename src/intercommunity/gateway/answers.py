"""How a refusal is answered over HTTP: a status, the stable code, the sentence in the asker's language."""

from collections.abc import Mapping

from starlette.requests import HTTPConnection
from starlette.responses import Response

from intercommunity.meeting.refusal import Refused
from intercommunity.store.live import Unavailable
from intercommunity.wire.catalogue import LANGUAGES
from intercommunity.wire.malformed import Malformed
from intercommunity.wire.sentences import sentence
from intercommunity.wire.views import encode

_STATUS = {
    "token_unknown": 401,
    "token_revoked": 401,
    "token_expired": 401,
    "link_needed": 401,
    "not_allowed": 403,
    "track_not_yours": 403,
    "node_not_yours": 403,
    "question_not_yours": 403,
    "person_blocked": 403,
    "meeting_unknown": 404,
    "line_unknown": 404,
    "question_unknown": 404,
    "poll_unknown": 404,
    "person_unknown": 404,
    "question_already_decided": 409,
    "question_merged": 409,
    "question_withdrawn": 409,
    "wording_outdated": 409,
    "session_is_open": 409,
    "poll_closed": 409,
    "meeting_ended": 409,
    "line_struck": 409,
    "body_too_large": 413,
    "queue_full": 429,
    "too_many_questions": 429,
    "too_fast": 429,
}

TRY_AGAIN_S = 5
"""When the log cannot be written."""

PRIVATE = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def answer(content: object, status: int = 200, headers: Mapping[str, str] = PRIVATE) -> Response:
    body = content if isinstance(content, bytes) else encode(content)
    return Response(body, status, headers, media_type="application/json")


def refuse(request: HTTPConnection, error: Refused | Malformed | Unavailable) -> Response:
    """4xx for what the asker can mend, 503 for what only time or the operator can."""
    if isinstance(error, Unavailable):
        status, values = 503, dict[str, str | int](seconds=TRY_AGAIN_S)
    else:
        status, values = _STATUS.get(error.code, 400), dict(error.values)
    headers = dict(PRIVATE)
    if "seconds" in values:
        headers["retry-after"] = str(values["seconds"])
    message = sentence(error.code, language_of(request), **values)
    return answer({"code": error.code, "message": message, "details": values}, status, headers)


def language_of(request: HTTPConnection) -> str:
    """The first `lang` in the query, else the first language that the browser asks for, if we speak it."""
    asked = next(iter(request.query_params.getlist("lang")), "") or request.headers.get("accept-language", "")
    primary = asked.partition(",")[0].partition(";")[0].partition("-")[0].strip().lower()
    return primary if primary in LANGUAGES else LANGUAGES[0]
