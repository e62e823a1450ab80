"""Campaigns to draw: one of each kind, at a fixed time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.campaign import Approval, Campaign, Hold, ReleaseRequest, State
from bot.domain.changes import Changes
from bot.domain.credit import Balance, CreditEvidence
from bot.domain.filling import Example, Filled
from bot.domain.ids import (
    CampaignId,
    ChannelId,
    Digest,
    GatewayId,
    Number,
    PartId,
    UserId,
)
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import Brake, Part, PartState
from bot.domain.quiet import QuietSpan, QuietTimes
from bot.domain.receipts import Status
from bot.domain.standing import CampaignView, Counts, Standing
from bot.domain.unknown import LEFT

NOW = datetime(2026, 12, 23, 17, 2, tzinfo=UTC)
REQUESTER = UserId("U0ANA")
APPROVER = UserId("U0BIA")
COLLEAGUE = UserId("U0CAI")
CHANNEL = ChannelId("C0PROMO")
DIGEST = Digest("9f3c11ab" + "0" * 56)
TEXT = "Feliz Natal! Passe na loja e ganhe um panetone. Responda SAIR para parar."

CAMPAIGN = Campaign(
    id=CampaignId(42),
    name="Natal 2026",
    channel=CHANNEL,
    requester=REQUESTER,
    text=TEXT,
    send_at=None,
    zone="America/Sao_Paulo",
    account="a1",
    digest=DIGEST,
    created_at=NOW,
    expires_at=NOW + timedelta(hours=24),
)
APPROVALS = (Approval(APPROVER, NOW + timedelta(minutes=3), 1, DIGEST),)
HOLD = Hold(COLLEAGUE, NOW + timedelta(minutes=4))
TOMORROW = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
LEFT_OUT = {Fault.DUPLICATE: 74, Fault.NOT_A_MOBILE: 40, Fault.NO_SUCH_DDD: 5}
EXAMPLES = (
    LeftOut(3, "31 3333-0000", Fault.NOT_A_MOBILE),
    LeftOut(9, "<!channel> `x`", Fault.NOT_A_NUMBER),
)
QUEUED = Counts({Status.QUEUED: 4812})
MIDWAY = Counts({Status.DELIVERED: 3270, Status.FAILED: 41, Status.SENT: 1501})
FINAL = Counts({Status.DELIVERED: 4700, Status.FAILED: 90, Status.SENT: 10, Status.SUPPRESSED: 12})


def part(position: int, **facts: Any) -> Part:  # noqa: ANN401  each field has its own type
    """Make one of a campaign's parts."""
    made = Part(
        id=PartId(position),
        campaign=CampaignId(42),
        position=position,
        key=f"key{position}",
        people=1604,
        state=PartState.ACCEPTED,
        gateway_id=GatewayId(90000 + position),
        submitted_at=NOW + timedelta(minutes=3, seconds=9),
        attempts=1,
    )
    return replace(made, **facts)


THREE = (part(1), part(2), part(3))


def view(
    state: State = State.WAITING,
    **facts: Any,  # noqa: ANN401  each field has its own type
) -> CampaignView:
    """Make a view of the campaign in a state; facts of either go where they belong."""
    own = {name: facts.pop(name) for name in list(facts) if hasattr(CAMPAIGN, name)}
    if state not in {State.WAITING, State.REJECTED, State.EXPIRED}:
        own.setdefault("approvals", APPROVALS)
    facts.setdefault("counts", QUEUED)
    return CampaignView(campaign=replace(CAMPAIGN, state=state, **own), **facts)


def closed(state: State, reason: str = "", by: UserId | None = APPROVER) -> CampaignView:
    """Make a view of a campaign that was closed before anything went."""
    at = NOW + timedelta(minutes=9)
    return view(state, closed_by=by, closed_at=at, close_reason=reason, approvals=())


def braked(*brakes: Brake) -> tuple[Part, ...]:
    """Make accepted parts with these brakes."""
    return tuple(part(position, brake=brake) for position, brake in enumerate(brakes, start=1))


def lost(position: int, reason: str = "read timeout") -> Part:
    """Make a part whose fate is unknown."""
    return part(position, state=PartState.UNKNOWN, gateway_id=None, reason=reason)


def left(position: int, by: UserId | None = COLLEAGUE) -> Part:
    """Make a part that somebody left as it was."""
    return replace(lost(position, LEFT), state=PartState.DROPPED, settled_by=by)


def waiting(position: int) -> Part:
    """Make a part whose request didn't reach the platform."""
    again = NOW + timedelta(minutes=5)
    return part(position, state=PartState.READY, gateway_id=None, reason="away", not_before=again)


CHANGES = Changes(
    version=2,
    by=REQUESTER,
    at=NOW + timedelta(minutes=18),
    text_before="Feliz Natal! Passe na loja e ganhe um brinde. Responda SAIR para parar.",
    send_at_before=None,
    added=12,
    removed=3,
    voided=1,
)
QUIET_TIMES = QuietTimes(
    zone=ZoneInfo("America/Sao_Paulo"), hours=QuietSpan(time(21), time(8)), sundays=True
)
NIGHT = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
"""Ten in the evening in São Paulo."""
QUIET = view(send_at=NIGHT, quiet=True, quiet_times=QUIET_TIMES)
"""One that its writer asks to send at night all the same."""
EDITED = view(version=2, send_at=TOMORROW, edited_at=CHANGES.at, changes=CHANGES)
"""A second version that waits: other words, another time, other people."""

FILLED = view(
    text="Olá {nome}, seu cupom é {cupom}. Feliz Natal!",
    filled=Filled(
        fields=("nome", "cupom"),
        texts=4812,
        requests=4812,
        examples=(
            Example(Number("31999990001"), "Olá Ana, seu cupom é NATAL1. Feliz Natal!"),
            Example(
                Number("11988880002"),
                "Olá Maria Aparecida da Conceição, seu cupom é NATAL4000. Feliz Natal!",
            ),
            Example(Number("21977770003"), "Olá <!here> *Zé*, seu cupom é NATAL9. Feliz Natal!"),
        ),
    ),
    segments={1: 4712, 2: 100},
)
"""One whose text has fields."""

VIEWS: Mapping[Standing, CampaignView] = {
    Standing.WAITING: view(
        left_out=LEFT_OUT,
        left_out_examples=EXAMPLES,
        balance=Balance(Decimal(12340), NOW - timedelta(seconds=10)),
    ),
    Standing.REJECTED: closed(State.REJECTED, "O preço está *errado* <!here>"),
    Standing.CANCELLED: closed(State.CANCELLED, by=REQUESTER),
    Standing.EXPIRED: closed(State.EXPIRED, by=None),
    Standing.NEEDS_YOU: view(State.SENDING, parts=(part(1), lost(2), part(3))),
    Standing.HOLDING: view(
        State.SENT,
        hold=HOLD,
        parts=braked(Brake.HELD, Brake.ASKED, Brake.TOO_LATE),
        counts=MIDWAY,
    ),
    Standing.ON_HOLD: view(
        State.SENT,
        hold=HOLD,
        release_request=ReleaseRequest(REQUESTER, NOW + timedelta(minutes=8)),
        parts=braked(Brake.HELD, Brake.HELD, Brake.TOO_LATE),
        counts=MIDWAY,
    ),
    Standing.RELEASING: view(
        State.SENT, parts=braked(Brake.RELEASING, Brake.OFF, Brake.OFF), counts=MIDWAY
    ),
    Standing.APPROVED: view(State.APPROVED),
    Standing.SENDING: view(State.SENDING, parts=(part(1), waiting(2), waiting(3))),
    Standing.SCHEDULED: view(
        State.SENT,
        parts=THREE,
        send_at=TOMORROW,
        zone="Europe/Lisbon",
        counts=Counts({Status.SENT: 4812}),
    ),
    Standing.DELIVERING: view(
        State.SENT, parts=THREE, counts=MIDWAY, counted_at=NOW + timedelta(minutes=6)
    ),
    Standing.DONE: view(
        State.DONE,
        parts=THREE,
        counts=FINAL,
        launched_at=NOW + timedelta(minutes=3),
        finished_at=NOW + timedelta(minutes=75),
        replies=31,
        opt_outs=4,
    ),
    Standing.NOT_SENT: view(
        State.DONE,
        parts=(part(1, state=PartState.REFUSED, gateway_id=None, reason="SALDO INSUFICIENTE <1>"),),
    ),
}
"""A view for every standing that a card can have at ``NOW``."""

WENT = CreditEvidence(
    before=Balance(Decimal(12340), NOW + timedelta(minutes=2)),
    after=Balance(Decimal(10236), NOW + timedelta(minutes=5)),
    takes=1604,
    others=500,
)
"""Evidence that a part of 1,604 people went, beside others that took 500."""
DOUBTFUL = replace(VIEWS[Standing.NEEDS_YOU], evidence={PartId(2): WENT})
CLAIMED = view(
    State.SENDING,
    parts=(
        part(1),
        replace(
            lost(2),
            claimed_id=GatewayId(90005),
            claimed_by=COLLEAGUE,
            claimed_at=NOW + timedelta(minutes=9),
        ),
        part(3),
    ),
    evidence={PartId(2): CreditEvidence(before=WENT.before, after=None, takes=1604)},
)
"""The same part, while a person's word about it is being checked."""
