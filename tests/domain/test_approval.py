"""Four eyes, and the brake: who may say what, and when it is too late to say it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.approval import (
    HOLDABLE,
    approve,
    ask_release,
    cancel,
    expire,
    hold,
    refuse_release,
    reject,
    release,
)
from bot.domain.campaign import TRANSITIONS, Approval, Campaign, Hold, ReleaseRequest, State
from bot.domain.ids import Digest, UserId
from bot.domain.policy import Policy
from bot.domain.refusals import (
    AlreadyDecided,
    AlreadyHeld,
    AlreadyYours,
    NoReleaseAsked,
    NothingToHold,
    NotOnHold,
    NotRequester,
    OldVersion,
    QuietHours,
    ReleaseAlreadyAsked,
    SelfApproval,
    TooLate,
)
from tests.builders import ANA, BIA, CAIO, HOUR, NIGHT, NOON, make_campaign, make_policy

MIDNIGHT = NOON + 12 * HOUR
DIGEST, OTHER = make_campaign().digest, Digest("0" * 64)
states = st.sampled_from(State)


def _approve(
    campaign: Campaign,
    *,
    by: UserId = BIA,
    version: int = 1,
    digest: Digest | None = None,
    at: datetime = NOON,
    policy: Policy | None = None,
) -> Campaign:
    return approve(
        campaign,
        by=by,
        version=version,
        digest=digest or campaign.digest,
        at=at,
        policy=policy or make_policy(),
    )


def _held(state: State = State.SENDING, **facts: object) -> Campaign:
    return make_campaign(state=state, hold=Hold(CAIO, NOON), **facts)


def test_a_second_person_lets_it_go() -> None:
    """The approval keeps who, when, and the digest it was given for."""
    campaign = make_campaign()
    approved = _approve(campaign)
    assert approved.state is State.APPROVED
    assert approved.approvals == (Approval(BIA, NOON, 1, campaign.digest),)


def test_the_requester_cannot_approve_their_own() -> None:
    """The second pair of eyes is somebody else's."""
    with pytest.raises(SelfApproval):
        _approve(make_campaign(), by=ANA)


def test_a_team_may_allow_self_approval() -> None:
    """A team of one can't work otherwise."""
    approved = _approve(make_campaign(), by=ANA, policy=make_policy(self_approval=True))
    assert approved.state is State.APPROVED


def test_two_approvals_need_two_people() -> None:
    """The same person twice is still one person."""
    policy = make_policy(approvals=2)
    once = _approve(make_campaign(), policy=policy)
    assert once.state is State.WAITING
    with pytest.raises(AlreadyYours) as refused:
        _approve(once, policy=policy)
    assert refused.value.missing == 1
    twice = _approve(once, by=CAIO, policy=policy)
    assert twice.state is State.APPROVED
    assert [approval.by for approval in twice.approvals] == [BIA, CAIO]


@given(st.integers(1, 5), st.lists(st.integers(0, 6), max_size=20))
def test_it_is_approved_exactly_when_enough_different_people_said_yes(
    needed: int, presses: list[int]
) -> None:
    """However often and by whomever Approve is pressed, the requester's press never counts."""
    campaign, agreed = make_campaign(), set[int]()
    for person in presses:
        by = ANA if person == 0 else UserId(f"U{person}")
        try:
            campaign = _approve(campaign, by=by, policy=make_policy(approvals=needed))
        except (SelfApproval, AlreadyYours, AlreadyDecided):
            assert person == 0 or person in agreed or len(agreed) == needed
        else:
            agreed.add(person)
    assert (campaign.state is State.APPROVED) is (len(agreed) == needed)
    assert len(campaign.approvals) == len(agreed) <= needed


@given(states, st.integers(1, 3), st.integers(-2, 2), st.sampled_from([DIGEST, OTHER]))
def test_a_press_counts_only_for_what_it_shows(
    state: State, version: int, minutes: int, digest: Digest
) -> None:
    """Waiting, this version, this digest, in time: anything else changes nothing."""
    campaign = make_campaign(state=state, version=2)
    at = campaign.expires_at + timedelta(minutes=minutes)
    good = state is State.WAITING and version == 2 and digest == DIGEST and minutes < 0
    try:
        approved = _approve(campaign, version=version, digest=digest, at=at)
    except (AlreadyDecided, OldVersion, TooLate):
        assert not good
    else:
        assert good
        assert approved.state is State.APPROVED


def test_a_late_approval_is_refused_at_the_very_moment() -> None:
    """What expires at nine can't be approved at nine."""
    campaign = make_campaign(send_at=NOON + HOUR, expires_at=NOON + HOUR)
    with pytest.raises(TooLate) as refused:
        _approve(campaign, at=NOON + HOUR)
    assert refused.value.at == NOON + HOUR


def test_whoever_comes_second_hears_who_came_first() -> None:
    """Of two presses, one is told by whom and when it was decided."""
    approved = _approve(make_campaign())
    with pytest.raises(AlreadyDecided) as refused:
        _approve(approved, by=CAIO)
    assert (refused.value.state, refused.value.by, refused.value.at) == (State.APPROVED, BIA, NOON)
    closed = reject(make_campaign(), by=BIA, version=1, reason="Errado", at=NOON)
    with pytest.raises(AlreadyDecided) as refused:
        _approve(closed, by=CAIO)
    assert (refused.value.state, refused.value.by, refused.value.at) == (State.REJECTED, BIA, NOON)


def test_nobody_approves_at_night_what_goes_at_once() -> None:
    """The answer offers the next good moment; for the morning one may approve at midnight."""
    policy = make_policy(quiet=NIGHT)
    with pytest.raises(QuietHours) as refused:
        _approve(make_campaign(), at=MIDNIGHT, policy=policy)
    assert refused.value.opens > MIDNIGHT
    tomorrow = make_campaign(send_at=NOON + 24 * HOUR)
    assert _approve(tomorrow, at=MIDNIGHT, policy=policy).state is State.APPROVED


def test_one_no_is_enough() -> None:
    """Whatever was approved before, and the reason is kept."""
    once = _approve(make_campaign(), policy=make_policy(approvals=2))
    rejected = reject(once, by=CAIO, version=1, reason="Preço errado", at=NOON)
    assert rejected.state is State.REJECTED
    assert (rejected.closed_by, rejected.closed_at) == (CAIO, NOON)
    assert rejected.close_reason == "Preço errado"


def test_a_no_to_an_old_version_changes_nothing() -> None:
    """It was about something else."""
    with pytest.raises(OldVersion):
        reject(make_campaign(version=2), by=BIA, version=1, reason="Errado", at=NOON)


@given(states, st.sampled_from([ANA, BIA]))
def test_only_the_requester_takes_it_back_and_only_before_it_goes(state: State, by: UserId) -> None:
    """Once a request may have left, taking it back would be a lie: the brake is for that."""
    campaign = make_campaign(state=state)
    try:
        cancelled = cancel(campaign, by=by, at=NOON)
    except AlreadyDecided:
        assert state not in {State.WAITING, State.APPROVED}
    except NotRequester:
        assert by == BIA
    else:
        assert by == ANA
        assert cancelled.state is State.CANCELLED
        assert cancelled.closed_by == ANA


@pytest.mark.parametrize(
    "close", [lambda c: cancel(c, by=ANA, at=NOON), lambda c: expire(c, at=NOON)]
)
def test_what_is_closed_is_neither_held_nor_waits_for_a_release(
    close: Callable[[Campaign], Campaign],
) -> None:
    """A request to let go of something that is no more can't be answered."""
    asked = _held(State.APPROVED, release_request=ReleaseRequest(ANA, NOON))
    closed = close(asked)
    assert (closed.hold, closed.release_request) == (None, None)


@given(states)
def test_anything_on_its_way_can_be_held(state: State) -> None:
    """The brake needs nobody: not even another person than the requester."""
    campaign = make_campaign(state=state)
    if state in HOLDABLE:
        held = hold(campaign, by=ANA, at=NOON)
        assert (held.hold, held.state) == (Hold(ANA, NOON), state)
    else:
        with pytest.raises(NothingToHold):
            hold(campaign, by=ANA, at=NOON)


def test_whatever_may_still_send_can_be_held() -> None:
    """From approval until the last fate is known, the brake works."""
    on_its_way = {state for state in State if not state.is_over} - {State.WAITING}
    assert on_its_way == HOLDABLE
    assert State.SENDING in TRANSITIONS[State.APPROVED]


def test_a_brake_that_is_pulled_stays_pulled() -> None:
    """The second person hears who was first."""
    with pytest.raises(AlreadyHeld) as refused:
        hold(_held(), by=ANA, at=NOON + HOUR)
    assert (refused.value.by, refused.value.at) == (CAIO, NOON)


def test_letting_go_takes_a_second_person() -> None:
    """The requester can't release, whoever held it."""
    with pytest.raises(SelfApproval):
        release(_held(), by=ANA, at=NOON, policy=make_policy())
    freed = release(_held(), by=BIA, at=NOON, policy=make_policy())
    assert freed.hold is None


def test_a_request_to_release_waits_for_one_answer() -> None:
    """A second request is refused, a no keeps the hold, a yes ends both."""
    asked = ask_release(_held(), by=ANA, at=NOON)
    assert asked.release_request == ReleaseRequest(ANA, NOON)
    with pytest.raises(ReleaseAlreadyAsked):
        ask_release(asked, by=CAIO, at=NOON)
    kept = refuse_release(asked)
    assert (kept.hold, kept.release_request) == (asked.hold, None)
    with pytest.raises(NoReleaseAsked):
        refuse_release(kept)
    freed = release(asked, by=BIA, at=NOON, policy=make_policy())
    assert (freed.hold, freed.release_request) == (None, None)


def test_what_is_not_held_cannot_be_let_go() -> None:
    """Neither at once nor by asking."""
    with pytest.raises(NotOnHold):
        release(make_campaign(state=State.SENDING), by=BIA, at=NOON, policy=make_policy())
    with pytest.raises(NotOnHold):
        ask_release(make_campaign(state=State.SENDING), by=BIA, at=NOON)


def test_nothing_is_let_go_into_the_night() -> None:
    """Unless its own time is still to come, by day."""
    policy = make_policy(quiet=NIGHT)
    with pytest.raises(QuietHours):
        release(_held(), by=BIA, at=MIDNIGHT, policy=policy)
    with pytest.raises(QuietHours):
        release(_held(send_at=NOON), by=BIA, at=MIDNIGHT, policy=policy)
    tomorrow = _held(send_at=NOON + 24 * HOUR)
    assert release(tomorrow, by=BIA, at=MIDNIGHT, policy=policy).hold is None
