"""One typed line is told apart into time, numbers and text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import NoSuchCampaign
from bot.domain.texts import unescape_slack
from handlers.slack.typed import TypedCampaign, means_all, read_campaign_number, read_typed


@pytest.mark.parametrize(
    ("typed", "numbers", "text"),
    [
        ("31999990001,31988880002 Feliz Natal", "31999990001,31988880002", "Feliz Natal"),
        ("31999990001, 31988880002 Feliz Natal", "31999990001, 31988880002", "Feliz Natal"),
        ("31 99999-0001, 31988880002 Oi", "31 99999-0001, 31988880002", "Oi"),
        ("(31) 99999-0001 Oi", "(31) 99999-0001", "Oi"),
        ("+55 31 99999 0001 Oi", "+55 31 99999 0001", "Oi"),
        ("31999990001 2 por 1 hoje", "31999990001", "2 por 1 hoje"),
        ("31999990001 50% de desconto", "31999990001", "50% de desconto"),
        ("1234 Feliz Natal", "1234", "Feliz Natal"),
        ("31999990001,1234 Feliz Natal", "31999990001,1234", "Feliz Natal"),
        ("31999990001", "31999990001", ""),
        ("Feliz Natal", "", "Feliz Natal"),
        ("", "", ""),
        ("31999990001 linha um\nlinha  dois", "31999990001", "linha um\nlinha  dois"),
        ("31999990001;31988880002 Oi", "31999990001;31988880002", "Oi"),
        ("31999990001 , 31988880002 Oi", "31999990001 , 31988880002", "Oi"),
        ("31999990001 Tom &amp; Jerry &lt;3", "31999990001", "Tom & Jerry <3"),
    ],
)
def test_numbers_end_where_a_word_comes_that_is_no_number(
    typed: str, numbers: str, text: str
) -> None:
    """What follows the list of numbers is the text, whatever digits it begins with."""
    assert read_typed(typed, has_time=False) == TypedCampaign("", numbers, text)


@pytest.mark.parametrize(
    ("typed", "when", "numbers", "text"),
    [
        ("24/12/2026 16:00 31999990001 Oi", "24/12/2026 16:00", "31999990001", "Oi"),
        ("amanhã 9h 31999990001,31988880002 Oi", "amanhã 9h", "31999990001,31988880002", "Oi"),
        ("2026-12-24 16:00 31999990001 Oi", "2026-12-24 16:00", "31999990001", "Oi"),
        ("sexta às 16:00 (31) 99999-0001 Oi", "sexta às 16:00", "(31) 99999-0001", "Oi"),
        ("24.12.2026 16:00 31 99999-0001 Oi", "24.12.2026 16:00", "31 99999-0001", "Oi"),
        ("em 2 horas 31999990001 Oi", "em 2 horas", "31999990001", "Oi"),
        ("tomorrow 4pm +55 31 99999-0001 Hi", "tomorrow 4pm", "+55 31 99999-0001", "Hi"),
        ("amanhã 9h Oi", "amanhã 9h Oi", "", ""),
        ("31999990001 Oi", "", "31999990001", "Oi"),
    ],
)
def test_a_time_ends_where_the_first_number_begins(
    typed: str, when: str, numbers: str, text: str
) -> None:
    """Dates have digits, too: they are not taken for phone numbers."""
    assert read_typed(typed, has_time=True) == TypedCampaign(when, numbers, text)


@given(st.text(max_size=200), st.booleans())
def test_nothing_typed_is_lost_or_raises(typed: str, has_time: bool) -> None:  # noqa: FBT001
    """Whatever is typed, each of its words ends up in one of the three places, in order."""
    read = read_typed(typed, has_time=has_time)
    assert f"{read.when} {read.numbers} {read.text}".split() == unescape_slack(typed).split()


@pytest.mark.parametrize("typed", ["42", "#42", " # 42 "])
def test_a_campaign_is_called_by_its_number(typed: str) -> None:
    """With or without the sign that cards show."""
    assert read_campaign_number(typed) == 42


@pytest.mark.parametrize("typed", ["all", " ALL ", "tudo", "Todas", "todos"])
def test_all_are_meant_in_either_language(typed: str) -> None:
    """Whoever pulls the brake is in a hurry."""
    assert means_all(typed)


@pytest.mark.parametrize("typed", ["", "42", "#all", "all of them"])
def test_one_is_meant_otherwise(typed: str) -> None:
    """What isn't understood is asked back, by the one who reads numbers."""
    assert not means_all(typed)


@pytest.mark.parametrize("typed", ["", "all", "42a", "-1", "9" * 40])
def test_what_is_no_campaign_number_is_asked_back(typed: str) -> None:
    """The refusal carries what was typed."""
    with pytest.raises(NoSuchCampaign):
        read_campaign_number(typed)
