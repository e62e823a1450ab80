"""Numbers at the platform that are learnt late: they are corrected, told, and held too."""

import pytest

from bot.domain.campaign import Campaign
from bot.domain.ids import GatewayId
from bot.domain.news import NewsKind
from bot.domain.parts import Brake
from bot.services.tracking import MINUTE
from tests.builders import ANA, BIA, HOUR, NOON, ONE
from tests.fakes import Row
from tests.services.desk import Desk, record_of

FIRST_ID, SECOND_ID = 55, 7001


async def _late(desk: Desk, campaign: Campaign) -> list[dict[str, object]]:
    told = desk.told(campaign.id)
    return [each.facts for each in told if each.kind is NewsKind.LATE_EVIDENCE]


async def _first_calls_back(desk: Desk) -> None:
    """Let the platform call the address of the first request."""
    record = record_of(ONE, gateway_id=FIRST_ID, word="aguardando envio")
    await desk.call_back(desk.gateway.sent[0].key, record)


async def _nothing() -> None:
    return None


async def _claimed(desk: Desk) -> Campaign:
    campaign = await desk.lost()
    await desk.went(campaign, 9, by=ANA)
    desk.gateway.rows[GatewayId(9)] = [Row(ONE, "aguardando envio", queued_at=NOON)]
    assert await desk.tracking.poll_status()
    return campaign


async def test_the_platforms_word_about_its_number_is_better_than_a_persons(desk: Desk) -> None:
    """The number is corrected once, and told; what was held under the other is held anew."""
    campaign = await _claimed(desk)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    for _ in range(2):
        await _first_calls_back(desk)
    part = await desk.part(campaign.id)
    assert (part.gateway_id, part.settled_by, part.brake) == (FIRST_ID, None, Brake.ASKED)
    (told,) = await _late(desk, campaign)
    assert (told["kind"], told["gateway_id"], told["was"]) == ("other_number", FIRST_ID, 9)
    assert told["by"] == ANA
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 9), ("hold", FIRST_ID)]


async def test_a_call_back_that_names_another_number_corrects_no_answer(desk: Desk) -> None:
    """What the platform answered is its own word, and no person's to be corrected."""
    campaign = await desk.submitted()
    await _first_calls_back(desk)
    assert (await desk.part(campaign.id)).gateway_id == SECOND_ID
    assert await _late(desk, campaign) == []


async def test_a_hold_reaches_both_numbers_of_what_was_sent_twice(desk: Desk) -> None:
    """One of them alone would be no brake."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await desk.sending.run()
    await _first_calls_back(desk)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", SECOND_ID), ("hold", FIRST_ID)]
    await desk.braking.release(campaign.id, by=BIA)
    await desk.braking.run()
    assert desk.gateway.braked[2:] == [("release", SECOND_ID), ("release", FIRST_ID)]


@pytest.mark.parametrize("when", ["before the hold is confirmed", "after"])
async def test_a_number_that_is_learnt_under_the_brake_is_held_too(desk: Desk, when: str) -> None:
    """The hold counts as done only once both are held."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await desk.sending.run()
    await desk.braking.hold(campaign.id, by=ANA)

    async def learn() -> None:
        desk.gateway.meanwhile = _nothing
        await _first_calls_back(desk)

    if when == "after":
        await desk.braking.run()
        await learn()
    else:
        desk.gateway.meanwhile = learn
    desk.clock.advance(MINUTE)
    await desk.braking.run()
    assert ("hold", FIRST_ID) in desk.gateway.braked
    assert (await desk.part(campaign.id)).brake is Brake.HELD


async def test_a_campaign_that_was_closed_is_held_no_more(desk: Desk) -> None:
    """Whatever number is learnt after its end, nothing is asked of the platform for it."""
    campaign = await desk.lost(send_at=NOON + HOUR)
    await desk.again(campaign)
    await desk.sending.run()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    desk.clock.advance(HOUR)
    await desk.braking.close(campaign.id, by=ANA)
    await _first_calls_back(desk)
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", SECOND_ID)]
    assert [told["kind"] for told in await _late(desk, campaign)] == ["twice"]
