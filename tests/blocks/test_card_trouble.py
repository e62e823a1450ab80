"""What a card says of the brake, and of parts that may have gone."""

from dataclasses import replace

import pytest

from bot.domain.campaign import State
from bot.domain.parts import Brake, PartState
from bot.domain.standing import Standing
from handlers.blocks.brake_headlines import on_hold
from tests.blocks.drawn import ENGLISH, card, told
from tests.blocks.views import (
    CLAIMED,
    COLLEAGUE,
    HOLD,
    REQUESTER,
    VIEWS,
    braked,
    left,
    lost,
    part,
    view,
)


def test_unknown_parts_are_named_with_what_was_seen() -> None:
    """A person can look for the request by its second in the platform's log."""
    shown = told(card(VIEWS[Standing.NEEDS_YOU]))
    assert "Part 2 of 3: the platform's answer was lost (`read timeout`); the request left" in shown
    assert "{time_secs}" in shown
    assert "1,604 people may or may not have it. It's never sent again by itself." in shown
    assert "Its thread has what is known of it, and the buttons to settle it." in shown


def test_an_only_part_is_the_campaign() -> None:
    """Nobody who asked for one thing reads "part 1 of 1"."""
    shown = told(card(view(State.SENDING, parts=(lost(1),))))
    assert "*⚠️ Needs you: it may or may not have gone*\\nThe platform's answer was lost" in shown
    assert "Needs you: a part may or may not have gone" in told(card(VIEWS[Standing.NEEDS_YOU]))


def test_a_word_that_is_being_checked_is_told() -> None:
    """Until the platform's list bears it out, the part needs somebody."""
    shown = told(card(CLAIMED))
    assert "⚠️ Needs you" in shown
    assert f"<@{COLLEAGUE}> says it went as 90005: I'm asking the platform about that." in shown


def test_what_somebody_left_is_never_called_unsent() -> None:
    """Its people may have it: the card says so for as long as it stands."""
    shown = told(card(view(State.DONE, parts=(left(1),))))
    assert "*Not sent, as far as is known*" in shown
    assert f"1,604 people may or may not have it: <@{COLLEAGUE}> left it as it was." in shown
    assert "its time passed" not in shown
    beside = told(card(replace(VIEWS[Standing.DONE], parts=(part(1), left(2), left(3)))))
    assert "*✅ Done*" in beside
    assert f"3,208 people may or may not have it: <@{COLLEAGUE}> left 2 parts as" in beside
    one = told(card(replace(VIEWS[Standing.DONE], parts=(part(1), left(2)))))
    assert f"<@{COLLEAGUE}> left 1 part as it was." in one
    assert "may or may not" not in told(card(VIEWS[Standing.DONE]))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("restarted", "Torpedo stopped while it was under way"),
        ("error", "The platform's answer was lost; the request left at <!date^"),
        ("", "The platform's answer was lost; the request left at <!date^"),
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
    assert "confirmed for 1 of 3 parts · too late for 1 (all 1,604 sent)" in shown
    resting = replace(part(4), state=PartState.READY, gateway_id=None)
    stopped = view(State.SENDING, hold=HOLD, parts=(*braked(Brake.HELD), resting))
    assert "confirmed for 1 of 1 part · 1 part stays here" in told(card(stopped))
    assert "nothing has left" in told(card(view(State.APPROVED, hold=HOLD)))


def test_a_hold_says_what_it_can_t_reach_yet() -> None:
    """The platform holds by its own number, which isn't known of a part that may have gone."""
    asked = part(1, brake=Brake.ASKED, gateway_id=None)
    shown = told(card(view(State.SENT, hold=HOLD, parts=(asked, *braked(Brake.HELD)))))
    assert "confirmed for 1 of 2 parts · 1 can't be held until its platform number is known" in (
        shown
    )
    doubtful = view(State.SENT, hold=HOLD, parts=(lost(1), lost(2), *braked(Brake.HELD)))
    assert "2 can't be held until their platform numbers are known" in told(card(doubtful))
    assert "can't be held" not in told(card(VIEWS[Standing.NEEDS_YOU]))


def test_a_hold_that_came_too_late_for_all_is_no_hold() -> None:
    """Nobody reads "on hold" of what is on every phone."""
    late = card(view(State.SENT, hold=HOLD, parts=braked(Brake.TOO_LATE, Brake.TOO_LATE)))
    assert late.blocks[1]["text"]["text"].startswith("*✋ The hold came too late*")
    assert "confirmed for 0 of 2 parts · too late for 2 (all 3,208 sent)" in told(late)


def test_what_keeps_a_hold_from_being_confirmed_is_told() -> None:
    """In the platform's words where it has any."""
    away = replace(braked(Brake.ASKED)[0], brake_reason="away")
    assert "The platform gives no clear answer just now." in told(
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
