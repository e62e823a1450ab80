"""Fields in a text: found, filled, and told from braces that are only drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.templates import clean_value, fold, read_template, spell_out

TEXTS = st.text(alphabet="{}ab _-\n", max_size=14)


def test_a_field_is_filled_wherever_it_stands() -> None:
    """At the beginning, in between, twice, and at the end."""
    template = read_template("{nome}, oi {cidade} {nome}")
    assert dict(template.names) == {"nome": "nome", "cidade": "cidade"}
    assert template.fill({"nome": "Ana", "cidade": "Rio"}) == "Ana, oi Rio Ana"


@pytest.mark.parametrize(
    "written", ["Código_Cupom", " codigo cupom ", "CODIGO  CUPOM", "código_cupom"]
)
def test_names_are_matched_as_people_mean_them(written: str) -> None:
    """Case, accents, spaces around and an underline for a space don't count."""
    assert read_template(f"Use {{{written}}}").fill({"codigo cupom": "X1"}) == "Use X1"


def test_a_field_is_named_as_it_was_written_first() -> None:
    """So that whoever wrote it finds it again."""
    assert dict(read_template("{ Nome } {nome}").names) == {"nome": "Nome"}


@pytest.mark.parametrize(
    "text", ["oi {", "oi }", "{}", "{ }", "{-}", ":-{", "{nome", "nome}", "{no\nme}", "}{", "{☺}"]
)
def test_an_odd_brace_is_plain_text(text: str) -> None:
    """People draw with braces, and what names nothing can't be a field."""
    template = read_template(text)
    assert not template.names
    assert template.fill({}) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [("{{nome}}", "{nome}"), ("{{nome}} {{x}}!", "{nome} {x}!"), ("{{{nome}}}", "{{nome}}")],
)
def test_doubled_braces_are_plain_ones(typed: str, read: str) -> None:
    """There has to be a way to send the very letters."""
    template = read_template(typed)
    assert not template.names
    assert template.fill({}) == read


def test_a_value_is_not_read_again() -> None:
    """Somebody may be called ``{cidade}`` in a list of ours; it is a name, and no field."""
    assert read_template("{nome}").fill({"nome": "{cidade}", "cidade": "Rio"}) == "{cidade}"


def test_a_missing_value_leaves_nothing() -> None:
    """Whoever fills asks before whether all are there."""
    assert read_template("Oi {nome}!").fill({}) == "Oi !"


@given(TEXTS)
def test_a_plain_text_spelled_out_is_read_as_itself(text: str) -> None:
    """A form shows what was sent, and sending that form sends the same."""
    template = read_template(spell_out(text))
    assert not template.names
    assert template.fill({}) == text


@given(TEXTS)
def test_a_text_without_braces_to_read_is_shown_as_it_is(text: str) -> None:
    """Nothing is doubled that needn't be."""
    template = read_template(text)
    if not template.names and template.fill({}) == text:
        assert spell_out(text) == text


@given(st.text(max_size=10))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    """So names that are kept folded can be matched again."""
    assert fold(fold(name)) == fold(name)


def test_a_name_needs_a_letter_or_a_digit() -> None:
    """What has none is a drawing."""
    assert [fold("A1"), fold("☺"), fold("_ _")] == ["a1", "", ""]


def test_a_strangers_value_is_spelled_as_phones_show_it() -> None:
    """Hidden letters go, quotes and dashes become plain, and it stays in one line."""
    assert clean_value(" “Ana”\u202e\r\n–  Maria\u200b\t") == '"Ana" - Maria'
