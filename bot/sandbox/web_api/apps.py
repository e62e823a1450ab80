"""`auth.*`, `api.*` and `apps.*`: whether anybody is there, and who asks."""

from bot.sandbox import socket_mode
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method


def _test_auth(slack: PretendSlack, _arguments: Arguments) -> JsonObject:
    team = slack.workspace.team
    return {
        "url": f"{slack.url}/",
        "team": team.name,
        "user": slack.bot.name,
        "team_id": team.id,
        "user_id": slack.bot.id,
        "bot_id": slack.workspace.bot_id,
        "is_enterprise_install": False,
    }


def _test_api(_slack: PretendSlack, arguments: Arguments) -> JsonObject:
    if error := arguments.optional("error"):
        raise SlackError(error, args=dict(arguments.given))
    shown = {name: value for name, value in arguments.given.items() if name != "token"}
    return {"args": shown}


def _open_connection(slack: PretendSlack, _arguments: Arguments) -> JsonObject:
    ticket = slack.socket_mode.issue_ticket()
    base = slack.url.replace("http", "ws", 1)
    return {"url": f"{base}{socket_mode.PATH}?ticket={ticket}&app_id={slack.workspace.app_id}"}


METHODS = {
    "api.test": Method(_test_api, Tier.FOUR),
    "auth.test": Method(_test_auth, Tier.SPECIAL),
    "apps.connections.open": Method(_open_connection, Tier.TWO, for_app_token=True),
}
