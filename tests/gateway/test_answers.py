"""The platform's answers: yes, no, or not understood, and never a guess."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.answers import (
    Accepted,
    NotUnderstood,
    Rejected,
    read_amount,
    read_answer,
    read_done,
    read_id,
)


@pytest.mark.parametrize(
    "body",
    [
        b'{"status": 1, "data": 4711, "msg": "SUCESSO"}',
        b'{"status": 1, "data": "4711", "msg": null}',
        b'{"status": "1", "data": 4711.0}',
        b'{"Status": true, "Data": " 4711 "}',
        b'\xef\xbb\xbf{"status": 1, "data": "04711"}\r\n',
        b"4711",
        b'"4711"',
        b"4711:SUCESSO",
        b" 4711 : Sucesso.\n",
    ],
)
def test_a_campaign_number_is_read_in_every_shape_it_was_seen_in(body: bytes) -> None:
    """A number in JSON or bare, as an integer or as text, is the same number."""
    answer = read_answer(200, body)
    assert isinstance(answer, Accepted)
    assert read_id(answer) == 4711


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            b'{"status": 0, "data": null, "msg": "FALHA AO REALIZAR LOGIN"}',
            "FALHA AO REALIZAR LOGIN",
        ),
        (b'{"status": "0", "msg": " SALDO INSUFICIENTE "}', "SALDO INSUFICIENTE"),
        (b'{"status": 0, "data": "ERRO; SEM SALDO"}', "ERRO; SEM SALDO"),
        (b'{"status": false}', "no reason given"),
        (b"0:OPERACAO INVALIDA", "OPERACAO INVALIDA"),
        (b'"0:OPERACAO INVALIDA"', "OPERACAO INVALIDA"),
        (b"0:", "no reason given"),
        ('{"status": 0, "msg": "AÇÃO"}'.encode("cp1252"), "AÇÃO"),
    ],
)
def test_a_refusal_keeps_the_platforms_words(body: bytes, reason: str) -> None:
    """Somebody has to act on them."""
    assert read_answer(200, body) == Rejected(reason)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'{"status": 1, "data": 4711}'),
        (404, b"4711"),
        (206, b"4711"),
        (202, b'{"status": 1, "data": 4711}'),
        (302, b""),
        (200, b""),
        (200, b" \r\n"),
        (200, b"<html>4711</html>"),
        (200, b'{"status": 1, "data": 47'),
        (200, b'{"status": 1, "data": {"id": 4711}}'),
        (200, b'{"status": 1, "data": true}'),
        (200, b'{"status": 1, "data": NaN}'),
        (200, b'{"status": 2, "data": 4711}'),
        (200, b'{"data": 4711}'),
        (200, b"{}"),
        (200, b'{"a":' * 100_000),
        (200, b'{"status": 1, "data": ' + b"9" * 10_000 + b"}"),
    ],
)
def test_what_says_neither_yes_nor_no_is_not_understood(status: int, body: bytes) -> None:
    """Whatever it was, it may have gone: so it counts as neither."""
    assert isinstance(read_answer(status, body), NotUnderstood)


@pytest.mark.parametrize("data", ["", "0", "-5", "SUCESSO", "4711 4712", "٤٧", "1" * 19, "4711.5"])
def test_only_a_positive_whole_number_is_a_campaign(data: str) -> None:
    """A text that is no number can't be asked about later."""
    assert read_id(Accepted(data, confirmed=True)) is None


@pytest.mark.parametrize(
    ("data", "amount"),
    [
        ("1500", "1500"),
        ("0", "0"),
        ("-3", "-3"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567,8", "1234567.8"),
        ("R$ 10,00", "10.00"),
    ],
)
def test_credit_is_read_with_either_decimal_mark(data: str, amount: str) -> None:
    """Brazilian servers write commas, and .NET's default points."""
    assert read_amount(Accepted(data, confirmed=True)) == Decimal(amount)


@pytest.mark.parametrize("data", ["", "NaN", "Infinity", "muito", "1e9", "9" * 40])
def test_what_is_no_amount_is_none(data: str) -> None:
    """No credit shown is better than a wrong one."""
    assert read_amount(Accepted(data, confirmed=True)) is None


@pytest.mark.parametrize(
    ("body", "is_done"),
    [
        (b'{"status": 1, "data": null, "msg": "SUCESSO"}', True),
        (b"1:SUCESSO", True),
        (b"SUCESSO", True),
        (b"1", True),
        (b"OK?", False),
        (b"0", False),
        (b"[]", False),
    ],
)
def test_a_brake_counts_only_when_confirmed(body: bytes, is_done: bool) -> None:  # noqa: FBT001 - a table's column
    """The card says *confirmed* only where the platform did."""
    answer = read_answer(200, body)
    assert isinstance(answer, Accepted)
    assert read_done(answer) is is_done


@pytest.mark.parametrize(
    "body",
    [
        b'{"status": 0, "data": "1;2;3", "msg": "ERRO"}',
        b'{"status": null, "data": "1;2;3"}',
        b'{"status": 1, "data": ["1;2;3"]}',
        b"1;2;3",
        b'"1;2;3"',
    ],
)
def test_rows_count_whatever_the_envelope_says(body: bytes) -> None:
    """Clients have seen good rows under a status that is not 1."""
    answer = read_answer(200, body, rows=True)
    assert isinstance(answer, Accepted)
    assert answer.data == "1;2;3"


def test_half_a_letter_in_json_is_mended() -> None:
    """A lone surrogate can't be stored, and would stop everything after it."""
    answer = read_answer(200, b'{"status": 0, "msg": "x\\ud83dy"}')
    assert answer == Rejected("x\ufffdy")


@given(
    st.integers(100, 599), st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode))
)
def test_any_bytes_can_be_read(status: int, body: bytes) -> None:
    """A reader that raises leaves a part's fate to chance."""
    for rows in (True, False):
        answer = read_answer(status, body, rows=rows)
        if isinstance(answer, Accepted):
            assert (read_id(answer) or 1) > 0
            read_amount(answer)
            read_done(answer)
