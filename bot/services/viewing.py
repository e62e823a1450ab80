"""Viewing: what is known now, for cards and for people who ask; the platform is never awaited."""

from dataclasses import replace

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId, ChannelId, Number
from bot.domain.numbers import Recipients
from bot.domain.parts import PartState
from bot.domain.policy import Policy
from bot.domain.refusals import NoSuchCampaign
from bot.domain.repeats import Repeat
from bot.domain.replies import InboxState, Reply, Tally
from bot.domain.standing import BalanceView, CampaignView, Overview
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.filling import read_kept
from bot.services.forecasting import (
    find_shortage,
    gone_since,
    promised,
    still_to_go,
    taken_elsewhere,
)
from bot.services.reconciling import read_evidence, read_figures
from bot.services.repeats import find_repeats

EXAMPLES = 5
COMMONEST = 5
RECENT = 50
RUNNING = tuple(state for state in State if not state.is_over)


class Viewing:
    """Reads views, each from one unmoving picture of the tables."""

    def __init__(self, *, store: Store, clock: Clock, policy: Policy, gateway: Gateway) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._gateway = gateway
        self._account = gateway.account

    async def campaign(
        self, campaign_id: CampaignId, *, channel: ChannelId | None = None
    ) -> CampaignView:
        """One campaign in full; with ``channel``, only if it is that channel's."""

        def read_view(tx: Transaction) -> CampaignView:
            campaign = tx.campaigns.get(campaign_id)
            if channel is not None and campaign.channel != channel:
                raise NoSuchCampaign(str(campaign_id))
            figures = read_figures(tx, campaign) if campaign.launched_at else None
            return replace(
                self.read(tx, campaign),
                figures=figures,
                repeats=self._repeats(tx, campaign),
                elsewhere=self._elsewhere(tx, campaign),
            )

        return await self._store.read(read_view)

    async def overview(self, channel: ChannelId) -> Overview:
        """A channel's campaigns that aren't over, newest first, and the latest of all.

        Answers and tests aren't among them: they are in their threads, and may be many.
        """

        def read_overview(tx: Transaction) -> Overview:
            latest = tx.campaigns.in_channel(channel, limit=1)
            found = tx.campaigns.in_states(RUNNING, channel=channel)[::-1]
            running = [campaign for campaign in found if campaign.is_listed][:RECENT]
            return Overview(
                running=tuple(self.read(tx, campaign) for campaign in running),
                latest=self.read(tx, latest[0]) if latest else None,
                not_understood=tx.inbox.count(InboxState.UNREADABLE),
            )

        return await self._store.read(read_overview)

    async def balance(self) -> BalanceView:
        """The credit left as far as known, why it isn't told now, and what is promised of it.

        A test is gone within seconds, and promised to nobody.
        """
        now = self._clock.now()

        def read_balance(tx: Transaction) -> BalanceView:
            return BalanceView(
                balance=tx.asks.balance(self._account),
                trouble=tx.asks.trouble(self._account),
                waiting=promised(tx, State.WAITING),
                approved=promised(tx, State.APPROVED) + still_to_go(tx),
                gone=gone_since(tx, self._account, now=now),
                shortage=find_shortage(tx, self._account, now=now),
            )

        return await self._store.read(read_balance)

    async def again(self, campaign_id: CampaignId) -> tuple[CampaignView, tuple[Number, ...]]:
        """One campaign with everyone who hasn't got it, to write it anew: nobody gets it twice."""
        return await self._store.read(
            lambda tx: (
                self.read(tx, tx.campaigns.get(campaign_id)),
                tx.recipients.without_it(campaign_id),
            )
        )

    async def kept_list(self, campaign_id: CampaignId) -> Recipients:
        """Everyone who hasn't got it, with what is kept of each, to write it anew."""
        return await self._store.read(
            lambda tx: read_kept(
                tx, tx.campaigns.get(campaign_id), tx.recipients.without_it(campaign_id)
            )
        )

    async def reply(self, reply_id: int) -> Reply:
        """One reply, to be told."""
        return await self._store.read(lambda tx: tx.replies.get(reply_id))

    async def tally(self, campaign_id: CampaignId) -> Tally:
        """What a campaign's replies come to, with the commonest answers."""
        return await self._store.read(lambda tx: tx.replies.tally(campaign_id, limit=COMMONEST))

    def read(self, tx: Transaction, campaign: Campaign) -> CampaignView:
        """Gather what a card shows."""
        replies, opt_outs = tx.replies.counts(campaign.id)
        parts = tx.parts.of(campaign.id)
        return CampaignView(
            campaign=campaign,
            parts=parts,
            counts=tx.recipients.counts(campaign.id),
            counted_at=max((part.heard_at for part in parts if part.heard_at), default=None),
            segments={} if campaign.filled is None else tx.fields.segments(campaign.id),
            left_out=tx.recipients.left_out(campaign.id),
            left_out_examples=tx.recipients.left_out_examples(campaign.id, limit=EXAMPLES),
            replies=replies,
            opt_outs=opt_outs,
            balance=tx.asks.balance(self._account),
            changes=tx.campaigns.changes(campaign.id, campaign.version),
            evidence={
                part.id: read_evidence(tx, part, account=campaign.account)
                for part in parts
                if part.state is PartState.UNKNOWN
            },
            answered=None if campaign.answer is None else tx.replies.get(campaign.answer.reply),
            ten_digits=tx.recipients.ten_digits(campaign.id)
            if campaign.state is State.WAITING
            else 0,
            file=tx.forms.file_of(campaign.id),
            approvals_needed=self._policy.approvals,
            platform_zone=self._policy.zone.key,
            hears=self._gateway.hears(campaign.door),
            quiet_times=self._policy.quiet_times,
        )

    def _elsewhere(self, tx: Transaction, campaign: Campaign) -> int:
        """What others take of the credit, while it isn't handed over."""
        if campaign.state not in {State.WAITING, State.APPROVED}:
            return 0
        before = campaign.id if campaign.state is State.APPROVED else None
        return taken_elsewhere(tx, self._account, now=self._clock.now(), before=before)

    def _repeats(self, tx: Transaction, campaign: Campaign) -> tuple[Repeat, ...]:
        """What was seen before, while somebody may still say no to it."""
        if campaign.state is not State.WAITING:
            return ()
        return find_repeats(tx, campaign, now=self._clock.now(), policy=self._policy)
