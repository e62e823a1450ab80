"""Polling: the platform is asked once a minute at most, and what it says is applied."""

from datetime import timedelta

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import GatewayId, Number
from bot.domain.news import NewsKind
from bot.domain.polling import PATIENCE
from bot.domain.receipts import Status
from bot.services.tracking import MINUTE, StatusScope
from tests.builders import HOUR, NOON, ONE, THREE, TWO
from tests.fakes import PowerCutError, Row
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

SECOND = timedelta(seconds=1)
FIRST = GatewayId(7001)
EVERYBODY = f"{ONE},{TWO},{THREE}"


async def _submitted(desk: Desk, **typed: str) -> Campaign:
    """Send a campaign, and give its call-backs the time to begin."""
    campaign = await desk.submitted(**typed)
    desk.clock.advance(PATIENCE)
    return campaign


async def _in_three_parts(desk: Desk) -> Campaign:
    desk.gateway.room = 1
    return await _submitted(desk, numbers=EVERYBODY)


async def test_status_is_asked_once_a_minute(desk: Desk) -> None:
    """The limit is the account's: another campaign's question counts as well."""
    await desk.submitted()
    await _submitted(desk)
    assert await desk.tracking.poll_status()
    assert not await desk.tracking.poll_status()
    desk.clock.advance(MINUTE - SECOND)
    assert not await desk.tracking.poll_status()
    desk.clock.advance(SECOND)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002]


async def test_the_minute_outlives_a_restart(desk: Desk) -> None:
    """The platform doesn't care that we were away."""
    await _submitted(desk)
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()
    await desk.restart()
    desk.clock.advance(MINUTE - SECOND)
    assert not await desk.tracking.poll_status()
    assert not await desk.tracking.poll_balance()
    desk.clock.advance(SECOND)
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()


async def test_the_minute_is_taken_before_the_question_leaves(desk: Desk) -> None:
    """A crash in the middle costs a question, never the limit."""
    await _in_three_parts(desk)
    desk.gateway.ask_endings.extend([PowerCutError(), PowerCutError()])
    with pytest.raises(PowerCutError):
        await desk.tracking.poll_status()
    with pytest.raises(PowerCutError):
        await desk.tracking.poll_balance()
    await desk.restart()
    assert not await desk.tracking.poll_status()
    assert not await desk.tracking.poll_balance()


JUMPS = [timedelta(0), HOUR, timedelta(days=400)]


@pytest.mark.parametrize("jump", [*JUMPS, *(-jump for jump in JUMPS)])
async def test_a_clock_that_jumps_makes_the_minute_neither_shorter_nor_longer(
    desk: Desk, jump: timedelta
) -> None:
    """Forward or back: a minute is counted on a clock that nobody sets."""
    await _in_three_parts(desk)
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()
    desk.clock.set(desk.clock.now() + jump)
    for step in (timedelta(0), MINUTE - SECOND):
        desk.clock.advance(step)
        assert not await desk.tracking.poll_status()
        assert not await desk.tracking.poll_balance()
    desk.clock.advance(2 * SECOND)
    assert await desk.tracking.poll_status()
    assert await desk.tracking.poll_balance()


@pytest.mark.parametrize("back", JUMPS[1:])
async def test_a_clock_put_back_while_it_was_down_costs_a_minute_not_a_year(
    desk: Desk, back: timedelta
) -> None:
    """How long it really was nobody knows, so a whole minute passes by the new time."""
    await _in_three_parts(desk)
    assert await desk.tracking.poll_status()
    desk.clock.set(desk.clock.now() - back)
    await desk.restart()
    for step in (timedelta(0), MINUTE - SECOND):
        desk.clock.advance(step)
        assert not await desk.tracking.poll_status()
    desk.clock.advance(SECOND)
    assert await desk.tracking.poll_status()


async def test_the_stalest_part_comes_first(desk: Desk) -> None:
    """Never asked about, then asked about longest ago; round and round."""
    await _in_three_parts(desk)
    for _ in range(5):
        assert await desk.tracking.poll_status()
        desk.clock.advance(MINUTE)
    assert desk.gateway.status_asked == [7001, 7002, 7003, 7001, 7002]


async def test_who_wants_to_know_is_served_first(desk: Desk) -> None:
    """A wish is kept over a restart, and costs the others no more than their turn."""
    await _submitted(desk)
    wanted = await _submitted(desk)
    desk.clock.advance(HOUR)
    await desk.tracking.want(wanted.id)
    await desk.restart()
    for _ in range(3):
        assert await desk.tracking.poll_status()
        desk.clock.advance(MINUTE)
    assert desk.gateway.status_asked[0] == 7002
    assert 7001 in desk.gateway.status_asked


async def test_while_call_backs_come_nothing_is_asked(desk: Desk) -> None:
    """They have told it already; the minute stays free."""
    campaign = await _submitted(desk, numbers=EVERYBODY)
    key = (await desk.part(campaign.id)).key
    for number in (ONE, TWO):
        await desk.call_back(key, record_of(number, word="SUCESSO"))
        assert not await desk.tracking.poll_status()
        desk.clock.advance(MINUTE - 2 * SECOND)
    assert not await desk.tracking.poll_status()
    desk.clock.advance(2 * SECOND)
    assert await desk.tracking.poll_status()


async def test_where_the_minute_is_each_campaigns_all_are_asked(open_desk: OpenDesk) -> None:
    """By the settings, for a platform that allows it."""
    desk = await open_desk(None, StatusScope.CAMPAIGN)
    await _in_three_parts(desk)
    assert [await desk.tracking.poll_status() for _ in range(4)] == [True, True, True, False]
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002, 7003, 7001]


async def test_where_one_campaigns_minute_is_not_over_another_is_asked(
    open_desk: OpenDesk,
) -> None:
    """It doesn't stand in the way of those behind it."""
    desk = await open_desk(None, StatusScope.CAMPAIGN)
    await _submitted(desk)
    assert await desk.tracking.poll_status()
    desk.clock.set(desk.clock.now() - HOUR)
    await _submitted(desk)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7001, 7002]


async def test_the_platforms_words_become_statuses(desk: Desk) -> None:
    """In either spelling of a number; what can't be read or isn't ours is passed over."""
    campaign = await _submitted(desk, numbers=EVERYBODY)
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
    assert (await desk.part(campaign.id)).listed == 3


async def test_a_final_status_never_goes_back(desk: Desk) -> None:
    """The report is older than the call-back, or simply wrong."""
    campaign = await _submitted(desk, numbers=EVERYBODY)
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, record_of(ONE, word="SUCESSO"))
    desk.gateway.rows[FIRST] = [Row(ONE, "aguardando envio"), Row(ONE, "INSUCESSO")]
    desk.clock.advance(MINUTE)
    assert await desk.tracking.poll_status()
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 2}


async def test_when_every_fate_is_known_the_campaign_is_done(desk: Desk) -> None:
    """The report goes to the thread, once, and the platform isn't asked any more."""
    campaign = await _submitted(desk, numbers=EVERYBODY)
    desk.gateway.rows[FIRST] = [Row(ONE, "SUCESSO"), Row(TWO, "SUCESSO"), Row(THREE, "INSUCESSO")]
    assert await desk.tracking.poll_status()
    done = await desk.campaign(campaign.id)
    assert (done.state, done.finished_at) == (State.DONE, NOON + PATIENCE)
    (*_, told) = desk.told(campaign.id)
    assert told.kind is NewsKind.FINISHED
    assert told.facts == {"delivered": 2, "failed": 1, "silent": 0, "replies": 0, "opt_outs": 0}
    desk.clock.advance(HOUR)
    assert not await desk.tracking.poll_status()
    assert desk.story(campaign.id).count(NewsKind.FINISHED) == 1


async def test_a_part_whose_people_are_all_final_is_not_asked_about(desk: Desk) -> None:
    """There is nothing to hear of it, though its campaign goes on."""
    campaign = await _in_three_parts(desk)
    first, *_ = await desk.parts(campaign.id)
    await desk.call_back(first.key, record_of(ONE, word="SUCESSO"))
    for _ in range(4):
        desk.clock.advance(HOUR)
        assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [7002, 7003, 7002, 7003]


async def test_an_answer_with_nothing_in_it_changes_nothing(desk: Desk) -> None:
    """The platform may know less than we do."""
    campaign = await _submitted(desk)
    assert await desk.tracking.poll_status()
    assert await desk.campaign(campaign.id) == campaign


async def test_before_its_time_nothing_is_asked(desk: Desk) -> None:
    """A scheduled campaign has no news yet; the minute is for those that have."""
    await desk.submitted(send_at=NOON + HOUR)
    desk.clock.advance(HOUR - SECOND)
    assert not await desk.tracking.poll_status()
    desk.clock.advance(SECOND + PATIENCE)
    assert await desk.tracking.poll_status()


async def test_what_the_platform_does_not_have_is_not_asked_about(desk: Desk) -> None:
    """Neither what it refused nor what may never have reached it."""
    desk.gateway.room = 1
    desk.gateway.endings.extend([GatewayRejected("ERRO"), OutcomeUnknown("time-out")])
    await _submitted(desk)
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
