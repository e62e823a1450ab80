"""An environment without settings, and services to check against."""

import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from bot.settings import Settings
from tests.settings.samples import Lines
from tests.settings.services import PretendServices

# A busy machine is no failure: properties have no deadline.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """Tell what was logged since the last time; then put logging back as it was."""
    root = logging.getLogger()
    kept = root.handlers, root.level, sys.excepthook, threading.excepthook
    yield lambda: capsys.readouterr().err.splitlines()  # noqa: PLW0108 - read when it is called
    root.handlers, root.level, sys.excepthook, threading.excepthook = kept
    logging.getLogger("uvicorn.access").disabled = False
    structlog.reset_defaults()
