"""SQLite: one writer, readers beside it, and the tables."""

from bot.domain.errors import StorageError
from storage.readers import Readers
from storage.store import SqliteStore

__all__ = ["Readers", "SqliteStore", "StorageError"]
