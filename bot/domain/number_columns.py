"""A column of phone numbers cleaned at once, for a file may have a hundred thousand."""

import re
from collections.abc import Sequence

from bot.domain.ids import Number
from bot.domain.numbers import LONGEST_NUMBER, MOBILE, USUAL_PUNCTUATION

_A_LINE = re.compile(rf"{MOBILE}\n|[^\n]*\n", re.ASCII)


def clean_column(cells: Sequence[str]) -> list[Number]:
    """Return the number of each cell that is plainly one, and an empty word for what isn't.

    It reads what ``clean`` does, at a quarter of the time: one expression goes through all the
    cells, a line each. That needs cells of one line that are no longer than a number may be;
    otherwise, and where a number is spelled in an unusual way, it is for ``clean`` to say.
    """
    if max(map(len, cells), default=0) <= LONGEST_NUMBER:
        found = _A_LINE.findall("\n".join([*cells, ""]).translate(USUAL_PUNCTUATION))
        if len(found) == len(cells):
            return found
    return [Number("")] * len(cells)
