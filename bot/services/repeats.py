"""Looking for what was sent before, in the very transaction that decides about it."""

from datetime import datetime, timedelta

from bot.domain.campaign import Campaign
from bot.domain.policy import Policy
from bot.domain.repeats import COUNTS, Repeat, are_alike, are_many, moment_of, rank
from bot.ports import Transaction


def find_repeats(
    tx: Transaction, campaign: Campaign, *, now: datetime, policy: Policy
) -> tuple[Repeat, ...]:
    """Find other campaigns that say nearly the same to many of the same people; most first.

    In whatever channel: customers have one phone. An answer or a test is no such
    thing.
    """
    if not policy.repeat_hours or campaign.home != campaign.id:
        return ()
    people = sum(tx.recipients.counts(campaign.id).by_status.values())
    found = []
    since = now - timedelta(hours=policy.repeat_hours)
    for other in tx.campaigns.since(COUNTS, at=since):
        if other.id == campaign.id or not are_alike(campaign.text, other.text):
            continue
        shared = tx.recipients.shared(campaign.id, other.id)
        if are_many(shared, people):
            found.append(
                Repeat(
                    campaign=other.id,
                    by=other.requester,
                    state=other.state,
                    at=moment_of(other),
                    shared=shared,
                    people=people,
                )
            )
    return rank(found)
