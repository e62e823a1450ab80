"""One piece of news on its way into a thread: its facts, and how they are said."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.news import News
from bot.domain.replies import Reply, Tally
from bot.domain.standing import CampaignView
from handlers.blocks import layout, phrases
from handlers.blocks.message import Block, Message
from handlers.blocks.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """News with all that its words may need.

    Facts come from the outbox, where they are JSON, so each is read as the kind it should be.
    """

    news: News
    view: CampaignView
    words: Words
    reply: Reply | None = None
    tally: Tally | None = None

    @property
    def ref(self) -> str:
        """The campaign, as people say it."""
        return phrases.ref(self.view.campaign)

    @property
    def requester(self) -> str:
        """Who asked for it, pinged."""
        return phrases.mention(self.view.campaign.requester)

    @property
    def zone(self) -> str:
        """The requester's time zone, for where Slack's date tokens don't work."""
        return self.view.campaign.zone

    def person(self, fact: str = "by") -> str:
        """Somebody, pinged."""
        return phrases.mention(str(self.news.facts[fact]))

    def count(self, fact: str) -> int:
        """How many; none where the news doesn't say."""
        found = self.news.facts.get(fact)
        return found if isinstance(found, int) else 0

    def text(self, fact: str) -> str:
        """Somebody's words as they came; empty where there are none."""
        found = self.news.facts.get(fact)
        return found if isinstance(found, str) else ""

    def texts(self, fact: str) -> list[str]:
        """Several words; empty where there are none."""
        found = self.news.facts.get(fact)
        return found if isinstance(found, list) else []

    def moment(self, fact: str) -> datetime | None:
        """A time, where the news has one."""
        found = self.text(fact)
        return datetime.fromisoformat(found) if found else None

    def people(self, fact: str = "people") -> str:
        """How many people, in words."""
        return phrases.people(self.count(fact), self.words)

    def told(self, *lines: str, quoted: Block | None = None, after: str = "") -> Message:
        """Tell it: lines, then a quote where somebody else is quoted, then what to do."""
        blocks = [layout.section(*lines)]
        if quoted is not None:
            blocks.append(quoted)
        if after:
            blocks.append(layout.section(after))
        return Message(" ".join(filter(None, (*lines, after))), blocks)
