"""A column cleaned at once: what is quick says nothing that the plain way wouldn't say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.number_columns import clean_column
from bot.domain.numbers import LONGEST_NUMBER, clean
from tests.domain.spellings import cells, digits, mobiles


@given(st.lists(st.one_of(cells, digits, st.text(" ()-.+059xX\n", max_size=70))))
def test_a_column_is_cleaned_as_its_cells_are(column: list[str]) -> None:
    """A number that is found at once is the one that ``clean`` finds; the rest is left to it."""
    found = clean_column(column)
    assert len(found) == len(column)
    assert all(clean(cell) == number for cell, number in zip(column, found, strict=True) if number)


@given(st.lists(mobiles), st.sampled_from(["", "+55 ", "0", "0xx", "(015) ", "55-"]))
def test_plain_numbers_are_found_at_once(numbers: list[str], before: str) -> None:
    """That is what it is for: of most files it finds nearly all."""
    column = [f"{before}({number[:2]}) {number[2:7]}-{number[7:]}" for number in numbers]
    assert clean_column(column) == numbers


@pytest.mark.parametrize("odd", ["Rua 1\ncasa 2", "\n", "3" * (LONGEST_NUMBER + 1)])
def test_a_cell_of_two_lines_or_without_end_leaves_all_to_the_plain_way(odd: str) -> None:
    """Then a line isn't a cell any more, or a number could be spelled too long to be one."""
    assert clean_column(["31999990001", odd]) == ["", ""]
    assert clean_column(["31999990001", "Rua 1, casa 2"]) == ["31999990001", ""]
