"""Sending: from an approved campaign to parts at the platform, each at most once."""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.campaign import Campaign, State
from bot.domain.departure import is_in_time
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, StorageError
from bot.domain.ids import GatewayId, Number
from bot.domain.news import NewsKind
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
from bot.services.evidence import settle_ending
from bot.services.launching import Launching, leave_out, seal_part
from bot.services.settling import settle_part
from bot.services.telling import put_on_record, tell

log = structlog.get_logger()

LATE = "late"
OTHER_ACCOUNT = "other account"
OTHER_DOOR = "other door"
OPTED_OUT = "opted out"
CHANGED = "changed"
"""Why a part that was ready is dropped."""


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
        self._launching = Launching(
            store=store, clock=clock, gateway=gateway, policy=policy, addresses=addresses
        )
        self._store = store
        self._clock = clock
        self._gateway = gateway
        self._policy = policy
        self._addresses = addresses
        self._arrival: tuple[Errand, Outcome] | None = None

    async def recover(self) -> int:
        """Admit at start what a crash left in flight: its fate is unknown, so it stays put."""

        def mark_unknown(tx: Transaction) -> int:
            lost = tx.parts.in_flight()
            for part in lost:
                now = self._clock.now()
                settle_ending(tx, part, lose(part, "restarted", at=now), at=now)
            return len(lost)

        return await self._store.write(mark_unknown)

    async def run(self) -> None:
        """Launch and submit everything that may go now."""
        while await self.step():
            pass

    async def step(self) -> bool:
        """Launch what is approved and submit one part; whether there may be another.

        One at a time, so that a program told to stop ends between two of them.
        """
        await self._launching.run()
        await self._store.write(self._drop_overdue)
        return await self.submit_next()

    async def submit_next(self) -> bool:
        """Submit one part; returns whether there was one.

        It is committed as in flight before the first byte leaves, and whatever happens
        then is written down; a crash in between leaves it in flight, hence unknown. Where
        the disk fails then, the outcome is kept and written before anything else leaves.
        """
        await self._write_arrival()
        errand = await self._store.write(self._depart)
        if errand is None:
            return False
        self._arrival = errand, await self._submit(errand)
        await self._write_arrival()
        return True

    async def _write_arrival(self) -> None:
        """Write down what became of the request in hand."""
        if self._arrival is None:
            return
        errand, outcome = self._arrival
        try:
            await self._store.write(lambda tx: self._arrive(tx, errand, outcome))
        except StorageError:
            raise  # the disk's trouble: the outcome is kept, and written before all else
        except Exception:  # a mistake of ours must not keep all others from leaving
            log.exception("an outcome broke us", campaign=errand.campaign.id)
            await self._store.write(lambda tx: self._arrive(tx, errand, OutcomeUnknown("error")))
        self._arrival = None

    def _depart(self, tx: Transaction) -> Errand | None:
        now = self._clock.now()
        while (part := tx.parts.next_ready(now)) is not None:
            campaign = tx.campaigns.get(part.campaign)
            reason = self._stays(tx, campaign, part, now)
            if reason is not None:
                self._drop_rest(tx, campaign, reason, at=now)
                continue
            people = self._leave_out_late(tx, campaign, part, at=now)
            part = replace(part, people=len(people))
            if not people:
                settle_part(tx, part, drop(part, OPTED_OUT, at=now), at=now)
                continue
            leaving = depart(part, at=now)
            tx.parts.save(leaving)
            return Errand(leaving, campaign, people)
        return None

    def _drop_overdue(self, tx: Transaction) -> None:
        """Give up what was held past its time: a release comes too late for it."""
        now = self._clock.now()
        for campaign in tx.campaigns.in_states([State.SENDING]):
            ready = PartState.READY in tx.parts.states(campaign.id)
            if ready and campaign.was_held_past_its_time(now):
                self._drop_rest(tx, campaign, LATE, at=now)

    def _leave_out_late(
        self, tx: Transaction, campaign: Campaign, part: Part, *, at: datetime
    ) -> tuple[Number, ...]:
        """Apply the list once more: a part may leave long after its campaign was launched."""
        numbers = tx.recipients.of_part(part.id)
        people = leave_out(tx, campaign, numbers)
        if len(people) < len(numbers):
            count = len(numbers) - len(people)
            put_on_record(tx, campaign, "left out", who="torpedo", at=at, opted_out=count)
            tell(tx, campaign, NewsKind.LEFT_OUT, count=count)
        return people

    def _stays(self, tx: Transaction, campaign: Campaign, part: Part, now: datetime) -> str | None:
        """Why nothing more of it may leave, or ``None``.

        It was approved for elsewhere, its time is over, or what would go isn't what was
        approved: a part is sealed when it is made, and the seal is looked at as it leaves.
        """
        if campaign.account != self._gateway.account:
            return OTHER_ACCOUNT
        if not self._gateway.has(campaign.door):
            return OTHER_DOOR
        if not is_in_time(campaign, now=now, policy=self._policy):
            return LATE
        people = tx.recipients.sealed_in(part.id)
        is_as_sealed = seal_part(self._gateway, campaign, part, people) == part.digest
        return None if is_as_sealed else CHANGED

    def _drop_rest(self, tx: Transaction, campaign: Campaign, reason: str, *, at: datetime) -> None:
        for part in tx.parts.of(campaign.id):
            if part.state is PartState.READY:
                settle_part(tx, part, drop(part, reason, at=at), at=at)
        put_on_record(tx, campaign, "dropped", who="torpedo", at=at, reason=reason)

    async def _submit(self, errand: Errand) -> Outcome:
        part, campaign = errand.part, errand.campaign
        try:
            return await self._gateway.send(
                part.text_in(campaign),
                errand.numbers,
                callback_url=self._addresses.of(part.key),
                send_at=campaign.send_at,
                door=campaign.door,
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
        settle_ending(tx, before, _after(before, outcome, at=now), at=now)
        log.info(
            "part submitted",
            campaign=errand.campaign.id,
            part=before.position,
            people=before.people,
            outcome="accepted" if isinstance(outcome, int) else type(outcome).__name__,
        )


def _after(part: Part, outcome: Outcome, *, at: datetime) -> Part:
    if isinstance(outcome, GatewayUnavailable):
        return wait_again(part, "away", at=at, pause=outcome.retry_after)
    if isinstance(outcome, GatewayRejected):
        return refuse(part, outcome.reason, at=at)
    if isinstance(outcome, OutcomeUnknown):
        return lose(part, outcome.reason, at=at)
    # Its own answer knows its number best, even where a call-back has named another before.
    return replace(accept(part, outcome, at=at), gateway_id=outcome)
