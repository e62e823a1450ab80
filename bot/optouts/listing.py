"""The list for people to read, and as CSV for other programs."""

import csv
from collections.abc import Callable
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.database import read
from bot.domain.ids import Number
from bot.domain.numbers import pretty
from bot.domain.optouts import OptOut
from bot.domain.texts import harmless
from bot.ports import Transaction
from bot.settings import Settings
from handlers.blocks.spreadsheet import defused

MOST = 50
"""People in a list on the terminal: the newest. All of them are in an export."""
PAGE = 10_000
COLUMNS = ("number", "since", "by", "campaign", "words")
ASKED = "themselves"


async def show(settings: Settings) -> list[str]:
    """Say how many are on the list, and name the newest."""
    count, newest = await read(
        settings, lambda tx: (tx.optouts.count(), tx.optouts.newest(limit=MOST))
    )
    lines = [f"On the opt-out list: {count:,}."]
    lines += [_tell(one, settings.gateway_timezone) for one in newest]
    if count > len(newest):
        lines.append(f"These are the newest {len(newest)}. All: torpedo optouts export FILE")
    return lines


async def write_csv(settings: Settings, file: TextIO) -> int:
    """Write the whole list, in the order of numbers; returns how many."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    last: Number | None = None
    while page := await read(settings, _page_after(last)):
        writer.writerows(map(_row, page))
        count, last = count + len(page), page[-1].number
    return count


def _page_after(last: Number | None) -> Callable[[Transaction], tuple[OptOut, ...]]:
    return lambda tx: tx.optouts.page(last, limit=PAGE)


def _row(one: OptOut) -> tuple[str, ...]:
    """Lay somebody out in cells; a stranger's words can't become a formula."""
    words = defused(harmless(" ".join(one.word.split())))
    campaign = "" if one.campaign is None else str(one.campaign)
    return one.number, one.at.isoformat(timespec="seconds"), one.by or ASKED, campaign, words


def _tell(one: OptOut, zone: ZoneInfo) -> str:
    at = one.at.astimezone(zone)
    where = "" if one.campaign is None else f", #{one.campaign}"
    words = harmless(" ".join(one.word.split()), limit=60)
    said = f": {words}" if words else ""
    return f"{pretty(one.number)}  {at:%d/%m/%Y %H:%M}  by {one.by or ASKED}{where}{said}"
