"""What was seen before, in words, and the question that goes with it."""

from dataclasses import replace

import pytest

from bot.domain.campaign import State
from bot.domain.ids import CampaignId, ChannelId
from bot.domain.repeats import Repeat
from handlers.blocks import actions
from handlers.blocks.actions import Press, read_press
from handlers.blocks.card import render_card
from handlers.blocks.modals import read_metadata
from handlers.blocks.repeat_lines import add_repeats, render_repeat_form, say_repeats
from handlers.blocks.words import Words
from tests.blocks.limits import check_modal
from tests.blocks.views import CAMPAIGN, DIGEST, NOW, REQUESTER, TOMORROW, view

WORDS = Words()
SENT = Repeat(
    campaign=CampaignId(41), by=REQUESTER, state=State.SENT, at=NOW, shared=4812, people=5000
)


def say(*repeats: Repeat) -> list[str]:
    """Say it in English."""
    return say_repeats(repeats, now=NOW, zone="", words=WORDS)


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        (SENT, "⚠️ <@U0ANA> sent nearly the same to 4,812 of these 5,000 people <!date^"),
        (replace(SENT, state=State.DONE), "(#41)."),
        (replace(SENT, at=TOMORROW), "⚠️ #41 of <@U0ANA> sends nearly the same to 4,812 of these"),
        (replace(SENT, state=State.WAITING), "of these 5,000 people, and waits for approval."),
        (replace(SENT, shared=1, people=1), "sent nearly the same to this person <!date^"),
    ],
)
def test_it_is_said_who_did_it_for_whom_and_when(repeat: Repeat, words: str) -> None:
    """What went, what goes, and what only waits are told apart."""
    (said,) = say(repeat)
    assert words in said


def test_of_many_the_first_three_are_said() -> None:
    """They share the most people."""
    assert say(*[SENT] * 5)[-1] == "and 2 campaigns more"
    assert len(say(*[SENT] * 5)) == 4


def test_the_card_and_the_writers_note_say_it() -> None:
    """Before anybody presses anything."""
    card = render_card(replace(view(), repeats=(SENT,)), now=NOW, words=WORDS)
    assert "sent nearly the same to 4,812" in str(card.blocks)
    assert "nearly the same" not in str(render_card(view(), now=NOW, words=WORDS).blocks)
    assert add_repeats("Note.", CAMPAIGN, (), WORDS) == "Note."
    assert "4,812" in add_repeats("Note.", CAMPAIGN, (SENT,), WORDS)


@pytest.mark.parametrize("words", [WORDS, Words("pt_BR")])
def test_the_question_remembers_the_press(words: Words) -> None:
    """Sending it approves exactly what was pressed."""
    press = Press(CAMPAIGN.id, 1, DIGEST)
    form = render_repeat_form(
        [SENT], press=press, channel=ChannelId("C1"), zone="", now=NOW, words=words
    )
    assert form["callback_id"] == actions.REPEAT
    assert read_press(read_metadata(form)["press"]) == press
    assert "…" not in str([form[name] for name in ("title", "submit", "close")])
    check_modal(form, people={REQUESTER})
