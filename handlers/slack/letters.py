"""What a letter is to Slack: a new message or a change of one, and what is kept of it."""

from dataclasses import replace

from bot.domain.ids import CampaignId, MessageTs, PartId
from bot.domain.news import Letter, NewsKind, card_changed
from bot.ports import Transaction


def changed_message(letter: Letter) -> MessageTs | None:
    """The message that it changes: the card, a notice, a summary; ``None`` for a new one."""
    return letter.thread if letter.news.kind is NewsKind.CARD else letter.notice


def thread_of(letter: Letter) -> MessageTs | None:
    """The thread that it is posted in; ``None`` for a message of its own.

    An answer's card is no message of its own: it stands in another campaign's thread.
    """
    if letter.home is not None and letter.news.kind is not NewsKind.CANT_TELL:
        return letter.home
    is_top = letter.news.kind in {NewsKind.CARD, NewsKind.CANT_TELL}
    return None if is_top else letter.thread


def keep_message(tx: Transaction, letter: Letter, ts: MessageTs) -> None:
    """Keep which message it became, where later news changes that message."""
    if letter.news.kind is NewsKind.CARD:
        campaign = tx.campaigns.get(letter.news.campaign)
        tx.campaigns.save(replace(campaign, card=ts))
    elif letter.news.kind is NewsKind.PART_UNKNOWN:
        tx.parts.save_notice(*_try_of(letter), ts)
    elif letter.news.kind is NewsKind.SUMMARY:
        tx.outbox.save_summary(letter.news.campaign, ts)


def is_drawn_anew(letter: Letter) -> bool:
    """Whether it is drawn as things are, so that what is there already may be out of date."""
    return letter.news.kind in {NewsKind.CARD, NewsKind.PART_UNKNOWN, NewsKind.SUMMARY}


def post_anew(tx: Transaction, letter: Letter) -> None:
    """Forget a message that somebody deleted, and queue what it showed: its buttons matter."""
    if letter.news.kind is NewsKind.CARD:
        forget_card(tx, letter.news.campaign)
        return
    if letter.news.kind is NewsKind.SUMMARY:
        tx.outbox.save_summary(letter.news.campaign, None)
    else:
        tx.parts.forget_notice(*_try_of(letter))
    tx.outbox.add(letter.news)


def forget_card(tx: Transaction, campaign_id: CampaignId) -> None:
    """Have the card posted anew, and with it another thread."""
    campaign = tx.campaigns.get(campaign_id)
    tx.campaigns.save(replace(campaign, card=None))
    tx.outbox.add(card_changed(campaign_id))


def _try_of(letter: Letter) -> tuple[PartId, int]:
    """Read which try of which part a notice is about."""
    facts = letter.news.facts
    return PartId(int(str(facts["part_id"]))), int(str(facts["resent"]))
