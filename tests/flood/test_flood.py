"""A small flood at the real program: everything answered is stored, and shown exactly once."""

from pathlib import Path

from tests.flood.__main__ import run
from tests.flood.scale import Scale

SMALL = Scale(receipts=200, replies=80, connections=20, kills=3, seed=7)


async def test_every_reply_is_shown_exactly_once_whatever_kills_the_bot(tmp_path: Path) -> None:
    """It is killed amid the call-backs, and as Slack has just taken a message.

    ``make flood`` plays 10,000 of them.
    """
    verdict = await run(SMALL, tmp_path)
    assert verdict.is_good, verdict.render()
    assert verdict.kills[0] == 3
    assert verdict.forms["group"] >= 2
