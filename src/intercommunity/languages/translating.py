"""Takes pieces of captions and questions through a translator, glossary kept; does no input or output of its own.

Everything here raises the translator's TranslationFailed; what it returns is whole.
"""

from collections import OrderedDict

from intercommunity.languages.glossary import Glossary
from intercommunity.languages.inflection import capitalize
from intercommunity.languages.ports import Translator
from intercommunity.languages.stitch import Piece, join, split
from intercommunity.languages.tags import find_pair
from intercommunity.languages.typography import open_questions

_REMEMBERED = 512  # translated sentences; a sentence comes again with every line that touches it


class LineTranslation:
    """A translator with a meeting's glossary. Give a new glossary by making a new one around the same translator."""

    def __init__(self, translator: Translator, glossary: Glossary) -> None:
        self._translator = translator
        self._glossary = glossary
        self._translated: OrderedDict[tuple[str, str, str], str] = OrderedDict()

    @property
    def name(self) -> str:
        """The engine's name, for the mark on what it wrote."""
        return self._translator.name

    def can(self, source: str, target: str) -> bool:
        """Say whether the engine offers this pair now."""
        return find_pair(self._translator.pairs(), source, target) is not None

    async def translate_piece(self, piece: Piece, source: str, target: str) -> dict[str, str]:
        """Return the translation of every line of ``piece.lines``; a line without words gets an empty one."""
        parts: dict[str, list[str]] = {line: [] for line in piece.lines}
        for sentence in piece.sentences:
            translated = await self.translate_text(sentence.text, source, target)
            shares = split(translated, [len(part.text) for part in sentence.parts])
            for part, share in zip(sentence.parts, shares, strict=True):
                if part.line in parts:
                    parts[part.line].append(share)
        return {line: join(shares) for line, shares in parts.items()}

    async def translate_text(self, text: str, source: str, target: str) -> str:
        """Return a text of any length translated, line breaks kept."""
        if not text.strip():
            return text
        key = (text, source, target)
        if key not in self._translated:
            self._translated[key] = await self._translate(text, source, target)
            if len(self._translated) > _REMEMBERED:
                self._translated.popitem(last=False)
        self._translated.move_to_end(key)
        return self._translated[key]

    async def _translate(self, text: str, source: str, target: str) -> str:
        protected = self._glossary.protect(text, source, target, self._translator.marks)
        translated = protected.restore(await self._translator.translate(protected.text, source, target))
        if translated is None:  # the engine lost a mark: better the engine's own word than none
            translated = await self._translator.translate(text, source, target)
        return open_questions(capitalize(translated) if text[0].isupper() else translated, target)
