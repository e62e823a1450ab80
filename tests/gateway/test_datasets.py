"""Reading a .NET DataSet: by the columns' names, else by the places of the HTTP rows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.domain.receipts import Receipt
from bot.gateway.datasets import read_dataset, read_only_word
from bot.gateway.status_rows import StatusRow, StatusRows
from tests.gateway.dialects import BRASILIA, diffgram, schema

NUMBER = "31999990001"
NAMED = {
    "STATUS": "ENVIADO COM SUCESSO",
    "CELULAR": NUMBER,
    "OPERADORA": "VIVO",
    "DATA_INCLUSAO": "2026-12-24T16:00:00-03:00",
    "DATA_ENTREGA": "2026-12-24T16:00:05.1234567-03:00",
    "MENSAGEM": "Oi; tudo?",
}
PLACED = ["1", "x", "2026-12-24 16:00:00", "x", "2026-12-24 16:00:05", "x", "Insucesso", "x", "x"]
PLACED += ["VIVO", NUMBER, "x", "Oi"]


def read(content: str) -> StatusRows:
    """Read a result's content."""
    rows = read_dataset(etree.fromstring(f"<R>{content}</R>"), BRASILIA)
    assert rows is not None
    return rows


def read_one(names: list[str], values: list[str], *, with_schema: bool = True) -> StatusRow:
    """Read a DataSet of one row."""
    told = schema(names) if with_schema else ""
    (row,) = read(told + diffgram([values], names)).rows
    return row


@pytest.mark.parametrize("with_schema", [True, False])
def test_columns_are_read_by_name(*, with_schema: bool) -> None:
    """In any order, with times that say their offset."""
    row = read_one(list(NAMED), list(NAMED.values()), with_schema=with_schema)
    assert (row.number, row.word, row.carrier) == (NUMBER, "ENVIADO COM SUCESSO", "VIVO")
    assert row.receipt is Receipt.DELIVERED
    assert row.queued_at == datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
    assert row.delivered_at == datetime(2026, 12, 24, 19, 0, 5, 123456, tzinfo=UTC)
    assert row.text == "Oi; tudo?"


@pytest.mark.parametrize(
    "names",
    [
        ["Situação", "Telefone"],
        ["status", "numero"],
        ["Status_x0020_Envio", "Celular"],
        ["DescricaoStatus", "FONE"],
    ],
)
def test_names_count_without_case_accents_and_gaps(names: list[str]) -> None:
    """.NET writes what XML can't spell as ``_x0020_``."""
    row = read_one(names, ["NUMERO INVALIDO", NUMBER])
    assert (row.number, row.receipt) == (NUMBER, Receipt.INVALID)


def test_a_column_never_seen_before_is_passed_over() -> None:
    """Wherever it stands, and whatever it holds."""
    names = ["Novidade", *NAMED, "STATUS_ID"]
    row = read_one(names, ["<b>&", *NAMED.values(), "7"])
    assert (row.number, row.word) == (NUMBER, "ENVIADO COM SUCESSO")


@pytest.mark.parametrize("with_schema", [True, False])
def test_columns_without_a_known_name_are_read_by_place(*, with_schema: bool) -> None:
    """Thirteen of them, as the HTTP door has them."""
    row = read_one([f"Column{at}" for at in range(13)], PLACED, with_schema=with_schema)
    assert (row.number, row.receipt, row.carrier) == (NUMBER, Receipt.FAILED, "VIVO")
    assert row.delivered_at == datetime(2026, 12, 24, 19, 0, 5, tzinfo=UTC)


def test_a_null_moves_no_column() -> None:
    """It is left out of its row, so places are counted in the schema."""
    values = [*PLACED]
    values[0] = values[4] = values[9] = ""
    row = read_one([f"Column{at}" for at in range(13)], values)
    assert (row.number, row.word, row.carrier) == (NUMBER, "Insucesso", "")
    assert row.delivered_at is None


def test_what_one_name_tells_no_place_tells_again() -> None:
    """A named column is nothing else as well, and the others keep their places."""
    names = [f"Column{at}" for at in range(13)]
    names[9], names[6] = "Celular", "Status"
    values = [*PLACED]
    values[9], values[6] = "31988880002", "ENVIADO COM SUCESSO"
    row = read_one(names, values)
    assert (row.number, row.word, row.carrier) == ("31988880002", "ENVIADO COM SUCESSO", "")


def test_what_is_no_row_is_counted() -> None:
    """The others are read all the same."""
    names = list(NAMED)
    nobody = ["x", "", "", "", "", ""]
    rows = read(schema(names) + diffgram([list(NAMED.values()), nobody], names))
    assert (len(rows.rows), rows.skipped) == (1, 1)


def test_a_dataset_may_be_empty_and_something_else_is_none() -> None:
    """Nobody in it is an answer; a table without a diffgram isn't one that is known."""
    assert read(schema(list(NAMED)) + diffgram([], [])) == StatusRows((), 0)
    assert read_dataset(etree.fromstring("<R><Table/></R>"), BRASILIA) is None


def test_what_a_diffgram_says_of_changes_is_no_row() -> None:
    """Errors and former values stand beside the data."""
    names = list(NAMED)
    told = diffgram([list(NAMED.values())], names)
    before = "<diffgr:before><Table><STATUS>OLD</STATUS></Table></diffgr:before></diffgr:diffgram>"
    rows = read(schema(names) + told.replace("</diffgr:diffgram>", before))
    assert (len(rows.rows), rows.skipped) == (1, 0)


def test_a_refusal_where_a_table_is_due_is_told_from_a_row() -> None:
    """One row with one value; with more, or none, there is no such word."""
    for rows, word in [
        ([["0:AGUARDE 1 MINUTO"]], "0:AGUARDE 1 MINUTO"),
        ([["a"], ["b"]], None),
        ([["a", "b"]], None),
        ([], None),
    ]:
        content = schema(["RETORNO", "B"]) + diffgram(rows, ["RETORNO", "B"])
        assert read_only_word(etree.fromstring(f"<R>{content}</R>")) == word
    assert read_only_word(etree.fromstring("<R/>")) is None


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(
    st.lists(st.from_regex(r"[A-Za-z_]{1,9}", fullmatch=True), max_size=15),
    st.lists(st.lists(LETTERS, max_size=15), max_size=4),
)
def test_whatever_the_columns_nothing_raises_and_nothing_is_lost(
    names: list[str], rows: list[list[str]]
) -> None:
    """Each row is read or counted."""
    content = schema(names) + diffgram(rows, names)
    content = "".join(letter for letter in content if letter not in "\ufffe\uffff")
    found = read(content)
    assert len(found.rows) + found.skipped == len(rows)
