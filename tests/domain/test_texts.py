"""Texts: their price, what phones show of them, and what of a stranger's may be shown."""

import unicodedata
from itertools import product

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.texts import (
    GSM7_BASIC,
    GSM7_EXTENDED,
    Encoding,
    Measure,
    count_segments,
    for_phone,
    harmless,
    measure,
    plain_spelling,
    unescape_slack,
)

gsm_letters = st.text(st.sampled_from(sorted(GSM7_BASIC | GSM7_EXTENDED)), max_size=700)
any_text = st.text(max_size=400)
countable = st.text(st.characters(exclude_characters="\x1b"), max_size=400)
"""The other counter takes the escape, which no text can hold by itself, for a letter of GSM 7."""
EMOJI = [
    "👩‍👩‍👧",
    "🏳️‍🌈",
    "👍🏽",
    "1️⃣",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "❤️‍🔥",
    "👩🏽‍🚀",
    "🇧🇷",
]


@pytest.mark.parametrize(
    ("text", "units", "segments", "room"),
    [
        ("", 0, 1, 160),
        ("a" * 160, 160, 1, 160),
        ("a" * 161, 161, 2, 306),
        ("a" * 306, 306, 2, 306),
        ("a" * 307, 307, 3, 459),
        ("€" * 80, 160, 1, 160),
        ("a" * 152 + "€" + "a" * 152, 306, 3, 459),
    ],
)
def test_gsm_texts_hold_160_and_then_153_a_segment(
    text: str, units: int, segments: int, room: int
) -> None:
    """Each segment of a long text spends seven units on its place; ``€`` takes two, unsplit."""
    assert measure(text) == Measure(Encoding.GSM7, units, segments, room, ())


@pytest.mark.parametrize(
    ("text", "units", "segments", "room"),
    [
        ("ã" * 70, 70, 1, 70),
        ("ã" * 71, 71, 2, 134),
        ("ã" + "a" * 133, 134, 2, 134),
        ("ã" * 66 + "😀" + "ã" * 66, 134, 3, 201),
    ],
)
def test_one_letter_beyond_gsm_leaves_70_and_then_67(
    text: str, units: int, segments: int, room: int
) -> None:
    """The whole text goes in 16-bit units; an emoji takes two, and is never cut in half."""
    counted = measure(text)
    assert (counted.encoding, counted.units) == (Encoding.UCS2, units)
    assert (counted.segments, counted.room) == (segments, room)


def test_the_letters_that_double_the_price_are_named_once_each() -> None:
    """The card says which letters to change, in the order they stand."""
    assert measure("Não, é já! Não, Ç").forcing == ("ã", "á")
    assert measure("❤️‍🔥").forcing == ("❤", "🔥")
    assert measure("a\u200d").forcing == ("\u200d",)


@given(st.one_of(gsm_letters, countable))
def test_an_independent_counter_agrees(text: str) -> None:
    """Segments are money: a second implementation has to come to the same number."""
    expected = smsutil.split(text)
    counted = measure(text)
    assert counted.segments == len(expected.parts)
    if text:
        assert (counted.encoding is Encoding.GSM7) == (expected.encoding == "gsm0338")


@pytest.mark.parametrize("end", [160, 306, 459])
@pytest.mark.parametrize("edge", [153, 160, 306])
@pytest.mark.parametrize("wide", ["", "€", "€€", "[€", "€a€"])
def test_an_independent_counter_agrees_at_every_boundary_of_gsm(
    end: int, edge: int, wide: str
) -> None:
    """160, then 153 a segment; a letter of two units that would straddle goes into the next."""
    for before, beyond in product(range(edge - 4, edge + 1), range(-3, 3)):
        text = ("a" * before + wide).ljust(end + beyond, "b")
        assert measure(text).segments == len(smsutil.split(text).parts), text


@pytest.mark.parametrize("end", [70, 134, 201])
@pytest.mark.parametrize("edge", [67, 70, 134])
@pytest.mark.parametrize("wide", ["", "😀", "😀😀", "ã😀", "😀a😀"])
def test_an_independent_counter_agrees_at_every_boundary_of_ucs2(
    end: int, edge: int, wide: str
) -> None:
    """70, then 67 a segment; an emoji is two units, and never cut in half."""
    for before, beyond in product(range(edge - 4, edge + 1), range(-3, 3)):
        text = ("ã" * before + wide).ljust(end + beyond, "b")
        assert measure(text).segments == len(smsutil.split(text).parts), text


@given(st.one_of(gsm_letters, any_text))
def test_a_text_fits_the_room_it_is_said_to_have(text: str) -> None:
    """The room is never less than what is used, and a text is UCS-2 for a named reason."""
    counted = measure(text)
    assert counted.units <= counted.room
    assert bool(counted.forcing) == (counted.encoding is Encoding.UCS2)


def test_typographic_spellings_become_plain() -> None:
    """A curly quote that Slack or a word processor put in must not double the price."""
    assert (
        for_phone("“Olá” — ‘tudo’ … 10–12\xa0h\r\nfim\u2028") == "\"Olá\" - 'tudo' ... 10-12 h\nfim"
    )


def test_what_shows_nothing_is_dropped() -> None:
    """Zero-width letters, controls, bidi marks and byte-order marks cost and don't show."""
    assert for_phone("\ufeffa\u200bb\u200dc\u202ed\x00e\x1bf\xadg\ud800h\ufe0f ") == "abcdefgh"


def test_letters_written_in_two_pieces_are_joined() -> None:
    """Some keyboards type ``e`` and an accent; joined it is in the cheap alphabet."""
    assert for_phone("cafe\u0301") == "café"
    assert measure(for_phone("cafe\u0301")).encoding is Encoding.GSM7


@pytest.mark.parametrize("emoji", EMOJI)
def test_emoji_survive_whole(emoji: str) -> None:
    """A family stays a family: its joiners show nothing, but it falls apart without them."""
    assert for_phone(f"oi {emoji}!") == f"oi {emoji}!"
    assert harmless(f"oi {emoji}!") == f"oi {emoji}!"


@given(
    st.one_of(any_text, st.text("\u200d\ufe0f😀👩🏽1\u20e3🏴\U000e0067ea\u0301\r\n“ ", max_size=40))
)
def test_what_the_phone_shows_stays_as_it_is(text: str) -> None:
    """The text that was approved is not changed again on its way out."""
    once = for_phone(text)
    assert for_phone(once) == once
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in once.replace("\n", ""))
    once.encode()


def test_the_plain_spelling_takes_off_only_the_dear_accents() -> None:
    """``é`` and ``Ç`` are in the cheap alphabet and stay; an emoji has no plain spelling."""
    assert (
        plain_spelling("Promoção à vista: é já, AÇÃO ½ 😀") == "Promocao à vista: é ja, AÇAO ½ 😀"
    )


@given(st.text("aãáâàçÇéêíóôõúüÃÕ “”…", max_size=200))
def test_the_plain_spelling_of_portuguese_is_cheap(text: str) -> None:
    """That is what it is for: every accent of Portuguese has one."""
    assert measure(plain_spelling(text)).encoding is Encoding.GSM7


@pytest.mark.parametrize(
    ("escaped", "typed"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;", "&amp;"),
        ("veja <http://loja.com.br|loja.com.br>!", "veja loja.com.br!"),
        ("<https://a.b/c?d=1&amp;e=2>", "https://a.b/c?d=1&e=2"),
        ("<tel:+5531999990001|+55 31 99999-0001>", "+55 31 99999-0001"),
        ("<tel:31999990001>", "31999990001"),
        ("<mailto:a@b.com|a@b.com>", "a@b.com"),
        ("&copy; 2 > 1", "&copy; 2 > 1"),
    ],
)
def test_what_slack_escaped_is_undone_once(escaped: str, typed: str) -> None:
    """Phones must not get ``&amp;``, and what somebody typed as ``&lt;`` stays that."""
    assert unescape_slack(escaped) == typed


@given(any_text)
def test_escaping_as_slack_does_is_undone(text: str) -> None:
    """Whatever was typed comes back."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescape_slack(escaped) == text


def test_a_strangers_text_cannot_turn_the_line_around() -> None:
    """Bidi overrides make a screen lie about what was written; line breaks are honest."""
    assert harmless("oi\u202eemag\u2066\x07\x1b[31m\r\ntchau\tjá") == "oiemag[31m\ntchau já"


def test_a_strangers_text_ends_somewhere() -> None:
    """Slack refuses a message over its limit, and the reply would be lost."""
    assert harmless("a" * 3000, limit=10) == "aaaaaaaaa…"
    assert len(harmless("a " * 3000)) <= 2500
    assert harmless("a" * 10, limit=10) == "a" * 10


@given(any_text, st.integers(min_value=1, max_value=50))
def test_no_control_letter_of_a_stranger_is_shown(text: str, limit: int) -> None:
    """Nothing but line breaks, and never more than the limit."""
    shown = harmless(text, limit=limit)
    assert len(shown) <= limit
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in shown.replace("\n", ""))
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


@given(any_text | st.text(alphabet="aé€ã😀", min_size=60, max_size=170))
def test_segments_are_counted_quickly_as_they_are_measured(text: str) -> None:
    """The quick way for long lists says what the slow one does."""
    assert count_segments(text) == measure(text).segments
