"""A store on a file of its own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a database that doesn't exist yet."""
    return tmp_path / "torpedo.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    """Open a store, and close it whatever happens."""
    async with SqliteStore(path) as opened:
        yield opened
