"""What the poster's tests post with: a desk's news on its way into Slack, and what stands there."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.campaign import Campaign
from bot.domain.ids import ChannelId, Number, UserId
from bot.domain.news import News
from bot.domain.replies import Reply
from bot.ports import Store, Transaction
from bot.sandbox.messages import Message
from bot.sandbox.server import Sandbox
from bot.services.telling import tell_reply
from handlers.blocks.words import Words
from handlers.slack.poster import Poster
from tests.services.desk import Desk
from tests.settings.services import slack

MARKETING = ChannelId("C0MARKETING")
ANA, BRUNO = UserId("U0ANA"), UserId("U0BRUNO")
POST, UPDATE = "/api/chat.postMessage", "/api/chat.update"
HISTORY, REPLIES = "/api/conversations.history", "/api/conversations.replies"
POSTED = slack(ts="1700000000.000100", channel=MARKETING)


async def _nothing() -> None:
    return None


class Telephone(AsyncWebClient):
    """A client that remembers what it said, and during whose next post something happens."""

    meanwhile: Callable[[], Awaitable[None]] = staticmethod(_nothing)
    after_upload: Callable[[], Awaitable[None]] = staticmethod(_nothing)

    def __init__(self, base_url: str) -> None:
        super().__init__("xoxb-sandbox-bot", base_url=base_url, timeout=5, retry_handlers=[])
        self.posts: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []

    async def chat_postMessage(self, **content: Any) -> AsyncSlackResponse:  # noqa: ANN401, N802  as the library's
        """Post, and let it happen before the answer is there."""
        self.posts.append(content)
        answer = await super().chat_postMessage(**content)
        happens, self.meanwhile = self.meanwhile, _nothing
        await happens()
        return answer

    async def files_upload_v2(self, **content: Any) -> AsyncSlackResponse:  # noqa: ANN401  as the library's
        """Upload a file, and let it happen before the answer is there."""
        answer = await super().files_upload_v2(**content)
        happens, self.after_upload = self.after_upload, _nothing
        await happens()
        return answer

    async def chat_update(self, **content: Any) -> AsyncSlackResponse:  # noqa: ANN401  as the library's
        """Change a message."""
        self.changes.append(content)
        return await super().chat_update(**content)


def open_poster(desk: Desk, client: AsyncWebClient, store: Store | None = None) -> Poster:
    """Put a poster between the desk and a Slack."""
    return Poster(
        client=client,
        store=store or desk.store,
        viewing=desk.viewing,
        clock=desk.clock,
        words=Words(),
    )


async def tell(desk: Desk, poster: Poster) -> None:
    """Tell everything, however long it takes by the clock."""
    for _ in range(50):
        if (pause := await poster.run()) is None:
            return
        desk.clock.advance(timedelta(seconds=pause))
    pytest.fail("the poster never came to an end")


async def create(desk: Desk) -> Campaign:
    """Let Ana write a campaign in #marketing."""
    return await desk.create(channel=MARKETING, requester=ANA)


async def add(desk: Desk, *news: News) -> None:
    """Queue news."""

    def queue(tx: Transaction) -> None:
        for one in news:
            tx.outbox.add(one)

    await desk.write(queue)


def seen(sandbox: Sandbox) -> list[Message]:
    """List what stands in #marketing."""
    return list(sandbox.world.slack.messages.in_channel(MARKETING))


def states(desk: Desk) -> list[tuple[Any, ...]]:
    """Read what became of each letter, from the file itself."""
    return desk.look("SELECT kind, state, reason FROM outbox ORDER BY id")


async def sent_to(desk: Desk, *numbers: Number) -> Campaign:
    """Let Ana write a campaign, Bruno approve it, and send it."""
    campaign = await desk.create(channel=MARKETING, requester=ANA, numbers=", ".join(numbers))
    await desk.approve(campaign, by=BRUNO)
    await desk.sending.run()
    return campaign


async def answer(desk: Desk, campaign: Campaign, *texts: str, stop: Sequence[int] = ()) -> None:
    """Let one person after the other answer; those at ``stop`` ask for no more."""
    (part, *_) = await desk.parts(campaign.id)
    now = desk.clock.now()

    def keep(tx: Transaction) -> None:
        (known, _) = tx.replies.counts(campaign.id)
        for n, text in enumerate(texts):
            number = Number(f"319{known + n:08}")
            reply = Reply(
                id=0,
                campaign=campaign.id,
                part=part.id,
                number=number,
                raw_number=number,
                text=text,
                at=now,
                received_at=now,
                opts_out=n in stop,
                is_known=True,
            )
            kept = tx.replies.add(reply, fingerprint=f"{number}")
            assert kept is not None
            tell_reply(tx, campaign, kept)

    await desk.write(keep)


def thread(sandbox: Sandbox) -> list[Message]:
    """List what stands in threads of #marketing and tells of replies."""
    said = (message for message in seen(sandbox) if message.is_reply)
    return [one for one in said if one.content.files or "📩" in one.content.text]


def lines(message: Message) -> list[str]:
    """Read what a message shows of replies: a quote, or a line each."""
    blocks = [block for block in message.content.blocks or [] if block["type"] == "rich_text"]
    parts = [part for block in blocks for part in block["elements"]]
    shown = [item for part in parts for item in _items(part)]
    return ["".join(element.get("text", "") for element in item["elements"]) for item in shown]


def _items(part: dict[str, Any]) -> list[dict[str, Any]]:
    return list(part["elements"]) if part["type"] == "rich_text_list" else [part]
