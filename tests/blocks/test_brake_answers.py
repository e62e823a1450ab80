"""What is said to whoever pulled the brake of a whole channel."""

from bot.domain.ids import CampaignId
from handlers.blocks.brake_answers import render_held_all
from handlers.blocks.words import Words


def say(held: list[int], already: list[int], waiting: int) -> str:
    """Say it in English."""
    return render_held_all(
        [CampaignId(one) for one in held],
        [CampaignId(one) for one in already],
        waiting=waiting,
        words=Words(),
    )


def test_held_before_and_waiting_are_told_apart() -> None:
    """Each campaign by its number."""
    assert say([41, 42], [40], 2) == (
        "The brake is pulled for #41, #42. #40 was on hold already."
        " 2 wait for approval: nothing of them goes."
        " The cards tell when the platform has confirmed it."
    )
    assert say([], [39, 40], 1) == (
        "#39, #40 were on hold already. 1 waits for approval: nothing of it goes."
    )


def test_what_there_is_nothing_of_is_not_mentioned() -> None:
    """The commonest answer is short."""
    assert say([42], [], 0) == (
        "The brake is pulled for #42. The cards tell when the platform has confirmed it."
    )
