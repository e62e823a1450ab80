"""Approving: the second person's yes or no, and the clock's no."""

from dataclasses import replace
from datetime import datetime

from bot.domain.approval import approve, check_open, expire, is_reminder_due, reject
from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId, Digest, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.policy import Policy
from bot.domain.refusals import QuietApproval, TooLate
from bot.domain.repeats import SeenBefore, seal_repeats
from bot.ports import Clock, Store, Transaction
from bot.services.forecasting import redrawing_shortages
from bot.services.membership import Membership
from bot.services.repeats import find_repeats
from bot.services.telling import put_on_record, tell


class Approving:
    """Decides about campaigns that wait, each decision in one transaction."""

    def __init__(
        self, *, store: Store, clock: Clock, policy: Policy, membership: Membership
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._membership = membership

    async def approve(
        self,
        campaign_id: CampaignId,
        *,
        by: UserId,
        version: int,
        digest: Digest,
        meant: Digest | None = None,
        allows_quiet: bool = False,
    ) -> Campaign:
        """Say yes to what the card showed. Of two presses at once, one is told it came second.

        What was seen before raises ``SeenBefore``, unless just that is ``meant`` all the same: by
        the seal of what was shown (``seal_repeats``), for more may have come since.
        ``allows_quiet`` where the card told of a quiet time, and the yes is to that, too. A card
        that didn't, because it was drawn by day, is drawn anew.
        """
        await self._check_decider(campaign_id, by=by, version=version)
        now = self._clock.now()

        def store_approval(tx: Transaction) -> Campaign:
            campaign = approve(
                tx.campaigns.get(campaign_id),
                by=by,
                version=version,
                digest=digest,
                at=now,
                policy=self._policy,
                allows_quiet=allows_quiet,
            )
            repeats = find_repeats(tx, campaign, now=now, policy=self._policy)
            if repeats and seal_repeats(repeats) != meant:
                raise SeenBefore(campaign_id, repeats, now)
            with redrawing_shortages(tx, now=now):
                tx.campaigns.save(campaign)
            word = {"quiet": "allowed"} if campaign.approvals[-1].allows_quiet else {}
            put_on_record(tx, campaign, "approved", who=by, at=now, repeats=len(repeats), **word)
            if campaign.state is State.APPROVED:
                tell(tx, campaign, NewsKind.APPROVED, by=by)
            else:
                tx.outbox.add(card_changed(campaign.id))
            return campaign

        try:
            return await self._store.write(store_approval)
        except QuietApproval:
            await self._store.write(lambda tx: tx.outbox.add(card_changed(campaign_id)))
            raise

    async def reject(
        self, campaign_id: CampaignId, *, by: UserId, version: int, reason: str
    ) -> Campaign:
        """Say no, with the reason the requester is told."""
        await self._check_decider(campaign_id, by=by, version=version)
        now = self._clock.now()

        def store_rejection(tx: Transaction) -> Campaign:
            campaign = reject(
                tx.campaigns.get(campaign_id), by=by, version=version, reason=reason, at=now
            )
            tx.campaigns.save(campaign)
            put_on_record(tx, campaign, "rejected", who=by, at=now, reason=reason)
            tell(tx, campaign, NewsKind.REJECTED, by=by, reason=reason)
            return campaign

        return await self._store.write(store_rejection)

    async def check_rejectable(
        self, campaign_id: CampaignId, *, by: UserId, version: int
    ) -> Campaign:
        """Refuse early what ``reject`` would refuse, before anybody types a reason."""
        return await self._check_decider(campaign_id, by=by, version=version)

    async def expire_due(self) -> int:
        """Close what nobody approved in time; returns how many."""
        now = self._clock.now()

        def store_expiries(tx: Transaction) -> int:
            waiting = tx.campaigns.in_states([State.WAITING])
            due = [campaign for campaign in waiting if campaign.expires_at <= now]
            for campaign in due:
                expire_campaign(tx, campaign, at=now)
            return len(due)

        return await self._store.write(store_expiries)

    async def remind_due(self) -> int:
        """Bring to mind, once each, what soon expires unapproved; returns how many."""
        now = self._clock.now()

        def store_reminders(tx: Transaction) -> int:
            waiting = tx.campaigns.in_states([State.WAITING])
            due = [campaign for campaign in waiting if is_reminder_due(campaign, now=now)]
            for campaign in due:
                tx.campaigns.save(replace(campaign, reminded_at=now))
                missing = self._policy.approvals - len(campaign.approvals)
                tell(
                    tx,
                    campaign,
                    NewsKind.REMINDER,
                    requester=campaign.requester,
                    missing=missing,
                )
            return len(due)

        return await self._store.write(store_reminders)

    async def _check_decider(
        self, campaign_id: CampaignId, *, by: UserId, version: int
    ) -> Campaign:
        campaign = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        try:
            check_open(campaign, version=version, now=self._clock.now())
        except TooLate:
            await self.expire_due()
            raise
        await self._membership.check_decider(campaign, by)
        return campaign


def expire_campaign(tx: Transaction, campaign: Campaign, *, at: datetime) -> None:
    """Close a campaign whose time passed and ask its requester for a new one."""
    closed = expire(campaign, at=at)
    with redrawing_shortages(tx, now=at):
        tx.campaigns.save(closed)
    put_on_record(tx, closed, "expired", who="clock", at=at)
    tell(
        tx,
        closed,
        NewsKind.EXPIRED,
        requester=closed.requester,
        was_approved=int(campaign.state is State.APPROVED),
    )
