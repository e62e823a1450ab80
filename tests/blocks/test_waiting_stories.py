"""What a thread hears of a campaign that waits: it was changed, or is about to expire."""

from bot.domain.news import NewsKind
from tests.blocks.telling import story
from tests.blocks.views import APPROVER, COLLEAGUE, EDITED, REQUESTER


def test_an_edit_pings_only_those_whose_approval_it_made_void() -> None:
    """They have to look again; who edited knows already."""
    told = story(NewsKind.EDITED, EDITED)
    assert told.text == (
        "✏️ Who wrote #42 changed it. Version 2 waits for approval; the card shows what is new."
        " +12 / −3 numbers"
        " <@U0BIA>, your approval was of the older version and counts no more. Please look again."
    )
    quiet = story(NewsKind.EDITED, EDITED, voided=0, voided_by=[], added=0, removed=0)
    assert quiet.text.endswith("the card shows what is new.")
    assert "<@" not in quiet.text


def test_all_whose_approvals_were_voided_are_asked_again() -> None:
    """Each of them by name."""
    told = story(NewsKind.EDITED, EDITED, voided=2, voided_by=[APPROVER, COLLEAGUE])
    assert "<@U0BIA>, <@U0CAI>, your approvals were of the older version" in told.text


def test_a_reminder_says_until_when_and_what_to_press() -> None:
    """Once, to who wrote it, and to whoever may decide."""
    told = story(NewsKind.REMINDER)
    assert told.text.startswith(
        f"⏰ <@{REQUESTER}>, #42 still waits for 1 approval. It expires <!date^1798131720^"
    )
    assert told.text.endswith("Whoever may approve it: please press Approve or Reject on the card.")
    assert "still waits for 2 approvals." in story(NewsKind.REMINDER, missing=2).text
