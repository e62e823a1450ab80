"""Sending: each part leaves at most once, in time, and only as it was approved."""

import pytest

from bot.domain.campaign import State
from bot.domain.errors import GatewayError, GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.receipts import Status
from tests.builders import (
    ANA,
    BIA,
    HOUR,
    MINUTE,
    NOON,
    ONE,
    THREE,
    TWO,
)
from tests.fakes import PowerCutError
from tests.services.desk import Desk, record_of

LONG = 48 * HOUR


async def test_an_approved_campaign_goes(desk: Desk) -> None:
    """Its text to its people, with a call-back address of its own; and it is told."""
    campaign = await desk.submitted()
    (asked,) = desk.gateway.sent
    assert (asked.text, asked.numbers, asked.send_at) == ("Feliz Natal", (ONE, TWO), None)
    part = await desk.part(campaign.id)
    assert asked.callback_url == f"https://torpedo.example/c/{part.key}"
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, GatewayId(7001))
    assert campaign.state is State.SENT
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.SUBMITTED]
    assert desk.told(campaign.id)[-1].facts == {"parts": 1, "people": 2, "gateway_ids": ["7001"]}
    counts = await desk.store.read(lambda tx: tx.recipients.counts(campaign.id))
    assert counts.of(Status.SENT) == 2


async def test_a_request_is_on_disk_before_it_leaves(desk: Desk) -> None:
    """Whoever opens the file while the platform is asked sees that it may have gone."""
    seen: list[tuple[str, int]] = []

    async def look() -> None:
        seen.extend(desk.look("SELECT state, attempts FROM parts"))

    desk.gateway.meanwhile = look
    await desk.submitted()
    assert seen == [("in_flight", 1)]


async def test_each_part_has_an_address_of_its_own(desk: Desk) -> None:
    """A large campaign is several requests, each with its own people and its own key."""
    desk.gateway.room = 1
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}")
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,), (TWO,), (THREE,)]
    assert len({asked.key for asked in desk.gateway.sent}) == 3
    assert min(len(asked.key) for asked in desk.gateway.sent) >= 22
    assert [part.position for part in await desk.parts(campaign.id)] == [1, 2, 3]
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.SUBMITTED]


async def test_a_scheduled_campaign_is_handed_over_with_its_time(desk: Desk) -> None:
    """The platform keeps it until then."""
    await desk.submitted(send_at=NOON + HOUR)
    assert [asked.send_at for asked in desk.gateway.sent] == [NOON + HOUR]


async def test_nothing_unapproved_leaves(desk: Desk) -> None:
    """Waiting, rejected, cancelled or expired: the platform never hears of it."""
    _waiting, rejected, cancelled = [await desk.create() for _ in range(3)]
    await desk.approving.reject(rejected.id, by=BIA, version=1, reason="não")
    await desk.editing.cancel(cancelled.id, by=ANA)
    await desk.sending.run()
    assert desk.gateway.sent == []


async def test_the_platforms_no_is_final(desk: Desk) -> None:
    """Never again by itself; the requester hears why."""
    desk.gateway.endings.append(GatewayRejected("SALDO INSUFICIENTE"))
    campaign = await desk.submitted()
    desk.clock.advance(LONG)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert campaign.state is State.DONE
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.PART_REFUSED]
    assert desk.told(campaign.id)[-1].facts["reasons"] == ["SALDO INSUFICIENTE"]


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (OutcomeUnknown("time-out"), "time-out"),
        (GatewayError("?"), "error"),
        (ZeroDivisionError(), "error"),
    ],
)
async def test_what_may_have_gone_is_never_sent_again(
    desk: Desk, ending: Exception, reason: str
) -> None:
    """Not now, not later, not after a restart: only evidence or a person settles it."""
    desk.gateway.endings.append(ending)
    campaign = await desk.submitted()
    for _ in range(3):
        desk.clock.advance(LONG)
        await desk.restart()
        await desk.sending.run()
    part = await desk.part(campaign.id)
    assert (part.state, part.reason) == (PartState.UNKNOWN, reason)
    assert len(desk.gateway.sent) == 1
    assert campaign.state is State.SENDING
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.PART_UNKNOWN]
    assert desk.told(campaign.id)[-1].facts["at"] == NOON.isoformat()


async def test_a_crash_in_the_middle_leaves_it_unknown(desk: Desk) -> None:
    """Nobody can say whether the request left before the lights went out."""
    desk.gateway.endings.append(PowerCutError())
    with pytest.raises(PowerCutError):
        await desk.submitted()
    assert desk.look("SELECT state FROM parts") == [("in_flight",)]
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    await desk.restart()
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert desk.look("SELECT state, reason FROM parts") == [("unknown", "restarted")]
    assert await desk.sending.recover() == 0


async def test_other_parts_go_on_beside_an_unknown_one(desk: Desk) -> None:
    """Its campaign isn't sent until it is settled."""
    desk.gateway.room = 1
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign = await desk.submitted()
    states = [part.state for part in await desk.parts(campaign.id)]
    assert states == [PartState.UNKNOWN, PartState.ACCEPTED]
    assert campaign.state is State.SENDING


async def test_an_answer_that_comes_after_a_call_back_adds_its_number(desk: Desk) -> None:
    """The call-back proved that it went; the answer says under which id."""

    async def call_back() -> None:
        key = desk.gateway.sent[-1].key
        await desk.call_back(key, f";{ONE};;2026-12-22 12:05:00;aguardando envio;")

    desk.gateway.meanwhile = call_back
    campaign = await desk.submitted()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, 7001)
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.SUBMITTED]


@pytest.mark.parametrize(
    "ending", [OutcomeUnknown("time-out"), GatewayUnavailable(), GatewayRejected("ERRO")]
)
async def test_a_call_back_outweighs_a_lost_answer(desk: Desk, ending: Exception) -> None:
    """Whatever the answer was, the platform has called back: it went, and goes no more."""

    async def call_back() -> None:
        await desk.call_back(desk.gateway.sent[-1].key, record_of(ONE, word="aguardando envio"))

    desk.gateway.meanwhile = call_back
    desk.gateway.endings.append(ending)
    campaign = await desk.submitted()
    desk.clock.advance(HOUR)
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED
    assert len(desk.gateway.sent) == 1


async def test_while_a_hold_is_wanted_no_further_part_leaves(desk: Desk) -> None:
    """Neither the first part nor, in the middle of sending, the next."""
    before = await desk.approved()
    await desk.braking.hold(before.id, by=ANA)
    await desk.sending.run()
    await desk.launching.run()
    assert desk.gateway.sent == []

    desk.gateway.room = 1
    during = await desk.approved()

    async def pull() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.braking.hold(during.id, by=ANA)

    desk.gateway.meanwhile = pull
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1


async def _nothing() -> None:
    return None


async def test_its_own_answer_knows_a_parts_number_best(desk: Desk) -> None:
    """A call-back that came first may have named another."""

    async def call_back_first() -> None:
        await desk.call_back((await desk.part(campaign.id)).key, record_of(ONE, gateway_id=666))

    desk.gateway.meanwhile = call_back_first
    campaign = await desk.approved()
    await desk.sending.run()
    assert (await desk.part(campaign.id)).gateway_id == 7001
