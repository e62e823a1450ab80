"""Workbooks, written by hand: a test says what is wrong with one."""

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

Cell = str | float | None
"""Text, a number, or nothing."""


def write_workbook(
    *sheets: Sequence[Sequence[Cell]],
    hidden: frozenset[int] = frozenset(),
    content_type: str = _PLAIN,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write worksheets named ``Plan1``, ``Plan2`` and so on; ``extra`` are further files in it."""
    return pack_workbook(
        [write_rows(rows) for rows in sheets],
        hidden=hidden,
        content_type=content_type,
        extra=extra,
    )


def write_rows(rows: Sequence[Sequence[Cell]]) -> str:
    """Write the XML of a worksheet's rows."""
    return "".join(
        f'<row r="{line}">'
        + "".join(_write_cell(f"{_letters(at)}{line}", cell) for at, cell in enumerate(cells))
        + "</row>"
        for line, cells in enumerate(rows, start=1)
    )


def pack_workbook(
    sheet_data: Sequence[str],
    *,
    hidden: frozenset[int] = frozenset(),
    content_type: str = _PLAIN,
    extra: Mapping[str, bytes] | None = None,
    prolog: str = "",
) -> bytes:
    """Pack worksheets whose rows are XML already."""
    numbered = list(enumerate(sheet_data, start=1))
    states = {n: ' state="hidden"' if n in hidden else "" for n, _ in numbered}
    entries = "".join(
        f'<sheet name="Plan{n}" sheetId="{n}" r:id="rId{n}"{states[n]}/>' for n, _ in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    files = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship'
        f' Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{entries}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>",
    }
    for n, data in numbered:
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'
        files[f"xl/worksheets/sheet{n}.xml"] = f"{_HEAD}{prolog}{sheet}"
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return packed.getvalue()


def _write_cell(reference: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = f'<is><t xml:space="preserve">{escape(cell)}</t></is>'
        return f'<c r="{reference}" t="inlineStr">{text}</c>'
    return f'<c r="{reference}"><v>{cell!r}</v></c>'


def _letters(position: int) -> str:
    head, last = divmod(position, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)
