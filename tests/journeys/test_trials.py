"""A test over real sockets: on its asker's phone before anybody approves, and nowhere else."""

from pathlib import Path

from bot.tour.seeing import Json, phones_with, plain, thread_of
from bot.tour.visitor import ANA, BRUNO, FIRST, SECOND
from tests.journeys.conftest import Town, open_town

OWN = "31966660004"


async def try_out(town: Town, *, number: str = OWN, person: str = ANA) -> None:
    """Press Send me a test, and fill in the form."""
    await town.visitor.press(person, "test.open", campaign=1)
    form = await town.visitor.see(person, "the form", lambda state: state["modal"])
    typed = {"own_number": {"own_number": {"type": "plain_text_input", "value": number}}}
    await town.visitor.do("modal/submit", person=person, view_id=form["id"], state=typed)


def thread(state: Json) -> str:
    """Read all that stands in the campaign's thread."""
    return "\n".join(plain(message) for message in thread_of(state, 1))


async def test_the_phone_has_it_before_anybody_approves(town: Town) -> None:
    """Marked, to be answered like any; the customers get theirs once it is approved."""
    await town.visitor.type(ANA, f"/sms-send {FIRST},{SECOND} Feliz Natal")
    await try_out(town)
    await town.told_in_thread("✅ Delivered")
    assert phones_with(await town.visitor.state(ANA), "Feliz Natal") == [OWN]
    assert phones_with(await town.visitor.state(ANA), "[TEST] Feliz Natal") == [OWN]
    await town.visitor.do("answer", number=OWN, text="Ficou bom")
    await town.told_in_thread("An answer to it came back")
    said = thread(await town.visitor.state(BRUNO))
    assert "Ficou bom" not in said
    assert "6666" not in said
    await town.card_says("Waiting for approval")
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("2 delivered")
    assert len(await town.sent()) == 2


async def test_an_answer_that_is_lost_is_said_and_not_sent_again(tmp_path: Path) -> None:
    """Whoever asked looks at their phone; a restart changes nothing."""
    async with open_town(tmp_path) as town:
        await town.visitor.type(ANA, f"/sms-send {FIRST} Feliz Natal")
        await town.card_says("Waiting for approval")
        await town.visitor.do("trouble", kind="html", scope="sendsms", times=1)
        await try_out(town)
        await town.told_in_thread("It may or may not have gone")
        await town.restart()
        await town.visitor.type(ANA, "/sms-status 2")
        await town.told_privately("Look at your phone")
        assert len(await town.sent()) == 1
