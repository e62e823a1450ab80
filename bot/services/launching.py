"""Launching: from an approved campaign to parts that are ready to leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.campaign import Campaign, State
from bot.domain.departure import is_in_time
from bot.domain.digest import seal
from bot.domain.filling import group
from bot.domain.ids import CampaignId, Digest, Number, PartId
from bot.domain.news import NewsKind, card_changed
from bot.domain.parts import Part
from bot.domain.policy import Policy
from bot.ports import Clock, Gateway, Store, Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.approving import expire_campaign
from bot.services.filling import read_texts
from bot.services.telling import put_on_record, tell

log = structlog.get_logger()


class Launching:
    """Checks once more that a campaign is what was approved, and shares it out over parts."""

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

    async def run(self) -> None:
        """Launch every approved campaign, each in a transaction of its own.

        One that is held waits, until its time passes: then a release comes too late.

        The digest, the time and the opt-outs are checked in the very transaction that
        moves it to ``sending``, so nothing can change in between.
        """
        for campaign in await self._store.read(lambda tx: tx.campaigns.in_states([State.APPROVED])):
            await self._store.write(self._launching(campaign.id))

    def _launching(self, campaign_id: CampaignId) -> Callable[[Transaction], None]:
        return lambda tx: self._launch(tx, campaign_id)

    def _launch(self, tx: Transaction, campaign_id: CampaignId) -> None:
        campaign = tx.campaigns.get(campaign_id)
        now = self._clock.now()
        if campaign.state is not State.APPROVED:
            return
        if campaign.hold is not None:
            if campaign.is_late(now):
                expire_campaign(tx, campaign, at=now)
            return
        if not is_in_time(campaign, now=now, policy=self._policy):
            expire_campaign(tx, campaign, at=now)
            return
        numbers = tx.recipients.numbers(campaign_id)
        texts = read_texts(tx, campaign, numbers)
        is_as_approved = seal_for(self._gateway, campaign, numbers, texts) == campaign.digest
        if not is_as_approved or not self._gateway.has(campaign.door):
            self._stop(tx, campaign, NewsKind.CHANGED, at=now)
            return
        people = leave_out(tx, campaign, numbers)
        if not people:
            self._stop(tx, campaign, NewsKind.NOBODY_LEFT, at=now)
            return
        try:
            chunks = self._share_out(
                campaign, people, None if texts is None else dict(zip(numbers, texts, strict=True))
            )
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

    def _share_out(
        self, campaign: Campaign, people: tuple[Number, ...], texts: Mapping[Number, str] | None
    ) -> list[tuple[str | None, tuple[Number, ...]]]:
        """Share people out over parts; where texts differ, those with equal ones go together."""
        if texts is None:
            return [(None, chunk) for chunk in self._split(campaign, campaign.text, people)]
        return [
            (text, chunk)
            for text, numbers in group(people, (texts[number] for number in people)).items()
            for chunk in self._split(campaign, text, numbers)
        ]

    def _split(
        self, campaign: Campaign, text: str, people: Sequence[Number]
    ) -> list[tuple[Number, ...]]:
        return self._gateway.split(
            text,
            people,
            callback_url=self._addresses.sample,
            send_at=campaign.send_at,
            door=campaign.door,
        )

    def _make_parts(
        self,
        tx: Transaction,
        campaign: Campaign,
        chunks: list[tuple[str | None, tuple[Number, ...]]],
    ) -> None:
        tx.parts.add(
            [
                (self._make_part(campaign, position, text, chunk), chunk)
                for position, (text, chunk) in enumerate(chunks, start=1)
            ]
        )

    def _make_part(
        self, campaign: Campaign, position: int, text: str | None, chunk: tuple[Number, ...]
    ) -> Part:
        part = Part(
            id=PartId(0),
            campaign=campaign.id,
            position=position,
            key=self._addresses.new_key(),
            people=len(chunk),
            text=text,
        )
        return replace(part, digest=seal_part(self._gateway, campaign, part, chunk))

    def _stop(self, tx: Transaction, campaign: Campaign, kind: NewsKind, *, at: datetime) -> None:
        stopped = replace(campaign.to(State.CANCELLED), closed_at=at, close_reason=kind.value)
        tx.campaigns.save(stopped)
        put_on_record(tx, stopped, kind.value, who="torpedo", at=at)
        tell(tx, stopped, kind, requester=campaign.requester)


def seal_for(
    gateway: Gateway,
    campaign: Campaign,
    numbers: tuple[Number, ...],
    texts: tuple[str, ...] | None = None,
) -> Digest:
    """Seal a campaign's content for these people, as this gateway would send it now."""
    return seal(
        campaign.text,
        numbers,
        campaign.send_at,
        account=gateway.account,
        door=campaign.door,
        texts=texts,
        quiet=campaign.quiet,
    )


def seal_part(
    gateway: Gateway, campaign: Campaign, part: Part, numbers: tuple[Number, ...]
) -> Digest:
    """Seal what one part says to its people."""
    return seal_for(gateway, replace(campaign, text=part.text_in(campaign)), numbers)


def leave_out(
    tx: Transaction, campaign: Campaign, numbers: tuple[Number, ...]
) -> tuple[Number, ...]:
    """Leave out whoever has opted out by now; returns the others."""
    opted_out = tx.optouts.among(numbers)
    tx.recipients.suppress(campaign.id, opted_out)
    return tuple(number for number in numbers if number not in opted_out)
