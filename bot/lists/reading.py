"""From a file's bytes to the people it lists."""

import gc
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from bot.domain.file_refusals import EmptyFile, TooManyCells, TooManyRows
from bot.domain.sheets import FileList, Origin, Row, Sheet, read_sheet
from bot.lists.columns import find_layout
from bot.lists.kinds import Kind, tell_kind
from bot.lists.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from bot.lists.separated import read_separated

_SAMPLE_ROWS = 200
_BATCH = 1000


def read_file(content: bytes) -> FileList:
    """Read a CSV or XLSX file; takes a moment and much memory, so call it in a thread.

    Whatever the bytes are, it returns or raises one of ``file_refusals``. Nothing of it goes in
    circles, so the search for those rests meanwhile: among so many rows it takes a quarter of
    the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _read_file(content)
    finally:
        if was_on:
            gc.enable()


def _read_file(content: bytes) -> FileList:
    if tell_kind(content) is Kind.SEPARATED:
        return _read_table(read_separated(content))
    # Loaded when somebody first gives a workbook: a bot holds on to what it loads.
    from bot.lists.workbook import Worksheet  # noqa: PLC0415

    sheet = Worksheet(content)
    return _read_table(sheet.rows(), sheet=sheet.name, other_sheets=sheet.others)


def _read_table(rows: Iterator[Row], *, sheet: str = "", other_sheets: int = 0) -> FileList:
    sample = list(islice(rows, _SAMPLE_ROWS))
    if not sample:
        raise EmptyFile
    layout = find_layout(sample)
    rest = chain(sample[1:] if layout.has_header else sample, rows)
    origin = Origin(
        column=layout.names[layout.phone],
        is_named=layout.is_named,
        sheet=sheet,
        other_sheets=other_sheets,
    )
    found = Sheet(
        origin=origin,
        columns=layout.names,
        phone=layout.phone,
        batches=_batch(rest, len(layout.names)),
    )
    return read_sheet(found)


def _batch(rows: Iterator[Row], width: int) -> Iterator[Sequence[Row]]:
    """Hand rows on by thousands, and refuse more than fit in memory."""
    if width > MOST_COLUMNS:
        raise TooManyCells(MOST_CELLS)
    most = min(MOST_ROWS, MOST_CELLS // width)
    bounded = islice(rows, most)
    while batch := list(islice(bounded, _BATCH)):
        yield batch
    if next(rows, None) is not None:
        raise TooManyRows(MOST_ROWS) if most == MOST_ROWS else TooManyCells(MOST_CELLS)
