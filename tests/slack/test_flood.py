"""Many replies at once: grouped, counted, summed up, put in a file; each told exactly once."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.flood import GROUP, LULL, MANY
from bot.domain.news import News, NewsKind, card_changed
from bot.sandbox.messages import Message
from bot.sandbox.server import Sandbox
from handlers.slack.poster import Poster
from tests.builders import ONE
from tests.services.desk import Desk, record_of
from tests.settings.services import Answer, PretendServices, slack
from tests.slack.posting import (
    BRUNO,
    MARKETING,
    POST,
    POSTED,
    UPDATE,
    Telephone,
    add,
    answer,
    lines,
    open_poster,
    seen,
    sent_to,
    states,
    tell,
    thread,
)

MANY_MORE = MANY + 101


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk whose clock goes with the sandbox's, by which Slack stamps messages."""
    desk.clock.set(datetime.now(UTC))
    return desk


def rows(message: Message) -> list[list[str]]:
    """Read a file's rows, without its head."""
    (file,) = message.content.files
    assert file.content is not None
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))[1:]


def summaries(sandbox: Sandbox) -> list[Message]:
    """Find what sums replies up."""
    return [message for message in seen(sandbox) if "so far" in message.content.text]


async def test_with_little_traffic_each_reply_is_its_own_message(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Within a second."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    for text in "abc":
        desk.clock.advance(timedelta(seconds=2))
        await answer(desk, campaign, text)
        await poster.run()
    assert [lines(message) for message in thread(sandbox)] == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize("count", [2, 45, 130, MANY])
async def test_what_waits_for_slack_is_told_together(
    desk: Desk, poster: Poster, sandbox: Sandbox, count: int
) -> None:
    """Twenty a message, oldest first, a message a second.

    So none waits longer than the number waiting / 20 seconds + 2, whatever else is told between.
    """
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    await answer(desk, campaign, *map(str, range(count)))
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    since, told = desk.clock.now(), 0
    while (pause := await poster.run()) is not None:
        shown = sum(len(lines(message)) for message in thread(sandbox))
        if shown > told:
            age = (desk.clock.now() - since).total_seconds()
            assert age <= (count - told) / GROUP + 2 + told / GROUP
            told = shown
        desk.clock.advance(timedelta(seconds=pause))
    words = [line.split()[-1] for message in thread(sandbox) for line in lines(message)]
    assert words == [str(n) for n in range(count)]
    assert len(thread(sandbox)) == -(-count // GROUP)
    assert (desk.clock.now() - since).total_seconds() <= count / GROUP + 2


async def test_one_that_fills_a_message_goes_by_itself(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """It is cut where it is shown; the others go after it."""
    campaign = await sent_to(desk, ONE)
    await answer(desk, campaign, "x" * 9000, "a", "b")
    await tell(desk, poster)
    long, group = thread(sandbox)
    assert lines(long)[0].endswith("x…")
    assert len(lines(group)) == 2


async def test_a_lone_opt_out_is_a_message_and_several_are_a_count(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """In a group they take no line."""
    campaign = await sent_to(desk, ONE)
    await answer(desk, campaign, "SAIR", stop=[0])
    await tell(desk, poster)
    await answer(desk, campaign, "SAIR", "oi", "SAIR", stop=[0, 2])
    await tell(desk, poster)
    alone, group = thread(sandbox)
    assert lines(alone) == ["SAIR"]
    assert len(lines(group)) == 1
    assert "2 people asked to stop" in group.content.text


async def test_other_news_keeps_its_place_among_replies(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """It waits for older replies, and no longer than those took."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    await answer(desk, campaign, *["oi"] * 30)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await tell(desk, poster)
    *_, first, second, hold = seen(sandbox)
    assert (len(lines(first)), len(lines(second))) == (20, 10)
    assert BRUNO in hold.content.text


async def test_more_than_five_hundred_are_a_file_and_a_summary(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """The summary at once, the file when they stop pouring in; each reply is a row in it."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    desk.clock.advance(timedelta(seconds=2))
    texts = [f"r{n}" for n in range(MANY_MORE - 100)] + ["Sim!"] * 60 + ["não"] * 40
    await answer(desk, campaign, *texts, stop=range(30))
    pause = await poster.run()
    assert pause is not None
    assert pause <= LULL.total_seconds()
    (summary,) = summaries(sandbox)
    assert not any(message.content.files for message in seen(sandbox))
    assert summary.content.text.startswith(f"📩 {MANY_MORE} replies to #1 so far")
    assert lines(summary) == ["60 × Sim!", "40 × não"]
    assert "30 people asked to stop" in str(summary.content.blocks)
    await tell(desk, poster)
    (file,) = [message for message in thread(sandbox) if message.content.files]
    assert [row[2] for row in rows(file)] == texts
    assert {state for _, state, _ in states(desk)} == {"told"}


async def test_a_summary_is_one_message_that_is_changed(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """As more replies come, also when they come one by one again."""
    campaign = await sent_to(desk, ONE)
    await answer(desk, campaign, *["oi"] * MANY_MORE)
    await tell(desk, poster)
    await answer(desk, campaign, "late")
    await tell(desk, poster)
    (summary,) = summaries(sandbox)
    assert summary.content.text.startswith(f"📩 {MANY_MORE + 1} replies")
    assert lines(thread(sandbox)[-1]) == ["late"]


async def test_a_summary_that_somebody_deleted_is_posted_anew(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Once more is known."""
    campaign = await sent_to(desk, ONE)
    await answer(desk, campaign, *["oi"] * MANY_MORE)
    await tell(desk, poster)
    sandbox.world.slack.messages.delete(summaries(sandbox)[0])
    await answer(desk, campaign, "late")
    await tell(desk, poster)
    assert len(summaries(sandbox)) == 1


async def test_other_news_doesnt_wait_for_a_file(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """While replies pour in, what people have to act on is told."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    desk.clock.advance(timedelta(seconds=9))
    await answer(desk, campaign, *["oi"] * MANY_MORE)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await poster.run()
    desk.clock.advance(timedelta(seconds=1.1))
    await poster.run()
    assert BRUNO in seen(sandbox)[-1].content.text
    assert not any(message.content.files for message in seen(sandbox))


async def test_a_real_call_back_is_told_and_summed_up(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """From the platform's bytes to the thread; the same one twice is one line."""
    campaign = await sent_to(desk, ONE)
    part = await desk.part(campaign.id)
    for text in ("<!channel> *oi*", "tudo bem", "tudo bem"):
        await desk.call_back(part.key, record_of(ONE, text=text))
    await tell(desk, poster)
    told = [line for message in thread(sandbox) for line in lines(message)]
    assert [line.split("  ")[-1].strip() for line in told] == ["<!channel> *oi*", "tudo bem"]


async def test_a_group_obeys_a_429(desk: Desk, phone: Telephone, services: PretendServices) -> None:
    """All of it waits, and those that came since go with it."""
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "30"}
    )
    services.says(POST, POSTED)
    services.says(UPDATE, slack())
    campaign = await sent_to(desk, ONE)
    poster = open_poster(desk, phone)
    await tell(desk, poster)
    services.says(POST, limited, POSTED)
    desk.clock.advance(timedelta(minutes=1))
    await answer(desk, campaign, "a", "b")
    assert await poster.run() == 30
    await answer(desk, campaign, "c")
    await tell(desk, poster)
    assert "3 replies" in phone.posts[-1]["text"]


async def test_a_file_obeys_a_429(desk: Desk, phone: Telephone, services: PretendServices) -> None:
    """It isn't asked for again before its time."""
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "30"}
    )
    services.says(POST, POSTED)
    services.says(UPDATE, slack())
    services.says("/api/files.getUploadURLExternal", limited)
    campaign = await sent_to(desk, ONE)
    poster = open_poster(desk, phone)
    await tell(desk, poster)
    await answer(desk, campaign, *["oi"] * MANY_MORE)
    desk.clock.advance(LULL + timedelta(seconds=60))
    assert await poster.run() == 30
    desk.clock.advance(timedelta(seconds=29))
    await add(desk, card_changed(campaign.id))
    assert await poster.run() == 1
    assert len(services.asked_of("/api/files.getUploadURLExternal")) == 1


async def test_an_upload_that_fails_is_looked_up_and_tried_again(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Its address refused the bytes: the library's own error is no end of the poster."""
    home = f"http://127.0.0.1:{services.port}"
    room = slack(upload_url=f"{home}/upload", file_id="F1")
    services.says(POST, POSTED)
    services.says(UPDATE, slack())
    services.says("/api/files.getUploadURLExternal", room)
    services.says("/upload", Answer("no", "text/plain", 500), Answer("OK", "text/plain"))
    services.says("/api/files.completeUploadExternal", slack(files=[{"id": "F1"}]))
    services.says("/api/conversations.replies", slack(messages=[]))
    campaign = await sent_to(desk, ONE)
    poster = open_poster(desk, phone)
    await answer(desk, campaign, *["oi"] * MANY_MORE)
    await tell(desk, poster)
    assert len(services.asked_of("/api/files.completeUploadExternal")) == 1
    assert {state for _, state, _ in states(desk)} == {"told"}
    assert services.asked_of("/api/files.completeUploadExternal")[0]["channel_id"] == MARKETING
