"""What all gestures need: who does it, where, and how it can be refused."""

from html import escape

from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.workspace import Channel, Person


class GestureError(Exception):
    """The gesture can't be done, or failed; the message is what the person reads."""


TROUBLE = "We had some trouble connecting. Try again?"


def find_actor(slack: PretendSlack, person_id: str) -> Person:
    """Find who does it; bots have no hands. Raises `GestureError`."""
    person = slack.workspace.people.get(person_id)
    if person is None or person.is_bot:
        words = f"nobody here is {person_id!r}"
        raise GestureError(words)
    return person


def find_place(slack: PretendSlack, person: Person, channel_id: str) -> Channel:
    """Find a channel that the person is in; raises `GestureError`."""
    channel = slack.workspace.channels.get(channel_id)
    if channel is None or not channel.has(person.id):
        words = f"{person.name} is in no channel {channel_id!r}"
        raise GestureError(words)
    return channel


def escape_text(text: str) -> str:
    """Write `&`, `<` and `>` as entities, as Slack does to what people type."""
    return escape(text, quote=False)
