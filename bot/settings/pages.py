"""The pages that tell about settings, written from the settings themselves."""

from datetime import time
from pathlib import Path
from textwrap import fill

from pydantic.fields import FieldInfo

from bot.domain.quiet import QuietSpan
from bot.settings.house import Settings

DOCS = Path("docs/settings.md")
EXAMPLE = Path(".env.example")
_BEGIN = "<!-- the table: written by bot.settings.renew -->\n"
_END = "<!-- the table ends -->\n"
_PREFACE = """\
# Torpedo's settings. Copy this file to .env and fill it in; `torpedo check` says what is wrong.
# What is commented out has the default shown. The environment outdoes this file.
# Put single quotes round a value that holds spaces, quotes or a #.
"""


def settings_table() -> str:
    """Write the settings as a Markdown table: name, default, what it is and where to get it."""
    rows = [
        f"| `{name.upper()}` | {_tell_default(field)} | {_escape(field.description or '')} |\n"
        for name, field in Settings.model_fields.items()
    ]
    return "| Setting | Default | What it is |\n|---|---|---|\n" + "".join(rows)


def env_example() -> str:
    """Write an example of a ``.env`` file, with what must be filled in left empty."""
    entries = [
        f"\n{_comment(field.description or '')}\n{_assign(name, field)}\n"
        for name, field in Settings.model_fields.items()
    ]
    return _PREFACE + "".join(entries)


def renew(root: Path = Path()) -> None:
    """Write both pages anew, after a setting has changed; ``root`` is the project's folder.

    Raises:
        ValueError: The page on settings has lost the marks round its table.
    """
    page = (root / DOCS).read_text(encoding="utf-8")
    (root / DOCS).write_text(with_table(page), encoding="utf-8")
    (root / EXAMPLE).write_text(env_example(), encoding="utf-8")


def with_table(page: str) -> str:
    """Put the table as it should be into the page on settings, between its marks."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        what = f"{DOCS} has lost the marks round its table"
        raise ValueError(what)
    return f"{before}{begin}\n{settings_table()}\n{end}{after}"


def _tell_default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default = _spell(field.default)
    return f"`{default}`" if default else ""


def _assign(name: str, field: FieldInfo) -> str:
    mark = "" if field.is_required() else "# "
    default = "" if field.is_required() else _spell(field.default)
    return f"{mark}{name.upper()}={default}"


def _spell(default: object) -> str:
    """Write a default as it would be typed."""
    if default is None:
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, QuietSpan):
        return f"{_clock(default.start)}-{_clock(default.end)}"
    return str(default)


def _comment(text: str) -> str:
    return fill(text, 98, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
