"""No machine translation, as an honest choice: pages can say that there is none, because no pair exists."""

from intercommunity.languages.ports import PairMissing
from intercommunity.languages.tags import Pair


class NoTranslator:
    name = "none"
    marks: tuple[str, ...] = ()

    def pairs(self) -> frozenset[Pair]:
        return frozenset()

    async def translate(self, text: str, source: str, target: str) -> str:
        if not text.strip():
            return text
        raise PairMissing(f"No translation engine is chosen here, so nothing goes from {source} to {target}.")

    async def close(self) -> None:
        pass
