"""Claims: a person's word that a part went, held against the platform's own list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.news import NewsKind
from bot.domain.parts import Part, PartState, accept, unclaim
from bot.domain.unknown import Listed, Verdict, judge
from bot.ports import StatusRow, Transaction
from bot.services.part_news import tell_unknown
from bot.services.settling import settle_part
from bot.services.telling import put_on_record, tell

NO_SUCH = Verdict.NO_SUCH


def check_claim(tx: Transaction, asked: Part, rows: Sequence[StatusRow], *, at: datetime) -> bool:
    """Accept a part whose claim the platform's list bears out; whether it did.

    What was asked about may have changed meanwhile: a call-back was quicker, or somebody
    decided otherwise. Then the list says nothing.
    """
    part = tx.parts.get(asked.id)
    if part.state is not PartState.UNKNOWN or part.claimed_id != asked.claimed_id:
        return False
    verdict = judge(
        [Listed(row.number, row.queued_at) for row in rows],
        tx.recipients.of_part(part.id),
        left_at=part.submitted_at or at,
    )
    if _is_taken(tx, part):
        verdict = Verdict.OTHER_PEOPLE
    if verdict is not Verdict.HOLDS:
        refute_claim(tx, part, verdict)
        return False
    went = accept(part, part.claimed_id, at=at)
    settle_part(tx, part, replace(went, settled_by=part.claimed_by), at=at)
    campaign = tx.campaigns.get(part.campaign)
    who = part.claimed_by or ""
    put_on_record(tx, campaign, "it went: confirmed", who=who, at=at, part=part.position)
    return True


def refute_claim(tx: Transaction, asked: Part, verdict: Verdict, words: str = "") -> None:
    """Tell that a claim didn't hold, and why; the part stays unknown."""
    part = tx.parts.get(asked.id)
    if part.state is not PartState.UNKNOWN or part.claimed_id != asked.claimed_id:
        return
    tx.parts.save(unclaim(part))
    campaign = tx.campaigns.get(part.campaign)
    tell(
        tx,
        campaign,
        NewsKind.CLAIM_REFUTED,
        by=part.claimed_by,
        part=part.position,
        parts=len(tx.parts.of(campaign.id)),
        gateway_id=part.claimed_id,
        why=verdict.value,
        words=words,
    )
    tell_unknown(tx, campaign, part)


def _is_taken(tx: Transaction, part: Part) -> bool:
    """Whether the number turned out to be another part's since somebody gave it."""
    if part.claimed_id is None:  # pragma: no cover - only a claim is held against the list
        return False
    account = tx.campaigns.get(part.campaign).account
    holder = tx.parts.by_gateway_id(part.claimed_id, account=account)
    return holder is not None and holder.id != part.id
