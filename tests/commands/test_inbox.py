"""``torpedo inbox``: what wasn't understood is shown, and can be read again."""

import asyncio
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.domain.campaign import Campaign
from bot.inbox import LONGEST, MOST
from bot.services.replying import Replying
from tests.builders import ONE
from tests.gateway.calling_back import ZONE
from tests.services.desk import Desk, record_of
from tests.settings.samples import write_env

STRANGER = "11911111111"


def nothing_read(**_: object) -> object:
    """Read as a Torpedo that hadn't learned how."""
    raise KeyError


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Settings that name the desk's database."""
    return write_env(tmp_path, DATABASE=str(tmp_path / "torpedo.db"))


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    """The services on their database; a test closes it before a command needs it alone."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    return desk


async def call_back(desk: Desk, campaign: Campaign, query: bytes) -> None:
    """Let a call-back come in and be read."""
    await desk.deliver((await desk.part(campaign.id)).key, query=query)
    await desk.replying.run()


async def ask(environment: Path, *options: str) -> Result:
    """Run the command, which has a loop of its own."""
    command = ["inbox", "--env-file", str(environment), *options]
    return await asyncio.to_thread(CliRunner().invoke, cli, command, env={"COLUMNS": "500"})


async def test_each_is_shown_with_whose_it_is_and_why(desk: Desk, environment: Path) -> None:
    """While the bot has the database open; bytes that could steer a terminal are spelled out."""
    campaign = await desk.submitted()
    await call_back(desk, campaign, b"data_callback=lixo\x1b[2J%1B[bold]")
    await call_back(desk, campaign, b"")
    good = record_of(ONE, text="Oi").replace(" ", "+").encode()
    await call_back(desk, campaign, b"data_callback=" + good + b"&data_callback=foo")
    await call_back(
        desk, campaign, b"data_callback=" + good.replace(ONE.encode(), STRANGER.encode())
    )
    shown = await ask(environment)
    assert shown.exit_code == 0, shown.stderr
    assert "not understood: 3. Not about anybody we sent to: 1." in shown.stdout
    assert shown.stdout.count(f"campaign #{campaign.id}, part 1  GET") == 4
    assert "why    no record of six fields in it" in shown.stdout
    assert "query  data_callback=lixo\\x1b[2J%1B[bold]" in shown.stdout
    assert "why    it is empty" in shown.stdout
    assert "why    1 of it read, and this not: foo" in shown.stdout
    assert f"why    this part has no such number: {STRANGER}" in shown.stdout
    assert "\x1b" not in shown.stdout
    await desk.close()


async def test_a_long_list_shows_the_newest_and_the_beginning_of_each(
    desk: Desk, environment: Path
) -> None:
    """A terminal isn't a place for a flood; the database has all of it."""
    campaign = await desk.submitted()
    key = (await desk.part(campaign.id)).key
    for number in range(MOST + 1):
        await desk.deliver(key, query=b"no%03d" % number + b"x" * LONGEST)
    await desk.replying.run()
    shown = (await ask(environment)).stdout
    assert f"not understood: {MOST + 1}." in shown
    assert f"These are the newest {MOST}." in shown
    assert "no000" not in shown
    assert "no001" in shown
    assert f"({LONGEST + 5} bytes)" in shown
    await desk.close()


async def test_what_a_newer_torpedo_understands_is_applied_once(
    desk: Desk, environment: Path
) -> None:
    """Read again as often as you like: the same answer is told once."""
    campaign = await desk.submitted()
    old = Replying(store=desk.store, clock=desk.clock, reader=nothing_read, zone=ZONE)  # type: ignore[arg-type]  # it never returns
    key = (await desk.part(campaign.id)).key
    query = b"data_callback=" + record_of(ONE, text="Oi").replace(" ", "+").encode()
    await desk.deliver(key, query=query)
    await desk.deliver(key, query=b"lixo")
    await old.run()
    assert "reading it broke Torpedo" in (await ask(environment)).stdout
    await desk.close()
    first, second = [await ask(environment, "--read-again") for _ in range(2)]
    assert first.stdout.strip() == "Read again: 2. Understood now: 1. Still not: 1."
    assert second.stdout.strip() == "Read again: 1. Understood now: 0. Still not: 1."
    assert desk.look("SELECT count(*) FROM replies") == [(1,)]


async def test_what_would_be_understood_by_now_says_so(desk: Desk, environment: Path) -> None:
    """The list is made with today's reader."""
    campaign = await desk.submitted()
    await call_back(desk, campaign, b"data_callback=" + record_of(ONE).replace(" ", "+").encode())
    await desk.tamper("UPDATE inbox SET state = 'unreadable'")
    assert "why    it can be read by now" in (await ask(environment)).stdout
    await desk.close()


async def test_nothing_is_read_again_while_the_bot_runs(desk: Desk, environment: Path) -> None:
    """One process writes; it says what to do."""
    ended = await ask(environment, "--read-again")
    assert ended.exit_code == 1
    assert "open in another Torpedo" in ended.stderr
    await desk.close()


async def test_another_users_inbox_is_left_to_that_user(
    desk: Desk, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that this user left beside the database would stop its owner's bot."""
    await desk.close()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    ended = await ask(environment, "--read-again")
    assert ended.exit_code == 1
    assert "run this as that user, sudo -u" in " ".join(ended.stderr.split())
    assert (await ask(environment)).exit_code == 0


@pytest.mark.parametrize("option", [[], ["--read-again"]])
async def test_a_database_that_isnt_there_is_not_made(tmp_path: Path, option: list[str]) -> None:
    """A wrong name is a mistake to tell, not a new file."""
    environment = write_env(tmp_path, DATABASE=str(tmp_path / "other.db"))
    ended = await ask(environment, *option)
    assert ended.exit_code == 1
    assert "isn't there yet" in ended.stderr
    assert not (tmp_path / "other.db").exists()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """In the database's own words."""
    (tmp_path / "other.db").write_bytes(b"no database at all" * 100)
    ended = await ask(write_env(tmp_path, DATABASE=str(tmp_path / "other.db")))
    assert ended.exit_code == 1
    assert "can't be read: file is not a database" in ended.stderr


async def test_a_quiet_inbox_says_so(desk: Desk, environment: Path) -> None:
    """In a line."""
    await desk.close()
    shown = await ask(environment)
    expected = "Call-backs not understood: 0. Not about anybody we sent to: 0."
    assert (shown.exit_code, shown.stdout.strip()) == (0, expected)
