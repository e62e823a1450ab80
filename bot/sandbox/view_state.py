"""What people chose and wrote: `state.values`, as Slack hands it over."""

from collections.abc import Iterator

from bot.sandbox.block_rules.blocks import elements_of
from bot.sandbox.json_shapes import JsonObject

State = dict[str, dict[str, JsonObject]]

# Each kind of input: the name of its answer, and of the answer it may begin with.
_ANSWERS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
_LISTS = {"selected_options", "selected_users", "selected_channels", "files"}
_FILES_MOST = 10
_REQUIRED = "Please complete this required field."


def answer_name(kind: str) -> str | None:
    """Tell under which name that kind of element gives its answer; None for a button."""
    return _ANSWERS[kind][0] if kind in _ANSWERS else None


def read_answer(element: JsonObject, given: JsonObject) -> JsonObject:
    """Read an input's answer from what the page gives; nothing chosen is null, or no items."""
    name = _ANSWERS[element["type"]][0]
    # An emptied box is null, as one that was never touched.
    chosen = given.get(name) or ([] if name in _LISTS else None)
    return {"type": element["type"], name: chosen}


def keep_answers(blocks: list[JsonObject], state: State) -> State:
    """Lay out the state of all inputs in `blocks`.

    Slack keeps an answer when an update leaves its block id, action id and kind alone; every
    other input begins anew, with its initial answer.
    """
    kept: State = {}
    for block, element in _inputs(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        old = state.get(block_id, {}).get(action_id)
        if old is None or old["type"] != element["type"]:
            name, initial = _ANSWERS[element["type"]]
            old = read_answer(element, {name: element.get(initial)})
        kept.setdefault(block_id, {})[action_id] = old
    return kept


def apply_answers(blocks: list[JsonObject], state: State, given: State) -> State:
    """Put what the page gives over what was there; what fits no input is left out."""
    merged = keep_answers(blocks, state)
    for block, element in _inputs(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        answer = given.get(block_id, {}).get(action_id)
        if answer is not None:
            merged[block_id][action_id] = read_answer(element, answer)
    return merged


def find_mistakes(blocks: list[JsonObject], state: State) -> dict[str, str]:
    """Say what Slack itself says before it bothers the app, by block id."""
    mistakes = {}
    for block, element in _inputs(blocks):
        if block["type"] != "input":
            continue
        name = _ANSWERS[element["type"]][0]
        answer = state[block["block_id"]][element["action_id"]][name]
        if not answer and not block.get("optional", False):
            mistakes[block["block_id"]] = _REQUIRED
        elif element["type"] == "file_input" and len(answer) > element.get(
            "max_files", _FILES_MOST
        ):
            most = element.get("max_files", _FILES_MOST)
            mistakes[block["block_id"]] = f"This takes no more than {most} files."
        elif isinstance(answer, str) and (words := _judge_length(element, answer)):
            mistakes[block["block_id"]] = words
    return mistakes


def _judge_length(element: JsonObject, answer: str) -> str:
    most, least = element.get("max_length", 3000), element.get("min_length", 0)
    if len(answer) > most:
        return f"This can be no longer than {most} characters."
    return f"This needs at least {least} characters." if len(answer) < least else ""


def _inputs(blocks: list[JsonObject]) -> Iterator[tuple[JsonObject, JsonObject]]:
    for block in blocks:
        for element in elements_of(block):
            if element["type"] in _ANSWERS:
                yield block, element
