"""What phones say in the thread: strangers' words stay words."""

import json
from dataclasses import replace

import pytest

from bot.domain.news import NewsKind
from bot.domain.standing import Standing
from handlers.blocks import actions
from handlers.blocks.stories import render_news
from tests.blocks.drawn import buttons
from tests.blocks.happenings import news
from tests.blocks.telling import ENGLISH, offers, quotes, replied, story
from tests.blocks.views import VIEWS, view


def test_a_reply_must_be_handed_in() -> None:
    """News of a reply carries its number only."""
    with pytest.raises(ValueError, match="reply"):
        render_news(news(NewsKind.REPLY), view(), words=ENGLISH)


def test_a_reply_has_number_time_and_a_quote() -> None:
    """What a stranger writes is a quote; in the notification it is escaped."""
    told = story(NewsKind.REPLY)
    head = told.blocks[0]["text"]["text"]
    assert head.startswith("📩 (31) 99999-0001 · <!date^1798045740^{time}|")
    assert quotes(told) == ["*oi* <!channel> http://golpe.example\nquero sim"]
    assert told.text.endswith(": *oi* &lt;!channel&gt; http://golpe.example quero sim")
    assert len(told.blocks) == 3
    assert offers(told) == [actions.ANSWER]


def test_a_reply_without_the_platform_s_time_has_ours() -> None:
    """Some time is better than none."""
    told = replied(at=None)
    assert "<!date^1798045800^{time}|" in told.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"opts_out": True}, "They asked to stop, and get no more campaigns."),
        ({"opts_out": True, "number": None}, "leave them out by hand."),
        ({"is_known": False}, "This number isn't one of #42's people."),
    ],
)
def test_what_matters_about_a_reply_is_said(facts: dict[str, object], said: str) -> None:
    """Opt-outs and strangers stand under the quote, and in the notification."""
    told = replied(**facts)
    assert told.text.endswith(said)
    assert told.blocks[2]["text"]["text"].endswith(said)


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({}, [actions.ANSWER]),
        ({"may_opt_out": True}, [actions.ANSWER, actions.OPT_OUT]),
        ({"is_known": False}, [actions.ANSWER]),
        ({"opts_out": True}, []),
        ({"number": None, "may_opt_out": True}, []),
    ],
)
def test_a_reply_offers_what_can_be_done_about_it(
    facts: dict[str, object], offered: list[str]
) -> None:
    """An answer, and the list where they may have asked for it; each button names the reply."""
    found = buttons(replied(**facts))
    assert list(found) == offered
    assert {button["value"] for button in found.values()} <= {"7"}


def test_opting_out_asks_once_more() -> None:
    """From Slack it can't be taken back."""
    question = buttons(replied(may_opt_out=True))[actions.OPT_OUT]["confirm"]
    assert question["title"]["text"] == "Opt out (31) 99999-0001?"
    assert "Only whoever runs Torpedo" in question["text"]["text"]


def test_an_opt_out_by_hand_says_whose_hand() -> None:
    """Everybody can see who decided, and about whom."""
    assert story(NewsKind.OPTED_OUT).text == (
        "<@U0CAI> put (31) 99999-0001 on the opt-out list: they get no more campaigns."
    )


def test_a_number_that_can_t_be_read_is_shown_as_it_came() -> None:
    """Escaped, in one line."""
    told = replied(number=None, raw_number="<!here>\n+44 20")
    assert told.blocks[0]["text"]["text"].startswith("📩 `&lt;!here&gt; +44 20` · ")


def test_the_end_is_reported() -> None:
    """Counts, rate, duration, replies, opt-outs; and what failed means."""
    told = story(NewsKind.FINISHED, VIEWS[Standing.DONE])
    assert told.text == "✅ #42 is done. 4,700 delivered · 90 failed · 10 without an answer"
    shown = json.dumps(told.blocks, ensure_ascii=False)
    assert "took 1 h 12 min · 31 replies · 4 opt-outs · 4,812 credits used" in shown
    assert "Failed means refused by the carrier" in shown
    flawless = replace(VIEWS[Standing.DONE], counts=view().counts)
    assert "Failed means" not in json.dumps(story(NewsKind.FINISHED, flawless).blocks)
