"""Reading the settings: the environment first, then a ``.env`` file."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dotenv.parser import Binding, parse_stream
from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.settings.house import Settings
from bot.settings.problems import Problem, WrongSettings, explain, read_problems

ENV_FILE = Path(".env")
_ALIKE = 0.85  # of 1: GATEWAY_LOGN and GATEWAY_PASS are ours, SLACK_CLIENT_ID is somebody else's
_FORM = "Each line is NAME=value, or a comment that starts with #."


class _Environment(Settings, BaseSettings):
    """Fills the settings; what it is given is the file's, and the environment outdoes it."""

    model_config = SettingsConfigDict(extra="ignore")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def load(env_file: str | Path | None = ENV_FILE) -> Settings:
    """Read the settings from the environment and from a file; ``None`` is no file.

    The file is read here and not by pydantic-settings, which would swap ``${...}`` in a password
    and keep silent about names that are nearly ours. A missing ``.env`` is no mistake; a missing
    file that somebody named is.

    Raises:
        WrongSettings: With every problem there is, and no value in its words.
    """
    lines = _read_lines(Path(env_file)) if env_file is not None else []
    problems = _check_lines(lines, str(env_file))
    try:
        settings = _Environment(**_read_ours(lines))
    except ValidationError as error:
        problems += read_problems(error, Settings.model_fields)
    else:
        if not problems:
            return settings
    raise WrongSettings(problems)


def _read_lines(path: Path) -> list[Binding]:
    if path == ENV_FILE and not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return list(parse_stream(stream))
    except UnicodeDecodeError:
        what = "isn't a text in UTF-8: save it as UTF-8"
    except OSError as error:
        what = f"can't be read: {error.strerror}"
    raise WrongSettings([Problem(str(path), what, _FORM)])


def _check_lines(lines: list[Binding], path: str) -> list[Problem]:
    return [problem for line in lines if (problem := _check_line(line, path)) is not None]


def _check_line(line: Binding, path: str) -> Problem | None:
    ours = Settings.model_fields
    name = (line.key or "").lower()
    if line.error or (name in ours and line.value is None):
        return Problem(path, f"has a line, number {line.original.line}, that can't be read", _FORM)
    if not name or name in ours:
        return None
    meant = get_close_matches(name, ours, n=1, cutoff=_ALIKE)
    if not meant:
        return None
    what = f"isn't a setting: did you mean {meant[0].upper()}?"
    return Problem(str(line.key), what, explain(meant[0], what, ours).where_to_get_it)


def _read_ours(lines: list[Binding]) -> dict[str, Any]:
    pairs = [((line.key or "").lower(), line.value) for line in lines]
    return {
        name: value for name, value in pairs if name in Settings.model_fields and value is not None
    }
