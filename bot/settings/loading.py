"""Reading the settings: the environment first, then a ``.env`` file."""

import os
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from pydantic import ValidationError

from bot.settings.house import Settings
from bot.settings.problems import Problem, WrongSettings, explain, read_problems

ENV_FILE = Path(".env")
_ALIKE = 0.85  # of 1: GATEWAY_LOGN and GATEWAY_PASS are ours, SLACK_CLIENT_ID is somebody else's
_FORM = "Each line is NAME=value, or a comment that starts with #."


def load(env_file: str | Path | None = ENV_FILE) -> Settings:
    """Read the settings from the environment and from a file; ``None`` is no file.

    A name in the environment outdoes the file's; capitals don't matter. ``${...}`` in a password
    stays as it is, and a name in the file that is nearly ours is a mistake. A missing ``.env`` is
    none; a missing file that somebody named is.

    Raises:
        WrongSettings: With every problem there is, and no value in its words.
    """
    lines = _read_lines(Path(env_file)) if env_file is not None else []
    problems = _check_lines(lines, str(env_file))
    try:
        settings = Settings.model_validate(_read_ours(lines) | _read_environment())
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
    from difflib import get_close_matches  # noqa: PLC0415 - only for whoever made a mistake

    meant = get_close_matches(name, ours, n=1, cutoff=_ALIKE)
    if not meant:
        return None
    what = f"isn't a setting: did you mean {meant[0].upper()}?"
    return Problem(str(line.key), what, explain(meant[0], what, ours).where_to_get_it)


def _read_ours(lines: list[Binding]) -> dict[str, str]:
    pairs = [((line.key or "").lower(), line.value) for line in lines]
    return {
        name: value for name, value in pairs if name in Settings.model_fields and value is not None
    }


def _read_environment() -> dict[str, str]:
    pairs = [(name.lower(), value) for name, value in os.environ.items()]
    return {name: value for name, value in pairs if name in Settings.model_fields}
