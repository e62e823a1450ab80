"""A part of unknown fate, and what a person may decide about it: it went, again, or leave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.campaign import Campaign, State
from bot.domain.departure import check_go
from bot.domain.ids import GatewayId, Number, UserId
from bot.domain.numbers import same_person_key
from bot.domain.parts import Part, PartState, drop, unclaim
from bot.domain.policy import Policy
from bot.domain.refusals import NotUnknown, TooLate

LEFT = "left"
"""Why a part is dropped that somebody decided to leave as it is."""
CLOCKS_DISAGREE = timedelta(hours=1)
"""How far the platform's clock may be from ours before its times say anything."""


class Verdict(StrEnum):
    """What the platform's own list says of a person's word."""

    HOLDS = "holds"
    OTHER_PEOPLE = "other_people"
    TOO_OLD = "too_old"
    NO_SUCH = "no_such"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the platform's list: whose phone, and when it was queued, as far as told."""

    number: Number | None
    queued_at: datetime | None


def check_unknown(campaign: Campaign, part: Part, *, resent: int) -> None:
    """Refuse a decision about a part that is settled: nothing is decided twice.

    ``resent`` is what the button knew: one about an earlier try decides nothing about this.
    """
    if part.state is not PartState.UNKNOWN or part.resent != resent:
        raise NotUnknown(campaign.id, part.position, part.state, part.settled_by)


def is_doubtful(part: Part) -> bool:
    """Whether a request of it may have gone without our knowing, and so have taken credit."""
    return part.resent > 0 or (
        part.state in {PartState.UNKNOWN, PartState.IN_FLIGHT}
        or (part.state is PartState.DROPPED and part.reason == LEFT)
    )


def claim(part: Part, gateway_id: GatewayId, *, by: UserId, at: datetime) -> Part:
    """Take a person's word that it went under this number, to be checked with the platform."""
    return replace(part, claimed_id=gateway_id, claimed_by=by, claimed_at=at)


def judge(rows: Sequence[Listed], people: Sequence[Number], *, left_at: datetime) -> Verdict:
    """Hold a person's word against the platform's list of that campaign.

    A list that is empty can't say no. One about anybody else, or about messages queued well
    before the request left, is another campaign's.
    """
    ours = {same_person_key(number) for number in people}
    if any(row.number is not None and same_person_key(row.number) not in ours for row in rows):
        return Verdict.OTHER_PEOPLE
    earliest = left_at - CLOCKS_DISAGREE
    if any(row.queued_at is not None and row.queued_at < earliest for row in rows):
        return Verdict.TOO_OLD
    return Verdict.HOLDS


def send_again(part: Part, key: str, *, by: UserId) -> Part:
    """Let it go once more, on a person's word, under a call-back address of its own.

    The new address keeps the two requests apart: what comes back to the old one proves
    that the first went, too.
    """
    again = unclaim(part.to(PartState.READY))
    return replace(
        again,
        key=key,
        reason="",
        attempts=0,
        not_before=None,
        settled_by=by,
        resent=part.resent + 1,
    )


def leave(part: Part, *, by: UserId, at: datetime) -> Part:
    """Leave it as it is: nothing more is sent to its people, whatever became of it."""
    return replace(drop(part, LEFT, at=at), settled_by=by)


def say_go_again(campaign: Campaign, *, at: datetime, policy: Policy) -> Campaign:
    """Take sending again as a new go: not after the chosen time, and not in quiet time."""
    if campaign.state is not State.SENDING or campaign.is_late(at):
        raise TooLate(campaign.id, campaign.send_at or at)
    check_go(campaign, at=at, policy=policy)
    return replace(campaign, go_at=at)
