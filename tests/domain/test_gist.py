"""What an answer comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gist import LONGEST, gist


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sim", "sim"),
        (" SIM!!! ", "sim"),
        ("Não, obrigada.", "nao obrigada"),
        ("não obrigada 🙏", "nao obrigada"),
        ("👍", "👍"),
        (" ?? ", "??"),
        ("Às 10h\ntá bom", "as 10h ta bom"),
    ],
)
def test_the_same_answer_is_counted_once(text: str, words: str) -> None:
    """Case, accents, punctuation and emoji beside words make no other answer."""
    assert gist(text) == words


@given(st.text())
def test_a_gist_is_short(text: str) -> None:
    """Whatever came."""
    assert len(gist(text)) <= LONGEST
