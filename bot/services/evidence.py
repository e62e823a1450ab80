"""Evidence that comes after a person decided: it is told, never hidden."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import GatewayId
from bot.domain.news import NewsKind
from bot.domain.parts import Brake, Part, PartState, accept
from bot.ports import Transaction
from bot.services.settling import settle_part
from bot.services.telling import tell


def learn_of_earlier(
    tx: Transaction, part: Part, key: str, told: GatewayId | None, *, at: datetime
) -> None:
    """Take a call-back for a request that somebody had sent again: the first went, too.

    Before the second has left, that settles the part, and nothing leaves twice. While it is
    under way, its own end decides what this means. After it, its people may have two; the
    thread is told once, and a brake reaches both.
    """
    known = next(one for one in tx.parts.earlier(part.id) if one.key == key)
    tx.parts.hear_earlier(key, told, at=at)
    if part.state is PartState.IN_FLIGHT:
        return
    if part.state is not PartState.ACCEPTED:
        settle_part(tx, part, accept_earlier(tx, part, key, told, at=at), at=at)
        return
    if part.gateway_id == told is not None:
        return
    if known.gateway_id is None and told is not None:
        tx.parts.save(_ask_to_hold(tx, part))
    if known.heard_at is None:
        _tell(tx, part, "twice", told)


def settle_ending(tx: Transaction, before: Part, after: Part, *, at: datetime) -> None:
    """Store how a request ended, where an earlier one of its part may be known to have gone.

    A newer one that isn't known to have gone counts for nothing beside an earlier one that is;
    where its own fate is unknown, the thread is told that it may have gone, too.
    """
    went = next((one for one in tx.parts.earlier(before.id) if one.heard_at is not None), None)
    if went is None or after.state is PartState.ACCEPTED:
        settle_part(tx, before, after, at=at)
        tell_of_both(tx, before, after)
        return
    if after.state is PartState.UNKNOWN:
        settle_part(tx, before, after, at=at)
        before = tx.parts.get(before.id)
    found = accept_earlier(tx, before, went.key, went.gateway_id, at=at)
    settle_part(tx, before, found, at=at)


def tell_of_both(tx: Transaction, before: Part, after: Part) -> None:
    """Tell that the newer request went, where an earlier was heard of while it was under way."""
    if before.state is not PartState.IN_FLIGHT or before.key != after.key:
        return
    if after.state is not PartState.ACCEPTED:
        return
    for one in tx.parts.earlier(after.id):
        if one.heard_at is not None:
            _tell(tx, after, "twice", one.gateway_id)


def accept_earlier(
    tx: Transaction, part: Part, key: str, gateway_id: GatewayId | None, *, at: datetime
) -> Part:
    """Take the earlier request as the one that went; what comes to the newer's address is late."""
    tx.parts.swap_key(part.id, earlier=key, newest=part.key)
    return accept(replace(part, key=key), gateway_id, at=at)


def correct_word(tx: Transaction, part: Part, told: GatewayId | None) -> None:
    """Prefer the platform's word to a person's, about the number that a part has there."""
    if told is None or part.settled_by is None or part.resent:
        return
    tx.parts.save(_ask_to_hold(tx, replace(part, gateway_id=told, settled_by=None)))
    _tell(tx, part, "other_number", told)


def _ask_to_hold(tx: Transaction, part: Part) -> Part:
    """Ask for the hold again: what was held under one number isn't held under another.

    A campaign that is over is held no more, so nothing more is asked for it.
    """
    if part.brake is not Brake.HELD or tx.campaigns.get(part.campaign).hold is None:
        return part
    return replace(part, brake=Brake.ASKED, brake_attempts=0, brake_not_before=None)


def _tell(tx: Transaction, part: Part, kind: str, told: GatewayId | None) -> None:
    campaign = tx.campaigns.get(part.campaign)
    tell(
        tx,
        campaign,
        NewsKind.LATE_EVIDENCE,
        kind=kind,
        part=part.position,
        parts=len(tx.parts.of(campaign.id)),
        people=part.people,
        gateway_id=told,
        was=part.gateway_id,
        by=part.settled_by,
    )
