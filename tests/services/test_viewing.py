"""Viewing: what is known now, from one unmoving picture, without asking anybody."""

import pytest

from bot.domain.campaign import State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import CampaignId, ChannelId
from bot.domain.numbers import Fault
from bot.domain.receipts import Status
from bot.domain.refusals import NoSuchCampaign
from bot.domain.standing import Standing
from bot.services.viewing import EXAMPLES, RECENT
from tests.builders import ANA, CHANNEL, HOUR, NOON, ONE, THREE, TWO, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

ELSEWHERE = ChannelId("CELSE")


async def test_a_campaign_is_shown_in_full(open_desk: OpenDesk) -> None:
    """Who gets it, who was left out and why, what it costs, how far it has got."""
    desk = await open_desk(make_policy(approvals=2))
    numbers = "\n".join([ONE, TWO, ONE, *["foo"] * 10])
    campaign = await desk.create(numbers=numbers, text="a" * 161)
    view = await desk.viewing.campaign(campaign.id)
    assert view.campaign == campaign
    assert view.counts.by_status == {Status.QUEUED: 2}
    assert view.left_out == {Fault.DUPLICATE: 1, Fault.NOT_A_NUMBER: 10}
    assert [out.line for out in view.left_out_examples] == list(range(3, 3 + EXAMPLES))
    assert (view.price, view.approvals_needed, view.parts) == (4, 2, ())
    assert (view.balance, view.counted_at) == (None, None)
    assert view.standing(NOON) is Standing.WAITING


async def test_a_campaign_is_shown_in_its_own_channel_only(desk: Desk) -> None:
    """Elsewhere it isn't there, and one that never was isn't either."""
    campaign = await desk.create()
    assert (await desk.viewing.campaign(campaign.id, channel=CHANNEL)).campaign == campaign
    with pytest.raises(NoSuchCampaign):
        await desk.viewing.campaign(campaign.id, channel=ELSEWHERE)
    with pytest.raises(NoSuchCampaign):
        await desk.viewing.campaign(CampaignId(999), channel=CHANNEL)


async def test_looking_asks_the_platform_nothing(desk: Desk) -> None:
    """It may be away for hours, and people still get their answer."""
    campaign = await desk.submitted()
    await desk.viewing.campaign(campaign.id)
    await desk.viewing.overview(CHANNEL)
    await desk.viewing.balance()
    assert (desk.gateway.status_asked, desk.gateway.balance_asked) == ([], 0)


async def test_an_overview_shows_what_runs(desk: Desk) -> None:
    """This channel's campaigns that aren't over, newest first; and the latest of all."""
    waiting, sent, cancelled = await desk.create(), await desk.submitted(), await desk.create()
    await desk.create(channel=ELSEWHERE)
    await desk.editing.cancel(cancelled.id, by=ANA)
    overview = await desk.viewing.overview(CHANNEL)
    assert [view.campaign.id for view in overview.running] == [sent.id, waiting.id]
    assert overview.latest is not None
    assert overview.latest.campaign.id == cancelled.id
    assert overview.not_understood == 0


async def test_an_empty_channel_has_nothing_to_show(desk: Desk) -> None:
    """No campaign yet is no error."""
    overview = await desk.viewing.overview(ELSEWHERE)
    assert (overview.running, overview.latest) == ((), None)


async def test_a_campaign_that_runs_is_shown_however_many_came_after_it(desk: Desk) -> None:
    """It may wait for its time for months, and needs to be found."""
    first = await desk.create()
    for _ in range(RECENT):
        later = await desk.create()
        await desk.editing.cancel(later.id, by=ANA)
    overview = await desk.viewing.overview(CHANNEL)
    assert [view.campaign.id for view in overview.running] == [first.id]


async def test_the_balance_tells_what_is_promised(desk: Desk) -> None:
    """What waits for approval and what is approved, each in credits."""
    await desk.create()
    await desk.approved(numbers=ONE, text="a" * 161)
    assert await desk.tracking.poll_balance()
    view = await desk.viewing.balance()
    assert view.balance is not None
    assert view.balance.credits == 1000
    assert (view.waiting, view.approved) == (2, 2)


async def test_what_is_approved_but_not_handed_over_is_promised(desk: Desk) -> None:
    """Only what the platform has taken is paid already."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, GatewayUnavailable()])
    await desk.submitted()
    assert (await desk.viewing.balance()).approved == 1


async def test_a_campaign_can_be_written_anew(desk: Desk) -> None:
    """With everyone it was meant for, in the order given."""
    campaign = await desk.create(numbers=f"{THREE},{ONE},{TWO}")
    view, numbers = await desk.viewing.again(campaign.id)
    assert (view.campaign.id, numbers) == (campaign.id, (THREE, ONE, TWO))
    assert view.campaign.state is State.WAITING


async def test_counts_have_an_age(desk: Desk) -> None:
    """When the platform was last heard of, by call-back or by asking."""
    campaign = await desk.submitted()
    part = await desk.part(campaign.id)
    assert (await desk.viewing.campaign(campaign.id)).counted_at is None
    await desk.call_back(part.key, record_of(ONE, word="SUCESSO"))
    assert (await desk.viewing.campaign(campaign.id)).counted_at == NOON


async def test_whoever_has_it_or_may_have_it_is_not_written_to_anew(desk: Desk) -> None:
    """Refused, never sent and held people are; nobody gets it twice by a new time."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, OutcomeUnknown("time-out"), GatewayRejected("SALDO")])
    campaign = await desk.submitted(numbers=f"{ONE},{TWO},{THREE}", send_at=NOON + HOUR)
    assert (await desk.viewing.again(campaign.id))[1] == (THREE,)
    await desk.braking.hold(campaign.id, by=ANA)
    await desk.braking.run()
    assert (await desk.viewing.again(campaign.id))[1] == (ONE, THREE)
    (_, lost, _) = await desk.parts(campaign.id)
    await desk.resolving.leave(campaign.id, lost.id, by=ANA, resent=0)
    assert (await desk.viewing.again(campaign.id))[1] == (ONE, THREE)


async def test_only_what_certainly_stands_still_is_called_stopped(desk: Desk) -> None:
    """Until the platform has confirmed the hold, or where a part may have gone, it may go on."""
    campaign = await desk.submitted(send_at=NOON + HOUR)
    assert not (await desk.viewing.campaign(campaign.id)).is_stopped
    await desk.braking.hold(campaign.id, by=ANA)
    assert not (await desk.viewing.campaign(campaign.id)).is_stopped
    await desk.braking.run()
    assert (await desk.viewing.campaign(campaign.id)).is_stopped
    lost = await desk.lost(send_at=NOON + HOUR)
    await desk.braking.hold(lost.id, by=ANA)
    assert not (await desk.viewing.campaign(lost.id)).is_stopped


async def test_whether_anything_comes_back_is_the_gateways_word(desk: Desk) -> None:
    """By the door that the campaign goes by."""
    campaign = await desk.create()
    assert (await desk.viewing.campaign(campaign.id)).hears
    desk.gateway.is_deaf = True
    assert not (await desk.viewing.campaign(campaign.id)).hears
