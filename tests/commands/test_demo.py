"""The demo and the sandbox, as the command line starts them."""

import asyncio
import contextlib
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import app, demo
from bot.__main__ import cli
from bot.settings import load
from tests.settings.samples import write_env

CLI = CliRunner()


@pytest.fixture
def stopped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody presses Ctrl-C as soon as everything is up."""

    def come_at_once() -> asyncio.Event:
        come = asyncio.Event()
        come.set()
        return come

    monkeypatch.setattr(demo, "catch_signals", come_at_once)


@pytest.mark.usefixtures("stopped_at_once")
@pytest.mark.parametrize("way", [[], ["--socket"], ["--locale", "pt_BR"]])
def test_the_demo_says_where_to_look(way: list[str]) -> None:
    """One address, and what to type there."""
    ended = CLI.invoke(cli, ["demo", "--port", "0", *way])
    assert ended.exit_code == 0
    assert "Torpedo's demo is at http://127.0.0.1:" in ended.output
    assert "/sms-send" in ended.output


@pytest.mark.usefixtures("stopped_at_once")
def test_the_demo_without_a_port_finds_one() -> None:
    """The usual one, or any that is free where something else has it."""
    ended = CLI.invoke(cli, ["demo"])
    assert ended.exit_code == 0
    assert "Torpedo's demo is at http://127.0.0.1:" in ended.output


def test_the_tour_is_told_and_ends_with_0() -> None:
    """The transcript is the proof."""
    ended = CLI.invoke(cli, ["demo", "--tour"])
    assert ended.exit_code == 0
    assert "/sms-send" in ended.output


@pytest.mark.usefixtures("stopped_at_once")
def test_what_the_sandbox_prints_is_a_bots_env_file(tmp_path: Path) -> None:
    """Copied as it is, it leads a bot there."""
    ended = CLI.invoke(cli, ["sandbox", "--port", "0"])
    assert ended.exit_code == 0
    lines = [line for line in ended.output.splitlines() if "=" in line and " " not in line]
    path = tmp_path / "bot.env"
    path.write_text("\n".join(lines), encoding="utf-8")
    settings = load(path)
    assert settings.slack_api_url.startswith("http://127.0.0.1:")
    assert settings.public_url == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    "arguments",
    [["demo", "--locale", "fr"], ["demo", "--port", "70000"], ["sandbox", "--port", "x"]],
)
def test_an_option_that_is_wrong_is_told(arguments: list[str]) -> None:
    """In a sentence, and exit code 2."""
    ended = CLI.invoke(cli, arguments)
    assert ended.exit_code == 2
    assert "Invalid value" in ended.stderr


def test_the_usual_port_is_left_to_whoever_has_it(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    """The platform's door takes the next one, so that must be free, too."""
    monkeypatch.setattr(demo, "USUAL_PORT", unused_tcp_port)
    for port in (unused_tcp_port, unused_tcp_port + 1):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            assert demo.usual_port() == 0
    monkeypatch.setattr(demo, "USUAL_PORT", 1)
    assert demo.usual_port() == 1


def test_a_bot_that_was_told_to_stop_ends_with_0(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever started it knows that nothing went wrong."""

    async def run(_: object) -> None:
        return None

    monkeypatch.setattr(app, "run", run)
    write_env(tmp_path)
    assert CLI.invoke(cli, ["run"]).exit_code == 0


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_taken_port_is_told(command: str) -> None:
    """In a sentence that says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = CLI.invoke(cli, [command, "--port", str(taken.getsockname()[1])])
    assert ended.exit_code == 1
    assert "Choose another --port." in ended.stderr
