"""Whether the people and groups of ``APPROVERS`` exist, and are enough."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.checking.findings import Finding
from bot.checking.slack_answers import SlackSaysNo, ask
from bot.domain.ids import GroupId, UserId
from bot.settings import Settings

_NAME = "Approvers"
_UNKNOWN = frozenset({"user_not_found", "user_not_visible", "no_such_subteam"})
_CANNOT_APPROVE = {
    "deleted": "is deactivated",
    "is_bot": "is a bot",
    "is_restricted": "is a guest",
    "is_ultra_restricted": "is a guest",
    "is_stranger": "is of another workspace",
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of looking up one entry: the people it stands for, or the trouble with it."""

    people: frozenset[str] = frozenset()
    trouble: str = ""


async def check_approvers(client: AsyncWebClient, settings: Settings) -> list[Finding]:
    """Look each of them up: a finding for each that won't do, or one for all."""
    named = settings.approvers
    if not named.users and not named.groups:
        return [Finding(_NAME, ok=True, words="any full member of a campaign's channel")]
    seen = [await _look_up_person(client, user) for user in named.users]
    seen += [await _look_up_group(client, group) for group in named.groups]
    troubles = dict.fromkeys(one.trouble for one in seen if one.trouble)
    if troubles:
        return [Finding(_NAME, ok=False, words=trouble) for trouble in troubles]
    people = len(frozenset().union(*(one.people for one in seen)))
    words = f"APPROVERS stands for {people} people; a campaign needs {settings.approvals}"
    return [Finding(_NAME, ok=people >= settings.approvals, words=words)]


async def _look_up_person(client: AsyncWebClient, user: UserId) -> _Seen:
    try:
        answer = await ask(client.users_info, user=user)
    except SlackSaysNo as error:
        return _Seen(trouble=_explain(user, error))
    reason = _find_bar(answer.get("user") or {})
    return _Seen(trouble=f"{user} in APPROVERS {reason}") if reason else _Seen(frozenset({user}))


async def _look_up_group(client: AsyncWebClient, group: GroupId) -> _Seen:
    try:
        answer = await ask(client.usergroups_users_list, usergroup=group)
    except SlackSaysNo as error:
        return _Seen(trouble=_explain(group, error))
    people = frozenset(answer.get("users") or ())
    return _Seen(people, "" if people else f"the user group {group} in APPROVERS is empty")


def _find_bar(user: Mapping[str, object]) -> str:
    return next((words for flag, words in _CANNOT_APPROVE.items() if user.get(flag)), "")


def _explain(entry: str, error: SlackSaysNo) -> str:
    if error.code in _UNKNOWN:
        return f"there is no {entry} in this workspace: mend APPROVERS"
    return error.explain("SLACK_BOT_TOKEN")
