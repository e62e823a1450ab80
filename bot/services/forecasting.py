"""Forecasting: what others' approved campaigns take of the credit before this one goes.

Whatever is approved is handed over at once, also what goes on Friday (decision 0003), and the
platform takes its credit then. So everything approved comes before everything that waits.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from bot.domain.campaign import Campaign, State
from bot.domain.credit import Claim, Shortage, first_short
from bot.domain.ids import CampaignId
from bot.domain.news import card_changed
from bot.domain.parts import Part, PartState
from bot.domain.standing import CampaignView
from bot.domain.texts import count_segments
from bot.ports import Transaction

GONE = frozenset({PartState.IN_FLIGHT, PartState.ACCEPTED, PartState.UNKNOWN})
"""The states of a part whose credit is taken, or may be."""


def credits_of(tx: Transaction, parts: Sequence[Part]) -> int:
    """What these parts take, in credits: people times the segments of their text."""
    campaigns = {one: tx.campaigns.get(one) for one in {part.campaign for part in parts}}
    return sum(
        part.people * count_segments(part.text_in(campaigns[part.campaign])) for part in parts
    )


def promised(tx: Transaction, state: State, *, before: CampaignId | None = None) -> int:
    """Credits that campaigns in this state will take; of all, or of those that go before one.

    A test is promised to nobody.
    """
    return sum(
        claim.credits for claim in _claims(tx, state) if before is None or claim.campaign < before
    )


def still_to_go(tx: Transaction) -> int:
    """Credits of parts that wait to be handed over; the others may be paid already."""
    views = [
        _priced(tx, one) for one in tx.campaigns.in_states([State.SENDING]) if one.trial is None
    ]
    return sum(view.credits_of(view.in_state(PartState.READY)) for view in views)


def gone_since(tx: Transaction, account: str, *, now: datetime) -> int:
    """Credits that went, or may have gone, since the platform told what is left."""
    balance = tx.asks.balance(account)
    if balance is None:
        return 0
    left = tx.parts.departed(account=account, after=balance.at, until=now)
    return credits_of(tx, [part for part in left if part.state in GONE])


def taken_elsewhere(
    tx: Transaction, account: str, *, now: datetime, before: CampaignId | None = None
) -> int:
    """Credits that others take before this one: approved, or gone since the credit was told.

    ``before`` is this one where it is approved itself: those with a lower number are handed over
    first. Whatever only waits comes after all of them.
    """
    approved = promised(tx, State.APPROVED, before=before)
    return approved + still_to_go(tx) + gone_since(tx, account, now=now)


def find_shortage(tx: Transaction, account: str, *, now: datetime) -> Shortage | None:
    """Find the first that the credit won't do for, if all goes that is approved or waits.

    What waits goes by its time; what has none, as soon as it is approved.
    """
    balance = tx.asks.balance(account)
    if balance is None:
        return None
    left = balance.credits - still_to_go(tx) - gone_since(tx, account, now=now)
    waiting = sorted(_claims(tx, State.WAITING), key=lambda claim: claim.send_at or now)
    return first_short(left, [*_claims(tx, State.APPROVED), *waiting])


@contextmanager
def redrawing_shortages(tx: Transaction, *, now: datetime) -> Iterator[None]:
    """Draw the cards anew whose shortage isn't afterwards what it was before.

    Most changes leave the credit as it was; then no campaign is looked at.
    """
    before = _left_by_account(tx, now=now)
    yield
    after = _left_by_account(tx, now=now)
    if after == before:
        return
    for campaign in _waiting(tx):
        price, account = _priced(tx, campaign).price, campaign.account
        if _lacking(price, before.get(account)) != _lacking(price, after[account]):
            tx.outbox.add(card_changed(campaign.id))


def _waiting(tx: Transaction) -> list[Campaign]:
    return [one for one in tx.campaigns.in_states([State.WAITING]) if one.is_listed]


def _left_by_account(tx: Transaction, *, now: datetime) -> dict[str, Decimal | None]:
    accounts = {one.account for one in _waiting(tx)}
    return {account: _left_for_more(tx, account, now=now) for account in accounts}


def _left_for_more(tx: Transaction, account: str, *, now: datetime) -> Decimal | None:
    balance = tx.asks.balance(account)
    return None if balance is None else balance.credits - taken_elsewhere(tx, account, now=now)


def _lacking(price: int, left: Decimal | None) -> Decimal:
    return Decimal(0) if left is None else max(Decimal(0), price - left)


def _claims(tx: Transaction, state: State) -> list[Claim]:
    """What campaigns in this state will take, lowest number first."""
    return [
        Claim(campaign=one.id, credits=_priced(tx, one).price, send_at=one.send_at)
        for one in tx.campaigns.in_states([state])
        if one.trial is None
    ]


def _priced(tx: Transaction, campaign: Campaign) -> CampaignView:
    """Read of a campaign what its price needs, and no more."""
    return CampaignView(
        campaign=campaign,
        parts=tx.parts.of(campaign.id),
        counts=tx.recipients.counts(campaign.id),
        segments={} if campaign.filled is None else tx.fields.segments(campaign.id),
    )
