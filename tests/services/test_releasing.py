"""Releasing: letting go takes the second person, in time, and waits for the platform."""

import pytest

from bot.domain.campaign import Campaign, Hold, State
from bot.domain.errors import GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import UserId
from bot.domain.news import NewsKind
from bot.domain.parts import Brake
from bot.domain.refusals import (
    NoReleaseAsked,
    NotAllowed,
    NotInChannel,
    NotOnHold,
    QuietHours,
    ReleaseAlreadyAsked,
    SelfApproval,
    TooLate,
)
from bot.domain.standing import Standing
from tests.builders import ANA, BIA, CAIO, HOUR, MINUTE, NIGHT, NOON, ONE, THREE, TWO, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

STRANGER = UserId("USTRANGER")
EVERYBODY = f"{ONE},{TWO},{THREE}"


async def _brakes(desk: Desk, campaign: Campaign) -> list[Brake]:
    return [part.brake for part in await desk.parts(campaign.id)]


async def _standing(desk: Desk, campaign: Campaign) -> Standing:
    return (await desk.viewing.campaign(campaign.id)).standing(desk.clock.now())


async def _held(desk: Desk, **typed: str) -> Campaign:
    campaign = await desk.submitted(**typed)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    return campaign


async def test_what_was_released_while_unknown_is_not_released_at_the_platform(desk: Desk) -> None:
    """It was never held there."""
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.release(campaign.id, by=BIA)
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, record_of(ONE, gateway_id=9, word="aguardando envio"))
    await desk.braking.run()
    assert desk.gateway.braked == []
    assert await _brakes(desk, campaign) == [Brake.OFF]


async def test_an_approver_lets_go_at_once(desk: Desk) -> None:
    """It is on record, told, and told again when the platform has confirmed."""
    campaign = await _held(desk)
    assert await desk.braking.release(campaign.id, by=BIA) is True
    assert (await desk.campaign(campaign.id)).hold is None
    assert await _standing(desk, campaign) is Standing.RELEASING
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 7001), ("release", 7001)]
    assert await _standing(desk, campaign) is Standing.DELIVERING
    assert desk.story(campaign.id)[-2:] == [NewsKind.RELEASED, NewsKind.RELEASE_DONE]
    assert desk.record(campaign.id)[-1] == (BIA, "released")


async def test_the_requesters_release_becomes_a_request(desk: Desk) -> None:
    """Nothing moves until an approver answers; a second request is refused."""
    campaign = await _held(desk)
    assert await desk.braking.release(campaign.id, by=ANA) is False
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.HELD]
    with pytest.raises(ReleaseAlreadyAsked):
        await desk.braking.release(campaign.id, by=ANA)
    with pytest.raises(SelfApproval):
        await desk.braking.answer_release(campaign.id, by=ANA, yes=True)
    await desk.braking.answer_release(campaign.id, by=BIA, yes=True)
    await desk.braking.run()
    assert await _brakes(desk, campaign) == [Brake.OFF]
    with pytest.raises(NoReleaseAsked):
        await desk.braking.answer_release(campaign.id, by=CAIO, yes=True)
    assert desk.story(campaign.id)[-3:] == [
        NewsKind.RELEASE_ASKED,
        NewsKind.RELEASED,
        NewsKind.RELEASE_DONE,
    ]


async def test_a_no_keeps_it_on_hold(desk: Desk) -> None:
    """And one may ask again."""
    campaign = await _held(desk)
    await desk.braking.release(campaign.id, by=ANA)
    await desk.braking.answer_release(campaign.id, by=BIA, yes=False)
    kept = await desk.campaign(campaign.id)
    assert (kept.hold, kept.release_request) == (Hold(ANA, NOON), None)
    assert desk.story(campaign.id)[-1] is NewsKind.RELEASE_REFUSED
    assert desk.record(campaign.id)[-1] == (BIA, "release refused")
    assert await desk.braking.release(campaign.id, by=ANA) is False


async def test_only_approvers_answer_a_request(open_desk: OpenDesk) -> None:
    """Where the settings name them, anybody else may only ask."""
    desk = await open_desk(make_policy(approvers=(BIA,)))
    campaign = await _held(desk)
    assert await desk.braking.release(campaign.id, by=CAIO) is False
    with pytest.raises(NotAllowed):
        await desk.braking.answer_release(campaign.id, by=CAIO, yes=False)


async def test_strangers_cannot_ask_for_a_release(desk: Desk) -> None:
    """Nor can anybody release what isn't held."""
    campaign = await desk.submitted()
    with pytest.raises(NotOnHold):
        await desk.braking.release(campaign.id, by=BIA)
    await desk.braking.hold(campaign.id, by=ANA)
    with pytest.raises(NotInChannel):
        await desk.braking.release(campaign.id, by=STRANGER)


async def test_nothing_is_released_into_the_night(open_desk: OpenDesk) -> None:
    """It stays on hold, and the answer says from when it may go."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    campaign = await _held(desk)
    desk.clock.advance(10 * HOUR)
    with pytest.raises(QuietHours):
        await desk.braking.release(campaign.id, by=BIA)
    assert (await desk.campaign(campaign.id)).hold is not None


@pytest.mark.parametrize("ending", [None, GatewayUnavailable()])
async def test_a_wish_that_flips_while_the_platform_is_asked_is_carried_out_next(
    desk: Desk, ending: Exception | None
) -> None:
    """The answer to the old wish settles nothing about the new one."""

    async def let_go() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.braking.release(campaign.id, by=BIA)

    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.gateway.meanwhile = let_go
    desk.gateway.brake_endings.append(ending)
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 7001), ("release", 7001)]
    assert await _brakes(desk, campaign) == [Brake.OFF]


async def test_a_hold_overtakes_releases_that_are_still_to_be_asked(desk: Desk) -> None:
    """Whoever pulls the brake doesn't wait while the platform is told to let the rest go."""
    desk.gateway.room = 1
    campaign = await _held(desk, numbers=EVERYBODY)
    await desk.braking.release(campaign.id, by=BIA)
    desk.gateway.braked.clear()

    async def pull() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.braking.hold(campaign.id, by=ANA)

    desk.gateway.meanwhile = pull
    await desk.braking.run()
    assert [asked for asked, _ in desk.gateway.braked] == ["release", "hold", "hold", "hold"]
    assert await _brakes(desk, campaign) == [Brake.HELD] * 3


async def test_what_is_held_at_our_own_door_goes_after_its_release(desk: Desk) -> None:
    """Held before the first request left: nothing to ask of the platform, either way."""
    campaign = await desk.approved()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    assert await _standing(desk, campaign) is Standing.ON_HOLD
    desk.clock.advance(3 * HOUR)
    await desk.braking.release(campaign.id, by=BIA)
    await desk.sending.run()
    await desk.braking.run()
    assert desk.gateway.braked == []
    assert (await desk.campaign(campaign.id)).state is State.SENT


async def _nothing() -> None:
    return None


async def test_what_was_held_past_its_time_is_not_let_go(desk: Desk) -> None:
    """Late is no, for a release as for an approval: the requester chooses a new time."""
    campaign = await desk.submitted(send_at=NOON + HOUR)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.release(campaign.id, by=ANA)
    desk.clock.advance(HOUR)
    with pytest.raises(TooLate):
        await desk.braking.answer_release(campaign.id, by=BIA, yes=True)
    with pytest.raises(TooLate):
        await desk.braking.release(campaign.id, by=BIA)
    await desk.braking.run()
    assert ("release", 7001) not in desk.gateway.braked
    await desk.braking.answer_release(campaign.id, by=BIA, yes=False)


async def test_what_was_under_way_when_it_was_held_may_go_on(desk: Desk) -> None:
    """Its time had come, and nobody would pull a brake that can't be let go."""
    campaign = await desk.submitted(send_at=NOON + HOUR)
    desk.clock.advance(HOUR + MINUTE)
    await desk.braking.hold(campaign.id, by=ANA)
    assert await desk.braking.release(campaign.id, by=BIA)
