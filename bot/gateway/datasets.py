"""Reading the .NET DataSet that ``GetStatus`` answers: an inline schema, then a diffgram.

What the platform calls its columns is not known, so they are taken by each name that would fit,
and by the places of the HTTP rows where no name does. The schema counts them, for a row leaves
out what is null.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from lxml import etree

from bot.gateway.platform_text import mend
from bot.gateway.status_rows import (
    CARRIER,
    DELIVERED_AT,
    FIELDS,
    NUMBER,
    QUEUED_AT,
    TEXT,
    WORD,
    StatusRows,
    sort_out,
)

_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
_DIFFGRAM = "{urn:schemas-microsoft-com:xml-diffgram-v1}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMES = {
    NUMBER: ("celular", "numero", "telefone", "fone", "number", "mobile", "destino", "msisdn"),
    WORD: ("status", "situacao", "descricaostatus", "statusdescricao", "statusenvio"),
    CARRIER: ("operadora", "carrier", "operator"),
    QUEUED_AT: ("datainclusao", "dtinclusao", "datacadastro", "datacriacao", "dataentrada"),
    DELIVERED_AT: ("dataentrega", "dtentrega", "dataconfirmacao", "datarecebimento"),
    TEXT: ("mensagem", "msg", "message", "texto", "sms"),
}
"""What a column may be called, the likeliest first; letters and digits alone count."""


def read_dataset(result: etree._Element, zone: ZoneInfo) -> StatusRows | None:
    """Read the rows of a DataSet; None where there is none.

    A row that can't be read is skipped and counted; a column that isn't known is passed over.
    Never raises.
    """
    rows = _find_rows(result)
    if rows is None:
        return None
    columns = _read_schema(result)
    return sort_out((_read_fields(row, columns) for row in rows), zone)


def read_only_word(result: etree._Element) -> str | None:
    """Read a DataSet of one row with one value: a refusal, where a table is due.

    A web method that gives tables has no other way to say ``0:REASON``.
    """
    cells = [cell for row in _find_rows(result) or [] for cell in row]
    return mend("".join(map(str, cells[0].itertext()))).strip() if len(cells) == 1 else None


def _find_rows(result: etree._Element) -> list[etree._Element] | None:
    """Find the rows in the diffgram's data; what it says of changes and errors isn't data."""
    diffgram = next(result.iter(f"{_DIFFGRAM}diffgram"), None)
    if diffgram is None:
        return None
    data = [each for each in diffgram if not str(each.tag).startswith(_DIFFGRAM)]
    return [row for dataset in data for row in dataset]


def _read_schema(result: etree._Element) -> Mapping[str, Sequence[str]]:
    """Tell each table's columns, in order, as far as a schema says them."""
    tables: dict[str, list[str]] = {}
    for column in result.iter(f"{_SCHEMA}element"):
        if column.find(f"{_SCHEMA}complexType") is None and column.get("name"):
            table = next(column.iterancestors(f"{_SCHEMA}element"), None)
            name = "" if table is None else table.get("name", "")
            tables.setdefault(name, []).append(column.get("name", ""))
    return tables


def _read_fields(row: etree._Element, tables: Mapping[str, Sequence[str]]) -> list[str]:
    """Put a row's values where an HTTP row has them."""
    values = {_local(cell): mend("".join(map(str, cell.itertext()))) for cell in row}
    columns = tables.get(_local(row)) or list(values)
    fields = [""] * FIELDS
    for place, name in _place(columns):
        fields[place] = values.get(name, "")
    return fields


def _place(columns: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Say which column goes where: by its name, or where none has one, by its place."""
    left = {_plain(column): column for column in reversed(columns)}
    unnamed = []
    for place, names in _NAMES.items():
        name = next((name for name in names if name in left), None)
        if name is None:
            unnamed.append(place)
        else:
            yield place, left.pop(name)
    if len(columns) >= FIELDS:
        yield from ((at, columns[at]) for at in unnamed if columns[at] in left.values())


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _plain(name: str) -> str:
    """Spell a column's name with letters and digits alone; .NET writes others as ``_x0020_``."""
    spelled = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
    letters = unicodedata.normalize("NFKD", spelled).casefold()
    return "".join(filter(str.isalnum, letters))
