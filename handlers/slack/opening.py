"""Opening modals: Slack gives 3 s and one try for each trigger."""

from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.refusals import SlackAway
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack

log = structlog.get_logger()


async def open_view(client: AsyncWebClient, trigger_id: str, view: dict[str, Any]) -> None:
    """Open a modal; when Slack won't (the trigger has gone stale), ask the person to try again."""
    try:
        await ask_slack(client.views_open, trigger_id=trigger_id, view=view)
    except (SlackRefused, SlackUnreachable) as error:
        log.warning("modal not opened", error=str(error))
        raise SlackAway from error
