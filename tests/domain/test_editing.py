"""Editing what waits: a new version, and everybody's yes anew; and the reminder it gets."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.approval import approve, check_editable, edit, is_reminder_due
from bot.domain.campaign import REMINDER, Approval, Campaign, Hold, State, remind_at
from bot.domain.ids import Digest, UserId
from bot.domain.refusals import (
    AlreadyDecided,
    NothingChanged,
    NotRequester,
    OldVersion,
    TooLate,
)
from tests.builders import ANA, BIA, CAIO, HOUR, MINUTE, NOON, make_campaign, make_policy

TWO_NEEDED = make_policy(approvals=2)
NEW = Digest("1" * 64)
WAITING = make_campaign()
SECOND = timedelta(seconds=1)


def _edit(
    campaign: Campaign,
    *,
    by: UserId = ANA,
    version: int = 1,
    send_at: datetime | None = None,
    digest: Digest = NEW,
    at: datetime = NOON + HOUR,
) -> Campaign:
    return edit(
        campaign,
        by=by,
        version=version,
        text="Feliz Páscoa",
        send_at=send_at,
        digest=digest,
        at=at,
        policy=TWO_NEEDED,
    )


def test_an_edit_is_a_new_version_with_a_new_time_to_approve() -> None:
    """What it says, when it goes and until when it waits are the new version's."""
    edited = _edit(replace(WAITING, reminded_at=NOON))
    assert (edited.version, edited.text, edited.digest) == (2, "Feliz Páscoa", NEW)
    assert (edited.edited_at, edited.reminded_at) == (NOON + HOUR, None)
    assert edited.expires_at == NOON + 25 * HOUR
    soon = _edit(WAITING, send_at=NOON + 3 * HOUR)
    assert soon.expires_at == soon.send_at == NOON + 3 * HOUR


def test_an_edit_makes_every_approval_void() -> None:
    """A yes was to the words it was given for, and its button belongs to them."""
    half = approve(WAITING, by=BIA, version=1, digest=WAITING.digest, at=NOON, policy=TWO_NEEDED)
    edited = _edit(half)
    assert edited.approvals == ()
    with pytest.raises(OldVersion):
        approve(edited, by=CAIO, version=1, digest=WAITING.digest, at=NOON, policy=TWO_NEEDED)
    again = approve(edited, by=BIA, version=2, digest=NEW, at=NOON, policy=TWO_NEEDED)
    assert again.approvals == (Approval(BIA, NOON, 2, NEW),)


def test_the_same_content_is_no_new_version() -> None:
    """Nobody's yes is lost for nothing."""
    with pytest.raises(NothingChanged):
        _edit(WAITING, digest=WAITING.digest)


def test_only_who_wrote_it_edits_it() -> None:
    """Whoever approves decides, and doesn't write."""
    with pytest.raises(NotRequester):
        _edit(WAITING, by=BIA)


@given(st.sampled_from(State), st.integers(1, 3), st.timedeltas(-HOUR, HOUR))
def test_only_the_newest_version_of_what_waits_can_be_edited(
    state: State, version: int, past: timedelta
) -> None:
    """Not what is decided, not by an old form, and not when its time has passed."""
    campaign = make_campaign(state=state, version=2)
    now = campaign.expires_at + past
    if state is not State.WAITING:
        expected: type[Exception] = AlreadyDecided
    elif version != 2:
        expected = OldVersion
    elif past >= timedelta():
        expected = TooLate
    else:
        check_editable(campaign, by=ANA, version=version, now=now)
        return
    with pytest.raises(expected):
        check_editable(campaign, by=ANA, version=version, now=now)
    with pytest.raises(expected):
        _edit(campaign, version=version, at=now)


@pytest.mark.parametrize(
    ("window", "before"),
    [(24 * HOUR, REMINDER), (4 * HOUR, HOUR), (2 * HOUR, 30 * MINUTE), (MINUTE, 15 * SECOND)],
)
def test_people_are_reminded_an_hour_before_or_in_the_last_quarter(
    window: timedelta, before: timedelta
) -> None:
    """Of an edited one, counted from the edit."""
    written = make_campaign(expires_at=NOON + window)
    assert remind_at(written) == written.expires_at - before
    edited = make_campaign(edited_at=NOON + HOUR, expires_at=NOON + HOUR + window)
    assert remind_at(edited) == edited.expires_at - before


@given(st.timedeltas(timedelta(), 25 * HOUR), st.none() | st.just(NOON), st.sampled_from(State))
def test_the_reminder_is_due_once_while_it_waits(
    past: timedelta, reminded_at: datetime | None, state: State
) -> None:
    """Not early, not twice, not after a decision, and not when it is too late to decide."""
    campaign = make_campaign(state=state, reminded_at=reminded_at)
    last_hour = 23 * HOUR <= past < 24 * HOUR
    waits = state is State.WAITING and reminded_at is None
    assert is_reminder_due(campaign, now=NOON + past) is (waits and last_hour)


@pytest.mark.parametrize(
    ("held_at", "send_at", "now", "past"),
    [
        (NOON, NOON + HOUR, NOON + HOUR, True),
        (NOON, NOON + HOUR, NOON + HOUR - SECOND, False),
        (NOON + HOUR, NOON + HOUR, NOON + 2 * HOUR, False),
        (NOON, None, NOON + 400 * HOUR, False),
        (None, NOON, NOON + HOUR, False),
    ],
)
def test_held_past_its_time_is_what_was_held_when_it_came(
    held_at: datetime | None, send_at: datetime | None, now: datetime, *, past: bool
) -> None:
    """What was on its way by then isn't late, nor is what has no time."""
    hold = None if held_at is None else Hold(CAIO, held_at)
    campaign = make_campaign(state=State.SENT, hold=hold, send_at=send_at)
    assert campaign.was_held_past_its_time(now) is past
