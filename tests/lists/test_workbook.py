"""XLSX files: what a cell shows is what is read, and what could harm is refused."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from bot.domain.file_refusals import (
    DamagedFile,
    EmptyFile,
    LockedFile,
    MacroWorkbook,
    NotAList,
    OtherWorkbook,
    TooManyCells,
    TooManyRows,
)
from bot.domain.numbers import Fault, LeftOut
from bot.lists import read_file
from bot.lists.workbook import _read_panic
from tests.lists.workbooks import MACROS, pack_workbook, write_rows, write_workbook

ANA = "31999990001"
ROWS = [["nome", "celular"], ["Ana", ANA]]


def test_numbers_are_read_however_they_are_kept() -> None:
    """As text, as fractions that are whole, and in the power notation of big ones."""
    data = write_rows([["fone"], [ANA], [31988880002.0], ["(31) 97777-0003"]])
    data += '<row r="5"><c r="A5"><v>3.1966660004E10</v></c></row>'
    found = read_file(pack_workbook([data]))
    assert found.recipients.numbers == (ANA, "31988880002", "31977770003", "31966660004")


def test_formulas_are_read_by_their_last_value_and_never_run() -> None:
    """One without a value, or with an error, is a row without a number."""
    data = (
        '<row r="1"><c r="A1" t="str"><f>"fo"&amp;"ne"</f><v>fone</v></c></row>'
        '<row r="2"><c r="A2"><f>B2+1</f><v>31999990001</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>"31"&amp;B3</f><v>31988880002</v></c></row>'
        '<row r="4"><c r="A4"><f>HYPERLINK("http://127.0.0.1")</f></c>'
        '<c r="B4" t="b"><v>1</v></c></row>'
        '<row r="5"><c r="A5" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B5"><v>1.5</v></c></row>'
    )
    found = read_file(pack_workbook([data]))
    assert found.recipients.numbers == (ANA, "31988880002")
    assert found.recipients.left_out == (LeftOut(4, "", Fault.BLANK), LeftOut(5, "", Fault.BLANK))


def test_lines_are_the_spreadsheets_own() -> None:
    """Blank rows above and between count, so that people find the row again."""
    data = '<row r="3"><c r="C3" t="str"><v>fone</v></c></row>'
    data += f'<row r="7"><c r="C7" t="str"><v>{ANA}</v></c></row>'
    data += '<row r="9"><c r="C9" t="str"><v>x</v></c></row>'
    found = read_file(pack_workbook([data]))
    assert found.recipients.lines == (7,)
    assert found.recipients.left_out == (LeftOut(9, "x", Fault.NOT_A_NUMBER),)


def test_the_first_sheet_that_people_see_is_read_and_named() -> None:
    """Empty and hidden ones are passed over; how many more there are is told."""
    content = write_workbook(ROWS, [], ROWS, ROWS, hidden=frozenset({1}))
    found = read_file(content)
    assert (found.origin.sheet, found.origin.other_sheets) == ("Plan3", 1)


def test_dates_are_written_as_people_write_them() -> None:
    """They fill a text, where 45000 would say nothing."""
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'
    )
    data = (
        f'<row r="1"><c r="A1" t="str"><v>{ANA}</v></c><c r="B1" s="1"><v>46380</v></c>'
        '<c r="C1" s="2"><v>46380.5</v></c></row>'
    )
    found = read_file(pack_workbook([data], extra={"xl/styles.xml": styles.encode()}))
    assert list(found.recipients.rows[0])[1:] == ["24/12/2026", "24/12/2026 12:00"]


def test_a_workbook_with_nothing_in_it_is_empty() -> None:
    """Not damaged."""
    with pytest.raises(EmptyFile):
        read_file(write_workbook([]))


@pytest.mark.parametrize(
    "content",
    [
        write_workbook(ROWS, content_type=MACROS),
        write_workbook(ROWS, extra={"xl/vbaProject.bin": b"Sub Auto_Open()"}),
    ],
)
def test_programs_in_a_workbook_are_refused(content: bytes) -> None:
    """They wouldn't run here; but a list of people needs none, so somebody should look at it."""
    with pytest.raises(MacroWorkbook):
        read_file(content)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def zipped(**files: bytes) -> bytes:
    """Zip files that make no workbook."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_other_kinds_of_files_are_told_apart() -> None:
    """Each has its own way out: save as XLSX, take the password off, choose another file."""
    with pytest.raises(OtherWorkbook) as refused:
        read_file(COMPOUND + "Workbook".encode("utf-16-le"))
    assert refused.value.kind == "xls"
    with pytest.raises(OtherWorkbook) as refused:
        read_file(zipped(**{"xl/workbook.bin": b""}))
    assert refused.value.kind == "xlsb"
    with pytest.raises(LockedFile):
        read_file(COMPOUND + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(NotAList):
        read_file(COMPOUND + "WordDocument".encode("utf-16-le"))
    with pytest.raises(NotAList):
        read_file(zipped(**{"word/document.xml": b"<document/>"}))


def test_a_password_on_the_archive_is_a_password() -> None:
    """The second bit of its flags says so, in the directory at its end."""
    content = write_workbook(ROWS).replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )
    with pytest.raises(LockedFile):
        read_file(content)


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    """A few kilobytes that become gigabytes are added up from what they claim."""
    with pytest.raises(TooManyCells):
        read_file(write_workbook(ROWS, extra={"xl/sharedStrings.xml": bytes(70_000_000)}))


def test_a_bomb_of_tiny_texts_is_refused() -> None:
    """Each takes several times its own size once it is read."""
    texts = b"<sst>" + b"<si><t>a</t></si>" * 1_000_001 + b"</sst>"
    with pytest.raises(TooManyCells):
        read_file(write_workbook(ROWS, extra={"xl/sharedStrings.xml": texts}))


def test_a_bomb_that_lies_about_its_size_is_damaged() -> None:
    """No more is unpacked than was claimed, and then its check sum is wrong."""
    content = write_workbook(ROWS, extra={"xl/sharedStrings.xml": bytes(70_000_000)})
    size = (70_000_000).to_bytes(4, "little")
    with pytest.raises(DamagedFile):
        read_file(content.replace(size, (1000).to_bytes(4, "little")))


def test_a_bomb_beside_the_sheets_stays_packed() -> None:
    """Pictures and the like aren't looked at."""
    bomb = {"xl/media/image1.png": bytes(70_000_000)}
    assert read_file(write_workbook(ROWS, extra=bomb)).recipients.numbers == (ANA,)


@pytest.mark.parametrize(
    "content",
    [
        write_workbook(ROWS)[:-30],
        write_workbook(ROWS)[:300],
        b"PK\x03\x04" + b"31999990001\n" * 9,
        write_workbook(ROWS, extra={f"xl/{n}.xml": b"" for n in range(1000)}),
        write_workbook(ROWS, extra={"XL/workbook.xml": b"<workbook/>"}),
        pack_workbook(['<row r="1"><c r="A1" t="s"><v>7</v></c></row>']),
        pack_workbook(['<row r="1"><c r="&#65;1"><v>7</v></c></row>']),
        pack_workbook(["<row><c"]),
    ],
)
def test_what_contradicts_itself_is_damaged(content: bytes) -> None:
    """Cut off in an upload, or made to confuse two readers."""
    with pytest.raises(DamagedFile):
        read_file(content)


def test_only_the_usual_way_of_packing_is_unpacked() -> None:
    """The others can't be unpacked a little at a time."""
    packed = BytesIO(write_workbook(ROWS))
    with ZipFile(packed, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"x", ZIP_BZIP2)
    with pytest.raises(DamagedFile):
        read_file(packed.getvalue())


FAR_APART = [
    '<row r="1"><c r="' + "A" * 100_000 + '1"><v>1</v></c></row>',
    '<row r="1"><c r="A' + "1" * 100_000 + '"><v>1</v></c></row>',
    '<row r="' + "1" * 100_000 + '"><c><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="99000"><c r="IA99000"><v>2</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="99000"><c s="1" r="IA99000"><v>2</v></c></row>',
    '<row r="4000000000"><c><v>1</v></c></row>',
    "<row>" + "<c><v>1</v></c>" * 300 + "</row>",
    "<row>" + """<c s=" r='A1'"><v>1</v></c>""" * 300 + "</row>",
    "<row>" + "<c><v>1</v></c>" * 200 + "</row>" + "<row><c><v>1</v></c></row>" * 20_000,
]


@pytest.mark.parametrize("data", FAR_APART)
def test_cells_far_apart_are_refused_before_the_space_between_is_made(data: str) -> None:
    """The reader would ask for terabytes, and the program would end there and then."""
    with pytest.raises((TooManyCells, TooManyRows)):
        read_file(pack_workbook([data]))


def test_cells_that_do_not_say_where_they_are_are_read_in_order() -> None:
    """Some programs leave that out; it is allowed."""
    data = f"<row><c><v>1</v></c><c><v>{ANA}</v></c></row><row><c><v>2</v></c></row>"
    found = read_file(pack_workbook([data]))
    assert found.recipients.numbers == (ANA,)
    assert found.recipients.left_out == (LeftOut(2, "", Fault.BLANK),)


def test_entities_are_not_expanded() -> None:
    """Neither a billion laughs nor a file of this machine."""
    prolog = (
        '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM'
        ' "file:///etc/passwd">]>'
    )
    data = (
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{ANA}</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>&b;&c;</t></is></c></row>'
    )
    without = read_file(pack_workbook([data.replace("&b;&c;", "")], prolog=prolog))
    assert without.recipients.numbers == (ANA,)
    with pytest.raises(DamagedFile):
        read_file(pack_workbook([data], prolog=prolog))


def test_a_panic_of_the_reader_is_a_damaged_file() -> None:
    """It is no ``Exception``, so it would end the thread; what else isn't one goes on."""
    panic = type("PanicException", (BaseException,), {})
    assert isinstance(_read_panic(panic()), DamagedFile)
    stop = KeyboardInterrupt()
    assert _read_panic(stop) is stop
