"""Which column holds the numbers: its name says so, or its cells do."""

import pytest

from bot.lists import read_file

ANA = "31999990001"


@pytest.mark.parametrize(
    "name",
    [
        "celular",
        "CELULAR",
        "Telefone",
        "Nº do Celular",
        "fone",
        "Phone",
        "phone_number",
        "WhatsApp",
        "Número",
        "numero",
        "Tel.",
        "Contato",
        "mobile",
    ],
)
def test_the_column_is_found_by_its_name(name: str) -> None:
    """Accents, case and what stands around it don't count."""
    found = read_file(f"nome;{name}\nAna;{ANA}\n".encode())
    assert (found.origin.column, found.origin.is_named) == (name, True)
    assert found.recipients.numbers == (ANA,)


def test_a_mobile_is_preferred_to_a_telephone() -> None:
    """Wherever it stands: the telephone is a landline more often."""
    found = read_file(f"telefone;celular\n3133334444;{ANA}\n31988880002;{ANA}\n".encode())
    assert found.origin.column == "celular"


def test_of_two_by_the_same_name_the_fuller_one_counts() -> None:
    """The second telephone of most people is blank."""
    rows = f"fone 1;fone 2\n;{ANA}\n;31988880002\n31977770003;\n"
    assert read_file(rows.encode()).origin.column == "fone 2"


def test_the_number_of_a_house_is_no_telephone() -> None:
    """A name alone isn't enough where the numbers stand elsewhere."""
    found = read_file(f"rua;número;ligar para\nA;12;{ANA}\nB;7;31988880002\n".encode())
    assert (found.origin.column, found.origin.is_named) == ("ligar para", False)
    assert found.recipients.fields == ("rua", "número", "ligar para")


def test_bad_numbers_under_a_good_name_are_listed() -> None:
    """Then the file is the right one, and what is wrong are its numbers."""
    found = read_file(b"nome;celular\nAna;3133334444\n")
    assert found.recipients.numbers == ()
    assert [one.line for one in found.recipients.left_out] == [2]


def test_columns_keep_their_names() -> None:
    """A text is filled from them: a nameless one goes by its letter, a double one is told apart."""
    found = read_file(f"Nome;;Nome;fone\nAna;x;Souza;{ANA}\n".encode())
    assert found.recipients.fields == ("Nome", "B", "Nome (2)", "fone")


def test_the_28th_column_is_called_as_in_a_spreadsheet() -> None:
    """After Z comes AA."""
    found = read_file((";" * 26 + ANA).encode())
    assert (found.recipients.fields[25], found.origin.column) == ("Z", "AA")
