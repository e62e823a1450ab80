"""Tests: the form that asks for one, and its own small message in the thread."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.campaign import Approval, State, Trial
from bot.domain.filling import Example, Filled
from bot.domain.ids import CampaignId, Number
from bot.domain.receipts import Status
from bot.domain.standing import CampaignView, Counts
from bot.domain.trials import TrialPreview
from handlers.blocks import actions
from handlers.blocks.actions import press_for, read_press
from handlers.blocks.modals import read_metadata
from handlers.blocks.reports import render_status
from handlers.blocks.trial_form import render_trial_form, sign
from handlers.blocks.words import Words
from tests.blocks.drawn import ENGLISH, PORTUGUESE, buttons, card, told
from tests.blocks.limits import check_modal
from tests.blocks.views import (
    CAMPAIGN,
    CHANNEL,
    DIGEST,
    NOW,
    REQUESTER,
    closed,
    lost,
    part,
    view,
    waiting,
)

TRIAL = Trial(CampaignId(40), 3, "V1")
OWN = (Approval(REQUESTER, NOW, 1, DIGEST),)
PHONE = Number("31966660004")


def trial(state: State, **facts: Any) -> CampaignView:  # noqa: ANN401  each has its own type
    """Make a view of a test in a state."""
    usual = {"counts": Counts({Status.SENT: 1}), "trial": TRIAL, "approvals": OWN}
    return view(state, **usual | facts)


def ended(status: Status) -> CampaignView:
    """Make a view of a test whose fate is known."""
    return trial(State.DONE, parts=(part(1),), counts=Counts({status: 1}))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (trial(State.APPROVED), "⏳ On its way"),
        (trial(State.SENDING, parts=(waiting(1),)), "⏳ On its way"),
        (trial(State.SENDING, parts=(lost(1),)), "⚠️ It may or may not have gone"),
        (trial(State.SENT, parts=(part(1),)), "📤 Sent"),
        (ended(Status.DELIVERED), "✅ Delivered"),
        (ended(Status.FAILED), "⚠️ It didn't arrive"),
        (ended(Status.SENT), "Sent; whether it arrived was never told"),
        (trial(State.EXPIRED), "Expired"),
    ],
)
def test_a_test_says_for_whom_it_is_and_how_it_stands(shown: CampaignView, said: str) -> None:
    """In one line, which is the notification as well; there is nothing to press."""
    message = card(shown)
    assert message.text == f"Test of #40 for <@U0ANA>: {said}"
    assert message.blocks[0]["text"]["text"].startswith(f"*Test of #40 for <@U0ANA>* · {said}")
    assert "version 3 · 1 credit · #42" in told(message)
    assert buttons(message) == {}
    assert render_status(shown, now=NOW, words=ENGLISH) == message


def test_what_became_of_it_comes_with_what_to_do() -> None:
    """The phone that knows is in its asker's hand."""
    away = told(card(trial(State.SENDING, parts=(waiting(1),))))
    assert "The platform can't be reached just now. It goes as soon as it's back." in away
    doubtful = told(card(trial(State.SENDING, parts=(lost(1),))))
    assert "the platform's answer was lost" in doubtful.lower()
    assert "Look at your phone. If it isn't there, send yourself another" in doubtful
    assert "nothing was sent" in told(card(trial(State.EXPIRED)))


def test_a_no_of_the_platform_is_quoted() -> None:
    """In its own words, which can't act, and without the number that they may name."""
    stopped = closed(State.CANCELLED, "nobody_left")
    own = replace(stopped.campaign, trial=TRIAL)
    assert "Not sent: everybody opted out" in card(replace(stopped, campaign=own)).text
    refused = part(1, state="refused", reason="SEM *SALDO* <!here> para 5531966660004")
    message = card(trial(State.SENT, parts=(refused,)))
    assert "Not sent" in message.text
    assert "SEM *SALDO* <!here> para …" in told(message)
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["section", "rich_text", "context"]


def test_an_answer_to_a_test_is_not_read_out() -> None:
    """That it came back is what its asker wants to know; and what else it did."""
    sent = trial(State.SENT, parts=(part(1),))
    assert "An answer to it came back" not in told(card(sent))
    assert "Those of customers will stand in this thread." in told(card(replace(sent, replies=1)))
    stop = told(card(replace(sent, replies=1, opt_outs=1)))
    assert "that number is on the opt-out list" in stop


def test_a_test_speaks_portuguese() -> None:
    """All of it."""
    message = card(trial(State.SENT, parts=(part(1),)), PORTUGUESE)
    assert message.text == "Teste da #40 para <@U0ANA>: 📤 Enviada"
    assert [sign(ENGLISH), sign(PORTUGUESE)] == ["[TEST]", "[TESTE]"]


def test_a_card_that_waits_offers_a_test() -> None:
    """Between editing it and taking it back; not once it is decided."""
    offered = list(buttons(card(view())))
    assert offered == [
        actions.APPROVE,
        actions.REJECT,
        actions.EDIT,
        actions.TEST,
        actions.CANCEL,
    ]
    assert actions.TEST not in buttons(card(view(State.APPROVED)))


def form(words: Words = ENGLISH, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  passed on
    """Make the form that sends a test."""
    usual: dict[str, Any] = {"campaign": CAMPAIGN, "text": "[TEST] Oi", "number": None}
    modal = render_trial_form(TrialPreview(**usual | facts), words=words, zone="America/Sao_Paulo")
    check_modal(modal, people=set())
    return modal


def test_the_form_shows_what_the_phone_will_and_asks_for_a_number() -> None:
    """With what it costs, that the number is kept, and how it is forgotten."""
    modal = form(text="[TEST] Oi <!here>")
    assert modal["callback_id"] == actions.TESTED
    assert [modal[name]["text"] for name in ("title", "submit")] == ["Send me a test", "Send"]
    _, quoted, price, field, note = modal["blocks"]
    assert quoted["elements"][0]["elements"][0]["text"] == "[TEST] Oi <!here>"
    assert price["elements"][0]["text"] == "19 of 160 characters · 1 segment\n1 credit"
    assert field["block_id"] == field["element"]["action_id"] == "own_number"
    assert not field["optional"]
    assert "initial_value" not in field["element"]
    assert field["hint"]["text"].endswith("empty this field and press Send, and it's forgotten.")
    assert "#42 still waits for approval" in note["elements"][0]["text"]
    metadata = read_metadata(modal)
    assert read_press(metadata["press"]) == press_for(CAMPAIGN)
    assert (metadata["channel"], metadata["zone"]) == (CHANNEL, "America/Sao_Paulo")


def test_a_text_with_fields_is_shown_as_the_first_person_gets_it() -> None:
    """And the form says whose text it is."""
    assert form()["blocks"][0]["text"]["text"] == "This is what your phone will show:"
    filled = Filled(fields=("nome",), texts=2, requests=2, examples=(Example(PHONE, "Oi Ana"),))
    modal = form(text="[TEST] Oi Ana", campaign=replace(CAMPAIGN, text="Oi {nome}", filled=filled))
    assert "for the first person on the list" in modal["blocks"][0]["text"]["text"]


def test_a_number_that_is_kept_comes_filled_in() -> None:
    """To be changed or taken out."""
    field = form(number=PHONE)["blocks"][3]
    assert field["element"]["initial_value"] == "(31) 96666-0004"
    assert field["optional"]


def test_where_the_mark_costs_a_segment_it_says_so() -> None:
    """Nobody thinks that the campaign costs twice as much."""
    long = "a" * 158
    modal = form(text=f"[TEST] {long}", campaign=replace(CAMPAIGN, text=long))
    said = modal["blocks"][2]["elements"][0]["text"]
    assert said.endswith(
        "2 credits\nThe mark [TEST] makes it longer: the campaign itself takes 1 segment."
    )


@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_nothing_of_the_form_is_cut(words: Words) -> None:
    """Slack takes 24 letters for a title and 150 for a hint, in either language."""
    modal = form(words)
    assert "\\u2026" not in json.dumps(modal)
