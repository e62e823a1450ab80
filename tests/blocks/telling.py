"""Telling a story, and finding things in it."""

from dataclasses import replace

from bot.domain.news import NewsKind
from bot.domain.standing import CampaignView
from handlers.blocks.message import Message
from handlers.blocks.stories import render_news
from handlers.blocks.words import Words
from tests.blocks.happenings import REPLY, TALLY, news
from tests.blocks.limits import check_message
from tests.blocks.views import APPROVER, COLLEAGUE, DOUBTFUL, REQUESTER, view

ENGLISH = Words()
PEOPLE = {REQUESTER, APPROVER, COLLEAGUE}


def story(
    kind: NewsKind, shown: CampaignView | None = None, /, **facts: str | int | list[str] | None
) -> Message:
    """Tell news that keeps Slack's limits."""
    usual = DOUBTFUL if kind is NewsKind.PART_UNKNOWN else view()
    told = render_news(news(kind, **facts), shown or usual, words=ENGLISH, reply=REPLY, tally=TALLY)
    check_message(told, people=set(PEOPLE))
    return told


def replied(**facts: object) -> Message:
    """Tell a reply that is like this."""
    answer = replace(REPLY, **facts)  # type: ignore[arg-type]  # fields of Reply, by name
    told = render_news(news(NewsKind.REPLY), view(), words=ENGLISH, reply=answer)
    check_message(told, people=set(PEOPLE))
    return told


def quotes(message: Message) -> list[str]:
    """Collect what a story quotes."""
    return [
        "".join(element["text"] for element in block["elements"][0]["elements"])
        for block in message.blocks
        if block["type"] == "rich_text"
    ]


def offers(message: Message) -> list[str]:
    """Name the buttons under a story."""
    return [button["action_id"] for button in message.blocks[-1]["elements"]]
