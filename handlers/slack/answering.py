"""Answering people: a refusal becomes a private answer, and nothing raises past the ack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.errors import BotError
from bot.domain.ids import ChannelId, UserId
from handlers.blocks.answers import render_refusal
from handlers.blocks.message import Message
from handlers.blocks.words import Words
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack

log = structlog.get_logger()

ANSWER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom to answer privately: by the address Slack gave, else in the channel."""

    user: UserId
    channel: ChannelId
    response_url: str | None = None


class PrivateAnswers:
    """Tells one person something that nobody else sees."""

    def __init__(self, client: AsyncWebClient, words: Words) -> None:
        self._client = client
        self._words = words

    async def tell(self, asker: Asker, message: Message) -> None:
        """Answer privately. A failure is logged: there is nobody else to tell."""
        try:
            if asker.response_url is None:
                await self._whisper(asker, message)
            else:
                await self._respond(asker.response_url, message)
        except (SlackRefused, SlackUnreachable) as error:
            log.warning("private answer lost", error=str(error))

    async def _whisper(self, asker: Asker, message: Message) -> None:
        await ask_slack(
            self._client.chat_postEphemeral,
            channel=asker.channel,
            user=asker.user,
            text=message.text,
            blocks=message.blocks or None,
            parse="none",
        )

    async def _respond(self, url: str, message: Message) -> None:
        answer = await ask_slack(
            AsyncWebhookClient(url, timeout=ANSWER_SECONDS).send,
            text=message.text,
            blocks=message.blocks or None,
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if answer.status_code != 200:  # noqa: PLR2004  HTTP's own number
            log.warning("private answer lost", status=answer.status_code, body=answer.body)

    async def guard(
        self, asker: Asker, work: Callable[[], Awaitable[None]], *, typed: str = ""
    ) -> None:
        """Do what was asked; answer with why not, in words that say what to do instead.

        ``typed`` is what would be lost with a refusal, and is handed back with it.
        """
        try:
            await work()
        except BotError as error:
            log.info("refused", why=type(error).__name__, user=asker.user)
            await self.tell(
                asker, Message(render_refusal(error, words=self._words, typed=typed), [])
            )
        except Exception:  # a person waits for an answer: say that it broke, and log why
            log.exception("a listener broke")
            await self.tell(asker, Message(self.sorry(), []))

    def sorry(self) -> str:
        """Say that it is our fault, and that it may or may not have been done."""
        return self._words.say(
            "Something broke on our side, so this may not have been done."
            " Look at the card before you try again."
        )
