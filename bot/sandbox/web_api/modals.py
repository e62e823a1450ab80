"""`views.*`: modals and homes."""

from bot.sandbox.block_rules.blocks import Surface
from bot.sandbox.contents import read_view
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.views import View
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method


def _open(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    definition = _read(arguments, Surface.MODAL)
    person = slack.triggers.redeem(arguments.text("trigger_id"))
    return _tell(slack, slack.views.open(person, definition))


def _push(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    definition = _read(arguments, Surface.MODAL)
    person = slack.triggers.redeem(arguments.text("trigger_id"))
    return _tell(slack, slack.views.push(person, definition))


def _update(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    view_id, external_id = arguments.optional("view_id"), arguments.optional("external_id")
    view = slack.views.find(view_id=view_id, external_id=external_id)
    is_modal = view.definition["type"] == "modal"
    definition = _read(arguments, Surface.MODAL if is_modal else Surface.HOME)
    return _tell(slack, slack.views.update(view, definition, arguments.optional("hash")))


def _publish(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    definition = _read(arguments, Surface.HOME)
    person = slack.find_person(arguments.text("user_id"))
    view = slack.views.publish(person.id, definition, arguments.optional("hash"))
    return _tell(slack, view)


def _read(arguments: Arguments, surface: Surface) -> JsonObject:
    if "view" not in arguments.given:
        raise SlackError(
            word="invalid_arguments",
            response_metadata={"messages": ["[ERROR] missing required field: view"]},
        )
    return read_view(arguments.given["view"], surface)


def _tell(slack: PretendSlack, view: View) -> JsonObject:
    return {"view": slack.views.as_slack(view)}


METHODS = {
    "views.open": Method(_open, Tier.FOUR),
    "views.push": Method(_push, Tier.FOUR),
    "views.update": Method(_update, Tier.FOUR),
    "views.publish": Method(_publish, Tier.FOUR),
}
