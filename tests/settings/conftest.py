"""An environment without settings, and services to check against."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.settings.samples import Lines
from tests.settings.services import PretendServices


@pytest.fixture(autouse=True)
def bare_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start in an empty folder, with none of our settings in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
async def services() -> AsyncIterator[PretendServices]:
    """Serve Slack and the platform while the test runs."""
    async with PretendServices().open() as running:
        yield running


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """Tell what was logged since the last time."""
    return lambda: capsys.readouterr().err.splitlines()  # noqa: PLW0108 - read when it is called
