"""Sending as approved: the text, the people, the time, the account and the door are the ones."""

import pytest

from bot.domain.campaign import State
from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import Number
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.receipts import Status
from tests.builders import (
    MINUTE,
    ONE,
    THREE,
    TWO,
)
from tests.services.desk import Desk


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaigns SET text = 'Feliz Páscoa'",
        "UPDATE campaigns SET send_at = '2026-12-22T17:00:00.000000+00:00'",
        "UPDATE recipients SET number = '31999990009' WHERE position = 1",
        "DELETE FROM recipients WHERE position = 1",
    ],
)
async def test_what_was_changed_after_approval_does_not_go(desk: Desk, change: str) -> None:
    """Not one letter, not one number: it is stopped, and told."""
    campaign = await desk.approved()
    await desk.tamper(change)
    await desk.sending.run()
    stopped = await desk.campaign(campaign.id)
    assert (stopped.state, stopped.close_reason) == (State.CANCELLED, "changed")
    assert desk.gateway.sent == []
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.CHANGED]
    assert desk.record(campaign.id)[-1] == ("torpedo", "changed")


async def test_it_goes_from_the_account_it_was_approved_for(desk: Desk) -> None:
    """Another account pays, and other numbers stand behind it."""
    campaign = await desk.approved()
    desk.gateway.account = "conta-2"
    await desk.restart()
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.CANCELLED


async def test_a_campaign_that_fits_no_request_stops_alone(desk: Desk) -> None:
    """The settings have changed since it was written; the campaigns after it go."""
    long = await desk.approved()
    short = await desk.approved(numbers="1188880002")
    desk.gateway.longest_number = 10
    await desk.sending.run()
    assert (await desk.campaign(long.id)).state is State.CANCELLED
    assert (await desk.campaign(short.id)).state is State.SENT


async def _opt_out(desk: Desk, number: Number) -> None:
    await desk.write(
        lambda tx: tx.optouts.add(number, at=desk.clock.now(), campaign=None, word="SAIR")
    )


async def test_who_opted_out_since_approval_gets_nothing(desk: Desk) -> None:
    """In whichever spelling; leaving people out is the one change an approval allows."""
    campaign = await desk.approved(numbers=f"{ONE}, 3188880002")
    await _opt_out(desk, TWO)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.LEFT_OUT, NewsKind.SUBMITTED]
    assert desk.told(campaign.id)[1].facts == {"count": 1}


async def test_who_opts_out_before_their_part_leaves_gets_nothing(desk: Desk) -> None:
    """The list is applied to each request as it leaves, not only to the first."""
    desk.gateway.room = 2
    desk.gateway.endings.extend([GatewayUnavailable(), GatewayUnavailable()])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}")
    await _opt_out(desk, TWO)
    await _opt_out(desk, THREE)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent[2:]] == [(ONE,)]
    kinds = desk.story(campaign.id)
    assert kinds.count(NewsKind.LEFT_OUT) == 2
    assert kinds[-1] is NewsKind.SUBMITTED
    parts = await desk.parts(campaign.id)
    assert [part.state for part in parts] == [PartState.ACCEPTED, PartState.DROPPED]
    assert [part.people for part in parts] == [1, 0]
    counts = await desk.store.read(lambda tx: tx.recipients.counts(campaign.id))
    assert counts.by_status == {Status.SENT: 1, Status.SUPPRESSED: 2}


async def test_where_everybody_opted_out_nothing_goes(desk: Desk) -> None:
    """It is closed and told."""
    campaign = await desk.approved(numbers=ONE)
    await _opt_out(desk, ONE)
    await desk.sending.run()
    assert desk.gateway.sent == []
    stopped = await desk.campaign(campaign.id)
    assert (stopped.state, stopped.close_reason) == (State.CANCELLED, "nobody_left")
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.NOBODY_LEFT]


async def test_what_was_approved_for_one_account_never_leaves_by_another(desk: Desk) -> None:
    """The login was changed between two parts: the rest is dropped, and told why."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.gateway.account = "another"
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.DROPPED
    assert desk.told(campaign.id)[-1].facts["reasons"] == ["other account"]


async def test_it_goes_by_the_door_it_was_approved_for(desk: Desk) -> None:
    """Another writes texts and shares numbers out in its own way."""
    campaign = await desk.approved()
    desk.gateway.door = "soap"
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.CANCELLED
    assert desk.story(campaign.id) == [NewsKind.APPROVED, NewsKind.CHANGED]


async def test_what_was_shared_out_for_one_door_never_leaves_by_another(desk: Desk) -> None:
    """The door was changed between two parts: the rest is dropped, and told."""
    desk.gateway.endings.append(GatewayUnavailable())
    campaign = await desk.submitted()
    desk.gateway.door = "soap"
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.DROPPED
    assert desk.told(campaign.id)[-1].facts["reasons"] == ["other door"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaigns SET text = 'Black Friday' WHERE id = ?",
        "UPDATE campaigns SET send_at = '2026-12-23T15:00:00.000000+00:00' WHERE id = ?",
        "UPDATE recipients SET number = '11966660000' WHERE campaign = ?",
    ],
)
async def test_what_was_changed_between_two_parts_stays(desk: Desk, change: str) -> None:
    """Each part is sealed when it is made, and its seal is looked at as it leaves."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, GatewayUnavailable()])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO}")
    await desk.tamper(change, campaign.id)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 2
    assert (await desk.parts(campaign.id))[1].state is PartState.DROPPED
    assert desk.told(campaign.id)[-1].facts["reasons"] == ["changed"]


async def test_who_opts_out_between_two_parts_breaks_no_seal(desk: Desk) -> None:
    """Leaving people out is the one change an approval allows."""
    desk.gateway.endings.append(GatewayUnavailable())
    await desk.submitted(numbers=f"{ONE},{TWO}")
    await _opt_out(desk, ONE)
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert desk.gateway.sent[-1].numbers == (TWO,)
