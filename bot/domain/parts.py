"""A part: one ``sendsms`` at the platform, so one *codigo_campanha*."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.campaign import Campaign, ImpossibleMoveError
from bot.domain.ids import CampaignId, Digest, GatewayId, PartId, UserId

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
"""What waits longer than this waits for a moment of a clock that was put back since."""


class PartState(StrEnum):
    """What is certain about a part's one request."""

    READY = "ready"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


SETTLED = frozenset({PartState.ACCEPTED, PartState.REFUSED, PartState.DROPPED})
PART_TRANSITIONS: dict[PartState, frozenset[PartState]] = {
    PartState.READY: frozenset({PartState.IN_FLIGHT, PartState.DROPPED, PartState.ACCEPTED}),
    PartState.IN_FLIGHT: frozenset(
        {PartState.ACCEPTED, PartState.REFUSED, PartState.UNKNOWN, PartState.READY}
    ),
    PartState.ACCEPTED: frozenset(),
    PartState.REFUSED: frozenset({PartState.ACCEPTED}),
    PartState.UNKNOWN: frozenset({PartState.ACCEPTED, PartState.READY, PartState.DROPPED}),
    PartState.DROPPED: frozenset({PartState.ACCEPTED}),
}
"""In flight goes back to ready only when the request certainly never left.

Ready is dropped when its time passed before it could leave: nothing went. Any state becomes
accepted when a call-back on the part's own address proves that it went after all, whatever
was believed before: a fact is never refused, and what went is never sent again.
"""


class Brake(StrEnum):
    """How far the brake has got at the platform for one part."""

    OFF = "off"
    ASKED = "asked"
    HELD = "held"
    TOO_LATE = "too_late"
    RELEASING = "releasing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of a campaign's people, as one request.

    ``text`` is what its people get, where that isn't everybody's: the campaign's has fields then.
    ``key`` is the unguessable end of its own call-back address; ``people`` how many
    numbers it carries; ``digest`` seals what was approved of it, until it leaves;
    ``not_before`` when a request that never left may be tried again;
    ``lost_at`` when its fate was found to be unknown. ``claimed_id`` is a person's word that
    it went, not checked yet; ``settled_by`` who decided what became of it, where a person
    did; ``resent`` how often somebody had it sent again.

    ``asked_at`` is when its status was last asked for, ``heard_at`` when any was last told,
    ``called_back_at`` when a call-back last did, ``moved_at`` when one last changed, and
    ``listed`` how many of its people the platform's own list has. ``told`` says that the
    thread knows what became of its request.
    """

    id: PartId
    campaign: CampaignId
    position: int
    key: str
    people: int
    text: str | None = None
    digest: Digest | None = None
    state: PartState = PartState.READY
    gateway_id: GatewayId | None = None
    reason: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    submitted_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by: UserId | None = None
    resent: int = 0
    lost_at: datetime | None = None
    claimed_id: GatewayId | None = None
    claimed_by: UserId | None = None
    claimed_at: datetime | None = None
    brake: Brake = Brake.OFF
    brake_reason: str = ""
    brake_attempts: int = 0
    brake_not_before: datetime | None = None
    asked_at: datetime | None = None
    heard_at: datetime | None = None
    called_back_at: datetime | None = None
    moved_at: datetime | None = None
    listed: int | None = None
    told: bool = False

    def to(self, state: PartState) -> "Part":
        """Move along the table; anything else is a mistake of ours and raises."""
        if state not in PART_TRANSITIONS[self.state]:
            message = f"part {self.id}: {self.state} can't become {state}"
            raise ImpossibleMoveError(message)
        return replace(self, state=state)

    def text_in(self, campaign: Campaign) -> str:
        """What its people get."""
        return campaign.text if self.text is None else self.text

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to send or to find out about its request."""
        return self.state in SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRequest:
    """A request of unknown fate that somebody had sent again; its address is listened to still.

    ``heard_at`` is when something first came back to it, which proves that it went, too;
    ``gateway_id`` is its number, once told.
    """

    key: str
    heard_at: datetime | None = None
    gateway_id: GatewayId | None = None


def depart(part: Part, *, at: datetime) -> Part:
    """Write down that its request is about to leave; commit this before the first byte."""
    moved = part.to(PartState.IN_FLIGHT)
    return replace(moved, submitted_at=at, attempts=part.attempts + 1, not_before=None, reason="")


def accept(part: Part, gateway_id: GatewayId | None, *, at: datetime) -> Part:
    """Take the platform's yes, from its answer or from a call-back on the part's address.

    A call-back may arrive before the answer, so an accepted part stays accepted and at
    most learns its platform number. Whoever had left it didn't say that it went.
    """
    if part.state is PartState.ACCEPTED:
        return replace(part, gateway_id=part.gateway_id or gateway_id)
    moved = unclaim(part.to(PartState.ACCEPTED))
    decided = None if part.state is PartState.DROPPED else part.settled_by
    return replace(moved, gateway_id=gateway_id, settled_at=at, settled_by=decided, reason="")


def refuse(part: Part, reason: str, *, at: datetime) -> Part:
    """Take the platform's no: never again by itself."""
    return replace(part.to(PartState.REFUSED), reason=reason, settled_at=at)


def lose(part: Part, reason: str, *, at: datetime) -> Part:
    """Admit that its fate can't be known; only evidence or a person settles it."""
    return replace(part.to(PartState.UNKNOWN), reason=reason, lost_at=at)


def wait_again(part: Part, reason: str, *, at: datetime, pause: float | None = None) -> Part:
    """Keep its place after a request that certainly never left, with a growing pause."""
    moved = part.to(PartState.READY)
    return replace(moved, reason=reason, not_before=at + growing_pause(part.attempts, pause))


def drop(part: Part, reason: str, *, at: datetime) -> Part:
    """Give it up: it doesn't go, and that is on record."""
    return replace(unclaim(part.to(PartState.DROPPED)), reason=reason, settled_at=at)


def unclaim(part: Part) -> Part:
    """Forget a person's word about it: it is settled, or the word didn't hold."""
    return replace(part, claimed_id=None, claimed_by=None, claimed_at=None)


def growing_pause(attempts: int, asked: float | None = None) -> timedelta:
    """How long to wait after so many tries: 5 s, 10 s, 20 s ... 5 min, or so long as asked to.

    Never more than five minutes: what waits longer counts as left behind by the clock.
    """
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(attempts - 1, 0), 10)
    return min(LONGEST_PAUSE, max(doubled, timedelta(seconds=asked or 0)))
