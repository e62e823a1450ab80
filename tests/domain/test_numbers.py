"""Phone numbers: what is read, what is left out, and who is the same person."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import Number
from bot.domain.numbers import (
    DDDS,
    Fault,
    LeftOut,
    Recipients,
    clean,
    count_short,
    pretty,
    read_list,
    same_person_key,
)

mobiles = st.builds(
    "{}{}{:08d}".format,
    st.sampled_from(sorted(DDDS)),
    st.sampled_from(["9"]),
    st.integers(min_value=0, max_value=99_999_999),
)
digits = st.text("0123456789", min_size=1, max_size=14)
written = st.builds(
    "{}{:02d}{}{:07d}".format,
    st.sampled_from(["", "+55", "55", "0", "+55 ", "015", "(0"]),
    st.integers(min_value=11, max_value=99),
    st.sampled_from(["2", "3", "5", "6", "7", "8", "9", "91", "97", "99", "81", "31"]),
    st.integers(min_value=0, max_value=9_999_999),
)


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


@given(st.one_of(mobiles, digits, st.text(max_size=80)))
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


@given(mobiles, st.sampled_from(["E164", "INTERNATIONAL", "NATIONAL", "RFC3966"]))
def test_standard_spellings_come_back(mobile: str, name: str) -> None:
    """Whatever address book a list comes from, its spelling reads as the number it means."""
    parsed = phonenumbers.parse(mobile, "BR")
    spelled = phonenumbers.format_number(parsed, getattr(phonenumbers.PhoneNumberFormat, name))
    assert clean(spelled.removeprefix("tel:")) == mobile


def test_a_list_is_parted_at_commas_semicolons_tabs_and_lines() -> None:
    """A space inside one phone number must not split it."""
    raw = "31 99999-0001, +55 (31) 98888-0002;31999990003\t31999990004\r\n\n31999990005,"
    read = read_list(raw)
    assert [pretty(number)[-4:] for number in read.numbers] == [
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
    ]
    assert read.left_out == ()


def test_spaces_and_slashes_part_numbers_that_are_whole_by_themselves() -> None:
    """People part numbers with blanks too, and each is plainly a number."""
    raw = "31999990001 31999990002\n31 99999-0003 / 31 99999-0004"
    assert read_list(raw).numbers == ("31999990001", "31999990002", "31999990003", "31999990004")
    assert read_list(raw).left_out == ()


def test_what_is_left_out_is_listed_with_its_line() -> None:
    """Nobody drops out of a list silently."""
    raw = "nome,telefone\n31999990001\n\n31 3333-4444; +1 212 555 1234"
    assert read_list(raw).left_out == (
        LeftOut(1, "nome", Fault.NOT_A_NUMBER),
        LeftOut(1, "telefone", Fault.NOT_A_NUMBER),
        LeftOut(4, "31 3333-4444", Fault.NOT_A_MOBILE),
        LeftOut(4, "+1 212 555 1234", Fault.COUNTRY),
    )


def test_one_person_is_texted_once() -> None:
    """A mobile with and without its ninth digit is one person; the first spelling stays."""
    read = read_list("3199990001\n31999990001\n(31) 9999-0001")
    assert read.numbers == ("3199990001",)
    assert [out.fault for out in read.left_out] == [Fault.DUPLICATE, Fault.DUPLICATE]


def test_an_endless_word_is_shown_cut() -> None:
    """What was left out is shown in Slack, where a megabyte does not fit."""
    assert read_list("a" * 1_000_000).left_out == (LeftOut(1, "a" * 80, Fault.NOT_A_NUMBER),)


def test_many_bad_numbers_in_one_piece_are_left_out_together() -> None:
    """A piece that is no number, and not several either, is one thing to mend."""
    (left_out,) = read_list("1 " * 100_000).left_out
    assert left_out.fault is Fault.TOO_LONG


@pytest.mark.parametrize("raw", ["", " \n,;\t\r\n"])
def test_an_empty_list_names_nobody(raw: str) -> None:
    """Separators alone are no mistake worth listing."""
    assert read_list(raw) == Recipients((), ())


@given(
    st.lists(mobiles, unique=True, max_size=50), st.sampled_from([",", ";", "\n", " , ", "\r\n"])
)
def test_a_clean_list_survives_whole_and_in_order(numbers: list[str], separator: str) -> None:
    """Nobody is lost, added or moved."""
    assert read_list(separator.join(numbers)) == Recipients(tuple(map(Number, numbers)), ())


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_list(raw: str) -> None:
    """Reading never raises, and no two of the numbers are one person."""
    read = read_list(raw)
    assert len({same_person_key(number) for number in read.numbers}) == len(read.numbers)


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


def test_who_asked_for_no_more_is_left_out_with_their_line() -> None:
    """In the order of the lines, as everybody else who was left out."""
    read = read_list("31999990001\n31988880002\nfoo\n31977770003")
    left = read.without(frozenset({Number("31988880002")}))
    assert left.numbers == ("31999990001", "31977770003")
    assert left.lines == (1, 4)
    assert left.left_out == (
        LeftOut(2, "(31) 98888-0002", Fault.OPTED_OUT),
        LeftOut(3, "foo", Fault.NOT_A_NUMBER),
    )
    assert read.without(frozenset()) is read


@given(st.text(" ()-.+0123456789xX/,", max_size=70))
def test_the_short_way_round_punctuation_reads_as_the_long_way(raw: str) -> None:
    """Blanks, brackets and dashes within a number never change whose it is."""
    spread = raw.replace("-", "\u2011")
    assert clean(spread) == clean(raw)
