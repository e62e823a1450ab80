"""Counting, from the platform's side alone, how often each recipient was texted."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texting:
    """One ``sendsms`` that the platform carried out, whatever its sender heard of it."""

    text: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What is wrong with a campaign, by recipient; all are empty where nothing is.

    Attributes:
        twice: how often they were texted who were texted more than once.
        lost: those who were approved and never texted, and nobody was told why.
        denied: those who were texted while people were told that they got nothing.
    """

    twice: Mapping[str, int]
    lost: tuple[str, ...]
    denied: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.twice or self.lost or self.denied)


def count_texts(text: str, done: Iterable[Texting]) -> Counter[str]:
    """Count how often each number was sent a text."""
    return Counter(number for one in done if one.text == text for number in one.numbers)


def judge(
    approved: Iterable[str],
    texted: Mapping[str, int],
    *,
    told: Collection[str] = (),
    denied: Collection[str] = (),
) -> Count:
    """Find who was texted twice, who was lost, and who was texted against people's knowledge.

    A number that was never approved counts as one too many at its first text. ``told`` are those
    of whom people were told why they got nothing, or may have got nothing; ``denied`` those of
    whom they were told that they certainly got nothing.
    """
    owed = frozenset(approved)
    return Count(
        twice={n: times for n, times in texted.items() if times > (1 if n in owed else 0)},
        lost=tuple(sorted(n for n in owed if not texted.get(n) and n not in told)),
        denied=tuple(sorted(n for n in denied if texted.get(n))),
    )
