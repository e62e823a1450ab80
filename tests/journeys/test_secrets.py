"""Credentials show nowhere: not in logs, errors, messages or tables."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.logs import configure_logs
from bot.tour.visitor import ANA, BRUNO
from tests.journeys.conftest import Town, open_town

PASSWORD = "s3nha+muito/secreta&1"
LOGIN = "loginzinho-da-aurora"
TROUBLES = ("down", "html", "lost", "none")


async def _trouble(town: Town) -> None:
    """Go through every kind of trouble that could echo an address."""
    for campaign, kind in enumerate(TROUBLES, start=1):
        await town.visitor.do("trouble", kind=kind)
        await town.visitor.type(ANA, f"/sms-send 3199999000{campaign} Oi {kind}")
        await town.card_says("Waiting", campaign=campaign)
        await town.visitor.press(BRUNO, "campaign.approve", campaign=campaign)
        await town.told_in_thread("approved", campaign=campaign)
        await town.visitor.type(ANA, f"/sms-hold {campaign}")
        await town.visitor.type(ANA, f"/sms-status {campaign}")
        await town.told_privately(f"#{campaign}")


def _read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_credentials_are_searched_for_everywhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Logs at their loudest, every message, and every byte of the database."""
    async with open_town(tmp_path, gateway_password=PASSWORD, gateway_login=LOGIN) as town:
        settings = town.settings
        configure_logs(settings.log_format, "DEBUG", secrets=settings.secrets, login=LOGIN)
        await _trouble(town)
        state = json.dumps(await town.visitor.state(ANA), ensure_ascii=False)
    output = "".join(capfd.readouterr())
    stored = await asyncio.to_thread(_read_all, tmp_path)
    assert "part submitted" in output
    assert b"C0MARKETING" in stored
    for secret in (
        PASSWORD,
        "s3nha%2Bmuito%2Fsecreta%261",
        LOGIN,
        *(one for one in settings.secrets),
    ):
        assert secret not in output
        assert secret not in state
        assert secret.encode() not in stored
