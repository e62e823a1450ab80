"""Nobody is texted twice, and nobody is lost in silence, whatever breaks and whenever."""

from pathlib import Path

from bot.sandbox.troubles import Trouble
from tests.faults.report import render
from tests.faults.running import run

ROUNDS = range(1, 21)
SEED = 4


async def test_nobody_is_texted_twice_or_lost_in_silence(tmp_path: Path) -> None:
    """The bot, a process of its own, is killed while the platform fails it in every way there is.

    Counted from the platform's side: each recipient of an approved campaign is texted once, or
    not at all and people are told so. ``make faults`` plays ten times as many rounds.
    """
    shown = await run(ROUNDS, seed=SEED, kept=tmp_path)
    assert not shown.bad, render(shown)
    assert shown.kills >= 10
    assert sum(one.requests for one in shown.outcomes) >= len(ROUNDS)
    assert len([kind for kind in Trouble if shown.met[kind]]) >= 6
