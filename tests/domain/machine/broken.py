"""Offices that break one rule each: what the machine must find, or it proves nothing."""

from dataclasses import replace
from typing import Any

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, Digest, GatewayId, Number, PartId, UserId
from bot.domain.parts import Part, PartState, lose
from bot.domain.receipts import Receipt, Status
from tests.domain.machine.office import Errand, Office


class Amnesiac(Office):
    """Takes what was in flight when it died for what never left."""

    def recover(self) -> None:
        """Get it ready to leave again."""
        for part in self.disk.parts_in(PartState.IN_FLIGHT):
            self.settle(part.to(PartState.READY))


class Hasty(Office):
    """Counts an approval of an earlier version."""

    def edit(self, campaign: CampaignId, *content: Any, **press: Any) -> Campaign:  # noqa: ANN401
        """Keep what was said before."""
        before = self.disk.campaigns[campaign].approvals
        edited = replace(super().edit(campaign, *content, **press), approvals=before)
        self.disk.save_campaign(edited)
        return edited


class Brakeless(Office):
    """Lets leave what is on hold."""

    def is_held(self, campaign: Campaign) -> bool:  # noqa: ARG002 - that is what is broken
        """Say no."""
        return False


class Blind(Office):
    """Takes a yes to whatever is there, whatever was on the card."""

    def approve(self, campaign: CampaignId, *, by: UserId, **pressed: int | Digest) -> None:
        """Take the newest version for the one that was pressed."""
        assert pressed
        found = self.disk.campaigns[campaign]
        super().approve(campaign, by=by, version=found.version, digest=found.digest)


class Lonely(Office):
    """Lets whoever wrote it approve it."""

    def approve(self, campaign: CampaignId, **press: Any) -> None:  # noqa: ANN401
        """Ask nobody else."""
        policy, self.policy = self.policy, replace(self.policy, self_approval=True)
        try:
            super().approve(campaign, **press)
        finally:
            self.policy = policy


class Late(Office):
    """Lets anything leave at any time."""

    def is_in_time(self, campaign: Campaign) -> bool:  # noqa: ARG002 - that is what is broken
        """Say yes."""
        return True


class Trusting(Office):
    """Doesn't look at the seal again before it sends."""

    def is_unchanged(self, campaign: Campaign, numbers: tuple[Number, ...]) -> bool:
        """Say yes to any that has people."""
        return bool(campaign.id and numbers)


class Hopeful(Office):
    """Sends a second time by itself what is of unknown fate."""

    def depart(self) -> Errand | None:
        """Get it ready again."""
        for part in self.disk.parts_in(PartState.UNKNOWN):
            self.disk.save_part(part.to(PartState.READY))
        return super().depart()


class Deaf(Office):
    """Hears nothing of a request that somebody had sent again."""

    def hear_earlier(self, part: Part, key: str, told: GatewayId | None) -> None:
        """Hear nothing."""


class Stubborn(Office):
    """Believes its own crash rather than a call-back."""

    def recover(self) -> None:
        """Call its fate unknown, whatever was heard."""
        for part in self.disk.parts_in(PartState.IN_FLIGHT):
            self.settle(lose(part, "restarted", at=self.now))


class Obedient(Office):
    """Takes an old button's word about a newer try."""

    def _check_unknown(self, part: PartId, resent: int) -> Part:  # noqa: ARG002 - as above
        return super()._check_unknown(part, self.disk.parts[part].resent)


class Fickle(Office):
    """Believes the newest receipt."""

    def receive(self, part: Part, number: Number, receipt: Receipt) -> None:
        """Take it for the last word."""
        super().receive(part, number, receipt)
        if receipt is Receipt.DELIVERED:
            self.disk.statuses[part.campaign, number] = Status.DELIVERED


class Lawless(Office):
    """Takes a failure on a phone for the platform's no."""

    def receive(self, part: Part, number: Number, receipt: Receipt) -> None:
        """Move the part where no table leads."""
        super().receive(part, number, receipt)
        if receipt is Receipt.FAILED:
            self.disk.save_part(replace(part, state=PartState.REFUSED))
