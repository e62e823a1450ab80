"""Polling: which part the platform is asked about next, and which needs no asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.parts import Part

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)
"""Between two questions about one part: the longer nothing moves, the seldomer it is asked."""
PATIENCE = timedelta(seconds=30)
"""How long call-backs may take to begin before the platform is asked instead."""
WANTED = timedelta(minutes=10)
"""How long somebody's question about a campaign brings it forward."""
MOVING = timedelta(minutes=15)
"""How long a part counts as moving after its news last changed anything."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A part that could be asked about: accepted, with people without a final status.

    Attributes:
        part: The part.
        since: When its messages could begin to go: handed over, or its chosen time.
        wanted_at: When somebody last asked how its campaign stands.
    """

    part: Part
    since: datetime
    wanted_at: datetime | None = None

    def is_wanted(self, now: datetime) -> bool:
        """Whether somebody wants to know."""
        if self.part.claimed_id is not None:
            return True
        return self.wanted_at is not None and now - self.wanted_at <= WANTED

    def is_moving(self, now: datetime) -> bool:
        """Whether news changed something of late, or hasn't had the time to."""
        return now - (self.part.moved_at or self.since) <= MOVING

    def last_news(self) -> datetime:
        """When it was last asked about, or last called back about itself."""
        told = (self.since, self.part.asked_at, self.part.called_back_at)
        return max(moment for moment in told if moment is not None)

    def is_due(self, now: datetime) -> bool:
        """Whether asking could tell anything new.

        Call-backs that keep coming make it unnecessary. One that a person just vouched for is
        always due; so is one whose last news lies in the future, for the clock was put back.
        """
        if self._is_newly_claimed():
            return True
        past = now - self.last_news()
        return past < timedelta() or past >= self._pause(now)

    def urgency(self, now: datetime) -> float:
        """How much it should be next: its news' age in seconds, times what it is worth.

        One that a person just vouched for comes first. Somebody who asked counts eight times,
        a part that still moves four times. Age alone grows without end, so nothing waits for
        ever: not even behind a person's word that the platform gives no answer about.
        """
        if self._is_newly_claimed():
            return float("inf")
        past = now - self.last_news()
        age = max(past if past >= timedelta() else LONGEST, SHORTEST).total_seconds()
        return age * (8 if self.is_wanted(now) else 1) * (4 if self.is_moving(now) else 1)

    def _is_newly_claimed(self) -> bool:
        claimed_at, asked_at = self.part.claimed_at, self.part.asked_at
        return claimed_at is not None and (asked_at is None or asked_at < claimed_at)

    def _pause(self, now: datetime) -> timedelta:
        if self.part.asked_at is None and self.part.called_back_at is None:
            return PATIENCE
        if self.is_wanted(now):
            return SHORTEST
        still_for = now - (self.part.moved_at or self.since)
        return min(max(still_for / 4, SHORTEST), LONGEST)


def rank(askable: Iterable[Askable], *, now: datetime) -> list[Askable]:
    """Put those that are due in the order of asking; of equals, the older part first."""
    due = [each for each in askable if each.is_due(now)]
    return sorted(due, key=lambda each: (-each.urgency(now), each.part.id))
