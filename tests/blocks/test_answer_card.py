"""An answer's own message: who wrote what to whom, and what became of it, at a glance."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.campaign import Answer, Approval, State
from bot.domain.ids import CampaignId
from bot.domain.news import NewsKind
from bot.domain.receipts import Status
from bot.domain.standing import CampaignView, Counts
from handlers.blocks import actions
from tests.blocks.drawn import PORTUGUESE, buttons, card, told
from tests.blocks.happenings import REPLY
from tests.blocks.telling import story
from tests.blocks.views import (
    APPROVALS,
    APPROVER,
    DIGEST,
    NOW,
    REQUESTER,
    closed,
    lost,
    part,
    view,
)

ANSWER = Answer(7, CampaignId(40), "V1")
OWN = (Approval(REQUESTER, NOW, 1, DIGEST),)


def answer(state: State, **facts: Any) -> CampaignView:  # noqa: ANN401  each has its own type
    """Make a view of an answer in a state."""
    usual = {"counts": Counts({Status.SENT: 1}), "answered": REPLY, "answer": ANSWER}
    return view(state, **{"approvals": OWN, "text": "Tem sim!"} | usual | facts)


def ended(status: Status) -> CampaignView:
    """Make a view of an answer whose fate is known."""
    return answer(State.DONE, parts=(part(1),), counts=Counts({status: 1}))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (answer(State.WAITING, approvals=()), "⏳ Waiting for approval"),
        (answer(State.APPROVED), "✅ Approved"),
        (answer(State.SENDING, parts=(part(1),)), "📤 Sending"),
        (answer(State.SENT, parts=(part(1),)), "📤 Sent"),
        (ended(Status.DELIVERED), "✅ Delivered"),
        (ended(Status.FAILED), "⚠️ It didn't arrive"),
        (ended(Status.INVALID), "⚠️ It didn't arrive"),
        (ended(Status.SENT), "Sent; whether it arrived was never told"),
        (
            answer(State.SENDING, parts=(lost(1),)),
            "⚠️ Needs you: it may or may not have gone",
        ),
        (answer(State.EXPIRED, approvals=()), "Expired"),
    ],
)
def test_an_answer_says_who_answers_whom_and_how_it_stands(shown: CampaignView, said: str) -> None:
    """In its first line, which is the notification as well."""
    message = card(shown)
    assert message.text == f"↩️ <@U0ANA> answers (31) 99999-0001: {said}"
    first = message.blocks[0]["text"]["text"]
    assert first.splitlines()[0] == f"*↩️ <@U0ANA> answers (31) 99999-0001* · {said}"


def test_an_answer_is_short() -> None:
    """Its text, what it is about, size and price; no header, no bar, no table of facts."""
    message = card(answer(State.SENT, parts=(part(1),)))
    kinds = [block["type"] for block in message.blocks]
    assert kinds == ["section", "rich_text", "context", "actions"]
    assert "about ∗oi∗ &lt;!channel&gt; http://golpe.example quero sim" in told(message)
    assert "quero sim\\n1 credit · #42" in told(message)
    assert "approved by" not in told(message)


def test_an_answer_that_waits_has_a_seal_and_two_answers_to_it() -> None:
    """It is written anew rather than edited, so there is no Edit."""
    message = card(answer(State.WAITING, approvals=()))
    assert "1 credit · #42 · seal 9f3c·11ab\\n8 of 160 characters · 1 segment" in told(message)
    assert list(buttons(message)) == [actions.APPROVE, actions.REJECT, actions.CANCEL]


def test_an_answer_that_brings_nothing_back_says_so() -> None:
    """Nobody waits for a reply that can't come."""
    words = "What people answer won't come back here"
    assert words in told(card(answer(State.SENT, parts=(part(1),), hears=False)))
    assert words not in told(card(answer(State.SENT, parts=(part(1),))))


def test_the_second_person_is_named() -> None:
    """Where the house wants one."""
    shown = card(answer(State.SENT, parts=(part(1),), approvals=APPROVALS))
    assert f"approved by <@{APPROVER}>" in told(shown)


def test_an_answer_whose_time_is_over_is_written_anew_at_the_reply() -> None:
    """There is no new time to choose for it."""
    expired = answer(State.EXPIRED, approvals=())
    assert list(buttons(card(expired))) == []
    assert "press Answer at their message" in told(card(expired))
    thread = story(NewsKind.EXPIRED, expired)
    assert thread.text.endswith("To answer after all, press Answer at their message.")
    assert thread.blocks[-1]["type"] == "section"


def test_a_no_is_quoted_on_the_answer() -> None:
    """With the reason, which is somebody's own words."""
    rejected = closed(State.REJECTED, "Sem *pressa* <!here>")
    own = replace(rejected.campaign, answer=ANSWER)
    message = card(replace(rejected, campaign=own, answered=REPLY))
    assert "Sem *pressa* <!here>" in told(message)
    assert [block["type"] for block in message.blocks[:3]] == ["section", "rich_text", "rich_text"]


def test_a_number_that_cannot_be_read_is_shown_as_it_came() -> None:
    """Such a reply gets no answer any more; an old one stays readable."""
    odd = replace(REPLY, number=None, raw_number="???")
    assert "answers `???`" in card(answer(State.SENT, answered=odd, parts=(part(1),))).text


def test_an_answer_speaks_portuguese() -> None:
    """All of it."""
    message = card(answer(State.SENT, parts=(part(1),)), PORTUGUESE)
    assert message.text == "↩️ <@U0ANA> responde a (31) 99999-0001: 📤 Enviada"
