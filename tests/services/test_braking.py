"""Braking: easier than the accelerator, and honest about how far it has got."""

from datetime import timedelta

import pytest

from bot.domain.campaign import Campaign, Hold, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import UserId
from bot.domain.news import NewsKind
from bot.domain.parts import Brake, PartState
from bot.domain.refusals import (
    AlreadyHeld,
    NothingToHold,
    NotInChannel,
)
from bot.domain.standing import Standing
from tests.builders import ANA, BIA, CAIO, HOUR, MINUTE, NOON, ONE
from tests.services.desk import Desk, record_of

STRANGER = UserId("USTRANGER")


async def _brakes(desk: Desk, campaign: Campaign) -> list[Brake]:
    return [part.brake for part in await desk.parts(campaign.id)]


async def _standing(desk: Desk, campaign: Campaign) -> Standing:
    return (await desk.viewing.campaign(campaign.id)).standing(desk.clock.now())


async def _deliver(desk: Desk, campaign: Campaign) -> None:
    for part in await desk.parts(campaign.id):
        people = await desk.people(part)
        await desk.call_back(part.key, *(record_of(one, word="SUCESSO") for one in people))


async def test_a_hold_is_stored_before_the_platform_is_asked(desk: Desk) -> None:
    """Asked and confirmed are told apart, part by part."""
    desk.gateway.room = 1
    campaign = await desk.submitted()
    held = await desk.braking.hold(campaign.id, by=ANA)
    assert held.hold == Hold(ANA, NOON)
    assert desk.gateway.braked == []
    assert await _brakes(desk, campaign) == [Brake.ASKED, Brake.ASKED]
    assert await _standing(desk, campaign) is Standing.HOLDING
    desk.gateway.brake_endings.extend([None, GatewayUnavailable()])
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.HELD, Brake.ASKED]
    assert await _standing(desk, campaign) is Standing.HOLDING
    desk.clock.advance(MINUTE)
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 7001), ("hold", 7002), ("hold", 7002)]
    assert await _standing(desk, campaign) is Standing.ON_HOLD
    assert desk.story(campaign.id)[2:] == [NewsKind.HOLD_ASKED, NewsKind.HOLD_DONE]
    assert desk.told(campaign.id)[-1].facts == {"held": 2, "too_late": 0, "parts": 2}
    assert desk.record(campaign.id)[-1] == (ANA, "hold")


async def test_anybody_in_the_channel_may_pull_it_but_nobody_else(desk: Desk) -> None:
    """The brake is the team's."""
    campaign = await desk.submitted()
    with pytest.raises(NotInChannel):
        await desk.braking.hold(campaign.id, by=STRANGER)
    await desk.braking.hold(campaign.id, by=CAIO)
    with pytest.raises(AlreadyHeld) as refused:
        await desk.braking.hold(campaign.id, by=BIA)
    assert refused.value.by == CAIO


async def test_what_has_not_been_approved_or_is_over_cannot_be_held(desk: Desk) -> None:
    """Nothing would come of it."""
    waiting, done = await desk.create(), await desk.submitted()
    await _deliver(desk, done)
    for campaign in (waiting, done):
        with pytest.raises(NothingToHold):
            await desk.braking.hold(campaign.id, by=ANA)


async def test_a_hold_is_tried_again_until_the_platform_confirms(desk: Desk) -> None:
    """After growing pauses, or as long as the platform asks; and across a restart."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.gateway.brake_endings.extend(
        [GatewayUnavailable(), GatewayRejected("ERRO"), GatewayUnavailable(retry_after=60)]
    )
    for pause in (0, 5, 10):
        desk.clock.advance(timedelta(seconds=pause))
        await desk.braking.run()
        await desk.braking.run()
    assert len(desk.gateway.braked) == 3
    await desk.restart()
    desk.clock.advance(timedelta(seconds=59))
    await desk.braking.run()
    assert len(desk.gateway.braked) == 3
    desk.clock.advance(timedelta(seconds=1))
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.HELD]
    part = await desk.part(campaign.id)
    assert (part.brake_attempts, part.brake_not_before, part.brake_reason) == (0, None, "")


async def test_when_everybody_has_it_a_refused_hold_came_too_late(desk: Desk) -> None:
    """It is told as it is: too late, in the platform's words."""
    desk.gateway.room = 1
    campaign = await desk.submitted()
    first, _ = await desk.parts(campaign.id)
    await desk.call_back(first.key, record_of(ONE, word="SUCESSO"))
    await desk.braking.hold(campaign.id, by=ANA)
    desk.gateway.brake_endings.append(GatewayRejected("CAMPANHA JA ENVIADA"))
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.TOO_LATE, Brake.HELD]
    first, _ = await desk.parts(campaign.id)
    assert first.brake_reason == "CAMPANHA JA ENVIADA"
    assert desk.told(campaign.id)[-1].facts == {"held": 1, "too_late": 1, "parts": 2}
    await desk.braking.release(campaign.id, by=BIA)
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.OFF, Brake.OFF]
    assert desk.gateway.braked[-1] == ("release", 7002)
    assert len(desk.gateway.braked) == 3


async def test_delivery_that_outruns_the_brake_ends_it_as_too_late(desk: Desk) -> None:
    """Nothing is left to hold: the platform isn't asked again, and nobody hears of a release."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.gateway.brake_endings.append(GatewayUnavailable())
    await desk.braking.run()
    await _deliver(desk, campaign)
    desk.clock.advance(HOUR)
    await desk.braking.run()
    assert (await desk.campaign(campaign.id)).state is State.DONE
    assert await _brakes(desk, campaign) == [Brake.TOO_LATE]
    assert len(desk.gateway.braked) == 1
    assert desk.story(campaign.id)[2:] == [
        NewsKind.HOLD_ASKED,
        NewsKind.HOLD_DONE,
        NewsKind.FINISHED,
    ]


async def test_a_hold_reaches_a_request_that_was_under_way(desk: Desk) -> None:
    """As soon as the platform has it, it is asked to hold it."""

    async def pull() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.braking.hold(campaign.id, by=ANA)
        await desk.braking.run()

    campaign = await desk.approved()
    desk.gateway.meanwhile = pull
    await desk.sending.run()
    assert desk.gateway.braked == []
    assert await _brakes(desk, campaign) == [Brake.ASKED]
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 7001)]
    assert await _standing(desk, campaign) is Standing.ON_HOLD


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        (GatewayUnavailable(), PartState.READY),
        (GatewayRejected("SALDO INSUFICIENTE"), PartState.REFUSED),
    ],
)
async def test_a_hold_has_nothing_to_ask_where_the_request_came_to_nothing(
    desk: Desk, ending: Exception, state: PartState
) -> None:
    """What isn't at the platform is held at our own door, and needs no release there."""
    desk.gateway.room = 1

    async def pull() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.braking.hold(campaign.id, by=ANA)

    campaign = await desk.approved()
    desk.gateway.endings.extend([None, ending])
    await desk.launching.run()
    await desk.sending.submit_next()
    desk.gateway.meanwhile = pull
    await desk.sending.run()
    await desk.braking.run()
    assert (await desk.parts(campaign.id))[1].state is state
    assert await _brakes(desk, campaign) == [Brake.HELD, Brake.OFF]
    assert await _standing(desk, campaign) is Standing.ON_HOLD
    assert NewsKind.HOLD_DONE in desk.story(campaign.id)
    await desk.braking.release(campaign.id, by=BIA)
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.OFF, Brake.OFF]
    assert [asked for asked, _ in desk.gateway.braked] == ["hold", "release"]
    assert await _standing(desk, campaign) is not Standing.RELEASING


async def test_a_part_of_unknown_fate_is_held_once_it_is_found(desk: Desk) -> None:
    """Until then there is no number to hold."""
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    assert desk.gateway.braked == []
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, record_of(ONE, gateway_id=9, word="aguardando envio"))
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 9)]


async def _nothing() -> None:
    return None


async def test_a_brake_that_breaks_us_is_tried_again_and_stops_no_other(desk: Desk) -> None:
    """Whatever it was, the wish stands until the platform confirms it."""
    first, second = await desk.submitted(), await desk.submitted()
    desk.gateway.brake_endings.append(KeyError("ours"))
    for campaign in (first, second):
        await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    assert await _brakes(desk, first) == [Brake.ASKED]
    assert await _brakes(desk, second) == [Brake.HELD]
    desk.clock.advance(MINUTE)
    await desk.braking.run()
    assert await _brakes(desk, first) == [Brake.HELD]
