"""The database as a command finds it: read beside a bot that may be running, and whose it is."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.domain.errors import SettingsError, StorageError
from bot.ports import Transaction
from bot.settings import Settings
from storage.readers import Readers

T = TypeVar("T")


async def read(settings: Settings, work: Callable[[Transaction], T]) -> T:
    """Read beside a bot that may be running; raises ``SettingsError``, and makes no file."""
    database = _find_database(settings)
    try:
        async with Readers(database) as readers:
            return await readers.read(work)
    except StorageError as error:
        message = (
            f"DATABASE={database} can't be read: {error}. After an upgrade, start the bot once."
        )
        raise SettingsError(message) from error


def _find_database(settings: Settings) -> Path:
    """Find the file; it isn't made by looking into it."""
    database = Path(settings.database)
    if not database.is_file():
        message = f"DATABASE={database} isn't there yet: run Torpedo first, or name another file."
        raise SettingsError(message)
    return database


def own_database(settings: Settings) -> Path:
    """Find it for writing; raises ``SettingsError`` where it is another user's.

    Files that a writer leaves beside it would be this user's, and its owner's bot couldn't read
    them.
    """
    database = _find_database(settings)
    owner = database.stat().st_uid
    if owner != os.geteuid():
        message = (
            f"DATABASE={database} belongs to {_user_name(owner)}: run this as that user,"
            f" sudo -u {_user_name(owner)} torpedo ..."
        )
        raise SettingsError(message)
    return database


def machine_user() -> str:
    """Who is at the machine: whoever called sudo, where that is known."""
    return os.environ.get("SUDO_USER") or _user_name(os.getuid())


def _user_name(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
