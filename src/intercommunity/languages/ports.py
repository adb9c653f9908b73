"""What every translation engine offers and how it may fail; knows no engine.

TranslationFailed
    PairMissing        the engine has no way from this language to that one
    EngineDown         the engine cannot be reached, has died, or refuses to work for us
    EngineTimedOut     the engine did not answer in time
    AnswerUnusable     the engine answered, but not with a translation of what it was given
"""

from typing import ClassVar, Protocol


class TranslationFailed(Exception):  # noqa: N818  named as the fact it states, like every error here
    """A text could not be translated; the sentence says why and what to do about it."""

    code: ClassVar[str] = "translation_failed"


class PairMissing(TranslationFailed):
    code = "pair_missing"


class EngineDown(TranslationFailed):
    code = "engine_down"


class EngineTimedOut(TranslationFailed):
    code = "engine_timed_out"


class AnswerUnusable(TranslationFailed):
    code = "answer_unusable"


class Translator(Protocol):
    """A translation engine that is open for use.

    Languages are BCP 47 tags. Several texts may be asked for at once. A text of white space alone comes
    back as it is; line breaks stay where they are.
    """

    @property
    def name(self) -> str:
        """The engine's name, as readers see it beside what it wrote."""
        ...

    @property
    def marks(self) -> tuple[str, ...]:
        """Words that the engine takes for names of organisations and hands on as they are; may be empty.

        A name that must stay travels as one of them, and the sentence around it keeps its grammar.
        """
        ...

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every (source, target) that can be translated now; empty as long as the engine has not said."""
        ...

    async def translate(self, text: str, source: str, target: str) -> str:
        """Return ``text`` in the language ``target``, or raise TranslationFailed; never anything else."""
        ...

    async def close(self) -> None:
        """Let go of everything; may be called again."""
        ...
