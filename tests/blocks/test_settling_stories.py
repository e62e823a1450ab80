"""Parts of unknown fate in the thread: who decided what, and what came to light later."""

import pytest

from bot.domain.campaign import State
from bot.domain.news import NewsKind
from tests.blocks.telling import story
from tests.blocks.views import APPROVER, COLLEAGUE, HOLD, view


def test_sending_again_names_who_decided_it_and_for_how_many() -> None:
    """It is a second yes, so it stands in the thread like the first."""
    told = story(NewsKind.PART_AGAIN)
    assert told.text == (
        f"🔁 <@{APPROVER}>: part 2 of 3 of #42 goes once more, to 1,604 people."
        " If the earlier request went after all, I tell it here."
    )
    held = story(NewsKind.PART_AGAIN, view(State.SENDING, hold=HOLD))
    assert "1,604 people. #42 is on hold, so it waits until that is let go. If" in held.text


def test_leaving_a_part_says_what_its_people_get() -> None:
    """Nothing more, whether they have it or not."""
    told = story(NewsKind.PART_LEFT)
    assert told.text == (
        f"<@{COLLEAGUE}> left part 2 of 3 of #42 as it is. 1,604 people may or may not have it,"
        " and nothing more of #42 goes to them. If news of it comes late, I tell it here."
    )


@pytest.mark.parametrize(
    ("why", "words", "said"),
    [
        ("other_people", "", "isn't part 2 of 3 of #42: its list there has other people."),
        ("too_old", "", "isn't part 2 of 3 of #42: what it lists was there before this was sent."),
        ("no_such", "", "isn't part 2 of 3 of #42: the platform knows no such campaign."),
        ("no_such", "NAO <1>", "no such campaign. The platform says: `NAO &lt;1&gt;` Please look"),
    ],
)
def test_a_word_that_does_not_hold_says_why(why: str, words: str, said: str) -> None:
    """Whoever gave the number is called to look again, and finds the buttons."""
    told = story(NewsKind.CLAIM_REFUTED, why=why, words=words)
    assert told.text.startswith(f"<@{COLLEAGUE}>, number 90005 at the platform ")
    assert said in told.text
    assert told.text.endswith("It's still open; the buttons are on the message above.")


def test_two_requests_that_went_are_told_with_how_many_may_have_it_twice() -> None:
    """It is never hidden that a decision was wrong."""
    told = story(NewsKind.LATE_EVIDENCE)
    assert told.text == (
        "⚠️ The earlier request of part 2 of 3 of #42 went, and so did the one sent again. Up to"
        " 1,604 people may have it twice. The earlier one's platform number is 90002."
    )
    assert "platform number" not in story(NewsKind.LATE_EVIDENCE, gateway_id=None).text


def test_the_platform_s_number_is_preferred_to_a_person_s() -> None:
    """Both are named, so that nobody looks for the wrong one."""
    told = story(NewsKind.LATE_EVIDENCE, kind="other_number")
    assert told.text == (
        "The platform's number for part 2 of 3 of #42 is 90002, and not 90005 as"
        f" <@{APPROVER}> said. From now on 90002 counts."
    )


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        ("", "has reported on it. Platform number"),
        ("left", f"<@{COLLEAGUE}> had left it as it was."),
        ("again", f"<@{COLLEAGUE}> had decided to send it once more. That's off now, so nobody"),
    ],
)
def test_a_part_found_says_what_that_changes(decided: str, said: str) -> None:
    """A fact overrules what somebody had decided, and that is said."""
    told = story(NewsKind.PART_FOUND, decided=decided, by=COLLEAGUE)
    assert "✅ It did go: part 2 of 3 of #42, to 1,604 people. The platform has re" in told.text
    assert said in told.text
    assert "later request" not in told.text


def test_an_earlier_request_that_is_proven_leaves_the_later_one_open() -> None:
    """Somebody had it sent again, so its people may have it twice, and wait to be told."""
    told = story(NewsKind.PART_FOUND, decided="", later=1)
    assert told.text.endswith(
        " Platform number 90002."
        " A later request of it may have gone, too: if it did, I tell it here."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (NewsKind.PART_AGAIN, ": #42 goes once more, to 1,604 people."),
        (NewsKind.PART_LEFT, " left #42 as it is."),
        (NewsKind.PART_FOUND, "✅ It did go: #42, to 1,604 people."),
        (NewsKind.CLAIM_REFUTED, "number 90005 at the platform isn't #42:"),
        (NewsKind.LATE_EVIDENCE, "⚠️ The earlier request of #42 went,"),
    ],
)
def test_an_only_part_is_called_by_its_campaign(kind: NewsKind, said: str) -> None:
    """A campaign of one part is that part."""
    assert said in story(kind, part=1, parts=1).text
