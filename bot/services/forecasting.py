"""Forecasting: what others' approved campaigns take of the credit before this one goes.

Whatever is approved is handed over at once, also what goes on Friday (decision 0003), and the
platform takes its credit then. So everything approved comes before everything that waits.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId
from bot.domain.news import card_changed
from bot.domain.parts import Part, PartState
from bot.domain.standing import CampaignView
from bot.domain.texts import count_segments
from bot.ports import Transaction

NOBODY = CampaignId(0)
GONE = frozenset({PartState.IN_FLIGHT, PartState.ACCEPTED, PartState.UNKNOWN})
"""The states of a part whose credit is taken, or may be."""


def price_of(tx: Transaction, campaign: Campaign) -> int:
    """What a campaign takes, in credits."""
    return _priced(tx, campaign).price


def credits_of(tx: Transaction, parts: Sequence[Part]) -> int:
    """What these parts take, in credits: people times the segments of their text."""
    campaigns = {one: tx.campaigns.get(one) for one in {part.campaign for part in parts}}
    return sum(
        part.people * count_segments(part.text_in(campaigns[part.campaign])) for part in parts
    )


def promised(tx: Transaction, state: State, *, but: CampaignId = NOBODY) -> int:
    """Credits that campaigns in this state will take; a test is promised to nobody."""
    found = tx.campaigns.in_states([state])
    return sum(price_of(tx, one) for one in found if one.trial is None and one.id != but)


def still_to_go(tx: Transaction, *, but: CampaignId = NOBODY) -> int:
    """Credits of parts that wait to be handed over; the others may be paid already."""
    views = [
        _priced(tx, one)
        for one in tx.campaigns.in_states([State.SENDING])
        if one.trial is None and one.id != but
    ]
    return sum(view.credits_of(view.in_state(PartState.READY)) for view in views)


def taken_elsewhere(
    tx: Transaction, account: str, *, now: datetime, but: CampaignId = NOBODY
) -> int:
    """Credits that others take before this one: approved, or gone since the credit was told."""
    balance = tx.asks.balance(account)
    gone = 0
    if balance is not None:
        left = tx.parts.departed(account=account, after=balance.at, until=now)
        gone = credits_of(
            tx, [part for part in left if part.state in GONE and part.campaign != but]
        )
    return promised(tx, State.APPROVED, but=but) + still_to_go(tx, but=but) + gone


def missing(tx: Transaction, campaign: Campaign, *, now: datetime) -> Decimal:
    """How many credits it will be short, by what is known; 0 where that is enough, or unknown."""
    balance = tx.asks.balance(campaign.account)
    if balance is None:
        return Decimal(0)
    wanted = price_of(tx, campaign) + taken_elsewhere(
        tx, campaign.account, now=now, but=campaign.id
    )
    return max(Decimal(0), wanted - balance.credits)


def shortages(tx: Transaction, *, now: datetime) -> dict[CampaignId, Decimal]:
    """How many credits each campaign that waits for approval will be short."""
    waiting = tx.campaigns.in_states([State.WAITING])
    return {one.id: missing(tx, one, now=now) for one in waiting if one.home == one.id}


def redraw_changed(tx: Transaction, before: dict[CampaignId, Decimal], *, now: datetime) -> None:
    """Draw the cards anew whose shortage isn't what it was before."""
    for campaign, short in shortages(tx, now=now).items():
        if short != before.get(campaign, Decimal(0)):
            tx.outbox.add(card_changed(campaign))


def _priced(tx: Transaction, campaign: Campaign) -> CampaignView:
    """Read of a campaign what its price needs, and no more."""
    return CampaignView(
        campaign=campaign,
        parts=tx.parts.of(campaign.id),
        counts=tx.recipients.counts(campaign.id),
        segments={} if campaign.filled is None else tx.fields.segments(campaign.id),
    )
