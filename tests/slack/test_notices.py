"""The message about a part of unknown fate: one for each try, drawn anew as things become known."""

from datetime import timedelta

from bot.domain.campaign import Campaign
from bot.domain.errors import OutcomeUnknown
from bot.domain.news import News, NewsKind
from bot.sandbox.messages import Message
from bot.sandbox.server import Sandbox
from handlers.slack.poster import Poster
from tests.services.desk import Desk
from tests.settings.services import Answer, PretendServices, slack
from tests.slack.posting import (
    BRUNO,
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


async def lose_a_part(desk: Desk) -> Campaign:
    """Write a campaign whose one answer gets lost."""
    desk.gateway.endings.append(OutcomeUnknown("read timeout"))
    campaign = await create(desk)
    await desk.approve(campaign, by=BRUNO)
    await desk.sending.run()
    return campaign


async def leave(desk: Desk, campaign: Campaign) -> None:
    """Let Bruno leave its part as it is."""
    part = await desk.part(campaign.id)
    await desk.resolving.leave(campaign.id, part.id, by=BRUNO, resent=part.resent)


def notices(sandbox: Sandbox) -> list[Message]:
    """List the messages about parts of unknown fate."""
    shown = ("may or may not have gone to", "nobody knew whether")
    return [
        message
        for message in seen(sandbox)
        if message.is_reply and any(words in message.content.text for words in shown)
    ]


async def test_a_notice_is_posted_once_and_then_changed_in_place(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Whoever comes later reads how it ended where the question stood."""
    campaign = await lose_a_part(desk)
    await tell(desk, poster)
    (open_one,) = notices(sandbox)
    assert "part.again" in str(open_one.content.blocks)
    await leave(desk, campaign)
    await tell(desk, poster)
    (settled,) = notices(sandbox)
    assert settled.ts == open_one.ts
    assert settled.thread_ts == (await desk.campaign(campaign.id)).card
    assert f"<@{BRUNO}> left it as it is" in settled.content.text
    assert "part.again" not in str(settled.content.blocks)


async def test_a_notice_is_drawn_as_things_are_by_then(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """What was settled before anybody was told has no buttons, and one message all the same."""
    campaign = await lose_a_part(desk)
    await leave(desk, campaign)
    await tell(desk, poster)
    (only,) = notices(sandbox)
    assert "nobody knew whether" in only.content.text
    kinds = [(kind, state) for kind, state, _ in states(desk) if kind == "part_unknown"]
    assert kinds == [("part_unknown", "told")] * 2


async def test_a_notice_that_somebody_deleted_is_posted_anew(
    desk: Desk, poster: Poster, sandbox: Sandbox
) -> None:
    """Its buttons are the only way to settle it; what comes after changes the new one."""
    campaign = await lose_a_part(desk)
    await tell(desk, poster)
    (gone,) = notices(sandbox)
    sandbox.world.slack.messages.delete(gone)
    await desk.tracking.poll_balance()
    desk.clock.advance(timedelta(minutes=2))
    await desk.tracking.poll_balance()
    await tell(desk, poster)
    (anew,) = notices(sandbox)
    assert anew.ts != gone.ts
    assert "part.again" in str(anew.content.blocks)
    assert ("part_unknown", "gave_up", "message_not_found") in states(desk)
    await leave(desk, campaign)
    await tell(desk, poster)
    (settled,) = notices(sandbox)
    assert settled.ts == anew.ts
    assert "nobody knew whether" in settled.content.text


async def test_changes_of_a_notice_keep_the_pace_of_changes(
    desk: Desk, phone: Telephone, services: PretendServices
) -> None:
    """They are Slack's tier for changes, and obey its 429; nothing is posted instead."""
    limited = Answer(
        '{"ok":false,"error":"ratelimited"}', status=429, headers={"Retry-After": "60"}
    )
    services.says(POST, POSTED)
    services.says(UPDATE, slack())
    poster = open_poster(desk, phone)
    campaign = await lose_a_part(desk)
    await tell(desk, poster)
    services.says(UPDATE, limited, slack())
    posted, changed = len(phone.posts), len(phone.changes)
    (facts,) = [told.facts for told in desk.told(campaign.id) if told.kind == "part_unknown"]
    await add(desk, News(NewsKind.PART_UNKNOWN, campaign.id, facts))
    desk.clock.advance(timedelta(minutes=1))
    assert await poster.run() == 60
    assert (len(phone.posts), len(phone.changes)) == (posted, changed + 1)
    await tell(desk, poster)
    assert (len(phone.posts), len(phone.changes)) == (posted, changed + 2)
