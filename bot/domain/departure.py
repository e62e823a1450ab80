"""Departure: whether a request may still leave, or comes too late for anybody to expect it."""

from datetime import datetime, timedelta

from bot.domain.campaign import Campaign
from bot.domain.policy import Policy

PROMPTNESS = timedelta(hours=2)
"""How long "as soon as approved" may take after a person's go; later, nobody expects it."""


def is_in_time(campaign: Campaign, *, now: datetime, policy: Policy) -> bool:
    """Whether it may leave now: before its time, or promptly after the go and by day.

    Whoever asks for a test at night is awake: it goes to their own phone.
    """
    if campaign.send_at is not None:
        return not campaign.is_late(now)
    said_go = campaign.go_at or now
    is_night = campaign.trial is None and policy.is_quiet(now)
    return now - said_go <= PROMPTNESS and not is_night
