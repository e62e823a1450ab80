"""Slack's own client, as the program uses it."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings

SLACK_SECONDS = 10


def open_client(
    settings: Settings, session: aiohttp.ClientSession, *, repeats: bool = True
) -> AsyncWebClient:
    """Make a client on a session; unless it ``repeats``, it sends each request once.

    By itself the library sends one again whose connection broke. Slack may have taken it, so what
    posts must not do that.
    """
    return AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=SLACK_SECONDS,
        session=session,
        retry_handlers=None if repeats else [],
    )
