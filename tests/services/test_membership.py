"""Membership: the rules about people that only Slack can answer."""

import asyncio

import pytest

from bot.domain.ids import ChannelId, UserId
from bot.domain.refusals import (
    BotNotInChannel,
    NoReleaseAsked,
    NotInChannel,
    NotOnHold,
    Outsider,
    SlackAway,
)
from tests.builders import ANA, BIA, CAIO, CHANNEL
from tests.services.desk import Desk

GUEST = UserId("UGUEST")
ELSEWHERE = ChannelId("CELSE")


async def test_guests_bots_and_visitors_do_not_act(desk: Desk) -> None:
    """Only full members of the installing workspace do."""
    desk.directory.outsiders.add(GUEST)
    assert (await desk.membership.check_full_member(ANA)).id == ANA
    with pytest.raises(Outsider):
        await desk.membership.check_full_member(GUEST)


async def test_a_campaign_is_its_channels_business(desk: Desk) -> None:
    """Somebody elsewhere has no part in it."""
    await desk.membership.check_channel(ANA, CHANNEL)
    with pytest.raises(NotInChannel) as refused:
        await desk.membership.check_channel(ANA, ELSEWHERE)
    assert refused.value.channel == ELSEWHERE


async def test_where_the_card_cannot_be_posted_nothing_is_written(desk: Desk) -> None:
    """The answer says to invite Torpedo first."""
    await desk.membership.check_bot_is_in(CHANNEL)
    with pytest.raises(BotNotInChannel):
        await desk.membership.check_bot_is_in(ELSEWHERE)


async def test_a_doubt_about_people_is_a_no(desk: Desk) -> None:
    """While Slack is away nobody is taken for a member."""
    desk.directory.is_away = True
    with pytest.raises(SlackAway):
        await desk.membership.check_full_member(ANA)
    with pytest.raises(SlackAway):
        await desk.membership.check_channel(ANA, CHANNEL)
    with pytest.raises(SlackAway):
        await desk.membership.check_bot_is_in(CHANNEL)


async def test_two_answers_to_one_request_are_one_answer(desk: Desk) -> None:
    """Of a yes and a no at once, the second is told that it was answered before."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.release(campaign.id, by=ANA)
    answers = await asyncio.gather(
        desk.braking.answer_release(campaign.id, by=BIA, yes=False),
        desk.braking.answer_release(campaign.id, by=CAIO, yes=True),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, NoReleaseAsked | NotOnHold) for answer in answers) == 1
