"""``torpedo optouts``: the list is shown and changed, whether the bot runs or not."""

import asyncio
import csv
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import database
from bot.__main__ import cli
from bot.app import SystemClock
from bot.domain.ids import Number
from bot.optouts import changing, listing
from bot.optouts.importing import MOST as MOST_LEFT_OUT
from bot.optouts.listing import MOST
from handlers.jobs.orders import Orders
from storage.orders import OrderTray
from tests.builders import ONE, THREE, TWO
from tests.services.desk import Desk
from tests.settings.samples import write_env


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings that name the desk's database, on the machine of one who called sudo."""
    monkeypatch.setenv("SUDO_USER", "ana")
    return write_env(tmp_path, DATABASE=str(tmp_path / "torpedo.db"))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The services on their database; a test closes it before a command needs it alone."""
    desk = Desk(tmp_path / "torpedo.db")
    await desk.open()
    yield desk
    await desk.close()


async def ask(environment: Path, *arguments: str) -> Result:
    """Run the command, which has a loop of its own."""
    command = ["optouts", "--env-file", str(environment), *arguments]
    return await asyncio.to_thread(CliRunner().invoke, cli, command)


def permissions(path: str) -> int:
    """Tell who may do what with a file."""
    return Path(path).stat().st_mode & 0o777


async def listed(desk: Desk) -> list[Number]:
    """Read who is on the list."""
    return [one.number for one in await desk.store.read(lambda tx: tx.optouts.page(None, limit=99))]


def record(desk: Desk) -> list[tuple[str, str, str]]:
    """Read who did what to whom."""
    rows = desk.look("SELECT who, what, facts FROM audit WHERE campaign IS NULL ORDER BY id")
    return [(who, what, json.loads(facts)["numbers"]) for who, what, facts in rows]


async def test_the_list_is_shown_while_the_bot_runs(desk: Desk, environment: Path) -> None:
    """How many, and the newest: since when, on whose word, in which words."""
    campaign = await desk.submitted()
    await desk.replied(campaign, TWO, "Sair!")
    await desk.listkeeping.add([ONE], by="machine:ana")
    for arguments in ([], ["list"]):
        ended = await ask(environment, *arguments)
        assert ended.exit_code == 0
        head, *rest = ended.stdout.splitlines()
        assert head == "On the opt-out list: 2."
        assert sorted(rest) == [
            "(31) 98888-0002  22/12/2026 12:00  by themselves, #1: Sair!",
            "(31) 99999-0001  22/12/2026 12:00  by machine:ana",
        ]


async def test_a_long_list_is_cut_and_says_so(
    desk: Desk, environment: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On the terminal; an export has them all, however many pages they are."""
    many = [Number(f"119{number:08d}") for number in range(MOST + 1)]
    await desk.listkeeping.add(many, by="machine:ana")
    said = (await ask(environment)).stdout.splitlines()
    assert len(said) == MOST + 2
    assert said[-1] == f"These are the newest {MOST}. All: torpedo optouts export FILE"
    monkeypatch.setattr(listing, "PAGE", 7)
    target = tmp_path / "todos.csv"
    ended = await ask(environment, "export", str(target))
    assert ended.stdout == f"Written to {target}: {MOST + 1}.\n"
    with target.open(newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == many


@pytest.mark.parametrize("sign", ["=", "＝"])
async def test_strangers_words_stay_words(desk: Desk, environment: Path, sign: str) -> None:
    """On a terminal they steer nothing, and in a spreadsheet they compute nothing."""
    await desk.write(
        lambda tx: tx.optouts.add(
            ONE, at=desk.clock.now(), campaign=None, word=f"{sign}HYPERLINK(1)\x1b[2J"
        )
    )
    assert "\x1b" not in (await ask(environment)).stdout
    exported = (await ask(environment, "export", "-")).stdout
    assert exported.splitlines() == [
        "number,since,by,campaign,words",
        f"{ONE},2026-12-22T15:00:00+00:00,themselves,,'{sign}HYPERLINK(1)[2J",
    ]


async def test_numbers_are_put_on_and_taken_off(desk: Desk, environment: Path) -> None:
    """In any spelling; what changed nothing is said, too, and who it was is on record."""
    await desk.close()
    ended = await ask(environment, "add", "+55 (31) 99999-0001", TWO)
    assert (ended.exit_code, ended.stdout) == (
        0,
        "Put on the opt-out list: 2. There already: 0.\n",
    )
    ended = await ask(environment, "add", ONE)
    assert ended.stdout == "Put on the opt-out list: 0. There already: 1.\n"
    ended = await ask(environment, "remove", ONE, THREE)
    assert ended.stdout == "Taken off the opt-out list: 1. Not on it: 1.\n"
    await desk.open()
    assert await listed(desk) == [TWO]
    assert record(desk) == [
        ("machine:ana", "opt-outs added", f"{ONE}, {TWO}"),
        ("machine:ana", "opt-outs removed", f"{ONE}, {THREE}"),
    ]


async def test_while_the_bot_runs_it_does_the_work(desk: Desk, environment: Path) -> None:
    """It alone writes; the command waits for it, and says the same."""
    orders = Orders(OrderTray(desk.path), desk.listkeeping, SystemClock())
    asked = asyncio.create_task(ask(environment, "add", ONE))
    while not asked.done():
        await orders.run()
        await asyncio.wait([asked], timeout=0.01)
    ended = await asked
    assert (ended.exit_code, ended.stdout) == (
        0,
        "Put on the opt-out list: 1. There already: 0.\n",
    )
    assert await listed(desk) == [ONE]


async def test_a_bot_that_does_not_come_to_it_loses_nothing(
    desk: Desk, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says so and ends with 1; whoever opens the database next does it."""
    monkeypatch.setattr(changing, "PATIENCE_SECONDS", 0.2)
    for act in ("add", "remove"):
        ended = await ask(environment, act, ONE)
        assert ended.exit_code == 1
        assert "It is written down, and done as soon as it is." in ended.stdout
    assert await listed(desk) == []
    await desk.close()
    await ask(environment, "add", TWO)
    await desk.open()
    assert await listed(desk) == [TWO]
    assert [what for _, what, _ in record(desk)] == [
        "opt-outs added",
        "opt-outs removed",
        "opt-outs added",
    ]


async def test_a_number_that_is_none_is_said(desk: Desk, environment: Path) -> None:
    """And none of the others is taken: the line is typed again."""
    await desk.close()
    ended = await ask(environment, "add", ONE, "31 3333-4444")
    assert ended.exit_code == 1
    assert "31 3333-4444: not a mobile. Write DDD and number" in ended.stderr
    assert "not a phone number" in (await ask(environment, "remove", "Ana\x1b[2J")).stderr
    await desk.open()
    assert await listed(desk) == []


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeffNúmero;Nome\r\n{ONE};José\r\nfoo;Ana\r\n\r\n+55{TWO};Bia\r\n".encode(),
        f"Número;Nome\n{ONE};José\nfoo;Ana\n\n{TWO};Bia\n".encode("cp1252"),
        f"Número\tNome\n{ONE}\tJosé\nfoo\tAna\n\n{TWO}\tBia\n".encode("utf-16"),
        f"Número;Nome\r{ONE};José\rfoo;Ana\r{TWO};Bia".encode(),
        f"{ONE},José\nx,y\nfoo,Ana\n{TWO}".encode().replace(b"x,y", b""),
    ],
)
async def test_a_file_is_imported_whoever_wrote_it(
    desk: Desk, environment: Path, tmp_path: Path, content: bytes
) -> None:
    """What was left out is said with its line."""
    await desk.close()
    source = tmp_path / "lista.csv"
    source.write_bytes(content)
    ended = await ask(environment, "import", str(source))
    assert ended.exit_code == 0, ended.stderr
    said = ended.stdout.splitlines()
    assert said[:2] == ["Put on the opt-out list: 2. There already: 0.", "Lines left out: 1."]
    assert said[2].startswith("  line 3: no phone number: foo")
    await desk.open()
    assert await listed(desk) == [TWO, ONE]


async def test_what_was_exported_can_be_imported(
    desk: Desk, environment: Path, tmp_path: Path
) -> None:
    """As it is; nothing of it is left out."""
    await desk.listkeeping.add([ONE, TWO], by="machine:ana")
    target = str(tmp_path / "lista.csv")
    await ask(environment, "export", target)
    await desk.listkeeping.remove([ONE], by="machine:ana")
    await desk.close()
    ended = await ask(environment, "import", target)
    assert ended.stdout == "Put on the opt-out list: 1. There already: 1.\n"
    assert permissions(target) == 0o600
    await desk.open()


async def test_a_huge_file_is_imported_as_it_is_read(
    desk: Desk, environment: Path, tmp_path: Path
) -> None:
    """A hundred thousand lines; of those left out the first are named, and how many more."""
    await desk.close()
    source = tmp_path / "lista.csv"
    with source.open("w") as file:
        file.writelines(f"119{number:08d}\n" for number in range(100_000))
        file.writelines("não sei\n" for _ in range(MOST_LEFT_OUT + 7))
    ended = await ask(environment, "import", str(source))
    said = ended.stdout.splitlines()
    assert said[0] == "Put on the opt-out list: 100,000. There already: 0."
    assert said[1] == f"Lines left out: {MOST_LEFT_OUT + 7}."
    assert said[2] == "  line 100,001: no phone number: não sei"
    assert said[-1] == "  and 7 more"
    assert len(said) == MOST_LEFT_OUT + 3
    await desk.open()
    assert await desk.store.read(lambda tx: tx.optouts.count()) == 100_000


async def test_a_file_that_cannot_be_used_is_said(
    desk: Desk, environment: Path, tmp_path: Path
) -> None:
    """In a sentence, and nothing is left lying about."""
    ended = await ask(environment, "import", str(tmp_path / "nada.csv"))
    assert ended.exit_code == 1
    assert "nada.csv can't be read: No such file" in ended.stderr
    ended = await ask(environment, "export", str(tmp_path / "nowhere" / "x.csv"))
    assert ended.exit_code == 1
    assert "x.csv can't be written: No such file" in ended.stderr
    assert await listed(desk) == []
    assert list(desk.path.with_name("torpedo.db.orders").glob("*")) == []


async def test_another_users_database_is_left_to_that_user(
    desk: Desk, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the bot couldn't read would wait for ever."""
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    ended = await ask(environment, "add", ONE)
    assert ended.exit_code == 1
    assert "run this as that user, sudo -u" in " ".join(ended.stderr.split())
    assert await listed(desk) == []


@pytest.mark.parametrize("arguments", [[], ["add", ONE], ["export", "-"]])
async def test_a_database_that_is_not_there_is_not_made(
    environment: Path, arguments: list[str]
) -> None:
    """A slip in DATABASE is no empty list."""
    ended = await ask(environment, *arguments)
    assert ended.exit_code == 1
    assert "isn't there yet" in ended.stderr


async def test_a_database_of_another_version_is_said(environment: Path, tmp_path: Path) -> None:
    """Looking changes nothing, so it can't bring it up to date."""
    (tmp_path / "torpedo.db").write_bytes(b"")
    ended = await ask(environment)
    assert ended.exit_code == 1
    assert "start the bot once" in " ".join(ended.stderr.split())


def test_whoever_sits_at_the_machine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """By sudo's word, else by the user's own name, else by the number."""
    monkeypatch.setenv("SUDO_USER", "bia")
    assert database.machine_user() == "bia"
    monkeypatch.delenv("SUDO_USER")
    name = database.machine_user()
    monkeypatch.setenv("USER", "somebody-else")
    assert database.machine_user() == name
    monkeypatch.setattr(os, "getuid", lambda: 987654321)
    assert database.machine_user() == "987654321"
