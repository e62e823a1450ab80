"""Settling: what follows for a campaign when one of its parts moves."""

from dataclasses import replace
from datetime import datetime

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId
from bot.domain.news import NewsKind, card_changed
from bot.domain.parts import SETTLED, Brake, Part, PartState
from bot.ports import Transaction
from bot.services.part_news import is_told_apart, tell_move, tell_outcomes
from bot.services.telling import tell

NOT_AT_PLATFORM = frozenset({PartState.READY, PartState.REFUSED, PartState.DROPPED})


def settle_part(tx: Transaction, before: Part, after: Part, *, at: datetime) -> None:
    """Store a part's move with everything that follows from it, in one transaction.

    An accepted part's people count as sent; a brake that was pulled while its request was
    under way is passed on, or has done its work if the request came to nothing; and the
    thread is told what a person has to know.
    """
    if before == after:
        return
    campaign = tx.campaigns.get(after.campaign)
    if after.state is PartState.ACCEPTED and before.state is not PartState.ACCEPTED:
        tx.recipients.mark_sent(after.id)
        if campaign.hold is not None:
            after = replace(after, brake=Brake.ASKED, brake_attempts=0)
    elif after.state in NOT_AT_PLATFORM:
        after = replace(after, brake=Brake.OFF)
    after = replace(after, told=is_told_apart(before, after))
    tx.parts.save(after)
    tell_move(tx, campaign, before, after)
    if before.brake is not Brake.OFF and after.brake is Brake.OFF:
        tell_brake_done(tx, campaign)
    tell_outcomes(tx, campaign)
    if campaign.state is State.SENDING and tx.parts.states(campaign.id) <= SETTLED:
        tx.campaigns.save(campaign.to(State.SENT))
    finish_if_final(tx, campaign.id, at=at)
    tx.outbox.add(card_changed(campaign.id))


def finish_if_final(
    tx: Transaction, campaign_id: CampaignId, *, at: datetime, whatever: bool = False
) -> bool:
    """Close a campaign once every recipient's fate is final; ``whatever`` skips the wait."""
    campaign = tx.campaigns.get(campaign_id)
    if campaign.state is not State.SENT:
        return False
    if not whatever and tx.recipients.anyone_waits(campaign.id):
        return False
    counts = tx.recipients.counts(campaign.id)
    accepted = [p for p in tx.parts.of(campaign.id) if p.state is PartState.ACCEPTED]
    _end_brakes(tx, campaign, accepted)
    done = replace(campaign.to(State.DONE), finished_at=at, hold=None, release_request=None)
    tx.campaigns.save(done)
    if accepted:
        replies, opt_outs = tx.replies.counts(campaign.id)
        tell(
            tx,
            done,
            NewsKind.FINISHED,
            delivered=counts.delivered,
            failed=counts.failed,
            silent=counts.waiting,
            replies=replies,
            opt_outs=opt_outs,
        )
    return True


def tell_brake_done(tx: Transaction, campaign: Campaign) -> None:
    """Tell the thread once no part's brake waits for the platform any more.

    Where nothing was at the platform there is nothing to confirm, and so nothing to tell.
    """
    parts = tx.parts.of(campaign.id)
    if any(part.brake in {Brake.ASKED, Brake.RELEASING} for part in parts):
        return
    if campaign.hold is None:
        tell(tx, campaign, NewsKind.RELEASE_DONE)
        return
    held = sum(part.brake is Brake.HELD for part in parts)
    late = sum(part.brake is Brake.TOO_LATE for part in parts)
    if held or late:
        tell(tx, campaign, NewsKind.HOLD_DONE, held=held, too_late=late, parts=len(parts))


def _end_brakes(tx: Transaction, campaign: Campaign, accepted: list[Part]) -> None:
    """Ask nothing more of the platform once everybody has it: a hold came too late then."""
    waiting = [part for part in accepted if part.brake in {Brake.ASKED, Brake.RELEASING}]
    for part in waiting:
        brake = Brake.TOO_LATE if part.brake is Brake.ASKED else Brake.OFF
        tx.parts.save(replace(part, brake=brake, brake_not_before=None))
    if waiting:
        tell_brake_done(tx, campaign)
