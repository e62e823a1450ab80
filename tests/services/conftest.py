"""A desk to work at, on a database of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.domain.policy import Policy
from bot.services.tracking import StatusScope
from tests.builders import make_policy
from tests.services.desk import Desk

OpenDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def open_desk(tmp_path: Path) -> AsyncIterator[OpenDesk]:
    """Open desks under rules of the test's choice, and close them whatever happens."""
    async with AsyncExitStack() as desks:

        async def open_one(
            policy: Policy | None = None, scope: StatusScope = StatusScope.ACCOUNT
        ) -> Desk:
            desk = Desk(tmp_path / "torpedo.db", policy=policy or make_policy(), scope=scope)
            desks.push_async_callback(desk.close)
            await desk.open()
            return desk

        yield open_one


@pytest.fixture
async def desk(open_desk: OpenDesk) -> Desk:
    """Open a desk under the plainest rules."""
    return await open_desk()
