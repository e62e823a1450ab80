"""The file of those left out: something to mend a list by, and nothing that acts."""

import csv
from io import StringIO

import pytest

from bot.domain.numbers import Fault, LeftOut
from handlers.blocks.left_out_file import render_left_out_file
from handlers.blocks.words import Words

ENGLISH, PORTUGUESE = Words(), Words("pt_BR")


def read(content: bytes, words: Words = ENGLISH) -> list[list[str]]:
    """Read it as Excel does in that language."""
    text = StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=words.list_separator))


def test_each_has_its_line_and_reason() -> None:
    """In the language of the house, accents whole."""
    left_out = [LeftOut(3, "31 3333-4444", Fault.NOT_A_MOBILE), LeftOut(1007, "", Fault.BLANK)]
    assert read(render_left_out_file(left_out, words=ENGLISH)) == [
        ["line", "written", "reason"],
        ["3", "31 3333-4444", "not a mobile"],
        ["1007", "", "no number there"],
    ]
    portuguese = render_left_out_file(left_out, words=PORTUGUESE)
    assert read(portuguese, PORTUGUESE)[2] == ["1007", "", "sem número"]


@pytest.mark.parametrize(
    "written", ["=1+1", "+55 31", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A1"]
)
def test_what_a_spreadsheet_would_run_is_only_shown(written: str) -> None:
    """A list may come from anybody, and whoever opens this file trusts it."""
    content = render_left_out_file([LeftOut(1, written, Fault.NOT_A_NUMBER)], words=ENGLISH)
    assert read(content)[1][1] == f"'{written}"


def test_separators_and_half_characters_stay_in_their_cell() -> None:
    """Whatever somebody wrote is one cell."""
    left_out = [LeftOut(1, 'a,;"b"\nc\ud800', Fault.NOT_A_NUMBER)]
    assert read(render_left_out_file(left_out, words=ENGLISH))[1][1] == 'a,;"b"\nc?'
