"""Delivery receipts: what the platform's words mean, and what they change."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.receipts import Receipt, Status, advance, read_receipt

statuses = st.sampled_from(list(Status))
receipts = st.sampled_from(list(Receipt))
FINAL = {Receipt.DELIVERED, Receipt.FAILED, Receipt.INVALID}


@pytest.mark.parametrize(
    ("word", "receipt"),
    [
        ("AGUARDANDO ENVIO", Receipt.WAITING),
        (" aguardando  envio ", Receipt.WAITING),
        ("Enviado com SUCESSO", Receipt.DELIVERED),
        ("sucesso", Receipt.DELIVERED),
        ("Número Inválido", Receipt.INVALID),
        ("NUMERO INVALIDO - OPERADORA", Receipt.INVALID),
        ("NÃO CADASTRADO", Receipt.INVALID),
        ("nao cadastrado", Receipt.INVALID),
        ("INSUCESSO", Receipt.FAILED),
        ("Enviado sem sucesso", Receipt.FAILED),
        ("não entregue com sucesso", Receipt.FAILED),
    ],
)
def test_the_words_that_were_seen_are_understood(word: str, receipt: Receipt) -> None:
    """In any case, with or without accents."""
    assert read_receipt(word) is receipt


@pytest.mark.parametrize("word", ["", "OK", "ENTREGUE", "ERRO 17", "aguardando", "🛑", "\x00"])
def test_a_word_never_seen_stays_unknown(word: str) -> None:
    """Guessing would tell people that a text arrived, or that it didn't."""
    assert read_receipt(word) is Receipt.UNKNOWN


@given(st.text(max_size=100))
def test_any_word_can_be_read(word: str) -> None:
    """The platform may say anything tomorrow."""
    assert read_receipt(word) in Receipt


@given(statuses, receipts)
def test_a_final_status_never_goes_back(status: Status, receipt: Receipt) -> None:
    """Delivered stays delivered, whatever comes late; left out stays left out."""
    assert not status.is_final or advance(status, receipt) is status


@given(st.sampled_from([Status.QUEUED, Status.SENT]), st.lists(receipts))
def test_the_first_final_receipt_wins(start: Status, heard: list[Receipt]) -> None:
    """Receipts come twice and out of order; those that are not final change nothing."""
    finals = [receipt for receipt in heard if receipt in FINAL]
    expected = finals[0].value if finals else start.value
    assert reduce(advance, heard, start).value == expected


def test_only_queued_and_sent_are_open() -> None:
    """Polling goes on for these and stops for the others."""
    assert {status for status in Status if not status.is_final} == {Status.QUEUED, Status.SENT}
