"""Braking: hold and release, each a stored wish that is then carried out part by part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from bot.domain.approval import (
    HOLDABLE,
    ask_release,
    check_releasable,
    hold,
    refuse_release,
    release,
)
from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import CampaignId, ChannelId, GatewayId, UserId
from bot.domain.news import NewsKind, card_changed
from bot.domain.parts import Brake, Part, PartState, growing_pause
from bot.domain.policy import Policy
from bot.domain.refusals import NoReleaseAsked, NothingRuns, NothingToClose, TooLate
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.membership import Membership
from bot.services.part_news import tell_outcomes
from bot.services.settling import finish_if_final, tell_brake_done
from bot.services.telling import put_on_record, tell

log = structlog.get_logger()

MAY_BE_AT_PLATFORM = frozenset({PartState.IN_FLIGHT, PartState.ACCEPTED, PartState.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAll:
    """What a brake on everything found: held now, on hold already, and how many only wait."""

    held: tuple[CampaignId, ...]
    already: tuple[CampaignId, ...]
    waiting: int


class Braking:
    """Holds at once on anybody's word; releases on the second person's."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        gateway: Gateway,
        policy: Policy,
        membership: Membership,
    ) -> None:
        self._store = store
        self._clock = clock
        self._gateway = gateway
        self._policy = policy
        self._membership = membership

    async def hold(self, campaign_id: CampaignId, *, by: UserId) -> Campaign:
        """Store the wish to hold; from then on no further part leaves."""
        found = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        await self._membership.check_channel(by, found.channel)
        return await self._store.write(lambda tx: self._hold(tx, campaign_id, by=by))

    async def hold_all(self, channel: ChannelId, *, by: UserId) -> HeldAll:
        """Hold everything of a channel that could still reach anybody, in one transaction."""
        await self._membership.check_channel(by, channel)

        def store_holds(tx: Transaction) -> HeldAll:
            found = tx.campaigns.in_states(HOLDABLE, channel=channel)
            able = [campaign for campaign in found if campaign.trial is None]
            free = [campaign.id for campaign in able if campaign.hold is None]
            for campaign_id in free:
                self._hold(tx, campaign_id, by=by)
            waiting = tx.campaigns.in_states([State.WAITING], channel=channel)
            held = tuple(campaign.id for campaign in able if campaign.hold is not None)
            if not able:
                raise NothingRuns(channel)
            return HeldAll(held=tuple(free), already=held, waiting=len(waiting))

        return await self._store.write(store_holds)

    def _hold(self, tx: Transaction, campaign_id: CampaignId, *, by: UserId) -> Campaign:
        now = self._clock.now()
        campaign = hold(tx.campaigns.get(campaign_id), by=by, at=now)
        tx.campaigns.save(campaign)
        for part in tx.parts.of(campaign_id):
            if part.state in MAY_BE_AT_PLATFORM:
                tx.parts.save(_wish(part, Brake.ASKED))
        put_on_record(tx, campaign, "hold", who=by, at=now)
        tell(tx, campaign, NewsKind.HOLD_ASKED, by=by)
        tell_outcomes(tx, campaign)
        return campaign

    async def close(self, campaign_id: CampaignId, *, by: UserId) -> None:
        """Close what was held past its time: it can't be released, so nothing more comes of it."""
        found = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        await self._membership.check_channel(by, found.channel)
        now = self._clock.now()

        def store_close(tx: Transaction) -> None:
            campaign = tx.campaigns.get(campaign_id)
            is_asked = any(part.brake is Brake.ASKED for part in tx.parts.of(campaign_id))
            if (
                campaign.state is not State.SENT
                or is_asked
                or not campaign.was_held_past_its_time(now)
            ):
                raise NothingToClose(campaign_id)
            put_on_record(tx, campaign, "closed", who=by, at=now)
            people = sum(tx.recipients.waiting_in(part.id) for part in tx.parts.of(campaign_id))
            tell(tx, campaign, NewsKind.CLOSED, by=by, people=people)
            finish_if_final(tx, campaign_id, at=now, whatever=True)

        await self._store.write(store_close)

    async def release(self, campaign_id: CampaignId, *, by: UserId) -> bool:
        """Release on an approver's word, or ask the approvers; returns whether it was released."""
        found = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        await self._check_in_time(found)
        await self._membership.check_channel(by, found.channel)
        if await self._membership.is_decider(found, by):
            await self._store.write(lambda tx: self._release(tx, campaign_id, by=by))
            return True
        now = self._clock.now()

        def store_request(tx: Transaction) -> None:
            campaign = ask_release(tx.campaigns.get(campaign_id), by=by, at=now)
            tx.campaigns.save(campaign)
            put_on_record(tx, campaign, "release asked", who=by, at=now)
            tell(tx, campaign, NewsKind.RELEASE_ASKED, by=by)

        await self._store.write(store_request)
        return False

    async def answer_release(self, campaign_id: CampaignId, *, by: UserId, yes: bool) -> None:
        """Answer a request to release; the second person's word, either way."""
        found = await self._store.read(lambda tx: tx.campaigns.get(campaign_id))
        if found.release_request is None:
            raise NoReleaseAsked(campaign_id)
        await self._membership.check_decider(found, by)
        if yes:
            await self._check_in_time(found)

        def store_answer(tx: Transaction) -> None:
            campaign = tx.campaigns.get(campaign_id)
            if campaign.release_request is None:
                raise NoReleaseAsked(campaign_id)
            if yes:
                self._release(tx, campaign_id, by=by)
                return
            kept = refuse_release(campaign)
            tx.campaigns.save(kept)
            put_on_record(tx, kept, "release refused", who=by, at=self._clock.now())
            tell(tx, kept, NewsKind.RELEASE_REFUSED, by=by)

        await self._store.write(store_answer)

    async def _check_in_time(self, campaign: Campaign) -> None:
        """Refuse a release that comes too late, and draw the card anew: it offers a new time."""
        try:
            check_releasable(campaign, now=self._clock.now())
        except TooLate:
            await self._store.write(lambda tx: tx.outbox.add(card_changed(campaign.id)))
            raise

    async def run(self) -> None:
        """Carry out every wish that the platform hasn't confirmed and whose pause is over."""
        while await self.step():
            pass

    async def step(self) -> bool:
        """Carry out the first of those wishes; whether there was one.

        Which comes first is read anew each time: a hold doesn't wait behind the releases
        that it takes back.
        """
        parts = await self._store.read(self._to_carry_out)
        if not parts:
            return False
        await self._carry_out(parts[0])
        return True

    def _to_carry_out(self, tx: Transaction) -> tuple[Part, ...]:
        return tx.parts.for_brake(self._clock.now(), account=self._gateway.account)

    def _release(self, tx: Transaction, campaign_id: CampaignId, *, by: UserId) -> None:
        now = self._clock.now()
        campaign = release(tx.campaigns.get(campaign_id), by=by, at=now, policy=self._policy)
        tx.campaigns.save(campaign)
        for part in tx.parts.of(campaign_id):
            if part.brake in {Brake.ASKED, Brake.HELD} and _is_at_platform(part):
                tx.parts.save(_wish(part, Brake.RELEASING))
            elif part.brake is not Brake.OFF:
                tx.parts.save(_wish(part, Brake.OFF))
        put_on_record(tx, campaign, "released", who=by, at=now)
        tell(tx, campaign, NewsKind.RELEASED, by=by)

    async def _carry_out(self, part: Part) -> None:
        """Ask the platform once. Both wishes are safe to repeat, so doubt means: again."""
        act = self._gateway.hold if part.brake is Brake.ASKED else self._gateway.release
        try:
            numbers = await self._store.read(lambda tx: _numbers(tx, part))
            for gateway_id in numbers:
                await act(gateway_id)
        except (GatewayUnavailable, GatewayRejected) as error:
            reason = error.reason if isinstance(error, GatewayRejected) else "away"
            log.warning("brake not confirmed", campaign=part.campaign, reason=reason)
            asked = error.retry_after if isinstance(error, GatewayUnavailable) else None
            await self._store.write(lambda tx: self._not_confirmed(tx, part, reason, pause=asked))
        except Exception:  # a mistake of ours must not stop the other brakes
            log.exception("brake broke", campaign=part.campaign)
            await self._store.write(lambda tx: self._not_confirmed(tx, part, "away", pause=None))
        else:
            await self._store.write(lambda tx: self._confirmed(tx, part, numbers))

    def _confirmed(self, tx: Transaction, asked: Part, numbers: Sequence[GatewayId]) -> None:
        part = tx.parts.get(asked.id)
        if part.brake is not asked.brake or not set(_numbers(tx, part)) <= set(numbers):
            return  # it changed while the platform was asked; as it is now, it is carried out next
        done = Brake.HELD if part.brake is Brake.ASKED else Brake.OFF
        self._move(tx, part, done, reason="")

    def _not_confirmed(
        self, tx: Transaction, asked: Part, reason: str, *, pause: float | None
    ) -> None:
        """Try again later, unless everybody in the part has it already: then it's too late."""
        part = tx.parts.get(asked.id)
        if part.brake is not asked.brake:
            return
        if reason != "away" and not tx.recipients.waiting_in(part.id):
            done = Brake.TOO_LATE if part.brake is Brake.ASKED else Brake.OFF
            self._move(tx, part, done, reason=reason)
            return
        attempts = part.brake_attempts + 1
        again = self._clock.now() + growing_pause(attempts, pause)
        tx.parts.save(
            replace(part, brake_attempts=attempts, brake_not_before=again, brake_reason=reason)
        )
        tx.outbox.add(card_changed(part.campaign))

    def _move(self, tx: Transaction, part: Part, brake: Brake, *, reason: str) -> None:
        tx.parts.save(
            replace(part, brake=brake, brake_reason=reason, brake_attempts=0, brake_not_before=None)
        )
        tx.outbox.add(card_changed(part.campaign))
        tell_brake_done(tx, tx.campaigns.get(part.campaign))


def _numbers(tx: Transaction, part: Part) -> list[GatewayId]:
    """Under which numbers the platform has it: a request sent again may have two."""
    found = [part.gateway_id, *(each.gateway_id for each in tx.parts.earlier(part.id))]
    return list(dict.fromkeys(number for number in found if number is not None))


def _is_at_platform(part: Part) -> bool:
    """Whether the platform could have been asked to hold it: without a number it never was."""
    return part.state is PartState.ACCEPTED and part.gateway_id is not None


def _wish(part: Part, brake: Brake) -> Part:
    return replace(part, brake=brake, brake_attempts=0, brake_not_before=None, brake_reason="")
