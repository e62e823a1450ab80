"""Opening modals: Slack gives 3 s and one try for each trigger."""

from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.refusals import SlackAway

log = structlog.get_logger()


async def open_view(client: AsyncWebClient, trigger_id: str, view: dict[str, Any]) -> None:
    """Open a modal; when Slack won't (the trigger has gone stale), ask the person to try again."""
    try:
        await client.views_open(trigger_id=trigger_id, view=view)
    except SlackApiError as error:
        log.warning("modal not opened", error=error.response["error"])
        raise SlackAway from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SlackAway from error
