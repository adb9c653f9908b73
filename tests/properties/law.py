"""A law: what must hold in every world of a kind; how it is tried, and how it is asked whether it finds a fault."""

from collections.abc import Callable
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st


class Law(NamedTuple):
    worlds: st.SearchStrategy[Any]
    check: Callable[[Any], None]
    """Raises whatever it raises where the law is broken."""
    examples: int = 150

    def hold(self) -> None:
        """Try the law on its worlds, the same ones every time; a failure is shrunk to a short story."""
        _trying(self, self.examples, tuple(Phase))

    def finds(self, examples: int) -> Exception | None:
        """What goes wrong first, with no time spent on shrinking; None if nothing does."""
        try:
            _trying(self, examples, (Phase.generate,))
        except Exception as error:  # noqa: BLE001 - a fault may break anything
            return error
        return None


def _trying(law: Law, examples: int, phases: tuple[Phase, ...]) -> None:
    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(law.worlds)
    def attempt(world: Any) -> None:
        law.check(world)

    attempt()
