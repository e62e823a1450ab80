"""The platform is down, slow, loses answers, answers HTML, or doesn't know the login."""

from pathlib import Path

from bot.tour.seeing import newest_campaign, phones_with
from bot.tour.visitor import ANA, BRUNO
from tests.journeys.conftest import Town, open_town

TEXT = "Feliz Natal"


async def _approve_one(town: Town) -> None:
    await town.visitor.type(ANA, f"/sms-send 31999990001 {TEXT}")
    await town.card_says("Waiting")
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)


async def test_a_platform_that_is_down_gets_it_once_it_is_back(town: Town) -> None:
    """The request never left, so it waits, says so, and goes later: once."""
    await town.visitor.do("trouble", kind="down")
    await _approve_one(town)
    await town.told_in_thread("keeps its place")
    await town.visitor.do("trouble", kind="none")
    await town.visitor.see(ANA, "the SMS", lambda s: phones_with(s, TEXT))
    assert len(await town.sent()) == 1


async def test_a_lost_answer_is_never_sent_again(town: Town) -> None:
    """The call-back on the part's own address settles it; nobody gets it twice."""
    await town.visitor.do("trouble", kind="lost")
    await _approve_one(town)
    await town.visitor.see(ANA, "the SMS", lambda s: phones_with(s, TEXT))
    await town.card_says("Done")
    assert len(await town.sent()) == 1


async def test_an_html_error_page_is_unknown_and_stays_so_across_a_restart(town: Town) -> None:
    """It may have gone: the card asks for a person, and a restart sends nothing."""
    await town.visitor.do("trouble", kind="html")
    await _approve_one(town)
    await town.card_says("Needs you")
    await town.visitor.do("trouble", kind="none")
    await town.restart()
    await town.visitor.type(ANA, "/sms-status 1")
    await town.told_privately("Needs you")
    assert not phones_with(await town.visitor.state(ANA), TEXT)
    assert newest_campaign(await town.visitor.state(ANA))["people"] == 0


async def test_a_slow_platform_keeps_nobody_waiting(town: Town) -> None:
    """Commands answer from what is known while a request is under way."""
    await town.visitor.do("trouble", kind="slow")
    await _approve_one(town)
    await town.visitor.type(ANA, "/sms-status")
    await town.told_privately("#1")
    await town.visitor.see(ANA, "the SMS", lambda s: phones_with(s, TEXT))
    assert len(await town.sent()) == 1


async def test_a_wrong_login_is_refused_in_the_platforms_words(tmp_path: Path) -> None:
    """``FALHA AO REALIZAR LOGIN`` reaches the thread; the login doesn't."""
    async with open_town(tmp_path, gateway_password="outra-senha-secreta") as town:
        await _approve_one(town)
        told = await town.told_in_thread("FALHA AO REALIZAR LOGIN")
        assert "outra-senha-secreta" not in str(told)
        await town.card_says("Not sent")
