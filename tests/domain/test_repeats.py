"""What counts as the same text, and as many of the same people."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import State
from bot.domain.ids import CampaignId
from bot.domain.repeats import Repeat, are_alike, are_many, moment_of, rank
from tests.builders import ANA, HOUR, NOON, make_campaign

TEXT = "Feliz Natal! Passe na loja e ganhe um panetone de 500 g até dia 24."


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (TEXT, True),
        (TEXT.upper().replace("!", "."), True),
        (TEXT.replace("é", "e"), True),
        (TEXT.replace("500 g", "400 g").replace("24", "23"), True),
        ("Olá! " + TEXT, True),
        ("Feliz Natal! Passe na loja amanhã e leve dois pelo preço de um.", False),
        ("Bom ano!", False),
        ("", False),
    ],
)
def test_nearly_the_same_is_four_words_of_five(other: str, *, alike: bool) -> None:
    """A price or a day may differ; another offer is another text."""
    assert are_alike(TEXT, other) is alike
    assert are_alike(other, TEXT) is alike


def test_short_texts_must_be_the_same() -> None:
    """In two words, one other is everything."""
    assert are_alike("Feliz Natal", "feliz natal!")
    assert not are_alike("Feliz Natal", "Feliz ano")
    assert are_alike("", " . ")


@given(st.text(), st.text())
def test_it_is_the_same_from_both_sides(one: str, other: str) -> None:
    """And every text is like itself."""
    assert are_alike(one, one)
    assert are_alike(one, other) is are_alike(other, one)


@pytest.mark.parametrize(
    ("shared", "people", "many"),
    [
        (0, 1, False),
        (1, 1, True),
        (1, 10, True),
        (1, 11, False),
        (49, 1000, False),
        (50, 1000, True),
    ],
)
def test_many_is_a_tenth_or_fifty(shared: int, people: int, *, many: bool) -> None:
    """One of three is many; one of a thousand is chance."""
    assert are_many(shared, people) is many


def test_a_campaign_is_as_new_as_the_last_of_its_moments() -> None:
    """One that was written last week and goes tomorrow counts tomorrow."""
    assert moment_of(make_campaign()) == NOON
    assert moment_of(make_campaign(launched_at=NOON + HOUR)) == NOON + HOUR
    planned = make_campaign(send_at=NOON + timedelta(days=3), launched_at=NOON + HOUR)
    assert moment_of(planned) == NOON + timedelta(days=3)


def test_what_shares_the_most_comes_first() -> None:
    """Of as many, the newest."""
    found = [
        Repeat(campaign=CampaignId(number), by=ANA, state=State.SENT, at=NOON, shared=n, people=9)
        for number, n in ((1, 3), (2, 9), (3, 9))
    ]
    assert [one.campaign for one in rank(found)] == [3, 2, 1]
