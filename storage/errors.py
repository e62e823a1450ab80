"""What can go wrong with the database, translated at its edge."""

import sqlite3
from types import TracebackType

from bot.domain.errors import StorageError


class translated:  # noqa: N801 - reads as what it does: ``with translated():``
    """Turn SQLite's errors into ``StorageError``; everything else passes.

    ``StopIteration`` becomes a ``RuntimeError``, for no future can carry it: whoever waits
    would wait for ever. (``contextlib.contextmanager`` can't do that: it hands on the original.)
    """

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Translate."""
        if isinstance(error, sqlite3.Error):
            raise StorageError(str(error)) from error
        if isinstance(error, StopIteration):
            message = "StopIteration left a transaction"
            raise RuntimeError(message) from error  # noqa: TRY004 - as a generator would
