"""Lists from other programs: every line is a number, or is left out and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Number
from bot.domain.numbers import Fault, LeftOut
from bot.domain.optout_files import LONGEST_SHOWN, read_lines
from tests.builders import ONE, THREE, TWO


def numbers(*lines: str) -> list[Number]:
    """Read lines that have a number each, or more."""
    found: list[Number] = []
    for row in read_lines(lines):
        assert not isinstance(row, LeftOut), row
        found += row
    return found


def left_out(*lines: str) -> list[tuple[int, Fault]]:
    """Read lines, and say which were left out and why."""
    return [(row.line, row.fault) for row in read_lines(lines) if isinstance(row, LeftOut)]


@pytest.mark.parametrize(
    "lines",
    [
        (ONE, TWO),
        (f"{ONE}\r\n", "\r\n", f"{TWO}\n"),
        (f"\ufeff{ONE}", TWO),
        (f"{ONE},{TWO}",),
        (f"{ONE};{TWO};",),
        ("+55 (31) 99999-0001", "0xx31 98888-0002"),
        ("numero", ONE, TWO),
        ("Número;Nome", f"{ONE};Ana", f"{TWO};Bia"),
        ("\ufeffnome\tcelular", f"Ana\t{ONE}", f"Bia\t+55{TWO}"),
        ('"Nome","Telefone celular"', f'"Silva, Ana","{ONE}"', f'"","{TWO}"'),
        (f"Ana;{ONE};SP", f"Bia;{TWO};RJ"),
        ("lista de quem saiu", ONE, TWO),
        (f'"{ONE}"', f'"{TWO}"'),
        ("number,since,by", f"{ONE},2026-12-22,U0BIA", f"{TWO},2026-12-22,themselves"),
    ],
)
def test_a_list_is_read_whoever_wrote_it(lines: tuple[str, ...]) -> None:
    """Whatever parts its cells, with or without names on top, however numbers are spelled."""
    assert numbers(*lines) == [ONE, TWO]


def test_a_named_column_keeps_others_out() -> None:
    """A taxpayer's number has eleven digits, too, and may look like a mobile."""
    assert numbers("cpf;celular;nome", f"{THREE};{ONE};Ana") == [ONE]
    assert left_out("cpf;celular", f"{THREE};") == [(2, Fault.NOT_A_NUMBER)]


def test_two_phones_of_one_person_are_both_taken() -> None:
    """Whoever wants no more wants none on either."""
    assert numbers("telefone 1;telefone 2", f"{ONE};{TWO}", f"{THREE};") == [ONE, TWO, THREE]


def test_what_is_left_out_is_said_with_its_line() -> None:
    """Lines are counted as an editor does, empty ones too."""
    assert left_out("numero", "", ONE, "Ana", "31 3333-4444;Ana", "123", TWO) == [
        (4, Fault.NOT_A_NUMBER),
        (5, Fault.NOT_A_MOBILE),
        (6, Fault.TOO_SHORT),
    ]
    assert left_out("+44 20 7946 0000") == [(1, Fault.COUNTRY)]
    _, long = read_lines([ONE, "x" * 200_000 + "1"])
    assert isinstance(long, LeftOut)
    assert len(long.raw) == LONGEST_SHOWN


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_file_can_be_read(lines: list[str]) -> None:
    """Nothing in it raises; what comes out is numbers, or a line that is there."""
    for row in read_lines(lines):
        if isinstance(row, LeftOut):
            assert 1 <= row.line <= len(lines)
        else:
            assert row
