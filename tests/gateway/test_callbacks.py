"""Records of a call-back: the six fields, and a stranger's text that stays a text."""

from dataclasses import astuple
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.receipts import Receipt
from bot.gateway.callbacks import Reading, Record, _split_fields, _split_records
from tests.gateway.calling_back import DELIVERY, TIME, read, texts


def test_the_six_fields_are_read() -> None:
    """As the manual lists them; the time is Brasília's, and becomes UTC."""
    (record,) = read(urlencode({"data_callback": DELIVERY})).records
    assert record == Record(
        gateway_id=record.gateway_id,
        raw_number="31999990001",
        number=record.number,
        text="",
        at=datetime(2026, 12, 24, 19, tzinfo=UTC),
        word="ENVIADO COM SUCESSO",
        receipt=Receipt.DELIVERED,
        key="ref-1",
    )
    assert (record.gateway_id, record.number) == (4711, "31999990001")


@pytest.mark.parametrize(
    "text",
    [
        "a;b;c",
        ";;;",
        "linha um\nlinha dois\n\nfim",
        "\n",
        f"me liga;{TIME};ok;x",
        f"me liga {TIME}",
        f"{TIME}",
        f";{TIME};;",
        f"oi\n4711;31999990001;SAIR;{TIME}",
        "oi\n4712;31999990001;SAIR",
        '"aspas" & <b>',
        "👍🏽",
    ],
)
def test_a_reply_may_hold_what_parts_the_fields(text: str) -> None:
    """Its end is where the last time with exactly status and key after it begins."""
    reading = read(urlencode({"data_callback": f"4711;31999990001;{text};{TIME};LIDO;k"}))
    assert texts(reading) == [text]
    assert (reading.records[0].word, reading.records[0].key) == ("LIDO", "k")


@given(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=80))
def test_any_reply_on_one_line_comes_back_whole(text: str) -> None:
    """Not a letter is lost between the phone and the thread."""
    reading = read(urlencode({"data_callback": f"4711;31999990001;{text};{TIME};LIDO;k"}))
    assert texts(reading) == [text]


@pytest.mark.parametrize(
    ("record", "word", "key"),
    [
        (f"4711;31999990001;oi;{TIME}", "", ""),
        (f"4711;31999990001;oi;{TIME};LIDO", "LIDO", ""),
        (f"4711;31999990001;oi;{TIME};LIDO;a;b", "LIDO", "a;b"),
        (f"4711;31999990001;oi;{TIME};{TIME};k", TIME, "k"),
        ("4711;31999990001;oi;;LIDO;k", "LIDO", "k"),
        ("4711;31999990001;oi;ontem;LIDO;k", "LIDO", "k"),
        ("4711;31999990001;oi;2026-02-31 10:00:00;LIDO;k", "LIDO", "k"),
        ("4711;31999990001;oi;24/12/2026 16:00:00;LIDO;k", "LIDO", "k"),
    ],
)
def test_a_record_that_is_not_quite_right_is_still_read(record: str, word: str, key: str) -> None:
    """A field less or more, or no time: what the person said matters most."""
    reading = read(body=record)
    assert texts(reading) == ["oi"]
    assert (reading.records[0].word, reading.records[0].key) == (word, key)


@pytest.mark.parametrize(
    ("record", "gateway_id", "number"),
    [
        (f";31999990001;oi;{TIME};;", None, "31999990001"),
        (f"abc;(31) 99999-0001;oi;{TIME};;", None, "31999990001"),
        (f"4711;27182;oi;{TIME};;", 4711, None),
        (f"4711;5531999990001;oi;{TIME};;", 4711, "31999990001"),
    ],
)
def test_either_end_is_enough_to_know_whose_it_is(
    record: str, gateway_id: int | None, number: str | None
) -> None:
    """A campaign without a phone, or a phone without a campaign, can still be matched."""
    (read_record,) = read(body=record).records
    assert (read_record.gateway_id, read_record.number) == (gateway_id, number)


@pytest.mark.parametrize(
    "body",
    ["oi", "a;b;c;d", f"abc;def;oi;{TIME};;", "4711;31999990001;oi", "4711;31999990001;a;b;c;d;e"],
)
def test_what_is_no_record_is_kept(body: str) -> None:
    """It is shown to a person, not dropped."""
    assert read(body=body) == Reading((), (body,))


def test_one_bad_record_does_not_spoil_the_others() -> None:
    """What follows a whole record and is none stands by itself."""
    reading = read(body=f"{DELIVERY}\nlixo\nmais lixo")
    assert len(reading.records) == 1
    assert reading.records[0].key == "ref-1"
    assert reading.unreadable == ("lixo\nmais lixo",)


@given(
    st.lists(
        st.one_of(
            st.sampled_from([";", "\n", " ", TIME, f";{TIME};", DELIVERY, f"\n{DELIVERY}\n", '"']),
            st.text(st.characters(exclude_characters="\r%=+&", exclude_categories=["Cs"])),
        ),
        max_size=12,
    ).map("".join)
)
def test_no_letter_is_lost_between_records(value: str) -> None:
    """Wherever the reader cuts, what it cuts comes out on one side or the other, in order."""
    found = []
    for record in _split_records(value):
        fields = _split_fields(record)
        found.append(record if fields is None else ";".join(astuple(fields)))
    assert letters("".join(found)) == letters(value)


def letters(text: str) -> str:
    """Leave out what only parts fields and records, or stands round them."""
    return "".join(char for char in text if char not in ';"' and not char.isspace())
