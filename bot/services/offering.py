"""Offering: what was typed for a quiet time goes at the next good one, or is asked for anyway.

A campaign that waits is moved to a good time in the same way: one press, no form.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.ids import CampaignId, OfferId, UserId
from bot.domain.offers import KEPT, Offer
from bot.domain.refusals import NoSuchOffer, QuietHours
from bot.ports import Clock, Store
from bot.services.drafting import Drafting
from bot.services.drafts import Draft, Drafted
from bot.services.editing import Editing
from bot.services.membership import Membership


@dataclass(frozen=True, slots=True)
class Offered:
    """What was typed is kept, and why nothing was made of it yet."""

    offer: Offer
    refused: QuietHours


class Offering:
    """Keeps what was typed until its writer has chosen, and makes one campaign of it."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        drafting: Drafting,
        editing: Editing,
        membership: Membership,
    ) -> None:
        self._store = store
        self._clock = clock
        self._drafting = drafting
        self._editing = editing
        self._membership = membership

    async def create(self, draft: Draft) -> Drafted | Offered:
        """Write a campaign; what is for a quiet time is kept, so that nobody types it twice."""
        try:
            return await self._drafting.create(draft)
        except QuietHours as refused:
            return Offered(await self._keep(draft, opens=refused.opens), refused)

    async def _keep(self, draft: Draft, *, opens: datetime) -> Offer:
        now = self._clock.now()
        offer = Offer(
            id=OfferId(0),
            channel=draft.channel,
            requester=draft.requester,
            text=draft.text,
            numbers=draft.numbers,
            send_at=draft.send_at,
            zone=draft.zone,
            opens=opens.astimezone(UTC),
            at=now,
        )
        number = await self._store.write(lambda tx: tx.offers.add(offer, forget_before=now - KEPT))
        return replace(offer, id=number)

    async def read(self, offer_id: OfferId, *, by: UserId) -> Offer:
        """Read an offer for whoever it was made to; to others it doesn't exist."""
        offer = await self._store.read(lambda tx: tx.offers.get(offer_id))
        if offer.requester != by:
            raise NoSuchOffer
        return offer

    async def send_later(self, offer: Offer) -> Drafted:
        """Write the campaign for the time that was offered."""
        return await self._take(offer, send_at=offer.opens, quiet=False)

    async def ask_anyway(self, offer: Offer) -> Drafted:
        """Write it as it was typed, and ask for the quiet time: an approver has to allow it."""
        return await self._take(offer, send_at=offer.send_at, quiet=True)

    async def put_off(
        self, campaign_id: CampaignId, *, by: UserId, version: int, to: datetime
    ) -> Drafted:
        """Move a waiting campaign of one's own to a good time: a new version, approved anew."""
        campaign = await self._editing.check_editable(campaign_id, by=by, version=version)
        draft = Draft(
            channel=campaign.channel,
            requester=by,
            text=campaign.text_as_typed,
            numbers="",
            send_at=to,
            zone=campaign.zone,
            name=campaign.name,
        )
        return await self._editing.edit(
            campaign_id, version=version, draft=draft, keep_numbers=True
        )

    async def _take(self, offer: Offer, *, send_at: datetime | None, quiet: bool) -> Drafted:
        await self._membership.check_bot_is_in(offer.channel)
        await self._membership.check_channel(offer.requester, offer.channel)
        return await self._drafting.create(
            Draft(
                channel=offer.channel,
                requester=offer.requester,
                text=offer.text,
                numbers=offer.numbers,
                send_at=send_at,
                zone=offer.zone,
                quiet=quiet,
                offer=offer.id,
            )
        )
