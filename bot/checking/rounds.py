"""The round that a check makes: settings, disk, Slack, and the SMS platform."""

import asyncio
import os
from pathlib import Path

from bot.checking.findings import Finding
from bot.checking.gateway import check_gateway
from bot.checking.slack import check_slack
from bot.settings import Settings


async def check(settings: Settings) -> list[Finding]:
    """Look at everything that settings point to; sends no message and changes nothing.

    It asks the platform for the credit left, which the platform answers once a minute.
    """
    slack, gateway = await asyncio.gather(check_slack(settings), check_gateway(settings))
    warnings = [
        Finding(warning.setting, ok=True, words=warning.what, careful=True)
        for warning in settings.warnings
    ]
    return [*slack, *gateway, _check_database(settings.database), *warnings]


def _check_database(path: Path) -> Finding:
    name = "Database"
    folder = path.absolute().parent
    if path.is_dir():
        return Finding(name, ok=False, words=f"{path} is a folder: DATABASE takes a file")
    while not folder.exists():  # the bot makes the folders that are missing
        folder = folder.parent
    if not os.access(
        path if path.exists() else folder, os.W_OK
    ):  # pragma: no cover - root always may
        return Finding(
            name, ok=False, words=f"{path} can't be written: let Torpedo's user write it"
        )
    return Finding(name, ok=True, words=str(path) if path.exists() else f"{path}, to be made")
