"""What people see and do in a round: in a channel of its own, through the sandbox's page."""

import contextlib
from collections.abc import Iterator

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.tour.seeing import plain
from bot.tour.visitor import ANA, BRUNO, CARLA, TourError
from tests.faults.town import Town

REQUESTER, APPROVERS = ANA, (BRUNO, CARLA)


class People:
    """Ana asks, Bruno and Carla approve; whoever meets a dead bot shrugs, and tries again later."""

    def __init__(self, town: Town, name: str) -> None:
        self._town = town
        slack = town.world.slack
        members = [*(face.id for face in slack.workspace.faces), slack.bot.id]
        self._channel = Channel(f"C0{name.upper()}", name, members=members)
        slack.workspace.channels[self._channel.id] = self._channel

    async def type(self, person: str, words: str) -> None:
        """Type into the channel; a bot that doesn't answer is told to nobody but that person."""
        await self._town.visitor.type(person, words, channel=self._channel.id)

    async def press(self, person: str, message: Message, block: str, action: str) -> bool:
        """Press a button; whether the bot took it."""
        try:
            await self._town.visitor.do(
                "press",
                person=person,
                channel=self._channel.id,
                ts=message.ts,
                block_id=block,
                action_id=action,
            )
        except TourError:
            return False
        return True

    async def press_on_card(self, person: str, action: str) -> bool:
        """Press a button of the card, if it is there; whether the bot took it."""
        for message, block in self._find(action):
            return await self.press(person, message, block, action)
        return False

    async def submit(self, person: str, values: JsonObject) -> bool:
        """Fill the open modal's inputs in, by their block, and send it; whether it was taken."""
        view = self._town.world.slack.views.top(person)
        if view is None:
            return False
        state = {
            block["block_id"]: {block["element"]["action_id"]: {"value": values[block["block_id"]]}}
            for block in view.blocks
            if block["type"] == "input"
        }
        with contextlib.suppress(TourError):
            sent = await self._town.visitor.do(
                "modal/submit", person=person, view_id=view.id, state=state
            )
            return not sent.get("errors")
        return False

    def card_says(self, words: str) -> bool:
        """Whether a card has these words now."""
        return any(not one.is_reply and words in _read(one) for one in self._told())

    def thread_says(self, words: str) -> bool:
        """Whether a thread has these words."""
        return any(one.is_reply and words in _read(one) for one in self._told())

    def find_message(self, ts: str) -> Message | None:
        """Find a message of the channel."""
        return self._town.world.slack.messages.find(self._channel.id, ts)

    def shows(self, action: str) -> bool:
        """Whether there is such a button anywhere."""
        return any(self._find(action))

    def _find(self, action: str) -> Iterator[tuple[Message, str]]:
        for message in reversed(list(self._told())):
            block = find_block(message, action)
            if block is not None:
                yield message, block

    def _told(self) -> Iterator[Message]:
        bot = self._town.world.slack.bot.id
        everything = self._town.world.slack.messages.in_channel(self._channel.id)
        return (message for message in everything if message.user == bot)


def find_block(message: Message, action: str) -> str | None:
    """Find the block of a message that has this button."""
    for block in message.content.blocks or []:
        if any(one.get("action_id") == action for one in block.get("elements", [])):
            found: str = block["block_id"]
            return found
    return None


def _read(message: Message) -> str:
    return plain({"text": message.content.text, "blocks": message.content.blocks})
