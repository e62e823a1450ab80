"""A call-back is stored in the bytes it came in, and only then answered 200."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.domain.campaign import Campaign
from handlers.web.callbacks import LARGEST_BODY, LARGEST_QUERY
from tests.brittle import BrittleStore
from tests.services.desk import Desk


@pytest.fixture
def address(desk: Desk, campaign: Campaign) -> str:
    """Where the platform calls back about the campaign's only part."""
    assert campaign.id
    return f"/c/{desk.gateway.sent[0].key}"


def kept(desk: Desk) -> list[tuple[Any, ...]]:
    """Read what is on disk, as any other program would."""
    return desk.look("SELECT method, query, content_type, body FROM inbox ORDER BY id")


async def test_what_came_by_get_is_on_disk_when_it_is_answered(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """The query's own bytes, not what somebody made of them."""
    answer = await web.get(f"{address}?data_callback=7001;%E9+1;%zz&&=")
    assert (answer.status_code, answer.text) == (200, "OK")
    ((method, query, _, body),) = kept(desk)
    assert (method, body) == ("GET", b"")
    assert query == b"data_callback=7001;%E9+1;%zz&&="


async def test_what_came_by_post_is_kept_byte_by_byte(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """With the content type that says how it might be read."""
    headers = {"content-type": "text/weird; charset=x"}
    answer = await web.post(address, content=b"\xff\x00\r\n;;;", headers=headers)
    assert answer.status_code == 200
    assert kept(desk) == [("POST", b"", "text/weird; charset=x", b"\xff\x00\r\n;;;")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(body=st.binary(max_size=300))
async def test_any_bytes_are_kept_as_they_are(
    web: httpx.AsyncClient, desk: Desk, address: str, body: bytes
) -> None:
    """Whoever looks later sees what came."""
    assert (await web.post(address, content=body)).status_code == 200
    assert kept(desk)[-1][-1] == body


async def test_an_address_of_nobodys_is_404_and_costs_neither_read_nor_write(
    web: httpx.AsyncClient, desk: Desk, disk: BrittleStore, address: str
) -> None:
    """Guessing fills no disk and keeps none busy, whatever is guessed."""
    disk.cant_write = disk.cant_read = True
    for guess in ("/c/" + "A" * 22, "/c/x", "/c/" + "é" * 22, "/c/%00", f"{address}A", "/c/"):
        assert (await web.get(guess)).status_code == 404, guess
    assert (await web.get(f"{address}/more")).status_code == 404
    assert kept(desk) == []


async def test_another_method_is_turned_away(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """The platform uses GET or POST."""
    assert (await web.put(address)).status_code == 405
    assert kept(desk) == []


async def test_what_cant_be_stored_is_asked_for_again(
    web: httpx.AsyncClient, desk: Desk, disk: BrittleStore, address: str
) -> None:
    """503 with a time to come back, never 200; then it is taken."""
    disk.cant_write = True
    with capture_logs() as logs:
        answer = await web.post(address, content=b"data_callback=1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert [line["event"] for line in logs] == ["call-back not stored"]
    assert address.removeprefix("/c/") not in str(logs)
    disk.cant_write = False
    assert (await web.post(address, content=b"data_callback=1")).status_code == 200
    assert len(kept(desk)) == 1


async def test_a_body_at_the_limit_is_taken_and_one_more_byte_isnt(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """413, a log line, and nothing of it on disk."""
    assert (await web.post(address, content=b"x" * LARGEST_BODY)).status_code == 200
    with capture_logs() as logs:
        answer = await web.post(address, content=b"x" * (LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert [line["event"] for line in logs] == ["call-back too large"]
    assert len(kept(desk)) == 1


async def test_reading_stops_where_the_limit_is_passed(
    web: httpx.AsyncClient, address: str
) -> None:
    """Ten megabytes aren't read to their end, however they are said to be long."""
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(160):
            read += 1
            yield b"x" * LARGEST_BODY

    assert (await web.post(address, content=endless())).status_code == 413
    assert read < 160


async def call(
    web: httpx.AsyncClient, address: str, *events: dict[str, Any], query: bytes = b""
) -> int:
    """Call the site as no honest client would; returns the status it answers with."""
    site = web._transport.app  # type: ignore[attr-defined]  # the application itself
    coming, answered = list(events), list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        return coming.pop(0)

    async def send(event: dict[str, Any]) -> None:
        answered.append(event)

    scope = {
        "type": "http",
        "method": "POST",
        "path": address,
        "raw_path": address.encode(),
        "query_string": query,
        "headers": [],
    }
    await site(scope, receive, send)
    status: int = answered[0]["status"]
    return status


async def test_a_body_that_comes_whole_is_measured_too(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """Nobody said how long it is."""
    too_much = b"x" * (LARGEST_BODY + 1)
    whole = {"type": "http.request", "body": too_much, "more_body": False}
    assert await call(web, address, whole) == 413
    assert kept(desk) == []


async def test_a_query_without_end_is_turned_away(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """What doesn't fit the body's limit doesn't fit here either."""
    nothing = {"type": "http.request", "body": b"", "more_body": False}
    at_limit, over = b"x" * LARGEST_QUERY, b"x" * (LARGEST_QUERY + 1)
    assert await call(web, address, nothing, query=over) == 413
    assert kept(desk) == []
    assert await call(web, address, nothing, query=at_limit) == 200


async def test_a_caller_who_hangs_up_leaves_nothing(
    web: httpx.AsyncClient, desk: Desk, address: str
) -> None:
    """Half a call-back is none; the platform comes again."""
    half = {"type": "http.request", "body": b"data_call", "more_body": True}
    assert await call(web, address, half, {"type": "http.disconnect"}) == 400
    assert kept(desk) == []
