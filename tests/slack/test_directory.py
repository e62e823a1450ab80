"""Who is who, asked of Slack's Web API and remembered for a while."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ChannelId, GroupId, UserId
from bot.domain.refusals import SlackAway
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Channel, Person
from handlers.slack.directory import MOST_PAGES, PEOPLE_KEPT, SlackDirectory
from tests.builders import NOON
from tests.fakes import FrozenClock
from tests.settings.services import Answer, PretendServices, slack

ANA, CARLA = UserId("U0ANA"), UserId("U0CARLA")
MARKETING, GENERAL = ChannelId("C0MARKETING"), ChannelId("C0GERAL")
PRIVATE = ChannelId("G0DIRETORIA")
HOME = slack(team_id="T0AURORA")

QUESTIONS: dict[str, tuple[str, Callable[[SlackDirectory], Awaitable[Any]]]] = {
    "person": ("users.info", lambda d: d.person(ANA)),
    "group": ("usergroups.users.list", lambda d: d.group_members(GroupId("S0"))),
    "channel": ("conversations.members", lambda d: d.channel_members(MARKETING)),
    "bot": ("conversations.info", lambda d: d.bot_is_in(MARKETING)),
}
NO_ANSWERS = {
    "an error of its own": slack(error="fatal_error"),
    "too many": Answer('{"ok":false,"error":"ratelimited"}', status=429),
    "a web page": Answer("<html>Bad gateway</html>", "text/html", 502),
    "a bare text": Answer("upstream connect error", "text/plain", 503),
    "a bare text as if it were fine": Answer("hello", "text/plain"),
    "broken JSON": Answer("{", status=500),
    "no body": Answer("", status=500),
    "bytes that are no text": Answer("\xff", "application/json; charset=nonsense"),
}


def user(**facts: object) -> Answer:
    """Answer ``users.info`` about Ana."""
    return slack(user={"id": ANA, "team_id": "T0AURORA", "tz": "America/Sao_Paulo"} | facts)


@pytest.fixture
def clock() -> FrozenClock:
    """A clock that moves only when a test moves it."""
    return FrozenClock(NOON)


@pytest.fixture
def directory(client: AsyncWebClient, clock: FrozenClock) -> SlackDirectory:
    """The directory of the sandbox's workspace."""
    return SlackDirectory(client, clock)


@pytest.fixture
def told(scripted: AsyncWebClient, clock: FrozenClock) -> SlackDirectory:
    """The directory of a Slack that says what a test wants."""
    return SlackDirectory(scripted, clock)


async def test_a_colleague_is_a_full_member_in_their_own_zone(directory: SlackDirectory) -> None:
    """Carla lives an hour behind the others, and what she types is read there."""
    person = await directory.person(CARLA)
    assert (person.id, person.zone, person.is_full_member) == (CARLA, "America/Manaus", True)


@pytest.mark.parametrize(
    "who", ["U0GUEST", "U0VISITOR", "U0TORPEDO", "U0LEFT", "USLACKBOT", "U0NOBODY"]
)
async def test_everybody_else_is_no_full_member(
    directory: SlackDirectory, sandbox: Sandbox, who: str
) -> None:
    """Guests, people of other workspaces, bots, the departed, Slackbot, nobody at all."""
    people = sandbox.world.slack.workspace.people
    people["U0LEFT"] = replace(people[ANA], id="U0LEFT", is_deleted=True)
    people["USLACKBOT"] = Person("USLACKBOT", "slackbot", "Slackbot", "T0AURORA")
    assert not (await directory.person(UserId(who))).is_full_member


async def test_a_stranger_whom_slack_hides_is_no_full_member(
    told: SlackDirectory, services: PretendServices
) -> None:
    """``user_not_visible`` is an answer, and a no."""
    services.says("/api/users.info", slack(error="user_not_visible"))
    assert not (await told.person(ANA)).is_full_member


async def test_a_member_of_the_whole_organisation_is_a_full_member(
    told: SlackDirectory, services: PretendServices
) -> None:
    """On Enterprise Grid a person's home may be another workspace than the installing one."""
    services.says("/api/auth.test", HOME)
    services.says(
        "/api/users.info",
        user(team_id="T0HEAD", enterprise_user={"teams": ["T0HEAD", "T0AURORA"]}),
    )
    assert (await told.person(ANA)).is_full_member


@pytest.mark.parametrize("zone", [None, "", "America/Atlantis", "../../etc/passwd", "x" * 300])
async def test_an_unknown_zone_keeps_nobody_out(
    told: SlackDirectory, services: PretendServices, zone: str | None
) -> None:
    """Slack may know a zone that this machine doesn't; the team's own is taken instead."""
    services.says("/api/auth.test", HOME)
    services.says("/api/users.info", user(tz=zone))
    assert (await told.person(ANA)).zone == "America/Sao_Paulo"


async def test_a_group_is_its_people(directory: SlackDirectory) -> None:
    """A group that doesn't exist has none, so it lets nobody approve."""
    assert await directory.group_members(GroupId("S0APPROVE")) == {"U0BRUNO", "U0CARLA"}
    assert await directory.group_members(GroupId("S0GONE")) == frozenset()


async def test_a_large_channel_is_read_to_its_last_page(
    directory: SlackDirectory, sandbox: Sandbox
) -> None:
    """Slack hands out 200 people at a time."""
    crowd = [f"U{number}" for number in range(450)]
    channels = sandbox.world.slack.workspace.channels
    channels["C0ALL"] = Channel("C0ALL", "todos", members=crowd)
    assert await directory.channel_members(ChannelId("C0ALL")) == set(crowd)


async def test_pages_without_end_come_to_an_end(
    told: SlackDirectory, services: PretendServices
) -> None:
    """A cursor that leads back to itself must not keep a person waiting for ever."""
    page = slack(members=[ANA], response_metadata={"next_cursor": "again"})
    services.says("/api/conversations.members", page)
    assert await told.channel_members(MARKETING) == {ANA}
    assert len(services.asked_of("/api/conversations.members")) == MOST_PAGES


async def test_a_private_channel_seen_from_outside_is_empty(directory: SlackDirectory) -> None:
    """For a bot that isn't in it, it doesn't exist."""
    assert await directory.channel_members(PRIVATE) == frozenset()


async def test_whether_the_bot_is_in_is_never_remembered(
    directory: SlackDirectory, sandbox: Sandbox
) -> None:
    """Whoever has just typed ``/invite`` tries again at once."""
    assert await directory.bot_is_in(MARKETING)
    assert not await directory.bot_is_in(GENERAL)
    assert not await directory.bot_is_in(PRIVATE)
    for channel in (GENERAL, PRIVATE):
        sandbox.world.slack.workspace.channels[channel].members.append("U0TORPEDO")
        assert await directory.bot_is_in(channel)


async def test_people_are_asked_about_once_in_a_while(
    told: SlackDirectory, services: PretendServices, clock: FrozenClock
) -> None:
    """One press asks Slack once; after five minutes a demotion is seen."""
    services.says("/api/auth.test", HOME)
    services.says("/api/users.info", user(), user(is_restricted=True))
    assert (await told.person(ANA)).is_full_member
    clock.advance(PEOPLE_KEPT - timedelta(seconds=1))
    assert (await told.person(ANA)).is_full_member
    clock.advance(timedelta(seconds=1))
    assert not (await told.person(ANA)).is_full_member
    assert len(services.asked_of("/api/users.info")) == 2
    assert len(services.asked_of("/api/auth.test")) == 1


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_slack_that_cant_say_is_away(
    told: SlackDirectory, services: PretendServices, question: str, answer: Answer
) -> None:
    """Without knowing who somebody is nothing is done; and nothing of it is remembered."""
    method, ask = QUESTIONS[question]
    services.says("/api/auth.test", HOME)
    services.says(f"/api/{method}", answer)
    for _ in range(2):
        with pytest.raises(SlackAway):
            await ask(told)
    assert len(services.asked_of(f"/api/{method}")) == 2


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_network_that_is_away_is_slack_away(clock: FrozenClock, question: str) -> None:
    """Nobody listens at port 1."""
    directory = SlackDirectory(AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/api/"), clock)
    with pytest.raises(SlackAway):
        await QUESTIONS[question][1](directory)


async def test_without_knowing_its_own_workspace_nobody_is_a_member(
    told: SlackDirectory, services: PretendServices
) -> None:
    """``auth.test`` says whose people are colleagues."""
    services.says("/api/users.info", user())
    services.says("/api/auth.test", slack(error="fatal_error"))
    with pytest.raises(SlackAway):
        await told.person(ANA)
