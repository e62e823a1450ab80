"""The door of the Web API: tokens, scopes, bodies, limits."""

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox, SandboxOptions
from tests.sandbox.conftest import MANIFEST
from tests.sandbox.desk import HERE, error_of


async def test_the_bot_learns_who_it_is(slack: AsyncWebClient) -> None:
    """`auth.test` is what Bolt asks first."""
    answer = await slack.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == ("U0TORPEDO", "B0TORPEDO")
    assert answer["team_id"] == "T0AURORA"


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("", "not_authed"),
        ("xoxb-wrong", "invalid_auth"),
        ("xapp-sandbox-app", "not_allowed_token_type"),
    ],
)
async def test_tokens_are_looked_at(
    sandbox: Sandbox, http: httpx.AsyncClient, token: str, word: str
) -> None:
    """Missing, wrong, and of the wrong kind are told apart."""
    headers = {"authorization": f"Bearer {token}".strip()}
    answer = await http.post(f"{sandbox.slack_api_url}auth.test", headers=headers)
    assert answer.json() == {"ok": False, "error": word}


async def test_unknown_methods_are_named(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """HTTP 200 all the same."""
    answer = await http.post(f"{sandbox.slack_api_url}chat.shout")
    assert answer.status_code == 200
    assert answer.json()["error"] == "unknown_method"


async def test_missing_scopes_are_told(slack: AsyncWebClient) -> None:
    """The manifest gives no `im:read`; the answer says what was needed."""
    with pytest.raises(SlackApiError) as failure:
        await slack.conversations_info(channel="D0ANA")
    assert failure.value.response["error"] == "missing_scope"
    assert "im:read" in failure.value.response["needed"]
    assert "chat:write" in failure.value.response["provided"]


async def test_bodies_may_be_forms_or_json(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """A form holds blocks as JSON text and may hold the token."""
    url = f"{sandbox.slack_api_url}chat.postMessage"
    form = {"token": "xoxb-sandbox-bot", "channel": HERE, "blocks": '[{"type":"divider"}]'}
    assert (await http.post(url, data=form)).json()["ok"]
    broken = form | {"blocks": "[{"}
    assert (await http.post(url, data=broken)).json()["error"] == "invalid_blocks_format"
    not_json = {"content-type": "application/json"}
    assert (await http.post(url, content=b"{", headers=not_json)).json()["error"] == "invalid_json"


async def test_a_call_too_many_is_told_when_to_come_back(http: httpx.AsyncClient) -> None:
    """HTTP 429 with whole seconds to wait; another channel is still free."""
    async with Sandbox(SandboxOptions(manifest=MANIFEST, port=0)) as sandbox:
        url = f"{sandbox.slack_api_url}chat.postMessage"
        headers = {"authorization": "Bearer xoxb-sandbox-bot"}
        message = {"channel": HERE, "text": "oi"}
        answer = await http.post(url, json=message, headers=headers)
        while answer.status_code == 200:
            answer = await http.post(url, json=message, headers=headers)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "1"
        assert answer.json() == {"ok": False, "error": "ratelimited"}
        elsewhere = message | {"channel": "C0OPERACOES"}
        assert (await http.post(url, json=elsewhere, headers=headers)).json()["ok"]


async def test_a_test_call_comes_back(slack: AsyncWebClient) -> None:
    """`api.test` says what it was given, and can be asked to fail."""
    assert (await slack.api_test(foo="bar"))["args"]["foo"] == "bar"
    assert await error_of(slack.api_test(error="oops")) == "oops"


async def test_what_is_missing_is_named(slack: AsyncWebClient) -> None:
    """A required argument."""
    with pytest.raises(SlackApiError) as failure:
        await slack.api_call("chat.postMessage", json={"text": "oi"})
    assert failure.value.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: channel"
    ]


async def test_odd_bodies_are_refused(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """JSON that is no object, a form of parts."""
    url = f"{sandbox.slack_api_url}chat.postMessage"
    json_body = {"content-type": "application/json; charset=utf-8"}
    answer = await http.post(url, content="[]", headers=json_body)
    assert answer.json()["error"] == "json_not_object"
    answer = await http.post(url, files={"a": b"b"})
    assert answer.json()["error"] == "invalid_form_data"
