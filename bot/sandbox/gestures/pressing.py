"""Presses on buttons and choices in menus, in messages and in modals."""

import time

from bot.sandbox.block_rules.blocks import elements_of
from bot.sandbox.deliveries import Kind
from bot.sandbox.gestures.gesture import TROUBLE, GestureError, find_actor, find_place
from bot.sandbox.gestures.giving import with_files
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.view_state import answer_name, apply_answers, read_answer
from bot.sandbox.workspace import Channel, Person

_SHOWN = ("text", "value", "style", "placeholder", "confirm", "url")


async def press_in_message(
    slack: PretendSlack, person_id: str, channel_id: str, ts: str, given: JsonObject
) -> None:
    """Press an element of a message; returns once the app has acknowledged it.

    `given` names the element by `block_id` and `action_id`, and holds the choice of a menu.

    Raises:
        GestureError: it isn't there for this person, or the app failed.
    """
    person = find_actor(slack, person_id)
    channel = find_place(slack, person, channel_id)
    message = slack.messages.find(channel.id, ts)
    if message is None or message.only_for not in (None, person.id):
        words = "that message is gone"
        raise GestureError(words)
    block, element = _find_element(message.content.blocks or [], given)
    action = _build_action(block, element, given)
    _remember(message, person, given)
    payload = slack.payloads.message_press(person, channel, message, action)
    await _deliver(slack, person, channel, message, payload)


async def press_in_modal(slack: PretendSlack, person_id: str, given: JsonObject) -> None:
    """Press an element of the modal that a person is looking at; like `press_in_message`."""
    person = find_actor(slack, person_id)
    view = slack.views.top(person.id)
    if view is None or view.id != given.get("view_id"):
        words = "that modal is not open"
        raise GestureError(words)
    block, element = _find_element(view.blocks, given)
    action = _build_action(block, element, given)
    own = {element["action_id"]: given}
    written = given["state"] if isinstance(given.get("state"), dict) else {}
    view.state = apply_answers(view.blocks, view.state, with_files(slack, person.id, written))
    view.state = apply_answers(view.blocks, view.state, {block["block_id"]: own})
    payload = slack.payloads.view_press(person, view, action)
    payload["trigger_id"] = slack.triggers.issue(person.id)
    ack = await slack.bot_link.deliver(Kind.INTERACTION, payload)
    if ack.failure:
        raise GestureError(TROUBLE)


async def choose_shortcut(
    slack: PretendSlack, person_id: str, channel_id: str, ts: str, callback_id: str
) -> None:
    """Choose a shortcut in the menu of a message that everybody there sees.

    Raises:
        GestureError: there is no such message or shortcut, or the app failed.
    """
    person = find_actor(slack, person_id)
    channel = find_place(slack, person, channel_id)
    message = slack.messages.find(channel.id, ts)
    known = {shortcut.callback_id for shortcut in slack.manifest.shortcuts}
    if message is None or message.only_for is not None or callback_id not in known:
        words = "there is nothing like that to choose"
        raise GestureError(words)
    payload = slack.payloads.message_action(person, channel, message, callback_id)
    await _deliver(slack, person, channel, message, payload)


async def _deliver(
    slack: PretendSlack, person: Person, channel: Channel, message: Message, payload: JsonObject
) -> None:
    payload["trigger_id"] = slack.triggers.issue(person.id)
    secret = slack.response_urls.issue(channel.id, person.id, message)
    payload["response_url"] = slack.response_url(secret)
    ack = await slack.bot_link.deliver(Kind.INTERACTION, payload)
    if ack.failure:
        words = f"{slack.bot.real_name} did not take that ({ack.failure.value})"
        raise GestureError(words)


def _find_element(blocks: list[JsonObject], given: JsonObject) -> tuple[JsonObject, JsonObject]:
    wanted = given.get("block_id"), given.get("action_id")
    for block in blocks:
        for element in elements_of(block):
            if (block["block_id"], element["action_id"]) == wanted:
                return block, element
    words = "there is nothing like that to press any more"
    raise GestureError(words)


def _build_action(block: JsonObject, element: JsonObject, given: JsonObject) -> JsonObject:
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{time.time():.6f}",
    }
    action |= {name: element[name] for name in _SHOWN if name in element}
    if name := answer_name(element["type"]):
        action |= read_answer(element, given)
        _check_choice(element, action.get(name))
    elif element["type"] == "overflow":
        action["selected_option"] = given.get("selected_option")
        _check_choice(element, action["selected_option"])
    return action


def _check_choice(element: JsonObject, chosen: object) -> None:
    if "options" not in element:
        return
    for one in chosen if isinstance(chosen, list) else [chosen]:
        if one is not None and one not in element["options"]:
            words = "that is none of the options"
            raise GestureError(words)


def _remember(message: Message, person: Person, given: JsonObject) -> None:
    blocks = message.content.blocks or []
    own = {given["block_id"]: {given["action_id"]: given}}
    message.state[person.id] = apply_answers(blocks, message.state.get(person.id, {}), own)
