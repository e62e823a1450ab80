"""Settings that are right, to be made wrong one at a time, and logs set up with them."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.logs import configure_logs
from bot.settings import Settings, WrongSettings, load
from bot.settings.problems import read_problems

BOT_TOKEN = "xoxb-111-222-abcdefghijkl"
APP_TOKEN = "xapp-1-A111-222-abcdefghijkl"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PASSWORD = "s3nh@ & çá/+%"
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, PASSWORD)
LOGIN = "loja"
RIGHT = {
    "SLACK_BOT_TOKEN": BOT_TOKEN,
    "SLACK_SIGNING_SECRET": SIGNING_SECRET,
    "GATEWAY_URL": "http://sms.example.com/painel/api.ashx",
    "GATEWAY_LOGIN": LOGIN,
    "GATEWAY_PASSWORD": PASSWORD,
    "PUBLIC_URL": "https://torpedo.example.com",
}

Lines = Callable[[], list[str]]


def make_settings(**changes: object) -> Settings:
    """Build settings that are right but for the changes; names may be in small letters."""
    given: dict[str, Any] = {name.lower(): value for name, value in RIGHT.items()} | changes
    return Settings(**given)


def write_env(place: Path, **changes: str | None) -> Path:
    """Write a ``.env`` file that is right but for the changes; ``None`` leaves a setting out."""
    values = {name: value for name, value in (RIGHT | changes).items() if value is not None}
    path = place / ".env"
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in values.items()]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def load_with(place: Path, **changes: str | None) -> Settings:
    """Load settings from a file that is right but for the changes."""
    return load(write_env(place, **changes))


def refused(**changes: object) -> str:
    """Build settings with a change that is wrong; return what is said about it."""
    with pytest.raises(ValidationError) as caught:
        make_settings(**changes)
    (problem,) = read_problems(caught.value, Settings.model_fields)
    return problem.what


def problems_of(place: Path, **changes: str | None) -> dict[str, str]:
    """Load from a file that is right but for the changes; return what is wrong, by setting."""
    with pytest.raises(WrongSettings) as caught:
        load_with(place, **changes)
    return {problem.setting: problem.what for problem in caught.value.problems}


def set_up(log_format: str = "text", level: str = "INFO") -> None:
    """Set logs up with every secret there is."""
    configure_logs(log_format, level, secrets=SECRETS, login=LOGIN)
