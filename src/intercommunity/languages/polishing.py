"""Writes captioners' capitals as sentences, with the names of the meeting; knows no desk and no source."""

from intercommunity.languages.lexicon import lexicon
from intercommunity.languages.live_translation import glossary_of
from intercommunity.languages.sentences import ends_sentence
from intercommunity.languages.truecase import Truecaser, is_shouted
from intercommunity.meeting.description import Description


class Polisher:
    """One for a process. A text of few words counts as capitals if the one before it in its track did."""

    def __init__(self) -> None:
        self._truecasers: dict[tuple[str, str], tuple[Description, Truecaser]] = {}
        self._shouted: dict[tuple[str, str], bool] = {}

    def polish(self, description: Description, track: str, text: str, before: str) -> str:
        """The text as it should be written; `before`: what the same speaker said just before, empty: nothing."""
        place = (description.slug, track)
        shouted = is_shouted(text) or (self._shouted.get(place, False) and text.isupper())
        self._shouted[place] = shouted
        if not shouted:
            return text
        begins = not before or ends_sentence(before, track)
        return self._truecaser(description, track).truecase(text, starts_sentence=begins, before=before)

    def _truecaser(self, description: Description, track: str) -> Truecaser:
        place = (description.slug, track)
        made_for, truecaser = self._truecasers.get(place, (None, None))
        if truecaser is None or made_for is not description:
            names = glossary_of(description).names(track)
            people = [speaker.name for speaker in description.speakers]
            truecaser = Truecaser(track, lexicon(track), names, people)
            self._truecasers[place] = (description, truecaser)
        return truecaser
