"""What can't be told in the channel is told the person who asked, and nobody else."""

import pytest

from bot.domain.news import News, NewsKind, card_changed
from bot.sandbox.server import Sandbox
from handlers.slack.poster import Poster
from tests.builders import ONE
from tests.services.desk import Desk
from tests.settings.services import PretendServices, slack
from tests.slack.posting import (
    ANA,
    BRUNO,
    HISTORY,
    MARKETING,
    POST,
    POSTED,
    UPDATE,
    Telephone,
    add,
    answer,
    create,
    open_poster,
    sent_to,
    states,
    tell,
)

DIRECT = "D0ANA"
OPEN = "/api/conversations.open"


def whispered(sandbox: Sandbox) -> list[str]:
    """Read what Torpedo tells Ana alone."""
    return [m.content.text for m in sandbox.world.slack.messages.in_channel(DIRECT)]


def archive(sandbox: Sandbox) -> None:
    """Archive #marketing."""
    sandbox.world.slack.workspace.channels[MARKETING].is_archived = True


async def test_the_requester_hears_what_couldnt_be_told_where(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """With its words, the channel, why, and what to do."""
    campaign = await create(desk)
    await tell(desk, poster)
    archive(sandbox)
    await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await tell(desk, poster)
    (told,) = whispered(sandbox)
    assert told.startswith("Something about #1 couldn't be told in <#C0MARKETING>: ")
    assert "Unarchive it" in told
    assert f"<@{BRUNO}>" in told
    assert states(desk)[1:] == [
        ("hold_asked", "gave_up", "is_archived"),
        ("cant_tell", "told", ""),
    ]


async def test_a_card_that_cant_be_changed_is_told_once(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Ten changes of it aren't ten messages; a story that is lost is told each time."""
    campaign = await create(desk)
    await tell(desk, poster)
    archive(sandbox)
    for _ in range(3):
        await add(desk, card_changed(campaign.id))
        await tell(desk, poster)
    assert len(whispered(sandbox)) == 1
    for _ in range(2):
        await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
        await tell(desk, poster)
    assert len(whispered(sandbox)) == 3


async def test_a_card_that_never_stood_takes_its_thread_with_it(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Its news would wait for ever; how much it was is told."""
    archive(sandbox)
    campaign = await create(desk)
    for _ in range(2):
        await add(desk, News(NewsKind.HOLD_ASKED, campaign.id, {"by": BRUNO}))
    await tell(desk, poster)
    (told,) = whispered(sandbox)
    assert told.endswith("Neither could 2 more messages.")
    assert [state for _, state, _ in states(desk)] == ["gave_up"] * 3 + ["told"]


async def test_replies_that_cant_be_told_are_told_as_they_would_have_been(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """A group is one message to the requester, a file one, too."""
    campaign = await sent_to(desk, ONE)
    await tell(desk, poster)
    archive(sandbox)
    await answer(desk, campaign, "oi", "tchau")
    await tell(desk, poster)
    assert any("2 replies" in told and "oi" in told for told in whispered(sandbox))
    await answer(desk, campaign, *["oi"] * 600)
    await tell(desk, poster)
    assert sum("each is in this file" in told for told in whispered(sandbox)) == 1


@pytest.mark.parametrize("word", ["restricted_action_read_only_channel", "msg_too_long"])
async def test_other_ends_are_told_in_slacks_word(
    desk: Desk, phone: Telephone, services: PretendServices, word: str
) -> None:
    """Waiting wouldn't heal them."""
    services.says(POST, slack(error=word), POSTED)
    services.says(OPEN, slack(channel={"id": DIRECT}))
    await create(desk)
    await tell(desk, open_poster(desk, phone))
    assert phone.posts[-1]["channel"] == DIRECT
    assert f"`{word}`" in phone.posts[-1]["text"]


async def test_who_cant_be_told_either_is_left_in_peace(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """The requester left the workspace: it is on file and in the log, and that is all."""
    services.says(POST, slack(error="is_archived"))
    services.says(OPEN, slack(error="user_disabled"))
    await create(desk)
    await tell(desk, open_poster(desk, phone))
    assert states(desk) == [
        ("card", "gave_up", "is_archived"),
        ("cant_tell", "gave_up", "user_disabled"),
    ]


async def test_a_direct_message_whose_answer_was_lost_is_looked_up_there(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """Everything is told once, this too."""
    services.says(POST, slack(error="is_archived"), slack(error="internal_error"))
    services.says(OPEN, slack(channel={"id": DIRECT}))
    services.says(UPDATE, slack())
    campaign = await create(desk)
    poster = open_poster(desk, phone)
    await poster.run()
    key = phone.posts[-1]["metadata"]["event_payload"]["key"]
    ours = {"event_type": "torpedo_news", "event_payload": {"key": key}}
    services.says(HISTORY, slack(messages=[{"ts": "1.2", "metadata": ours}]))
    await tell(desk, poster)
    assert len(phone.posts) == 2
    assert services.asked_of(HISTORY)[0]["channel"] == DIRECT
    assert services.asked_of(OPEN)[0]["users"] == ANA
    assert states(desk)[1] == ("cant_tell", "told", "")
    assert campaign.requester == ANA
