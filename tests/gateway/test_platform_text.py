"""Letters and times as the platform writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.platform_text import decode, mend, read_time

ZONE = ZoneInfo("America/Sao_Paulo")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("não".encode(), "não"),
        ("não".encode("cp1252"), "não"),
        ("não\n".encode() + "não".encode("cp1252"), "não\nnão"),
        (b"\xef\xbb\xbfoi", "oi"),
        (b"\x80 \x81", "\x80 \x81"),
        (b"\x93oi\x94", "“oi”"),
    ],
)
def test_letters_are_utf8_or_windows_1252(raw: bytes, text: str) -> None:
    """Line by line, for one body may hold both; bytes that are neither are kept."""
    assert decode(raw) == text


@given(st.binary(max_size=200))
def test_any_bytes_become_a_text_that_can_be_stored(raw: bytes) -> None:
    """No byte raises, and none becomes half a letter."""
    decode(raw).encode()


@given(st.text(st.characters(), max_size=50))
def test_mending_leaves_whole_letters_alone(text: str) -> None:
    """Only lone halves change; the rest is what was said."""
    mended = mend(text + "\ud83d")
    mended.encode()
    assert mended.endswith("\ufffd")


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-24 16:00:00",
        " 2026-12-24 16:00 ",
        "2026-12-24T16:00:00.000",
        "24/12/2026 16:00:00",
        "24/12/2026 16:00",
    ],
)
def test_the_platforms_local_time_becomes_utc(written: str) -> None:
    """It writes no offset: Brasília is three hours behind."""
    assert read_time(written, ZONE) == datetime(2026, 12, 24, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "hoje", "2026-13-01 00:00:00", "0001-01-01 00:00:00", "31/02/2026 10:00"]
)
def test_what_is_no_time_is_none(written: str) -> None:
    """No time is better than a wrong one."""
    assert read_time(written, ZONE) is None


@pytest.mark.parametrize("written", ["9999-12-31 23:59:59", "1970-01-01 00:00:00"])
def test_the_edges_of_the_calendar_do_not_raise(written: str) -> None:
    """Near its ends, converting to UTC runs over."""
    assert read_time(written, ZONE) is None
