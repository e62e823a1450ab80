"""How long replies waited, and whether ever longer than the flood's rule lets them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.domain.flood import GROUP
from tests.flood.shown import Told

SPARE_SECONDS = 2.0

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Waits:
    """What was measured, in seconds.

    Attributes:
        oldest: the longest that any reply waited, from its 200 to its message, come what may.
        beyond: the most that one ever waited beyond the number waiting divided by 20, plus 2,
            the time aside in which the bot was away; negative where none did.
    """

    oldest: float
    beyond: float


def measure(
    heard: Mapping[str, float], stops: AbstractSet[str], told: Sequence[Told], away: Sequence[Span]
) -> Waits:
    """Measure the waits at each message that tells of some.

    Who is only counted isn't named: those are the oldest who wait and ask to stop, for a group is
    the beginning of what waits.
    """
    waiting = dict(sorted(heard.items(), key=lambda item: item[1]))
    oldest, beyond = 0.0, float("-inf")
    for one in sorted(told, key=lambda each: each.at):
        named = [number for number, _ in one.replies]
        gone = named + [number for number in waiting if number in stops][: one.counted]
        since = [waiting[number] for number in gone if number in waiting]
        if since:
            age, first = one.at - min(since), min(since)
            oldest = max(oldest, age)
            count = sum(at <= one.at for at in waiting.values())
            awake = age - sum(_overlap(span, (first, one.at)) for span in away)
            beyond = max(beyond, awake - count / GROUP - SPARE_SECONDS)
        for number in gone:
            waiting.pop(number, None)
    return Waits(oldest, beyond)


def _overlap(one: Span, other: Span) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
