"""What a card says of the brake, and of parts that may have gone."""

from dataclasses import replace

import pytest

from bot.domain.campaign import State
from bot.domain.parts import Brake, PartState
from bot.domain.standing import Standing
from handlers.blocks.brake_headlines import on_hold
from tests.blocks.drawn import ENGLISH, card, told
from tests.blocks.views import (
    COLLEAGUE,
    HOLD,
    REQUESTER,
    VIEWS,
    braked,
    lost,
    part,
    view,
)


def test_unknown_parts_are_named_with_what_was_seen() -> None:
    """A person can look for the request by its second in the platform's log."""
    shown = told(card(VIEWS[Standing.NEEDS_YOU]))
    assert "Part 2 of 3: the platform's answer was lost (`read timeout`), sent <!date^" in shown
    assert "{time_secs}" in shown
    assert "1,604 people may or may not have it. It's never sent again by itself." in shown


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("restarted", "Torpedo stopped while it was under way"),
        ("error", "the platform's answer was lost, sent"),
        ("", "the platform's answer was lost, sent"),
    ],
)
def test_reasons_of_ours_are_told_in_words(reason: str, said: str) -> None:
    """Nobody has to know what our code calls it."""
    assert said in told(card(view(State.SENDING, parts=(lost(1, reason),))))


def test_many_unknown_parts_are_summed_up() -> None:
    """The first few are named, the rest counted; a hold that is wanted is told, too."""
    unsent = replace(lost(9), submitted_at=None)
    many = view(State.SENDING, hold=HOLD, parts=(unsent, *(lost(n) for n in range(1, 9))))
    shown = told(card(many))
    assert "and 4 parts more" in shown
    assert f"<@{COLLEAGUE}> asked to hold it: nothing more leaves." in shown


def test_a_hold_tells_asked_from_confirmed() -> None:
    """Part by part: confirmed, too late, and never left."""
    shown = told(card(VIEWS[Standing.HOLDING]))
    assert f"asked by <@{COLLEAGUE}>" in shown
    assert "confirmed for 1 of 3 parts · 1 was too late (all 1,604 sent)" in shown
    resting = replace(part(4), state=PartState.READY, gateway_id=None)
    stopped = view(State.SENDING, hold=HOLD, parts=(*braked(Brake.HELD), resting))
    assert "confirmed for 1 of 1 part · 1 part stays here" in told(card(stopped))
    assert "nothing has left" in told(card(view(State.APPROVED, hold=HOLD)))


def test_what_keeps_a_hold_from_being_confirmed_is_told() -> None:
    """In the platform's words where it has any."""
    away = replace(braked(Brake.ASKED)[0], brake_reason="away")
    assert "The platform can't be reached just now." in told(
        card(view(State.SENT, hold=HOLD, parts=(away,)))
    )
    odd = replace(away, brake_reason="ERRO <7>", brake=Brake.RELEASING)
    assert "The platform says: `ERRO &lt;7&gt;`" in told(card(view(State.SENT, parts=(odd,))))


def test_nobody_is_named_for_a_hold_that_is_gone() -> None:
    """A headline asked for a moment too late makes nobody up."""
    assert on_hold(view(State.SENT, parts=braked(Brake.HELD)), ENGLISH).lines[0] == ""


def test_a_request_to_release_is_on_the_card() -> None:
    """Who passes by sees that an approver is awaited."""
    assert f"<@{REQUESTER}> asked <!date^" in told(card(VIEWS[Standing.ON_HOLD]))
