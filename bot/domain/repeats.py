"""Seen before: nearly the same text, to many of the same people, not long ago.

Two colleagues who do the same, a list pasted again, a form sent from memory: whoever approves
should know, for no customer takes two texts for an oversight.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.campaign import Campaign, State
from bot.domain.errors import Refusal
from bot.domain.ids import CampaignId, Digest, UserId

COUNTS = (State.WAITING, State.APPROVED, State.SENDING, State.SENT, State.DONE)
"""The states in which a campaign reaches people, or may yet."""
ALIKE = 0.8
"""The share of words that nearly the same texts have in common: a price or a day may differ."""
SHORT = 4
"""Fewer words than this say too little to be compared loosely: they must be the same."""
MANY, SHARE = 50, 0.1
"""So many of the same people are many, or this share of a campaign's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Another campaign that says nearly the same to many of the same people.

    ``shared`` of this campaign's ``people`` are in it as well; ``at`` is when it went, goes, or
    was written, whichever came last.
    """

    campaign: CampaignId
    by: UserId
    state: State
    at: datetime
    shared: int
    people: int


@dataclass(eq=False)
class SeenBefore(Refusal):
    """It was sent before, or nearly so: an approver says once more that it is meant.

    ``at`` is when that was looked up.
    """

    campaign: CampaignId
    repeats: tuple[Repeat, ...]
    at: datetime


def are_alike(one: str, other: str) -> bool:
    """Whether two texts say nearly the same: four of five words, whatever their order.

    Capitals, accents and punctuation don't count. It takes time that grows with the lengths
    alone, however hostile the texts.
    """
    first, second = Counter(_words(one)), Counter(_words(other))
    most = max(first.total(), second.total())
    if min(first.total(), second.total()) < SHORT:
        return first == second
    return (first & second).total() >= ALIKE * most


def are_many(shared: int, people: int) -> bool:
    """Whether so many of the same people are worth a word."""
    return shared > 0 and (shared >= MANY or shared >= SHARE * people)


def moment_of(campaign: Campaign) -> datetime:
    """When a campaign reaches people, as far as is known: its time, its launch, or its writing."""
    return max(filter(None, (campaign.send_at, campaign.launched_at, campaign.created_at)))


def rank(found: Iterable[Repeat]) -> tuple[Repeat, ...]:
    """Put those first that share the most people; of as many, the newest."""
    return tuple(sorted(found, key=lambda one: (-one.shared, -one.campaign)))


def seal_repeats(repeats: Iterable[Repeat]) -> Digest:
    """Seal which campaigns were seen before: who confirms them confirms no others.

    A seal is as short for a hundred as for one; a form of Slack's remembers 3,000 letters.
    """
    content = json.dumps(sorted(one.campaign for one in repeats))
    return Digest(hashlib.sha256(content.encode()).hexdigest())


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        char if char.isalnum() else " " for char in plain if not unicodedata.combining(char)
    ).split()
