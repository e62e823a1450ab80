"""Opt-outs: which replies put a number on the list."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.optouts import BUILT_IN, STOP_WORDS, OptOutWords, Wish

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
    assert BUILT_IN.judge(reply) is Wish.SURE


@pytest.mark.parametrize(
    "reply",
    [
        "não quero mais",
        "Não quero mais receber isso",
        "não desejo receber mensagens",
        "NAO ME MANDE MAIS MENSAGENS",
        "não manda mais",
        "não enviar mais sms",
        "Não me ligue",
        "não me importune",
        "para de mandar",
        "Para.",
        "Chega de SMS!",
        "chega",
        "remover",
        "Me tira dessa lista",
        "tire meu número daí",
        "Por favor, excluam o meu cadastro",
        "me remova",
        "quero me descadastrar",
        "me deixem em paz",
        "isso é spam",
        "vou no Procon",
        "quero sair da lista",
        "vou parar aí",
        "sair sair",
        "1 SAIR",
        "quero cancelar meu pedido",
        "please don't text me",
        "remove me",
        "unsubscribe",
        "não pare de rir, mas quero sair",
    ],
)
def test_a_wish_in_other_words_is_for_a_person_to_read(reply: str) -> None:
    """It may mean something else: a button under it puts the number on the list."""
    assert BUILT_IN.judge(reply) is Wish.UNSURE


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   ",
        "🛑",
        "não pare",
        "Nunca parem!",
        "não quero sair",
        "não cancela, por favor",
        "saída",
        "parei",
        "p a r e",
        "stop" * 1000,
        "sim, quero!",
        "não",
        "não quero",
        "não recebi",
        "não mandaram o boleto",
        "é para mim",
        "Chega quando?",
        "posso retirar na loja?",
        "tem sem frutas?",
        "qual o número da loja?",
        "a lista de presentes chegou",
    ],
)
def test_what_asks_for_nothing_of_the_kind_has_no_button(reply: str) -> None:
    """``não pare`` is no wish to be left alone, and ``para`` is mostly a small word."""
    assert BUILT_IN.judge(reply) is Wish.NO


@pytest.mark.parametrize(
    ("reply", "wish"),
    [
        ("desinscrever", Wish.SURE),
        ("DÉSINSCREVER!!", Wish.SURE),
        ("Não, obrigado.", Wish.SURE),
        ("SAIR", Wish.SURE),
        ("tchau", Wish.SURE),
        ("bom, tchau então", Wish.UNSURE),
        ("não muito obrigado", Wish.NO),
        ("atchau", Wish.NO),
        ("", Wish.NO),
    ],
)
def test_a_house_has_words_of_its_own(reply: str, wish: Wish) -> None:
    """Beside the five, never instead of them; phrases, too, and a sentence with one is unsure."""
    words = OptOutWords(("Desinscrever", "não, obrigado", "TCHAU", "..."))
    assert words.judge(reply) is wish


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
    assert BUILT_IN.judge(before + dressed + after) is Wish.SURE
    composed = unicodedata.normalize("NFC", dressed)
    assert BUILT_IN.judge(before + composed + after) is Wish.SURE


@given(st.text(max_size=200), st.lists(st.text(max_size=9), max_size=3))
def test_any_reply_can_be_judged(reply: str, more: list[str]) -> None:
    """A stranger's text never raises, and no word of a house takes a wish away."""
    wish, own = BUILT_IN.judge(reply), OptOutWords(tuple(more)).judge(reply)
    assert list(Wish).index(own) >= list(Wish).index(wish)


def test_a_wish_is_found_at_any_length() -> None:
    """A long text costs no longer than its letters."""
    assert BUILT_IN.judge("tira " * 20_000) is Wish.NO
    assert BUILT_IN.judge("quero sair " + "blá " * 20_000) is Wish.UNSURE
