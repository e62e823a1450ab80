"""Which buttons a card offers, what they carry, and what they ask first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaign import Hold, State
from bot.domain.parts import Brake
from bot.domain.standing import Standing
from handlers.blocks import actions
from handlers.blocks.actions import Press, read_press
from tests.blocks.drawn import buttons, card, each_button, told
from tests.blocks.views import (
    APPROVALS,
    APPROVER,
    CAMPAIGN,
    COLLEAGUE,
    DIGEST,
    NOW,
    TOMORROW,
    VIEWS,
    braked,
    view,
)


@pytest.mark.parametrize(
    ("standing", "offered"),
    [
        (
            Standing.WAITING,
            [actions.APPROVE, actions.REJECT, actions.EDIT, actions.TEST, actions.CANCEL],
        ),
        (Standing.REJECTED, []),
        (Standing.CANCELLED, []),
        (Standing.EXPIRED, [actions.NEW_TIME]),
        (Standing.NEEDS_YOU, [actions.HOLD]),
        (Standing.HOLDING, [actions.RELEASE]),
        (Standing.ON_HOLD, [actions.RELEASE]),
        (Standing.RELEASING, [actions.HOLD]),
        (Standing.APPROVED, [actions.HOLD, actions.CANCEL]),
        (Standing.SENDING, [actions.HOLD]),
        (Standing.SCHEDULED, [actions.HOLD]),
        (Standing.DELIVERING, [actions.HOLD]),
        (Standing.DONE, []),
        (Standing.NOT_SENT, []),
    ],
)
def test_buttons_are_those_that_can_do_something(standing: Standing, offered: list[str]) -> None:
    """A button that could only be refused isn't shown."""
    assert list(buttons(card(VIEWS[standing]))) == offered


@pytest.mark.parametrize("standing", Standing)
def test_buttons_carry_what_the_card_shows(standing: Standing) -> None:
    """An approval is for the digest on the card that was pressed."""
    for button in each_button(card(VIEWS[standing])):
        assert read_press(button["value"]) == Press(CAMPAIGN.id, 1, DIGEST)


def test_approve_asks_once_more() -> None:
    """The question says for how many, and that it can't be undone."""
    button = buttons(card(view()))[actions.APPROVE]
    assert button["style"] == "primary"
    assert button["confirm"]["text"]["text"] == (
        "Send to 4,812 people now? It can't be called back from phones that already have it."
    )


def test_approve_of_a_scheduled_campaign_says_when() -> None:
    """Dates in a question are plain, in the requester's zone: tokens don't work there."""
    button = buttons(card(view(send_at=TOMORROW)))[actions.APPROVE]
    assert button["confirm"]["text"]["text"] == (
        "Send to 4,812 people at 24 Dec 2026, 16:00 (Sao Paulo)? Until then it can be held."
    )


def test_approve_says_when_another_approval_is_needed() -> None:
    """Who gives the first of two yeses isn't told that it goes now."""
    needy = view(approvals_needed=2)
    assert (
        "It takes 2 approvals, and yours is number 1."
        in (buttons(card(needy))[actions.APPROVE]["confirm"]["text"]["text"])
    )
    once = replace(needy, campaign=replace(needy.campaign, approvals=APPROVALS))
    assert (
        "now? It can't be called back"
        in (buttons(card(once))[actions.APPROVE]["confirm"]["text"]["text"])
    )
    assert f"approved by <@{APPROVER}>" in told(card(once))
    assert "1 of 2 approvals" in told(card(once))


def test_what_was_held_past_its_time_gets_a_new_time_or_an_end() -> None:
    """It can't be released any more; once it is over, only the new time is left."""
    held = view(
        State.SENT,
        hold=Hold(COLLEAGUE, NOW - timedelta(hours=2)),
        send_at=NOW - timedelta(hours=1),
        parts=braked(Brake.HELD),
    )
    offered = buttons(card(held))
    assert list(offered) == [actions.NEW_TIME, actions.CLOSE]
    assert offered[actions.CLOSE]["confirm"]["title"]["text"] == "Close #42?"
    over = replace(held, campaign=replace(held.campaign, state=State.DONE))
    assert list(buttons(card(over))) == [actions.NEW_TIME]


def test_the_brake_asks_nothing() -> None:
    """Stopping is easier than sending: Hold has no question, Release has."""
    assert "confirm" not in buttons(card(VIEWS[Standing.DELIVERING]))[actions.HOLD]
    assert "confirm" in buttons(card(VIEWS[Standing.ON_HOLD]))[actions.RELEASE]
