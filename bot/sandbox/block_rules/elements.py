"""The things in blocks that people press, choose and write in."""

from bot.sandbox.block_rules.checks import (
    Check,
    Offences,
    array,
    at_least_one,
    boolean,
    matching,
    number,
    one_of,
    shape,
    string,
)
from bot.sandbox.block_rules.texts import (
    BOXED_OPTION,
    CONFIRM,
    OPTION_GROUP,
    OPTIONS_MOST,
    PLAIN_OPTION,
    plain_text,
)
from bot.sandbox.json_shapes import JsonObject

ID = string(255)
_URL = string(3000)
_DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "must be a date like 2026-12-24")
_TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "must be a time like 16:00")
_ANY = {"action_id": ID}
_FOCUSED = _ANY | {"focus_on_load": boolean}
_CHOSEN = _FOCUSED | {"confirm": CONFIRM}
_MENU = _CHOSEN | {"placeholder": plain_text(150)}
_WRITTEN = _FOCUSED | {
    "placeholder": plain_text(150),
    "dispatch_action_config": shape(
        {}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 2)}
    ),
}
_LENGTHS = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
_SEVERAL = {"max_selected_items": number(1, OPTIONS_MOST)}


def _among_options(initial: str) -> Check:
    def check(offences: Offences, value: JsonObject, pointer: str) -> None:
        groups = value.get("option_groups") or [{"options": value.get("options")}]
        known = [one for group in groups for one in group.get("options") or []]
        chosen = value.get(initial, [])
        for one in chosen if isinstance(chosen, list) else [chosen]:
            if one not in known:
                offences.add("must be one of the options", f"{pointer}/{initial}")

    return check


def _one_kind_of_options(offences: Offences, value: JsonObject, pointer: str) -> None:
    if "options" in value and "option_groups" in value:
        offences.add("must have options or option_groups, not both", pointer)


def _menu(initial: str, item: Check, extra: dict[str, Check]) -> Check:
    return shape(
        {},
        _MENU
        | {"options": array(item, OPTIONS_MOST), "option_groups": array(OPTION_GROUP, OPTIONS_MOST)}
        | {initial: PLAIN_OPTION if initial == "initial_option" else array(item, OPTIONS_MOST)}
        | extra,
        at_least_one("options", "option_groups"),
        _one_kind_of_options,
        _among_options(initial),
    )


def _directory(initial: str, extra: dict[str, Check] | None = None) -> Check:
    return shape({}, _MENU | {initial: string(255)} | (extra or {}))


def _directories(initial: str) -> Check:
    return shape({}, _MENU | _SEVERAL | {initial: array(string(255), OPTIONS_MOST)})


ELEMENTS: dict[str, Check] = {
    "button": shape(
        {"text": plain_text(75)},
        _ANY
        | {
            "value": string(2000),
            "url": _URL,
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": shape({"options": array(PLAIN_OPTION, 5)}, _ANY | {"confirm": CONFIRM}),
    "static_select": _menu("initial_option", PLAIN_OPTION, {}),
    "multi_static_select": _menu("initial_options", PLAIN_OPTION, _SEVERAL),
    "users_select": _directory("initial_user"),
    "multi_users_select": _directories("initial_users"),
    "channels_select": _directory("initial_channel", {"response_url_enabled": boolean}),
    "multi_channels_select": _directories("initial_channels"),
    "conversations_select": _directory(
        "initial_conversation",
        {"default_to_current_conversation": boolean, "response_url_enabled": boolean},
    ),
    "radio_buttons": shape(
        {"options": array(BOXED_OPTION, 10)},
        _CHOSEN | {"initial_option": BOXED_OPTION},
        _among_options("initial_option"),
    ),
    "checkboxes": shape(
        {"options": array(BOXED_OPTION, 10)},
        _CHOSEN | {"initial_options": array(BOXED_OPTION, 10)},
        _among_options("initial_options"),
    ),
    "datepicker": shape({}, _MENU | {"initial_date": _DATE}),
    "timepicker": shape({}, _MENU | {"initial_time": _TIME, "timezone": string(255)}),
    "datetimepicker": shape({}, _CHOSEN | {"initial_date_time": number(10**9, 10**10 - 1)}),
    "plain_text_input": shape(
        {}, _WRITTEN | _LENGTHS | {"initial_value": string(3000), "multiline": boolean}
    ),
    "email_text_input": shape({}, _WRITTEN | {"initial_value": string(3000)}),
    "url_text_input": shape({}, _WRITTEN | {"initial_value": string(3000)}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        _WRITTEN
        | {"initial_value": string(3000), "min_value": string(255), "max_value": string(255)},
    ),
    "file_input": shape(
        {}, _ANY | {"filetypes": array(string(255), 100), "max_files": number(1, 10)}
    ),
    "image": shape(
        {"alt_text": string(2000)},
        {"image_url": _URL, "slack_file": shape({}, {"id": string(255), "url": _URL})},
        at_least_one("image_url", "slack_file"),
    ),
}

_SELECTS = {name for name in ELEMENTS if name.endswith("_select")}
_PICKERS = {"radio_buttons", "checkboxes", "datepicker", "timepicker"}
IN_ACTIONS = _SELECTS | _PICKERS | {"button", "overflow", "datetimepicker"}
IN_SECTION = _SELECTS | _PICKERS | {"button", "overflow", "image"}
IN_INPUT = (
    _SELECTS
    | _PICKERS
    | {"datetimepicker", "plain_text_input", "email_text_input", "url_text_input"}
    | {"number_input", "file_input"}
)
