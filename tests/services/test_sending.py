"""Sending: each part leaves at most once, in time, and only as it was approved."""

from datetime import timedelta

import pytest

from bot.domain.campaign import State
from bot.domain.departure import PROMPTNESS
from bot.domain.errors import GatewayError, GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.receipts import Status
from tests.builders import (
    ANA,
    BIA,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    ONE,
    THREE,
    TWO,
    make_policy,
)
from tests.fakes import PowerCutError
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

SECOND = timedelta(seconds=1)
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
    await desk.drafting.cancel(cancelled.id, by=ANA)
    await desk.sending.run()
    assert desk.gateway.sent == []


async def test_what_never_left_waits_and_is_tried_again(desk: Desk) -> None:
    """After its pause, which grows; it is told once, and goes when the platform is back."""
    desk.gateway.endings.extend([GatewayUnavailable(), GatewayUnavailable()])
    campaign = await desk.submitted()
    assert (await desk.part(campaign.id)).state is PartState.READY
    for pause in (5, 10):
        desk.clock.advance(pause * SECOND - timedelta(microseconds=1))
        asked = len(desk.gateway.sent)
        await desk.sending.run()
        assert len(desk.gateway.sent) == asked
        desk.clock.advance(timedelta(microseconds=1))
        await desk.sending.run()
        assert len(desk.gateway.sent) == asked + 1
    assert (await desk.campaign(campaign.id)).state is State.SENT
    assert desk.story(campaign.id) == [
        NewsKind.APPROVED,
        NewsKind.GATEWAY_AWAY,
        NewsKind.SUBMITTED,
    ]


async def test_a_platform_that_names_its_pause_is_left_alone_for_it(desk: Desk) -> None:
    """It knows best."""
    desk.gateway.endings.append(GatewayUnavailable(retry_after=90))
    campaign = await desk.submitted()
    assert (await desk.part(campaign.id)).not_before == NOON + 90 * SECOND


async def test_the_other_parts_go_on_while_one_waits(desk: Desk) -> None:
    """One refused connection doesn't stop a campaign, and is told once."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([GatewayUnavailable(), None, GatewayUnavailable()])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}")
    states = [part.state for part in await desk.parts(campaign.id)]
    assert states == [PartState.READY, PartState.ACCEPTED, PartState.READY]
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.GATEWAY_AWAY]
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert (await desk.campaign(campaign.id)).state is State.SENT


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


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaigns SET text = 'Feliz Páscoa'",
        "UPDATE campaigns SET send_at = '2026-12-22T17:00:00.000000+00:00'",
        "UPDATE recipients SET number = '31999990009' WHERE position = 1",
        "DELETE FROM recipients WHERE position = 1",
    ],
)
async def test_what_was_changed_after_approval_does_not_go(desk: Desk, change: str) -> None:
    """Not one letter, not one number: it is stopped, and told."""
    campaign = await desk.approved()
    await desk.tamper(change)
    await desk.sending.run()
    stopped = await desk.campaign(campaign.id)
    assert (stopped.state, stopped.close_reason) == (State.CANCELLED, "changed")
    assert desk.gateway.sent == []
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.CHANGED]
    assert desk.record(campaign.id)[-1] == ("torpedo", "changed")


async def test_it_goes_from_the_account_it_was_approved_for(desk: Desk) -> None:
    """Another account pays, and other numbers stand behind it."""
    campaign = await desk.approved()
    desk.gateway.account = "conta-2"
    await desk.restart()
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.CANCELLED


async def test_a_campaign_that_fits_no_request_stops_alone(desk: Desk) -> None:
    """The settings have changed since it was written; the campaigns after it go."""
    long = await desk.approved()
    short = await desk.approved(numbers="1188880002")
    desk.gateway.longest_number = 10
    await desk.sending.run()
    assert (await desk.campaign(long.id)).state is State.CANCELLED
    assert (await desk.campaign(short.id)).state is State.SENT


async def _opt_out(desk: Desk, number: Number) -> None:
    await desk.write(
        lambda tx: tx.optouts.add(number, at=desk.clock.now(), campaign=None, word="SAIR")
    )


async def test_who_opted_out_since_approval_gets_nothing(desk: Desk) -> None:
    """In whichever spelling; leaving people out is the one change an approval allows."""
    campaign = await desk.approved(numbers=f"{ONE}, 3188880002")
    await _opt_out(desk, TWO)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.LEFT_OUT, NewsKind.SUBMITTED]
    assert desk.told(campaign.id)[1].facts == {"count": 1}


async def test_who_opts_out_before_their_part_leaves_gets_nothing(desk: Desk) -> None:
    """The list is applied to each request as it leaves, not only to the first."""
    desk.gateway.room = 2
    desk.gateway.endings.extend([GatewayUnavailable(), GatewayUnavailable()])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}")
    await _opt_out(desk, TWO)
    await _opt_out(desk, THREE)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent[2:]] == [(ONE,)]
    kinds = desk.story(campaign.id)
    assert kinds.count(NewsKind.LEFT_OUT) == 2
    assert kinds[-1] is NewsKind.SUBMITTED
    parts = await desk.parts(campaign.id)
    assert [part.state for part in parts] == [PartState.ACCEPTED, PartState.DROPPED]
    assert [part.people for part in parts] == [1, 0]
    counts = await desk.store.read(lambda tx: tx.recipients.counts(campaign.id))
    assert counts.by_status == {Status.SENT: 1, Status.SUPPRESSED: 2}


async def test_where_everybody_opted_out_nothing_goes(desk: Desk) -> None:
    """It is closed and told."""
    campaign = await desk.approved(numbers=ONE)
    await _opt_out(desk, ONE)
    await desk.sending.run()
    assert desk.gateway.sent == []
    stopped = await desk.campaign(campaign.id)
    assert (stopped.state, stopped.close_reason) == (State.CANCELLED, "nobody_left")
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.NOBODY_LEFT]


async def test_an_approved_campaign_never_goes_late(desk: Desk) -> None:
    """The program was down at its time: the requester is asked for a new one."""
    campaign = await desk.approved(send_at=NOON + HOUR)
    desk.clock.advance(HOUR)
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.EXPIRED
    (_, told) = desk.told(campaign.id)
    assert (told.kind, told.facts["was_approved"]) == (NewsKind.EXPIRED, 1)


async def test_parts_whose_time_passed_before_they_could_leave_are_dropped(desk: Desk) -> None:
    """The platform was away until then; who got it and who didn't is told."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, *[GatewayUnavailable()] * 20])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}", send_at=NOON + 3 * MINUTE)
    for _ in range(10):
        desk.clock.advance(MINUTE)
        await desk.sending.run()
    assert all(asked.numbers == (ONE,) or asked.ending for asked in desk.gateway.sent)
    states = [part.state for part in await desk.parts(campaign.id)]
    assert states == [PartState.ACCEPTED, PartState.DROPPED, PartState.DROPPED]
    told = desk.told(campaign.id)
    assert [each.kind for each in told] == [
        NewsKind.APPROVED,
        NewsKind.GATEWAY_AWAY,
        NewsKind.SUBMITTED,
        NewsKind.PART_DROPPED,
    ]
    assert told[-1].facts == {"requester": ANA, "people": 2, "reasons": ["late"]}
    assert desk.record(campaign.id)[-1] == ("torpedo", "dropped")


async def test_at_once_means_within_two_hours(desk: Desk) -> None:
    """Later than that, nobody expects it any more."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.clock.advance(PROMPTNESS + SECOND)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.DROPPED
    assert (await desk.campaign(campaign.id)).state is State.DONE


async def test_what_waits_for_the_platform_does_not_go_at_night(open_desk: OpenDesk) -> None:
    """Approved in the evening, and the platform came back after nine."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    desk.clock.advance(9 * HOUR - MINUTE)
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.DROPPED


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


async def test_a_release_is_a_new_go(desk: Desk) -> None:
    """What a hold kept for half a day may leave once the second person lets it go."""
    held = await desk.approved()
    await desk.braking.hold(held.id, by=ANA)
    desk.clock.advance(6 * PROMPTNESS)
    assert await desk.braking.release(held.id, by=BIA)
    await desk.sending.run()
    assert (await desk.part(held.id)).state is PartState.ACCEPTED


async def test_an_old_go_launches_nothing(desk: Desk) -> None:
    """Approved, and then the program was down for hours: the requester is asked anew."""
    campaign = await desk.approved()
    desk.clock.advance(PROMPTNESS + SECOND)
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.EXPIRED


async def test_what_was_approved_for_one_account_never_leaves_by_another(desk: Desk) -> None:
    """The login was changed between two parts: the rest is dropped, and told why."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.gateway.account = "another"
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.DROPPED
    assert desk.told(campaign.id)[-1].facts["reasons"] == ["other account"]


async def test_its_own_answer_knows_a_parts_number_best(desk: Desk) -> None:
    """A call-back that came first may have named another."""

    async def call_back_first() -> None:
        await desk.call_back((await desk.part(campaign.id)).key, record_of(ONE, gateway_id=666))

    desk.gateway.meanwhile = call_back_first
    campaign = await desk.approved()
    await desk.sending.run()
    assert (await desk.part(campaign.id)).gateway_id == 7001
