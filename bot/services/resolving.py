"""Resolving: what a person decides about a part of unknown fate."""

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, GatewayId, PartId, UserId
from bot.domain.news import NewsKind
from bot.domain.parts import Part
from bot.domain.policy import Policy
from bot.domain.refusals import GatewayIdTaken
from bot.domain.unknown import check_unknown, claim, leave, say_go_again, send_again
from bot.ports import Clock, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.membership import Membership
from bot.services.part_news import tell_unknown
from bot.services.settling import settle_part
from bot.services.telling import put_on_record, tell


class Resolving:
    """Takes a person's word where the platform's was lost: it went, again, or leave it.

    Whoever decides names the try that the button was about (``resent``): a press that comes
    after another decision changes nothing.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        policy: Policy,
        membership: Membership,
        addresses: CallbackAddresses,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._membership = membership
        self._addresses = addresses

    async def check(
        self, campaign_id: CampaignId, part_id: PartId, *, by: UserId, resent: int
    ) -> Part:
        """Refuse early what a decision would refuse, before anybody types a number."""
        campaign, part = await self._store.read(
            lambda tx: _find(tx, campaign_id, part_id, resent=resent)
        )
        await self._membership.check_channel(by, campaign.channel)
        return part

    async def went(
        self,
        campaign_id: CampaignId,
        part_id: PartId,
        gateway_id: GatewayId,
        *,
        by: UserId,
        resent: int,
    ) -> None:
        """Take the word that it went under this number; ``getstatus`` is asked about it next.

        Until the platform's own list confirms it, the part stays unknown.
        """
        await self.check(campaign_id, part_id, by=by, resent=resent)
        now = self._clock.now()

        def store_claim(tx: Transaction) -> None:
            campaign, part = _find(tx, campaign_id, part_id, resent=resent)
            other = tx.parts.by_gateway_id(gateway_id, account=campaign.account)
            if other is not None and other.id != part.id:
                raise GatewayIdTaken(gateway_id, other.campaign)
            tx.parts.save(claim(part, gateway_id, by=by, at=now))
            put_on_record(
                tx, campaign, "it went", who=by, at=now, part=part.position, id=gateway_id
            )
            tell_unknown(tx, campaign, part)

        await self._store.write(store_claim)

    async def again(
        self, campaign_id: CampaignId, part_id: PartId, *, by: UserId, resent: int
    ) -> None:
        """Send it once more, on an approver's word who isn't the requester.

        It gets a new call-back address; the old one stays open, for what may still come.
        """
        campaign, _ = await self._store.read(
            lambda tx: _find(tx, campaign_id, part_id, resent=resent)
        )
        await self._membership.check_decider(campaign, by)
        now = self._clock.now()

        def store_again(tx: Transaction) -> None:
            campaign, part = _find(tx, campaign_id, part_id, resent=resent)
            tx.campaigns.save(say_go_again(campaign, at=now, policy=self._policy))
            tx.parts.retire_key(part.id, part.key)
            again = send_again(part, self._addresses.new_key(), by=by)
            settle_part(tx, part, again, at=now)
            self._tell(tx, campaign, part, NewsKind.PART_AGAIN, by=by)

        await self._store.write(store_again)

    async def leave(
        self, campaign_id: CampaignId, part_id: PartId, *, by: UserId, resent: int
    ) -> None:
        """Leave it as it is: its people get nothing more of this campaign."""
        await self.check(campaign_id, part_id, by=by, resent=resent)
        now = self._clock.now()

        def store_leave(tx: Transaction) -> None:
            campaign, part = _find(tx, campaign_id, part_id, resent=resent)
            settle_part(tx, part, leave(part, by=by, at=now), at=now)
            self._tell(tx, campaign, part, NewsKind.PART_LEFT, by=by)

        await self._store.write(store_leave)

    def _tell(
        self, tx: Transaction, campaign: Campaign, part: Part, kind: NewsKind, *, by: UserId
    ) -> None:
        now = self._clock.now()
        put_on_record(tx, campaign, kind.value, who=by, at=now, part=part.position)
        facts = {"part": part.position, "parts": len(tx.parts.of(campaign.id))}
        tell(tx, campaign, kind, by=by, people=part.people, **facts)


def _find(
    tx: Transaction, campaign_id: CampaignId, part_id: PartId, *, resent: int
) -> tuple[Campaign, Part]:
    """Find the part that a button is about; refuse one that is settled.

    A test has no such buttons: whoever asked for it sees on their phone whether it went.
    """
    campaign = tx.campaigns.get(campaign_id)
    part = next((one for one in tx.parts.of(campaign_id) if one.id == part_id), None)
    if part is None or campaign.trial is not None:
        message = f"campaign {campaign_id} has no part {part_id} to settle"
        raise KeyError(message)
    check_unknown(campaign, part, resent=resent)
    return campaign, part
