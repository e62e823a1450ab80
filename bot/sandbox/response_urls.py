"""Response addresses: five answers in half an hour, even where the bot is no member."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.contents import read_content
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message, MessageStore
from bot.sandbox.slack_error import SlackError
from bot.sandbox.workspace import Workspace

USES = 5
LIFETIME_SECONDS = 30 * 60


@dataclass(slots=True)
class _ResponseUrl:
    channel: str
    person: str
    message: Message | None
    made_at: float
    uses: int = 0


class ResponseUrls:
    """Makes response addresses and takes what apps post to them."""

    def __init__(self, messages: MessageStore, workspace: Workspace) -> None:
        self._messages = messages
        self._workspace = workspace
        self._urls: dict[str, _ResponseUrl] = {}

    def issue(self, channel: str, person: str, message: Message | None = None) -> str:
        """Make the last part of an address, for a command or for a press on `message`."""
        secret = secrets.token_urlsafe(18)
        self._urls[secret] = _ResponseUrl(channel, person, message, time.monotonic())
        return secret

    def respond(self, secret: str, answer: JsonObject) -> None:
        """Do what an app posted to an address.

        Raises:
            SlackError: `expired_url`, `used_url`, or what is wrong with the answer.
        """
        address = self._urls.get(secret)
        if address is None or time.monotonic() - address.made_at > LIFETIME_SECONDS:
            raise SlackError(word="expired_url")
        if address.uses >= USES:
            raise SlackError(word="used_url")
        message = address.message
        if answer.get("delete_original"):
            if message:
                self._messages.delete(message)
        else:
            content = read_content(answer)
            thread_ts = answer.get("thread_ts")
            if thread_ts and self._messages.find(address.channel, str(thread_ts)) is None:
                raise SlackError(word="thread_not_found")
            if answer.get("replace_original") and message:
                self._messages.rewrite(message, content)
            else:
                is_public = answer.get("response_type") == "in_channel"
                self._messages.post(
                    address.channel,
                    self._workspace.bot.id,
                    content,
                    thread_ts=thread_ts,
                    only_for=None if is_public else address.person,
                )
        address.uses += 1
