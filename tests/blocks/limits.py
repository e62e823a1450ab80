"""Slack's limits and the rules for strangers' words, checked on anything that was drawn."""

import re
from collections.abc import Iterator
from typing import Any

from handlers.blocks.message import Block, Message

MESSAGE_TEXT = 13_000
BLOCKS = 50
MODAL_BLOCKS = 100
TEXT = 3000
FIELD = 2000
RICH_ELEMENTS = 1000

_TOKENS = re.compile(
    r"<@(?P<user>\w+)>|<#\w+>|<!subteam\^\w+>|<!date\^\d+\^[{}\w ]+\|[^<>|]+>", re.ASCII
)
_ENTITIES = re.compile("&(?:amp|lt|gt);")


def check_message(message: Message, *, people: set[str]) -> None:
    """Hold a message to Slack's limits, and to pinging nobody but these people."""
    assert message.text.strip()
    assert len(message.text) <= TEXT
    check_mrkdwn(message.text, people=people)
    assert len(message.blocks) <= BLOCKS
    total = sum(len(found) for found in _all_text(message.blocks))
    assert total <= MESSAGE_TEXT, total
    for block in message.blocks:
        check_block(block, people=people)


def check_modal(view: Block, *, people: set[str]) -> None:
    """Hold a modal to Slack's limits."""
    assert len(view["private_metadata"]) <= TEXT
    assert len(view["blocks"]) <= MODAL_BLOCKS
    for name in ("title", "submit", "close"):
        _check_text(view[name], 24, people)
    for block in view["blocks"]:
        check_block(block, people=people)


def check_block(block: Block, *, people: set[str]) -> None:
    """Hold one block to its limits; a kind that isn't known here fails."""
    match block["type"]:
        case "header":
            _check_text(block["text"], 150, people)
        case "section" if "fields" in block:
            _check_texts(block["fields"], FIELD, people)
        case "section":
            _check_text(block["text"], TEXT, people)
        case "context":
            _check_texts(block["elements"], TEXT, people)
        case "rich_text":
            _check_rich_text(block)
        case "actions":
            _check_buttons(block["elements"], people)
        case other:
            assert other == "input"
            _check_input(block, people)


def check_mrkdwn(text: str, *, people: set[str]) -> None:
    """Hold mrkdwn to tokens of ours: what else looks like one must be escaped."""
    for token in _TOKENS.finditer(text):
        assert token["user"] is None or token["user"] in people, token[0]
    rest = _TOKENS.sub("", text)
    assert not re.search("[<>]", rest), rest
    assert "&" not in _ENTITIES.sub("", rest), rest


def _check_text(text: Block, most: int, people: set[str]) -> None:
    assert 1 <= len(text["text"]) <= most, text
    if text["type"] == "mrkdwn":
        assert text["verbatim"] is True
        check_mrkdwn(text["text"], people=people)
    else:
        assert text["type"] == "plain_text"
        assert text["emoji"] is False


def _check_texts(texts: list[Block], most: int, people: set[str]) -> None:
    assert 1 <= len(texts) <= 10
    for text in texts:
        _check_text(text, most, people)


def _check_buttons(buttons: list[Block], people: set[str]) -> None:
    assert 1 <= len(buttons) <= 25
    ids = [button["action_id"] for button in buttons]
    assert len(ids) == len(set(ids))
    for button in buttons:
        _check_button(button, people)


def _check_rich_text(block: Block) -> None:
    """Allow quotes and lists of bare text and times, of which we strike out or mark some."""
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            assert part["style"] == "bullet"
            assert 1 <= len(part["elements"]) <= RICH_ELEMENTS
            for item in part["elements"]:
                assert item["type"] == "rich_text_section"
                _check_rich_elements(item)
        else:
            assert part["type"] == "rich_text_quote"
            _check_rich_elements(part)


def _check_rich_elements(part: Block) -> None:
    assert 1 <= len(part["elements"]) <= RICH_ELEMENTS
    for element in part["elements"]:
        assert element.get("style", {"bold": True}) in (
            {"bold": True},
            {"strike": True},
            {"italic": True},
        )
        if element["type"] == "date":
            assert set(element) == {"type", "timestamp", "format", "fallback", "style"}
            assert element["format"] == "{time}"
        else:
            assert set(element) in ({"type", "text"}, {"type", "text", "style"})
            assert element["type"] == "text"
            assert 1 <= len(element["text"]) <= TEXT


def _check_button(button: Block, people: set[str]) -> None:
    assert 1 <= len(button["action_id"]) <= 255
    if button["type"] == "static_select":
        _check_menu(button, people)
        return
    assert button["type"] == "button"
    assert 1 <= len(button["value"]) <= 2000
    assert button.get("style", "primary") in {"primary", "danger"}
    _check_text(button["text"], 75, people)
    _check_question(button.get("confirm"), people)


def _check_menu(menu: Block, people: set[str]) -> None:
    assert 1 <= len(menu["options"]) <= 100
    _check_text(menu["placeholder"], 150, people)
    for option in menu["options"]:
        assert option["text"]["type"] == "plain_text"
        _check_text(option["text"], 75, people)
        assert 1 <= len(option["value"]) <= 150
    values = [option["value"] for option in menu["options"]]
    assert len(values) == len(set(values))
    _check_question(menu.get("confirm"), people)


def _check_question(question: Block | None, people: set[str]) -> None:
    if question is None:
        return
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        _check_text(question[name], most, people)
        assert question[name]["type"] == "plain_text"
        assert not question[name]["text"].endswith("…"), question[name]


def _check_input(block: Block, people: set[str]) -> None:
    element = block["element"]
    _check_text(block["label"], FIELD, people)
    if "hint" in block:
        _check_text(block["hint"], FIELD, people)
    match element["type"]:
        case "file_input":
            assert 1 <= element["max_files"] <= 10
            assert block["optional"]
        case "radio_buttons" | "checkboxes":
            if element["type"] == "radio_buttons":
                assert element["initial_option"] in element["options"]
            for option in element["options"]:
                _check_text(option["text"], 75, people)
                assert not option["text"]["text"].endswith("…")
        case "datetimepicker":
            assert 10**9 <= element.get("initial_date_time", 10**9) < 10**10
        case other:
            assert other == "plain_text_input"
            assert 1 <= len(element.get("initial_value", "x")) <= element["max_length"] <= TEXT


def _all_text(value: Any) -> Iterator[str]:  # noqa: ANN401  JSON has no shape here
    if isinstance(value, list):
        for item in value:
            yield from _all_text(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from _all_text(item)
