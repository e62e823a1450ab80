"""The commands themselves, called in this process."""

import asyncio
import importlib
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli, main
from bot.domain.errors import SettingsError
from bot.lean import EXTRAS, share_one_heap, without
from bot.terminal import explain, run_check
from tests.settings.samples import APP_TOKEN, write_env
from tests.settings.services import PretendServices

CLI = CliRunner()

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("command", ["run", "check"])
def test_wrong_settings_end_a_command_with_1(command: str) -> None:
    """Each setting is named on standard error."""
    ended = CLI.invoke(cli, [command])
    assert ended.exit_code == 1
    assert "GATEWAY_LOGIN is missing" in ended.stderr


def test_a_start_that_fails_ends_with_1(tmp_path: Path) -> None:
    """Settings that are right by themselves may still not fit the machine."""
    write_env(tmp_path, PORT="0", HOST="no.such.host.invalid")
    ended = CLI.invoke(cli, ["run"])
    assert ended.exit_code == 1
    assert "Nothing can listen at no.such.host.invalid:0" in ended.stderr


def test_a_round_that_finds_trouble_ends_with_1(tmp_path: Path) -> None:
    """Slack and the platform are away."""
    away = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "GATEWAY_URL": "http://127.0.0.1:1/x"}
    write_env(tmp_path, **away)
    ended = CLI.invoke(cli, ["check"])
    assert ended.exit_code == 1
    assert "SMS platform" in ended.stdout


async def test_a_round_that_finds_all_well_ends_with_0(tmp_path: Path) -> None:
    """Every line says so."""
    async with PretendServices().open() as services:
        there = services.settings()
        path = write_env(
            tmp_path,
            SLACK_API_URL=there.slack_api_url,
            GATEWAY_URL=there.gateway_url,
            SLACK_APP_TOKEN=APP_TOKEN,
        )
        # A command has a loop of its own, so it runs beside the one that serves it here.
        assert await asyncio.to_thread(run_check, path) == 0


def test_what_is_wrong_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Square brackets are nobody's mark-up."""
    explain(SettingsError("look at [bold]this[/bold]"))
    assert "look at [bold]this[/bold]" in capsys.readouterr().err


def test_main_is_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the installed script calls."""
    monkeypatch.setattr("sys.argv", ["torpedo", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Run SMS campaigns from Slack" in capsys.readouterr().out


def test_a_start_loads_nothing_that_it_does_not_need() -> None:
    """What is loaded stays in memory: XML is for the SOAP door, dates for whoever writes one."""
    code = """
import sys
from bot.lean import without
with without():
    import bot.__main__, bot.app, bot.terminal
print(*sys.modules)
"""
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"lxml", "zeep", "requests", "dateparser", "regex", "yaml", "holidays"}
    assert not loaded & {*EXTRAS, "python_calamine"}
    assert "slack_sdk.socket_mode" not in done.stdout.split()
    assert "bot.checking" not in done.stdout.split()
    assert "bot.sandbox" not in done.stdout.split()


def test_a_package_kept_out_is_there_again_afterwards() -> None:
    """Whoever wants it then has it; what was loaded before stays as it was."""
    with without(("this", "pytest")):
        with pytest.raises(ImportError):
            importlib.import_module("this")
        assert sys.modules["pytest"] is pytest
    assert "this" not in sys.modules


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has other ways")
def test_threads_share_a_heap() -> None:
    """Half a dozen of their own would stand mostly empty."""
    assert share_one_heap()
