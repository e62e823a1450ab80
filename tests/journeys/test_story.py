"""The whole story, as ``make tour`` tells it."""

import pytest

from bot.tour import telling
from bot.tour.telling import tell
from bot.tour.visitor import ANA, Visitor


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
async def test_the_tour_ends_well_by_either_way_into_slack(socket_mode: bool) -> None:  # noqa: FBT001
    """Send, wrong person, approve, reply, twice the same, hold, release, schedule, refusal."""
    assert await tell(socket_mode=socket_mode) == 0


async def test_a_step_that_fails_ends_the_tour_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says which step, and what never came."""

    async def never(visitor: Visitor) -> list[str]:
        return [str(await visitor.see(ANA, "the moon", lambda _: None))]

    async def not_allowed(visitor: Visitor) -> list[str]:
        await visitor.do("answer", number="31999990009", text="nobody wrote to me")
        return []

    monkeypatch.setattr("bot.tour.visitor.PATIENCE_SECONDS", 0.2)
    for happens, words in ((never, "the moon never came"), (not_allowed, "answer:")):
        monkeypatch.setattr(telling, "STEPS", (telling.Step("A step", happens),))
        assert await tell() == 1
        said = capsys.readouterr().out
        assert words in said
        assert "The tour failed at step 1 of 1." in said
