"""What leaves the door: the credentials go to the platform, and nowhere else."""

import logging
import traceback
from urllib.parse import quote

import pytest

from bot.domain.errors import GatewayError, GatewayRejected, OutcomeUnknown
from bot.gateway.door import Door
from tests.gateway.asking import free_port, send
from tests.gateway.canned import CannedPlatform, Deed
from tests.gateway.conftest import MakeDoor
from tests.gateway.dialects import LOGIN, PASSWORD, Dialect


def assert_keeps_secrets(text: str) -> None:
    """Fail where a login or a password shows, raw or as it rides in the address."""
    for secret in (LOGIN, PASSWORD, quote(PASSWORD, safe=""), quote(PASSWORD)):
        assert secret not in text


async def test_a_redirect_is_not_followed(door: Door, platform: CannedPlatform) -> None:
    """It would send twice, or carry the credentials to another host."""
    platform.says("", status=307, more_headers="Location: /elsewhere\r\n")
    with pytest.raises(OutcomeUnknown):
        await send(door)
    assert len(platform.requests) == 1


async def test_proxies_of_the_environment_are_not_asked(
    door: Door, platform: CannedPlatform, dialect: Dialect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy sees the address, and with it the password."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    platform.says(dialect.yes())
    assert await send(door) == 4711


async def test_a_reason_is_cleaned_and_cut(
    door: Door, platform: CannedPlatform, dialect: Dialect
) -> None:
    """It is shown in Slack: no credentials, no controls, no novel."""
    echo = f"lgn={LOGIN}&pwd={quote(PASSWORD)} {PASSWORD}\x9b\u202e" + "x" * 500
    platform.says(dialect.no(echo))
    with pytest.raises(GatewayRejected) as caught:
        await send(door)
    assert_keeps_secrets(caught.value.reason)
    assert caught.value.reason.startswith("lgn=***&pwd=*** ***xxx")
    assert len(caught.value.reason) == 200


@pytest.mark.parametrize("deed", [Deed.CLOSE_AFTER_READING, Deed.CLOSE_AT_ONCE, None])
async def test_no_error_and_no_log_carries_the_credentials(
    platform: CannedPlatform,
    door: Door,
    dialect: Dialect,
    caplog: pytest.LogCaptureFixture,
    deed: Deed | None,
) -> None:
    """Not in its text, its causes, its frames' variables, nor in any library's debug log."""
    caplog.set_level(logging.DEBUG)
    echo = f"Location: /x?lgn={LOGIN}&pwd={quote(PASSWORD)}\r\n"
    platform.says("", status=302, more_headers=echo)
    platform.answer = deed or platform.answer
    with pytest.raises(GatewayError) as caught:
        await send(door)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    ours = [
        frame
        for frame in report.stack
        if frame.filename.endswith(("gateway/door.py", dialect.file))
    ]
    assert ours
    for frame in ours:
        assert_keeps_secrets(str(frame.locals))
    assert_keeps_secrets(f"{error!r} {error} {door!r} {caplog.text}")


def test_an_account_is_known_by_its_fingerprint(door: Door, make_door: MakeDoor) -> None:
    """The same for the same account, whatever the door is doing; no login in it."""
    assert door.account == make_door("http://127.0.0.1:1/").account
    assert repr(door) == f"<{type(door).__name__} {door.account}>"
    assert_keeps_secrets(repr(door))
