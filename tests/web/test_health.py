"""Health: for whoever watches the program from outside."""

from decimal import Decimal

import httpx
import pytest

from bot.domain.credit import Balance
from tests.brittle import BrittleStore
from tests.builders import MINUTE
from tests.services.desk import Desk


async def test_a_fresh_program_is_well_and_knows_no_balance(web: httpx.AsyncClient) -> None:
    """200 with the facts, none of which tells about people or money."""
    answer = await web.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "slack": "socket, connected",
        "database": "ok",
        "gateway": "not known yet",
        "outbox_waiting": 0,
        "callbacks_waiting": 0,
        "callbacks_not_understood": 0,
        "balance_age_seconds": None,
    }


async def test_what_waits_is_counted(web: httpx.AsyncClient, desk: Desk) -> None:
    """Queues that grow are how trouble with Slack or with call-backs is seen first."""
    await desk.submitted()
    key = desk.gateway.sent[0].key
    await desk.deliver(key, query=b"garbage")
    await desk.replying.run()
    await desk.deliver(key, query=b"data_callback=1")
    balance = Balance(Decimal(10), desk.clock.now())
    await desk.write(lambda tx: tx.asks.save_balance(desk.gateway.account, balance))
    desk.clock.advance(MINUTE)
    facts = (await web.get("/healthz")).json()
    assert facts["outbox_waiting"] > 0
    assert (facts["callbacks_waiting"], facts["callbacks_not_understood"]) == (1, 1)
    assert facts["balance_age_seconds"] == 60
    assert facts["gateway"] == "ok"


@pytest.mark.parametrize(
    ("reason", "told"), [("FALHA AO REALIZAR LOGIN", "refused"), ("", "no clear answer")]
)
async def test_a_platform_that_tells_no_credit_is_named(
    web: httpx.AsyncClient, desk: Desk, reason: str, told: str
) -> None:
    """Its own words stay inside; a new start wouldn't help, so it is no 503."""
    at = desk.clock.now()
    balance = Balance(Decimal(10), at - MINUTE)
    await desk.write(lambda tx: tx.asks.save_balance(desk.gateway.account, balance))
    await desk.write(lambda tx: tx.asks.save_trouble(desk.gateway.account, reason, at))
    answer = await web.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["gateway"] == told


async def test_a_database_that_fails_is_ill(web: httpx.AsyncClient, disk: BrittleStore) -> None:
    """503: whoever watches may start it anew; the words name no contents."""
    disk.cant_read = True
    answer = await web.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": "StorageError"}


async def test_where_slack_comes_by_socket_its_address_is_shut(web: httpx.AsyncClient) -> None:
    """A door that isn't needed isn't there."""
    assert (await web.post("/slack/events", content=b"{}")).status_code == 404
