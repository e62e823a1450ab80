"""People, groups, channels and what was said there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.messages import Content
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import MANIFEST, OPTIONS
from tests.sandbox.desk import HERE, error_of


@asynccontextmanager
async def without(folder: Path, *scopes: str) -> AsyncIterator[AsyncWebClient]:
    """Open a sandbox whose app wasn't granted these."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    granted = manifest["oauth_config"]["scopes"]
    granted["bot"] = [scope for scope in granted["bot"] if scope not in scopes]
    path = folder / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    async with Sandbox(replace(OPTIONS, manifest=path)) as sandbox:
        yield AsyncWebClient("xoxb-sandbox-bot", base_url=sandbox.slack_api_url)


async def test_people_are_told_with_their_zones(slack: AsyncWebClient) -> None:
    """Carla lives an hour behind; guests and strangers can be told."""
    carla = (await slack.users_info(user="U0CARLA"))["user"]
    assert (carla["tz"], carla["tz_offset"]) == ("America/Manaus", -14400)
    guest = (await slack.users_info(user="U0GUEST"))["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, True)
    assert (await slack.users_info(user="U0VISITOR"))["user"]["is_stranger"]
    assert await error_of(slack.users_info(user="U0NOBODY")) == "user_not_found"


async def test_groups_are_told(slack: AsyncWebClient) -> None:
    """The approvers' group, by its id."""
    answer = await slack.usergroups_users_list(usergroup="S0APPROVE")
    assert answer["users"] == ["U0BRUNO", "U0CARLA"]
    groups = (await slack.usergroups_list())["usergroups"]
    assert [group["handle"] for group in groups] == ["aprovadores"]
    assert await error_of(slack.usergroups_users_list(usergroup="S0")) == "no_such_subteam"


async def test_members_come_in_pages(slack: AsyncWebClient) -> None:
    """A cursor leads from one page to the next, until it is empty."""
    members: list[str] = []
    async for page in await slack.conversations_members(channel=HERE, limit=2):
        members += page["members"]
    assert members == ["U0ANA", "U0BRUNO", "U0CARLA", "U0TORPEDO", "U0GUEST"]
    bad = slack.conversations_members(channel=HERE, cursor="x")
    assert await error_of(bad) == "invalid_cursor"


async def test_private_channels_are_hidden_from_outsiders(slack: AsyncWebClient) -> None:
    """Public ones show whether the bot is in them."""
    assert not (await slack.conversations_info(channel="C0GERAL"))["channel"]["is_member"]
    assert await error_of(slack.conversations_info(channel="G0DIRETORIA")) == "channel_not_found"


async def test_histories_tell_all(slack: AsyncWebClient, sandbox: Sandbox) -> None:
    """Replies with metadata, history newest first without the replies."""
    metadata = {"event_type": "campaign", "event_payload": {"id": 42}}
    first = await slack.chat_postMessage(channel=HERE, text="oi", metadata=metadata)
    await slack.chat_postMessage(channel=HERE, text="a", thread_ts=first["ts"])
    sandbox.world.slack.messages.post(HERE, "U0ANA", Content("b"))
    thread = await slack.conversations_replies(
        channel=HERE, ts=first["ts"], include_all_metadata=True
    )
    assert [one["text"] for one in thread["messages"]] == ["oi", "a"]
    assert thread["messages"][0]["metadata"] == metadata
    history = await slack.conversations_history(channel=HERE, limit=1)
    assert [one["text"] for one in history["messages"]] == ["b"]
    assert history["has_more"]
    assert "bot_id" not in history["messages"][0]
    missing = slack.conversations_replies(channel=HERE, ts="1.0")
    assert await error_of(missing) == "thread_not_found"
    outside = slack.conversations_history(channel="C0GERAL")
    assert await error_of(outside) == "not_in_channel"


async def test_a_span_of_time_can_be_asked_for(slack: AsyncWebClient) -> None:
    """Its edges only when they are wanted; a thread always begins with its first message."""
    first = (await slack.chat_postMessage(channel=HERE, text="oi"))["ts"]
    a, b, c = [
        (await slack.chat_postMessage(channel=HERE, text=text, thread_ts=first))["ts"]
        for text in "abc"
    ]

    async def texts(
        *, oldest: str, latest: str | None = None, inclusive: bool = False
    ) -> list[str]:
        thread = await slack.conversations_replies(
            channel=HERE, ts=first, oldest=oldest, latest=latest, inclusive=inclusive
        )
        return [one["text"] for one in thread["messages"]]

    assert await texts(oldest=a) == ["oi", "b", "c"]
    assert await texts(oldest=a, latest=c) == ["oi", "b"]
    assert await texts(oldest=b, latest=b, inclusive=True) == ["oi", "b"]
    history = await slack.conversations_history(channel=HERE, oldest=first)
    assert history["messages"] == []


async def test_histories_need_their_scopes(tmp_path: Path) -> None:
    """One for each kind of channel."""
    async with without(tmp_path, "channels:history", "im:history") as slack:
        answer = slack.conversations_history(channel=HERE)
        assert await error_of(answer) == "missing_scope"
        assert await error_of(slack.conversations_history(channel="D0ANA")) == "missing_scope"


async def test_the_workspace_lists_its_own_people(slack: AsyncWebClient) -> None:
    """Not the strangers; groups with who is in them on demand."""
    members = (await slack.users_list())["members"]
    assert "U0VISITOR" not in {member["id"] for member in members}
    groups = await slack.usergroups_list(include_users=True, include_count=True)
    assert groups["usergroups"][0]["users"] == ["U0BRUNO", "U0CARLA"]
    assert groups["usergroups"][0]["user_count"] == 2


async def test_odd_pages_are_refused(slack: AsyncWebClient) -> None:
    """Limits and cursors that nobody gave out."""
    for limit in ("0", "1001", "x", "9" * 5000):
        answer = slack.api_call("users.list", params={"limit": limit})
        assert await error_of(answer) == "invalid_limit"
    for cursor in ("bmV4dA==", "bmV4dDp4", "/w==", "%"):
        answer = slack.api_call("users.list", params={"cursor": cursor})
        assert await error_of(answer) == "invalid_cursor"


async def test_direct_messages_need_scopes_of_their_own(tmp_path: Path) -> None:
    """To be told of one takes `im:read`, to open one `im:write`."""
    async with without(tmp_path, "im:write") as slack:
        assert await error_of(slack.conversations_info(channel="D0ANA")) == "missing_scope"
        assert await error_of(slack.conversations_open(users="U0ANA")) == "missing_scope"


async def test_a_direct_message_has_a_person_and_no_name(tmp_path: Path) -> None:
    """And is opened with one person, who is no bot."""
    manifest = tmp_path / "manifest.yml"
    text = MANIFEST.read_text(encoding="utf-8")
    scopes = "- im:read\n      - commands "
    manifest.write_text(text.replace("- commands ", scopes))
    async with Sandbox(replace(OPTIONS, manifest=manifest)) as sandbox:
        slack = AsyncWebClient("xoxb-sandbox-bot", base_url=sandbox.slack_api_url)
        info = await slack.conversations_info(channel="D0ANA", include_num_members=True)
        assert (info["channel"]["user"], info["channel"]["num_members"]) == ("U0ANA", 2)
        assert "name" not in info["channel"]
        opened = await slack.conversations_open(users="U0GUEST")
        assert opened["channel"]["id"] == "D0GUEST"
        again = await slack.conversations_open(channel="D0GUEST")
        assert again["channel"]["id"] == "D0GUEST"
        several = slack.conversations_open(users="U0ANA,U0BRUNO")
        assert await error_of(several) == "method_not_supported_for_channel_type"
        assert await error_of(slack.conversations_open(users="U0TORPEDO")) == "cannot_dm_bot"
