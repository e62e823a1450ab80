"""What the pretend Slack refuses in blocks and views."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.block_rules.blocks import BLOCKS, Surface, check_blocks
from bot.sandbox.block_rules.checks import Offences
from bot.sandbox.block_rules.elements import ELEMENTS
from bot.sandbox.block_rules.views import check_view

Json = dict[str, Any]


def plain(text: str = "a") -> Json:
    """A `plain_text` object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "a") -> Json:
    """A `mrkdwn` object."""
    return {"type": "mrkdwn", "text": text}


def button(**more: object) -> Json:
    """A button."""
    return {"type": "button", "text": plain(), **more}


def actions(*elements: Json) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements)}


def rich(*parts: Json) -> Json:
    """A rich text block."""
    return {"type": "rich_text", "elements": list(parts)}


def words(kind: str, *inline: Json) -> Json:
    """A part of a rich text block."""
    return {"type": kind, "elements": list(inline)}


def field(element: Json, **more: object) -> Json:
    """An input block."""
    return {"type": "input", "label": plain(), "element": element, **more}


def offences_in(*blocks: object, surface: Surface = Surface.MESSAGE) -> list[str]:
    """What Slack says about blocks."""
    offences = Offences()
    check_blocks(offences, list(blocks), surface)
    return offences.words


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain()}
OPTION = {"text": plain(), "value": "a"}
GROUP = {"label": plain(), "options": [OPTION]}
TEXT = {"type": "text", "text": "oi"}

GOOD = [
    {"type": "section", "text": mrkdwn("a" * 3000), "fields": [mrkdwn("a" * 2000)] * 10},
    {"type": "section", "fields": [plain()], "accessory": button()},
    {"type": "header", "text": plain("a" * 150)},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn(), plain()] * 5},
    actions(*[button(action_id=f"a{n}", value="v" * 2000) for n in range(25)]),
    actions(button(style="danger", confirm=CONFIRM, url="https://example.com")),
    actions({"type": "static_select", "options": [OPTION], "initial_option": OPTION}),
    actions({"type": "datepicker", "initial_date": "2026-12-24"}),
    actions({"type": "timepicker", "initial_time": "16:00", "focus_on_load": True}),
    actions({"type": "overflow", "options": [OPTION] * 5}),
    rich(words("rich_text_section", TEXT, {"type": "emoji", "name": "tada"})),
    rich(words("rich_text_quote", TEXT, {"type": "user", "user_id": "U0ANA"})),
    rich(words("rich_text_preformatted", TEXT, {"type": "link", "url": "https://example.com"})),
    rich(
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [words("rich_text_section", TEXT)],
        }
    ),
    rich(words("rich_text_section", {"type": "date", "timestamp": 1, "format": "{time}"})),
    {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]},
    {"type": "markdown", "text": "# a"},
    field({"type": "radio_buttons", "options": [{"text": mrkdwn(), "value": "a"}]}),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_good_blocks_pass(block: Json) -> None:
    """At the limits too."""
    assert offences_in(block) == []


@pytest.mark.parametrize(
    ("block", "offence"),
    [
        ({"type": "section", "text": mrkdwn("")}, "must be more than 0 characters"),
        ({"type": "section", "text": mrkdwn("a" * 3001)}, "must be less than 3001 characters"),
        ({"type": "section", "fields": [mrkdwn("a" * 2001)]}, "must be less than 2001 characters"),
        ({"type": "section", "fields": [plain()] * 11}, "no more than 10 items allowed"),
        ({"type": "section"}, "must have one of: text, fields"),
        ({"type": "section", "text": "a"}, "must be an object"),
        ({"type": "section", "text": plain(), "colour": "red"}, 'additional property: "colour"'),
        ({"type": "header", "text": "a"}, "must be an object"),
        ({"type": "header", "text": mrkdwn()}, "must be of type plain_text"),
        ({"type": "marquee"}, "unsupported type: marquee"),
        ("a", "must be an object"),
        ({"type": "context", "elements": [plain()] * 11}, "no more than 10 items allowed"),
        (actions(), "no fewer than 1 items required"),
        (actions(*[button()] * 26), "no more than 25 items allowed"),
        (actions(button(value="v" * 2001)), "must be less than 2001 characters"),
        (actions(button() | {"text": plain("a" * 76)}), "must be less than 76 characters"),
        (actions(button(action_id="a" * 256)), "must be less than 256 characters"),
        (actions(button(style="green")), "must be one of 'primary', 'danger'"),
        (actions(button(confirm=CONFIRM | {"title": plain("a" * 101)})), "less than 101"),
        (actions(button(confirm=CONFIRM | {"text": plain("a" * 301)})), "less than 301"),
        (actions(button(confirm=CONFIRM | {"deny": plain("a" * 31)})), "less than 31"),
        (actions(button(action_id="x"), button(action_id="x")), "action_id already exists: x"),
        (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input"),
        (actions({"type": "static_select"}), "must have one of: options, option_groups"),
        (
            actions(
                {
                    "type": "static_select",
                    "options": [OPTION],
                    "initial_option": OPTION | {"value": "b"},
                }
            ),
            "must be one of the options",
        ),
        (actions({"type": "datepicker", "initial_date": "24/12/2026"}), "must be a date"),
        (actions({"type": "timepicker", "initial_time": "4pm"}), "must be a time"),
        (rich(words("rich_text_section", {"type": "text", "text": ""})), "more than 0 characters"),
        (
            rich(words("rich_text_preformatted", {"type": "emoji", "name": "a"})),
            "unsupported type: emoji",
        ),
        (rich(words("rich_text_poem", TEXT)), "unsupported type: rich_text_poem"),
        (rich(TEXT), "unsupported type: text"),
        (
            actions({"type": "static_select", "options": [OPTION], "option_groups": [GROUP]}),
            "not both",
        ),
        (actions(button(url=7)), "must be a string"),
        (actions({"type": "datetimepicker", "initial_date_time": 7}), "must be between"),
        (actions({"type": "datetimepicker", "initial_date_time": "7"}), "must be an integer"),
        (actions({"type": "timepicker", "focus_on_load": 1}), "must be a boolean"),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]}, "no more than 20"),
        (field({"type": "file_input"}), "unsupported type: file_input"),
        (field({"type": "plain_text_input"}) | {"label": mrkdwn()}, "must be of type plain_text"),
    ],
)
def test_bad_blocks_are_told_apart(block: object, offence: str) -> None:
    """One offence each, in words that name it."""
    found = offences_in(block)
    assert len(found) == 1
    assert offence in found[0]


def test_messages_hold_fifty_blocks_and_modals_a_hundred() -> None:
    """One more is refused, with a pointer to all of them."""
    divider = {"type": "divider"}
    assert offences_in(*[divider] * 50) == []
    assert offences_in(*[divider] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]
    assert offences_in(*[divider] * 100, surface=Surface.MODAL) == []
    assert len(offences_in(*[divider] * 101, surface=Surface.MODAL)) == 1


def test_block_ids_are_unique() -> None:
    """Twice the same can't be told apart in what comes back."""
    found = offences_in(*[{"type": "divider", "block_id": "b"}] * 2)
    assert found == ["block_id already exists: b [json-pointer:/blocks/1/block_id]"]


def test_one_element_has_the_focus() -> None:
    """Two would quarrel over it."""
    focused = {"type": "plain_text_input", "focus_on_load": True}
    assert offences_in(field(focused), surface=Surface.MODAL) == []
    found = offences_in(field(focused), field(focused), surface=Surface.MODAL)
    assert found == ["only one element can have focus_on_load [json-pointer:/view/blocks]"]


def test_choices_made_beforehand_are_among_the_options() -> None:
    """Each of several, and in groups too."""
    other = OPTION | {"value": "b"}
    grouped = {"type": "static_select", "option_groups": [GROUP]}
    assert offences_in(actions(grouped | {"initial_option": OPTION})) == []
    assert len(offences_in(actions(grouped | {"initial_option": other}))) == 1
    boxes = {"type": "checkboxes", "options": [OPTION]}
    assert offences_in(actions(boxes | {"initial_options": [OPTION]})) == []
    assert len(offences_in(actions(boxes | {"initial_options": [OPTION, other]}))) == 1


def test_one_table_a_message() -> None:
    """And none in a modal."""
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    assert len(offences_in(table, table)) == 1
    assert len(offences_in(table, surface=Surface.MODAL)) == 1


def modal(**more: object) -> Json:
    """A modal."""
    return {"type": "modal", "title": plain(), "blocks": [], **more}


@pytest.mark.parametrize(
    ("view", "offence"),
    [
        (modal(title=plain("a" * 25)), "less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("a" * 25)), "less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(private_metadata="a" * 3001), "less than 3001 characters"),
        (modal(callback_id="a" * 256), "less than 256 characters"),
        (modal(blocks=[field({"type": "plain_text_input"})]), "submit is required"),
        (modal(blocks=None), "must be an array"),
        ({"type": "modal", "blocks": []}, "missing required field: title"),
        ({"type": "modal", "title": plain()}, "missing required field: blocks"),
        ({"type": "home", "blocks": []}, "must be of type modal"),
        ([], "must be an object"),
    ],
)
def test_bad_modals_are_told_apart(view: object, offence: str) -> None:
    """Titles, metadata, and the button that inputs need."""
    offences = Offences()
    check_view(offences, view, Surface.MODAL)
    assert len(offences.words) == 1
    assert offence in offences.words[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
PROPERTIES = st.sampled_from(["text", "elements", "element", "fields", "options", "label"])
PROPERTIES |= st.sampled_from(["option_groups", "initial_option", "accessory", "confirm", "rows"])
ALMOST = st.fixed_dictionaries(
    {"type": st.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn"])}
).flatmap(
    lambda typed: st.dictionaries(PROPERTIES, JSON, max_size=4).map(lambda rest: rest | typed)
)


@settings(deadline=None)
@given(st.lists(ALMOST | JSON, max_size=3), st.sampled_from(Surface))
def test_no_json_confuses_the_rules(blocks: list[object], surface: Surface) -> None:
    """Whatever an app sends, the rules say what is wrong and don't fall over."""
    assert isinstance(offences_in(*blocks, surface=surface), list)
