"""Draws that are the same on every machine: only what Python promises never to change."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from .world import SEED

Thing = TypeVar("Thing")


class Chance:
    """A stream of draws of its own for each name, so that a change here moves nothing there."""

    def __init__(self, *name: object) -> None:
        self._draw = random.Random("/".join(map(str, (SEED, *name)))).random

    def share(self) -> float:
        return self._draw()

    def happens(self, probability: float) -> bool:
        return self._draw() < probability

    def between(self, low: float, high: float) -> int:
        """Whole seconds, mostly."""
        return round(low + (high - low) * self._draw())

    def normal(self) -> float:
        """Nearly: a sum of twelve, as there is no other that every machine rounds alike."""
        return sum(self._draw() for _ in range(12)) - 6

    def around(self, median: float, spread: float, low: float, high: float) -> int:
        """Half above the median, with a long tail, within bounds."""
        return round(min(max(median * math.exp(spread * self.normal()), low), high))

    def count(self, mean: float) -> int:
        """Of events that know nothing of each other."""
        left, found = math.exp(-mean), 0
        product = self._draw()
        while product > left:
            found += 1
            product *= self._draw()
        return found

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return things[int(self._draw() * len(things))]

    def weighted(self, weights: Mapping[Thing, float]) -> Thing:
        left = self._draw() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))
