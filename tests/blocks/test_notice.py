"""The message about a try of unknown fate: what is known now, and in the end how it ended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.campaign import State
from bot.domain.credit import Balance, CreditEvidence
from bot.domain.ids import PartId
from bot.domain.news import NewsKind
from bot.domain.parts import Part, PartState
from bot.domain.standing import CampaignView
from handlers.blocks import actions
from handlers.blocks.message import Message
from tests.blocks.telling import offers, story
from tests.blocks.views import (
    APPROVER,
    CLAIMED,
    COLLEAGUE,
    DOUBTFUL,
    NOW,
    REQUESTER,
    left,
    lost,
    part,
    view,
)

BEFORE = Balance(Decimal(12340), NOW)
BUTTONS = [actions.PART_WENT, actions.PART_AGAIN, actions.PART_LEAVE]
OPENING = "For a while nobody knew whether part 2 of 3 of #42 had gone to 1,604 people:"

NOTHING_MORE = (
    "1,604 people may or may not have it, and nothing more of #42 goes to them."
    " If news of it comes late, I tell it here."
)


def notice(shown: CampaignView = DOUBTFUL, **facts: str | int | None) -> Message:
    """Draw the message about the first try of the second part."""
    return story(NewsKind.PART_UNKNOWN, shown, **facts)


def with_part(second: Part) -> CampaignView:
    """A campaign whose second part is like this."""
    return view(State.SENDING, parts=(part(1), second, part(3)))


def sums(*, left_now: int | None, **facts: Any) -> str:  # noqa: ANN401  each has its own type
    """Draw what the credit says, of which 12,340 were there before."""
    after = None if left_now is None else Balance(Decimal(left_now), NOW + timedelta(minutes=2))
    found = CreditEvidence(**{"before": BEFORE, "after": after, "takes": 152} | facts)
    shown = replace(DOUBTFUL, evidence={PartId(2): found})
    return "\n".join(str(notice(shown).blocks[1]["text"]["text"]).splitlines()[1:])


def test_an_open_try_says_what_is_never_done_and_where_to_look() -> None:
    """It may have gone; only evidence or a person settles it, and nobody gets it twice."""
    told = notice()
    assert "part 2 of 3 of #42 may or may not have gone to 1,604 people" in told.text
    assert "the platform's answer was lost (`read timeout`)" in told.text
    assert "I never send it again by myself" in told.text
    assert "23 Dec 2026, 14:05 (Sao Paulo)" in told.text
    assert "If the panel has it, press “It went”." in told.text
    assert offers(told) == BUTTONS
    timeless = notice(at=None)
    assert "Look in the platform's panel for a campaign with this text." in timeless.text


def test_an_only_part_is_called_by_its_campaign() -> None:
    """Most campaigns have one part, and nobody asked for a part of one."""
    alone = view(State.SENDING, parts=(lost(1),))
    told = notice(alone, part=1, parts=1, part_id=1)
    assert told.text.startswith(
        f"⚠️ <@{REQUESTER}>, #42 may or may not have gone to 1,604 people: the platform's answer"
    )
    _, send, leave = told.blocks[-1]["elements"]
    assert send["confirm"]["title"]["text"] == "Send #42 again?"
    assert leave["confirm"]["title"]["text"] == "Leave #42 as it is?"
    (_, second, _) = notice().blocks[-1]["elements"]
    assert second["confirm"]["title"]["text"] == "Send part 2 of 3 of #42 again?"


def test_the_buttons_name_their_try_and_warn_of_what_they_do() -> None:
    """A press about an earlier try must not decide about this; nobody doubles a text unwarned."""
    again = notice(with_part(replace(lost(2), resent=1)), resent=1)
    went, send, leave = again.blocks[-1]["elements"]
    assert {button["value"] for button in (went, send, leave)} == {"42.2.1"}
    assert "confirm" not in went
    assert send["confirm"]["text"]["text"] == (
        "It goes to 1,604 people once more. If it did go before, all of them get it twice."
    )
    assert leave["confirm"]["text"]["text"].startswith(
        "1,604 people may or may not have it, and get nothing more of this campaign."
    )
    (alone,) = notice(with_part(replace(lost(2), people=1))).blocks[-1]["elements"][1:2]
    assert "that person gets it twice" in alone["confirm"]["text"]["text"]


def test_a_word_that_is_being_checked_is_told_and_leaves_the_buttons() -> None:
    """Whoever knows better can still say so."""
    told = notice(CLAIMED)
    assert f"<@{COLLEAGUE}> says it went as 90005: I'm asking the platform" in told.text
    assert told.text.endswith("Whoever knows better can press a button now.")
    assert offers(told) == BUTTONS


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"left_now": 12188},
            "152 less.\nIt takes 152 credits.\nSo it looks as if it went.",
        ),
        (
            {"left_now": 12340},
            "nothing less.\nIt takes 152 credits.\nSo it looks as if it d",
        ),
        ({"left_now": 12340}, "So it looks as if it didn't go. That's a sign and no proof:"),
        ({"left_now": 12188, "others": 152}, "Others took 152 credits in that time.\nSo it looks"),
        ({"left_now": 12188, "others": 152}, "So it looks as if it didn't go."),
        ({"left_now": 12036, "others": 152}, "304 less."),
        ({"left_now": 12036, "others": 152}, "So it looks as if it went."),
        ({"left_now": 12188, "doubtful": 90}, "Others of unknown fate take 90 credits, if they"),
        ({"left_now": 12188, "doubtful": 90}, "So the credit can't tell whether it went."),
        ({"left_now": 12339}, "1 less.\nIt takes 152 credits.\nSo the credit can't tell"),
        ({"left_now": 22340}, "10,000 more.\nIt takes 152 credits.\nSo the credit can't"),
        ({"left_now": None}, "What is left now isn't known yet: I ask the platform in the next"),
        ({"left_now": None}, "Credit before: 12,340 (<!date^"),
        ({"left_now": 5, "before": None}, "The credit from before the request isn't known, so"),
    ],
)
def test_the_credit_is_a_sign_and_never_a_proof(facts: Mapping[str, Any], said: str) -> None:
    """Only an exact match says anything, and even then somebody looks."""
    assert said in sums(**facts)


def test_where_no_credit_is_known_at_all_that_is_said() -> None:
    """A campaign may be the first thing that this program does."""
    assert sums(left_now=None, before=None).startswith("What is left now isn't known yet")
    assert "redit" not in notice(with_part(lost(2))).blocks[1]["text"]["text"]


@pytest.mark.parametrize(
    ("settled", "said"),
    [
        (part(2), "✅ It went: the platform has reported on it. Platform number 90002."),
        (
            part(2, settled_by=COLLEAGUE, gateway_id=None),
            f"✅ It went, as <@{COLLEAGUE}> said; the platform's list has nothing against it.",
        ),
        (part(2, gateway_id=None), "✅ It went: the platform has reported on it."),
        (
            left(2),
            f"<@{COLLEAGUE}> left it as it is. {NOTHING_MORE}",
        ),
        (
            replace(lost(2), state=PartState.READY, resent=1, settled_by=APPROVER),
            f"<@{APPROVER}> decided to send it once more; what comes of that is told below.",
        ),
        (
            replace(lost(2), resent=1, settled_by=APPROVER),
            f"<@{APPROVER}> decided to send it once more; what comes of that is told below.",
        ),
        (
            replace(left(2), resent=1),
            "It was decided to send it once more; what comes of that is told below.",
        ),
        (
            part(2, resent=1, settled_by=COLLEAGUE),
            "It was decided to send it once more; what comes of that is told below.",
        ),
        (
            replace(lost(2), resent=2, settled_by=APPROVER),
            "It was decided to send it once more; what comes of that is told below.",
        ),
    ],
)
def test_a_settled_try_says_how_it_ended_and_has_no_buttons(settled: Part, said: str) -> None:
    """By whom only where that is sure: somebody else may have decided about a later try."""
    told = notice(with_part(settled))
    assert told.text.startswith(OPENING)
    assert told.text.endswith(f" {said}")
    assert [block["type"] for block in told.blocks] == ["section"]


def test_a_second_try_that_went_leaves_the_first_open() -> None:
    """Whose word it was, and whether the first went as well, can't be told from the part."""
    told = notice(with_part(part(2, resent=1, settled_by=APPROVER)), resent=1)
    assert told.text.endswith(
        "✅ It went. If an earlier request of it did, too, I tell it here. Platform number 90002."
    )
    assert APPROVER not in told.text


def test_a_part_that_is_not_there_is_a_mistake_of_ours() -> None:
    """Nothing is made up about it."""
    with pytest.raises(LookupError, match="#42 has no part 9"):
        notice(part_id=9)
