"""Who was left out of a list, as a file to mend the list by."""

import csv
from collections.abc import Iterable
from io import StringIO

from bot.domain.numbers import LeftOut
from handlers.blocks import phrases
from handlers.blocks.words import Words

_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def render_left_out_file(left_out: Iterable[LeftOut], *, words: Words) -> bytes:
    """Write a CSV of lines, what was written there, and why it wasn't taken.

    In UTF-8 with its mark and parted by semicolons, as Excel opens it where the decimal mark is
    a comma. What would act as a formula gets an apostrophe, for it was written by strangers.
    """
    written = StringIO(newline="")
    rows = csv.writer(written, delimiter=";")
    rows.writerow([words.say("line"), words.say("written"), words.say("reason")])
    rows.writerows(
        [one.line, _defuse(one.raw), phrases.fault(one.fault, words)] for one in left_out
    )
    return written.getvalue().encode("utf-8-sig", "replace")


def _defuse(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_ACTS) else cell
