"""Quiet time on cards, in questions, on forms and in the answer to what was typed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.campaign import Answer, Approval, State
from bot.domain.ids import CampaignId, ChannelId, OfferId
from bot.domain.offers import Offer
from bot.domain.quiet import Quiet
from bot.domain.refusals import QuietHours
from bot.domain.standing import CampaignView
from handlers.blocks import actions
from handlers.blocks.actions import read_offer_press, read_press
from handlers.blocks.composer import render_composer
from handlers.blocks.composer_form import ComposerForm, recall_form
from handlers.blocks.quiet_buttons import render_offer
from handlers.blocks.quiet_lines import say_why
from handlers.blocks.reply_form import render_reply_form, say_box_error
from handlers.blocks.words import Words
from tests.blocks.drawn import ENGLISH, PORTUGUESE, buttons, card, told
from tests.blocks.happenings import REPLY
from tests.blocks.limits import check_message, check_modal
from tests.blocks.test_modals import QUESTION
from tests.blocks.views import (
    APPROVER,
    CHANNEL,
    DIGEST,
    NIGHT,
    NOW,
    QUIET,
    QUIET_TIMES,
    REQUESTER,
    view,
)

HOURS = Quiet(hours=QUIET_TIMES.hours)
REFUSED = QuietHours(QUIET_TIMES.opens(NIGHT), HOURS)
ALWAYS = replace(QUIET_TIMES, hours=None, sundays=False, holiday=lambda day: _eve(day.day))
"""A house that keeps the day before Christmas Eve, which is the views' today."""


def _eve(day: int) -> str:
    return "Dia do Panetone" if day == 23 else ""


def waiting(**facts: Any) -> CampaignView:  # noqa: ANN401  each field has its own type
    """Make a view of a campaign that waits on a holiday."""
    return view(quiet_times=ALWAYS, **facts)


@pytest.mark.parametrize(
    ("why", "english", "portuguese"),
    [
        (HOURS, "21:00 to 08:00", "das 21:00 às 08:00"),
        (Quiet(is_sunday=True), "Sunday", "domingo"),
        (Quiet(holiday="Natal"), "Natal", "Natal"),
        (
            Quiet(hours=QUIET_TIMES.hours, is_sunday=True, holiday="Natal"),
            "Natal, Sunday, 21:00 to 08:00",
            "Natal, domingo, das 21:00 às 08:00",
        ),
    ],
)
def test_every_reason_is_told(why: Quiet, english: str, portuguese: str) -> None:
    """A holiday by its name."""
    assert say_why(why, ENGLISH) == english
    assert say_why(why, PORTUGUESE) == portuguese


def test_a_card_says_when_and_why_it_is_quiet() -> None:
    """By the clock where the phones are, and what was asked."""
    shown = told(card(QUIET))
    assert "🌙 *Quiet time* (21:00 to 08:00): 23 Dec 2026, 22:00 (Sao Paulo)." in shown
    assert f"<@{REQUESTER}> asks to send it all the same, which an approver has to allow." in shown


def test_a_card_nobody_asked_quiet_time_for_says_what_can_be_done() -> None:
    """Waiting helps what goes at once, moving what has a time; an answer isn't edited."""
    opens = "24 Dec 2026, 00:00 (Sao Paulo)"
    assert f"It can be approved from {opens} on, or <@U0ANA> asks" in told(card(waiting()))
    timed = waiting(send_at=NOW + timedelta(hours=1))
    assert f"<@U0ANA> can move it to {opens}, or ask for quiet" in told(card(timed))
    answer = waiting(answer=Answer(7, CampaignId(40), "V1"), answered=REPLY)
    assert f"It can be approved from {opens} on." in told(card(answer))
    assert actions.PUT_OFF not in buttons(card(answer))


def test_a_wish_by_day_is_told_in_small_print() -> None:
    """Whoever approves by day overrides nothing."""
    shown = card(view(quiet=True, quiet_times=QUIET_TIMES))
    assert "It may go in quiet time, too, if an approver presses then" in told(shown)
    assert actions.APPROVE in buttons(shown)
    assert "🌙" not in told(card(view(quiet_times=QUIET_TIMES)))
    assert "🌙" not in told(
        card(replace(QUIET, campaign=replace(QUIET.campaign, state=State.DONE)))
    )


def test_allowing_asks_what_is_overridden() -> None:
    """Why it is quiet, for how many, and when; in place of Approve."""
    offered = buttons(card(QUIET))
    assert list(offered)[:2] == [actions.ALLOW, actions.REJECT]
    question = offered[actions.ALLOW]["confirm"]
    assert question["title"]["text"] == "Allow #42 in quiet time?"
    assert question["confirm"]["text"] == offered[actions.ALLOW]["text"]["text"]
    assert question["text"]["text"] == (
        "It reaches 4,812 people in quiet time (21:00 to 08:00), 23 Dec 2026, 22:00 (Sao Paulo)."
        " It can't be called back from phones that already have it. It is kept that you allowed it."
    )
    needy = buttons(card(replace(QUIET, approvals_needed=2)))[actions.ALLOW]
    assert "It takes 2 approvals, and yours is number 1." in needy["confirm"]["text"]["text"]


def test_without_the_wish_it_is_not_offered_to_be_allowed() -> None:
    """Only what was asked for can be."""
    offered = buttons(card(waiting()))
    assert actions.ALLOW not in offered
    assert {actions.APPROVE, actions.PUT_OFF} <= set(offered)


def test_the_next_good_time_is_one_press_away() -> None:
    """The button carries the very time that it shows."""
    button = buttons(card(QUIET))[actions.PUT_OFF]
    assert button["text"]["text"] == "Send at 24 Dec 2026, 08:00 (Sao Paulo) instead"
    assert read_press(button["value"]).to == QUIET_TIMES.opens(NIGHT)


@pytest.mark.parametrize("answered", [None, REPLY])
def test_whoever_allowed_it_is_named(answered: object) -> None:
    """On the card of a campaign, and on an answer's."""
    yes = (Approval(APPROVER, NOW, 1, DIGEST, allows_quiet=True),)
    answer = None if answered is None else Answer(7, CampaignId(40), "V1")
    shown = view(State.APPROVED, approvals=yes, answer=answer, answered=answered)
    assert f"allowed in quiet hours by <@{APPROVER}>" in told(card(shown))
    assert "allowed in quiet" not in told(card(view(State.APPROVED)))


@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_what_was_typed_comes_with_two_ways_on(words: Words) -> None:
    """Why it is quiet, when it is good, and the offer's number on both buttons."""
    offer = Offer(
        id=OfferId(7),
        channel=ChannelId("C1"),
        requester=REQUESTER,
        text="Oi",
        numbers="31999990001",
        send_at=None,
        zone="America/Sao_Paulo",
        opens=REFUSED.opens,
        at=NOW,
    )
    message = render_offer(REFUSED, offer, words=words)
    check_message(message, people=set())
    offered = buttons(message)
    assert list(offered) == [actions.OFFER_LATER, actions.OFFER_ANYWAY]
    assert [read_offer_press(each["value"]) for each in offered.values()] == [7, 7]
    assert say_why(HOURS, words) in message.text
    assert "08:00" in offered[actions.OFFER_LATER]["text"]["text"]


def test_an_offer_is_named_by_its_number_alone() -> None:
    """Anything else is no button of ours."""
    with pytest.raises(ValueError, match="not a button's number"):
        read_offer_press("7x")


def boxes(modal: dict[str, Any]) -> list[Any]:
    """Find the boxes for quiet time in a form, and whether they are ticked."""
    found = [block for block in modal["blocks"] if block.get("block_id") == "quiet"]
    return ["initial_options" in block["element"] for block in found]


@pytest.mark.parametrize("is_ticked", [False, True])
def test_a_form_asks_about_quiet_time_where_there_is_any(is_ticked: bool) -> None:  # noqa: FBT001 - a table
    """A box, ticked where it was."""
    form = ComposerForm(channel=CHANNEL, zone="UTC", place="C1", quiet=is_ticked)
    assert boxes(render_composer(form, words=ENGLISH)) == []
    modal = render_composer(replace(form, has_quiet=True), words=ENGLISH)
    check_modal(modal, people=set())
    assert boxes(modal) == [is_ticked]
    assert recall_form(modal).has_quiet


def test_an_answer_in_quiet_time_says_so_and_has_the_box() -> None:
    """And remembers that it has shown it."""
    modal = render_reply_form(
        QUESTION, words=ENGLISH, zone="UTC", needs_approval=False, quiet=REFUSED
    )
    check_modal(modal, people=set())
    assert boxes(modal) == [False]
    note = modal["blocks"][2]["text"]["text"]
    assert note.startswith("🌙 Now is quiet time: 21:00 to 08:00. From <!date^1798110000^")
    assert '"quiet": true' in modal["private_metadata"]
    assert say_box_error(REFUSED, ENGLISH) == (
        "Now is quiet time. Send it from 24 Dec 2026, 08:00 (Sao Paulo) on, or tick the box."
    )
