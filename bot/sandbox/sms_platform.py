"""The pretend SMS platform: what it accepts, when it delivers, what it costs."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, zip_longest

from bot.sandbox.background import Background
from bot.sandbox.callbacks import CallbackRecord, Courier, Style
from bot.sandbox.campaigns import Delivery, DeliveryStatus, SendOrder, SmsCampaign
from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Direction, PhoneBook
from bot.sandbox.refusals import Reason, RefusedError
from bot.sandbox.segments import count_segments

FIRST_ID = 90001
_ID = re.compile(r"[0-9]{1,9}")
POLL_INTERVAL = timedelta(minutes=1)
_NUMBER_LENGTHS = (10, 11)
_FOREIGN_LENGTHS = (12, 13)
_DEAD_ENDING = "0000"
_CARRIERS = ("VIVO", "CLARO", "TIM", "OI")
# Big sends go out in this many batches, so that 1,000 people take seconds and a hold can bite.
_BATCHES = 25
_LINES_FROM = 4


class NothingToAnswerError(Exception):
    """That phone has no SMS whose sender listens for answers."""


class SmsPlatform:
    """One account at the platform: its credit, its campaigns, its limits.

    Deliveries are paced in real seconds (`delivery_delay` before the first), schedules and the
    once-a-minute limits by the platform's clock.
    """

    def __init__(
        self,
        *,
        changes: Changes,
        clock: Clock,
        background: Background,
        courier: Courier,
        phones: PhoneBook,
        credit: int,
        delivery_delay: float,
    ) -> None:
        self._changes = changes
        self._clock = clock
        self._background = background
        self._courier = courier
        self._phones = phones
        self._delivery_delay = delivery_delay
        self._delivery_ids = count(1)
        self._polled_at: dict[str, datetime] = {}
        self.credit = credit
        self.campaigns: dict[int, SmsCampaign] = {}

    def send(self, order: SendOrder) -> SmsCampaign:
        """Take a campaign on and pay for it; raises `RefusedError`."""
        if not order.text.strip():
            raise RefusedError(Reason.NO_TEXT)
        if not order.numbers:
            raise RefusedError(Reason.NO_NUMBER)
        if any(map(_has_country_code, order.numbers)):
            raise RefusedError(Reason.COUNTRY_CODE)
        now = self._clock.now()
        if order.job_at and order.job_at < now.replace(second=0, microsecond=0):
            raise RefusedError(Reason.SCHEDULE)
        cost = count_segments(order.text) * len(order.numbers)
        if cost > self.credit:
            raise RefusedError(Reason.CREDIT)
        self.credit -= cost
        ids = self._delivery_ids
        people = zip_longest(order.numbers, order.references, fillvalue="")
        deliveries = [Delivery(next(ids), number, now, reference) for number, reference in people]
        campaign = SmsCampaign(FIRST_ID + len(self.campaigns), order, deliveries)
        self.campaigns[campaign.id] = campaign
        self._background.start(self._run(campaign))
        self._changes.happened()
        return campaign

    def find(self, campaign_id: str) -> SmsCampaign:
        """Find a campaign by the id on the wire; raises `RefusedError`."""
        if _ID.fullmatch(campaign_id) and (found := self.campaigns.get(int(campaign_id))):
            return found
        raise RefusedError(Reason.UNKNOWN_CAMPAIGN)

    def count_poll(self, action: str) -> None:
        """Let `action` through once a minute for the whole account; raises `RefusedError`."""
        now = self._clock.now()
        last = self._polled_at.get(action)
        if last and now - last < POLL_INTERVAL:
            raise RefusedError(Reason.TOO_SOON)
        self._polled_at[action] = now

    def forget_polls(self) -> None:
        """Let the next questions through, as if a minute had passed."""
        self._polled_at.clear()

    def hold(self, campaign: SmsCampaign, *, is_held: bool) -> None:
        """Hold or release what waits of a campaign; raises `RefusedError` when nothing does."""
        if campaign.is_done:
            raise RefusedError(Reason.FINISHED)
        campaign.is_held = is_held
        self._changes.happened()

    def answer(self, number: str, text: str) -> None:
        """Answer the newest SMS on a phone; raises `NothingToAnswerError`."""
        received = self._phones[number].newest_received if number in self._phones else None
        if received is None:
            raise NothingToAnswerError
        order = self.campaigns[received.campaign_id].order
        if not order.callback_url:
            raise NothingToAnswerError
        now = self._clock.now()
        campaign_id = received.campaign_id
        self._phones.add(number, Direction.OUT, text, at=now, campaign_id=campaign_id)
        status = DeliveryStatus.DELIVERED.value
        deliveries = self.campaigns[campaign_id].deliveries
        reference = next(one.reference for one in deliveries if one.number == number)
        record = CallbackRecord(campaign_id, number, text, now, status, reference)
        self._courier.carry(order.callback_url, [record], Style.LINES)
        self._changes.happened()

    async def _run(self, campaign: SmsCampaign) -> None:
        if campaign.order.job_at:
            await self._clock.reach(campaign.order.job_at)
        await self._changes.pause(self._delivery_delay)
        for turn, batch in enumerate(_batches(campaign.deliveries)):
            if turn:
                await self._changes.pause(self._delivery_delay / 5)
            await self._changes.until(lambda: not campaign.is_held)
            if self._changes.is_closed:
                return
            self._deliver(campaign, batch, turn)

    def _deliver(self, campaign: SmsCampaign, batch: list[Delivery], turn: int) -> None:
        order, now = campaign.order, self._clock.now()
        campaign.has_begun = True
        for delivery in batch:
            delivery.at = now
            if _is_reachable(delivery.number):
                delivery.status = DeliveryStatus.DELIVERED
                delivery.carrier = _CARRIERS[delivery.id % len(_CARRIERS)]
                number, text = delivery.number, order.text
                self._phones.add(number, Direction.IN, text, at=now, campaign_id=campaign.id)
            else:
                delivery.status = DeliveryStatus.INVALID
        if order.callback_url:
            records = [
                CallbackRecord(campaign.id, d.number, "", now, d.status.value, d.reference)
                for d in batch
            ]
            self._courier.carry(order.callback_url, records, _style(len(batch), turn))
        self._changes.happened()


def _has_country_code(number: str) -> bool:
    return number.isdecimal() and number.startswith("55") and len(number) in _FOREIGN_LENGTHS


def _is_reachable(number: str) -> bool:
    is_whole = number.isdecimal() and number.isascii() and len(number) in _NUMBER_LENGTHS
    return is_whole and not number.endswith(_DEAD_ENDING)


def _batches(deliveries: list[Delivery]) -> Iterator[list[Delivery]]:
    size = -(-len(deliveries) // _BATCHES)
    return (deliveries[at : at + size] for at in range(0, len(deliveries), size))


def _style(records: int, turn: int) -> Style:
    if records < _LINES_FROM:
        return Style.GET
    return Style.REPEATED if turn % 3 == 2 else Style.LINES  # noqa: PLR2004 - every third one
