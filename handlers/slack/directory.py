"""Who is who: people, user groups and channels, asked of Slack and remembered for a while."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ChannelId, GroupId, TeamId, UserId
from bot.domain.people import Person
from bot.domain.refusals import SlackAway
from bot.ports import Clock
from handlers.slack.asking import SlackRefused, SlackUnreachable, ask_slack

log = structlog.get_logger()

T = TypeVar("T")

PEOPLE_KEPT = timedelta(minutes=5)
MEMBERS_KEPT = timedelta(minutes=1)
PAGE = 200
MOST_PAGES = 100
USUAL_ZONE = "America/Sao_Paulo"
NOT_FOUND = frozenset({"user_not_found", "user_not_visible", "no_such_subteam"})
NOT_THERE = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


class Remembered(Generic[T]):
    """Answers that stay good for a while, so that one press asks Slack once."""

    def __init__(self, clock: Clock, kept: timedelta) -> None:
        self._clock = clock
        self._kept = kept
        self._answers: dict[str, tuple[datetime, T]] = {}

    async def get(self, key: str, ask: Callable[[], Awaitable[T]]) -> T:
        """Return what is remembered, or ask and remember it."""
        now = self._clock.now()
        known = self._answers.get(key)
        if known is not None and now < known[0]:
            return known[1]
        answer = await ask()
        self._answers = {k: v for k, v in self._answers.items() if now < v[0]}
        self._answers[key] = (now + self._kept, answer)
        return answer


class SlackDirectory:
    """Answers the rules' questions about people from Slack's Web API."""

    def __init__(self, client: AsyncWebClient, clock: Clock) -> None:
        self._client = client
        self._team: TeamId | None = None
        self._people: Remembered[Person] = Remembered(clock, PEOPLE_KEPT)
        self._members: Remembered[frozenset[UserId]] = Remembered(clock, MEMBERS_KEPT)

    async def person(self, user: UserId) -> Person:
        """Look somebody up (``users.info``, ``users:read``)."""
        return await self._people.get(user, lambda: self._ask_person(user))

    async def group_members(self, group: GroupId) -> frozenset[UserId]:
        """Tell who is in a user group (``usergroups.users.list``, ``usergroups:read``)."""
        return await self._members.get(group, lambda: self._ask_group(group))

    async def channel_members(self, channel: ChannelId) -> frozenset[UserId]:
        """Tell who is in a channel (``conversations.members``), page by page."""
        return await self._members.get(channel, lambda: self._ask_channel(channel))

    async def bot_is_in(self, channel: ChannelId) -> bool:
        """Whether Torpedo is a member (``conversations.info``); never remembered.

        A private channel that it isn't in doesn't exist for it: ``channel_not_found``.
        """
        try:
            answer = await self._ask(self._client.conversations_info, channel=channel)
        except SlackRefused as error:
            if error.word in NOT_THERE:
                return False
            raise _away(error) from error
        return bool(answer["channel"].get("is_member"))

    async def _ask_person(self, user: UserId) -> Person:
        try:
            answer = await self._ask(self._client.users_info, user=user)
        except SlackRefused as error:
            if error.word in NOT_FOUND:
                return Person(id=user, zone="UTC", is_full_member=False)
            raise _away(error) from error
        return _read_person(answer["user"], home=await self._home())

    async def _ask_group(self, group: GroupId) -> frozenset[UserId]:
        try:
            answer = await self._ask(self._client.usergroups_users_list, usergroup=group)
        except SlackRefused as error:
            if error.word in NOT_FOUND:
                log.warning("user group of APPROVERS doesn't exist", group=group)
                return frozenset()
            raise _away(error) from error
        return frozenset(answer["users"])

    async def _ask_channel(self, channel: ChannelId) -> frozenset[UserId]:
        members: set[UserId] = set()
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                answer = await self._ask(
                    self._client.conversations_members,
                    channel=channel,
                    limit=PAGE,
                    **({"cursor": cursor} if cursor else {}),
                )
            except SlackRefused as error:
                if error.word in NOT_THERE:
                    return frozenset()
                raise _away(error) from error
            members.update(answer["members"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return frozenset(members)

    async def _home(self) -> TeamId:
        """The installing workspace (``auth.test``); it never changes for a token."""
        if self._team is None:
            try:
                self._team = TeamId((await self._ask(self._client.auth_test))["team_id"])
            except SlackRefused as error:
                raise _away(error) from error
        return self._team

    async def _ask(self, method: Callable[..., Awaitable[Any]], **arguments: Any) -> Any:  # noqa: ANN401  Slack's answers are JSON
        try:
            return await ask_slack(method, **arguments)
        except SlackUnreachable as error:
            log.warning("slack can't be reached", error=str(error))
            raise SlackAway from error


def _away(error: SlackRefused) -> SlackAway:
    log.warning("slack didn't tell", error=error.word)
    return SlackAway()


def _read_person(user: dict[str, Any], *, home: TeamId) -> Person:
    """Read Slack's user object; guests, bots, visitors and the departed are not full members."""
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    teams = {user.get("team_id"), *user.get("enterprise_user", {}).get("teams", [])}
    outsider = any(user.get(flag) for flag in flags) or user["id"] == "USLACKBOT"
    return Person(
        id=UserId(user["id"]),
        zone=_read_zone(user.get("tz")),
        is_full_member=not outsider and home in teams,
    )


def _read_zone(name: str | None) -> str:
    """Read somebody's time zone; one that this machine doesn't know must not keep them out."""
    try:
        return ZoneInfo(name or USUAL_ZONE).key
    except (KeyError, ValueError, OSError):
        log.warning("time zone not known here", zone=name)
        return USUAL_ZONE
