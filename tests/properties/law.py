"""A law: what must hold in every world of a kind; how it is tried, and how it is asked whether it finds a fault.

Worlds are made from the numbers 0, 1, 2 … as seeds: the same ones every time, and cheap. (Strategies of hypothesis were
tried first: most of the wishes they drew were about things that did not exist, so that few laws were put to the test.)
What breaks a law is made shorter, step by step, as long as it breaks, and told as a list of steps.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from properties.rooms import World


class Law(NamedTuple):
    make: Callable[[Random], World]
    check: Callable[[World, int], None]
    """Takes the world and a seed for whatever else has to be chosen; raises where the law is broken."""
    examples: int

    def hold(self) -> None:
        found = self.finds(self.examples)
        if found is not None:
            seed, error = found
            world = self._shortened(self.make(Random(seed)), seed)
            story = "".join(f"\n    {step}," for step in world)
            raise AssertionError(f"With seed {seed} this breaks it:{story}") from error

    def finds(self, examples: int) -> tuple[int, Exception] | None:
        """The first seed with which the law is broken, and what went wrong; None if nothing does."""
        for seed in range(examples):
            error = self._error(self.make(Random(seed)), seed)
            if error is not None:
                return seed, error
        return None

    def _error(self, world: World, seed: int) -> Exception | None:
        try:
            self.check(world, seed)
        except Exception as error:  # noqa: BLE001 - a fault may break anything
            return error
        return None

    def _shortened(self, world: World, seed: int) -> World:
        """Without every step that can be left out."""
        place = 0
        while place < len(world):
            shorter = world[:place] + world[place + 1 :]
            if self._error(shorter, seed) is None:
                place += 1
            else:
                world, place = shorter, 0
        return world
