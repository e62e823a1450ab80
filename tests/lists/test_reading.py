"""Files of any kind: nobody is lost, nothing but refusals is raised, and size has its limits."""

import csv
from contextlib import suppress
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.domain.file_refusals import FileTooLarge, TooManyCells, TooManyRows
from bot.domain.gathering import read_list
from bot.domain.numbers import Fault, same_person_key
from bot.domain.sheets import MOST_BYTES
from bot.lists import limits, read_file
from tests.domain.spellings import few
from tests.lists.workbooks import pack_workbook, write_workbook

text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=12
)
mobiles = st.integers(6_000_0000, 9_999_9999).map(lambda tail: f"319{tail}")
cells = st.one_of(
    text,
    mobiles,
    few,
    st.lists(few, max_size=3).map(", ".join),
    st.just("(31) 3333-4444"),
    st.just(""),
)
rows = st.lists(st.tuples(text, cells), max_size=30)


def write_separated(table: list[list[str]], separator: str) -> bytes:
    """Write a CSV file as a spreadsheet does."""
    written = StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(table)
    return written.getvalue().encode()


@given(rows, st.sampled_from([";", ",", "\t"]))
def test_no_row_is_lost(people: list[tuple[str, str]], separator: str) -> None:
    """Each ends among the recipients or the left out, by its line, in a CSV and in a workbook."""
    table = [["nome", "celular"], *map(list, people), ["Ana", "31999990001"]]
    for content in (write_separated(table, separator), write_workbook(table)):
        found = read_file(content).recipients
        told = {*found.lines, *(one.line for one in found.left_out)}
        filled = [row for row in table[1:] if any(cell.strip() for cell in row)]
        assert len(told) == len(filled)
        assert len(found.numbers) == len(found.lines) == len(found.rows)
        assert max(told) >= len(told) + 1


@given(st.lists(mobiles, min_size=1, max_size=50))
def test_a_file_and_a_pasted_list_name_the_same_people(numbers: list[str]) -> None:
    """One cleaning serves both."""
    table = [["celular"], *([number] for number in numbers)]
    pasted = read_list("\n".join(numbers))
    for content in (write_separated(table, ";"), write_workbook(table)):
        found = read_file(content).recipients
        assert found.numbers == pasted.numbers
        assert [one.fault for one in found.left_out] == [one.fault for one in pasted.left_out]


@given(rows)
def test_reading_what_was_read_changes_nothing(people: list[tuple[str, str]]) -> None:
    """The cleaned list is clean, and in the same order."""
    table = [["nome", "celular"], *map(list, people), ["Ana", "31999990001"]]
    once = read_file(write_separated(table, ";")).recipients
    again = read_file(
        write_separated([["celular"], *([str(n)] for n in once.numbers)], ";")
    ).recipients
    assert again.numbers == once.numbers
    assert again.left_out == ()
    assert len({same_person_key(number) for number in once.numbers}) == len(once.numbers)


WORKBOOK = write_workbook([["nome", "celular"], ["Ana", "31999990001"], ["Bia", 31988880002.0]])


@given(st.binary(max_size=400))
@example(b"PK\x03\x04")
@example(b'"')
@example(b"\xff\xfe\x00\xd8")
@example(b"a" * 140_000)
@example(b'"' + b"a" * 140_000)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever somebody uploads, they get an answer."""
    with suppress(Refusal):
        read_file(content)


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_any_scratch_is_read_or_refused(at: int, scratch: bytes) -> None:
    """A damaged one ends in a refusal, too, and not in the reader's own trouble."""
    with suppress(Refusal):
        read_file(WORKBOOK[:at] + scratch + WORKBOOK[at + len(scratch) :])


@given(st.text("<>/cr=\"' 1A&;v", max_size=60))
def test_a_worksheet_of_any_xml_is_read_or_refused(data: str) -> None:
    """The archive may be whole and what is packed in it not."""
    with suppress(Refusal):
        read_file(pack_workbook([data]))


def test_a_file_of_many_megabytes_is_refused() -> None:
    """Unread."""
    with pytest.raises(FileTooLarge) as refused:
        read_file(b"1" * (MOST_BYTES + 1))
    assert refused.value.limit == 10_000_000


def test_a_hundred_thousand_rows_are_read_and_no_more() -> None:
    """The header isn't one of them."""
    most = b"fone\n" + b"31999990001\n" * limits.MOST_ROWS
    found = read_file(most).recipients
    assert len(found.numbers) + len(found.left_out) == limits.MOST_ROWS
    with pytest.raises(TooManyRows):
        read_file(most + b"31999990001\n")


@pytest.mark.parametrize(
    "content",
    [
        b"31999990001" + b";" * limits.MOST_COLUMNS,
        (b"31999990001" + b";" * 199 + b"\n") * 10_001,
    ],
)
def test_a_table_wider_than_a_list_of_people_is_refused(content: bytes) -> None:
    """Each cell takes memory, and a list needs a name, a number and a few words."""
    with pytest.raises(TooManyCells):
        read_file(content)


def test_a_blank_cell_has_its_own_reason() -> None:
    """It is not a wrong number: nobody wrote one."""
    found = read_file(write_workbook([["celular"], ["31999990001"]]))
    assert found.recipients.left_out == ()
    found = read_file(write_workbook([["nome", "celular"], ["Ana", None], ["Bia", "31999990001"]]))
    assert [one.fault for one in found.recipients.left_out] == [Fault.BLANK]
