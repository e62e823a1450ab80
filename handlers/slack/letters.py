"""What a letter is to Slack: a new message or a change of one, and what is kept of it."""

from dataclasses import replace

from bot.domain.ids import MessageTs, PartId
from bot.domain.news import Letter, NewsKind, card_changed
from bot.domain.standing import CampaignView
from bot.ports import Transaction


def is_update(letter: Letter) -> bool:
    """Whether it changes a message that is there: the card, or the notice about a part."""
    if letter.news.kind is NewsKind.CARD:
        return letter.thread is not None
    return letter.notice is not None


def changed_message(letter: Letter, view: CampaignView) -> MessageTs | None:
    """The message that it changes; ``None`` where it becomes a new one."""
    if letter.news.kind is NewsKind.CARD:
        return view.campaign.card
    return letter.notice


def keep_message(tx: Transaction, letter: Letter, ts: MessageTs) -> None:
    """Keep which message it became, where later news changes that message."""
    if letter.news.kind is NewsKind.CARD:
        campaign = tx.campaigns.get(letter.news.campaign)
        tx.campaigns.save(replace(campaign, card=ts))
    elif letter.news.kind is NewsKind.PART_UNKNOWN:
        tx.parts.save_notice(*_try_of(letter), ts)


def post_anew(tx: Transaction, letter: Letter) -> None:
    """Forget a message that somebody deleted, and queue what it showed: its buttons matter."""
    if letter.news.kind is NewsKind.CARD:
        campaign = tx.campaigns.get(letter.news.campaign)
        tx.campaigns.save(replace(campaign, card=None))
        tx.outbox.add(card_changed(letter.news.campaign))
    else:
        tx.parts.forget_notice(*_try_of(letter))
        tx.outbox.add(letter.news)


def _try_of(letter: Letter) -> tuple[PartId, int]:
    """Read which try of which part a notice is about."""
    facts = letter.news.facts
    return PartId(int(str(facts["part_id"]))), int(str(facts["resent"]))
