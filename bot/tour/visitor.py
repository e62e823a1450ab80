"""The tour's visitor: acts on the sandbox's page as people do, over a real socket."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from bot.tour.seeing import CHANNEL, Json, find_button, shown

T = TypeVar("T")

PATIENCE_SECONDS = 20.0
ANA, BRUNO, CARLA = "U0ANA", "U0BRUNO", "U0CARLA"
FIRST, SECOND = "31999990001", "31988880002"


class TourError(Exception):
    """A step of the tour didn't come out as it should."""


class Visitor:
    """Types, presses and answers through the sandbox's own page door, over a real socket."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def state(self, person: str) -> Json:
        """See what this person sees."""
        answer = await self._client.get("/sandbox/state", params={"person": person})
        found: Json = answer.raise_for_status().json()
        return found

    async def log(self) -> Json:
        """See what the platform was asked, and whom it called back."""
        found: Json = (await self._client.get("/sandbox/log")).raise_for_status().json()
        return found

    async def do(self, act: str, **what: object) -> Json:
        """Do something on the page; raises when the sandbox says it can't be done."""
        answer: Json = (await self._client.post(f"/sandbox/{act}", json=what)).json()
        if not answer.get("ok"):
            message = f"{act}: {answer.get('error')}"
            raise TourError(message)
        return answer

    async def type(self, person: str, text: str, *, channel: str = CHANNEL) -> None:
        """Type into the channel."""
        await self.do("type", person=person, channel=channel, text=text)

    async def press(self, person: str, action: str, *, campaign: int) -> None:
        """Press a button of a campaign, on its card or in its thread."""
        message, element = await self.see(
            person,
            f"the button {action}",
            lambda state: find_button(state, action, campaign),
        )
        await self.do(
            "press",
            person=person,
            channel=CHANNEL,
            ts=message["ts"],
            block_id=element["in_block"],
            action_id=action,
        )

    async def see(self, person: str, what: str, look: Callable[[Json], T | None]) -> T:
        """Look, and look again whenever something changes, until it is there."""

        async def look_again() -> T | None:
            return look(await self.state(person))

        return await self._until(what, look_again)

    async def until_asked(self, action: str) -> None:
        """Wait until the platform has been asked for this."""

        async def look_again() -> bool:
            return any(one["action"] == action for one in (await self.log())["requests"])

        await self._until(f"the first {action}", look_again)

    async def _until(self, what: str, look_again: Callable[[], Awaitable[T | None]]) -> T:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                async with self._client.stream("GET", "/sandbox/events", timeout=None) as events:
                    async for line in events.aiter_lines():
                        if line and (found := await look_again()):
                            return found
        except TimeoutError:
            pass
        message = f"{what} never came"
        raise TourError(message)

    async def quote(self, who: str, message: Json) -> list[str]:
        """Put a message into the transcript, as its reader sees it."""
        lines = shown(message, await self.state(ANA))
        return [f"{who}:", *(f"  │ {line}" for line in lines)]
