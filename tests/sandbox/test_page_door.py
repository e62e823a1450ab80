"""What the sandbox's page reads and does."""

import asyncio
import json

import httpx
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox

HERE = "C0MARKETING"
ORDER = {
    "action": "sendsms",
    "lgn": "aurora",
    "pwd": "segredo-da-aurora",
    "msg": "oi",
    "numbers": "31999990001",
}


async def test_the_state_is_one_persons_view(
    sandbox: Sandbox, http: httpx.AsyncClient, slack: AsyncWebClient
) -> None:
    """Messages with thread counts, own ephemerals, commands, people and the platform."""
    first = await slack.chat_postMessage(channel=HERE, text="oi")
    await slack.chat_postMessage(channel=HERE, text="reply", thread_ts=first["ts"])
    await slack.chat_postEphemeral(channel=HERE, user="U0BRUNO", text="psst")
    state = (await http.get(f"{sandbox.url}/sandbox/state?person=U0ANA")).json()
    assert state["me"] == "U0ANA"
    assert [person["id"] for person in state["people"]] == ["U0ANA", "U0BRUNO", "U0CARLA"]
    (message,) = state["messages"][HERE]
    assert (message["text"], message["reply_count"], message["bot"]) == ("oi", 1, True)
    assert [one["text"] for one in state["threads"][f"{HERE}:{first['ts']}"]] == ["reply"]
    assert state["names"]["U0TORPEDO"] == "Torpedo"
    assert state["commands"][0]["command"] == "/sms-send"
    assert state["modal"] is None
    assert state["platform"]["credit"] == 10_000
    assert state["bot"] == {"connected": False, "standing": "nowhere", "way": "http"}
    dm = next(channel for channel in state["channels"] if channel["is_im"])
    assert (dm["id"], dm["name"]) == ("D0ANA", "Torpedo")
    brunos = (await http.get(f"{sandbox.url}/sandbox/state?person=U0BRUNO")).json()
    assert [one["text"] for one in brunos["messages"][HERE]] == ["oi", "psst"]


async def test_nobody_has_no_state(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """An unknown person, and the bot itself."""
    for person in ("U0", "U0TORPEDO"):
        answer = await http.get(f"{sandbox.url}/sandbox/state", params={"person": person})
        assert answer.status_code == 404


async def test_phones_and_campaigns_show(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """A delivered text, newest phone first."""
    await http.get(sandbox.gateway_url, params=ORDER)
    await sandbox.world.wait_for(lambda: sandbox.world.platform.campaigns[90001].is_done)
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    (campaign,) = state["platform"]["campaigns"]
    assert (campaign["id"], campaign["state"], campaign["delivered"]) == (90001, "done", 1)
    (phone,) = state["phones"]
    assert (phone["number"], phone["messages"][0]["text"]) == ("31999990001", "oi")


async def test_an_answer_needs_somebody_who_listens(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """No SMS, or no call-back address: the phone can't answer."""
    unheard = {"number": "31999990001", "text": "sim"}
    url = f"{sandbox.url}/sandbox/answer"
    assert not (await http.post(url, json=unheard)).json()["ok"]
    await http.get(sandbox.gateway_url, params=ORDER)
    await sandbox.world.wait_for(lambda: len(sandbox.world.phones))
    assert not (await http.post(url, json=unheard)).json()["ok"]
    repeat = await http.post(f"{sandbox.url}/sandbox/repeat", json={})
    assert not repeat.json()["ok"]


async def test_the_newest_call_back_can_be_repeated(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """To see that the bot counts it once."""
    nowhere = ORDER | {"url_callback": "http://127.0.0.1:9/"}
    await http.get(sandbox.gateway_url, params=nowhere)
    await sandbox.world.wait_for(lambda: sandbox.world.courier.sent)
    await http.post(f"{sandbox.url}/sandbox/repeat", json={})
    log = (await http.get(f"{sandbox.url}/sandbox/log")).json()
    assert [one["data"] for one in log["callbacks"]] == [log["callbacks"][0]["data"]] * 2


async def test_the_clock_can_be_sped_up_and_wound(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """Forwards only, at the speeds the page shows."""
    url = f"{sandbox.url}/sandbox/clock"
    before = sandbox.world.clock.now()
    assert (await http.post(url, json={"advance": 3600})).json()["ok"]
    assert (sandbox.world.clock.now() - before).total_seconds() >= 3600
    assert (await http.post(url, json={"speed": 60})).json()["speed"] == 60
    assert not (await http.post(url, json={"speed": 2})).json()["ok"]
    for odd in (-1, 2.3e11, 1e18, "x", None):
        assert not (await http.post(url, json={"advance": odd})).json()["ok"]


async def test_trouble_is_switched_on_the_page(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """One of the kinds that the state lists."""
    url = f"{sandbox.url}/sandbox/trouble"
    assert (await http.post(url, json={"kind": "html"})).json()["ok"]
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    assert state["platform"]["trouble"]["kind"] == "html"
    assert not (await http.post(url, json={"kind": "fire"})).json()["ok"]


async def test_events_tell_each_revision(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """One at connect, one after a change; the stream ends with the sandbox."""
    async with http.stream("GET", f"{sandbox.url}/sandbox/events") as stream:
        lines = stream.aiter_lines()

        async def next_revision() -> int:
            async for line in lines:
                if line.startswith("data: "):
                    return int(json.loads(line.removeprefix("data: "))["revision"])
            raise EOFError

        first = await next_revision()
        sandbox.world.clock.advance(1)
        assert await next_revision() > first


async def test_open_streams_dont_keep_the_sandbox_alive(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """A page left open must not stop the program from ending."""
    async with http.stream("GET", f"{sandbox.url}/sandbox/events") as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith("data: ")
        async with asyncio.timeout(5):
            await sandbox._close()
            assert [line async for line in lines if line.startswith("data: ")] == []


async def test_the_page_is_never_cached(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """Whoever edits it sees it at the next reload."""
    for path in ("/", "/page/index.html"):
        answer = await http.get(f"{sandbox.url}{path}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
