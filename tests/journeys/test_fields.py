"""Fields over real sockets: each phone gets its own text, and nothing but what was approved."""

import sqlite3
from contextlib import closing

import httpx

from bot.tour.seeing import phones_with
from bot.tour.visitor import ANA, BRUNO
from tests.journeys.conftest import Town

FIRST, SECOND, THIRD = "31999990001", "31988880002", "31977770003"
LIST = f"celular;nome\n{FIRST};Ana\n{SECOND};Bia\n{THIRD};Ana\n"


async def compose(town: Town, text: str) -> None:
    """Open the form, give a file in it, and send it."""
    await town.visitor.type(ANA, "/sms-send")
    form = await town.visitor.see(ANA, "the form", lambda state: state["modal"])
    async with httpx.AsyncClient(base_url=town.sandbox.url, trust_env=False) as page:
        given = await page.post(
            "/sandbox/upload", params={"person": ANA, "name": "lista.csv"}, content=LIST.encode()
        )
    file = given.raise_for_status().json()["file"]
    state = {
        "text": {"typing.text": {"type": "plain_text_input", "value": text}},
        "file": {"file": {"type": "file_input", "files": [{"id": file["id"]}]}},
    }
    await town.visitor.do("modal/submit", person=ANA, view_id=form["id"], state=state)


async def test_each_phone_gets_its_own_text(town: Town) -> None:
    """Two texts go in two requests: people with equal ones travel together."""
    await compose(town, "Olá {nome}!")
    await town.card_says("2 different texts in 2 requests")
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("3 delivered")
    state = await town.visitor.state(ANA)
    assert set(phones_with(state, "Olá Ana!")) == {FIRST, THIRD}
    assert phones_with(state, "Olá Bia!") == [SECOND]
    assert len(await town.sent()) == 2


async def test_a_value_that_was_changed_behind_our_back_does_not_go(town: Town) -> None:
    """The approval was for each person's text."""
    await compose(town, "Olá {nome}!")
    await town.card_says("Waiting for approval")
    await town.bot.__aexit__(None, None, None)
    with closing(sqlite3.connect(town.database)) as db, db:
        db.execute("""UPDATE field_values SET cells = '["Eva"]' WHERE person = ?""", (SECOND,))
    await town.start_again()
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("isn't what was approved")
    assert await town.sent() == []
