"""The whole story, as ``make tour`` tells it."""

import pytest

from bot.tour.telling import tell


@pytest.mark.parametrize("socket_mode", [False, True], ids=["http", "socket"])
async def test_the_tour_ends_well_by_either_way_into_slack(socket_mode: bool) -> None:  # noqa: FBT001
    """Send, wrong person, approve, reply, twice the same, hold, release, schedule, refusal."""
    assert await tell(socket_mode=socket_mode) == 0
