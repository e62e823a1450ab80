"""Messages of the pretend Slack, and who can see them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.sandbox.changes import Changes
from bot.sandbox.files import StoredFile
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.workspace import Workspace

SLACKBOT = "USLACKBOT"
_MICROSECONDS = 1_000_000


@dataclass(slots=True)
class Content:
    """What a message says, apart from where and who."""

    text: str = ""
    blocks: list[JsonObject] | None = None
    metadata: JsonObject | None = None
    files: list[StoredFile] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """One message; `only_for` names the one person who sees an ephemeral one.

    `state` holds what each person chose in the message's inputs, by person, block and action.
    """

    channel: str
    ts: str
    user: str
    content: Content
    thread_ts: str | None = None
    only_for: str | None = None
    is_edited: bool = False
    state: dict[str, JsonObject] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it is in a thread, below the message that began it."""
        return self.thread_ts not in (None, self.ts)


class MessageStore:
    """All messages by channel, oldest first."""

    def __init__(self, changes: Changes, workspace: Workspace) -> None:
        self._changes = changes
        self._workspace = workspace
        self._channels: dict[str, dict[str, Message]] = {}
        self._last = 0

    def post(
        self,
        channel: str,
        user: str,
        content: Content,
        *,
        thread_ts: str | None = None,
        only_for: str | None = None,
    ) -> Message:
        """Put a message in a channel; a `thread_ts` of a reply leads to the thread's first."""
        parent = self.find(channel, thread_ts) if thread_ts else None
        if parent and parent.is_reply:
            thread_ts = parent.thread_ts
        message = Message(channel, self._next_ts(), user, content, thread_ts, only_for)
        self._channels.setdefault(channel, {})[message.ts] = message
        self._changes.happened()
        return message

    def rewrite(self, message: Message, content: Content) -> None:
        """Change what a message says; Slack marks the ones without blocks as edited."""
        message.content = content
        message.is_edited = message.is_edited or not content.blocks
        self._changes.happened()

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self._channels[message.channel].pop(message.ts, None)
        self._changes.happened()

    def find(self, channel: str, ts: str) -> Message | None:
        """Find a message by its address."""
        return self._channels.get(channel, {}).get(ts)

    def in_channel(self, channel: str, *, seen_by: str | None = None) -> Iterator[Message]:
        """Walk a channel's messages, threads included, as one person sees them.

        `seen_by` None is the public view, which the Web API has: no ephemeral messages.
        """
        for message in self._channels.get(channel, {}).values():
            if message.only_for in (None, seen_by):
                yield message

    def thread(self, channel: str, thread_ts: str) -> list[Message]:
        """List a thread publicly, the message that began it first."""
        return [
            message
            for message in self.in_channel(channel)
            if thread_ts in (message.ts, message.thread_ts)
        ]

    def as_slack(
        self, message: Message, *, with_metadata: bool = False, base: str = ""
    ) -> JsonObject:
        """Tell a message as the Web API does, whose files lie under `base`."""
        content = message.content
        shown: JsonObject = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "text": content.text,
            "team": self._workspace.team.id,
        }
        if message.user == self._workspace.bot.id:
            shown |= {"bot_id": self._workspace.bot_id, "app_id": self._workspace.app_id}
        if content.blocks:
            shown["blocks"] = content.blocks
        if content.files:
            shown["files"] = [file.as_slack(base) for file in content.files]
        if message.is_edited:
            shown["edited"] = {"user": message.user, "ts": message.ts}
        replies = [] if message.is_reply else self.thread(message.channel, message.ts)[1:]
        if replies:
            shown |= {
                "thread_ts": message.ts,
                "reply_count": len(replies),
                "reply_users": sorted({reply.user for reply in replies}),
                "latest_reply": replies[-1].ts,
            }
        elif message.thread_ts:
            shown["thread_ts"] = message.thread_ts
        if with_metadata and content.metadata:
            shown["metadata"] = content.metadata
        return shown

    def _next_ts(self) -> str:
        self._last = max(time.time_ns() // 1000, self._last + 1)
        seconds, micros = divmod(self._last, _MICROSECONDS)
        return f"{seconds}.{micros:06}"
