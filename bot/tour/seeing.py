"""Reading the sandbox's state as its people see it: cards, threads, private answers, phones."""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

CHANNEL = "C0MARKETING"
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_PERSON = re.compile(r"<@(\w+)>")


def messages(state: Json, *, channel: str = CHANNEL) -> list[Json]:
    """List what stands in a channel, oldest first."""
    found: list[Json] = state["messages"].get(channel, [])
    return found


def card_of(state: Json, campaign: int) -> Json | None:
    """Find a campaign's card."""
    for message in messages(state):
        if message["bot"] and not message["ephemeral"] and f"#{campaign} ·" in plain(message):
            return message
    return None


def thread_of(state: Json, campaign: int) -> list[Json]:
    """List what stands in a campaign's thread."""
    card = card_of(state, campaign)
    if card is None:
        return []
    found: list[Json] = state["threads"].get(f"{CHANNEL}:{card['ts']}", [])
    return found


def find_button(state: Json, action: str, campaign: int) -> tuple[Json, Json] | None:
    """Find a button on a campaign's card or in its thread, newest message first."""
    card = card_of(state, campaign)
    for message in [*reversed(thread_of(state, campaign)), *([card] if card else [])]:
        for block in message.get("blocks") or []:
            for element in block.get("elements", []):
                if element.get("action_id") == action:
                    return message, {**element, "in_block": block["block_id"]}
    return None


def plain(message: Json) -> str:
    """Read a message's words, whatever blocks they stand in; enough to look for some."""
    return " ".join([message.get("text") or "", *_words(message.get("blocks") or [])])


def shown(message: Json, state: Json) -> list[str]:
    """Lay a message out in lines as its reader sees it: no buttons, no markup, names for ids."""
    blocks = [block for block in message.get("blocks") or [] if block["type"] != "actions"]
    texts = ["\n".join(_words(block)) for block in blocks] or [message.get("text") or ""]
    lines = [line for text in texts for line in _unmarked(text, state).splitlines()]
    return [line for line in lines if line.strip()]


def _unmarked(text: str, state: Json) -> str:
    text = _DATE.sub(lambda found: found[1], text)
    text = _PERSON.sub(lambda found: "@" + state["names"].get(found[1], found[1]), text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _words(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        for value in node.values():
            yield from _words(value)
    elif isinstance(node, list):
        for value in node:
            yield from _words(value)


def private(state: Json, *words: str) -> Json | None:
    """Find the newest private answer that has one of these words."""
    return _newest_with(privates(state), *words)


def privates(state: Json) -> list[Json]:
    """List the private answers, oldest first."""
    return [message for message in messages(state) if message["ephemeral"]]


def privates_after(state: Json, *, seen: int) -> list[Json]:
    """List the private answers that came after the first so many."""
    return privates(state)[seen:]


def thread_with(state: Json, campaign: int, *words: str) -> Json | None:
    """Find the newest message of a thread that has one of these words."""
    return _newest_with(thread_of(state, campaign), *words)


def button_in_thread(state: Json, campaign: int) -> Json | None:
    """Find the newest request to release in a thread."""
    for message in reversed(thread_of(state, campaign)):
        if "release.approve" in str(message.get("blocks")):
            return message
    return None


def _newest_with(found: list[Json], *words: str) -> Json | None:
    for message in reversed(found):
        if any(word in plain(message) for word in words):
            return message
    return None


def phones_with(state: Json, words: str) -> list[str]:
    """List the phones that got an SMS with these words."""
    return [
        phone["number"]
        for phone in state["phones"]
        for message in phone["messages"]
        if message["direction"] == "in" and words in message["text"]
    ]


def newest_campaign(state: Json) -> Json:
    """Read the platform's newest campaign."""
    newest: Json = (state["platform"]["campaigns"] or [{"state": "", "people": 0}])[0]
    return newest


def campaign_is(state: Json, word: str) -> bool:
    """Whether the newest campaign is in this state."""
    return bool(newest_campaign(state)["state"] == word)


def is_counted(state: Json, invalid: int, delivered: int) -> bool:
    """Whether so many were invalid and delivered."""
    newest = newest_campaign(state)
    return bool(newest["invalid"] == invalid and newest["delivered"] == delivered)


def has_sent(log: Json) -> bool:
    """Whether the platform was ever asked to send."""
    return any(request["action"] == "sendsms" for request in log["requests"])
