"""Redaction: no echo of the platform's carries the credentials on."""

import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.secrets import Redactor

LOGIN = "loja-da-ana"
PASSWORD = 's3nh@ & çá"/+%'
SPELLINGS = [
    PASSWORD,
    quote(PASSWORD),
    quote(PASSWORD, safe=""),
    quote(PASSWORD, safe="").lower(),
    quote_plus(PASSWORD),
    quote(quote(PASSWORD, safe=""), safe=""),
    quote(PASSWORD, safe="", encoding="cp1252"),
    html.escape(PASSWORD),
    html.escape(quote_plus(PASSWORD)),
    json.dumps(PASSWORD)[1:-1],
    PASSWORD.upper(),
    "".join(f"&#{ord(letter)};" for letter in PASSWORD),
    "".join(f"&#X{ord(letter):X};" for letter in PASSWORD),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_password_goes_however_it_is_spelled(spelling: str) -> None:
    """Error pages escape what they echo in ways of their own."""
    assert Redactor(LOGIN, PASSWORD).clean(f"erro: [{spelling}] 17") == "erro: [***] 17"


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("USUARIO LOJA-DA-ANA BLOQUEADO", "USUARIO *** BLOQUEADO"),
        ("lgn%3Dloja-da-ana%26id%3D1", "lgn%3D***%26id%3D1"),
        ("u%3Aloja-da-ana%2C", "u%3A***%2C"),
        ("loja-da-anabela", "loja-da-anabela"),
        ("aloja-da-ana", "aloja-da-ana"),
    ],
)
def test_the_login_goes_where_it_is_a_word(said: str, clean: str) -> None:
    """A login may be a common word, and must not eat holes into others."""
    assert Redactor(LOGIN, PASSWORD).clean(said) == clean


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("GET /api.ashx?lgn=outra&pwd=velha&id=1", "GET /api.ashx?lgn=***&pwd=***&id=1"),
        ("/api.ashx?LGN=outra&amp;PWD=velha'", "/api.ashx?LGN=***&amp;PWD=***'"),
        ("url=%2Fapi%3Flgn%3doutra%26pwd%3Dvelha%26id", "url=%2Fapi%3Flgn%3d***%26pwd%3D***%26id"),
        ("pwd=", "pwd=***"),
    ],
)
def test_credentials_of_an_address_go_even_when_they_are_not_ours(said: str, clean: str) -> None:
    """They may be yesterday's, or cut short: what stands there is a secret anyway."""
    assert Redactor(LOGIN, PASSWORD).clean(said) == clean


def test_a_login_that_is_no_word_goes_everywhere() -> None:
    """With no letter at its edges there is no word to be part of."""
    assert Redactor("@ana@", "x" * 9).clean("a@ana@b") == "a***b"


def test_missing_credentials_blot_out_nothing() -> None:
    """An empty pattern would match between all letters."""
    assert Redactor("", "").clean("tudo bem") == "tudo bem"


@given(st.text(min_size=4, max_size=20), st.text(max_size=30), st.text(max_size=30))
def test_no_password_survives_in_any_text(password: str, before: str, after: str) -> None:
    """Whatever letters it is made of, raw, quoted or escaped."""
    redactor = Redactor("", password)
    for spelled in (
        password,
        quote(password, safe=""),
        quote_plus(password),
        html.escape(password),
    ):
        cleaned = redactor.clean(f"{before}{spelled}{after}")
        assert "***" in cleaned
        assert cleaned.count(spelled) <= f"{before}***{after}".count(spelled)


def test_the_redactor_does_not_show_what_it_hides() -> None:
    """It stands in tracebacks too."""
    assert PASSWORD not in repr(Redactor(LOGIN, PASSWORD))
