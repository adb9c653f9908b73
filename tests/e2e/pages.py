"""Every page of the product, opened in a meeting where everything has something to show; knows no browser."""

from collections.abc import Callable

from e2e.forum import Forum

LONG = (
    "Why does the gauge at the old mill show less water than everybody who lives beside the river has seen this week?"
)
LONG_WORD = "Flussschifffahrtsgesellschaftsvorsitzendenstellvertreterin"

PAGES: dict[str, Callable[[Forum], str]] = {
    "home": lambda forum: f"{forum.server.url}/",
    "nowhere": lambda forum: f"{forum.server.url}/no-such-meeting/",
    "watch": lambda forum: forum.page(),
    "wall": lambda forum: forum.page("wall"),
    "captions": lambda forum: forum.page("captions", "captioner"),
    "questions": lambda forum: forum.page("questions", "moderator"),
    "host": lambda forum: forum.page("host", "host"),
    "webcast": lambda forum: forum.page("webcast", "host"),
    "panel": lambda forum: forum.page("panel", "panellist"),
    "node": lambda forum: forum.page("node", "node-kisumu"),
    "no-entry": lambda forum: forum.page("host"),
    "text": lambda forum: forum.text_page(),
}

READY = {
    "watch": "[id^=line-]",
    "wall": "section p",
    "captions": "textarea",
    "questions": "article",
    "host": "article",
    "webcast": "pre",
    "panel": "h1",
    "node": "input[type=number]",
    "no-entry": "[role=alert] h1",
}
"""What stands in a page when it has fetched its meeting."""

WITH_CONTROLS = ("watch", "captions", "questions", "host", "panel", "node")


def fill(forum: Forum) -> None:
    """Lines in every track, questions in every state, a poll of each kind, reports."""
    forum.wish("host", "open_session", session="opening")
    forum.wish("host", "give_floor", speaker="ada", language="en", node="quito")
    forum.wish(
        "node-kisumu", "report_node", node="kisumu", people=34, state="trouble", note="The picture stands still."
    )
    _speak(forum)
    _ask(forum)
    for closed in (True, False):
        texts = {"en": f"Shall we meet {'again' if closed else 'in May'}?"}
        poll = forum.wish("host", "open_poll", question=texts, options=[{"en": "Yes"}, {"en": "No"}])["ids"][0]
        forum.newcomer()("cast_ballot", poll=poll, option=0)
        if closed:
            forum.wish("host", "close_poll", poll=poll)


def _speak(forum: Forum) -> None:
    for track in forum.now()["meeting"]["languages"]:
        for number in range(12):
            forum.say(f"{number}. {LONG}", "luis" if number % 4 == 3 else "ada", track, turn=number % 4 == 0)
        forum.say(f"{LONG_WORD}.", "ada", track)
        forum.say("(applause)", "", track, remark=True)
    corrected = forum.say("The rivver.")
    forum.wish("captioner", "correct_line", line=corrected, track="en", text="The river.")


def _ask(forum: Forum) -> None:
    def asked(text: str, language: str = "en") -> str:
        return forum.ask_and_approve(text, language, "Inés María Quispe Mamani de la Cruz", "AR")

    forum.ask("Does this wait?", name="Juma", country="KE")
    forum.ask(LONG_WORD)
    queued = asked("¿Está abierto el puente?", "es")
    forum.wish("moderator", "translate_question", question=queued, language="en", text="Is the bridge open?")
    asked("متى تنتهي الإصلاحات؟", "ar")
    forum.wish("moderator", "decline_question", question=forum.ask("Bread?"), reason="Not about the river.")
    answered = asked("Who mends the gauge?")
    forum.wish("moderator", "stage_question", question=answered)
    forum.wish("moderator", "mark_answered", question=answered)
    replied = asked("When?")
    forum.wish("moderator", "reply_to_question", question=replied, text="In May.", language="en")
    forum.wish("moderator", "stage_question", question=asked(LONG))
