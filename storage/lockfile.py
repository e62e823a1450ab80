"""One Torpedo a database: a lock that the system itself lets go of when a process dies."""

import errno
import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from bot.domain.errors import SettingsError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


class DatabaseInUse(SettingsError):
    """Another process has the database open to write: the bot, as a rule."""


class LockFile:
    """Who has the database open to write, held by a file beside it (``torpedo.db.lock``).

    The file stays when the lock goes: deleting it would let two processes lock two files.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._handle: BinaryIO | None = None

    def take(self) -> None:
        """Make the database's folder and file, private to this user, and lock it.

        Raises ``SettingsError``, which says what to do, when another process holds it or the
        place can't be written.
        """
        try:
            self._database.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._handle = self._database.with_name(f"{self._database.name}.lock").open("ab")
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _make_private(Path(self._handle.name))
            _make_private(self._database)
        except BlockingIOError as error:
            self.let_go()
            message = (
                f"DATABASE={self._database} is open in another Torpedo. "
                "Stop that one first, or name another file."
            )
            raise DatabaseInUse(message) from error
        except OSError as error:
            self.let_go()
            message = (
                f"DATABASE={self._database} can't be opened: {error.strerror}. "
                "Name a file in a folder that this user may write."
            )
            raise SettingsError(message) from error

    def let_go(self) -> None:
        """Unlock; safe to repeat."""
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()


def _make_private(path: Path) -> None:
    # An existing file isn't opened here: closing it would drop the locks that SQLite has on it.
    path.touch(PRIVATE_FILE)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    path.chmod(PRIVATE_FILE)
