"""How a use case tells what it did: words for Slack and a line on record, in one transaction."""

from datetime import datetime

from bot.domain.campaign import Campaign
from bot.domain.flood import Form
from bot.domain.news import (
    SHOWN_BY_AN_ANSWER,
    Fact,
    News,
    NewsKind,
    card_changed,
    summary_changed,
)
from bot.domain.replies import AuditEntry
from bot.ports import Transaction


def tell(tx: Transaction, campaign: Campaign, kind: NewsKind, /, **facts: Fact) -> None:
    """Queue a message for the campaign's thread, and the card's redrawing with it.

    An answer lives in another campaign's thread: what its own message shows is no other message.
    Of a test all is shown by its own message: nobody but its asker has to do anything about it.
    """
    if campaign.is_listed or (campaign.answer is not None and kind not in SHOWN_BY_AN_ANSWER):
        tx.outbox.add(News(kind, campaign.id, facts))
    tx.outbox.add(card_changed(campaign.id))


def tell_reply(tx: Transaction, campaign: Campaign, reply: int) -> None:
    """Queue a reply for the campaign's thread.

    Where too many wait to be read one by one, they are summed up, from then on.
    """
    tell(tx, campaign, NewsKind.REPLY, reply=reply)
    if tx.outbox.has_summary(campaign.id) or _is_flooded(tx, campaign):
        tx.outbox.add(summary_changed(campaign.id))


def _is_flooded(tx: Transaction, campaign: Campaign) -> bool:
    crowd = tx.outbox.crowd(campaign.id)
    return crowd is not None and crowd.form is Form.FILE


def put_on_record(
    tx: Transaction,
    campaign: Campaign,
    what: str,
    *,
    who: str,
    at: datetime,
    **facts: str | int | None,
) -> None:
    """Write down who decided what, about which version and digest."""
    tx.audit.add(
        AuditEntry(
            at=at,
            who=who,
            what=what,
            campaign=campaign.id,
            version=campaign.version,
            digest=campaign.digest,
            facts=facts,
        )
    )
