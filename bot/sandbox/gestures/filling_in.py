"""Sending and dismissing modals."""

from bot.sandbox.block_rules.blocks import Surface
from bot.sandbox.contents import read_view
from bot.sandbox.deliveries import Kind
from bot.sandbox.gestures.gesture import TROUBLE, GestureError, find_actor
from bot.sandbox.gestures.giving import with_files
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.slack_error import SlackError
from bot.sandbox.view_state import State, apply_answers, find_mistakes
from bot.sandbox.views import View


async def submit(
    slack: PretendSlack, person_id: str, view_id: str, state: State
) -> dict[str, str] | None:
    """Send a modal, and do with it what the app answers.

    Returns:
        The words to show at each block, when Slack or the app finds mistakes; else None.

    Raises:
        GestureError: it isn't open, or the app failed.
    """
    person = find_actor(slack, person_id)
    view = _find_open(slack, person.id, view_id)
    view.state = apply_answers(view.blocks, view.state, with_files(slack, person.id, state))
    view.errors = find_mistakes(view.blocks, view.state)
    if view.errors:
        return view.errors
    payload = slack.payloads.view_submission(person, view)
    payload["trigger_id"] = slack.triggers.issue(person.id)
    ack = await slack.bot_link.deliver(Kind.INTERACTION, payload)
    if ack.failure:
        raise GestureError(TROUBLE)
    try:
        return _obey(slack, view, ack.body)
    except SlackError as error:
        words = f"{TROUBLE} ({ack.body.get('response_action')}: {error.as_slack()})"
        raise GestureError(words) from error


async def dismiss(slack: PretendSlack, person_id: str, view_id: str) -> None:
    """Close a modal without sending it; the app hears of it if it wants to.

    Raises:
        GestureError: it isn't open.
    """
    person = find_actor(slack, person_id)
    view = _find_open(slack, person.id, view_id)
    is_cleared = bool(view.definition.get("clear_on_close"))
    if is_cleared:
        slack.views.clear(person.id)
    else:
        slack.views.close(view)
    if view.definition.get("notify_on_close"):
        payload = slack.payloads.view_closed(person, view, is_cleared=is_cleared)
        await slack.bot_link.deliver(Kind.INTERACTION, payload)


def _find_open(slack: PretendSlack, person_id: str, view_id: str) -> View:
    view = slack.views.top(person_id)
    if view is None or view.id != view_id:
        words = "that modal is not open"
        raise GestureError(words)
    return view


def _obey(slack: PretendSlack, view: View, answer: JsonObject) -> dict[str, str] | None:
    match answer.get("response_action"):
        case None:
            slack.views.close(view)
        case "clear":
            slack.views.clear(view.person)
        case "update":
            slack.views.update(view, read_view(answer.get("view"), Surface.MODAL))
        case "push":
            slack.views.push(view.person, read_view(answer.get("view"), Surface.MODAL))
        case "errors":
            view.errors = _read_errors(view, answer.get("errors"))
            return view.errors
        case other:
            raise SlackError(word="invalid_response_action", given=other)
    return None


def _read_errors(view: View, errors: object) -> dict[str, str]:
    """Read field errors; Slack takes them at inputs only."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise SlackError(word="invalid_errors")
    for block_id, words in errors.items():
        if block_id not in inputs or not isinstance(words, str) or not words:
            raise SlackError(word="invalid_errors", given=block_id)
    return errors
