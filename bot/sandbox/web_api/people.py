"""`users.*` and `usergroups.*`: who is in the workspace."""

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.slack_error import SlackError
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Method


def _user(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    return {"user": slack.find_person(arguments.text("user")).as_slack()}


def _users(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    own = [p for p in slack.workspace.people.values() if not p.is_stranger]
    page, beside = arguments.page(own, 1000)
    return {"members": [person.as_slack() for person in page], "cache_ts": 1700000000, **beside}


def _groups(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    groups = []
    for group in slack.workspace.groups.values():
        shown: JsonObject = {
            "id": group.id,
            "team_id": slack.workspace.team.id,
            "is_usergroup": True,
            "name": group.name,
            "handle": group.handle,
            "description": "",
            "date_delete": 0,
        }
        if arguments.flag("include_users"):
            shown["users"] = group.members
        if arguments.flag("include_count"):
            shown["user_count"] = len(group.members)
        groups.append(shown)
    return {"usergroups": groups}


def _group_users(slack: PretendSlack, arguments: Arguments) -> JsonObject:
    group = slack.workspace.groups.get(arguments.text("usergroup"))
    if group is None:
        raise SlackError(word="no_such_subteam")
    return {"users": group.members}


METHODS = {
    "users.info": Method(_user, Tier.FOUR, ("users:read",)),
    "users.list": Method(_users, Tier.TWO, ("users:read",)),
    "usergroups.list": Method(_groups, Tier.TWO, ("usergroups:read",)),
    "usergroups.users.list": Method(_group_users, Tier.TWO, ("usergroups:read",)),
}
