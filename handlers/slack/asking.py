"""Asking Slack: its client's many ways to fail, as two that say what to do about them."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

TOO_MANY = 429

_NO_ANSWER = (aiohttp.ClientError, SlackRequestError, OSError, ValueError, AttributeError)
"""The last two: over a bare text, or bytes that are no text, Slack's client itself stumbles."""


class SlackRefused(Exception):
    """Slack said no.

    Attributes:
        word: Its own word for why, such as ``channel_not_found``.
        retry_after: Seconds to wait first, where it was asked too often.
    """

    def __init__(self, word: str, retry_after: int | None = None) -> None:
        super().__init__(word)
        self.word = word
        self.retry_after = retry_after


class SlackUnreachable(Exception):
    """No answer, or one that isn't Slack's, such as a proxy's page; the words say which.

    Attributes:
        never_left: Whether the request certainly reached nobody: there was no connection.
    """

    def __init__(self, words: str, *, never_left: bool = False) -> None:
        super().__init__(words)
        self.never_left = never_left


async def ask_slack(method: Callable[..., Awaitable[Any]], **arguments: Any) -> Any:  # noqa: ANN401  Slack's answers are JSON
    """Call one of Slack's methods and return its answer.

    Raises:
        SlackRefused: Slack answered, and said no.
        SlackUnreachable: Nobody answered as Slack does. It may have been done all the same.
    """
    try:
        return await method(**arguments)
    except SlackApiError as error:
        raise _read(error) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise SlackUnreachable(type(error).__name__, never_left=True) from error
    except _NO_ANSWER as error:
        raise SlackUnreachable(type(error).__name__) from error


def _read(error: SlackApiError) -> SlackRefused | SlackUnreachable:
    """Read an answer; where it is no JSON, the client hands over the bare response instead."""
    answer = error.response
    if getattr(answer, "status_code", None) == TOO_MANY:
        return SlackRefused("ratelimited", _read_pause(answer.headers.get("Retry-After", "")))
    said = getattr(answer, "data", None)
    word = said.get("error") if isinstance(said, dict) else None
    return SlackRefused(str(word)) if word else SlackUnreachable("not Slack's answer")


def _read_pause(seconds: str) -> int:
    """Read ``Retry-After``: whole seconds, and at least one whatever is written there."""
    return max(1, int(seconds)) if seconds.isascii() and seconds.isdigit() else 1
