"""Call-backs, however they are sent: every shape is read, and nothing is lost."""

import json
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.callbacks import Reading
from tests.gateway.calling_back import DELIVERY, REPLY, TIME, read, texts
from tests.gateway.reading_rules import check_reading

FORM = "application/x-www-form-urlencoded"
MULTIPART = (
    '--xyz\r\nContent-Disposition: form-data; name="v"\r\n\r\n1\r\n--xyz\r\n'
    f'Content-Disposition: form-data; name="data_callback"\r\n\r\n{REPLY}\r\n--xyz--\r\n'
)


@pytest.mark.parametrize(
    ("query", "body", "content_type"),
    [
        (f"data_callback={quote(REPLY, safe='')}", "", ""),
        (f"data_callback={quote_plus(REPLY)}", "", ""),
        (f"data_callback={quote(REPLY, safe=';& ').replace('+', '%2B')}", "", ""),
        (f"Data_Callback={quote(REPLY)}&v=1", "", ""),
        (f"v=1&data%5Fcallback={quote(quote(REPLY, safe=''), safe='')}", "", ""),
        ("", urlencode({"a": "b", "data_callback": REPLY}), FORM),
        ("", urlencode({"data_callback": REPLY}), ""),
        ("", REPLY, "text/plain"),
        ("", f"{REPLY}\r\n", FORM),
        ("", f"\ufeff{REPLY}", "application/octet-stream"),
        ("", quote(REPLY, safe=""), "text/plain"),
        (quote_plus(REPLY), "", ""),
        ("", json.dumps({"data_callback": REPLY}), "application/json"),
        ("", json.dumps({"DATA_CALLBACK": [REPLY]}), ""),
        ("", json.dumps([REPLY]), "application/json"),
        ("", json.dumps([{"x": 1, "data_callback": REPLY}]), FORM),
        (
            "",
            MULTIPART,
            'multipart/form-data; boundary="xyz"',
        ),
    ],
)
def test_a_reply_is_read_however_it_is_sent(query: str, body: str, content_type: str) -> None:
    """Nobody has written down how the platform sends it, so every way is taken."""
    reading = read(query, body, content_type)
    assert texts(reading) == ["Oi! Não; obrigado & tchau + 1"]
    assert reading.records[0].number == "31988880002"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_letters_come_in_either_encoding(encoding: str) -> None:
    """In the percent-encoding, and bare in the body."""
    octets = REPLY.encode(encoding)
    assert texts(read(b"data_callback=" + quote(octets).encode())) == [
        "Oi! Não; obrigado & tchau + 1"
    ]
    assert texts(read(body=octets)) == ["Oi! Não; obrigado & tchau + 1"]


@pytest.mark.parametrize(
    "body",
    [
        f"{DELIVERY}\n{REPLY}",
        f"\r\n{DELIVERY}\r\n\r\n{REPLY}\r\n",
        urlencode([("data_callback", DELIVERY), ("data_callback", REPLY)]),
        urlencode({"data_callback": f"{DELIVERY}\n{REPLY}"}),
        json.dumps({"data_callback": [DELIVERY, REPLY]}),
    ],
)
def test_several_records_in_one_call_are_all_read(body: str) -> None:
    """One a line or the field repeated; in the order in which they came."""
    reading = read(body=body)
    assert texts(reading) == ["", "Oi! Não; obrigado & tchau + 1"]
    assert [record.number for record in reading.records] == ["31999990001", "31988880002"]


def test_query_and_body_are_both_read() -> None:
    """The same news twice counts once further in; news left unread would be lost."""
    reading = read(urlencode({"data_callback": DELIVERY}), REPLY)
    assert texts(reading) == ["", "Oi! Não; obrigado & tchau + 1"]


@pytest.mark.parametrize(
    ("query", "body", "unreadable"),
    [
        ("v=1", "", "v=1"),
        ("", '{"a": 1}', '{"a": 1}'),
        ("", '{"a":', '{"a":'),
        ("", '{"data_callback": 5}', '{"data_callback": 5}'),
        ("v=1", "lixo", "lixo"),
        ("", "[" * 100_000, "[" * 100_000),
    ],
)
def test_a_call_without_the_field_is_kept_whole(query: str, body: str, unreadable: str) -> None:
    """Somebody may find out what the platform means by it."""
    assert read(query, body, "application/json") == Reading((), (unreadable,))


@pytest.mark.parametrize(("query", "body"), [("", ""), ("", " \r\n"), ("data_callback=&v=1", "")])
def test_an_empty_call_says_nothing(query: str, body: str) -> None:
    """The platform, or a person, may only try whether the address works."""
    assert read(query, body) == Reading((), ())


def test_half_a_letter_in_json_is_mended() -> None:
    """A lone surrogate can't be stored, and would stop the queue."""
    body = '{"data_callback": "4711;31999990001;oi \\ud83d;2026-12-24 16:00:00;;"}'
    assert texts(read(body=body)) == ["oi \ufffd"]


pieces = st.sampled_from(
    [
        b"data_callback=",
        b"&",
        b";",
        b"\n",
        b"%3B",
        b"%",
        b"+",
        b"4711",
        b"31999990001",
        b'"',
        b"{",
        TIME.encode(),
        DELIVERY.encode(),
        b"\xff",
        b"--x",
        b"\r\n\r\n",
        b'name="data_callback"',
    ]
)
octets = st.one_of(st.binary(max_size=120), st.lists(pieces, max_size=14).map(b"".join))


@given(
    octets,
    octets,
    st.sampled_from(["", FORM, "application/json", "multipart/form-data; boundary=x"]),
)
def test_any_bytes_are_read_and_nothing_raises(
    query: bytes, body: bytes, content_type: str
) -> None:
    """A call-back that raises is one that is lost; what comes out can be stored."""
    check_reading(body, read(query, body, content_type))
