"""The thread: each piece of news as a message that says what happened, then what to do."""

from collections.abc import Callable

from bot.domain.news import News, NewsKind
from bot.domain.replies import Reply, Tally
from bot.domain.standing import CampaignView
from handlers.blocks import (
    brake_stories,
    decision_stories,
    delivery_stories,
    figure_stories,
    notice,
    phone_stories,
    platform_stories,
    settling_stories,
    waiting_stories,
)
from handlers.blocks.message import Message
from handlers.blocks.story import Story
from handlers.blocks.words import Words

STORIES: dict[NewsKind, Callable[[Story], Message]] = {
    NewsKind.APPROVED: decision_stories.approved,
    NewsKind.REJECTED: decision_stories.rejected,
    NewsKind.CANCELLED: decision_stories.cancelled,
    NewsKind.EXPIRED: decision_stories.expired,
    NewsKind.EDITED: waiting_stories.edited,
    NewsKind.REMINDER: waiting_stories.reminder,
    NewsKind.LEFT_OUT: decision_stories.left_out,
    NewsKind.NOBODY_LEFT: decision_stories.nobody_left,
    NewsKind.CHANGED: decision_stories.changed,
    NewsKind.SUBMITTED: platform_stories.submitted,
    NewsKind.PART_REFUSED: platform_stories.part_refused,
    NewsKind.PART_UNKNOWN: notice.part_unknown,
    NewsKind.PART_FOUND: settling_stories.part_found,
    NewsKind.PART_AGAIN: settling_stories.part_again,
    NewsKind.PART_LEFT: settling_stories.part_left,
    NewsKind.CLAIM_REFUTED: settling_stories.claim_refuted,
    NewsKind.LATE_EVIDENCE: settling_stories.late_evidence,
    NewsKind.PART_DROPPED: platform_stories.part_dropped,
    NewsKind.GATEWAY_AWAY: platform_stories.gateway_away,
    NewsKind.HOLD_ASKED: brake_stories.hold_asked,
    NewsKind.HOLD_DONE: brake_stories.hold_done,
    NewsKind.RELEASE_ASKED: brake_stories.release_asked,
    NewsKind.RELEASE_REFUSED: brake_stories.release_refused,
    NewsKind.RELEASED: brake_stories.released,
    NewsKind.RELEASE_DONE: brake_stories.release_done,
    NewsKind.CLOSED: brake_stories.closed,
    NewsKind.RECONCILED: figure_stories.reconciled,
    NewsKind.REPLY: phone_stories.reply,
    NewsKind.OPTED_OUT: phone_stories.opted_out,
    NewsKind.SUMMARY: delivery_stories.summary,
    NewsKind.CANT_TELL: delivery_stories.cant_tell,
    NewsKind.FINISHED: phone_stories.finished,
}
"""Every kind but ``CARD``, which is no message of the thread: ``card.render_card`` draws it."""


def render_news(
    news: News,
    view: CampaignView,
    *,
    words: Words,
    reply: Reply | None = None,
    tally: Tally | None = None,
) -> Message:
    """Tell one piece of news in the campaign's thread.

    ``reply`` is needed for news of a reply, which carries only its number; ``tally`` for what
    sums replies up.

    Raises:
        ValueError: It is no news for a thread, or what it needs wasn't handed in.
    """
    tell = STORIES.get(news.kind)
    if tell is None:
        message = f"{news.kind} is no story"
        raise ValueError(message)
    return tell(Story(news=news, view=view, words=words, reply=reply, tally=tally))
