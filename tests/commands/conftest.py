"""An empty place to run commands in, with none of our settings in the environment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def bare_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Start in an empty folder, on a wide terminal without colours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run a command of ours in a process of its own, and wait for its end."""

    def run_command(
        *arguments: str, program: tuple[str, ...] = (sys.executable, "-m", "bot")
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  our own program
            [*program, *arguments], capture_output=True, text=True, timeout=120, check=False
        )

    return run_command
