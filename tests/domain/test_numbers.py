"""Phone numbers: what is read, what is left out, and who is the same person."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Number
from bot.domain.numbers import (
    Fault,
    clean,
    count_short,
    pretty,
    same_person_key,
)
from tests.domain.spellings import cells, digits, mobiles, written


@pytest.mark.parametrize(
    "raw",
    [
        "31999990001",
        "31 99999-0001",
        "(31) 99999-0001",
        "+55 (31) 99999-0001",
        "+55 31 999990001",
        "5531999990001",
        "0055 31 99999 0001",
        "031 99999-0001",
        "+55 (031) 99999-0001",
        "0xx31 99999-0001",
        "(0XX31) 99999-0001",
        "(0**31) 99999-0001",
        "015 31 99999-0001",
        "0 15 31 99999-0001",
        "31.99999.0001",
        '"31999990001"',
        "📱 31 99999‑0001",
        "\u202a+55 31 99999\xa00001\u202c",
        "３１９９９９９０００１",
        "＋５５ ３１ ９９９９９ ０００１",
        "٣١٩٩٩٩٩٠٠٠١",
        "319٩٩٩٩٠٠٠١",
        "31999990001.0",
        "  31999990001\t",
    ],
)
def test_every_way_of_writing_a_mobile_is_the_same_number(raw: str) -> None:
    """Country code, trunk zero, carrier code and punctuation say nothing about who it is."""
    assert clean(raw) == "31999990001"


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("31 9999-0001", "3199990001"),
        ("+55 31 8888-0001", "3188880001"),
        ("0 31 31 9999-0001", "3199990001"),
        ("3199990001.0", "3199990001"),
        ("55 99999-0001", "55999990001"),
        ("55 9999-0001", "5599990001"),
        ("55 55 99999-0001", "55999990001"),
        ("055 55 99999-0001", "55999990001"),
    ],
)
def test_ten_digit_mobiles_and_ddd_55_are_taken_as_they_are(raw: str, number: str) -> None:
    """Only the writer knows about a ninth digit; and 55 is an area as well as a country."""
    assert clean(raw) == number


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("31 3333-4444", Fault.NOT_A_MOBILE),
        ("31 8 9999-0001", Fault.NOT_A_MOBILE),
        ("20 99999-0001", Fault.NO_SUCH_DDD),
        ("0800 123 4567", Fault.NO_SUCH_DDD),
        ("99999-0001", Fault.TOO_SHORT),
        ("+55 99999-0001", Fault.TOO_SHORT),
        ("00000000000", Fault.TOO_SHORT),
        ("+55", Fault.TOO_SHORT),
        ("31 99999-00012", Fault.TOO_LONG),
        ("3" * 5000, Fault.TOO_LONG),
        ("+1 212 555 1234", Fault.COUNTRY),
        ("+351 912 345 678", Fault.COUNTRY),
        ("00 1 212 555 1234", Fault.COUNTRY),
        ("", Fault.NOT_A_NUMBER),
        ("+", Fault.NOT_A_NUMBER),
        ("Ana", Fault.NOT_A_NUMBER),
        ("Ana 31 99999-0001", Fault.NOT_A_NUMBER),
        ("31 99999-0001 ramal 2", Fault.NOT_A_NUMBER),
        ("31+999990001", Fault.NOT_A_NUMBER),
        ("31²99990001", Fault.NOT_A_NUMBER),
        ("x" * 5000, Fault.NOT_A_NUMBER),
    ],
)
def test_what_is_no_brazilian_mobile_says_why(raw: str, fault: Fault) -> None:
    """The person can mend a list only if each line says what is wrong with it."""
    assert clean(raw) is fault


@pytest.mark.parametrize("raw", ["119.456.789-09", "19/9/2026 10:05", "R$ 31.999.990.001", "a@b"])
def test_digits_that_are_something_else_are_not_dialled(raw: str) -> None:
    """A taxpayer's number or a date has eleven digits too, and would text a stranger."""
    assert clean(raw) is Fault.NOT_A_NUMBER


@given(st.one_of(mobiles, digits, written, cells, st.text(max_size=80)))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    """What is stored can be read again without a second meaning."""
    once = clean(raw)
    if not isinstance(once, Fault):
        assert clean(once) == once
        assert once.isascii()
        assert once.isdecimal()


@given(mobiles, st.lists(st.sampled_from(["", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"]), min_size=11))
def test_digits_of_any_script_are_read_one_by_one(mobile: str, scripts: list[str]) -> None:
    """Keyboards mix them within a number, and the platform takes ASCII alone."""
    mixed = "".join(
        script[int(digit)] if script else digit
        for digit, script in zip(mobile, scripts, strict=False)
    )
    assert clean(mixed) == mobile


@given(written)
def test_the_national_numbering_plan_agrees(raw: str) -> None:
    """An independent reader of Brazil's numbers takes whom we take, and nobody else.

    It knows mobiles by their ninth digit, so ten-digit ones are shown to it with one added.
    """
    read = clean(raw)
    parsed = phonenumbers.parse(raw, "BR")
    national = str(parsed.national_number)
    if isinstance(read, Fault):
        kind = phonenumbers.number_type(parsed)
        assert kind != phonenumbers.PhoneNumberType.MOBILE
    else:
        full = phonenumbers.parse(same_person_key(read), "BR")
        assert phonenumbers.number_type(full) == phonenumbers.PhoneNumberType.MOBILE
        assert national == read


@pytest.mark.parametrize("area", range(100))
def test_the_national_numbering_plan_has_the_same_areas(area: int) -> None:
    """One that doesn't exist is a slip of the keyboard, and nobody's number."""
    raw = f"{area:02}999990001"
    full = phonenumbers.parse(f"+55{raw}")
    is_mobile = phonenumbers.number_type(full) == phonenumbers.PhoneNumberType.MOBILE
    assert (clean(raw) == raw) is is_mobile


@given(mobiles, st.sampled_from(["E164", "INTERNATIONAL", "NATIONAL", "RFC3966"]))
def test_standard_spellings_come_back(mobile: str, name: str) -> None:
    """Whatever address book a list comes from, its spelling reads as the number it means."""
    parsed = phonenumbers.parse(mobile, "BR")
    spelled = phonenumbers.format_number(parsed, getattr(phonenumbers.PhoneNumberFormat, name))
    assert clean(spelled.removeprefix("tel:")) == mobile


def test_numbers_are_shown_the_way_people_write_them() -> None:
    """Both lengths, with the area in brackets."""
    assert pretty(Number("31999990001")) == "(31) 99999-0001"
    assert pretty(Number("3199990001")) == "(31) 9999-0001"


def test_both_forms_of_a_mobile_share_a_key() -> None:
    """A call-back may name the other form than the one that was sent to."""
    assert same_person_key(Number("3199990001")) == same_person_key(Number("31999990001"))
    assert same_person_key(Number("3199990001")) != same_person_key(Number("31999990002"))


@given(mobiles, st.sampled_from(["9", ""]))
def test_adding_the_ninth_digit_makes_todays_number_once(mobile: str, ninth: str) -> None:
    """An old spelling becomes the new one of the same person; done again it changes nothing."""
    number = Number(f"{mobile[:2]}{ninth}{mobile[3:]}")
    today = Number(same_person_key(number))
    assert today == mobile
    assert same_person_key(today) == today
    assert count_short([number, today]) == (not ninth)


@given(st.text(" ()-.+0123456789xX/,", max_size=70))
def test_the_short_way_round_punctuation_reads_as_the_long_way(raw: str) -> None:
    """Blanks, brackets and dashes within a number never change whose it is."""
    spread = raw.replace("-", "\u2011")
    assert clean(spread) == clean(raw)
