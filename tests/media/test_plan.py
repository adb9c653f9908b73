"""What should run for a meeting's webcast."""

from intercommunity.media.plan import FLOOR, SIGN, plan_webcast
from intercommunity.meeting.description import Description, Lower, Programme, SignPicture, SoundChannel
from intercommunity.wire.origin import Origin

DESCRIBED = Description(
    "forum",
    {"en": "Forum"},
    0,
    ("en", "es"),
    programme=Programme("rtmp", 800, key=3, lower=Lower.YES),
    channels=(SoundChannel("es", "srt:9001"),),
    sign=SignPicture("ase", "rtmp", 1200, 2),
)


def planned(description: Description):
    return plan_webcast(description, lambda name, number: f"{name}-{number}", str.upper, ("Back soon",))


def test_every_source_has_its_own_key_and_delay():
    plan = planned(DESCRIBED)
    assert [(each.name, each.language, each.delay_ms, each.origin) for each in plan.sources] == [
        (FLOOR, "mul", 800, Origin("rtmp", "", "floor-3")),
        ("es", "es", 0, Origin("srt", "9001", "es-0")),
        (SIGN, "ase", 1200, Origin("rtmp", "", "sign-2")),
    ]
    assert (plan.tracks, plan.lower) == ((("en", "EN"), ("es", "ES")), Lower.YES)


def test_sign_language_is_seen_and_not_heard():
    plan = planned(DESCRIBED)
    assert [each.name for each in plan.channels] == [FLOOR, "es"]
    assert plan.sign.title == "ASE"


def test_meeting_without_a_programme_has_no_webcast():
    assert planned(Description("forum", {}, 0, ("en",))) is None
