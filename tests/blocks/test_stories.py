"""The thread: what happened, then what to do."""

from dataclasses import replace

import pytest

from bot.domain.campaign import Approval, State
from bot.domain.news import NewsKind
from bot.domain.standing import Standing
from handlers.blocks import actions
from handlers.blocks.stories import STORIES, render_news
from tests.blocks.happenings import FACTS, news
from tests.blocks.telling import ENGLISH, offers, quotes, story
from tests.blocks.views import (
    APPROVALS,
    APPROVER,
    COLLEAGUE,
    NOW,
    REQUESTER,
    TOMORROW,
    VIEWS,
    view,
)


def test_every_kind_but_the_card_has_a_story() -> None:
    """News without words would stay in the outbox for ever."""
    assert set(STORIES) == set(NewsKind) - {NewsKind.CARD} == set(FACTS)


def test_a_card_is_no_story() -> None:
    """It is drawn by another function; asking here is a mistake of ours."""
    with pytest.raises(ValueError, match="card is no story"):
        render_news(replace(news(NewsKind.REPLY), kind=NewsKind.CARD), view(), words=ENGLISH)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (NewsKind.APPROVED, "✅ #42 is approved by <@U0BIA>. It goes to the platform now."),
        (
            NewsKind.REJECTED,
            (
                "<@U0ANA>, <@U0BIA> rejected #42."
                " Nothing was sent. Write it anew with `/sms-send` when it's ready."
            ),
        ),
        (NewsKind.CANCELLED, "<@U0ANA> cancelled #42. Nothing was sent."),
        (
            NewsKind.EXPIRED,
            (
                "<@U0ANA>, nobody approved #42 in time. Nothing was sent."
                " Choose a new time, and it's ready to be approved again."
            ),
        ),
        (
            NewsKind.SUBMITTED,
            (
                "📤 Sent to the platform: 4,812 people in 3 parts."
                " Platform numbers 90001, 90002, 90003."
            ),
        ),
        (
            NewsKind.PART_FOUND,
            (
                "✅ It did go: part 2 of 3 of #42, to 1,604 people. The platform has reported on"
                " it. Platform number 90002."
            ),
        ),
        (
            NewsKind.PART_DROPPED,
            (
                "<@U0ANA>, #42 doesn't go to 1,604 people: it couldn't leave before its time"
                " passed. They got nothing. Write a new campaign to them if it still matters."
            ),
        ),
        (
            NewsKind.LEFT_OUT,
            "12 people on the list have asked not to be written to, and are left out.",
        ),
        (NewsKind.HOLD_ASKED, "✋ <@U0CAI> asked to hold #42. Nothing more leaves."),
        (
            NewsKind.HOLD_DONE,
            (
                "✋ #42 is on hold: the platform confirmed it for 2 of 3 parts."
                " 1 part was sent already, and can't be called back."
                " To let it go: Release on the card. It takes a second person."
            ),
        ),
        (NewsKind.RELEASE_ASKED, "<@U0ANA> asks to let #42 go again. An approver decides:"),
        (NewsKind.RELEASE_REFUSED, "<@U0BIA> said no: #42 stays on hold."),
        (NewsKind.RELEASED, "<@U0BIA> let #42 go again."),
        (NewsKind.RELEASE_DONE, "📤 The platform has let #42 go: it's on its way again."),
    ],
)
def test_stories_are_short_and_plain(kind: NewsKind, said: str) -> None:
    """What happened, then what to do: the notification says all of it."""
    assert story(kind).text == said


@pytest.mark.parametrize(
    "kind", [NewsKind.NOBODY_LEFT, NewsKind.CHANGED, NewsKind.PART_REFUSED, NewsKind.PART_UNKNOWN]
)
def test_trouble_calls_the_requester(kind: NewsKind) -> None:
    """Who has to do something is pinged."""
    assert f"<@{REQUESTER}>" in story(kind).text


def test_all_who_approved_are_named() -> None:
    """Where two are needed, both stand for it."""
    approvals = tuple(Approval(by, NOW, 1, view().campaign.digest) for by in (APPROVER, COLLEAGUE))
    told = story(NewsKind.APPROVED, view(State.APPROVED, approvals=approvals))
    assert "approved by <@U0BIA>, <@U0CAI>" in told.text


def test_a_scheduled_approval_says_when() -> None:
    """The thread keeps the time that was approved."""
    told = story(NewsKind.APPROVED, view(State.APPROVED, send_at=TOMORROW))
    assert "which sends it at <!date^1798138800^" in told.text
    sent = story(NewsKind.SUBMITTED, view(State.SENT, send_at=TOMORROW))
    assert "It sends it at <!date^1798138800^" in sent.text


def test_a_rejection_quotes_its_reason() -> None:
    """The reason is a person's words: it can't ping, and an empty one isn't shown."""
    told = story(NewsKind.REJECTED)
    assert quotes(told) == ["O preço está *errado* <!here>"]
    assert quotes(story(NewsKind.REJECTED, reason="  ")) == []


def test_expired_offers_a_new_time() -> None:
    """One press opens the composer with what was written."""
    told = story(NewsKind.EXPIRED, VIEWS[Standing.EXPIRED], was_approved=1)
    assert "was approved, but its time came before it could go" in told.text
    assert offers(told) == [actions.NEW_TIME]


def test_expired_tells_the_chosen_time_from_the_time_to_approve() -> None:
    """Who asked learns what was missing: an approval, another one, or more time."""
    timed = story(NewsKind.EXPIRED, view(State.EXPIRED, send_at=TOMORROW, expires_at=TOMORROW))
    assert "the time of #42, <!date^1798138800^" in timed.text
    assert "has passed and nobody had approved it. Nothing was sent." in timed.text
    waited = story(NewsKind.EXPIRED, view(State.EXPIRED, send_at=TOMORROW, expires_at=NOW))
    assert "nobody approved #42 in time" in waited.text
    halfway = view(State.EXPIRED, approvals=APPROVALS, approvals_needed=2)
    assert "#42 had 1 of 2 approvals when its time ended" in story(NewsKind.EXPIRED, halfway).text
    assert offers(timed) == offers(waited) == [actions.NEW_TIME]


def test_a_release_is_answered_in_the_thread() -> None:
    """Yes and no stand beside the question."""
    assert offers(story(NewsKind.RELEASE_ASKED, VIEWS[Standing.ON_HOLD])) == [
        actions.RELEASE_YES,
        actions.RELEASE_NO,
    ]


def test_a_hold_that_came_too_late_says_so() -> None:
    """Nobody is told of a brake that held nothing."""
    told = story(NewsKind.HOLD_DONE, held=0, too_late=3)
    assert told.text == (
        "The hold of #42 came too late at the platform."
        " 3 parts were sent already, and can't be called back."
    )


def test_a_hold_of_parts_at_the_platform_says_what_follows() -> None:
    """Asked is not confirmed."""
    told = story(NewsKind.HOLD_ASKED, VIEWS[Standing.HOLDING])
    assert told.text.endswith("is asked back until it confirms each part.")
    doubtful = story(NewsKind.HOLD_ASKED, VIEWS[Standing.NEEDS_YOU])
    assert doubtful.text.endswith("can't be held until its platform number is known.")


def test_closing_says_how_many_got_nothing() -> None:
    """As far as known; where everybody has it, nobody is counted."""
    assert story(NewsKind.CLOSED).text == (
        "<@U0CAI> closed #42: its time had passed while it was on hold."
        " 1,604 people got nothing, as far as the platform has told."
    )
    assert "got nothing" not in story(NewsKind.CLOSED, people=0).text


def test_refusals_are_quoted_in_the_platform_s_words() -> None:
    """They say what to put right; it isn't tried again by itself."""
    told = story(NewsKind.PART_REFUSED, reasons=["SEM SALDO", "ERRO <!here>"])
    assert quotes(told) == ["SEM SALDO\nERRO <!here>"]
    assert "it isn't tried again by itself" in told.text


def test_a_part_found_without_a_number_says_so_much() -> None:
    """A call-back may prove that it went and not tell its number."""
    assert "Platform number" not in story(NewsKind.PART_FOUND, gateway_id=None).text
    assert "Platform number" not in story(NewsKind.SUBMITTED, gateway_ids=[]).text


def test_many_platform_numbers_are_cut() -> None:
    """A thousand numbers help nobody."""
    told = story(NewsKind.SUBMITTED, gateway_ids=[str(n) for n in range(1000)])
    assert "18, 19 and 980 more." in told.text


def test_a_platform_that_is_away_loses_nothing() -> None:
    """How many still wait is told where it is known."""
    told = story(NewsKind.GATEWAY_AWAY, VIEWS[Standing.SENDING])
    assert "keeps its place and goes as soon as it's back; nothing is lost." in told.text
    assert "3,208 people still to go." in told.text


def test_what_was_approved_for_another_account_says_so() -> None:
    """Its time is not to blame, and nothing on a screen may lie."""
    told = story(NewsKind.PART_DROPPED, reasons=["other account"])
    assert "it was approved for another account of the platform" in told.text


def test_what_was_approved_for_another_door_says_so() -> None:
    """Somebody changed a setting: the platform is not to blame."""
    told = story(NewsKind.PART_DROPPED, reasons=["other door"])
    assert "it was approved for another way to the platform, which the settings" in told.text


def test_what_was_changed_since_its_approval_says_so() -> None:
    """Somebody has to look into it: no press in Slack can do that."""
    told = story(NewsKind.PART_DROPPED, reasons=["changed"])
    assert "what was about to go isn't what was approved" in told.text
