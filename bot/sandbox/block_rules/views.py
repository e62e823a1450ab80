"""Views: modals and homes."""

from bot.sandbox.block_rules.blocks import Surface, check_blocks
from bot.sandbox.block_rules.checks import Check, Offences, boolean, shape, string
from bot.sandbox.block_rules.texts import plain_text
from bot.sandbox.json_shapes import JsonObject


def _anything(_offences: Offences, _value: object, _pointer: str) -> None:
    """Leave it to `check_blocks`."""


_COMMON: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = shape(
    {"title": plain_text(24), "blocks": _anything},
    _COMMON
    | {
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = shape({"blocks": _anything}, _COMMON)


def check_view(offences: Offences, view: object, surface: Surface) -> None:
    """Write down all that Slack would refuse in a view for that surface."""
    kind = surface.value[0]
    if not isinstance(view, dict):
        offences.add("must be an object", "/view")
        return
    if view.get("type") != kind:
        offences.add(f"must be of type {kind}", "/view/type")
        return
    (_MODAL if surface is Surface.MODAL else _HOME)(offences, view, "/view")
    if "blocks" in view:
        check_blocks(offences, view["blocks"], surface)
    if surface is Surface.MODAL and not offences.words and _lacks_submit(view):
        offences.add("submit is required when an input block is within the blocks", "/view")


def _lacks_submit(view: JsonObject) -> bool:
    return "submit" not in view and any(block["type"] == "input" for block in view["blocks"])
