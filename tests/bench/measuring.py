"""Two ways of doing a thing, measured by turns, so that a busy machine slows both alike."""

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TypeVar

ROUNDS = 7

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What each round measured, in ``unit``, and what the ratio of the two means."""

    what: str
    ours: Sequence[float]
    theirs: Sequence[float]
    unit: str
    meaning: str

    @property
    def ratios(self) -> list[float]:
        """Torpedo's over the other's, round by round, smallest first."""
        return sorted(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios, which one odd round doesn't move."""
        return median(self.ratios)


async def by_turns(
    ours: Callable[[], Awaitable[T]], theirs: Callable[[], Awaitable[T]]
) -> tuple[list[T], list[T]]:
    """Measure each once to warm up, then by turns; whoever was first is second next time."""
    await ours()
    await theirs()
    measured: tuple[list[T], list[T]] = ([], [])
    order = [(measured[0], ours), (measured[1], theirs)]
    for _ in range(ROUNDS):
        for found, measure in order:
            gc.collect()
            found.append(await measure())
        order.reverse()
    return measured


async def compare(
    what: str,
    *,
    ours: Callable[[], Awaitable[float]],
    theirs: Callable[[], Awaitable[float]],
    unit: str,
    meaning: str,
) -> Comparison:
    """Compare two ways of doing a thing."""
    measured = await by_turns(ours, theirs)
    return Comparison(what=what, ours=measured[0], theirs=measured[1], unit=unit, meaning=meaning)


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    """Time some work."""
    started = perf_counter()
    await work()
    return (perf_counter() - started) * 1000
