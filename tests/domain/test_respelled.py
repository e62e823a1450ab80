"""What phones get otherwise than it was typed is told, each letter once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.texts import cheaper_spelling, for_phone, measure, respelled


@pytest.mark.parametrize(
    ("text", "letters", "hidden"),
    [
        ("Feliz Natal, é já!", (), 0),
        ("“Oi” “Oi”", (("“", '"'), ("”", '"')), 0),
        ("9–18 h…", (("–", "-"), ("…", "...")), 0),
        ("tudo\u200bbem\u202e", (), 2),
        ("a\xa0b\tc\r\nd\x0be", (), 0),
        ("👨\u200d👩\u200d👧", (), 0),
    ],
)
def test_what_is_changed_is_listed(
    text: str, letters: tuple[tuple[str, str], ...], hidden: int
) -> None:
    """Line ends and spaces that look the same aren't worth a word; an emoji's joiners stay."""
    found = respelled(text)
    assert (found.letters, found.hidden) == (letters, hidden)
    assert bool(found) is bool(letters or hidden)


@given(st.text())
def test_what_is_listed_is_what_happens(text: str) -> None:
    """None of the listed letters is left; and what phones show needs no further change."""
    shown = for_phone(text)
    assert not any(old in shown for old, _ in respelled(text).letters)
    assert respelled(shown).letters == ()


@given(st.text())
def test_a_cheaper_spelling_is_cheaper(text: str) -> None:
    """It is offered for nothing else."""
    cheaper = cheaper_spelling(text)
    assert cheaper is None or cheaper.segments < measure(text).segments


def test_an_emoji_has_no_cheaper_spelling() -> None:
    """Nothing of it could be left out without changing what is said."""
    assert cheaper_spelling("😀" * 71) is None
    assert cheaper_spelling("ã" * 71) == measure("a" * 71)
