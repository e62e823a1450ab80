"""Second thoughts over real sockets: an edit, a brake on everything, a reminder."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.troubles import Trouble
from bot.tour.seeing import Json, find_button, phones_with, plain
from bot.tour.visitor import ANA, BRUNO, CARLA, FIRST, SECOND
from storage.times import write_time
from tests.journeys.conftest import Town, open_town


async def edit(town: Town, *, text: str, numbers: str) -> Json:
    """Press Edit as Ana, and fill in the form."""
    await town.visitor.press(ANA, "campaign.edit", campaign=1)
    form = await town.visitor.see(ANA, "the form", lambda state: state["modal"])
    typed = {"text": text, "numbers": numbers}
    state = {
        name: {f"typing.{name}": {"type": "plain_text_input", "value": value}}
        for name, value in typed.items()
    }
    return await town.visitor.do("modal/submit", person=ANA, view_id=form["id"], state=state)


async def test_what_was_approved_after_an_edit_is_what_is_sent(town: Town) -> None:
    """The button of the version before decides nothing."""
    await town.visitor.type(ANA, f"/sms-send {FIRST} Sabado")
    await town.card_says("Waiting for approval")
    state = await town.visitor.state(BRUNO)
    found = find_button(state, "campaign.approve", 1)
    assert found is not None
    _, old = found
    await edit(town, text="Domingo", numbers=f"{FIRST},{SECOND}")
    await town.card_says("version 2")
    await town.card_says("+1 / −0 numbers")
    new = find_button(await town.visitor.state(BRUNO), "campaign.approve", 1)
    assert new is not None
    assert new[1]["value"] != old["value"]
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("Done")
    state = await town.visitor.state(ANA)
    assert sorted(phones_with(state, "Domingo")) == sorted([FIRST, SECOND])
    assert phones_with(state, "Sabado") == []


async def test_an_edit_voids_the_first_of_two_approvals(tmp_path: Path) -> None:
    """Whoever had said yes is asked to look again."""
    async with open_town(tmp_path, approvals=2) as town:
        await town.visitor.type(ANA, f"/sms-send {FIRST} Sabado")
        await town.card_says("Waiting for approval")
        await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
        await town.card_says("1 of 2 approvals")
        await edit(town, text="Domingo", numbers=FIRST)
        await town.card_says("0 of 2 approvals")
        await town.told_in_thread("counts no more")
        await town.visitor.press(CARLA, "campaign.approve", campaign=1)
        await town.card_says("1 of 2 approvals")
        assert await town.sent() == []


async def test_one_brake_for_everything(town: Town) -> None:
    """What runs is held; what only waits is named; and nothing leaves meanwhile."""
    await town.sandbox.set_trouble(Trouble.DOWN)
    for number in (1, 2, 3):
        await town.visitor.type(ANA, f"/sms-send {FIRST} Oi {number}")
        await town.card_says("Waiting for approval", campaign=number)
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.visitor.press(BRUNO, "campaign.approve", campaign=2)
    await town.card_says("can't be reached", campaign=1)
    await town.visitor.type(CARLA, "/sms-hold all")
    answer = await town.told_privately("The brake is pulled for", person=CARLA)
    assert "#1" in plain(answer)
    assert "1 waits for approval" in plain(answer)
    await town.sandbox.set_trouble(Trouble.NONE)
    await town.card_says("On hold", campaign=1)
    await town.card_says("On hold", campaign=2)
    assert await town.sent() == []


async def test_a_reminder_comes_once(town: Town) -> None:
    """Shortly before its time is over, and not again after a restart."""
    await town.visitor.type(ANA, f"/sms-send {FIRST} Oi")
    await town.card_says("Waiting for approval")
    await town.bot.__aexit__(None, None, None)
    now = datetime.now(UTC)
    moments = (write_time(now - timedelta(hours=23)), write_time(now + timedelta(minutes=30)))
    with closing(sqlite3.connect(town.database)) as other, other:
        other.execute("UPDATE campaigns SET created_at = ?, expires_at = ?", moments)
    await town.restart()
    await town.told_in_thread("still waits for 1 approval")
    await town.restart()
    await town.visitor.type(ANA, "/sms-status 1")
    await town.told_privately("#1")
    with closing(sqlite3.connect(town.database)) as other:
        reminders = other.execute("SELECT count(*) FROM outbox WHERE kind = 'reminder'").fetchone()
    assert reminders == (1,)
