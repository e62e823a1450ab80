"""Reconciling: what was handed over, what was told of it and what it cost are held together."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.credit import Balance
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import GatewayId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.polling import PATIENCE
from bot.domain.reconciling import OVERDUE, Figures
from bot.services.reconciling import PATIENCE as CREDIT_PATIENCE
from bot.services.tracking import MINUTE, SILENCE
from tests.builders import ACCOUNT, ANA, BIA, HOUR, NOON, ONE, THREE, TWO
from tests.fakes import Row
from tests.services.desk import Desk, record_of

SECOND = timedelta(seconds=1)
FIRST = GatewayId(7001)
EVERYBODY = f"{ONE},{TWO},{THREE}"


async def _credit(desk: Desk, left: int, *, at: datetime | None = None) -> None:
    balance = Balance(Decimal(left), at or desk.clock.now())
    await desk.write(lambda tx: tx.asks.save_balance(ACCOUNT, balance))


async def _sent(desk: Desk, **typed: Any) -> Campaign:  # noqa: ANN401 - any field of a draft
    """Send a campaign a minute after the credit was told: 1000."""
    await _credit(desk, 1000)
    desk.clock.advance(MINUTE)
    return await desk.submitted(**typed)


async def _deliver(desk: Desk, campaign: Campaign) -> None:
    for part in await desk.parts(campaign.id):
        people = await desk.people(part)
        await desk.call_back(part.key, *(record_of(one, word="SUCESSO") for one in people))


async def _figures(desk: Desk, campaign: Campaign) -> Figures:
    figures = (await desk.viewing.campaign(campaign.id)).figures
    assert figures is not None
    return figures


def _told(desk: Desk, campaign: Campaign) -> list[dict[str, Any]]:
    told = desk.told(campaign.id)
    return [each.facts for each in told if each.kind is NewsKind.RECONCILED]


async def test_silence_is_told_once_two_hours_after_it_went(desk: Desk) -> None:
    """News takes its time; a silence that goes on is no news."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    desk.clock.advance(OVERDUE - SECOND)
    assert await desk.reconciling.run() == 0
    desk.clock.advance(SECOND)
    assert await desk.reconciling.run() == 1
    desk.clock.advance(HOUR)
    await desk.restart()
    assert await desk.reconciling.run() == 0
    (facts,) = _told(desk, campaign)
    assert (facts["kinds"], facts["accepted"], facts["silent"]) == (["silent"], 3, 3)
    assert facts["used"] is None


async def test_a_scheduled_campaign_is_silent_from_its_time_on(desk: Desk) -> None:
    """Before it there is nothing to hear."""
    campaign = await desk.submitted(send_at=NOON + 10 * HOUR)
    desk.clock.advance(10 * HOUR + OVERDUE - SECOND)
    assert await desk.reconciling.run() == 0
    desk.clock.advance(SECOND)
    assert await desk.reconciling.run() == 1
    assert len(_told(desk, campaign)) == 1


async def test_what_is_held_is_not_missed(desk: Desk) -> None:
    """Nobody has it because somebody wanted that; after a release news has two hours again."""
    campaign = await desk.submitted()
    await desk.braking.hold(campaign.id, by=ANA)
    desk.clock.advance(2 * OVERDUE)
    assert await desk.reconciling.run() == 0
    await desk.braking.release(campaign.id, by=BIA)
    desk.clock.advance(OVERDUE - SECOND)
    assert await desk.reconciling.run() == 0
    desk.clock.advance(SECOND)
    assert await desk.reconciling.run() == 1


async def test_people_that_the_platforms_list_lacks_are_told(desk: Desk) -> None:
    """Once the campaign is over; with what is told by whom."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    await desk.call_back((await desk.part(campaign.id)).key, record_of(ONE, word="SUCESSO"))
    desk.clock.advance(MINUTE)
    desk.gateway.rows[FIRST] = [Row(TWO, "SUCESSO")]
    assert await desk.tracking.poll_status()
    assert await desk.reconciling.run() == 0
    await desk.call_back((await desk.part(campaign.id)).key, record_of(THREE, word="INSUCESSO"))
    assert (await desk.campaign(campaign.id)).state is State.DONE
    assert await desk.reconciling.run() == 1
    (facts,) = _told(desk, campaign)
    assert (facts["kinds"], facts["unlisted"]) == (["unlisted"], 2)
    assert (facts["called_back"], facts["asked"], facts["silent"]) == (2, 1, 0)


async def test_two_ends_of_one_message_are_told(desk: Desk) -> None:
    """The first stays; the same end from both is no dispute, nor is the same source's change."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    key = (await desk.part(campaign.id)).key
    await desk.call_back(key, record_of(ONE, word="SUCESSO"))
    await desk.call_back(key, record_of(ONE, word="INSUCESSO"))
    await desk.call_back(key, record_of(TWO, word="SUCESSO"))
    assert (await _figures(desk, campaign)).disputed == 0
    desk.clock.advance(MINUTE)
    desk.gateway.rows[FIRST] = [Row(ONE, "INSUCESSO"), Row(TWO, "SUCESSO"), Row(THREE, "?")]
    assert await desk.tracking.poll_status()
    assert await desk.reconciling.run() == 1
    (facts,) = _told(desk, campaign)
    assert (facts["kinds"], facts["disputed"]) == (["disputed"], 1)


async def test_credit_that_adds_up_is_not_told(desk: Desk) -> None:
    """Between the last word before it left and the first a minute after."""
    campaign = await _sent(desk)
    await _credit(desk, 999)
    await _deliver(desk, campaign)
    desk.clock.advance(MINUTE + SECOND)
    await _credit(desk, 998)
    assert await desk.reconciling.run() == 0
    figures = await _figures(desk, campaign)
    assert (figures.expected, figures.used) == (2, Decimal(2))
    assert (await desk.campaign(campaign.id)).reconciled_at == desk.clock.now()


async def test_credit_that_does_not_add_up_is_told_with_both_sums(desk: Desk) -> None:
    """Segments count; and other campaigns of that time are expected, too."""
    campaign = await _sent(desk, text="a" * 161)
    await desk.submitted(numbers=THREE)
    await _deliver(desk, campaign)
    desk.clock.advance(MINUTE + SECOND)
    await _credit(desk, 990)
    assert await desk.reconciling.run() >= 1
    (facts,) = _told(desk, campaign)
    assert (facts["kinds"], facts["expected"], facts["used"]) == (["credit"], 5, "10")


async def test_what_is_wrong_together_is_told_together(desk: Desk) -> None:
    """One message with all of it, and later only what is new."""
    campaign = await _sent(desk, numbers=EVERYBODY)
    desk.clock.advance(PATIENCE)
    desk.gateway.rows[FIRST] = [Row(ONE, "SUCESSO")]
    assert await desk.tracking.poll_status()
    await desk.call_back((await desk.part(campaign.id)).key, record_of(ONE, word="INSUCESSO"))
    desk.clock.advance(OVERDUE)
    assert await desk.reconciling.run() == 1
    await _credit(desk, 1)
    assert await desk.reconciling.run() == 1
    first, second = _told(desk, campaign)
    assert first["kinds"] == ["disputed", "silent", "unlisted"]
    assert (first["silent"], first["unlisted"], first["disputed"]) == (2, 2, 1)
    assert second["kinds"] == ["credit"]


@pytest.mark.parametrize("what", ["top-up", "nothing before", "doubtful", "no longer known"])
async def test_where_the_credit_says_nothing_nothing_is_told(desk: Desk, what: str) -> None:
    """Somebody paid in, nothing was known before, or a request may have gone beside it."""
    if what != "nothing before":
        await _credit(desk, 1000)
    desk.clock.advance(MINUTE)
    if what == "doubtful":
        other = await desk.lost()
        await desk.leave(other)
    campaign = await desk.submitted()
    await _deliver(desk, campaign)
    desk.clock.advance(MINUTE + SECOND)
    if what != "no longer known":
        await _credit(desk, 5000 if what == "top-up" else 900)
    assert await desk.reconciling.run() == 0
    figures = await _figures(desk, campaign)
    assert (figures.expected, figures.used) == (2, None)


async def test_reconciling_ends_with_the_credit_or_an_hour_after_the_end(desk: Desk) -> None:
    """What isn't known by then won't be."""
    campaign = await desk.submitted()
    await _deliver(desk, campaign)
    desk.clock.advance(CREDIT_PATIENCE)
    await desk.reconciling.run()
    assert (await desk.campaign(campaign.id)).reconciled_at is None
    desk.clock.advance(SECOND)
    await desk.reconciling.run()
    assert (await desk.campaign(campaign.id)).reconciled_at == desk.clock.now()
    await _credit(desk, 1)
    assert await desk.reconciling.run() == 0


async def test_what_nobody_accepted_adds_up(desk: Desk) -> None:
    """Nothing was handed over, so nothing is missing."""
    desk.gateway.endings.append(GatewayRejected("SALDO INSUFICIENTE"))
    campaign = await _sent(desk)
    desk.clock.advance(SILENCE)
    await _credit(desk, 1)
    assert await desk.reconciling.run() == 0
    assert await _figures(desk, campaign) == Figures()


async def test_people_who_were_left_out_are_not_missed(desk: Desk) -> None:
    """Nor those of a part that was dropped."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([None, GatewayUnavailable()])
    campaign = await desk.submitted()
    await desk.write(lambda tx: tx.optouts.add(TWO, at=NOON, campaign=None, word="SAIR"))
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    states = [part.state for part in await desk.parts(campaign.id)]
    assert states == [PartState.ACCEPTED, PartState.DROPPED]
    figures = await _figures(desk, campaign)
    assert (figures.accepted, figures.silent) == (1, 1)


async def test_before_it_is_launched_there_are_no_figures(desk: Desk) -> None:
    """Nothing to compare."""
    campaign = await desk.create()
    assert (await desk.viewing.campaign(campaign.id)).figures is None
