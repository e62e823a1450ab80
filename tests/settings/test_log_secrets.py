"""No secret shows in a log, however it got there."""

import json
import logging
import sys
import threading
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Cleaner
from tests.settings.samples import LOGIN, PASSWORD, SECRETS, Lines, set_up


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "spell",
    [
        str,
        quote,
        quote_plus,
        lambda secret: quote(secret, safe=""),
        lambda secret: quote(quote(secret)),
        json.dumps,
        lambda secret: json.dumps({"a": secret}, ensure_ascii=False),
        repr,
    ],
)
def test_no_spelling_of_a_secret_shows(
    lines: Lines, log_format: str, secret: str, spell: Callable[[str], str]
) -> None:
    """As itself, in an address, in JSON; in the message, a value, an argument or a list."""
    set_up(log_format)
    spelled = spell(secret)
    structlog.get_logger().info(f"it is {spelled}.", value=spelled, more={spelled: [spelled]})
    logging.getLogger("library").warning("it is %s.", spelled)
    logged = "\n".join(lines())
    assert logged.count("***") >= 5
    assert secret not in logged
    assert spelled not in logged


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_shows_in_a_chain_of_exceptions(lines: Lines, log_format: str) -> None:
    """A traceback shows messages, causes and contexts, and never the values of variables."""
    set_up(log_format)
    try:
        _raise_chained(f"/api.ashx?lgn=x&pwd={quote(PASSWORD)}", f"{PASSWORD}-in-a-variable")
    except RuntimeError:
        structlog.get_logger().exception("failed")
        logging.getLogger("library").exception("failed too")
    logged = "\n".join(lines())
    assert logged.count("RuntimeError: ***-in-a-variable") == 2
    assert logged.count("ConnectError: /api.ashx?lgn=***&pwd=***") == 2
    assert logged.count("direct cause") == 2
    assert "outer =" not in logged


def test_what_nobody_catches_is_cleaned_too(lines: Lines) -> None:
    """The last traceback of a program, or of a thread, is a log line like any other."""
    set_up()
    error = RuntimeError(PASSWORD)
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=_raise, args=(error,))
    thread.start()
    thread.join()
    logged = "\n".join(lines())
    assert logged.count("RuntimeError: ***") == 2
    assert "stopped by an error" in logged


def _raise_chained(inner: str, outer: str) -> None:
    try:
        _raise(httpx.ConnectError(inner))
    except httpx.ConnectError as error:
        raise RuntimeError(outer) from error


def _raise(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    ("logged", "shown"),
    [
        ("xoxb-9-9-unknown", "***"),
        ("xoxe.xoxp-1-Mi0y and xapp-1-A-b", "*** and ***"),
        ("Bearer%20xoxp-1-2", "Bearer%20***"),
        ("?action=sendsms&lgn=ana&pwd=s%40&msg=oi", "?action=sendsms&lgn=***&pwd=***&msg=oi"),
        ("POST /c/AbC-d_9?x=1 200", "POST /c/***?x=1 200"),
        (
            "wss://wss.slack.com/link/?ticket=a-b&app_id=1",
            "wss://wss.slack.com/link/?ticket=***&app_id=1",
        ),
        ("https://hooks.slack.com/commands/T1/2/x", "https://hooks.slack.com/***"),
        ("the loja opened; lojas did not", "the *** opened; lojas did not"),
    ],
)
def test_what_looks_like_a_secret_goes_too(logged: str, shown: str) -> None:
    """Tokens of others, parameters, keys of call-backs: known by their shape."""
    assert Cleaner((), LOGIN).clean(logged) == shown


def test_a_secret_within_another_leaves_no_rest() -> None:
    """The longest goes first."""
    assert Cleaner(["abc", "abcdef", ""]).clean("abcdef abc") == "*** ***"


@given(secret=st.text(min_size=1, max_size=20), value=st.integers())
def test_whatever_the_secret_a_line_stays_json(secret: str, value: int) -> None:
    """A password may be a brace or a digit; only what is said may suffer for it."""
    cleaned = Cleaner([secret])(None, "info", {"event": f"a{secret}b", "n": value, "ok": True})
    assert set(json.loads(json.dumps(cleaned))) == {"event", "n", "ok"}
    assert secret not in str(cleaned["n"]) or set(secret) <= {"*"}


def test_a_line_that_cannot_be_written_is_not_shown_raw(lines: Lines) -> None:
    """Python would print its arguments to say what went wrong."""
    set_up()
    logging.getLogger("library").info("%d people", PASSWORD)
    assert lines() == ["a log line of library could not be written: TypeError"]
