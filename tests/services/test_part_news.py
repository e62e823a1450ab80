"""When the thread hears what became of a campaign's parts: each once, and none too late."""

import pytest

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import CampaignId
from bot.domain.news import NewsKind
from tests.builders import ANA, BIA, MINUTE, ONE, THREE, TWO
from tests.services.desk import Desk, record_of

THREE_PEOPLE = f"{ONE},{TWO},{THREE}"
OUTCOMES = {NewsKind.SUBMITTED, NewsKind.PART_REFUSED, NewsKind.PART_DROPPED}


@pytest.fixture
def one_each(desk: Desk) -> Desk:
    """Share a campaign out over parts of one person."""
    desk.gateway.room = 1
    return desk


def outcomes(desk: Desk, campaign: CampaignId) -> list[tuple[NewsKind, int]]:
    """Read what was told of requests, and for how many people."""
    told = desk.told(campaign)
    return [(one.kind, one.facts["people"]) for one in told if one.kind in OUTCOMES]


async def test_who_was_refused_is_told_while_the_rest_is_on_hold(one_each: Desk) -> None:
    """Nobody knows when a hold ends, and a refusal is somebody's to mend."""
    desk = one_each
    desk.gateway.endings.extend([GatewayRejected("SALDO"), GatewayUnavailable()])
    campaign = await desk.approved(numbers=THREE_PEOPLE)
    assert await desk.sending.step()
    await desk.sending.step()
    assert outcomes(desk, campaign.id) == []
    await desk.braking.hold(campaign.id, by=ANA)
    assert outcomes(desk, campaign.id) == [(NewsKind.PART_REFUSED, 1)]


async def test_a_refusal_under_a_hold_is_told_at_once(one_each: Desk) -> None:
    """The brake was pulled while the request was under way."""
    desk = one_each
    desk.gateway.endings.append(GatewayRejected("SALDO"))
    campaign = await desk.approved(numbers=THREE_PEOPLE)

    async def hold() -> None:
        await desk.braking.hold(campaign.id, by=ANA)

    desk.gateway.meanwhile = hold
    await desk.sending.run()
    assert outcomes(desk, campaign.id) == [(NewsKind.PART_REFUSED, 1)]


async def test_after_a_release_only_the_rest_is_told(one_each: Desk) -> None:
    """What was told under the hold isn't told again."""
    desk = one_each
    campaign = await desk.approved(numbers=THREE_PEOPLE)
    await desk.sending.step()
    await desk.braking.hold(campaign.id, by=ANA)
    assert outcomes(desk, campaign.id) == [(NewsKind.SUBMITTED, 1)]
    await desk.braking.release(campaign.id, by=BIA)
    await desk.sending.run()
    assert outcomes(desk, campaign.id) == [(NewsKind.SUBMITTED, 1), (NewsKind.SUBMITTED, 2)]


async def test_a_part_that_was_found_is_not_told_with_the_others(one_each: Desk) -> None:
    """Its call-back was told by itself."""
    desk = one_each
    desk.gateway.endings.extend([OutcomeUnknown("time-out"), GatewayUnavailable()])
    campaign = await desk.approved(numbers=f"{ONE},{TWO}")
    await desk.sending.run()
    (lost, _) = await desk.parts(campaign.id)
    await desk.call_back(lost.key, record_of(ONE, gateway_id=9001))
    assert NewsKind.PART_FOUND in desk.story(campaign.id)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert outcomes(desk, campaign.id) == [(NewsKind.SUBMITTED, 1)]


async def test_what_is_sent_again_is_told_when_it_is_there(one_each: Desk) -> None:
    """A person waits to hear what became of their word."""
    desk = one_each
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign = await desk.approved(numbers=f"{ONE},{TWO}")
    await desk.sending.run()
    assert outcomes(desk, campaign.id) == [(NewsKind.SUBMITTED, 1)]
    (lost, _) = await desk.parts(campaign.id)
    await desk.resolving.again(campaign.id, lost.id, by=BIA, resent=0)
    await desk.sending.run()
    assert outcomes(desk, campaign.id) == [(NewsKind.SUBMITTED, 1), (NewsKind.SUBMITTED, 1)]
