"""Slack's rate limits, by a clock that the test moves."""

import pytest

from bot.sandbox.rates import POST_BURST, Rates, Tier
from bot.sandbox.slack_error import RateLimitedError


class Seconds:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def test_a_channel_takes_a_burst_and_then_one_a_second() -> None:
    """Another channel has a burst of its own."""
    seconds = Seconds()
    rates = Rates(is_strict=True, now=seconds)
    for _ in range(POST_BURST):
        rates.count_post("C0MARKETING")
    with pytest.raises(RateLimitedError) as limited:
        rates.count_post("C0MARKETING")
    assert limited.value.retry_after == 1
    rates.count_post("C0OPERACOES")
    seconds.now += 1
    rates.count_post("C0MARKETING")
    with pytest.raises(RateLimitedError):
        rates.count_post("C0MARKETING")


def test_a_method_has_its_tier_a_minute() -> None:
    """Tier 2 is 20 calls, and the 21st may come back in three seconds."""
    seconds = Seconds()
    rates = Rates(is_strict=True, now=seconds)
    for _ in range(20):
        rates.count_call("users.list", Tier.TWO)
    with pytest.raises(RateLimitedError) as limited:
        rates.count_call("users.list", Tier.TWO)
    assert limited.value.retry_after == 3
    rates.count_call("users.info", Tier.FOUR)
    seconds.now += 3
    rates.count_call("users.list", Tier.TWO)


def test_nothing_is_counted_when_limits_are_off() -> None:
    """For tests that are about something else."""
    rates = Rates(is_strict=False)
    for _ in range(1000):
        rates.count_post("C0MARKETING")
