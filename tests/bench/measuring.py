"""Two ways of doing a thing, measured by turns, so that a busy machine slows both alike."""

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Literal, TypeVar

ROUNDS = 7

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: the ratio, Torpedo's own, or what it takes beyond the other's."""

    of: Literal["ratio", "itself", "beyond"]
    at_least: float | None = None
    at_most: float | None = None

    def __str__(self) -> str:
        word = "" if self.of == "ratio" else f"{self.of} "
        if self.at_least is not None:
            return f"{word}≥ {self.at_least:g}"
        return f"{word}≤ {self.at_most:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What each round measured, in ``unit``, what the ratio of the two means, and its target."""

    what: str
    ours: Sequence[float]
    theirs: Sequence[float]
    unit: str
    meaning: str
    target: Target | None = None

    @property
    def ratios(self) -> list[float]:
        """Torpedo's over the other's, round by round, smallest first."""
        return sorted(ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios, which one odd round doesn't move."""
        return median(self.ratios)

    def reach(self, target: Target) -> bool:
        """Whether it reaches a target, by the median of the rounds."""
        rounds = zip(self.ours, self.theirs, strict=True)
        figure = {
            "ratio": self.ratio,
            "itself": median(self.ours),
            "beyond": median(ours - theirs for ours, theirs in rounds),
        }[target.of]
        if target.at_least is not None and figure < target.at_least:
            return False
        return target.at_most is None or figure <= target.at_most


async def all_by_turns(ways: Sequence[Callable[[], Awaitable[T]]]) -> list[list[T]]:
    """Measure each once to warm up, then by turns; whoever was first is last next time."""
    for measure in ways:
        await measure()
    measured: list[list[T]] = [[] for _ in ways]
    order = list(zip(measured, ways, strict=True))
    for _ in range(ROUNDS):
        for found, measure in order:
            gc.collect()
            found.append(await measure())
        order.reverse()
    return measured


async def by_turns(
    ours: Callable[[], Awaitable[T]], theirs: Callable[[], Awaitable[T]]
) -> tuple[list[T], list[T]]:
    """Measure two by turns."""
    first, second = await all_by_turns([ours, theirs])
    return first, second


async def compare(
    what: str,
    *,
    ours: Callable[[], Awaitable[float]],
    theirs: Callable[[], Awaitable[float]],
    unit: str,
    meaning: str,
    target: Target | None = None,
) -> Comparison:
    """Compare two ways of doing a thing."""
    first, second = await by_turns(ours, theirs)
    return Comparison(
        what=what, ours=first, theirs=second, unit=unit, meaning=meaning, target=target
    )


async def milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    """Time some work."""
    started = perf_counter()
    await work()
    return (perf_counter() - started) * 1000
