"""Evidence: what the credit before and after a lost request says, and when it is shown."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.campaign import Campaign
from bot.domain.credit import CreditEvidence
from bot.domain.errors import OutcomeUnknown
from bot.domain.news import NewsKind
from bot.services.tracking import MINUTE
from tests.builders import ACCOUNT, HOUR, NOON, THREE
from tests.services.desk import Desk

SECOND = timedelta(seconds=1)


async def _evidence(desk: Desk, campaign: Campaign) -> CreditEvidence:
    part = await desk.part(campaign.id)
    return (await desk.viewing.campaign(campaign.id)).evidence[part.id]


async def _told_credit(desk: Desk, left: int) -> None:
    """Let the platform tell a credit, a little over a minute later, and a second pass."""
    desk.clock.advance(MINUTE + SECOND)
    desk.gateway.credits = Decimal(left)
    assert await desk.tracking.poll_balance()
    desk.clock.advance(SECOND)


def _notices(desk: Desk, campaign: Campaign) -> int:
    return desk.story(campaign.id).count(NewsKind.PART_UNKNOWN)


@pytest.mark.parametrize(
    ("left", "verdict"), [(998, True), (1000, False), (990, None), (2000, None)]
)
async def test_the_credit_is_a_sign(desk: Desk, left: int, *, verdict: bool | None) -> None:
    """What this part takes is gone, or nothing is, or something else happened."""
    await _told_credit(desk, 1000)
    campaign = await desk.lost()
    await _told_credit(desk, left)
    evidence = await _evidence(desk, campaign)
    assert evidence.before is not None
    assert evidence.before.credits == 1000
    assert (evidence.takes, evidence.others, evidence.doubtful) == (2, 0, 0)
    assert evidence.says_it_went is verdict


async def test_segments_count(desk: Desk) -> None:
    """A long text takes several credits a person."""
    await _told_credit(desk, 1000)
    campaign = await desk.lost(text="a" * 161)
    assert (await _evidence(desk, campaign)).takes == 4


async def test_what_others_took_meanwhile_is_known(desk: Desk) -> None:
    """It is this program's own count of what was accepted between the two words."""
    earlier = await desk.submitted()
    await _told_credit(desk, 1000)
    campaign = await desk.lost()
    await desk.submitted(numbers=THREE)
    desk.clock.advance(MINUTE)
    await desk.submitted(numbers=THREE)
    await _told_credit(desk, 996)
    await desk.submitted()
    evidence = await _evidence(desk, campaign)
    assert (evidence.others, evidence.doubtful, evidence.says_it_went) == (2, 0, True)
    assert earlier.id == 1


async def test_others_that_may_have_gone_leave_it_open(desk: Desk) -> None:
    """All of it says that all went, nothing says that none did; the rest says nothing."""
    await _told_credit(desk, 1000)
    campaign = await desk.lost()
    other = await desk.lost(numbers=THREE)
    await _told_credit(desk, 998)
    evidence = await _evidence(desk, campaign)
    assert (evidence.doubtful, evidence.says_it_went) == (1, None)
    await desk.leave(other)
    assert (await _evidence(desk, campaign)).doubtful == 1


async def test_what_was_sent_again_may_have_taken_it_twice(desk: Desk) -> None:
    """Its credit isn't taken for this part's, whenever its newest request left."""
    await _told_credit(desk, 1000)
    other = await desk.lost()
    campaign = await desk.lost()
    await desk.again(other)
    await desk.sending.run()
    await _told_credit(desk, 996)
    evidence = await _evidence(desk, campaign)
    assert (evidence.others, evidence.doubtful, evidence.says_it_went) == (0, 4, None)


@pytest.mark.parametrize("has_left", [False, True])
async def test_a_request_of_that_time_that_is_sent_again_later_is_doubtful(
    desk: Desk, *, has_left: bool
) -> None:
    """Only its newest request's time is kept; the first may have taken the credit."""
    await _told_credit(desk, 1000)
    other = await desk.lost()
    campaign = await desk.lost()
    await _told_credit(desk, 998)
    await desk.again(other)
    if has_left:
        await desk.sending.run()
    evidence = await _evidence(desk, campaign)
    assert (evidence.doubtful, evidence.says_it_went) == (4, None)


async def test_credit_told_too_soon_says_nothing_yet(desk: Desk) -> None:
    """It may have been counted before the platform charged: it would look as if it hadn't gone."""
    await _told_credit(desk, 1000)
    desk.clock.advance(MINUTE / 2)
    campaign = await desk.lost()
    desk.clock.advance(MINUTE / 2)
    assert await desk.tracking.poll_balance()
    assert (await _evidence(desk, campaign)).after is None
    assert _notices(desk, campaign) == 1
    await _told_credit(desk, 998)
    assert (await _evidence(desk, campaign)).says_it_went is True
    assert _notices(desk, campaign) == 2


async def test_the_message_is_drawn_anew_once(desk: Desk) -> None:
    """At the first credit that says anything, and not at each that follows."""
    await _told_credit(desk, 1000)
    campaign, settled = await desk.lost(), await desk.lost()
    await desk.leave(settled)
    notices = _notices(desk, settled)
    for count, left in [(2, 996), (2, 500), (2, 400)]:
        await _told_credit(desk, left)
        assert _notices(desk, campaign) == count
        assert (await _evidence(desk, campaign)).says_it_went is True
    assert _notices(desk, settled) == notices


async def test_the_first_credit_ever_is_told_as_well(desk: Desk) -> None:
    """Nothing is known from before, and the message says so."""
    campaign = await desk.lost()
    await _told_credit(desk, 998)
    evidence = await _evidence(desk, campaign)
    assert (evidence.before, evidence.says_it_went) == (None, None)
    assert _notices(desk, campaign) == 2


async def test_another_accounts_credit_says_nothing(desk: Desk) -> None:
    """Nor do other accounts' requests."""
    await _told_credit(desk, 1000)
    campaign = await desk.lost()
    await desk.close()
    desk.gateway.account = "conta-2"
    await desk.open()
    desk.clock.advance(HOUR)
    assert await desk.tracking.poll_balance()
    assert (await _evidence(desk, campaign)).after is None
    assert _notices(desk, campaign) == 1
    assert campaign.account == ACCOUNT


async def test_a_second_try_is_judged_by_the_credit_around_it(desk: Desk) -> None:
    """The first one's credit was told before it left."""
    await _told_credit(desk, 1000)
    campaign = await desk.lost()
    await _told_credit(desk, 1000)
    desk.clock.advance(HOUR)
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    await desk.again(campaign)
    await desk.sending.run()
    assert (await _evidence(desk, campaign)).after is None
    await _told_credit(desk, 998)
    evidence = await _evidence(desk, campaign)
    assert evidence.before is not None
    assert evidence.before.at > NOON + MINUTE
    assert evidence.says_it_went is True
