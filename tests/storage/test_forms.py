"""Forms: what was begun comes back, what was sent counts once, and files stay while needed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaign import State
from bot.domain.errors import StorageError
from bot.domain.ids import CampaignId, UserId
from bot.domain.unfinished import ListFile, Unfinished
from bot.ports import Transaction
from storage import SqliteStore
from tests.builders import ANA, BIA, HOUR, NOON, ONE, make_campaign

FILE = ListFile("F1", "clientes.csv")
OTHER = ListFile("F2", "outra.csv")
BEGUN = Unfinished(
    user=ANA,
    place="C1",
    name="Natal",
    text="Olá ã",
    numbers="31999990001",
    is_timed=True,
    send_at=NOON + HOUR,
    quiet=True,
    file=FILE,
    written_at=NOON,
)
FIRST = CampaignId(1)


def keep_file(tx: Transaction, file: ListFile = FILE) -> None:
    """Keep a file's bytes."""
    tx.forms.keep_file(file, b"celular\n", at=NOON)


async def test_what_was_begun_comes_back_to_whoever_began_it(store: SqliteStore) -> None:
    """There and nowhere else; the newest counts."""

    def write(tx: Transaction) -> None:
        keep_file(tx)
        tx.forms.keep(replace(BEGUN, text="O"))
        tx.forms.keep(BEGUN)

    await store.write(write)
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) == BEGUN
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C2")) is None
    assert await store.read(lambda tx: tx.forms.begun(BIA, "C1")) is None
    await store.write(lambda tx: tx.forms.forget(ANA, "C1"))
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) is None


async def test_letters_that_overtake_each_other_do_no_harm(store: SqliteStore) -> None:
    """The newest state of a form stands, whichever comes last; another form starts anew."""
    newest = replace(BEGUN, file=None, form="V1", text="Feliz Natal", written_at=NOON + HOUR)
    await store.write(lambda tx: tx.forms.keep(newest))
    await store.write(lambda tx: tx.forms.keep(replace(newest, text="Feliz", written_at=NOON)))
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) == newest
    other = replace(newest, form="V2", text="Oi", written_at=NOON)
    await store.write(lambda tx: tx.forms.keep(other))
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) == other


async def test_half_a_letter_does_not_keep_the_rest_from_being_kept(store: SqliteStore) -> None:
    """JSON can carry it, and the file can't."""
    empty = Unfinished(user=UserId("U9"), place="C1", text="a\ud83d", written_at=NOON)
    await store.write(lambda tx: tx.forms.keep(empty))
    found = await store.read(lambda tx: tx.forms.begun(UserId("U9"), "C1"))
    assert found == replace(empty, text="a\ufffd")


async def test_a_form_makes_one_campaign(store: SqliteStore) -> None:
    """The second writing fails, whoever forgot to look."""

    def write(tx: Transaction) -> None:
        tx.campaigns.add(make_campaign(id=FIRST), [ONE], [])
        tx.forms.note_sent("V1", FIRST, at=NOON)

    await store.write(write)
    assert await store.read(lambda tx: tx.forms.sent("V1")) == FIRST
    assert await store.read(lambda tx: tx.forms.sent("V2")) is None
    with pytest.raises(StorageError):
        await store.write(lambda tx: tx.forms.note_sent("V1", FIRST, at=NOON))


async def test_a_file_is_kept_as_it_came_first(store: SqliteStore) -> None:
    """Slack's ids name one content each."""

    def write(tx: Transaction) -> None:
        keep_file(tx)
        tx.forms.keep_file(FILE, b"other", at=NOON)

    await store.write(write)
    assert await store.read(lambda tx: tx.forms.content("F1")) == b"celular\n"
    assert await store.read(lambda tx: tx.forms.content("F2")) is None


async def test_files_go_when_nothing_needs_them_any_more(store: SqliteStore) -> None:
    """A form that is kept needs its file, and so does a campaign until it is decided."""
    later = NOON + timedelta(days=8)

    def write(tx: Transaction) -> None:
        keep_file(tx)
        keep_file(tx, OTHER)
        tx.campaigns.add(make_campaign(id=FIRST), [ONE], [])
        tx.forms.note_sent("V1", FIRST, at=NOON)
        tx.forms.attach("F1", FIRST)
        tx.forms.keep(replace(BEGUN, file=OTHER, written_at=later))

    await store.write(write)
    assert await store.read(lambda tx: tx.forms.file_of(FIRST)) == FILE
    assert await store.write(lambda tx: tx.forms.clean(NOON)) == 0
    assert await store.write(lambda tx: tx.forms.clean(later)) == 0
    assert await store.read(lambda tx: tx.forms.sent("V1")) is None
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) is not None

    def decide(tx: Transaction) -> None:
        tx.campaigns.save(make_campaign(id=FIRST, state=State.REJECTED))
        tx.forms.forget(ANA, "C1")

    await store.write(decide)
    assert await store.write(lambda tx: tx.forms.clean(later)) == 2
    assert await store.read(lambda tx: tx.forms.content("F1")) is None
    assert await store.read(lambda tx: tx.forms.file_of(FIRST)) is None


async def test_a_form_that_nobody_sent_is_forgotten_in_the_end(store: SqliteStore) -> None:
    """It may name people."""
    await store.write(lambda tx: tx.forms.keep(replace(BEGUN, file=None)))
    await store.write(lambda tx: tx.forms.clean(NOON + HOUR))
    assert await store.read(lambda tx: tx.forms.begun(ANA, "C1")) is None
