"""Figures: what doesn't add up, in the thread; and how things stand, for whoever asks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.news import NewsKind
from bot.domain.reconciling import Figures
from bot.domain.standing import Standing
from handlers.blocks.reports import render_status
from tests.blocks.drawn import ENGLISH, told
from tests.blocks.telling import story
from tests.blocks.views import NOW, VIEWS

RUNNING, OVER = VIEWS[Standing.DELIVERING], VIEWS[Standing.DONE]
LINES = {
    "silent": "1,204 of 4,812 people have no final status 2 h after it went.",
    "unlisted": "The platform's own list has 3 people fewer than were handed over.",
    "disputed": (
        "For 5 people a call-back and the platform's list disagree; the first word stands."
    ),
    "credit": (
        "The platform's credit went down by 350 in that time; what was handed over takes 396. A"
        " top-up, or somebody else on the same account, may be why."
    ),
}


def test_all_that_does_not_add_up_is_one_message() -> None:
    """A line for each, and nobody is pinged."""
    message = story(NewsKind.RECONCILED, OVER)
    lines = message.blocks[0]["text"]["text"].split("\n")
    assert lines == ["The figures of #42 don't add up:", *LINES.values()]
    assert "<@" not in message.text


@pytest.mark.parametrize("kind", LINES)
def test_what_adds_up_is_not_told(kind: str) -> None:
    """Each kind by itself."""
    message = story(NewsKind.RECONCILED, OVER, kinds=[kind])
    assert message.text == f"The figures of #42 don't add up: {LINES[kind]}"


def test_asking_goes_on_only_while_the_campaign_does() -> None:
    """What is said is true whenever it is read."""
    running = story(NewsKind.RECONCILED, RUNNING, kinds=["silent"])
    assert running.text.endswith("after it went. I keep asking the platform.")


def test_one_person_alone_is_singular() -> None:
    """Of many, one can be missing."""
    told_of_one = story(NewsKind.RECONCILED, OVER, silent=1, unlisted=1, disputed=1).text
    assert "1 of 4,812 people has no final status" in told_of_one
    assert "has 1 person less than was handed over" in told_of_one
    assert "For 1 person a call-back" in told_of_one


def test_status_has_the_figures_in_a_line() -> None:
    """Who asks for one campaign sees whose word each number is; credit only where it is known."""
    figures = Figures(accepted=4812, called_back=3000, asked=608, silent=1204, expected=4812)
    line = (
        "4,812 accepted · 3,000 final by call-back · 608 final by asking"
        " · 1,204 without a final status"
    )
    shown = told(render_status(replace(RUNNING, figures=figures), now=NOW, words=ENGLISH))
    assert f'"{line}"' in shown
    charged = replace(RUNNING, figures=replace(figures, used=Decimal("4700.5")))
    shown = told(render_status(charged, now=NOW, words=ENGLISH))
    assert f"{line} · credit used: 4,700.5 of 4,812 credits expected" in shown
    assert "accepted" not in told(render_status(RUNNING, now=NOW, words=ENGLISH))
