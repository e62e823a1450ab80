"""Holding all: one brake for everything of a channel; and closing what was held too long."""

from datetime import timedelta

import pytest

from bot.domain.campaign import Hold, State
from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import ChannelId, UserId
from bot.domain.news import NewsKind
from bot.domain.parts import Brake, PartState
from bot.domain.refusals import NothingRuns, NothingToClose, NotInChannel, TooLate
from tests.builders import ANA, BIA, CAIO, CHANNEL, HOUR, MINUTE, NOON, ONE, THREE, TWO
from tests.services.desk import Desk, record_of

STRANGER = UserId("USTRANGER")
ELSEWHERE = ChannelId("COUTRO")


async def test_everything_that_could_still_reach_anybody_is_held(desk: Desk) -> None:
    """Approved, under way or handed over; and the rest of the team's brakes stay theirs."""
    desk.directory.members[ELSEWHERE] = {ANA, BIA}
    desk.directory.joined.add(ELSEWHERE)
    scheduled = await desk.submitted(send_at=NOON + HOUR)
    already = await desk.submitted()
    await desk.braking.hold(already.id, by=CAIO)
    waiting = await desk.create()
    other = await desk.approved(channel=ELSEWHERE)
    approved = await desk.approved()
    found = await desk.braking.hold_all(CHANNEL, by=ANA)
    assert found.held == (scheduled.id, approved.id)
    assert found.already == (already.id,)
    assert found.waiting == 1
    for campaign in (scheduled, approved):
        assert (await desk.campaign(campaign.id)).hold == Hold(ANA, NOON)
        assert desk.story(campaign.id)[-1] is NewsKind.HOLD_ASKED
        assert desk.record(campaign.id)[-1] == (ANA, "hold")
    assert (await desk.campaign(already.id)).hold == Hold(CAIO, NOON)
    for campaign in (waiting, other):
        assert (await desk.campaign(campaign.id)).hold is None
    await desk.sending.run()
    await desk.braking.run()
    assert ("hold", 7001) in desk.gateway.braked
    assert [asked.numbers for asked in desk.gateway.sent[2:]] == [(ONE, TWO)]


async def test_where_all_is_held_already_that_is_told(desk: Desk) -> None:
    """Nothing new is held, and that is no refusal."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=CAIO)
    found = await desk.braking.hold_all(CHANNEL, by=ANA)
    assert (found.held, found.already, found.waiting) == ((), (campaign.id,), 0)


async def test_where_nothing_runs_there_is_nothing_to_hold(desk: Desk) -> None:
    """What waits hasn't been approved, and what is over has reached everybody."""
    await desk.create()
    done = await desk.submitted(numbers=ONE)
    await desk.call_back((await desk.part(done.id)).key, record_of(ONE, word="SUCESSO"))
    with pytest.raises(NothingRuns) as refused:
        await desk.braking.hold_all(CHANNEL, by=ANA)
    assert refused.value.channel == CHANNEL


async def test_only_people_of_the_channel_hold_its_campaigns(desk: Desk) -> None:
    """One by one or all at once."""
    campaign = await desk.submitted()
    with pytest.raises(NotInChannel):
        await desk.braking.hold_all(CHANNEL, by=STRANGER)
    assert (await desk.campaign(campaign.id)).hold is None


async def test_what_was_held_past_its_time_is_closed_by_a_person(desk: Desk) -> None:
    """It can't be released any more; how many never had it is told."""
    campaign = await desk.submitted(send_at=NOON + HOUR)
    await desk.braking.hold(campaign.id, by=ANA)
    desk.clock.advance(HOUR)
    with pytest.raises(NothingToClose):  # the platform hasn't confirmed it: it may be going
        await desk.braking.close(campaign.id, by=ANA)
    desk.clock.advance(-HOUR)
    await desk.braking.run()
    with pytest.raises(NothingToClose):
        await desk.braking.close(campaign.id, by=ANA)
    desk.clock.advance(HOUR)
    with pytest.raises(TooLate):
        await desk.braking.release(campaign.id, by=BIA)
    with pytest.raises(NotInChannel):
        await desk.braking.close(campaign.id, by=STRANGER)
    await desk.braking.close(campaign.id, by=CAIO)
    closed = await desk.campaign(campaign.id)
    assert (closed.state, closed.hold, closed.finished_at) == (State.DONE, None, NOON + HOUR)
    assert desk.record(campaign.id)[-1] == (CAIO, "closed")
    *_, told, finished = desk.told(campaign.id)
    assert (told.kind, told.facts) == (NewsKind.CLOSED, {"by": CAIO, "people": 2})
    assert (finished.kind, finished.facts["silent"]) == (NewsKind.FINISHED, 2)
    with pytest.raises(NothingToClose):
        await desk.braking.close(campaign.id, by=CAIO)
    await desk.braking.run()
    assert desk.gateway.braked == [("hold", 7001)]


async def test_what_was_under_way_when_it_was_held_is_not_closed(desk: Desk) -> None:
    """It can be released, so it isn't over."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.clock.advance(100 * HOUR)
    with pytest.raises(NothingToClose):
        await desk.braking.close(campaign.id, by=ANA)
    assert (await desk.part(campaign.id)).brake is Brake.ASKED


async def test_an_approved_campaign_held_past_its_time_expires(desk: Desk) -> None:
    """Nothing of it has left, so nobody has to close it."""
    campaign = await desk.approved(send_at=NOON + HOUR)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.sending.run()
    assert (await desk.campaign(campaign.id)).state is State.APPROVED
    desk.clock.advance(HOUR)
    await desk.sending.run()
    expired = await desk.campaign(campaign.id)
    assert (expired.state, expired.hold) == (State.EXPIRED, None)
    assert desk.story(campaign.id)[-1] is NewsKind.EXPIRED
    assert desk.gateway.sent == []


async def test_parts_that_were_held_past_their_time_are_given_up(desk: Desk) -> None:
    """They are told; what is at the platform is held there, and a person closes it."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, GatewayUnavailable(), GatewayUnavailable()])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}", send_at=NOON + HOUR)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    desk.clock.advance(HOUR - MINUTE)
    await desk.sending.run()
    assert NewsKind.PART_DROPPED not in desk.story(campaign.id)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    states = [part.state for part in await desk.parts(campaign.id)]
    assert states == [PartState.ACCEPTED, PartState.DROPPED, PartState.DROPPED]
    told = desk.told(campaign.id)[-1]
    assert told.kind is NewsKind.PART_DROPPED
    assert (told.facts["people"], told.facts["reasons"]) == (2, ["late"])
    assert desk.record(campaign.id)[-1] == ("torpedo", "dropped")
    assert len(desk.gateway.sent) == 3
    await desk.braking.close(campaign.id, by=ANA)
    assert (await desk.campaign(campaign.id)).state is State.DONE


async def test_a_release_in_time_keeps_what_is_ready(desk: Desk) -> None:
    """Only a time that came while it was held is past."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.clock.advance(timedelta(days=30))
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.READY
    await desk.braking.release(campaign.id, by=BIA)
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED
