"""What comes in from the network: call-backs, forged requests, health."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

from slack_sdk.signature import SignatureVerifier

from bot.tour.seeing import phones_with
from bot.tour.visitor import ANA, BRUNO, CARLA
from tests.journeys.conftest import Town, open_town

SECRET = "sandbox-signing-secret"


async def _delivered(town: Town) -> str:
    """Send one campaign and return the address its call-backs come to."""
    await town.visitor.type(ANA, "/sms-send 31999990001 Oi")
    await town.card_says("Waiting")
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("Done")
    log = await town.visitor.log()
    address: str = log["callbacks"][0]["url"]
    return address


def _rows(town: Town, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{town.database}?mode=ro", uri=True) as db:
        rows = db.execute(query).fetchall()
    db.close()
    return rows


async def test_a_reply_in_windows_1252_reads_right(town: Town) -> None:
    """Bytes that aren't UTF-8 are the other one."""
    address = await _delivered(town)
    record = "90001;31999990001;Não, só amanhã; às 9;2026-12-24 10:00:00;RECEBIDO;"
    answer = await town.web.post(
        address,
        content=b"data_callback=" + record.encode("cp1252").replace(b" ", b"+"),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 200
    await town.told_in_thread("Não, só amanhã; às 9")


async def test_garbage_is_kept_and_the_bot_goes_on(town: Town) -> None:
    """It is answered 200 once stored; what it was can be looked at later."""
    address = await _delivered(town)
    answer = await town.web.post(address, content=b"\xff\x00garbage;;;\n")
    assert answer.status_code == 200
    await town.visitor.do("answer", number="31999990001", text="ainda aqui")
    await town.told_in_thread("ainda aqui")
    kept = _rows(town, "SELECT body, state FROM inbox WHERE state = 'unreadable'")
    assert kept == [(b"\xff\x00garbage;;;\n", "unreadable")]


async def test_ten_megabytes_are_turned_away(town: Town) -> None:
    """413, and nothing of it is kept in memory or on disk."""
    address = await _delivered(town)
    before = _rows(town, "SELECT count(*) FROM inbox")
    answer = await town.web.post(address, content=b"x" * 10_000_000)
    assert answer.status_code == 413
    assert _rows(town, "SELECT count(*) FROM inbox") == before


async def test_a_guessed_address_is_nobodys(town: Town) -> None:
    """404, and no row."""
    for method in ("GET", "POST"):
        answer = await town.web.request(method, "/c/" + "A" * 22, params={"data_callback": "1;2"})
        assert answer.status_code == 404
    assert (await town.web.put("/c/" + "A" * 22)).status_code == 405
    assert _rows(town, "SELECT count(*) FROM inbox") == [(0,)]


async def test_health_tells_what_waits(town: Town) -> None:
    """200 with the facts that somebody on watch needs."""
    answer = await town.web.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert answer.json()["outbox_waiting"] == 0


async def test_forged_requests_do_nothing(town: Town) -> None:
    """No signature, a wrong one, an old one, odd headers, bytes that are no text."""
    body = (
        "command=/sms-send&text=31999990001+Oi&user_id=U0BRUNO&channel_id=C0MARKETING"
        "&trigger_id=1&team_id=T0AURORA"
    )
    now = str(int(time.time()))
    old = str(int(time.time()) - 3600)
    attempts: list[tuple[bytes, Mapping[str, str]]] = [
        (body.encode(), {}),
        (body.encode(), {"x-slack-request-timestamp": now, "x-slack-signature": "v0=00"}),
        (body.encode(), _signed(body, old)),
        (body.encode(), {**_signed(body, now), "x-slack-request-timestamp": "now"}),
        (body.encode(), {**_signed(body, now), "x-slack-request-timestamp": "٣"}),
        (b"\xff\xfe", {"x-slack-request-timestamp": now, "x-slack-signature": "v0=00"}),
    ]
    for content, headers in attempts:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        answer = await town.web.post("/slack/events", content=content, headers=raw)
        assert answer.status_code == 401, headers
    assert (await town.web.post("/slack/events", content=b"x" * 2_000_000)).status_code == 413
    assert _rows(town, "SELECT count(*) FROM campaigns") == [(0,)]


async def test_two_presses_at_once_send_once(town: Town) -> None:
    """Two approvers, the same second: one is told that the other was quicker."""
    await town.visitor.type(ANA, "/sms-send 31999990001 Oi")
    await town.card_says("Waiting")
    await asyncio.gather(
        town.visitor.press(BRUNO, "campaign.approve", campaign=1),
        town.visitor.press(CARLA, "campaign.approve", campaign=1),
    )
    await town.visitor.see(ANA, "the SMS", lambda s: phones_with(s, "Oi"))
    await town.card_says("Done")
    assert len(await town.sent()) == 1


def _signed(body: str, timestamp: str) -> dict[str, str]:
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body)
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature or "",
        "content-type": "application/x-www-form-urlencoded",
    }


async def test_health_tells_whether_the_socket_is_connected(tmp_path: Path) -> None:
    """A way in that nobody can take is no way in."""
    async with open_town(tmp_path, socket_mode=True) as town:
        assert (await town.web.get("/healthz")).json()["slack"] == "socket, connected"


async def test_a_head_request_is_no_call_back(town: Town) -> None:
    """It carries nothing, so nothing is stored."""
    address = await _delivered(town)
    before = _rows(town, "SELECT count(*) FROM inbox")
    assert (await town.web.head(address)).status_code == 405
    assert _rows(town, "SELECT count(*) FROM inbox") == before
