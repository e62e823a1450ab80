"""Departure: whether a request may still leave, or comes too late for anybody to expect it."""

from datetime import datetime, timedelta

from bot.domain.campaign import Campaign
from bot.domain.policy import Policy

PROMPTNESS = timedelta(hours=2)
"""How long "as soon as approved" may take after a person's go; later, nobody expects it."""


def is_in_time(campaign: Campaign, *, now: datetime, policy: Policy) -> bool:
    """Whether it may leave now: before its time, or promptly after the go.

    Nothing reaches people in quiet time unless an approver allowed that. Whoever asks for a test
    then is awake: it goes to their own phone.
    """
    if campaign.send_at is not None:
        return not campaign.is_late(now) and _may_reach(campaign, campaign.send_at, policy)
    said_go = campaign.go_at or now
    return now - said_go <= PROMPTNESS and _may_reach(campaign, now, policy)


def check_go(campaign: Campaign, *, at: datetime, policy: Policy) -> None:
    """Refuse a new go, by a release or by sending again, that would reach people in quiet time.

    What was allowed for a quiet time is allowed until that is over, and for no other one.
    """
    reached = max(at, campaign.send_at or at)
    if not _is_allowed(campaign, reached):
        policy.check_hours(reached)


def _may_reach(campaign: Campaign, moment: datetime, policy: Policy) -> bool:
    is_their_own = campaign.trial is not None
    return is_their_own or not policy.is_quiet(moment) or _is_allowed(campaign, moment)


def _is_allowed(campaign: Campaign, moment: datetime) -> bool:
    """Whether an approver's word for quiet time holds: at the time it was for, and promptly."""
    words = (approval for approval in campaign.approvals if approval.allows_quiet)
    starts = (campaign.send_at or approval.at for approval in words)
    return any(start <= moment <= start + PROMPTNESS for start in starts)
