"""Tracking: the platform is asked once a minute at most, and what it says is applied."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.news import NewsKind
from bot.domain.receipts import Status
from bot.domain.standing import BalanceTrouble
from bot.services.tracking import CALM, MINUTE, SILENCE, StatusScope
from tests.builders import ANA, BIA, HOUR, NOON, ONE, THREE, TWO
from tests.fakes import PowerCutError, Row
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

SECOND = timedelta(seconds=1)
FIRST = GatewayId(7001)
EVERYBODY = f"{ONE},{TWO},{THREE}"


async def _in_three_parts(desk: Desk) -> Campaign:
    desk.gateway.room = 1
    return await desk.submitted(numbers=EVERYBODY)


async def test_status_is_asked_once_a_minute(desk: Desk) -> None:
    """The limit is the account's: another campaign's question counts as well."""
    await desk.submitted()
    await desk.submitted()
    assert await desk.tracking.poll_status()
    assert not await desk.tracking.poll_status()
    desk.clock.advance(MINUTE - SECOND)
    assert not await desk.tracking.poll_status()
    desk.clock.advance(SECOND)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002]


async def test_the_minute_outlives_a_restart(desk: Desk) -> None:
    """The platform doesn't care that we were away."""
    await desk.submitted()
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()
    await desk.restart()
    desk.clock.advance(MINUTE - SECOND)
    assert not await desk.tracking.poll_status()
    assert not await desk.tracking.poll_balance()


async def test_the_minute_is_taken_before_the_question_leaves(desk: Desk) -> None:
    """A crash in the middle costs a question, never the limit."""
    await desk.submitted()
    desk.gateway.ask_endings.extend([PowerCutError(), PowerCutError()])
    with pytest.raises(PowerCutError):
        await desk.tracking.poll_status()
    with pytest.raises(PowerCutError):
        await desk.tracking.poll_balance()
    await desk.restart()
    assert not await desk.tracking.poll_status()
    assert not await desk.tracking.poll_balance()


@pytest.mark.parametrize("back", [SECOND, HOUR, timedelta(days=400)])
async def test_a_clock_that_was_put_back_costs_a_minute_not_a_year(
    desk: Desk, back: timedelta
) -> None:
    """How long it really was nobody knows, so a whole minute passes by the new time."""
    await desk.submitted()
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()
    desk.clock.advance(-back)
    for step in (timedelta(0), MINUTE - SECOND):
        desk.clock.advance(step)
        assert not await desk.tracking.poll_status()
        assert not await desk.tracking.poll_balance()
    desk.clock.advance(2 * SECOND)
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()


async def test_the_stalest_part_comes_first(desk: Desk) -> None:
    """Never asked about, then asked about longest ago; round and round."""
    await _in_three_parts(desk)
    for _ in range(5):
        assert await desk.tracking.poll_status()
        desk.clock.advance(MINUTE)
    assert desk.gateway.status_asked == [7001, 7002, 7003, 7001, 7002]


async def test_where_the_minute_is_each_campaigns_all_are_asked(open_desk: OpenDesk) -> None:
    """By the settings, for a platform that allows it."""
    desk = await open_desk(None, StatusScope.CAMPAIGN)
    await _in_three_parts(desk)
    assert [await desk.tracking.poll_status() for _ in range(4)] == [True, True, True, False]
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002, 7003, 7001]


async def test_the_platforms_words_become_statuses(desk: Desk) -> None:
    """In either spelling of a number; what can't be read or isn't ours is passed over."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    desk.gateway.rows[FIRST] = [
        Row(Number("3199990001"), "Enviado com SUCESSO", "VIVO", NOON),
        Row(TWO, "Número inválido"),
        Row(THREE, "NA FILA DA OPERADORA"),
        Row(Number("11911111111"), "SUCESSO"),
        Row(None, "SUCESSO"),
    ]
    assert await desk.tracking.poll_status()
    assert await desk.counts(campaign.id) == {
        Status.DELIVERED: 1,
        Status.INVALID: 1,
        Status.SENT: 1,
    }
    words = desk.look("SELECT word, carrier FROM recipients ORDER BY position")
    assert words[0] == ("Enviado com SUCESSO", "VIVO")
    assert words[2] == ("NA FILA DA OPERADORA", "")


async def test_a_final_status_never_goes_back(desk: Desk) -> None:
    """The report is older than the call-back, or simply wrong."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, record_of(ONE, word="SUCESSO"))
    desk.gateway.rows[FIRST] = [Row(ONE, "aguardando envio"), Row(ONE, "INSUCESSO")]
    assert await desk.tracking.poll_status()
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 2}


async def test_when_every_fate_is_known_the_campaign_is_done(desk: Desk) -> None:
    """The report goes to the thread, once, and the platform isn't asked any more."""
    campaign = await desk.submitted(numbers=EVERYBODY)
    desk.gateway.rows[FIRST] = [Row(ONE, "SUCESSO"), Row(TWO, "SUCESSO"), Row(THREE, "INSUCESSO")]
    assert await desk.tracking.poll_status()
    done = await desk.campaign(campaign.id)
    assert (done.state, done.finished_at) == (State.DONE, NOON)
    (*_, told) = desk.told(campaign.id)
    assert told.kind is NewsKind.FINISHED
    assert told.facts == {"delivered": 2, "failed": 1, "silent": 0, "replies": 0, "opt_outs": 0}
    desk.clock.advance(MINUTE)
    assert not await desk.tracking.poll_status()
    assert desk.story(campaign.id).count(NewsKind.FINISHED) == 1


async def test_an_answer_with_nothing_in_it_changes_nothing(desk: Desk) -> None:
    """The platform may know less than we do."""
    campaign = await desk.submitted()
    assert await desk.tracking.poll_status()
    assert await desk.campaign(campaign.id) == campaign


async def test_before_its_time_nothing_is_asked(desk: Desk) -> None:
    """A scheduled campaign has no news yet; the minute is for those that have."""
    await desk.submitted(send_at=NOON + HOUR)
    assert not await desk.tracking.poll_status()
    desk.clock.advance(HOUR)
    assert await desk.tracking.poll_status()


async def test_what_the_platform_does_not_have_is_not_asked_about(desk: Desk) -> None:
    """Neither what it refused nor what may never have reached it."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([GatewayRejected("ERRO"), OutcomeUnknown("time-out")])
    await desk.submitted()
    assert not await desk.tracking.poll_status()


@pytest.mark.parametrize("error", [GatewayUnavailable(), GatewayRejected("AGUARDE 1 MINUTO")])
async def test_a_question_without_an_answer_has_its_minute_too(
    desk: Desk, error: Exception
) -> None:
    """Then the next part has its turn, and what was known stays."""
    await _in_three_parts(desk)
    desk.gateway.ask_endings.extend([error, error])
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()
    assert not await desk.tracking.poll_status()
    assert (await desk.viewing.balance()).balance is None
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002]


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
