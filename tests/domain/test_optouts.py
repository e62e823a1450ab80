"""Opt-outs: which replies put a number on the list."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.optouts import STOP_WORDS, asks_to_stop

around = st.text(st.sampled_from(" .,!?…\"'“”«»*_~-–—\n\t🛑🙏🏽👍❤️\u200b\ufeff"), max_size=8)


@pytest.mark.parametrize(
    "reply",
    [
        "SAIR",
        "sair",
        "Pare!!!",
        " PARAR. ",
        "stop",
        "Cancelar",
        "SÁIR",
        "pa\u0301re",
        "🛑 STOP 🛑",
        "ＳＡＩＲ",
    ],
)
def test_an_opt_out_word_alone_is_an_opt_out(reply: str) -> None:
    """However it is dressed up, the person asks for nothing more."""
    assert asks_to_stop(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   ",
        "🛑",
        "não quero mais",
        "vou parar aí",
        "sair sair",
        "saída",
        "parei",
        "não pare",
        "p a r e",
        "1 SAIR",
        "stop" * 1000,
    ],
)
def test_anything_more_is_for_a_person_to_read(reply: str) -> None:
    """Many a sentence holds such a word: ``não pare`` is no wish to be left alone."""
    assert not asks_to_stop(reply)


@given(st.sampled_from(sorted(STOP_WORDS)), around, around, st.data())
def test_case_accents_and_trimmings_make_no_difference(
    word: str, before: str, after: str, data: st.DataObject
) -> None:
    """Every letter may be large or small, with an accent or without."""
    dressed = "".join(
        (letter.upper() if data.draw(st.booleans()) else letter)
        + data.draw(st.sampled_from(["", "\u0301", "\u0303"]))
        for letter in word
    )
    assert asks_to_stop(before + dressed + after)
    assert asks_to_stop(before + unicodedata.normalize("NFC", dressed) + after)


@given(st.text(max_size=200))
def test_any_reply_can_be_judged(reply: str) -> None:
    """A stranger's text never raises."""
    assert asks_to_stop(reply) in {True, False}
