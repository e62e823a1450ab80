"""Tracking: how much credit is left, and when silence is the end."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.campaign import State
from bot.domain.credit import BalanceTrouble
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.news import NewsKind
from bot.services.tracking import CALM, MINUTE, SILENCE
from tests.builders import ANA, BIA, NOON, ONE, TWO
from tests.services.desk import Desk, record_of

SECOND = timedelta(seconds=1)


async def test_the_credit_is_asked_each_minute_while_something_runs(desk: Desk) -> None:
    """And kept with its age."""
    await desk.create()
    assert await desk.tracking.poll_balance()
    assert not await desk.tracking.poll_balance()
    desk.clock.advance(MINUTE)
    desk.gateway.credits = Decimal("12.5")
    assert await desk.tracking.poll_balance()
    balance = (await desk.viewing.balance()).balance
    assert balance is not None
    assert (balance.credits, balance.at) == (Decimal("12.5"), NOON + MINUTE)


async def test_the_credit_is_asked_seldom_while_nothing_runs(desk: Desk) -> None:
    """It hardly changes then."""
    assert await desk.tracking.poll_balance()
    desk.clock.advance(CALM - SECOND)
    assert not await desk.tracking.poll_balance()
    desk.clock.advance(SECOND)
    assert await desk.tracking.poll_balance()
    assert desk.gateway.balance_asked == 2


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (GatewayRejected("FALHA AO REALIZAR LOGIN"), "FALHA AO REALIZAR LOGIN"),
        (GatewayUnavailable(), ""),
    ],
)
async def test_a_question_about_credit_without_an_answer_is_kept_for_people(
    desk: Desk, error: Exception, reason: str
) -> None:
    """Over a restart, and until the platform tells the credit."""
    desk.gateway.ask_endings.append(error)
    assert await desk.tracking.poll_balance()
    await desk.restart()
    view = await desk.viewing.balance()
    assert (view.balance, view.trouble) == (None, BalanceTrouble(reason, NOON))
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_balance()
    view = await desk.viewing.balance()
    assert view.balance is not None
    assert view.trouble is None


async def test_asked_too_soon_is_no_trouble(desk: Desk) -> None:
    """The platform is there; what it said before it still says."""
    desk.gateway.ask_endings.extend([GatewayUnavailable(60), GatewayRejected("ERRO")])
    desk.gateway.ask_endings.append(GatewayUnavailable(60))
    troubles = []
    for _ in range(3):
        assert await desk.tracking.poll_balance()
        troubles.append((await desk.viewing.balance()).trouble)
        desk.clock.advance(MINUTE)
    kept = BalanceTrouble("ERRO", NOON + MINUTE)
    assert troubles == [None, kept, kept]


async def test_after_a_trouble_the_credit_is_asked_soon(desk: Desk) -> None:
    """However young the credit known is, so that a trouble that is over isn't told on."""
    campaign = await desk.create()
    assert await desk.tracking.poll_balance()
    desk.clock.advance(MINUTE)
    desk.gateway.ask_endings.append(GatewayUnavailable())
    assert await desk.tracking.poll_balance()
    await desk.approving.reject(campaign.id, by=BIA, version=campaign.version, reason="no")
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_balance()
    desk.clock.advance(MINUTE)
    assert not await desk.tracking.poll_balance()


async def test_after_three_days_of_silence_a_campaign_is_done(desk: Desk) -> None:
    """Whoever was never heard of is counted as silent."""
    campaign = await desk.submitted()
    desk.clock.advance(SILENCE)
    assert await desk.tracking.finish_silent() == 0
    desk.clock.advance(SECOND)
    assert await desk.tracking.finish_silent() == 1
    assert await desk.tracking.finish_silent() == 0
    (*_, told) = desk.told(campaign.id)
    assert (told.kind, told.facts["silent"]) == (NewsKind.FINISHED, 2)


async def test_silence_says_nothing_while_it_is_held_or_unsettled(desk: Desk) -> None:
    """People may still get it, or a person has to look first."""
    held = await desk.submitted()
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    unknown = await desk.submitted()
    await desk.braking.hold(held.id, by=ANA)
    desk.clock.advance(10 * SILENCE)
    assert await desk.tracking.finish_silent() == 0
    assert (await desk.campaign(held.id)).state is State.SENT
    assert (await desk.campaign(unknown.id)).state is State.SENDING


async def test_the_credit_is_asked_soon_after_something_has_gone(desk: Desk) -> None:
    """Everything is delivered within seconds, yet the credit known is from before."""
    assert await desk.tracking.poll_balance()
    campaign = await desk.submitted()
    key = (await desk.part(campaign.id)).key
    await desk.call_back(key, record_of(ONE, word="SUCESSO"), record_of(TWO, word="SUCESSO"))
    assert (await desk.campaign(campaign.id)).state is State.DONE
    desk.clock.advance(2 * MINUTE)
    assert await desk.tracking.poll_balance()
    desk.clock.advance(2 * MINUTE)
    assert not await desk.tracking.poll_balance()
