"""The platform's addresses: as its manual spells them, and never too long."""

import itertools
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import SettingsError
from bot.domain.ids import GatewayId, Number
from bot.gateway.addresses import Addresses, TextTooLong

URL = "http://54.173.24.177/painel/api.ashx"
CALLBACK = "https://bot.example.com/c/Zm9v-YmFy_"


def make(url: str = URL, *, max_url_bytes: int = 2000, login: str = "LOGIN") -> Addresses:
    """Spell for an account, with the manual's own examples for credentials."""
    zone = ZoneInfo("America/Sao_Paulo")
    return Addresses(url, login, "SENHA", zone, max_url_bytes=max_url_bytes)


def mobiles(count: int) -> list[Number]:
    """So many numbers, short and long ones."""
    return [Number(f"319{at:08d}"[: 11 - at % 2]) for at in range(count)]


def send(addresses: Addresses, text: str, numbers: list[Number]) -> str:
    """Spell a plain ``sendsms``."""
    return addresses.sending(text, numbers, callback_url="", send_at=None)


def test_the_manuals_examples_come_out_byte_for_byte() -> None:
    """The platform is old: what it documents is what it gets."""
    base = f"{URL}?action=sendsms&lgn=LOGIN&pwd=SENHA&msg=Feliz%20Natal&numbers="
    addresses = make()
    assert send(addresses, "Feliz Natal", [Number("3199999999")]) == f"{base}3199999999"
    two = [Number("3194136747"), Number("3192450023")]
    at = datetime(2013, 12, 24, 18, 0, tzinfo=UTC)
    spelled = addresses.sending("Feliz Natal", two, callback_url=CALLBACK, send_at=at)
    assert spelled == (
        f"{base}3194136747,3192450023&url_callback={CALLBACK}&jobdate=24/12/2013&jobtime=16:00"
    )


def test_the_other_actions_come_out_as_in_the_manual() -> None:
    """Only what is about a campaign names one."""
    credentials = "lgn=LOGIN&pwd=SENHA"
    assert make().asking("getbalance") == f"{URL}?action=getbalance&{credentials}"
    spelled = make().asking("getstatus", GatewayId(4711))
    assert spelled == f"{URL}?action=getstatus&{credentials}&id=4711"


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.text("a&=#%+ ç", min_size=1)
)
def test_every_letter_arrives(text: str, login: str) -> None:
    """Separators, spaces and accents in a text or a password come out as they went in."""
    spelled = send(make(login=login), text, [Number("3199999999")])
    assert spelled.isascii()
    fields = parse_qs(urlsplit(spelled).query, keep_blank_values=True)
    assert (fields["msg"], fields["lgn"]) == ([text], [login])
    assert fields["numbers"] == ["3199999999"]


def test_half_a_letter_is_no_reason_to_fail() -> None:
    """It should not get this far; if it does, it must not stop the rest of a campaign."""
    assert "msg=a%3F&" in send(make(), "a\ud83d", [])


def test_a_callback_with_a_query_stays_one_field() -> None:
    """Its own separators must not become the platform's."""
    spelled = make().sending("oi", [], callback_url="https://a.b/c?d=1&e=2", send_at=None)
    assert parse_qs(urlsplit(spelled).query)["url_callback"] == ["https://a.b/c?d=1&e=2"]


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("http://h/api?v=2", "http://h/api?v=2&action="),
        ("http://h/api?", "http://h/api?action="),
        (" https://h/api#top\n", "https://h/api?action="),
    ],
)
def test_a_platform_behind_a_query_or_a_fragment_is_reached(url: str, start: str) -> None:
    """People paste addresses as they find them."""
    assert make(url).asking("getbalance").startswith(start)


@pytest.mark.parametrize("url", ["", "54.173.24.177/painel", "ftp://h/x", "http://", "http://[::1"])
def test_an_address_that_leads_nowhere_is_a_wrong_setting(url: str) -> None:
    """It is found when the program starts, and without naming the credentials."""
    with pytest.raises(SettingsError, match="GATEWAY_URL"):
        make(url)


@given(st.integers(0, 400), st.integers(300, 4000), st.text("aç", max_size=20))
def test_parts_are_whole_in_order_and_short_enough(count: int, limit: int, text: str) -> None:
    """Everybody is in one part, and each part's address is what the server takes."""
    addresses = make(max_url_bytes=limit)
    numbers = mobiles(count)
    at = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
    parts = addresses.split(text, numbers, callback_url=CALLBACK, send_at=at)
    assert [number for part in parts for number in part] == numbers
    for part in parts:
        spelled = addresses.sending(text, part, callback_url=CALLBACK, send_at=at)
        assert part
        assert len(spelled) <= limit
    for part, following in itertools.pairwise(parts):
        fuller = addresses.sending(text, (*part, following[0]), callback_url=CALLBACK, send_at=at)
        assert len(fuller) > limit


def test_a_text_that_leaves_no_room_for_a_number_is_refused() -> None:
    """Better now, in words, than by a server that cuts the address off."""
    with pytest.raises(TextTooLong):
        make().split("ã" * 400, mobiles(1), callback_url=CALLBACK, send_at=None)
    assert make().split("ã" * 400, [], callback_url=CALLBACK, send_at=None) == []


def test_accounts_are_told_apart_without_keeping_a_login() -> None:
    """Two logins, or one login on two platforms, are different accounts."""
    here = make().account
    assert here == make("https://54.173.24.177:81/other").account
    assert len({here, make("http://other.example/").account, make(login="OUTRO").account}) == 3
    assert len(here) == 12
    assert "LOGIN" not in here
