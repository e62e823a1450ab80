"""Reconciling: holding what was handed over against what was told and what it cost."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from bot.domain.campaign import Campaign, State
from bot.domain.credit import CreditEvidence
from bot.domain.ids import CampaignId
from bot.domain.news import NewsKind
from bot.domain.parts import Part, PartState
from bot.domain.reconciling import Disagreement, Figures, compare
from bot.domain.unknown import is_doubtful
from bot.ports import Clock, Store, Transaction
from bot.services.forecasting import credits_of
from bot.services.telling import tell
from bot.services.tracking import MINUTE

PATIENCE = timedelta(hours=1)
"""How long after its end a campaign's credit is waited for."""


class Reconciling:
    """Tells a campaign's thread, once, what doesn't add up."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> int:
        """Look at every campaign that was handed over lately; returns how many were told.

        Counting a large one takes its time, so the writer is asked only where there is
        something to write.
        """
        told = 0
        for campaign in await self._store.read(lambda tx: tx.campaigns.to_reconcile()):
            if await self._store.read(partial(self._is_worth_writing, campaign=campaign)):
                told += await self._store.write(partial(self._reconcile, campaign_id=campaign.id))
        return told

    def _is_worth_writing(self, tx: Transaction, *, campaign: Campaign) -> bool:
        figures = read_figures(tx, campaign)
        return bool(self._compare(campaign, figures)) or self._is_settled(campaign, figures)

    def _reconcile(self, tx: Transaction, *, campaign_id: CampaignId) -> bool:
        now, campaign = self._clock.now(), tx.campaigns.get(campaign_id)
        figures = read_figures(tx, campaign)
        found = self._compare(campaign, figures)
        new = [kind for kind in found if tx.asks.note_disagreement(campaign.id, kind, at=now)]
        if new:
            _tell(tx, campaign, figures, new)
        if self._is_settled(campaign, figures):
            tx.campaigns.save(replace(campaign, reconciled_at=now))
        return bool(new)

    def _compare(self, campaign: Campaign, figures: Figures) -> frozenset[Disagreement]:
        since = _gone_since(campaign)
        age = timedelta() if since is None else self._clock.now() - since
        return compare(figures, age=age, is_over=campaign.state is State.DONE)

    def _is_settled(self, campaign: Campaign, figures: Figures) -> bool:
        """Whether it is over, and so are its figures: credit is told, or was waited for."""
        if campaign.finished_at is None:
            return False
        return figures.used is not None or self._clock.now() - campaign.finished_at > PATIENCE


def read_figures(tx: Transaction, campaign: Campaign) -> Figures:
    """Count a campaign from the rows, and its credit from what the platform told."""
    parts = [part for part in tx.parts.of(campaign.id) if part.state is PartState.ACCEPTED]
    finals = tx.recipients.finals(campaign.id)
    expected, used = _read_credit(tx, campaign, parts)
    return Figures(
        accepted=sum(part.people for part in parts),
        called_back=finals.called_back,
        asked=finals.asked,
        silent=finals.silent,
        disputed=finals.disputed,
        unlisted=sum(part.people - part.listed for part in parts if part.listed is not None),
        expected=expected,
        used=used,
    )


def _read_credit(
    tx: Transaction, campaign: Campaign, parts: list[Part]
) -> tuple[int, Decimal | None]:
    """What it should have cost and what it did, between the nearest two words about credit.

    The platform may take its time to charge, so the second word is one from a minute later.
    Other campaigns of that time are expected, too. Nothing is known where the account had
    more afterwards than before (somebody topped it up), or where a request of that time may
    have gone without our knowing.
    """
    left = [part.submitted_at for part in parts if part.submitted_at is not None]
    if not left:
        return 0, None
    before = tx.asks.balance_before(campaign.account, min(left))
    after = tx.asks.balance_after(campaign.account, max(left) + MINUTE)
    if before is None or after is None:
        return credits_of(tx, parts), None
    gone = tx.parts.departed(account=campaign.account, after=before.at, until=after.at)
    used = before.credits - after.credits
    is_clear = used >= 0 and not any(map(is_doubtful, gone))
    accepted = [part for part in gone if part.state is PartState.ACCEPTED]
    return credits_of(tx, accepted), used if is_clear else None


def read_evidence(tx: Transaction, part: Part, *, account: str) -> CreditEvidence:
    """Read what the credit says of a request whose answer was lost.

    As the platform may take its time to charge, and a word about credit may have been under
    way when the answer was lost, the first word from a minute later is the one that counts:
    a credit that seems untouched would talk somebody into sending it twice.
    """
    left, lost = part.submitted_at, part.lost_at
    before = None if left is None else tx.asks.balance_before(account, left)
    after = None if lost is None else tx.asks.balance_after(account, lost + MINUTE)
    gone: tuple[Part, ...] = ()
    if before is not None and after is not None:
        gone = tx.parts.departed(account=account, after=before.at, until=after.at)
    others = [one for one in gone if one.id != part.id]
    doubtful = [one for one in others if is_doubtful(one)]
    accepted = [one for one in others if one.state is PartState.ACCEPTED and one not in doubtful]
    return CreditEvidence(
        before=before,
        after=after,
        takes=credits_of(tx, [part]),
        others=credits_of(tx, accepted),
        doubtful=sum(credits_of(tx, [one]) * (one.resent + 1) for one in doubtful),
    )


def _gone_since(campaign: Campaign) -> datetime | None:
    """Since when news of it could come: a person's last go, or its chosen time; not while held."""
    moments = (campaign.created_at, campaign.launched_at, campaign.go_at, campaign.send_at)
    if campaign.hold is not None:
        return None
    return max(moment for moment in moments if moment is not None)


def _tell(tx: Transaction, campaign: Campaign, figures: Figures, kinds: list[Disagreement]) -> None:
    tell(
        tx,
        campaign,
        NewsKind.RECONCILED,
        kinds=sorted(kinds),
        accepted=figures.accepted,
        called_back=figures.called_back,
        asked=figures.asked,
        silent=figures.silent,
        unlisted=figures.unlisted,
        disputed=figures.disputed,
        expected=figures.expected,
        used=None if figures.used is None else str(figures.used),
    )
