"""Letters for the outbox's tests."""

from datetime import datetime

from bot.domain.ids import CampaignId, MessageTs
from bot.domain.news import Letter, News, NewsKind
from bot.ports import Transaction
from tests.storage.samples import FIRST, NOW, make_campaign

SECOND = CampaignId(2)
CARD = MessageTs("1700000000.000100")
REPLIED = News(NewsKind.REPLY, FIRST, {"reply": 1, "who": ["U1", "U2"], "why": None})


def start(tx: Transaction) -> None:
    """Store one campaign with a card in Slack, and one without."""
    tx.campaigns.add(make_campaign(card=CARD), [], [])
    tx.campaigns.add(make_campaign(SECOND), [], [])


def kinds(letters: tuple[Letter, ...]) -> list[tuple[NewsKind, CampaignId]]:
    """Name letters by what they tell of whom."""
    return [(letter.news.kind, letter.news.campaign) for letter in letters]


def due(tx: Transaction, now: datetime = NOW) -> tuple[Letter, ...]:
    """Ask for everything due."""
    return tx.outbox.due(now, limit=99)
