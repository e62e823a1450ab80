"""What people said and what left, noted by somebody who trusts neither the disk nor the office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.departure import PROMPTNESS
from bot.domain.ids import CampaignId, Digest, Number, PartId, UserId
from bot.domain.policy import Policy
from tests.domain.machine.office import Errand


@dataclass(frozen=True)
class Card:
    """What somebody saw when they pressed: a version, and everything that it promised."""

    campaign: CampaignId
    version: int
    digest: Digest
    requester: UserId
    text: str
    numbers: frozenset[Number]
    send_at: datetime | None
    account: str


def draw_card(campaign: Campaign, numbers: Sequence[Number]) -> Card:
    """Draw a campaign as it is now."""
    return Card(
        campaign.id,
        campaign.version,
        campaign.digest,
        campaign.requester,
        campaign.text,
        frozenset(numbers),
        campaign.send_at,
        campaign.account,
    )


@dataclass
class Request:
    """One request that left, as the platform would remember it."""

    key: str
    part: PartId
    campaign: CampaignId
    numbers: tuple[Number, ...]
    resent: int
    never_left: bool = False


@dataclass
class Witness:
    """Holds every rule against each request at the moment it leaves."""

    policy: Policy
    newest: dict[CampaignId, Card] = field(default_factory=dict)
    yes: dict[Card, set[UserId]] = field(default_factory=dict)
    go_at: dict[CampaignId, datetime] = field(default_factory=dict)
    held: set[CampaignId] = field(default_factory=set)
    again: set[tuple[PartId, int]] = field(default_factory=set)
    proven: set[PartId] = field(default_factory=set)
    requests: list[Request] = field(default_factory=list)

    def show(self, card: Card) -> Card:
        """A new version is on the card now."""
        self.newest[card.campaign] = card
        return card

    def hear_yes(self, card: Card, *, by: UserId, at: datetime) -> None:
        """Somebody's Approve was taken, pressed on this card."""
        self.yes.setdefault(card, set()).add(by)
        self.go_at[card.campaign] = at

    def hear_go(self, campaign: CampaignId, *, by: UserId, at: datetime) -> None:
        """Somebody's word that it may go on was taken: never the requester's."""
        assert by != self.newest[campaign].requester
        self.held.discard(campaign)
        self.go_at[campaign] = at

    def hear_again(
        self, part: PartId, resent: int, campaign: CampaignId, *, by: UserId, at: datetime
    ) -> None:
        """Somebody's "send again" was taken, pressed about this try: never the requester's."""
        assert by != self.newest[campaign].requester
        self.again.add((part, resent))
        self.go_at[campaign] = at

    def see_departure(self, errand: Errand, *, now: datetime) -> None:
        """Hold the rules against a request that leaves."""
        campaign, part = errand.campaign, errand.part
        card = self.newest[campaign.id]
        others = self.yes.get(card, set()) - {card.requester}
        send_at = card.send_at
        waited = now - self.go_at.get(campaign.id, now)
        kept = {
            "approved": len(others) >= self.policy.approvals,
            "unchanged": (campaign.text, campaign.send_at) == (card.text, send_at)
            and card.numbers.issuperset(errand.numbers),
            "for this account": errand.account == card.account,
            "not held": campaign.id not in self.held,
            "not late": waited <= PROMPTNESS if send_at is None else now < send_at,
            "not at night": not self.policy.is_quiet(send_at or now),
            "not twice": self._may_leave(errand),
            "nobody twice": not self._has(campaign.id, errand),
            "not known to have gone": part.id not in self.proven,
        }
        broken = [rule for rule, is_kept in kept.items() if not is_kept]
        assert broken == [], broken
        self.requests.append(Request(part.key, part.id, campaign.id, errand.numbers, part.resent))

    def _may_leave(self, errand: Errand) -> bool:
        """Whether nothing left before, or certainly never did, or somebody said: again."""
        before = [one for one in self.requests if one.part == errand.part.id]
        return all(one.never_left or (one.part, one.resent) in self.again for one in before)

    def _has(self, campaign: CampaignId, errand: Errand) -> bool:
        """Whether anybody in it is in a request of another part of this campaign."""
        return any(
            set(one.numbers).intersection(errand.numbers)
            for one in self.requests
            if one.campaign == campaign and one.part != errand.part.id and not one.never_left
        )
