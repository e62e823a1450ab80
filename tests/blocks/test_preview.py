"""What would become of a form, as its writer sees it before anybody else does."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.credit import Balance
from bot.domain.numbers import Fault, LeftOut, Recipients
from bot.domain.preview import Preview
from bot.domain.refusals import NoText, PastTime
from bot.domain.sheets import Origin
from bot.domain.texts import for_phone, measure, respelled
from handlers.blocks import actions
from handlers.blocks.preview import render_preview, render_reading
from handlers.blocks.words import Words
from tests.blocks.views import NOW, TOMORROW
from tests.builders import ONE, TWO

WORDS = Words()


def look(text: str = "Feliz Natal", **facts: Any) -> Preview:  # noqa: ANN401  passed on
    """Make a preview of a form that could be sent."""
    usual: dict[str, Any] = {
        "text": for_phone(text),
        "measure": measure(for_phone(text)),
        "respelled": respelled(text),
        "recipients": Recipients((ONE, TWO), ()),
        "people": 2,
        "ten_digits": 0,
        "send_at": None,
        "zone": "America/Sao_Paulo",
        "platform_zone": "America/Sao_Paulo",
        "elsewhere": 0,
        "balance": Balance(Decimal(12_340), NOW),
        "problems": (),
    }
    return Preview(**usual | facts)


def draw(preview: Preview, **facts: Any) -> str:  # noqa: ANN401  passed on
    """Draw it as one text."""
    return str(render_preview(preview, words=WORDS, **facts))


def test_it_says_who_when_and_how_much() -> None:
    """As the card will, once it is sent."""
    said = draw(look())
    assert "*Who*\\n2 people" in said
    assert "*When*\\nas soon as approved" in said
    assert "*Price*\\n2 credits of 12,340 (known <!date^" in said
    assert "as the phone shows it · 11 of 160 characters · 1 segment" in said
    assert "credit left: not known yet" in draw(look(balance=None))


def test_missing_credit_is_said_before_anybody_is_asked() -> None:
    """There is time to buy some."""
    assert "⚠️ not enough: 1 missing" in draw(look(balance=Balance(Decimal(1), NOW)))


def test_both_zones_are_named_where_they_differ() -> None:
    """The phones are where the platform is."""
    assert "for the platform" not in draw(look(send_at=TOMORROW))
    assert "for the platform" in draw(look(send_at=TOMORROW, zone="America/Manaus"))


def test_who_is_left_out_is_counted_and_named() -> None:
    """With where in the file the numbers were found."""
    found = Recipients((ONE,), (LeftOut(4, "1234", Fault.TOO_SHORT),))
    said = draw(look(recipients=found, people=1), origin=Origin(column="celular", is_named=True))
    assert "The numbers are those of the column `celular`." in said
    assert "1 left out: 1 too short" in said
    assert "line 4 `1234` too short" in said
    assert "left out" not in draw(look(recipients=None))


def test_what_phones_get_otherwise_is_listed() -> None:
    """Quotes, dashes and spaces by their plain spelling, and what shows nothing."""
    said = draw(look("“Oi” – tudo\u200bbem"))
    assert "Replaced: `“` → `" in said
    assert "1 character that shows nothing was taken out." in said
    assert "Replaced" not in draw(look())


def test_the_plain_spelling_is_offered_where_it_costs_less() -> None:
    """In one press, with what it would come to."""
    assert actions.PLAIN not in draw(look("ã"))
    said = draw(look("ã" * 71))
    assert actions.PLAIN in said
    assert "Without accents: 1 segment" in said


def test_what_keeps_it_from_being_sent_is_all_said_at_once() -> None:
    """One round mends it all."""
    blocks = render_preview(look("", problems=(NoText(), PastTime(NOW)), people=0), words=WORDS)
    said = blocks[-1]["text"]["text"]
    assert said.count("⚠️") == 2
    assert not any(block["type"] == "rich_text" for block in blocks)
    assert render_preview(replace(look(), problems=()), words=WORDS)[-1]["type"] == "section"


def test_a_long_file_is_said_to_be_read() -> None:
    """Its name can't format."""
    (block,) = render_reading("a*b*.csv", WORDS)
    assert block["text"]["text"] == "Reading a∗b∗.csv …"


def test_the_ninth_digit_is_offered_where_it_may_be_missing() -> None:
    """In one press; nothing is guessed."""
    said = draw(look(ten_digits=12))
    assert "12 numbers have ten digits" in said
    assert actions.ADD_NINTH in said
    assert actions.ADD_NINTH not in draw(look())
