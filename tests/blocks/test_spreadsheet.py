"""A table that a spreadsheet opens: nothing in it acts, and every cell stays whole."""

import csv
from io import StringIO

import pytest

from handlers.blocks.spreadsheet import defused, write_table


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "  =1", "\n=1", "＝1", "\t1"])
def test_a_formula_becomes_text(cell: str) -> None:
    """Spreadsheets calculate what begins so; a stranger doesn't get to."""
    assert defused(cell) == f"'{cell}"
    assert defused(f"a{cell}") == f"a{cell}"


@pytest.mark.parametrize("separator", [",", ";"])
def test_every_text_is_defused_and_every_number_kept(separator: str) -> None:
    """Nobody has to think of it, cell for cell."""
    content = write_table([["line", "written"], [-1, "=1+1"]], separator=separator)
    assert content.startswith(b"\xef\xbb\xbf")
    read = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert list(read) == [["line", "written"], ["-1", "'=1+1"]]
