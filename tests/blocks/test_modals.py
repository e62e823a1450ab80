"""The forms: filled as they were left, and never with half of what was written."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.ids import ChannelId, PartId
from bot.domain.parts import Part
from bot.domain.questions import Question
from handlers.blocks import actions
from handlers.blocks.actions import PartPress, Press, read_part_press, read_press, read_reply_press
from handlers.blocks.modals import read_metadata, render_reason
from handlers.blocks.reply_form import render_reply_form
from handlers.blocks.went_form import render_went
from handlers.blocks.words import Words
from tests.blocks.happenings import REPLY
from tests.blocks.views import CAMPAIGN, DIGEST, lost
from tests.builders import ONE

ENGLISH = Words()
PORTUGUESE = Words("pt_BR")
CHANNEL = ChannelId("C0PROMO")
TRY = lost(2)


def fields(modal: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Collect a form's fields by name."""
    return {block["block_id"]: block for block in modal["blocks"] if block["type"] == "input"}


def test_a_no_needs_its_reason() -> None:
    """The requester is told why, so the field can't be left empty."""
    press = Press(CAMPAIGN.id, 1, DIGEST)
    modal = render_reason(words=ENGLISH, press=press, channel=CHANNEL)
    assert modal["callback_id"] == actions.REASON
    assert modal["title"]["text"] == "Reject #42"
    field = fields(modal)["reason"]
    assert field["optional"] is False
    assert field["element"]["action_id"] == "reason"
    metadata = read_metadata(modal)
    assert metadata["channel"] == CHANNEL
    assert read_press(metadata["press"]) == press


def went(words: Words = ENGLISH, part: Part = TRY) -> dict[str, Any]:
    """Make the form that asks under which number a part went."""
    press = PartPress(CAMPAIGN.id, PartId(2), 1)
    return render_went(words=words, press=press, part=part, channel=CHANNEL)


def test_a_number_is_asked_for_one_try_of_one_part() -> None:
    """The form says whose fate is meant, where the number stands, and that it is checked."""
    modal = went()
    assert modal["callback_id"] == actions.WENT
    top = modal["blocks"][0]["text"]["text"]
    assert top.startswith("#42, to 1,604 people, sent <!date^1798045509^{time_secs}|")
    assert ">.\nI ask the platform whose messages those are" in top
    field = fields(modal)["gateway_id"]
    assert field["optional"] is False
    assert field["element"]["action_id"] == "gateway_id"
    assert field["element"]["multiline"] is False
    assert "The platform's panel shows it" in field["hint"]["text"]
    metadata = read_metadata(modal)
    assert metadata["channel"] == CHANNEL
    assert read_part_press(metadata["press"]) == PartPress(CAMPAIGN.id, PartId(2), 1)
    timeless = went(part=replace(TRY, submitted_at=None))["blocks"][0]["text"]["text"]
    assert timeless.startswith("#42, to 1,604 people.\nI ask")


QUESTION = Question(reply=REPLY, number=ONE, thread=CAMPAIGN.id, channel=CHANNEL, answered=None)


def answer(words: Words = ENGLISH, **facts: Any) -> dict[str, Any]:  # noqa: ANN401  passed on
    """Make the form that answers a reply."""
    usual: dict[str, Any] = {"zone": "America/Sao_Paulo", "needs_approval": False}
    question = facts.pop("question", QUESTION)
    return render_reply_form(question, words=words, **usual | facts)


def test_an_answer_begins_with_what_they_wrote() -> None:
    """Quoted, so that nothing in it acts; the hint says what a text costs."""
    modal = answer()
    assert modal["callback_id"] == actions.ANSWERED
    assert [modal[name]["text"] for name in ("title", "submit")] == ["Answer", "Send"]
    wrote, quoted, field = modal["blocks"]
    assert wrote["text"]["text"].startswith("(31) 99999-0001 wrote <!date^1798045740^")
    assert quoted["elements"][0]["elements"][0]["text"] == REPLY.text
    assert field["block_id"] == field["element"]["action_id"] == "text"
    assert field["hint"]["text"].startswith("1 credit for 160 letters")
    assert read_metadata(modal) == {
        "reply": 7,
        "channel": CHANNEL,
        "zone": "America/Sao_Paulo",
        "seen": 0,
        "price": 1,
        "quiet": False,
    }


def test_who_answered_already_is_named_with_their_words() -> None:
    """And the form remembers that it has shown it."""
    given = replace(CAMPAIGN, text="Tem `sim` <!here>")
    modal = answer(question=replace(QUESTION, answered=given))
    note = modal["blocks"][2]["text"]["text"]
    assert note.startswith("⚠️ <@U0ANA> answered this already <!date^1798045320^")
    assert note.endswith(": `Tem ˋsimˋ &lt;!here&gt;` You can send another one.")
    assert read_metadata(modal)["seen"] == 42


def test_a_price_above_one_credit_is_shown_before_it_is_paid() -> None:
    """With what would make it cheaper; the text is kept."""
    modal = answer(text="ã" * 71, price=2)
    note = modal["blocks"][2]["text"]["text"]
    assert note.startswith("⚠️ As it is, it costs 2 credits. Make it shorter, or send it so.\n71 of")
    assert "without accents it would take 1 segment instead of 2" in note
    assert fields(modal)["text"]["element"]["initial_value"] == "ã" * 71
    assert read_metadata(modal)["price"] == 2


def test_an_answer_that_is_approved_says_so() -> None:
    """Nobody believes that it went."""
    modal = answer(needs_approval=True)
    assert modal["submit"]["text"] == "Ask for approval"
    assert "somebody else has approved it" in modal["blocks"][2]["text"]["text"]


@pytest.mark.parametrize("value", ["", "0", "07", "7.1", "x", "9" * 19, "٧"])
def test_a_reply_is_named_by_its_number_alone(value: str) -> None:
    """Anything else is no button of ours."""
    with pytest.raises(ValueError, match="not a button's number"):
        read_reply_press(value)
    assert read_reply_press("7") == 7


@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_titles_and_buttons_are_not_cut(words: Words) -> None:
    """Slack takes 24 letters, in either language."""
    press = Press(CAMPAIGN.id, 1, DIGEST)
    reason = render_reason(words=words, press=press, channel=CHANNEL)
    answers = (answer(words), answer(words, needs_approval=True))
    for modal in (reason, went(words), *answers):
        shown = json.dumps([modal[name] for name in ("title", "submit", "close")])
        assert "\\u2026" not in shown
