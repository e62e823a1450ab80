"""Credit at the platform: what is left, and what it says of a request whose answer was lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.domain.ids import CampaignId


@dataclass(frozen=True, slots=True)
class Balance:
    """Credit left by the platform's word, and when it said so."""

    credits: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class BalanceTrouble:
    """Why the newest question about credit brought none, and when that was seen.

    Attributes:
        reason: The platform's own words, with the credentials already taken out; empty where
            it gave no answer, or none that makes sense.
        at: When it was asked in vain.
    """

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a campaign will take, in credits; ``send_at`` is its time, if it has one."""

    campaign: CampaignId
    credits: int
    send_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """The first campaign that the credit won't do for, and by how much."""

    campaign: CampaignId
    send_at: datetime | None
    missing: Decimal


def first_short(left: Decimal, claims: Iterable[Claim]) -> Shortage | None:
    """Take the claims off the credit one after the other, and tell which doesn't fit."""
    for claim in claims:
        left -= claim.credits
        if left < 0:
            return Shortage(campaign=claim.campaign, send_at=claim.send_at, missing=-left)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditEvidence:
    """The credit before and after a request whose fate is unknown, as far as known.

    Attributes:
        before: The last credit told before the request left.
        after: The first one told since its answer was lost.
        takes: What this part takes if it went, in credits.
        others: What other requests took in between, by our own count.
        doubtful: What others of unknown fate take, if they went.
    """

    before: Balance | None
    after: Balance | None
    takes: int
    others: int = 0
    doubtful: int = 0

    @property
    def used(self) -> Decimal | None:
        """How much went in between; ``None`` until both ends are known."""
        if self.before is None or self.after is None:
            return None
        return self.before.credits - self.after.credits

    @property
    def says_it_went(self) -> bool | None:
        """What the credit says: it went, it didn't, or (``None``) it can't tell.

        Only an exact match says anything: a top-up or somebody else on the same account
        leaves any other sum. Beside others of unknown fate it tells only all from none.
        """
        if self.used is None or not self.takes:
            return None
        all_went = self.others + self.takes + self.doubtful
        return {Decimal(all_went): True, Decimal(self.others): False}.get(self.used)
