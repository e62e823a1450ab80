"""A text with fields on the card: the template, what real people get, and what that takes."""

from dataclasses import replace

from bot.domain.filling import Filled
from handlers.blocks.campaign_text import render_text, say_segments
from handlers.blocks.card import render_card
from handlers.blocks.words import Words
from tests.blocks.views import FILLED, NOW

WORDS = Words()


def filled() -> Filled:
    """What the fields of the drawn campaign come to."""
    found = FILLED.campaign.filled
    assert found is not None
    return found


def draw(of: Filled | None, text: str = "Olá {nome}") -> str:
    """Draw a text as one."""
    return str(render_text(text, of, WORDS, limit=100))


def test_the_approver_sees_what_real_people_get() -> None:
    """Their number before it, as people know it elsewhere; a stranger's value formats nothing."""
    card = render_card(FILLED, now=NOW, words=WORDS)
    (examples,) = [block for block in card.blocks if "99999-0001" in str(block)]
    quotes = [element["elements"] for element in examples["elements"]]
    assert [one[0]["text"] for one in quotes] == [
        "(31) 99999-0001 · ",
        "(11) 98888-0002 · ",
        "(21) 97777-0003 · ",
    ]
    assert quotes[2][1] == {
        "type": "text",
        "text": "Olá <!here> *Zé*, seu cupom é NATAL9. Feliz Natal!",
    }


def test_the_longest_is_measured() -> None:
    """It decides what the campaign takes at most."""
    said = draw(filled())
    assert "as the phone shows it · the longest: 69 of 70 characters · 1 segment" in said


def test_how_many_requests_it_is_shows_how_long_it_takes() -> None:
    """They go one after the other."""
    assert "4,812 different texts in 4,812 requests, one after the other" in draw(filled())
    one = replace(filled(), texts=1, requests=3)
    assert "1 different text in 3 requests" in draw(one)


def test_the_price_says_where_texts_differ_in_size() -> None:
    """4,712 of one segment and 100 of two."""
    said = str(render_card(FILLED, now=NOW, words=WORDS).blocks)
    assert "*Price*\\n4,912 credits" in said
    assert "1 to 2 segments each" in said
    assert say_segments({1: 5}, WORDS) == ""


def test_a_long_example_ends_in_an_ellipsis() -> None:
    """A card has to fit, whatever somebody's column holds."""
    long = replace(filled(), examples=(replace(filled().examples[0], text="x" * 5000),))
    assert "x" * 999 + "…" in draw(long)
    assert "…" in draw(replace(filled(), examples=(replace(filled().examples[0], text=""),)))


def test_a_text_that_is_cut_says_so() -> None:
    """With fields or without."""
    for of in (filled(), None):
        assert "Only the first 100 of 101 characters are shown here." in draw(of, "x" * 101)
