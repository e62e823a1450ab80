"""Lists as they are read: everybody once, nobody lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gathering import read_list
from bot.domain.ids import Number
from bot.domain.numbers import Fault, LeftOut, Recipients, pretty, same_person_key
from tests.domain.spellings import mobiles


def test_a_list_is_parted_at_commas_semicolons_tabs_and_lines() -> None:
    """A space inside one phone number must not split it."""
    raw = "31 99999-0001, +55 (31) 98888-0002;31999990003\t31999990004\r\n\n31999990005,"
    read = read_list(raw)
    assert [pretty(number)[-4:] for number in read.numbers] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
    ]
    assert read.left_out == ()


def test_spaces_and_slashes_part_numbers_that_are_whole_by_themselves() -> None:
    """People part numbers with blanks too, and each is plainly a number."""
    raw = "31999990001 31999990002\n31 99999-0003 / 31 99999-0004"
    assert read_list(raw).numbers == ("31999990001", "31999990002", "31999990003", "31999990004")
    assert read_list(raw).left_out == ()


def test_what_is_left_out_is_listed_with_its_line() -> None:
    """Nobody drops out of a list silently."""
    raw = "nome,telefone\n31999990001\n\n31 3333-4444; +1 212 555 1234"
    assert read_list(raw).left_out == (
        LeftOut(1, "nome", Fault.NOT_A_NUMBER),
        LeftOut(1, "telefone", Fault.NOT_A_NUMBER),
        LeftOut(4, "31 3333-4444", Fault.NOT_A_MOBILE),
        LeftOut(4, "+1 212 555 1234", Fault.COUNTRY),
    )


def test_one_person_is_texted_once() -> None:
    """A mobile with and without its ninth digit is one person; the first spelling stays."""
    read = read_list("3199990001\n31999990001\n(31) 9999-0001")
    assert read.numbers == ("3199990001",)
    assert [out.fault for out in read.left_out] == [Fault.DUPLICATE, Fault.DUPLICATE]


def test_an_endless_word_is_shown_cut() -> None:
    """What was left out is shown in Slack, where a megabyte does not fit."""
    assert read_list("a" * 1_000_000).left_out == (LeftOut(1, "a" * 80, Fault.NOT_A_NUMBER),)


def test_many_bad_numbers_in_one_piece_are_left_out_together() -> None:
    """A piece that is no number, and not several either, is one thing to mend."""
    (left_out,) = read_list("1 " * 100_000).left_out
    assert left_out.fault is Fault.TOO_LONG


@pytest.mark.parametrize("raw", ["", " \n,;\t\r\n"])
def test_an_empty_list_names_nobody(raw: str) -> None:
    """Separators alone are no mistake worth listing."""
    assert read_list(raw) == Recipients((), ())


@given(
    st.lists(mobiles, unique=True, max_size=50), st.sampled_from([",", ";", "\n", " , ", "\r\n"])
)
def test_a_clean_list_survives_whole_and_in_order(numbers: list[str], separator: str) -> None:
    """Nobody is lost, added or moved."""
    assert read_list(separator.join(numbers)) == Recipients(tuple(map(Number, numbers)), ())


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_list(raw: str) -> None:
    """Reading never raises, and no two of the numbers are one person."""
    read = read_list(raw)
    assert len({same_person_key(number) for number in read.numbers}) == len(read.numbers)


def test_who_asked_for_no_more_is_left_out_with_their_line() -> None:
    """In the order of the lines, as everybody else who was left out."""
    read = read_list("31999990001\n31988880002\nfoo\n31977770003")
    left = read.without(frozenset({Number("31988880002")}))
    assert left.numbers == ("31999990001", "31977770003")
    assert left.lines == (1, 4)
    assert left.left_out == (
        LeftOut(2, "(31) 98888-0002", Fault.OPTED_OUT),
        LeftOut(3, "foo", Fault.NOT_A_NUMBER),
    )
    assert read.without(frozenset()) is read
