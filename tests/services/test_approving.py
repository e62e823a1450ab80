"""Approving: the second person's yes or no, and the clock's no."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.ids import Digest, GroupId, UserId
from bot.domain.news import NewsKind
from bot.domain.refusals import (
    AlreadyDecided,
    NotAllowed,
    OldVersion,
    QuietHours,
    SelfApproval,
    SlackAway,
    TooLate,
)
from tests.builders import (
    ANA,
    BIA,
    CAIO,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    make_policy,
)
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

STRANGER = UserId("USTRANGER")
CHIEFS = GroupId("SCHIEFS")


async def _reject(desk: Desk, campaign: Campaign, *, by: UserId = BIA) -> Campaign:
    return await desk.approving.reject(
        campaign.id, by=by, version=campaign.version, reason="Preço errado"
    )


async def test_a_yes_lets_it_go(desk: Desk) -> None:
    """It is on record with the digest it was given for, and told."""
    campaign = await desk.create()
    approved = await desk.approve(campaign)
    assert approved.state is State.APPROVED
    assert desk.record(campaign.id) == [(ANA, "created"), (BIA, "approved")]
    ((digest,),) = desk.look("SELECT digest FROM audit WHERE what = 'approved'")
    assert digest == campaign.digest
    assert desk.story(campaign.id) == [NewsKind.APPROVED]


async def test_two_presses_at_once_send_once(desk: Desk) -> None:
    """One of them is told who was quicker, and the platform hears of it once."""
    campaign = await desk.create()
    answers = await asyncio.gather(
        desk.approve(campaign, by=BIA),
        desk.approve(campaign, by=CAIO),
        desk.approve(campaign, by=BIA),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    assert len(refused) == 2
    assert {refusal.by for refusal in refused} <= {BIA, CAIO}
    await asyncio.gather(desk.sending.run(), desk.sending.run())
    assert len(desk.gateway.sent) == 1
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.SUBMITTED]


async def test_a_yes_and_a_no_at_once_are_one_decision(desk: Desk) -> None:
    """Whichever comes first counts; the other one hears of it."""
    campaign = await desk.create()
    answers = await asyncio.gather(
        desk.approve(campaign, by=BIA), _reject(desk, campaign, by=CAIO), return_exceptions=True
    )
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 1
    assert len(desk.record(campaign.id)) == 2


async def test_two_approvals_are_two_people(open_desk: OpenDesk) -> None:
    """Until the second one, nothing goes."""
    desk = await open_desk(make_policy(approvals=2))
    campaign = await desk.create()
    await desk.approve(campaign, by=BIA)
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert desk.story(campaign.id) == []
    assert (await desk.approve(campaign, by=CAIO)).state is State.APPROVED
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1


async def test_the_requester_decides_nothing_about_their_own(desk: Desk) -> None:
    """Neither yes nor no: they may take it back instead."""
    campaign = await desk.create()
    with pytest.raises(SelfApproval):
        await desk.approve(campaign, by=ANA)
    with pytest.raises(SelfApproval):
        await _reject(desk, campaign, by=ANA)
    assert await desk.campaign(campaign.id) == campaign


async def test_where_nobody_is_named_the_channel_decides(desk: Desk) -> None:
    """Somebody from elsewhere has no say, and hears who has."""
    campaign = await desk.create()
    with pytest.raises(NotAllowed) as refused:
        await desk.approve(campaign, by=STRANGER)
    assert refused.value.deciders is desk.policy.deciders
    assert await desk.campaign(campaign.id) == campaign


async def test_named_people_and_groups_decide_alone(open_desk: OpenDesk) -> None:
    """Whoever else is in the channel doesn't."""
    desk = await open_desk(make_policy(approvers=(CAIO,), groups=(CHIEFS, GroupId("SNOBODY"))))
    desk.directory.groups[CHIEFS] = [STRANGER]
    for by in (CAIO, STRANGER):
        assert (await desk.approve(await desk.create(), by=by)).state is State.APPROVED
    campaign = await desk.create()
    with pytest.raises(NotAllowed):
        await desk.approve(campaign, by=BIA)
    with pytest.raises(NotAllowed):
        await desk.approving.check_rejectable(campaign.id, by=BIA, version=1)


async def test_while_slack_cannot_tell_who_somebody_is_nothing_is_decided(desk: Desk) -> None:
    """A doubt is no yes."""
    campaign = await desk.create()
    desk.directory.is_away = True
    with pytest.raises(SlackAway):
        await desk.approve(campaign)
    assert await desk.campaign(campaign.id) == campaign


async def test_a_press_on_another_version_changes_nothing(desk: Desk) -> None:
    """Neither on an older card nor on a card with other content."""
    campaign = await desk.create()
    with pytest.raises(OldVersion):
        await desk.approving.approve(
            campaign.id, by=BIA, version=campaign.version + 1, digest=campaign.digest
        )
    with pytest.raises(OldVersion):
        await desk.approving.approve(
            campaign.id, by=BIA, version=campaign.version, digest=Digest("0" * 64)
        )
    assert await desk.campaign(campaign.id) == campaign


async def test_a_no_keeps_its_reason(desk: Desk) -> None:
    """The requester is told why, in the thread and on record."""
    campaign = await desk.create()
    rejected = await _reject(desk, campaign)
    assert (rejected.state, rejected.close_reason) == (State.REJECTED, "Preço errado")
    (told,) = desk.told(campaign.id)
    assert (told.kind, told.facts["reason"]) == (NewsKind.REJECTED, "Preço errado")
    assert desk.record(campaign.id)[-1] == (BIA, "rejected")
    with pytest.raises(AlreadyDecided):
        await desk.approve(campaign, by=CAIO)


async def test_a_late_approval_sends_nothing(desk: Desk) -> None:
    """The chosen time has come: it expires at once, and the requester is asked for a new one."""
    campaign = await desk.create(send_at=NOON + HOUR)
    desk.clock.advance(HOUR)
    with pytest.raises(TooLate):
        await desk.approve(campaign)
    await desk.sending.run()
    assert (await desk.campaign(campaign.id)).state is State.EXPIRED
    assert desk.gateway.sent == []
    (told,) = desk.told(campaign.id)
    assert (told.kind, told.facts) == (
        NewsKind.EXPIRED,
        {"requester": ANA, "was_approved": 0},
    )


async def test_what_nobody_approves_in_time_expires(open_desk: OpenDesk) -> None:
    """After so many hours, or at its own time; each once."""
    desk = await open_desk(make_policy(approval_hours=3))
    soon = await desk.create(send_at=NOON + HOUR)
    later = await desk.create(send_at=NOON + 5 * HOUR)
    assert await desk.approving.expire_due() == 0
    desk.clock.advance(HOUR)
    assert await desk.approving.expire_due() == 1
    desk.clock.advance(2 * HOUR - timedelta(seconds=1))
    assert await desk.approving.expire_due() == 0
    desk.clock.advance(timedelta(seconds=1))
    assert await desk.approving.expire_due() == 1
    assert await desk.approving.expire_due() == 0
    for campaign in (soon, later):
        assert desk.story(campaign.id) == [NewsKind.EXPIRED]
        assert desk.record(campaign.id)[-1] == ("clock", "expired")


async def test_a_press_after_the_time_to_approve_is_told_it_is_over(desk: Desk) -> None:
    """Once the clock has closed it, the clock was the one who decided."""
    campaign = await desk.create()
    desk.clock.advance(25 * HOUR)
    await desk.approving.expire_due()
    with pytest.raises(AlreadyDecided) as refused:
        await desk.approve(campaign)
    assert (refused.value.state, refused.value.by) == (State.EXPIRED, None)


async def test_at_night_nobody_approves_what_would_go_at_once(open_desk: OpenDesk) -> None:
    """It stays waiting: in the morning one may."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    campaign = await desk.create()
    desk.clock.advance(10 * HOUR)
    with pytest.raises(QuietHours):
        await desk.approve(campaign)
    desk.clock.advance(10 * HOUR + MINUTE)
    assert (await desk.approve(campaign)).state is State.APPROVED


async def test_a_rejection_is_refused_early_where_it_would_be_refused_late(desk: Desk) -> None:
    """Nobody types a reason in vain."""
    campaign = await desk.create()
    assert await desk.approving.check_rejectable(campaign.id, by=BIA, version=1) == campaign
    await desk.approve(campaign)
    with pytest.raises(AlreadyDecided):
        await desk.approving.check_rejectable(campaign.id, by=CAIO, version=1)
