"""Where settings come from, and that every problem is told at once."""

import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.errors import SettingsError
from bot.settings import Problem, Settings, WrongSettings, load
from bot.settings.problems import read_problems
from tests.settings.samples import (
    APP_TOKEN,
    BOT_TOKEN,
    PASSWORD,
    RIGHT,
    load_with,
    make_settings,
    problems_of,
)

MARK = "zq9"


def test_a_right_file_is_read(bare_place: Path) -> None:
    """What is written is what is had, letter for letter."""
    settings = load_with(bare_place)
    assert settings.slack_bot_token.get_secret_value() == BOT_TOKEN
    assert settings.gateway_password.get_secret_value() == PASSWORD
    assert settings.public_url == "https://torpedo.example.com"


def test_the_environment_outdoes_the_file(
    bare_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container's settings win over a file that was left in the image."""
    monkeypatch.setenv("PORT", "9000")
    assert load_with(bare_place, PORT="8000").port == 9000


def test_the_environment_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no .env there is nothing to complain about."""
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    assert load().port == load(None).port == 8080


def test_settings_made_in_code_read_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration must not pick up the tokens of whoever runs it."""
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    assert make_settings().slack_app_token is None


def test_every_problem_is_told_at_once(bare_place: Path) -> None:
    """One round mends them all: missing, wrong, and at odds with each other."""
    wrong = problems_of(
        bare_place,
        SLACK_BOT_TOKEN=None,
        SLACK_SIGNING_SECRET=None,
        GATEWAY_URL="sms.example.com",
        GATEWAY_MAX_URL_BYTES="9000",
        PORT="many",
        APPROVERS="U111,U222",
        APPROVALS="3",
        QUIET_HOURS="at night",
        LOCALE="fr",
    )
    assert wrong == {
        "SLACK_BOT_TOKEN": "is missing",
        "SLACK_SIGNING_SECRET": "is missing, and so is SLACK_APP_TOKEN: one of the two is needed",
        "GATEWAY_URL": "isn't an address that starts with http:// or https://",
        "GATEWAY_MAX_URL_BYTES": "is more than 8000",
        "PORT": "isn't a whole number",
        "APPROVALS": "is more than the people in APPROVERS, 2",
        "QUIET_HOURS": "isn't two times of day such as 21:00-08:00, nor off",
        "LOCALE": "isn't one of 'en' or 'pt_BR'",
    }


def test_a_problem_says_where_to_get_it(bare_place: Path) -> None:
    """Whoever reads it need not look anything up; nothing is swallowed as a bot's error."""
    with pytest.raises(SettingsError) as caught:
        load_with(bare_place, SLACK_BOT_TOKEN=None)
    assert isinstance(caught.value, WrongSettings)
    assert "OAuth & Permissions" in caught.value.problems[0].where_to_get_it
    assert str(caught.value) == "SLACK_BOT_TOKEN is missing"


def test_an_empty_value_is_none(bare_place: Path) -> None:
    """A line left to be filled in counts as not there; no quiet hours is the one exception."""
    settings = load_with(bare_place, PORT="", SLACK_APP_TOKEN=" ", QUIET_HOURS="")
    assert settings.port == 8080
    assert settings.slack_app_token is None
    assert settings.quiet_hours is None
    assert problems_of(bare_place, GATEWAY_LOGIN="") == {"GATEWAY_LOGIN": "is missing"}


def test_a_password_keeps_its_spaces(bare_place: Path) -> None:
    """They may be its own; round anything else they are a slip of the hand."""
    settings = load_with(bare_place, GATEWAY_PASSWORD=" a ", SLACK_BOT_TOKEN=f" {BOT_TOKEN} ")
    assert settings.gateway_password.get_secret_value() == " a "
    assert settings.slack_bot_token.get_secret_value() == BOT_TOKEN


def test_no_secret_shows(bare_place: Path) -> None:
    """Not when settings are printed, whichever way."""
    settings = load_with(bare_place, SLACK_APP_TOKEN=APP_TOKEN)
    for secret in settings.secrets:
        assert secret not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert len(settings.secrets) == 4


@given(name=st.sampled_from(list(Settings.model_fields)), text=st.text(max_size=30))
def test_no_value_is_echoed(name: str, text: str) -> None:
    """Whatever is pasted wherever, it is taken or refused in words that don't repeat it."""
    for problem in find_problems(name, f"{text}{MARK}"):
        assert MARK not in f"{problem}"
        assert problem.setting == name.upper()
        assert problem.where_to_get_it


def find_problems(name: str, value: str) -> list[Problem]:
    """Set one setting; return what is said about it."""
    try:
        make_settings(**{name: value})
    except ValidationError as error:
        return read_problems(error, Settings.model_fields)
    return []


def test_nothing_is_chained_that_echoes(bare_place: Path) -> None:
    """A traceback of the error shows no value either: pydantic's own words might."""
    with pytest.raises(WrongSettings) as caught:
        load_with(bare_place, GATEWAY_TIMEZONE=MARK)
    assert MARK not in "".join(traceback.format_exception(caught.value))


def test_a_setting_that_is_none_is_refused_in_code() -> None:
    """Code that builds settings can't misspell one."""
    with pytest.raises(ValidationError) as caught:
        make_settings(prot="1")
    assert read_problems(caught.value, Settings.model_fields) == [
        Problem("PROT", "isn't a setting", "")
    ]
