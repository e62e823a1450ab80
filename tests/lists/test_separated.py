"""CSV files: however a spreadsheet saved it, each row is read, with its line."""

import pytest

from bot.domain.file_refusals import DamagedFile, EmptyFile, NoPhoneColumn, NotAList
from bot.domain.numbers import Fault, LeftOut
from bot.lists import read_file

NAMES = ("Nome", "Celular")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_way_of_saving_it_is_the_same_list(
    separator: str, encoding: str, line_end: str
) -> None:
    """Excel's choice hangs on the country and the menu, and people can't tell them apart."""
    rows = [["Nome", "Celular"], ["João", "31999990001"], ["Zoé", "(31) 98888-0002"]]
    text = line_end.join(separator.join(row) for row in rows)
    found = read_file(text.encode(encoding))
    assert found.recipients.numbers == ("31999990001", "31988880002")
    assert found.recipients.fields == NAMES
    assert [list(row) for row in found.recipients.rows] == rows[1:]
    assert found.recipients.lines == (2, 3)


def test_a_line_break_in_quotes_is_part_of_its_cell() -> None:
    """An address has lines, too; and those below keep the numbers an editor shows."""
    content = b'nome;endereco;fone\r\n"Ana ""A""";"Rua 1\r\ncasa 2";31999990001\r\nBia;;x\r\n'
    found = read_file(content)
    assert found.recipients.rows[0][:2] == ('Ana "A"', "Rua 1\r\ncasa 2")
    assert found.recipients.left_out == (LeftOut(4, "x", Fault.NOT_A_NUMBER),)


def test_a_list_without_a_header_loses_nobody() -> None:
    """Its first row is a person; the columns go by their letters."""
    found = read_file(b"Ana;31999990001\nBia;31988880002\n")
    assert found.recipients.numbers == ("31999990001", "31988880002")
    assert found.recipients.fields == ("A", "B")
    assert (found.origin.column, found.origin.is_named) == ("B", False)


def test_bare_numbers_one_a_line_are_a_list() -> None:
    """There is nothing to part and nothing to name."""
    found = read_file(b"31999990001\n\n31988880002\n\n")
    assert found.recipients.numbers == ("31999990001", "31988880002")
    assert found.recipients.lines == (1, 3)


def test_a_comma_within_cells_does_not_part_them() -> None:
    """Amounts and addresses have commas where semicolons part the columns."""
    found = read_file(b"nome;valor;fone\nAna;1,50;31999990001\nBia;2,75;31988880002\n")
    assert found.recipients.fields == ("nome", "valor", "fone")


def test_a_quotation_mark_that_stays_open_is_refused_with_its_line() -> None:
    """It would swallow everybody below it, in silence."""
    with pytest.raises(DamagedFile) as refused:
        read_file(b'nome;fone\nAna;31999990001\n"Bia;31988880002\nCaio;31977770003\n')
    assert refused.value.line == 3


def test_a_row_without_a_number_is_listed() -> None:
    """With its line, whatever else stands in it; rows with nothing in them are no rows."""
    found = read_file(b"nome;fone\nAna;\n;;\n ; \nBia\nCaio;31999990001;extra\n")
    assert found.recipients.left_out == (
        LeftOut(2, "", Fault.BLANK),
        LeftOut(5, "", Fault.BLANK),
    )
    assert [list(row) for row in found.recipients.rows] == [["Caio", "31999990001", "extra"]]
    assert found.recipients.fields == ("nome", "fone", "C")


def test_two_numbers_in_a_cell_are_two_people() -> None:
    """As in a pasted list; both go by what stands in their row."""
    found = read_file(b"nome;fone\nAna;31999990001 / 31988880002\n")
    assert found.recipients.numbers == ("31999990001", "31988880002")
    assert found.recipients.lines == (2, 2)
    assert found.recipients.rows[0] == found.recipients.rows[1]


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b";;\n;;\n"])
def test_nothing_in_it_is_said(content: bytes) -> None:
    """An empty file is a slip; to call it damaged would send people looking."""
    with pytest.raises(EmptyFile):
        read_file(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"GIF89a\x01\x00\x01\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"{\\rtf1\\ansi 31999990001}",
        b"MZ\x90\x00\x03",
        b"fone\n31999990001\n\x81\x8d",
        b"\xff\xfe\x00",
    ],
)
def test_a_picture_called_csv_is_no_list(content: bytes) -> None:
    """What a file is, its bytes say and not its name."""
    with pytest.raises(NotAList):
        read_file(content)


def test_a_table_without_phone_numbers_names_its_columns() -> None:
    """So that the person sees which file it was."""
    with pytest.raises(NoPhoneColumn) as refused:
        read_file(b"nome,cidade\nAna,Recife\n")
    assert refused.value.columns == ("nome", "cidade")
