"""A list filled in: each person's own text, and nobody with a hole in theirs."""

import pytest

from bot.domain.field_refusals import (
    EmptyFields,
    FieldNotKept,
    FieldsNeedFile,
    Missing,
    UnknownField,
)
from bot.domain.filling import Example, Filled, fill_again, fill_first, fill_list, group
from bot.domain.ids import Number
from bot.domain.numbers import Recipients
from tests.builders import ONE, THREE, TWO

FOUR = Number("21966660004")


def make_list(*rows: tuple[str, ...], fields: tuple[str, ...] = ("celular", "nome")) -> Recipients:
    """Read a file with these cells, one person a row from line 2 on."""
    numbers = (ONE, TWO, THREE, FOUR)[: len(rows)]
    return Recipients(numbers, (), tuple(range(2, len(rows) + 2)), fields, rows)


def test_each_person_gets_their_own_text() -> None:
    """From the cells of their row; what a text takes is counted for each."""
    filling = fill_list("Olá {Nome}", make_list((ONE, " Ana "), (TWO, "Bia" * 60)))
    assert filling.fields == ("nome",)
    assert filling.values == (("Ana",), ("Bia" * 60,))
    assert filling.texts == ("Olá Ana", "Olá " + "Bia" * 60)
    assert filling.segments == (1, 3)


def test_people_with_equal_texts_travel_together() -> None:
    """In the order in which each text first comes, whatever their values were."""
    fields = ("celular", "a", "b")
    filling = fill_list(
        "{a}{b}", make_list((ONE, "x", "yz"), (TWO, "q", "r"), (THREE, "xy", "z"), fields=fields)
    )
    assert filling.groups() == {"xyz": [ONE, THREE], "qr": [TWO]}
    assert list(group([TWO, ONE], ["b", "a"])) == ["b", "a"]


def test_a_list_without_columns_fills_nothing() -> None:
    """A typed list has no names in it."""
    with pytest.raises(FieldsNeedFile) as caught:
        fill_list("{nome} {cupom}", Recipients((ONE,), ()))
    assert caught.value.fields == ("nome", "cupom")


@pytest.mark.parametrize(("typed", "closest"), [("nmoe", "nome"), ("xyzw", None)])
def test_a_field_that_no_column_has_is_refused(typed: str, closest: str | None) -> None:
    """With the columns that there are, and the one that is probably meant."""
    with pytest.raises(UnknownField) as caught:
        fill_list(f"{{nome}} {{{typed}}}", make_list((ONE, "Ana")))
    error = caught.value
    assert (error.field, error.columns) == (typed, ("celular", "nome"))
    assert error.closest == closest


def test_of_a_kept_list_only_used_columns_can_fill() -> None:
    """The others were never kept: the file has to come again."""
    kept = Recipients((ONE,), (), fields=("nome",), rows=(("Ana",),))
    assert fill_list("Oi {nome}", kept, is_kept=True).texts == ("Oi Ana",)
    with pytest.raises(FieldNotKept) as caught:
        fill_list("Oi {cupom}", kept, is_kept=True)
    assert (caught.value.field, caught.value.kept) == ("cupom", ("nome",))


def test_nobody_gets_a_text_with_a_hole_in_it() -> None:
    """Each field is named with the lines where it is empty; a row of two numbers is one line."""
    fields = ("celular", "nome", "cupom")
    rows = ((ONE, "Ana", ""), (TWO, "\u200b", "X"), (THREE, " ", "Y"), (FOUR, " ", "Y"))
    found = Recipients((ONE, TWO, THREE, FOUR), (), (2, 3, 4, 4), fields, rows)
    with pytest.raises(EmptyFields) as caught:
        fill_list("{nome} {cupom}", found)
    assert caught.value.missing == (Missing("nome", (3, 4)), Missing("cupom", (2,)))


def test_of_two_columns_alike_the_first_is_taken() -> None:
    """The approver sees which: the examples are real."""
    fields = ("celular", "Nome", "nome")
    assert fill_list("{nome}", make_list((ONE, "Ana", "Bia"), fields=fields)).texts == ("Ana",)


def test_examples_are_the_first_the_longest_and_another() -> None:
    """Real ones, each a text of its own."""
    rows = ((ONE, "Ana"), (TWO, "Ana"), (THREE, "Maximiliano"), (FOUR, "Bia"))
    examples = fill_list("{nome}", make_list(*rows)).examples()
    assert examples == (Example(ONE, "Ana"), Example(THREE, "Maximiliano"), Example(FOUR, "Bia"))
    few = fill_list("{nome}", make_list(*rows[:2])).examples()
    assert few == (Example(ONE, "Ana"),)


def test_the_longest_is_the_one_that_takes_most_segments() -> None:
    """Seventy letters with a ã in them cost what 160 plain ones do."""
    rows = ((ONE, "n" * 90), (TWO, "ã" * 80))
    filling = fill_list("{nome}", make_list(*rows))
    filled = Filled(fields=("nome",), texts=2, requests=2, examples=filling.examples())
    assert filled.longest == "ã" * 80


def test_a_text_is_written_again_from_what_is_kept() -> None:
    """As it was approved; whoever isn't kept has none, and that is found out."""
    kept = {ONE: ("Ana",)}
    assert fill_again("Olá {nome}", ["Nome"], kept, [ONE, TWO]) == ("Olá Ana", "")


def test_the_first_persons_text_stands_for_all() -> None:
    """To try a campaign on one's own phone; a text without fields is its own example."""
    filled = Filled(fields=("nome",), texts=1, requests=1, examples=(Example(ONE, "Olá Ana"),))
    assert fill_first("Olá {nome}", filled) == "Olá Ana"
    assert fill_first("Feliz Natal", None) == "Feliz Natal"
