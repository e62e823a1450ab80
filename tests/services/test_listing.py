"""Listing: a shared file becomes a campaign's people, and those left out can be had again."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.domain.errors import Refusal
from bot.domain.file_refusals import (
    EmptyFile,
    FileNotGiven,
    FileTooLarge,
    MacroWorkbook,
    NotAList,
    OtherWorkbook,
)
from bot.domain.numbers import Fault, LeftOut
from bot.domain.refusals import NoRecipients
from bot.domain.sheets import MOST_BYTES
from bot.domain.unfinished import ListFile
from bot.lists import read_file
from bot.ports import SharedFile, Transaction
from bot.services.listing import Listing
from tests.builders import NOON, ONE, THREE, TWO, make_draft
from tests.services.desk import Desk

FILE = SharedFile("F1", "lista.csv", 100, "https://files.slack.com/files-pri/T1-F1/lista.csv")
CONTENT = f"nome;celular\nAna;{ONE}\nBia;{TWO}\nCaio;{THREE}\nDora;12\nEva;\n".encode()


@dataclass
class Shelf:
    """Files that Slack holds, and how often and how many at once they were fetched."""

    contents: dict[str, bytes] = field(default_factory=lambda: {FILE.id: CONTENT})
    fetched: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def fetch(self, file: SharedFile, *, most_bytes: int) -> bytes:
        """Hand one over, after others had their chance to ask."""
        assert most_bytes == MOST_BYTES
        self.fetched.append(file.id)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        for _ in range(10):
            await asyncio.sleep(0)
        self.at_once -= 1
        if file.id not in self.contents:
            raise FileNotGiven
        return self.contents[file.id]


def make_listing(desk: Desk, shelf: Shelf) -> Listing:
    """Let the real reader read from this shelf."""
    return Listing(store=desk.store, clock=desk.clock, source=shelf, reader=read_file)


async def opt_out(desk: Desk, *numbers: str) -> None:
    """Let these ask for no more."""

    def note(tx: Transaction) -> None:
        for number in (ONE, TWO, THREE):
            if number in numbers:
                tx.optouts.add(number, at=NOON, campaign=None, word="SAIR")

    await desk.write(note)


async def test_a_file_becomes_a_campaigns_people(desk: Desk) -> None:
    """In the file's order; who is left out is kept with line and reason."""
    listing = make_listing(desk, Shelf())
    found = await listing.read(FILE)
    drafted = await desk.drafting.create(make_draft(numbers="", listed=found.recipients))
    assert desk.look("SELECT number FROM recipients ORDER BY position") == [
        (ONE,),
        (TWO,),
        (THREE,),
    ]
    left_out = (LeftOut(5, "12", Fault.TOO_SHORT), LeftOut(6, "", Fault.BLANK))
    assert drafted.recipients.left_out == left_out
    assert await listing.left_out(drafted.campaign.id) == left_out
    assert drafted.recipients.fields == ("nome", "celular")
    assert [row[0] for row in drafted.recipients.rows] == ["Ana", "Bia", "Caio"]


async def test_no_row_is_lost_between_the_file_and_the_disk(desk: Desk) -> None:
    """Each line's number is stored, or the line is on the list of who was left out."""
    await opt_out(desk, ONE, TWO)
    cells = ["", "31 3333-4444", f"{ONE} / {THREE}", "Ana", ONE, "(31) 9999-0001", TWO, THREE]
    messy = [f"+55 ({area}) 98{at:03}-00{at:02}" for area in (31, 55, 20) for at in range(50)]
    rows = [f"x;{cell}" for cell in [*cells, *messy, *messy[::7], *cells]]
    shelf = Shelf({FILE.id: "\n".join(["nome;celular", *rows]).encode()})
    found = await make_listing(desk, shelf).read(FILE)
    drafted = await desk.drafting.create(make_draft(numbers="", listed=found.recipients))
    stored = desk.look("SELECT number FROM recipients ORDER BY position")
    assert [number for (number,) in stored] == list(drafted.recipients.numbers)
    left_out = await make_listing(desk, shelf).left_out(drafted.campaign.id)
    lines = {*drafted.recipients.lines, *(one.line for one in left_out)}
    assert lines == set(range(2, len(rows) + 2))
    assert len(stored) == len(drafted.recipients.lines)


async def test_who_opted_out_before_is_left_out_when_it_is_written(desk: Desk) -> None:
    """So the card counts whom it reaches, and the writer reads why the others aren't there."""
    await opt_out(desk, TWO)
    found = await make_listing(desk, Shelf()).read(FILE)
    drafted = await desk.drafting.create(make_draft(numbers="", listed=found.recipients))
    assert desk.look("SELECT number FROM recipients ORDER BY position") == [(ONE,), (THREE,)]
    assert drafted.recipients.left_out[0] == LeftOut(3, "(31) 98888-0002", Fault.OPTED_OUT)
    assert [row[0] for row in drafted.recipients.rows] == ["Ana", "Caio"]
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE, THREE)]


async def test_a_typed_list_leaves_them_out_too(desk: Desk) -> None:
    """Also when it is edited."""
    await opt_out(desk, TWO)
    drafted = await desk.drafting.create(make_draft(numbers=f"{ONE}\n{TWO}"))
    assert drafted.recipients.left_out == (LeftOut(2, "(31) 98888-0002", Fault.OPTED_OUT),)
    draft = make_draft(numbers=f"{TWO}, {THREE}")
    edited = await desk.editing.edit(drafted.campaign.id, version=1, draft=draft)
    assert edited.recipients.numbers == (THREE,)


async def test_a_list_of_opted_out_people_is_refused(desk: Desk) -> None:
    """There is nobody left to ask an approval for."""
    await opt_out(desk, ONE, TWO)
    with pytest.raises(NoRecipients) as refused:
        await desk.create()
    assert [one.fault for one in refused.value.left_out] == [Fault.OPTED_OUT] * 2


async def test_one_file_is_read_at_a_time_and_once(desk: Desk) -> None:
    """Each may take a good part of the memory there is."""
    shelf = Shelf()
    listing = make_listing(desk, shelf)
    await asyncio.gather(*(listing.read(FILE) for _ in range(3)))
    assert shelf.most_at_once == 1
    assert shelf.fetched == ["F1"]


async def test_a_kept_file_is_read_again_without_slack(desk: Desk) -> None:
    """Until it is needed no more: then it has to be given again."""
    shelf = Shelf()
    listing = make_listing(desk, shelf)
    kept = ListFile(FILE.id, FILE.name)
    with pytest.raises(FileNotGiven):
        await listing.read_again(kept)
    found = await listing.read(FILE)
    shelf.contents.clear()
    assert await listing.read_again(kept) == found
    assert await listing.read(FILE) == found


async def test_a_refused_file_does_not_keep_the_next_waiting(desk: Desk) -> None:
    """Its turn is over, however it ended."""
    shelf = Shelf({"F1": b" "})
    listing = make_listing(desk, shelf)
    with pytest.raises(EmptyFile):
        await listing.read(FILE)
    with pytest.raises(FileNotGiven):
        await listing.read(SharedFile("F2", "", 0, ""))
    shelf.contents["F1"] = CONTENT
    assert (await listing.read(FILE)).recipients.numbers == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("name", "size", "refusal"),
    [
        ("lista.csv", MOST_BYTES + 1, FileTooLarge),
        ("lista.XLSM", 10, MacroWorkbook),
        ("lista.xls", 10, OtherWorkbook),
        ("lista.ods", 10, OtherWorkbook),
        ("foto.png", 10, NotAList),
    ],
)
def test_what_a_name_and_a_size_give_away_is_refused_at_once(
    desk: Desk, name: str, size: int, refusal: type[Refusal]
) -> None:
    """While the form is open, so that another file can be chosen in it."""
    with pytest.raises(refusal):
        make_listing(desk, Shelf()).check(SharedFile("F1", name, size, ""))


@pytest.mark.parametrize("name", ["lista.csv", "LISTA.CSV", "a.b.xlsx", "lista.txt", "lista"])
def test_other_names_are_no_reason_to_refuse(desk: Desk, name: str) -> None:
    """The bytes decide."""
    make_listing(desk, Shelf()).check(SharedFile("F1", name, MOST_BYTES, ""))
