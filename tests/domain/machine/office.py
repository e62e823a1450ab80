"""What the program does, step by step, with the domain's own functions and without its doors.

Each public method is one transaction of a service; only a request in hand is kept in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain import approval, unknown
from bot.domain.campaign import Campaign, State, expiry
from bot.domain.departure import is_in_time
from bot.domain.digest import seal
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import CampaignId, Digest, GatewayId, Number, PartId, UserId
from bot.domain.parts import (
    LONGEST_PAUSE,
    EarlierRequest,
    Part,
    PartState,
    accept,
    depart,
    drop,
    lose,
    refuse,
    unclaim,
    wait_again,
)
from bot.domain.policy import Policy
from bot.domain.receipts import Receipt, Status, advance
from bot.domain.refusals import NoReleaseAsked
from bot.domain.unknown import Listed, Verdict
from tests.builders import ACCOUNT, ANA, NOON, make_campaign
from tests.domain.machine.disk import Disk

Outcome = GatewayId | GatewayUnavailable | GatewayRejected | OutcomeUnknown


@dataclass(frozen=True)
class Errand:
    """One request that is written down as in flight, and what it carries."""

    part: Part
    campaign: Campaign
    numbers: tuple[Number, ...]
    account: str


class Office:
    """The services, as pure as the domain; a crash is a new one over the same disk."""

    def __init__(self, disk: Disk, policy: Policy, *, room: int, account: str = ACCOUNT) -> None:
        self.disk = disk
        self.policy = policy
        self.room = room
        self.account = account
        self.now = NOON
        self.in_hand: Errand | None = None

    def write(
        self, text: str, numbers: Sequence[Number], send_at: datetime | None, *, by: UserId = ANA
    ) -> Campaign:
        """Somebody writes a campaign."""
        self.policy.check_time(send_at, now=self.now)
        campaign = make_campaign(
            id=CampaignId(len(self.disk.campaigns) + 1),
            requester=by,
            text=text,
            send_at=send_at,
            account=self.account,
            digest=self.seal(text, numbers, send_at),
            created_at=self.now,
            expires_at=expiry(self.now, send_at, hours=self.policy.approval_hours),
        )
        self.disk.save_campaign(campaign)
        self.disk.lists[campaign.id] = tuple(numbers)
        return campaign

    def edit(
        self,
        campaign: CampaignId,
        text: str,
        numbers: Sequence[Number],
        send_at: datetime | None,
        *,
        by: UserId,
        version: int,
    ) -> Campaign:
        """Somebody changes a campaign that waits."""
        self.policy.check_time(send_at, now=self.now)
        edited = approval.edit(
            self.disk.campaigns[campaign],
            by=by,
            version=version,
            text=text,
            send_at=send_at,
            digest=self.seal(text, numbers, send_at),
            at=self.now,
            policy=self.policy,
        )
        edited = replace(edited, account=self.account)
        self.disk.save_campaign(edited)
        self.disk.lists[campaign] = tuple(numbers)
        return edited

    def approve(self, campaign: CampaignId, *, by: UserId, version: int, digest: Digest) -> None:
        """Somebody presses Approve."""
        found = self.disk.campaigns[campaign]
        self.disk.save_campaign(
            approval.approve(
                found, by=by, version=version, digest=digest, at=self.now, policy=self.policy
            )
        )

    def reject(self, campaign: CampaignId, *, by: UserId, version: int) -> None:
        """Somebody presses Reject."""
        found = self.disk.campaigns[campaign]
        approval.check_second_person(found, by=by, policy=self.policy)
        self.disk.save_campaign(
            approval.reject(found, by=by, version=version, reason="", at=self.now)
        )

    def cancel(self, campaign: CampaignId, *, by: UserId) -> None:
        """Somebody presses Cancel."""
        found = self.disk.campaigns[campaign]
        self.disk.save_campaign(approval.cancel(found, by=by, at=self.now))

    def hold(self, campaign: CampaignId, *, by: UserId) -> None:
        """Somebody pulls the brake."""
        found = self.disk.campaigns[campaign]
        self.disk.save_campaign(approval.hold(found, by=by, at=self.now))

    def ask_release(self, campaign: CampaignId, *, by: UserId) -> None:
        """Somebody asks the approvers to let it go."""
        found = self.disk.campaigns[campaign]
        self.disk.save_campaign(approval.ask_release(found, by=by, at=self.now))

    def refuse_release(self, campaign: CampaignId, *, by: UserId) -> None:
        """An approver keeps it on hold."""
        found = self.disk.campaigns[campaign]
        approval.check_second_person(found, by=by, policy=self.policy)
        self.disk.save_campaign(approval.refuse_release(found))

    def grant_release(self, campaign: CampaignId, *, by: UserId) -> None:
        """An approver lets it go, as somebody asked."""
        if self.disk.campaigns[campaign].release_request is None:
            raise NoReleaseAsked(campaign)
        self.release(campaign, by=by)

    def release(self, campaign: CampaignId, *, by: UserId) -> None:
        """Somebody lets it go."""
        found = self.disk.campaigns[campaign]
        self.disk.save_campaign(approval.release(found, by=by, at=self.now, policy=self.policy))

    def expire_due(self) -> None:
        """Close what nobody approved in time."""
        for campaign in self.disk.campaigns_in(State.WAITING):
            if campaign.expires_at <= self.now:
                self.disk.save_campaign(approval.expire(campaign, at=self.now))

    def launch(self) -> None:
        """Check once more what was approved, and share it out over parts."""
        for campaign in self.disk.campaigns_in(State.APPROVED):
            numbers = self.disk.lists[campaign.id]
            if campaign.hold is not None:
                if campaign.is_late(self.now):
                    self.disk.save_campaign(approval.expire(campaign, at=self.now))
            elif not self.is_in_time(campaign):
                self.disk.save_campaign(approval.expire(campaign, at=self.now))
            elif not self.is_unchanged(campaign, numbers):
                stopped = replace(campaign.to(State.CANCELLED), closed_at=self.now)
                self.disk.save_campaign(stopped)
            else:
                self._share_out(campaign, numbers)
                self.disk.save_campaign(campaign.to(State.SENDING))

    def _share_out(self, campaign: Campaign, numbers: tuple[Number, ...]) -> None:
        for position, at in enumerate(range(0, len(numbers), self.room), start=1):
            chunk = numbers[at : at + self.room]
            part = Part(
                id=PartId(len(self.disk.parts) + 1),
                campaign=campaign.id,
                position=position,
                key=f"{campaign.id}.{position}.0",
                people=len(chunk),
            )
            self.disk.parts[part.id] = part
            self.disk.people[part.id] = chunk
            self.disk.earlier[part.id] = ()
            self.disk.statuses |= dict.fromkeys(
                ((campaign.id, one) for one in chunk), Status.QUEUED
            )

    def depart(self) -> Errand | None:
        """Write the next request down as in flight; the first byte leaves after this."""
        for campaign in self.disk.campaigns_in(State.SENDING):
            if campaign.was_held_past_its_time(self.now):
                self._drop_rest(campaign)
        while (part := self._next_ready()) is not None:
            campaign = self.disk.campaigns[part.campaign]
            if campaign.account != self.account or not self.is_in_time(campaign):
                self._drop_rest(campaign)
                continue
            leaving = depart(part, at=self.now)
            self.disk.save_part(leaving)
            self.in_hand = Errand(leaving, campaign, self.disk.people[part.id], self.account)
            return self.in_hand
        return None

    def _next_ready(self) -> Part | None:
        for campaign in self.disk.campaigns_in(State.SENDING):
            for part in self.disk.parts_of(campaign.id):
                waits = part.not_before is not None and (
                    self.now < part.not_before <= self.now + LONGEST_PAUSE
                )
                if part.state is PartState.READY and not waits and not self.is_held(campaign):
                    return part
        return None

    def _drop_rest(self, campaign: Campaign) -> None:
        for part in self.disk.parts_of(campaign.id):
            if part.state is PartState.READY:
                self.settle(drop(part, "late", at=self.now))

    def is_in_time(self, campaign: Campaign) -> bool:
        """Whether a request may still leave."""
        return is_in_time(campaign, now=self.now, policy=self.policy)

    def is_unchanged(self, campaign: Campaign, numbers: tuple[Number, ...]) -> bool:
        """Whether it is what was sealed, for this account."""
        return self.seal(campaign.text, numbers, campaign.send_at) == campaign.digest

    def is_held(self, campaign: Campaign) -> bool:
        """Whether somebody wants it to stop."""
        return campaign.hold is not None

    def arrive(self, outcome: Outcome) -> None:
        """Write down what became of the request in hand."""
        errand, self.in_hand = self.in_hand, None
        assert errand is not None
        before = self.disk.parts[errand.part.id]
        if before.state is PartState.IN_FLIGHT or isinstance(outcome, int):
            self._settle_or_believe(before, _after(before, outcome, at=self.now))

    def recover(self) -> None:
        """Admit at start what a crash left in flight."""
        for part in self.disk.parts_in(PartState.IN_FLIGHT):
            self._settle_or_believe(part, lose(part, "restarted", at=self.now))

    def _settle_or_believe(self, before: Part, after: Part) -> None:
        """Where an earlier request is known to have gone, that is what became of the part."""
        went = next((each for each in self.disk.earlier[before.id] if each.heard_at), None)
        if went is not None and after.state is not PartState.ACCEPTED:
            after = self._accept_earlier(before, went.key, went.gateway_id)
        self.settle(after)

    def call_back(self, key: str, told: GatewayId | None) -> None:
        """The platform calls back on one of a part's addresses: that request went."""
        part = self.disk.by_key(key)
        if key != part.key:
            self.hear_earlier(part, key, told)
        elif part.state is not PartState.ACCEPTED or part.gateway_id is None:
            self.settle(accept(part, told, at=self.now))

    def hear_earlier(self, part: Part, key: str, told: GatewayId | None) -> None:
        """Learn that a request went that somebody had sent again."""
        self.disk.earlier[part.id] = tuple(
            replace(
                each,
                heard_at=each.heard_at or self.now,
                gateway_id=each.gateway_id or told,
            )
            if each.key == key
            else each
            for each in self.disk.earlier[part.id]
        )
        if part.state not in {PartState.IN_FLIGHT, PartState.ACCEPTED}:
            self.settle(self._accept_earlier(part, key, told))

    def _accept_earlier(self, part: Part, key: str, told: GatewayId | None) -> Part:
        others = (each for each in self.disk.earlier[part.id] if each.key != key)
        self.disk.earlier[part.id] = (*others, EarlierRequest(key=part.key))
        return accept(replace(part, key=key), told, at=self.now)

    def receive(self, part: Part, number: Number, receipt: Receipt) -> None:
        """Apply what is told of one person."""
        person = part.campaign, number
        self.disk.statuses[person] = advance(self.disk.statuses[person], receipt)
        self._finish(part.campaign)

    def claim(self, part: PartId, told: GatewayId, *, by: UserId, resent: int) -> None:
        """Somebody says that it went."""
        found = self._check_unknown(part, resent)
        self.disk.save_part(unknown.claim(found, told, by=by, at=self.now))

    def check_claim(self, part: Part, rows: Sequence[Listed]) -> Verdict:
        """Hold that word against the platform's list."""
        verdict = unknown.judge(
            rows, self.disk.people[part.id], left_at=part.submitted_at or self.now
        )
        if verdict is Verdict.HOLDS:
            went = accept(part, part.claimed_id, at=self.now)
            self.settle(replace(went, settled_by=part.claimed_by))
        else:
            self.disk.save_part(unclaim(part))
        return verdict

    def again(self, part: PartId, *, by: UserId, resent: int) -> None:
        """Somebody has it sent again."""
        found = self._check_unknown(part, resent)
        campaign = self.disk.campaigns[found.campaign]
        approval.check_second_person(campaign, by=by, policy=self.policy)
        self.disk.save_campaign(unknown.say_go_again(campaign, at=self.now, policy=self.policy))
        key = f"{campaign.id}.{found.position}.{found.resent + 1}"
        again = unknown.send_again(found, key, by=by)
        self.disk.earlier[part] = (*self.disk.earlier[part], EarlierRequest(key=found.key))
        self.settle(again)

    def leave(self, part: PartId, *, by: UserId, resent: int) -> None:
        """Somebody leaves it as it is."""
        found = self._check_unknown(part, resent)
        self.settle(unknown.leave(found, by=by, at=self.now))

    def _check_unknown(self, part: PartId, resent: int) -> Part:
        found = self.disk.parts[part]
        unknown.check_unknown(self.disk.campaigns[found.campaign], found, resent=resent)
        return found

    def settle(self, after: Part) -> None:
        """Store a part's move, with what follows for its people and its campaign."""
        before = self.disk.parts[after.id]
        self.disk.save_part(after)
        if after.state is PartState.ACCEPTED and before.state is not PartState.ACCEPTED:
            for number in self.disk.people[after.id]:
                if self.disk.statuses[after.campaign, number] is Status.QUEUED:
                    self.disk.statuses[after.campaign, number] = Status.SENT
        campaign = self.disk.campaigns[after.campaign]
        parts = self.disk.parts_of(campaign.id)
        if campaign.state is State.SENDING and all(part.is_settled for part in parts):
            self.disk.save_campaign(campaign.to(State.SENT))
        self._finish(campaign.id)

    def _finish(self, campaign_id: CampaignId) -> None:
        campaign = self.disk.campaigns[campaign_id]
        waiting = any(
            not self.disk.statuses[campaign_id, number].is_final
            for part in self.disk.parts_of(campaign_id)
            if part.state is PartState.ACCEPTED
            for number in self.disk.people[part.id]
        )
        if campaign.state is State.SENT and not waiting:
            done = replace(campaign.to(State.DONE), finished_at=self.now, hold=None)
            self.disk.save_campaign(replace(done, release_request=None))

    def seal(self, text: str, numbers: Sequence[Number], send_at: datetime | None) -> Digest:
        """Seal what an approval is an approval of."""
        return seal(text, numbers, send_at, account=self.account, door="http")

    def pass_time(self, step: timedelta) -> None:
        """Let time pass; a negative step puts the clock back."""
        self.now += step


def _after(part: Part, outcome: Outcome, *, at: datetime) -> Part:
    if isinstance(outcome, GatewayUnavailable):
        return wait_again(part, "away", at=at, pause=outcome.retry_after)
    if isinstance(outcome, GatewayRejected):
        return refuse(part, outcome.reason, at=at)
    if isinstance(outcome, OutcomeUnknown):
        return lose(part, outcome.reason, at=at)
    return replace(accept(part, outcome, at=at), gateway_id=outcome)
