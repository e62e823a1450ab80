"""What the command line does with settings: load them, explain what is wrong, set up the logs.

Each function imports only what it runs: whatever is loaded stays in memory as long as the bot.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from bot import logs
from bot.domain.errors import SettingsError
from bot.settings import Settings, WrongSettings, load

if TYPE_CHECKING:
    from rich.console import RenderableType


def run_bot(env_file: Path, run: Callable[[Settings], Coroutine[None, None, None]]) -> int:
    """Run the bot until it is told to stop; returns the exit code."""
    try:
        settings = load(env_file)
        set_up_logs(settings)
        uvloop.run(run(settings))
    except SettingsError as error:
        explain(error)
        return 1
    return 0


def run_check(env_file: Path) -> int:
    """Check the settings, then Slack and the platform; returns the exit code."""
    try:
        settings = load(env_file)
    except SettingsError as error:
        explain(error)
        return 1
    set_up_logs(settings, level="ERROR")
    return asyncio.run(_show_findings(settings))


def run_inbox(env_file: Path, *, read_again: bool) -> int:
    """List the call-backs that weren't understood, or read them again; returns the exit code."""
    from bot import inbox  # noqa: PLC0415

    try:
        settings = load(env_file)
        set_up_logs(settings, level="ERROR")
        work = inbox.read_again(settings) if read_again else inbox.list_set_aside(settings)
        _show(asyncio.run(work))
    except SettingsError as error:
        explain(error)
        return 1
    return 0


def run_optouts(
    env_file: Path, work: Callable[[Settings], Coroutine[None, None, tuple[list[str], int]]]
) -> int:
    """Do something with the opt-out list and say what came of it; returns the exit code."""
    try:
        settings = load(env_file)
        set_up_logs(settings, level="ERROR")
        lines, code = asyncio.run(work(settings))
    except SettingsError as error:
        explain(error)
        return 1
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return code


async def _show_findings(settings: Settings) -> int:
    from bot import checking  # noqa: PLC0415

    findings = await checking.check(settings)
    _show(checking.render_findings(findings))
    return 0 if all(finding.ok for finding in findings) else 1


def set_up_logs(settings: Settings, *, level: str | None = None) -> None:
    """Set up the logs for these settings, with every secret taken out."""
    logs.configure_logs(
        settings.log_format,
        level or settings.log_level,
        secrets=settings.secrets,
        login=settings.gateway_login.get_secret_value(),
    )


def explain(error: SettingsError) -> None:
    """Say on the terminal what to put right."""
    from bot import checking  # noqa: PLC0415

    if isinstance(error, WrongSettings):
        _show(checking.render_problems(error.problems), stderr=True)
    else:
        _show(str(error), stderr=True, style="bold red", markup=False)


def _show(
    what: "RenderableType",
    *,
    stderr: bool = False,
    style: str | None = None,
    markup: bool = True,
) -> None:
    """Print it; the printer is loaded only now, for a bot that runs well has nothing to show."""
    from rich.console import Console  # noqa: PLC0415

    Console(stderr=stderr).print(what, style=style, markup=markup)
