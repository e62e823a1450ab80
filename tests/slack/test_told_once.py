"""A message whose answer was lost is looked up before it is posted again: each appears once."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.domain.news import News, NewsKind
from bot.sandbox.messages import Content
from bot.sandbox.server import Sandbox
from bot.slack_client import open_client
from handlers.slack.asking import SlackUnreachable, ask_slack
from handlers.slack.posts import SETTLING
from tests.builders import ONE
from tests.fakes import PowerCutError
from tests.services.desk import Desk
from tests.settings.samples import make_settings
from tests.settings.services import Answer, PretendServices, slack
from tests.slack.posting import (
    ANA,
    BRUNO,
    HISTORY,
    MARKETING,
    POST,
    POSTED,
    REPLIES,
    Telephone,
    add,
    answer,
    create,
    lines,
    open_poster,
    seen,
    sent_to,
    states,
    tell,
    thread,
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose clock goes with the sandbox's, by which Slack stamps messages."""
    desk.clock.set(datetime.now(UTC))
    return desk


@pytest.fixture
def line(sandbox: Sandbox) -> Telephone:
    """A telephone to the sandbox, on which something can happen during a post."""
    return Telephone(sandbox.slack_api_url)


async def drop() -> None:
    """Lose the answer on its way back."""
    raise aiohttp.ServerDisconnectedError


async def cut_power() -> None:
    """End the program, as a kill does."""
    raise PowerCutError


async def take_too_long() -> None:
    """Take longer than the client waits."""
    raise TimeoutError


async def break_down() -> None:
    """Break in a way that nobody foresaw."""
    raise RuntimeError


@pytest.mark.parametrize("happens", [drop, take_too_long, break_down, cut_power])
async def test_a_card_whose_answer_was_lost_is_found_again(
    desk: Desk, line: Telephone, sandbox: Sandbox, happens: object
) -> None:
    """It isn't posted twice; it is known which message it is, and drawn as things are by then."""
    campaign = await create(desk)
    await run_into(desk, line, happens)
    await desk.approve(campaign, by=BRUNO)
    await tell(desk, open_poster(desk, line))
    card, story = seen(sandbox)
    assert (await desk.campaign(campaign.id)).card == card.ts == story.thread_ts
    assert "Approved" in str(card.content.blocks)
    assert len(line.posts) == 2


@pytest.mark.parametrize("happens", [drop, cut_power])
async def test_a_story_whose_answer_was_lost_is_found_in_its_thread(
    desk: Desk, line: Telephone, sandbox: Sandbox, happens: object
) -> None:
    """And what comes after it is told after it."""
    campaign = await create(desk)
    await tell(desk, open_poster(desk, line))
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await add(desk, News(NewsKind.RELEASED, campaign.id, {"by": BRUNO}))
    await run_into(desk, line, happens)
    await tell(desk, open_poster(desk, line))
    _, first, second = seen(sandbox)
    assert first.content.text != second.content.text
    assert [state for _, state, _ in states(desk)] == ["told"] * 3


@pytest.mark.parametrize("happens", [drop, cut_power])
async def test_a_group_is_found_as_one(
    desk: Desk, line: Telephone, sandbox: Sandbox, happens: object
) -> None:
    """All the replies in it are told with it; those that came since are told after."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, open_poster(desk, line))
    await answer(desk, campaign, *"abc")
    await run_into(desk, line, happens)
    await answer(desk, campaign, "d")
    await tell(desk, open_poster(desk, line))
    assert [said(message) for message in thread(sandbox)] == [["a", "b", "c"], ["d"]]


@pytest.mark.parametrize("happens", [drop, cut_power])
async def test_a_file_is_found_by_its_name(
    desk: Desk, line: Telephone, sandbox: Sandbox, happens: object
) -> None:
    """It carries no metadata; its name has the key."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, open_poster(desk, line))
    await answer(desk, campaign, *["oi"] * 501)
    desk.clock.advance(timedelta(seconds=6))
    line.after_upload = happens  # type: ignore[assignment]  # one of ours
    await run_into(desk, line, None)
    await tell(desk, open_poster(desk, line))
    assert sum(bool(message.content.files) for message in seen(sandbox)) == 1
    assert {state for _, state, _ in states(desk)} == {"told"}


async def test_a_message_that_slack_never_got_is_posted(
    desk: Desk, line: Telephone, sandbox: Sandbox
) -> None:
    """The look-up finds nothing, and nobody waits for ever."""
    await create(desk)
    line.meanwhile = cut_power
    with pytest.raises(PowerCutError):
        await open_poster(desk, line).run()
    sandbox.world.slack.messages.delete(seen(sandbox)[0])
    poster = open_poster(desk, line)
    assert await poster.recover() == 1
    assert await poster.run() == SETTLING.total_seconds()
    await tell(desk, poster)
    assert len(seen(sandbox)) == 1
    assert states(desk) == [("card", "told", "")]


async def test_others_messages_arent_mistaken_for_it(
    desk: Desk, line: Telephone, sandbox: Sandbox
) -> None:
    """Only our own event with that very key, or a file with it in its name, is it."""
    await create(desk)
    line.meanwhile = drop
    await open_poster(desk, line).run()
    (ours,) = seen(sandbox)
    messages = sandbox.world.slack.messages
    for metadata in (
        ours.content.metadata | {"event_type": "other"},  # type: ignore[operator]  # ours has it
        {"event_type": "torpedo_news", "event_payload": {"key": "other"}},
        None,
    ):
        messages.post(MARKETING, BRUNO, Content("x", metadata=metadata))
    messages.delete(ours)
    await tell(desk, open_poster(desk, line))
    assert [message.user for message in seen(sandbox)].count("U0TORPEDO") == 1
    assert len(line.posts) == 2


async def test_a_long_thread_is_looked_through_page_by_page(
    desk: Desk, line: Telephone, sandbox: Sandbox
) -> None:
    """What stands on the third page is found there."""
    campaign = await create(desk)
    await tell(desk, open_poster(desk, line))
    card = (await desk.campaign(campaign.id)).card
    for _ in range(450):
        sandbox.world.slack.messages.post(MARKETING, BRUNO, Content("x"), thread_ts=card)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    line.meanwhile = drop
    await open_poster(desk, line).run()
    await tell(desk, open_poster(desk, line))
    assert sum(message.user == "U0TORPEDO" for message in seen(sandbox)) == 2


async def test_while_slack_cant_say_it_isnt_posted(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Asked too often, away, without the permission: the look-up is tried again, not the post."""
    services.says(POST, slack(error="internal_error"), POSTED)
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "30"}
    )
    away = Answer("<html>", "text/html", 502)
    there = slack(messages=[{"ts": "1.2", "metadata": None, "files": None}])
    services.says(HISTORY, limited, away, slack(error="missing_scope"), there)
    await create(desk)
    poster = open_poster(desk, phone)
    assert await poster.run() == 5
    desk.clock.advance(timedelta(seconds=5))
    assert await poster.run() == 30
    desk.clock.advance(timedelta(seconds=30))
    for pause in (20, 40):
        assert await poster.run() == pause
        assert len(phone.posts) == 1
        desk.clock.advance(timedelta(seconds=pause))
    await tell(desk, poster)
    assert len(phone.posts) == 2


async def test_where_the_place_is_gone_it_is_posted_to_hear_so(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Nobody has seen it there; what the post is answered says what to do."""
    services.says(POST, slack(error="fatal_error"), slack(error="is_archived"))
    services.says(HISTORY, slack(error="channel_not_found"))
    services.says("/api/conversations.open", slack(channel={"id": "D0ANA"}))
    await create(desk)
    await tell(desk, open_poster(desk, phone))
    assert states(desk)[0] == ("card", "gave_up", "is_archived")


async def test_a_thread_of_a_card_that_was_deleted_gets_another(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Its news isn't lost with it, nor told twice."""
    services.says(POST, POSTED, slack(error="thread_not_found"), POSTED)
    campaign = await create(desk)
    poster = open_poster(desk, phone)
    await tell(desk, poster)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await tell(desk, poster)
    assert [post["thread_ts"] is None for post in phone.posts] == [True, False, True, False]
    assert {state for _, state, _ in states(desk)} == {"told"}


async def test_a_thread_that_is_gone_holds_no_message(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """A look-up there has its answer."""
    services.says(POST, POSTED, slack(error="internal_error"), POSTED)
    services.says(REPLIES, slack(error="thread_not_found"))
    campaign = await create(desk)
    poster = open_poster(desk, phone)
    await tell(desk, poster)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": ANA}))
    await tell(desk, poster)
    assert len(phone.posts) == 3


async def test_the_client_that_posts_repeats_nothing_by_itself() -> None:
    """Slack's library would send a request again whose connection broke; Slack may have it."""
    requests: list[bytes] = []

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = make_settings(slack_api_url=f"http://127.0.0.1:{port}/api/")
    async with server, aiohttp.ClientSession() as session:
        client = open_client(settings, session, repeats=False)
        with pytest.raises(SlackUnreachable) as failure:
            await ask_slack(client.chat_postMessage, channel=MARKETING, text="oi")
    assert len(requests) == 1
    assert not failure.value.never_left


def said(message: object) -> list[str]:
    """Read the words alone of the replies in a message."""
    return [line.split("  ")[-1].strip() for line in lines(message)]  # type: ignore[arg-type]


async def run_into(desk: Desk, line: Telephone, happens: object) -> None:
    """Run the poster into something that happens after Slack took its next post."""
    if happens is not None:
        line.meanwhile = happens  # type: ignore[assignment]  # one of ours
    poster = open_poster(desk, line)
    try:
        await poster.run()
    except PowerCutError:
        assert await open_poster(desk, line).recover() > 0
