"""Mobiles of ten digits: the card says that they are there, and has the button that mends them."""

from dataclasses import replace

from bot.domain.campaign import Answer, State
from bot.domain.ids import CampaignId, Number
from bot.domain.news import NewsKind
from bot.domain.numbers import Recipients
from handlers.blocks import actions
from handlers.blocks.draft_notes import render_drafted, render_edited
from tests.blocks.drawn import ENGLISH, PORTUGUESE, buttons, card, told
from tests.blocks.happenings import REPLY
from tests.blocks.telling import story
from tests.blocks.views import CAMPAIGN, CHANGES, EDITED, view

SHORT = Recipients((Number("3199990001"), Number("31988880002")), ())


def test_a_card_says_how_many_have_ten_digits_and_offers_the_ninth() -> None:
    """Whoever approves sees it as well; without any there is neither line nor button."""
    shown = card(view(ten_digits=12))
    assert "12 numbers have ten digits and may lack the ninth digit" in told(shown)
    assert list(buttons(shown))[:4] == [
        actions.APPROVE,
        actions.REJECT,
        actions.EDIT,
        actions.NINTH_DIGIT,
    ]
    assert "1 número tem dez dígitos" in told(card(view(ten_digits=1), PORTUGUESE))
    without = card(view())
    assert "ten digits" not in told(without)
    assert actions.NINTH_DIGIT not in buttons(without)


def test_an_answer_has_no_such_button() -> None:
    """It goes to the number that wrote, as it is."""
    answer = Answer(7, CampaignId(40), "V1")
    found = view(State.WAITING, answered=REPLY, answer=answer, ten_digits=1)
    assert actions.NINTH_DIGIT not in buttons(card(found))


def test_an_edited_card_says_how_many_got_it() -> None:
    """An approver sees why the seal is another, though nobody came or went."""
    changes = replace(CHANGES, added=0, removed=0, ninth=12)
    shown = told(card(replace(EDITED, changes=changes)))
    assert "12 numbers got their ninth digit" in shown
    assert "got their ninth digit" not in told(card(EDITED))


def test_the_thread_says_how_many_got_it() -> None:
    """Together with the new version."""
    message = story(NewsKind.EDITED, version=2, added=0, removed=0, ninth=1)
    assert "1 number got its ninth digit" in message.text


def test_the_private_notes_say_it_with_what_to_do() -> None:
    """After writing as after editing."""
    for said in (
        render_drafted(CAMPAIGN, SHORT, ENGLISH),
        render_edited(CAMPAIGN, SHORT, ENGLISH),
    ):
        assert said.endswith(
            "\n1 number has ten digits and may lack the ninth digit of today's mobiles."
            " *Add the ninth digit* on the card puts it in for all of them."
        )
    assert "ten digits" not in render_drafted(CAMPAIGN, replace(SHORT, numbers=()), ENGLISH)
