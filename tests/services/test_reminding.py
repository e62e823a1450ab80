"""Reminding: what soon expires is brought to mind once, in time to decide."""

from datetime import timedelta

from bot.domain.campaign import Campaign
from bot.domain.news import NewsKind
from tests.builders import ANA, BIA, HOUR, MINUTE, NOON, make_draft, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

SECOND = timedelta(seconds=1)


def _reminders(desk: Desk, campaign: Campaign) -> int:
    return desk.story(campaign.id).count(NewsKind.REMINDER)


async def test_the_last_hour_is_told_once(desk: Desk) -> None:
    """Not before it, and not again after a restart."""
    campaign = await desk.create()
    desk.clock.advance(23 * HOUR - SECOND)
    assert await desk.approving.remind_due() == 0
    desk.clock.advance(SECOND)
    assert await desk.approving.remind_due() == 1
    await desk.restart()
    desk.clock.advance(MINUTE)
    assert await desk.approving.remind_due() == 0
    (told,) = desk.told(campaign.id)
    assert told.kind is NewsKind.REMINDER
    assert told.facts == {"requester": ANA, "missing": 1}


async def test_a_short_time_to_decide_is_told_in_its_last_quarter(desk: Desk) -> None:
    """A reminder at once would be none."""
    campaign = await desk.create(send_at=NOON + 40 * MINUTE)
    desk.clock.advance(30 * MINUTE - SECOND)
    assert await desk.approving.remind_due() == 0
    desk.clock.advance(SECOND)
    assert await desk.approving.remind_due() == 1
    assert _reminders(desk, campaign) == 1


async def test_how_many_are_still_needed_is_told(open_desk: OpenDesk) -> None:
    """One of two has said yes."""
    desk = await open_desk(make_policy(approvals=2))
    campaign = await desk.create()
    await desk.approve(campaign, by=BIA)
    desk.clock.advance(23 * HOUR)
    assert await desk.approving.remind_due() == 1
    assert desk.told(campaign.id)[-1].facts["missing"] == 1


async def test_nobody_is_reminded_of_what_is_decided_or_expired(desk: Desk) -> None:
    """It is too late, or done."""
    await desk.approved()
    cancelled = await desk.create()
    await desk.editing.cancel(cancelled.id, by=ANA)
    await desk.create()
    desk.clock.advance(24 * HOUR)
    assert await desk.approving.remind_due() == 0


async def test_a_new_version_is_brought_to_mind_anew(desk: Desk) -> None:
    """It waits longer, and whoever decided nothing about the old one decides about this."""
    campaign = await desk.create()
    desk.clock.advance(23 * HOUR)
    assert await desk.approving.remind_due() == 1
    await desk.editing.edit(campaign.id, version=1, draft=make_draft(text="Feliz Páscoa"))
    assert await desk.approving.remind_due() == 0
    desk.clock.advance(23 * HOUR)
    assert await desk.approving.remind_due() == 1
    assert _reminders(desk, campaign) == 2
