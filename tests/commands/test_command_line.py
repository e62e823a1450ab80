"""The command line, in a process of its own, as whoever sets Torpedo up meets it."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.settings.samples import BOT_TOKEN, PASSWORD, SECRETS, write_env

TORPEDO = Path(sys.executable).with_name("torpedo")
NEEDED = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "GATEWAY_URL",
    "GATEWAY_LOGIN",
    "GATEWAY_PASSWORD",
    "PUBLIC_URL",
)
AWAY = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "GATEWAY_URL": "http://127.0.0.1:1/painel"}


@pytest.mark.parametrize("command", ["run", "check"])
def test_missing_settings_are_all_named_at_once(run: Run, command: str) -> None:
    """One round mends them all; the exit code says that nothing was started."""
    ended = run(command)
    assert ended.returncode == 1
    assert ended.stdout == ""
    for name in NEEDED:
        assert f"{name} is missing" in ended.stderr
    assert "6 things to put right" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_named_file_that_isnt_there_is_a_mistake(run: Run) -> None:
    """Somebody meant it."""
    ended = run("run", "--env-file", "production.env")
    assert ended.returncode == 1
    assert "production.env can't be read" in ended.stderr


def test_a_wrong_setting_is_explained_without_its_value(run: Run, tmp_path: Path) -> None:
    """What is wrong is often a secret in the wrong place."""
    write_env(tmp_path, SLACK_BOT_TOKEN="xapp-secret-1", PORT="eighty")
    ended = run("run")
    assert ended.returncode == 1
    assert "SLACK_BOT_TOKEN is an app token" in ended.stderr
    assert "PORT isn't a whole number" in ended.stderr
    assert "secret-1" not in ended.stderr
    assert "eighty" not in ended.stderr


def test_a_port_that_is_taken_is_said_at_once(run: Run, tmp_path: Path) -> None:
    """And what to do about it; no database is made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        write_env(tmp_path, PORT=str(port), **AWAY)
        ended = run("run")
    assert ended.returncode == 1
    assert f"Nothing can listen at 127.0.0.1:{port}" in ended.stderr
    assert "another PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "torpedo.db").exists()


def test_a_database_that_cant_be_made_is_said_at_once(run: Run, tmp_path: Path) -> None:
    """A folder, say, or a file that is something else."""
    write_env(tmp_path, PORT="0", DATABASE=str(tmp_path), **AWAY)
    ended = run("run")
    assert ended.returncode == 1
    assert str(tmp_path) in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_says_what_cant_be_reached(run: Run, tmp_path: Path) -> None:
    """Exit code 1, a line for each, and no credential in any."""
    write_env(tmp_path, **AWAY)
    ended = run("check")
    assert ended.returncode == 1
    assert "SMS platform" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    for secret in SECRETS:
        assert secret not in ended.stdout + ended.stderr


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_with_slack_and_the_platform_away_until_it_is_told_to_stop(
    tmp_path: Path, sign: signal.Signals
) -> None:
    """Exit code 0, and no credential in what it said meanwhile."""
    write_env(tmp_path, PORT="0", LOG_LEVEL="DEBUG", **AWAY)
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            if "torpedo is up" in line:
                process.send_signal(sign)
        assert process.wait(timeout=60) == 0
    assert "torpedo is up" in said
    assert "Traceback" not in said
    assert PASSWORD not in said
    assert BOT_TOKEN not in said


def test_the_script_and_the_module_are_the_same_program(run: Run) -> None:
    """Whichever somebody types."""
    module, script = run("--help"), run("--help", program=(str(TORPEDO),))
    assert module.returncode == script.returncode == 0
    assert module.stdout.replace("python -m bot", "torpedo").split() == script.stdout.split()
    for command in ("run", "check", "demo", "sandbox"):
        assert f" {command} " in script.stdout


def test_a_command_that_doesnt_exist_is_told(run: Run) -> None:
    """Exit code 2, as programs do."""
    ended = run("send")
    assert ended.returncode == 2
    assert "No such command" in ended.stderr
