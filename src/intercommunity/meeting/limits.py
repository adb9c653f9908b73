"""The largest of everything that people can send; a longer one is refused, never cut."""

from typing import Annotated

from msgspec import Meta

Id = Annotated[str, Meta(min_length=1, max_length=64)]
OptionalId = Annotated[str, Meta(max_length=64)]
Name = Annotated[str, Meta(max_length=120)]
Language = Annotated[str, Meta(min_length=2, max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Country = Annotated[str, Meta(pattern=r"^([A-Z]{2})?$")]
LineText = Annotated[str, Meta(min_length=1, max_length=2_000)]
QuestionText = Annotated[str, Meta(min_length=1, max_length=1_000)]
ReplyText = Annotated[str, Meta(min_length=1, max_length=4_000)]
Note = Annotated[str, Meta(max_length=500)]
LAST_MOMENT = 253_402_300_799_999
"""The end of the year 9999, ms UTC: what comes after, no calendar can show."""

Milliseconds = Annotated[int, Meta(ge=0, le=LAST_MOMENT)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
