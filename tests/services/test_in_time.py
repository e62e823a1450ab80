"""Sending in time: what is late, or has waited too long, never goes by itself."""

from datetime import timedelta

import pytest

from bot.domain.campaign import State
from bot.domain.departure import PROMPTNESS
from bot.domain.errors import GatewayUnavailable
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
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
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

SECOND = timedelta(seconds=1)


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


@pytest.mark.parametrize("back", [HOUR, timedelta(days=400)])
async def test_a_pause_does_not_outlast_a_clock_that_was_put_back(
    desk: Desk, back: timedelta
) -> None:
    """What should wait for longer than any pause waits for no moment: it goes."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.clock.set(NOON - back)
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED


async def test_a_long_pause_that_the_platform_asks_for_is_no_put_back_clock(desk: Desk) -> None:
    """Five minutes at most are waited, and they are waited."""
    desk.gateway.endings.append(GatewayUnavailable(retry_after=3600))
    campaign = await desk.submitted()
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).not_before == NOON + 5 * MINUTE
