"""Resolving: a person decides about a part of unknown fate, once, and late is no."""

from typing import Any

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import GatewayId, PartId, UserId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.polling import PATIENCE
from bot.domain.refusals import (
    NotAllowed,
    NotInChannel,
    NotUnknown,
    QuietHours,
    SelfApproval,
    TooLate,
)
from tests.builders import ANA, BIA, CAIO, HOUR, NIGHT, NOON, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

STRANGER = UserId("USTRANGER")
NINE = GatewayId(9)


async def _facts(desk: Desk, campaign: Campaign, kind: NewsKind) -> list[dict[str, object]]:
    return [told.facts for told in desk.told(campaign.id) if told.kind is kind]


async def test_sending_again_takes_an_approver_who_is_not_the_requester(
    open_desk: OpenDesk,
) -> None:
    """It is a go like any other."""
    desk = await open_desk(make_policy(approvers=(ANA, BIA)))
    campaign = await desk.lost()
    for person, refusal in [(ANA, SelfApproval), (CAIO, NotAllowed)]:
        with pytest.raises(refusal):
            await desk.again(campaign, by=person)
    assert (await desk.part(campaign.id)).state is PartState.UNKNOWN
    await desk.again(campaign, by=BIA)
    assert (await desk.part(campaign.id)).state is PartState.READY


async def test_what_is_sent_again_leaves_once_under_a_new_address(desk: Desk) -> None:
    """However long ago the first go was; it is told and on record who said so."""
    campaign = await desk.lost()
    desk.clock.advance(30 * HOUR)
    await desk.again(campaign)
    for _ in range(3):
        await desk.sending.run()
        desk.clock.advance(HOUR)
    first, second = desk.gateway.sent
    assert (first.numbers, first.text) == (second.numbers, second.text)
    assert first.key != second.key
    part = await desk.part(campaign.id)
    assert (part.state, part.key, part.resent) == (PartState.ACCEPTED, second.key, 1)
    assert (await desk.campaign(campaign.id)).state is State.SENT
    (told,) = await _facts(desk, campaign, NewsKind.PART_AGAIN)
    assert told == {"by": BIA, "people": 2, "part": 1, "parts": 1}
    assert (BIA, "part_again") in desk.record(campaign.id)


async def test_nothing_is_sent_again_late(desk: Desk) -> None:
    """Its time has come: whoever wants it still writes anew."""
    campaign = await desk.lost(send_at=NOON + HOUR)
    desk.clock.advance(HOUR)
    with pytest.raises(TooLate):
        await desk.again(campaign)
    assert (await desk.part(campaign.id)).state is PartState.UNKNOWN


async def test_nothing_is_sent_again_at_night(open_desk: OpenDesk) -> None:
    """The answer says from when it may."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    campaign = await desk.lost()
    desk.clock.advance(10 * HOUR)
    with pytest.raises(QuietHours):
        await desk.again(campaign)


async def test_what_is_held_goes_again_only_after_its_release(desk: Desk) -> None:
    """A brake is no less pulled because somebody settles a part."""
    campaign = await desk.lost()
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.again(campaign)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    await desk.braking.release(campaign.id, by=BIA)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 2


async def test_what_is_left_gets_nothing_more(desk: Desk) -> None:
    """It is told and on record; the campaign is over where nothing else is open."""
    campaign = await desk.lost()
    await desk.leave(campaign, by=ANA)
    part = await desk.part(campaign.id)
    assert (part.state, part.settled_by) == (PartState.DROPPED, ANA)
    assert (await desk.campaign(campaign.id)).state is State.DONE
    (told,) = await _facts(desk, campaign, NewsKind.PART_LEFT)
    assert told == {"by": ANA, "people": 2, "part": 1, "parts": 1}
    assert NewsKind.PART_DROPPED not in desk.story(campaign.id)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1


async def test_a_press_about_what_is_settled_decides_nothing(desk: Desk) -> None:
    """Two people at once, or a message that was overtaken: the second hears how it stands."""
    campaign = await desk.lost()
    part = await desk.part(campaign.id)
    desk.gateway.endings.append(GatewayRejected("ERRO"))
    await desk.again(campaign, by=BIA)
    before = desk.story(campaign.id)
    about: dict[str, Any] = {"by": CAIO, "resent": 0}
    for _ in range(2):
        with pytest.raises(NotUnknown):
            await desk.resolving.again(campaign.id, part.id, **about)
        with pytest.raises(NotUnknown):
            await desk.resolving.leave(campaign.id, part.id, **about)
        with pytest.raises(NotUnknown):
            await desk.resolving.went(campaign.id, part.id, NINE, **about)
        with pytest.raises(NotUnknown):
            await desk.resolving.check(campaign.id, part.id, **about)
    assert desk.story(campaign.id) == before


async def test_a_press_about_an_earlier_try_decides_nothing_about_the_next(desk: Desk) -> None:
    """The second request was lost as well: its own message has its own buttons."""
    campaign = await desk.lost()
    part = await desk.part(campaign.id)
    await desk.again(campaign)
    desk.gateway.endings.append(GatewayUnavailable())
    await desk.sending.run()
    desk.clock.advance(PATIENCE)
    assert (await desk.part(campaign.id)).state is PartState.READY
    with pytest.raises(NotUnknown) as refused:
        await desk.resolving.leave(campaign.id, part.id, by=CAIO, resent=0)
    assert (refused.value.state, refused.value.by) == (PartState.READY, BIA)


async def test_only_people_of_the_channel_settle_anything(desk: Desk) -> None:
    """Nor can a part be settled under another campaign's name."""
    campaign = await desk.lost()
    part = await desk.part(campaign.id)
    for decide in (desk.resolving.leave, desk.resolving.again, desk.resolving.check):
        with pytest.raises((NotInChannel, NotAllowed)):
            await decide(campaign.id, part.id, by=STRANGER, resent=0)
    with pytest.raises(NotInChannel):
        await desk.went(campaign, 9, by=STRANGER)
    other = await desk.create()
    with pytest.raises(KeyError):
        await desk.resolving.leave(other.id, PartId(part.id), by=ANA, resent=0)
