"""Strangers stay strangers: their words can't ping, link or format."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.texts import harmless
from handlers.blocks.escaping import PIECE, code, fence, label, mrkdwn, quote
from tests.blocks.limits import check_block, check_mrkdwn
from tests.blocks.random_views import words


def test_ampersands_are_escaped_first() -> None:
    """Else ``<`` would be escaped twice, and shown as ``&lt;``."""
    assert mrkdwn("<!channel> & &lt;") == "&lt;!channel&gt; &amp; &amp;lt;"


@given(words)
def test_escaped_text_holds_no_token(text: str) -> None:
    """Whatever is written, Slack finds nothing to act on in it."""
    check_mrkdwn(mrkdwn(text), people=set())
    for shown in (label(text), code(text), fence(text)):
        check_mrkdwn(shown, people=set())


@given(words)
def test_names_cannot_format(text: str) -> None:
    """The marks that have no entity are swapped for look-alikes, on one line."""
    assert not set("*_~`\n") & set(label(text))
    assert 1 <= len(label(text)) <= 80


def test_a_name_is_cut_between_letters() -> None:
    """Half an entity would be shown as it is written."""
    assert label("<" * 30, limit=10) == "&lt;&lt;…"
    assert code("a&" + "b" * 30, limit=10) == "`a&amp;bbb…`"


@given(words)
def test_code_is_closed_where_it_ends(text: str) -> None:
    """A back-tick of a stranger's can't end the code that shows it."""
    shown = code(text)
    assert shown.count("`") == 2
    assert 2 < len(shown) <= 82
    assert fence(text).count("```") == 2


@given(words, st.integers(2, 7000))
def test_quotes_hold_bare_text_alone(text: str, limit: int) -> None:
    """A quote is plain text elements of a size that Slack takes, with nothing lost but the end."""
    block = quote(text, limit=limit)
    check_block(block, people=set())
    elements = block["elements"][0]["elements"]
    shown = "".join(element["text"] for element in elements)
    assert shown == (harmless(text, limit=limit) or "…")
    assert all(len(element["text"]) <= PIECE for element in elements)


def test_a_cut_quote_ends_in_an_ellipsis() -> None:
    """Who reads it sees that there is more."""
    block = quote("a" * 3000, limit=100)
    assert block["elements"][0]["elements"][0]["text"] == "a" * 99 + "…"
