"""What a card says first: where a campaign stands, and why."""

import pytest

from bot.domain.campaign import State
from bot.domain.parts import PartState
from bot.domain.standing import Standing
from tests.blocks.drawn import card, told
from tests.blocks.views import (
    APPROVALS,
    NOW,
    REQUESTER,
    TOMORROW,
    VIEWS,
    closed,
    part,
    view,
)


@pytest.mark.parametrize("standing", Standing)
def test_the_examples_have_the_standing_they_name(standing: Standing) -> None:
    """The tests here speak of standings, so their examples must have them."""
    assert VIEWS[standing].standing(NOW) is standing


@pytest.mark.parametrize(
    ("standing", "title"),
    [
        (Standing.WAITING, "⏳ Waiting for approval"),
        (Standing.REJECTED, "Rejected"),
        (Standing.CANCELLED, "Cancelled"),
        (Standing.EXPIRED, "Expired"),
        (Standing.NEEDS_YOU, "⚠️ Needs you"),
        (Standing.HOLDING, "✋ Stopping"),
        (Standing.ON_HOLD, "✋ On hold"),
        (Standing.RELEASING, "Letting it go"),
        (Standing.APPROVED, "✅ Approved"),
        (Standing.SENDING, "📤 Sending"),
        (Standing.SCHEDULED, "📅 Scheduled for <!date^1798138800^"),
        (Standing.DELIVERING, "📤 Being delivered"),
        (Standing.DONE, "✅ Done"),
        (Standing.NOT_SENT, "Not sent"),
    ],
)
def test_the_standing_comes_first(standing: Standing, title: str) -> None:
    """What people look for is under the name, and in the notification."""
    message = card(VIEWS[standing])
    assert message.blocks[1]["text"]["text"].startswith(f"*{title}")
    assert title in message.text


def test_scheduled_says_how_long_until_then() -> None:
    """Told from a moment that is named, so it stays true on a card nobody redraws."""
    assert "1 d 1 h away, counted from <!date^1798045320^" in told(card(VIEWS[Standing.SCHEDULED]))


def test_a_rejection_quotes_its_reason() -> None:
    """A reason is a person's words: shown as a quote, where it can't ping or format."""
    message = card(VIEWS[Standing.REJECTED])
    assert message.blocks[2]["type"] == "rich_text"
    assert "O preço está *errado* <!here>" in told(message)
    assert "<!here>" not in message.text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("changed", "isn't what was approved"),
        ("nobody_left", "Everybody on the list has asked not to be written to"),
        ("", f"by <@{REQUESTER}>"),
    ],
)
def test_a_cancelled_card_says_why(reason: str, said: str) -> None:
    """Torpedo's own stops are told apart from a person's."""
    by = None if reason else REQUESTER
    assert said in told(card(closed(State.CANCELLED, reason, by=by)))


def test_an_expired_card_says_what_was_missing() -> None:
    """Not approved in time is another story than approved and too late."""
    assert "Nobody approved it in time." in told(card(VIEWS[Standing.EXPIRED]))
    timed = told(card(view(State.EXPIRED, send_at=TOMORROW, expires_at=TOMORROW)))
    assert "Its time, <!date^1798138800^" in timed
    assert "has passed and nobody had approved it. Nothing was sent." in timed
    waited = view(State.EXPIRED, send_at=TOMORROW, expires_at=NOW)
    assert "Nobody approved it in time." in told(card(waited))
    halfway = view(State.EXPIRED, approvals=APPROVALS, approvals_needed=2)
    assert "It had 1 of 2 approvals when its time ended." in told(card(halfway))
    approved = view(State.EXPIRED, approvals=APPROVALS)
    assert "its time came before it could go" in told(card(approved))


def test_sending_says_that_the_platform_is_away() -> None:
    """Waiting parts are no mystery."""
    shown = told(card(VIEWS[Standing.SENDING]))
    assert "1 of 3 parts at the platform" in shown
    assert "The rest keeps its place" in shown


def test_not_sent_has_the_platform_s_words() -> None:
    """What the platform said is what helps to put it right."""
    message = card(VIEWS[Standing.NOT_SENT])
    assert "The platform refused it, in its own words:" in told(message)
    assert "SALDO INSUFICIENTE <1>" in told(message)
    late = part(1, state=PartState.DROPPED, gateway_id=None, reason="late")
    assert "It couldn't leave before its time passed" in told(card(view(State.DONE, parts=(late,))))
