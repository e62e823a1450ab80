"""What the thread is told of a campaign's parts: what became of each request."""

from dataclasses import replace

from bot.domain.campaign import Campaign
from bot.domain.news import Fact, NewsKind
from bot.domain.parts import Part, PartState
from bot.domain.unknown import LEFT
from bot.ports import Transaction
from bot.services.telling import tell

BELIEVED_NOT_SENT = frozenset(PartState) - {PartState.IN_FLIGHT, PartState.ACCEPTED}


def is_told_apart(before: Part, after: Part) -> bool:
    """Whether the thread hears of this move by itself, and not with the others' outcome.

    A part of unknown fate has a message of its own, and one that went against all belief,
    too. One that is sent again has its outcome still to come.
    """
    if after.state is PartState.READY:
        return False
    found = after.state is PartState.ACCEPTED and before.state in BELIEVED_NOT_SENT
    return before.told or before.state is PartState.UNKNOWN or found


def tell_move(tx: Transaction, campaign: Campaign, before: Part, after: Part) -> None:
    """Tell what can't wait for the other parts: an unknown fate, a find, a platform away."""
    decided = _decided(before)
    if PartState.UNKNOWN in {before.state, after.state} or decided == "left":
        tell_unknown(tx, campaign, after if after.state is PartState.UNKNOWN else before)
    if after.state is PartState.UNKNOWN or _is_persons_word(before, after):
        return
    if after.state is PartState.READY:
        if after.attempts == 1 and not _was_away_before(tx, after):
            tell(tx, campaign, NewsKind.GATEWAY_AWAY)
    elif after.state is PartState.ACCEPTED and before.state in BELIEVED_NOT_SENT:
        is_doubtful = before.state is PartState.UNKNOWN and after.key != before.key
        facts: dict[str, Fact] = {"decided": decided, "by": before.settled_by}
        facts |= {"part": after.position, "parts": len(tx.parts.of(campaign.id))}
        facts |= {"people": after.people, "gateway_id": after.gateway_id, "later": int(is_doubtful)}
        tell(tx, campaign, NewsKind.PART_FOUND, **facts)


def _was_away_before(tx: Transaction, part: Part) -> bool:
    """Whether another part waits already for a platform that couldn't be reached."""
    return any(
        one.state is PartState.READY and one.attempts
        for one in tx.parts.of(part.campaign)
        if one.id != part.id
    )


def tell_unknown(tx: Transaction, campaign: Campaign, part: Part) -> None:
    """Post, or draw anew, the one message about this try's unknown fate."""
    when = None if part.submitted_at is None else part.submitted_at.isoformat()
    tell(
        tx,
        campaign,
        NewsKind.PART_UNKNOWN,
        part_id=part.id,
        resent=part.resent,
        part=part.position,
        parts=len(tx.parts.of(campaign.id)),
        people=part.people,
        reason="" if part.reason == LEFT else part.reason,
        at=when,
    )


def tell_outcomes(tx: Transaction, campaign: Campaign) -> None:
    """Tell how handing over went, once nothing more leaves for now: each part once.

    That is when all have gone, or when the campaign is on hold and none is under way: whoever
    was refused must not wait for a release to be heard of.
    """
    states = tx.parts.states(campaign.id)
    goes_on = PartState.READY in states and campaign.hold is None
    if PartState.IN_FLIGHT in states or goes_on:
        return
    new = [part for part in tx.parts.of(campaign.id) if not part.told]
    accepted = [part for part in new if part.state is PartState.ACCEPTED]
    refused = [part for part in new if part.state is PartState.REFUSED]
    dropped = [part for part in new if part.state is PartState.DROPPED]
    if PartState.READY in states:  # what is dropped with the others is told with them
        dropped = []
    for part in (*accepted, *refused, *dropped):
        tx.parts.save(replace(part, told=True))
    if accepted:
        ids = [str(part.gateway_id) for part in accepted if part.gateway_id]
        people = sum(part.people for part in accepted)
        facts: dict[str, Fact] = {"parts": len(accepted), "people": people, "gateway_ids": ids}
        tell(tx, campaign, NewsKind.SUBMITTED, **facts)
    _tell_not_sent(tx, campaign, NewsKind.PART_REFUSED, refused)
    _tell_not_sent(tx, campaign, NewsKind.PART_DROPPED, [part for part in dropped if part.people])


def _tell_not_sent(tx: Transaction, campaign: Campaign, kind: NewsKind, parts: list[Part]) -> None:
    if parts:
        tell(
            tx,
            campaign,
            kind,
            requester=campaign.requester,
            people=sum(part.people for part in parts),
            reasons=sorted({part.reason for part in parts}),
        )


def _is_persons_word(before: Part, after: Part) -> bool:
    """Whether a person decided this move; then the decision is told, or the notice says it."""
    if after.settled_by is None:
        return False
    return after.settled_by == before.claimed_by or after.settled_by != before.settled_by


def _decided(part: Part) -> str:
    """What a person had decided about a part that is now known to have gone."""
    if part.state is PartState.DROPPED and part.reason == LEFT:
        return "left"
    return "again" if part.state is PartState.READY and part.resent else ""
