"""What an edit changed, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.changes import MOST_COMPARED, Mark, Piece, compare_words

texts = st.text(st.sampled_from("ab \n"), max_size=30) | st.text(max_size=30)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    """Nothing is hidden: without what was added it is the old text, without the removed the new."""
    pieces = compare_words(before, after)
    assert "".join(each.words for each in pieces if each.mark is not Mark.ADDED) == before
    assert "".join(each.words for each in pieces if each.mark is not Mark.REMOVED) == after
    assert all(each.words for each in pieces)


@given(texts)
def test_the_same_text_has_no_changes(text: str) -> None:
    """It is one piece that was kept, or none at all."""
    assert compare_words(text, text) == ((Piece(Mark.KEPT, text),) if text else ())


def test_changes_are_whole_words() -> None:
    """People read words, and not letters: 19h became 20h."""
    assert compare_words("Hoje às 19h, até já", "Hoje às 20h, até já!") == (
        Piece(Mark.KEPT, "Hoje às "),
        Piece(Mark.REMOVED, "19h,"),
        Piece(Mark.ADDED, "20h,"),
        Piece(Mark.KEPT, " até "),
        Piece(Mark.REMOVED, "já"),
        Piece(Mark.ADDED, "já!"),
    )


def test_a_word_more_is_added_and_a_word_less_is_removed() -> None:
    """Without a counterpart on the other side."""
    more = compare_words("Feliz Natal", "Feliz Natal e boas festas")
    assert more == (Piece(Mark.KEPT, "Feliz Natal"), Piece(Mark.ADDED, " e boas festas"))
    less = compare_words("Feliz Natal e boas festas", "Feliz Natal")
    assert less == (Piece(Mark.KEPT, "Feliz Natal"), Piece(Mark.REMOVED, " e boas festas"))


def test_very_many_changed_words_count_as_replaced_whole() -> None:
    """Telling them apart one by one would take minutes, in which nothing else goes on."""
    gone, come = ("a b c " * MOST_COMPARED).strip(), ("b a c d " * MOST_COMPARED).strip()
    assert compare_words(f"Oi! {gone} até já", f"Oi! {come} até já") == (
        Piece(Mark.KEPT, "Oi! "),
        Piece(Mark.REMOVED, gone),
        Piece(Mark.ADDED, come),
        Piece(Mark.KEPT, " até já"),
    )
