"""Sending: from an approved campaign to parts at the platform, each at most once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.campaign import Campaign, State
from bot.domain.digest import seal
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import CampaignId, GatewayId, Number
from bot.domain.news import NewsKind, card_changed
from bot.domain.parts import (
    Part,
    PartState,
    accept,
    depart,
    drop,
    lose,
    refuse,
    wait_again,
)
from bot.domain.policy import Policy
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.approving import expire_campaign
from bot.services.settling import settle_part
from bot.services.telling import put_on_record, tell

log = structlog.get_logger()

PROMPTNESS = timedelta(hours=2)
"""How long "as soon as approved" may take: later than that, nobody expects it any more."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One request that is written down as in flight, and what it carries."""

    part: Part
    campaign: Campaign
    numbers: tuple[Number, ...]


Outcome = GatewayId | GatewayUnavailable | GatewayRejected | OutcomeUnknown


class Sending:
    """Launches approved campaigns and submits their parts, one request at a time."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        gateway: Gateway,
        policy: Policy,
        addresses: CallbackAddresses,
    ) -> None:
        self._store = store
        self._clock = clock
        self._gateway = gateway
        self._policy = policy
        self._addresses = addresses

    async def recover(self) -> int:
        """Admit at start what a crash left in flight: its fate is unknown, so it stays put."""

        def mark_unknown(tx: Transaction) -> int:
            lost = tx.parts.in_flight()
            for part in lost:
                settle_part(tx, part, lose(part, "restarted"), at=self._clock.now())
            return len(lost)

        return await self._store.write(mark_unknown)

    async def run(self) -> None:
        """Launch and submit everything that may go now."""
        for campaign in await self._store.read(lambda tx: tx.campaigns.in_states([State.APPROVED])):
            if campaign.hold is None:
                await self.launch(campaign.id)
        while await self.submit_next():
            pass

    async def launch(self, campaign_id: CampaignId) -> None:
        """Turn an approved campaign into parts, if it is still what was approved.

        The digest, the time and the opt-outs are checked in the very transaction that
        moves it to ``sending``, so nothing can change in between.
        """
        await self._store.write(lambda tx: self._launch(tx, campaign_id))

    async def submit_next(self) -> bool:
        """Submit one part; returns whether there was one.

        It is committed as in flight before the first byte leaves, and whatever happens
        then is written down; a crash in between leaves it in flight, hence unknown.
        """
        errand = await self._store.write(self._depart)
        if errand is None:
            return False
        outcome = await self._submit(errand)
        await self._store.write(lambda tx: self._arrive(tx, errand, outcome))
        return True

    def _launch(self, tx: Transaction, campaign_id: CampaignId) -> None:
        campaign = tx.campaigns.get(campaign_id)
        now = self._clock.now()
        if campaign.state is not State.APPROVED or campaign.hold is not None:
            return
        if campaign.is_late(now):
            expire_campaign(tx, campaign, at=now)
            return
        numbers = tx.recipients.numbers(campaign_id)
        if self._seal(campaign, numbers) != campaign.digest:
            self._stop(tx, campaign, NewsKind.CHANGED, at=now)
            return
        people = _leave_out(tx, campaign, numbers)
        if not people:
            self._stop(tx, campaign, NewsKind.NOBODY_LEFT, at=now)
            return
        try:
            chunks = self._split(campaign, people)
        except ValueError:  # settings changed since it was written: it no longer fits a request
            log.exception("approved text no longer fits", campaign=campaign_id)
            self._stop(tx, campaign, NewsKind.CHANGED, at=now)
            return
        self._make_parts(tx, campaign, chunks)
        launched = replace(campaign.to(State.SENDING), launched_at=now)
        tx.campaigns.save(launched)
        opted_out = len(numbers) - len(people)
        put_on_record(tx, launched, "launched", who="torpedo", at=now, opted_out=opted_out)
        if opted_out:
            tell(tx, launched, NewsKind.LEFT_OUT, count=opted_out)
        tx.outbox.add(card_changed(campaign_id))

    def _split(self, campaign: Campaign, people: tuple[Number, ...]) -> list[tuple[Number, ...]]:
        return self._gateway.split(
            campaign.text,
            people,
            callback_url=self._addresses.sample,
            send_at=campaign.send_at,
        )

    def _make_parts(
        self, tx: Transaction, campaign: Campaign, chunks: list[tuple[Number, ...]]
    ) -> None:
        for position, chunk in enumerate(chunks, start=1):
            key = self._addresses.new_key()
            tx.parts.add(campaign.id, position=position, key=key, numbers=chunk)

    def _seal(self, campaign: Campaign, numbers: tuple[Number, ...]) -> str:
        account = self._gateway.account
        return seal(campaign.text, numbers, campaign.send_at, account=account)

    def _stop(self, tx: Transaction, campaign: Campaign, kind: NewsKind, *, at: datetime) -> None:
        stopped = replace(campaign.to(State.CANCELLED), closed_at=at, close_reason=kind.value)
        tx.campaigns.save(stopped)
        put_on_record(tx, stopped, kind.value, who="torpedo", at=at)
        tell(tx, stopped, kind, requester=campaign.requester)

    def _depart(self, tx: Transaction) -> Errand | None:
        now = self._clock.now()
        while (part := tx.parts.next_ready(now)) is not None:
            campaign = tx.campaigns.get(part.campaign)
            if not self._is_in_time(campaign, now):
                self._drop_rest(tx, campaign, at=now)
                continue
            people = self._leave_out_late(tx, campaign, part, at=now)
            part = replace(part, people=len(people))
            if not people:
                settle_part(tx, part, drop(part, "opted out", at=now), at=now)
                continue
            leaving = depart(part, at=now)
            tx.parts.save(leaving)
            return Errand(leaving, campaign, people)
        return None

    def _leave_out_late(
        self, tx: Transaction, campaign: Campaign, part: Part, *, at: datetime
    ) -> tuple[Number, ...]:
        """Apply the list once more: a part may leave long after its campaign was launched."""
        numbers = tx.recipients.of_part(part.id)
        people = _leave_out(tx, campaign, numbers)
        if len(people) < len(numbers):
            count = len(numbers) - len(people)
            put_on_record(tx, campaign, "left out", who="torpedo", at=at, opted_out=count)
            tell(tx, campaign, NewsKind.LEFT_OUT, count=count)
        return people

    def _is_in_time(self, campaign: Campaign, now: datetime) -> bool:
        """Whether a request may still leave: before its time, or promptly and by day."""
        if campaign.send_at is not None:
            return not campaign.is_late(now)
        launched = campaign.launched_at or now
        return now - launched <= PROMPTNESS and not self._policy.is_quiet(now)

    def _drop_rest(self, tx: Transaction, campaign: Campaign, *, at: datetime) -> None:
        for part in tx.parts.of(campaign.id):
            if part.state is PartState.READY:
                settle_part(tx, part, drop(part, "late", at=at), at=at)
        put_on_record(tx, campaign, "dropped late parts", who="clock", at=at)

    async def _submit(self, errand: Errand) -> Outcome:
        part, campaign = errand.part, errand.campaign
        try:
            return await self._gateway.send(
                campaign.text,
                errand.numbers,
                callback_url=self._addresses.of(part.key),
                send_at=campaign.send_at,
            )
        except (GatewayUnavailable, GatewayRejected, OutcomeUnknown) as error:
            return error
        except Exception:  # whatever else broke, the request may have left: never send it again
            log.exception("submission broke", campaign=campaign.id, part=part.position)
            return OutcomeUnknown("error")

    def _arrive(self, tx: Transaction, errand: Errand, outcome: Outcome) -> None:
        now = self._clock.now()
        before = tx.parts.get(errand.part.id)
        if before.state is not PartState.IN_FLIGHT and not isinstance(outcome, int):
            return  # a call-back was quicker, and is better evidence than a lost answer
        settle_part(tx, before, _after(before, outcome, at=now), at=now)
        log.info(
            "part submitted",
            campaign=errand.campaign.id,
            part=before.position,
            people=before.people,
            outcome="accepted" if isinstance(outcome, int) else type(outcome).__name__,
        )


def _leave_out(
    tx: Transaction, campaign: Campaign, numbers: tuple[Number, ...]
) -> tuple[Number, ...]:
    opted_out = tx.optouts.among(numbers)
    tx.recipients.suppress(campaign.id, opted_out)
    return tuple(number for number in numbers if number not in opted_out)


def _after(part: Part, outcome: Outcome, *, at: datetime) -> Part:
    if isinstance(outcome, GatewayUnavailable):
        return wait_again(part, "away", at=at, pause=outcome.retry_after)
    if isinstance(outcome, GatewayRejected):
        return refuse(part, outcome.reason, at=at)
    if isinstance(outcome, OutcomeUnknown):
        return lose(part, outcome.reason)
    return accept(part, outcome, at=at)
