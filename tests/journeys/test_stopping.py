"""A program that is told to stop finishes the request in hand, and begins no other."""

import sqlite3
from pathlib import Path

from bot.tour.visitor import ANA, BRUNO
from tests.journeys.conftest import open_town

PEOPLE = ",".join(f"319{90000001 + each}" for each in range(60))


async def test_a_stop_in_the_middle_of_sending_leaves_nothing_unknown(tmp_path: Path) -> None:
    """The platform is slow; the part under way is settled, and the others wait for the start."""
    async with open_town(tmp_path, gateway_max_url_bytes=500, gateway_door="http") as town:
        await town.visitor.do("trouble", kind="slow")
        await town.visitor.type(ANA, f"/sms-send {PEOPLE} Oi")
        await town.card_says("Waiting")
        await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
        await town.visitor.until_asked("sendsms")
        await town.bot.__aexit__(None, None, None)
        assert len(await town.sent()) == 1
        with sqlite3.connect(f"file:{town.database}?mode=ro", uri=True) as db:
            states = [state for (state,) in db.execute("SELECT state FROM parts ORDER BY id")]
        db.close()
        assert states[0] == "accepted"
        assert set(states[1:]) == {"ready"}
        await town.visitor.do("trouble", kind="none")
        await town.restart()
        await town.card_says("Done")
        assert len(await town.sent()) == len(states)
