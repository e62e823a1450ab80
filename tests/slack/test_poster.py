"""The poster: news from the outbox is told in Slack, in order, paced, and once."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import StorageError
from bot.domain.news import News, NewsKind, card_changed
from bot.sandbox.server import Sandbox
from handlers.slack.poster import Poster
from tests.brittle import BrittleStore
from tests.builders import ONE
from tests.services.desk import Desk, record_of
from tests.settings.services import Answer, PretendServices, slack
from tests.slack.posting import (
    BRUNO,
    HISTORY,
    MARKETING,
    POST,
    POSTED,
    UPDATE,
    Telephone,
    add,
    create,
    open_poster,
    seen,
    states,
    tell,
)


async def test_a_card_is_posted_once_and_then_changed_in_place(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Its thread is the campaign's story, so it must stay the same message."""
    campaign = await create(desk)
    await tell(desk, poster)
    (card,) = seen(sandbox)
    assert "Waiting" in str(card.content.blocks)
    await desk.approve(campaign, by=BRUNO)
    await tell(desk, poster)
    first, story = seen(sandbox)
    assert first.ts == card.ts == (await desk.campaign(campaign.id)).card
    assert "Waiting" not in str(first.content.blocks)
    assert story.thread_ts == card.ts
    assert BRUNO in story.content.text


async def test_a_thread_is_told_in_order(desk: Desk, poster: Poster, sandbox: Sandbox) -> None:
    """And after the card, without which there is no thread."""
    campaign = await create(desk)
    kinds = [NewsKind.HOLD_ASKED, NewsKind.RELEASED] * 3
    await add(desk, *(News(kind, campaign.id, {"by": BRUNO}) for kind in kinds))
    await tell(desk, poster)
    card, *thread = seen(sandbox)
    assert {message.thread_ts for message in thread} == {card.ts}
    texts = [message.content.text for message in thread]
    assert len(texts) == 6
    assert texts[0] != texts[1]
    assert texts[:2] * 3 == texts


async def test_ten_changes_are_one_update(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """A card is drawn as it is by then."""
    services.says(POST, POSTED)
    services.says(UPDATE, slack())
    poster = open_poster(desk, phone)
    campaign = await create(desk)
    await tell(desk, poster)
    for _ in range(10):
        await add(desk, card_changed(campaign.id))
    await tell(desk, poster)
    assert [change["ts"] for change in phone.changes] == ["1700000000.000100"]
    assert len(phone.posts) == 1


async def test_two_posts_in_a_channel_are_a_second_apart(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Slack takes about one a second; the poster says when it wants to go on."""
    await create(desk)
    await create(desk)
    pause = await poster.run()
    assert len(seen(sandbox)) == 1
    assert pause is not None
    assert 1 <= pause < 2
    desk.clock.advance(timedelta(seconds=pause))
    assert await poster.run() is None
    assert len(seen(sandbox)) == 2


async def test_a_429_on_a_post_is_obeyed(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Not a call before its time, whatever else is to be told there; then exactly one."""
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "30"}
    )
    services.says(POST, limited, POSTED)
    poster = open_poster(desk, phone)
    await create(desk)
    assert await poster.run() == 30
    await create(desk)
    desk.clock.advance(timedelta(seconds=29))
    assert await poster.run() == 1
    assert len(phone.posts) == 1
    await tell(desk, poster)
    assert len(phone.posts) == 3


@pytest.mark.parametrize("written", ["0", "-5", "soon", "", "٣"])
async def test_an_odd_retry_after_is_a_second(
    desk: Desk, phone: Telephone, services: PretendServices, written: str
) -> None:
    """Never none at all: that would be hammering."""
    headers = {"Retry-After": written}
    services.says(POST, Answer("no", "text/plain", 429, headers), POSTED)
    poster = open_poster(desk, phone)
    await create(desk)
    assert await poster.run() == 1
    await tell(desk, poster)
    assert len(phone.posts) == 2


async def test_a_429_on_a_change_stops_every_card(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """The limit is the workspace's; threads go on meanwhile."""
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "60"}
    )
    services.says(POST, POSTED)
    services.says(UPDATE, limited, slack())
    poster = open_poster(desk, phone)
    first, second = await create(desk), await create(desk)
    await tell(desk, poster)
    desk.clock.advance(timedelta(minutes=1))
    posted = len(phone.posts)
    await add(desk, card_changed(first.id), card_changed(second.id))
    await add(desk, News(NewsKind.HOLD_ASKED, second.id, {"by": BRUNO}))
    assert await poster.run() == 60
    assert len(phone.changes) == 1
    assert len(phone.posts) == posted + 1
    await tell(desk, poster)
    assert len(phone.changes) == 3


@pytest.mark.parametrize(
    "word", ["channel_not_found", "is_archived", "message_not_found", "cant_update_message"]
)
async def test_what_cant_heal_is_given_up_and_kept(
    desk: Desk, phone: Telephone, services: PretendServices, word: str
) -> None:
    """It isn't tried again; what it was and why it failed stay on file."""
    services.says(POST, slack(error=word))
    services.says("/api/conversations.open", slack(channel={"id": "D0ANA"}))
    poster = open_poster(desk, phone)
    await create(desk)
    await tell(desk, poster)
    assert states(desk) == [("card", "gave_up", word), ("cant_tell", "gave_up", word)]
    assert len(phone.posts) == 2


async def test_a_card_that_somebody_deleted_is_posted_anew(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Its buttons are the brake, and nobody should lose it with the message."""
    campaign = await create(desk)
    await tell(desk, poster)
    (card,) = seen(sandbox)
    sandbox.world.slack.messages.delete(card)
    await desk.approve(campaign, by=BRUNO)
    await tell(desk, poster)
    (anew, *_) = [message for message in seen(sandbox) if not message.is_reply]
    assert anew.ts != card.ts
    assert "Approved" in str(anew.content.blocks)
    assert (await desk.campaign(campaign.id)).card == anew.ts


async def test_a_channel_that_threw_the_bot_out_is_told_once_it_is_back(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """``not_in_channel`` heals by an invitation, so its news waits."""
    channel = sandbox.world.slack.workspace.channels[MARKETING]
    channel.members.remove("U0TORPEDO")
    await create(desk)
    assert await poster.run() == 5
    assert states(desk) == [("card", "waiting", "not_in_channel")]
    channel.members.append("U0TORPEDO")
    await tell(desk, poster)
    assert len(seen(sandbox)) == 1


async def test_a_network_that_is_away_postpones(
    desk: Desk, client: AsyncWebClient, sandbox: Sandbox
) -> None:
    """Each try waits longer than the last, and the news is told once it is back."""
    there, client.base_url = client.base_url, "http://127.0.0.1:1/api/"
    poster = open_poster(desk, client)
    await create(desk)
    pauses = []
    for _ in range(3):
        pause = await poster.run()
        assert pause is not None
        pauses.append(pause)
        desk.clock.advance(timedelta(seconds=pause))
    assert pauses == [5, 10, 20]
    client.base_url = there
    await tell(desk, poster)
    assert len(seen(sandbox)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer("<html>Bad gateway</html>", "text/html", 502),
        Answer("upstream connect error", "text/plain", 503),
        Answer("hello", "text/plain"),
        Answer("{", status=500),
        Answer("", status=500),
    ],
    ids=["web page", "bare text", "bare text and 200", "broken JSON", "no body"],
)
async def test_an_answer_that_isnt_slacks_postpones(
    desk: Desk, phone: Telephone, services: PretendServices, answer: Answer
) -> None:
    """A proxy's page leaves nothing half told: the letter is looked up, and goes later."""
    services.says(POST, answer, POSTED)
    services.says(HISTORY, slack(messages=[]))
    poster = open_poster(desk, phone)
    await create(desk)
    assert await poster.run() == 5
    assert states(desk) == [("card", "waiting", "away")]
    await tell(desk, poster)
    assert states(desk) == [("card", "told", "")]


async def test_blocks_that_slack_refuses_leave_the_text(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """The words are what matters: a mistake in our drawing must not keep them back."""
    services.says(POST, slack(error="invalid_blocks"), POSTED)
    await create(desk)
    await tell(desk, open_poster(desk, phone))
    drawn, bare = phone.posts
    assert drawn["blocks"]
    assert bare["blocks"] == []
    assert bare["text"] == drawn["text"] != ""
    assert states(desk) == [("card", "told", "")]


async def test_a_change_while_the_card_is_on_its_way_is_told_afterwards(
    desk: Desk, sandbox: Sandbox
) -> None:
    """What was drawn before the change isn't mistaken for the news of it."""
    busy = Telephone(sandbox.slack_api_url)
    poster = open_poster(desk, busy)
    campaign = await create(desk)

    async def approve() -> None:
        await desk.approve(campaign, by=BRUNO)

    busy.meanwhile = approve
    await tell(desk, poster)
    card, _ = seen(sandbox)
    assert "Waiting" not in str(card.content.blocks)


async def test_a_letter_that_breaks_us_holds_up_no_other(desk: Desk, poster: Poster) -> None:
    """It waits like any other, and is told once the mistake is mended."""
    broken, other = await create(desk), await create(desk)
    await tell(desk, poster)
    await add(desk, News(NewsKind.REPLY, broken.id, {"reply": 404}))
    await add(desk, News(NewsKind.REPLY, broken.id, {"reply": "x"}))
    await add(desk, News(NewsKind.HOLD_ASKED, other.id, {"by": BRUNO}))
    desk.clock.advance(timedelta(minutes=1))
    assert await poster.run() == 5
    assert [state for _, state, _ in states(desk)] == ["told", "told", "waiting", "waiting", "told"]


async def test_a_full_disk_tells_nothing_twice(desk: Desk, sandbox: Sandbox) -> None:
    """What Slack has is written down before anything else is told, once the disk can."""
    store = BrittleStore(desk.store)
    busy = Telephone(sandbox.slack_api_url)
    poster = open_poster(desk, busy, store)
    campaign = await create(desk)

    async def fill_the_disk() -> None:
        store.cant_write = True

    busy.meanwhile = fill_the_disk
    for _ in range(2):
        with pytest.raises(StorageError):
            await poster.run()
    store.cant_write = False
    await tell(desk, poster)
    (card,) = seen(sandbox)
    assert (await desk.campaign(campaign.id)).card == card.ts


async def test_what_a_crash_left_half_told_is_told_again(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Only begun, and never on its way."""
    await create(desk)
    await desk.write(
        lambda tx: tx.outbox.take(
            [tx.outbox.due(desk.clock.now(), limit=1)[0].id], at=desk.clock.now()
        )
    )
    assert await poster.run() is None
    assert seen(sandbox) == []
    assert await poster.recover() == 1
    await tell(desk, poster)
    assert len(seen(sandbox)) == 1


async def test_a_reply_reaches_its_thread_without_pinging_anybody(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """A stranger's text is shown, and calls nobody."""
    await desk.approve(await create(desk), by=BRUNO)
    await desk.sending.run()
    await desk.call_back(
        desk.gateway.sent[0].key, record_of(ONE, text="<!channel> oi *Ana* <http://x.com>")
    )
    await tell(desk, poster)
    card, *thread = seen(sandbox)
    (reply,) = [message for message in thread if "oi" in str(message.content)]
    assert reply.thread_ts == card.ts
    assert "<!channel>" not in reply.content.text
    assert "<http://x.com>" not in reply.content.text
