"""The pretend workspace: who is in it, and where they can talk."""

from dataclasses import dataclass, field

from bot.sandbox.json_shapes import JsonObject


@dataclass(frozen=True, slots=True)
class Team:
    """A Slack workspace."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user as `users.info` tells of one; `role` and `color` are for the page alone."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "America/Sao_Paulo"
    tz_label: str = "Brasilia Standard Time"
    tz_offset: int = -10800
    is_bot: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    is_deleted: bool = False
    role: str = ""
    color: str = ""

    def as_slack(self) -> JsonObject:
        """Tell it as the Web API does."""
        shown: JsonObject = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.is_deleted,
            "color": self.color.lstrip("#"),
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz_label,
            "tz_offset": self.tz_offset,
            "profile": {"real_name": self.real_name, "display_name": self.name},
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_guest,
            "is_ultra_restricted": self.is_guest,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1700000000,
        }
        if self.is_stranger:
            shown["is_stranger"] = True
        return shown


@dataclass(slots=True)
class Channel:
    """A place to talk; a DM is one with exactly two members and no name."""

    id: str
    name: str = ""
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    members: list[str] = field(default_factory=list)

    def has(self, person: str) -> bool:
        """Whether that person is a member."""
        return person in self.members

    @property
    def name_in_payloads(self) -> str:
        """What Slack calls it in what it sends to apps, which keep no private names."""
        if self.is_im:
            return "directmessage"
        return "privategroup" if self.is_private else self.name


@dataclass(slots=True)
class UserGroup:
    """A group that can be named as one, like @aprovadores."""

    id: str
    handle: str
    name: str
    members: list[str]


@dataclass(slots=True)
class Workspace:
    """Everything that is there before anybody says a word."""

    team: Team
    bot: Person
    bot_id: str
    app_id: str
    faces: list[Person]
    people: dict[str, Person]
    channels: dict[str, Channel]
    groups: dict[str, UserGroup]

    def direct_channel(self, person: str) -> Channel:
        """Find the DM between the bot and a person, or open it."""
        pair = {self.bot.id, person}
        for channel in self.channels.values():
            if channel.is_im and set(channel.members) == pair:
                return channel
        channel = Channel(f"D0{person.removeprefix('U0')}", is_im=True, members=sorted(pair))
        self.channels[channel.id] = channel
        return channel

    def bot_sees(self, channel: Channel) -> bool:
        """Whether the channel exists at all for the bot: private ones only from inside."""
        return channel.has(self.bot.id) or not (channel.is_private or channel.is_im)
