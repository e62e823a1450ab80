"""Socket Mode, with Slack's own client."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import httpx
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox

HERE = "C0MARKETING"
STATUS = {"person": "U0ANA", "channel": HERE, "text": "/sms-status 42"}


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[SocketModeClient]:
    """A client that acknowledges everything, with words."""
    web = AsyncWebClient(base_url=sandbox.slack_api_url)
    client = SocketModeClient("xapp-sandbox-app", web_client=web)

    async def acknowledge(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = SocketModeResponse(request.envelope_id, {"text": f"got {request.type}"})
        await client.send_socket_mode_response(answer)

    client.socket_mode_request_listeners.append(acknowledge)
    await client.connect()  # type: ignore[no-untyped-call]  # the client's own
    await sandbox.world.wait_for(lambda: sandbox.world.slack.socket_mode.is_connected)
    yield client
    await client.close()  # type: ignore[no-untyped-call]  # the client's own


async def test_a_connected_client_gets_the_envelopes(
    sandbox: Sandbox, client: SocketModeClient, http: httpx.AsyncClient
) -> None:
    """Rather than the HTTP address, and its answer comes with the acknowledgement."""
    assert await client.is_connected()
    await http.post(f"{sandbox.url}/sandbox/type", json=STATUS)
    delivered = sandbox.world.slack.bot_link.log[0]
    state = (await http.get(f"{sandbox.url}/sandbox/state")).json()
    assert state["bot"] == {"connected": True, "standing": "connected", "way": "socket"}
    assert (delivered.payload["command"], delivered.payload["text"]) == ("/sms-status", "42")
    seen = sandbox.world.slack.messages.in_channel(HERE, seen_by="U0ANA")
    assert [message.content.text for message in seen] == ["got slash_commands"]


async def test_a_bot_that_left_is_not_reached(
    sandbox: Sandbox, client: SocketModeClient, http: httpx.AsyncClient
) -> None:
    """Then Slack falls back to the HTTP address, of which there is none here."""
    await client.close()  # type: ignore[no-untyped-call]  # the client's own
    await sandbox.world.wait_for(lambda: not sandbox.world.slack.socket_mode.is_connected)
    await http.post(f"{sandbox.url}/sandbox/type", json=STATUS)
    seen = sandbox.world.slack.messages.in_channel(HERE, seen_by="U0ANA")
    assert [message.content.text for message in seen] == [
        '/sms-status failed with the error "dispatch_failed"'
    ]


async def test_connections_need_a_ticket_of_their_own(sandbox: Sandbox) -> None:
    """From `apps.connections.open`, with the app's token, for one connection."""
    web = AsyncWebClient(base_url=sandbox.slack_api_url)
    opened = await web.apps_connections_open(app_token="xapp-sandbox-app")
    assert opened["url"].startswith("ws://127.0.0.1:")
    client = SocketModeClient("xapp-sandbox-app", web_client=web)
    client.wss_uri = f"{sandbox.url}/socket-mode?ticket=guess".replace("http", "ws")
    with pytest.raises(Exception, match="403"):
        await client.aiohttp_client_session.ws_connect(client.wss_uri)
    await client.aiohttp_client_session.close()


async def connect_plainly(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> aiohttp.ClientWebSocketResponse:
    """Connect without Slack's client, to misbehave."""
    web = AsyncWebClient(base_url=sandbox.slack_api_url)
    opened = await web.apps_connections_open(app_token="xapp-sandbox-app")
    socket = await session.ws_connect(opened["url"])
    hello = await socket.receive_json()
    assert (hello["type"], hello["connection_info"]) == ("hello", {"app_id": "A0TORPEDO"})
    return socket


async def test_odd_frames_are_ignored_and_a_late_leaver_is_told(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """Noise acknowledges nothing; leaving without an acknowledgement is a dispatch failure."""
    async with aiohttp.ClientSession() as session:
        socket = await connect_plainly(sandbox, session)
        typing = asyncio.create_task(http.post(f"{sandbox.url}/sandbox/type", json=STATUS))
        envelope = await socket.receive_json()
        assert envelope["accepts_response_payload"]
        for noise in ("noise", "[]", "{}", '{"envelope_id": "another"}'):
            await socket.send_str(noise)
        await socket.send_bytes(b"noise")
        await socket.close()
        await typing
    seen = sandbox.world.slack.messages.in_channel(HERE, seen_by="U0ANA")
    assert [message.content.text for message in seen] == [
        '/sms-status failed with the error "dispatch_failed"'
    ]


async def test_an_acknowledgement_counts_once(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """The first one; Slack can ask a client to come back, too."""
    async with aiohttp.ClientSession() as session:
        socket = await connect_plainly(sandbox, session)
        typing = asyncio.create_task(http.post(f"{sandbox.url}/sandbox/type", json=STATUS))
        envelope = await socket.receive_json()
        for words in ("first", "second"):
            ack = {"envelope_id": envelope["envelope_id"], "payload": {"text": words}}
            await socket.send_json(ack)
        await typing
        assert sandbox.world.slack.bot_link.log[0].ack.body == {"text": "first"}
        await sandbox.world.slack.socket_mode.disconnect("refresh_requested")
        farewell = await socket.receive_json()
        assert (farewell["type"], farewell["reason"]) == ("disconnect", "refresh_requested")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_the_newest_connection_is_used(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """An older one may leave meanwhile."""
    async with aiohttp.ClientSession() as session:
        older = await connect_plainly(sandbox, session)
        newer = await connect_plainly(sandbox, session)
        typing = asyncio.create_task(http.post(f"{sandbox.url}/sandbox/type", json=STATUS))
        envelope = await newer.receive_json()
        await older.close()
        await newer.send_json({"envelope_id": envelope["envelope_id"]})
        await typing
    assert sandbox.world.slack.bot_link.log[0].ack.failure is None
