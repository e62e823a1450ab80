"""News: what happened to a campaign, waiting in the outbox to be told in Slack.

It is written in the transaction that makes it true, as facts; the words are chosen when
it is told (``handlers/blocks``), so a restart or a change of language loses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CampaignId, ChannelId, MessageTs

Fact = str | int | list[str] | None


class NewsKind(StrEnum):
    """What can be told.

    ``CARD`` is the card itself, ``CANT_TELL`` goes to the requester alone; the rest are messages
    in the card's thread.
    """

    CARD = "card"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REMINDER = "reminder"
    EDITED = "edited"
    SUBMITTED = "submitted"
    PART_REFUSED = "part_refused"
    PART_UNKNOWN = "part_unknown"
    PART_FOUND = "part_found"
    PART_DROPPED = "part_dropped"
    PART_AGAIN = "part_again"
    PART_LEFT = "part_left"
    CLAIM_REFUTED = "claim_refuted"
    LATE_EVIDENCE = "late_evidence"
    GATEWAY_AWAY = "gateway_away"
    LEFT_OUT = "left_out"
    NOBODY_LEFT = "nobody_left"
    CHANGED = "changed"
    HOLD_ASKED = "hold_asked"
    HOLD_DONE = "hold_done"
    RELEASE_ASKED = "release_asked"
    RELEASE_REFUSED = "release_refused"
    RELEASED = "released"
    RELEASE_DONE = "release_done"
    REPLY = "reply"
    OPTED_OUT = "opted_out"
    SUMMARY = "summary"
    CANT_TELL = "cant_tell"
    RECONCILED = "reconciled"
    CLOSED = "closed"
    FINISHED = "finished"


class Lane(StrEnum):
    """What is told one after the other, for each campaign; two lanes don't wait for each other."""

    CARD = "card"
    STORY = "story"
    REPLIES = "replies"
    SUMMARY = "summary"
    PRIVATE = "private"


_LANES = {
    NewsKind.CARD: Lane.CARD,
    NewsKind.REPLY: Lane.REPLIES,
    NewsKind.SUMMARY: Lane.SUMMARY,
    NewsKind.CANT_TELL: Lane.PRIVATE,
}


def lane_of(kind: NewsKind) -> Lane:
    """Tell what such news waits behind."""
    return _LANES.get(kind, Lane.STORY)


SHOWN_BY_AN_ANSWER = frozenset(
    {
        NewsKind.APPROVED,
        NewsKind.CANCELLED,
        NewsKind.SUBMITTED,
        NewsKind.GATEWAY_AWAY,
        NewsKind.HOLD_ASKED,
        NewsKind.HOLD_DONE,
        NewsKind.RELEASED,
        NewsKind.RELEASE_DONE,
        NewsKind.CLOSED,
        NewsKind.FINISHED,
    }
)
"""What an answer's own message shows, drawn anew: a message each would flood the thread.

What somebody has to do something about is told all the same.
"""


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. Facts are plain JSON: ids of people, counts, times as ISO text."""

    kind: NewsKind
    campaign: CampaignId
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """News as the outbox keeps it, until Slack has it.

    Attributes:
        channel: where it is told; of what is private, the person whom it is told.
        thread: the campaign's card, once there is one.
        notice: the message that tells of the same try of the same part already, or sums up the
            same replies: such news changes that message instead of adding one.
        reply: the reply that it is about.
        post: the key of the message that it was put in. With ``tried_at``, nobody knows whether
            Slack took that message: it is looked up before it is posted again.
        tried_at: when that was begun.
        home: the thread that it is told in where the campaign is an answer: another campaign's.
    """

    id: int
    news: News
    channel: ChannelId
    attempts: int
    not_before: datetime | None
    thread: MessageTs | None
    notice: MessageTs | None = None
    reply: int | None = None
    post: str | None = None
    tried_at: datetime | None = None
    home: MessageTs | None = None


def summary_changed(campaign: CampaignId) -> News:
    """Ask to sum its replies up as they are by then; many of these make one update."""
    return News(NewsKind.SUMMARY, campaign)


def card_changed(campaign: CampaignId) -> News:
    """Ask to draw the card as it is by then; many of these make one update."""
    return News(NewsKind.CARD, campaign)
