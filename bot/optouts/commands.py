"""What each ``torpedo optouts`` command does: lines to print, and the exit code."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from bot.domain.ids import Number
from bot.optouts.changing import change
from bot.optouts.importing import Imported, read_file, read_numbers, say_left_out, told
from bot.optouts.listing import show, write_csv
from bot.settings import Settings
from storage.lockfile import PRIVATE_FILE

Said = tuple[list[str], int]

LATER = (
    "The bot is running and hasn't come to it yet. It is written down, and done as soon as it is."
)


async def list_them(settings: Settings) -> Said:
    """Show the newest."""
    return await show(settings), 0


async def add(settings: Settings, typed: Iterable[str]) -> Said:
    """Put numbers on the list."""
    return await _add(settings, read_numbers(typed))


async def remove(settings: Settings, typed: Iterable[str]) -> Said:
    """Take numbers off the list."""
    outcome = await change(settings, "remove", read_numbers(typed))
    if outcome is None:
        return [LATER], 1
    absent = outcome.named - outcome.changed
    return [f"Taken off the opt-out list: {outcome.changed:,}. Not on it: {absent:,}."], 0


async def export_to(settings: Settings, target: str) -> Said:
    """Write the whole list as CSV to a file, or to standard output for ``-``."""
    if target == "-":
        await write_csv(settings, sys.stdout)
        return [], 0
    path = Path(target)
    part = path.with_name(f"{path.name}.part")
    with told("written", path):
        with _create(part) as file:
            count = await write_csv(settings, file)
        part.replace(path)
    return [f"Written to {path}: {count:,}."], 0


async def import_from(settings: Settings, path: Path) -> Said:
    """Put a file's numbers on the list, and say what was left out of it."""
    found = Imported()
    lines, code = await _add(settings, read_file(path, found))
    return [*lines, *say_left_out(found)], code


async def _add(settings: Settings, numbers: Iterable[Number]) -> Said:
    outcome = await change(settings, "add", numbers)
    if outcome is None:
        return [LATER], 1
    already = outcome.named - outcome.changed
    return [f"Put on the opt-out list: {outcome.changed:,}. There already: {already:,}."], 0


def _create(path: Path) -> TextIO:
    """Make a file for nobody but this user: it holds people's numbers."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    return os.fdopen(handle, "w", encoding="utf-8", newline="")
