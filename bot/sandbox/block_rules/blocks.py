"""The blocks themselves, and which of them a message, a modal and a home take."""

from collections.abc import Iterator
from enum import Enum

from bot.sandbox.block_rules.checks import (
    Check,
    Offences,
    array,
    at_least_one,
    boolean,
    choice,
    number,
    one_of,
    shape,
    string,
)
from bot.sandbox.block_rules.elements import ELEMENTS, ID, IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.sandbox.block_rules.rich_text import RICH_TEXT
from bot.sandbox.block_rules.texts import TEXT_MOST, any_text, mrkdwn, plain_text
from bot.sandbox.json_shapes import JsonObject

# All text of a message's blocks together; Slack documents no number, this one was measured by
# people who met it.
_MESSAGE_TEXT_MOST = 13_200
_OWN = {"block_id": ID}
_IN_CONTEXT: dict[str, Check] = {
    "image": ELEMENTS["image"],
    "plain_text": plain_text(TEXT_MOST),
    "mrkdwn": mrkdwn(TEXT_MOST),
}
_CELL = choice(
    {
        "raw_text": shape({"text": string(TEXT_MOST)}, {}),
        "raw_number": shape({"value": number(-(10**15), 10**15)}, {"text": string(TEXT_MOST)}),
        "rich_text": RICH_TEXT,
    }
)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

BLOCKS: dict[str, Check] = {
    "section": shape(
        {},
        _OWN
        | {
            "text": any_text(),
            "fields": array(any_text(2000), 10),
            "accessory": choice(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "header": shape({"text": plain_text(150)}, _OWN),
    "divider": shape({}, _OWN),
    "context": shape({"elements": array(choice(_IN_CONTEXT), 10)}, _OWN),
    "actions": shape({"elements": array(choice(ELEMENTS, IN_ACTIONS), 25)}, _OWN),
    "input": shape(
        {"label": plain_text(2000), "element": choice(ELEMENTS, IN_INPUT)},
        _OWN | {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": shape(
        {"alt_text": string(2000)},
        _OWN
        | {
            "image_url": string(3000),
            "slack_file": shape({}, {"id": string(255), "url": string(3000)}),
            "title": plain_text(2000),
        },
        at_least_one("image_url", "slack_file"),
    ),
    "rich_text": RICH_TEXT,
    "markdown": shape({"text": string(12_000)}, _OWN),
    "table": shape(
        {"rows": array(array(_CELL, 20), 100)}, _OWN | {"column_settings": array(_COLUMN, 20)}
    ),
}


class Surface(Enum):
    """Where blocks are shown: its name, the JSON pointer to them there, how many fit."""

    MESSAGE = ("message", "/blocks", 50)
    MODAL = ("modal", "/view/blocks", 100)
    HOME = ("home", "/view/blocks", 100)


_ONLY_IN_MESSAGES = {"markdown", "table"}


def check_blocks(offences: Offences, blocks: object, surface: Surface) -> None:
    """Write down all that Slack would refuse in `blocks` on that surface."""
    _, pointer, most = surface.value
    allowed = set(BLOCKS) - (set() if surface is Surface.MESSAGE else _ONLY_IN_MESSAGES)
    array(choice(BLOCKS, allowed), most, 0)(offences, blocks, pointer)
    if not isinstance(blocks, list) or offences.words:
        return
    _check_ids(offences, blocks, pointer)
    for index, block in enumerate(blocks):
        for element in elements_of(block):
            if element["type"] == "file_input" and surface is not Surface.MODAL:
                offences.add("unsupported type: file_input", f"{pointer}/{index}/element/type")
    if sum(block["type"] == "table" for block in blocks) > 1:
        offences.add("only_one_table_allowed", pointer)


def elements_of(block: JsonObject) -> Iterator[JsonObject]:
    """Walk the elements of a good block that can hold an `action_id`."""
    if block["type"] == "actions":
        yield from block["elements"]
    elif block["type"] == "input":
        yield block["element"]
    elif block["type"] == "section" and block.get("accessory", {}).get("type", "image") != "image":
        yield block["accessory"]


def is_too_long(blocks: list[JsonObject]) -> bool:
    """Whether the blocks hold more text together than a message may."""
    return sum(map(len, _texts(blocks))) > _MESSAGE_TEXT_MOST


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from _texts(item)


def _check_ids(offences: Offences, blocks: list[JsonObject], pointer: str) -> None:
    block_ids: set[str] = set()
    focused = 0
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in block_ids:
            offences.add(f"block_id already exists: {block_id}", f"{pointer}/{index}/block_id")
        if block_id:
            block_ids.add(block_id)
        action_ids: set[str] = set()
        for element in elements_of(block):
            action_id = element.get("action_id")
            if action_id in action_ids:
                offences.add(f"action_id already exists: {action_id}", f"{pointer}/{index}")
            if action_id:
                action_ids.add(action_id)
            focused += bool(element.get("focus_on_load"))
    if focused > 1:
        offences.add("only one element can have focus_on_load", pointer)
