"""The whole story, as ``make tour`` tells it."""

import pytest

from bot.tour import telling
from bot.tour.telling import tell
from bot.tour.visitor import ANA, Visitor


async def test_the_tour_ends_well_by_socket_mode() -> None:
    """The whole story by the other way into Slack; by signed HTTP ``tests/commands`` tells it."""
    assert await tell(socket_mode=True) == 0


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
