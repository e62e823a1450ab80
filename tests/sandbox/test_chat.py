"""`chat.*`: what the bot may say, and where."""

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Sandbox
from tests.sandbox.desk import HERE, SECTION, error_of


@pytest.mark.parametrize(
    ("channel", "word"),
    [
        ("G0DIRETORIA", "channel_not_found"),
        ("C0GERAL", "not_in_channel"),
        ("C0", "channel_not_found"),
    ],
)
async def test_the_bot_speaks_only_where_it_is(
    slack: AsyncWebClient, channel: str, word: str
) -> None:
    """And is told why not elsewhere."""
    assert await error_of(slack.chat_postMessage(channel=channel, text="oi")) == word


async def test_nobody_posts_in_archived_channels(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """They are there to be read."""
    sandbox.world.slack.workspace.channels[HERE].is_archived = True
    assert await error_of(slack.chat_postMessage(channel=HERE, text="oi")) == "is_archived"


async def test_a_persons_id_leads_to_their_dm(slack: AsyncWebClient) -> None:
    """Without `im:write`, as Slack has it."""
    assert (await slack.chat_postMessage(channel="U0ANA", text="oi"))["channel"] == "D0ANA"


async def test_threads_and_metadata_are_kept(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """A reply to a reply goes to the thread's beginning; metadata comes back on demand."""
    metadata = {"event_type": "campaign", "event_payload": {"id": 42}}
    first = await slack.chat_postMessage(channel=HERE, text="oi", metadata=metadata)
    reply = await slack.chat_postMessage(channel=HERE, text="a", thread_ts=first["ts"])
    below = await slack.chat_postMessage(channel=HERE, text="b", thread_ts=reply["ts"])
    assert below["message"]["thread_ts"] == first["ts"]
    messages = sandbox.world.slack.messages
    thread = messages.thread(HERE, first["ts"])
    assert [message.content.text for message in thread] == ["oi", "a", "b"]
    shown = messages.as_slack(thread[0], with_metadata=True)
    assert (shown["reply_count"], shown["metadata"]) == (2, metadata)


async def test_updates_replace_blocks_and_text(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """Text without blocks takes the blocks away and marks the message edited."""
    posted = await slack.chat_postMessage(channel=HERE, text="oi", blocks=[SECTION])
    await slack.chat_update(channel=HERE, ts=posted["ts"], text="two", blocks=[SECTION])
    message = sandbox.world.slack.messages.find(HERE, posted["ts"])
    assert message is not None
    assert (message.content.text, message.is_edited) == ("two", False)
    await slack.chat_update(channel=HERE, ts=posted["ts"], text="three")
    assert (message.content.blocks, message.is_edited) == (None, True)
    assert (
        await error_of(slack.chat_update(channel=HERE, ts="1.0", text="a")) == "message_not_found"
    )
    nothing = slack.api_call("chat.update", json={"channel": HERE, "ts": posted["ts"]})
    assert await error_of(nothing) == "no_text"
    long = slack.chat_update(channel=HERE, ts=posted["ts"], text="a" * 4001)
    assert await error_of(long) == "msg_too_long"


async def test_only_its_own_messages_obey_the_bot(
    sandbox: Sandbox, slack: AsyncWebClient, http: httpx.AsyncClient
) -> None:
    """A person's message can be neither changed nor deleted by the app."""
    typed = {"person": "U0ANA", "channel": HERE, "text": "minha"}
    await http.post(f"{sandbox.url}/sandbox/type", json=typed)
    ts = next(sandbox.world.slack.messages.in_channel(HERE)).ts
    changed = slack.chat_update(channel=HERE, ts=ts, text="sua")
    assert await error_of(changed) == "cant_update_message"
    assert await error_of(slack.chat_delete(channel=HERE, ts=ts)) == "cant_delete_message"


async def test_ephemerals_are_for_members_and_last_only_in_sight(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    """The Web API can't find them again."""
    posted = await slack.chat_postEphemeral(channel=HERE, user="U0ANA", text="psst")
    ts = posted["message_ts"]
    messages = sandbox.world.slack.messages
    assert [m.ts for m in messages.in_channel(HERE, seen_by="U0ANA")] == [ts]
    assert not list(messages.in_channel(HERE, seen_by="U0BRUNO"))
    assert await error_of(slack.chat_delete(channel=HERE, ts=ts)) == "message_not_found"
    stranger = slack.chat_postEphemeral(channel=HERE, user="U0VISITOR", text="psst")
    assert await error_of(stranger) == "user_not_in_channel"


async def test_empty_and_endless_messages_are_refused(slack: AsyncWebClient) -> None:
    """Nothing to say, too much text, too much in blocks."""
    silence = slack.api_call("chat.postMessage", json={"channel": HERE, "text": " "})
    assert await error_of(silence) == "no_text"
    too_long = slack.chat_postMessage(channel=HERE, text="a" * 40_001)
    assert await error_of(too_long) == "msg_too_long"
    full = {"type": "section", "text": {"type": "plain_text", "text": "a" * 3000}}
    too_much = slack.chat_postMessage(channel=HERE, text="a", blocks=[full] * 5)
    assert await error_of(too_much) == "msg_blocks_too_long"


async def test_bad_blocks_are_refused_with_a_pointer(slack: AsyncWebClient) -> None:
    """The answer names the place, as Slack's does."""
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}]
    with pytest.raises(SlackApiError) as failure:
        await slack.chat_postMessage(channel=HERE, text="a", blocks=blocks)
    assert failure.value.response["error"] == "invalid_blocks"
    assert failure.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


@pytest.mark.parametrize(
    ("odd", "word"),
    [
        ({"blocks": '{"type": "divider"}'}, "invalid_blocks_format"),
        ({"metadata": '{"event_type": "a"}'}, "invalid_metadata_format"),
        ({"metadata": "noise"}, "invalid_metadata_format"),
        ({"attachments": '[{"text": "a"}]'}, "invalid_attachments"),
        ({"thread_ts": "1.0"}, "thread_not_found"),
        ({"channel": "U0TORPEDO"}, "cannot_dm_bot"),
    ],
)
async def test_odd_arguments_are_told_apart(
    slack: AsyncWebClient, odd: dict[str, str], word: str
) -> None:
    """Each by Slack's word for it."""
    message = {"channel": HERE, "text": "oi"} | odd
    assert await error_of(slack.api_call("chat.postMessage", data=message)) == word


async def test_channels_can_be_named(slack: AsyncWebClient) -> None:
    """In `chat.postMessage` only."""
    posted = await slack.chat_postMessage(channel="#marketing", text="oi")
    assert posted["channel"] == HERE
    renamed = slack.chat_update(channel="marketing", ts=posted["ts"], text="a")
    assert await error_of(renamed) == "channel_not_found"


async def test_messages_can_be_taken_back(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """Not in an archived channel."""
    posted = await slack.chat_postMessage(channel=HERE, text="oi")
    channel = sandbox.world.slack.workspace.channels[HERE]
    channel.is_archived = True
    kept = slack.chat_delete(channel=HERE, ts=posted["ts"])
    assert await error_of(kept) == "is_archived"
    channel.is_archived = False
    await slack.chat_delete(channel=HERE, ts=posted["ts"])
    assert not list(sandbox.world.slack.messages.in_channel(HERE))


async def test_an_update_may_bring_new_metadata(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    """And keeps the old when it brings none."""
    one, two = ({"event_type": "card", "event_payload": {"version": n}} for n in (1, 2))
    posted = await slack.chat_postMessage(channel=HERE, text="a", metadata=one)
    message = sandbox.world.slack.messages.find(HERE, posted["ts"])
    assert message is not None
    await slack.chat_update(channel=HERE, ts=posted["ts"], text="b")
    assert message.content.metadata == one
    await slack.chat_update(channel=HERE, ts=posted["ts"], text="c", metadata=two)
    assert message.content.metadata == two
