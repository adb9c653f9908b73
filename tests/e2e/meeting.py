"""The meeting in which the stories happen: an invented forum about a river, in any of three languages."""

from intercommunity.meeting.description import (
    Description,
    Node,
    NodeKind,
    Person,
    QuestionPolicy,
    QuestionRules,
    Session,
    Speaker,
    Term,
    Texts,
)

STARTS = 1_778_767_200_000
MINUTE_MS = 60_000

TITLE = {"en": "The river forum", "es": "El foro del río", "ar": "منتدى النهر"}
OPENING = {"en": "Opening", "es": "Apertura", "ar": "الافتتاح"}
WATER = {"en": "Water levels", "es": "El nivel del agua", "ar": "منسوب المياه"}


def river_forum(slug: str, languages: tuple[str, ...], translator: str, policy: str) -> Description:
    def in_ours(texts: Texts) -> Texts:
        return {language: text for language, text in texts.items() if language in languages}

    return Description(
        slug=slug,
        title=in_ours(TITLE),
        starts=STARTS,
        languages=languages,
        sessions=(
            Session("opening", in_ours(OPENING), STARTS, 20, ("ada",)),
            Session("water", in_ours(WATER), STARTS + 20 * MINUTE_MS, 40, ("luis", "ada")),
        ),
        speakers=(
            Speaker("ada", "Ada Brook", "Mill Radio", ("en",)),
            Speaker("luis", "Luis Arroyo", "Red Molino", ("es",)),
        ),
        nodes=(
            Node("quito", "Quito", "EC", "America/Guayaquil", NodeKind.HUB),
            Node("kisumu", "Kisumu", "KE", "Africa/Nairobi", NodeKind.INTERACTIVE),
        ),
        people=(
            Person("Inés", "panellist", languages=("es",)),
            Person("Second", "moderator"),
        ),
        glossary=(Term("name", {"en": "Mill Radio", "es": "Radio Molino"}, "mr"),),
        questions=QuestionRules(QuestionPolicy(policy), per_person_per_hour=100),
        translator=translator,
        rehearsal=True,
    )
