"""The override: who may let phones ring in quiet time, for what, and until when."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.approval import approve
from bot.domain.campaign import Answer, Approval, Campaign, State
from bot.domain.departure import PROMPTNESS, check_go, is_in_time
from bot.domain.ids import CampaignId, UserId
from bot.domain.quiet import Quiet
from bot.domain.refusals import QuietApproval, QuietHours, SelfApproval
from tests.builders import ANA, BIA, CAIO, HOUR, MINUTE, NIGHT, NOON, make_campaign, make_policy

HOUSE = make_policy(quiet=NIGHT)
LATE = NOON + 10 * HOUR
"""Ten in the evening."""
SECOND = timedelta(seconds=1)


def press(
    campaign: Campaign,
    *,
    at: datetime = LATE,
    by: UserId = BIA,
    allows: bool = True,
    **rules: object,
) -> Campaign:
    """Press Allow and approve, or Approve."""
    return approve(
        campaign,
        by=by,
        version=campaign.version,
        digest=campaign.digest,
        at=at,
        policy=make_policy(quiet=NIGHT, **rules),
        allows_quiet=allows,
    )


def allowed(**facts: object) -> Campaign:
    """Ask for quiet time, and have it allowed late in the evening."""
    return press(make_campaign(quiet=True, **facts))


def test_what_was_asked_for_may_be_allowed() -> None:
    """The approval holds that it was."""
    campaign = allowed()
    assert campaign.state is State.APPROVED
    assert [one.allows_quiet for one in campaign.approvals] == [True]


@pytest.mark.parametrize(("quiet", "allows"), [(True, False), (False, True), (False, False)])
def test_it_takes_both_the_wish_and_the_word(quiet: bool, allows: bool) -> None:  # noqa: FBT001 - a table
    """A yes to a card that told of no quiet time is none to one."""
    with pytest.raises(QuietApproval) as refused:
        press(make_campaign(quiet=quiet), allows=allows)
    assert refused.value.is_asked is quiet
    assert not refused.value.is_timed
    assert refused.value.why == Quiet(hours=NIGHT)
    assert refused.value.opens == NOON + 20 * HOUR


def test_a_refusal_tells_what_can_be_done_about_it() -> None:
    """A time of its own is moved; an answer isn't edited."""
    answer = Answer(1, CampaignId(40), "V1")
    with pytest.raises(QuietApproval) as refused:
        press(make_campaign(send_at=LATE), at=NOON)
    assert (refused.value.is_timed, refused.value.is_answer) == (True, False)
    with pytest.raises(QuietApproval) as refused:
        press(make_campaign(answer=answer))
    assert (refused.value.is_timed, refused.value.is_answer) == (False, True)


def test_nobody_allows_what_they_wrote() -> None:
    """Not even where people approve what they wrote: by day they may."""
    wished = make_campaign(quiet=True)
    with pytest.raises(SelfApproval):
        press(wished, by=ANA, self_approval=True)
    alone = press(wished, by=ANA, at=NOON, self_approval=True)
    assert [one.allows_quiet for one in alone.approvals] == [False]


def test_by_day_no_yes_is_an_override() -> None:
    """Whatever the card had shown, and so nothing drifts into the night on its word."""
    campaign = press(make_campaign(quiet=True), at=NOON)
    assert [one.allows_quiet for one in campaign.approvals] == [False]
    evening = replace(campaign, go_at=LATE - 2 * HOUR)
    assert not is_in_time(evening, now=LATE - HOUR, policy=HOUSE)


def test_each_of_several_yeses_in_quiet_time_allows_it() -> None:
    """A second approver isn't carried along by the first."""
    first = press(make_campaign(quiet=True), approvals=2)
    with pytest.raises(QuietApproval):
        press(first, by=CAIO, allows=False, approvals=2)
    assert press(first, by=CAIO, approvals=2).state is State.APPROVED


def test_an_override_lasts_as_long_as_a_go() -> None:
    """Two hours, and not for the next night."""
    campaign = allowed()
    assert is_in_time(campaign, now=LATE, policy=HOUSE)
    assert is_in_time(campaign, now=LATE + PROMPTNESS, policy=HOUSE)
    assert not is_in_time(campaign, now=LATE + PROMPTNESS + SECOND, policy=HOUSE)


def test_an_override_is_for_the_time_it_was_given_for() -> None:
    """What has a time of its own may go to the platform by day, for that night alone."""
    campaign = press(make_campaign(quiet=True, send_at=LATE), at=NOON)
    assert is_in_time(campaign, now=NOON, policy=HOUSE)
    assert not is_in_time(campaign, now=LATE, policy=HOUSE)


def test_without_an_override_nothing_is_handed_over_for_a_night() -> None:
    """A house that begins to keep quiet hours keeps them for what was approved before."""
    plain = Approval(BIA, NOON, 1, make_campaign().digest)
    before = make_campaign(send_at=LATE, state=State.APPROVED, approvals=(plain,))
    assert not is_in_time(before, now=NOON, policy=HOUSE)
    assert is_in_time(before, now=NOON, policy=make_policy())


def test_a_new_go_needs_the_override_to_last() -> None:
    """A release, or sending again, within the two hours; later it waits for the morning."""
    campaign = allowed()
    check_go(campaign, at=LATE + HOUR, policy=HOUSE)
    with pytest.raises(QuietHours):
        check_go(campaign, at=LATE + PROMPTNESS + MINUTE, policy=HOUSE)
    check_go(campaign, at=NOON + 20 * HOUR, policy=HOUSE)


def test_a_new_go_before_the_time_is_judged_by_the_time() -> None:
    """Released by day for the night that was allowed."""
    campaign = press(make_campaign(quiet=True, send_at=LATE), at=NOON)
    check_go(campaign, at=NOON + HOUR, policy=HOUSE)
    with pytest.raises(QuietHours):
        check_go(replace(campaign, approvals=()), at=NOON + HOUR, policy=HOUSE)
