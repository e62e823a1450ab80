"""What a ``.env`` file may look like, and what is said of one that doesn't."""

from pathlib import Path

import pytest

from bot.settings import WrongSettings, load
from tests.settings.samples import (
    BOT_TOKEN,
    load_with,
    problems_of,
    write_env,
)

MARK = "zq9"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GATEWAY_LOGN", "GATEWAY_LOGIN"),
        ("gateway_pass", "GATEWAY_PASSWORD"),
        ("SLACK_BOT_TOKENS", "SLACK_BOT_TOKEN"),
        ("APROVERS", "APPROVERS"),
    ],
)
def test_a_slip_in_a_name_is_told(bare_place: Path, typed: str, meant: str) -> None:
    """A setting that nothing reads would be a silent default."""
    assert problems_of(bare_place, **{typed: "x"}) == {
        typed: f"isn't a setting: did you mean {meant}?"
    }


def test_other_programs_names_are_left_alone(bare_place: Path) -> None:
    """One .env may serve several programs; the case of ours doesn't matter."""
    settings = load_with(bare_place, SLACK_CLIENT_ID="1", AWS_REGION="sa-east-1", port="81")
    assert settings.port == 81


def test_a_value_is_never_replaced_within(bare_place: Path) -> None:
    """A password may hold what other programs take for a variable."""
    settings = load_with(bare_place, GATEWAY_PASSWORD="a${HOME}b$c")
    assert settings.gateway_password.get_secret_value() == "a${HOME}b$c"


def test_a_line_that_is_none_is_told(bare_place: Path) -> None:
    """A line that can't be read is named by its number, not by what it says."""
    path = write_env(bare_place)
    path.write_text(f"{path.read_text(encoding='utf-8')}# fine\nPORT\n'{BOT_TOKEN}\n")
    with pytest.raises(WrongSettings) as caught:
        load(path)
    assert [problem.what for problem in caught.value.problems] == [
        "has a line, number 8, that can't be read",
        "has a line, number 9, that can't be read",
    ]


def test_a_file_from_windows_is_read(bare_place: Path) -> None:
    """A byte order mark and carriage returns are no part of a name or a value."""
    path = write_env(bare_place)
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert load(path) == load_with(bare_place)


def test_a_file_that_is_no_text_is_told(bare_place: Path) -> None:
    """Its other settings can't be judged, so this alone is said."""
    path = bare_place / "odd.env"
    path.write_bytes("GATEWAY_PASSWORD=ç".encode("cp1252"))
    with pytest.raises(WrongSettings, match="isn't a text in UTF-8") as caught:
        load(path)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("name", ["no-such.env", "."])
def test_a_named_file_must_be_there(name: str) -> None:
    """Whoever names a file means it; a folder is none."""
    with pytest.raises(WrongSettings, match="can't be read"):
        load(name)
