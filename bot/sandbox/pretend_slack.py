"""The pretend Slack: its parts, and what the app may do in it."""

from dataclasses import dataclass

from bot.sandbox.changes import Changes
from bot.sandbox.deliveries import BotLink
from bot.sandbox.files import FileStore
from bot.sandbox.manifest import AppManifest
from bot.sandbox.messages import MessageStore
from bot.sandbox.payloads import Payloads
from bot.sandbox.rates import Rates
from bot.sandbox.response_urls import ResponseUrls
from bot.sandbox.seed import Seed, build_workspace
from bot.sandbox.slack_error import SlackError
from bot.sandbox.socket_mode import SocketMode
from bot.sandbox.triggers import Triggers
from bot.sandbox.views import Views
from bot.sandbox.workspace import Channel, Person, Workspace

RESPONSE_PATH = "/response"


@dataclass(slots=True)
class PretendSlack:
    """Everything that the Web API, the page's gestures and the deliveries share.

    `url` is where the outside reaches it, known once it listens.
    """

    workspace: Workspace
    manifest: AppManifest
    seed: Seed
    messages: MessageStore
    files: FileStore
    views: Views
    triggers: Triggers
    response_urls: ResponseUrls
    rates: Rates
    socket_mode: SocketMode
    bot_link: BotLink
    payloads: Payloads
    url: str = ""

    @property
    def bot(self) -> Person:
        """The app's own user."""
        return self.workspace.bot

    def require_scope(self, *any_of: str) -> None:
        """Let the app go on if the manifest gives it one of these scopes.

        Raises:
            SlackError: `missing_scope`, with what was needed and what there is.
        """
        scopes = self.manifest.scopes
        if any_of and scopes.isdisjoint(any_of):
            provided = ",".join(sorted(scopes))
            raise SlackError(word="missing_scope", needed=",".join(any_of), provided=provided)

    def find_channel(self, channel_id: str) -> Channel:
        """Find a channel the bot can see; raises `SlackError` `channel_not_found`."""
        channel = self.workspace.channels.get(channel_id)
        if channel is None or not self.workspace.bot_sees(channel):
            raise SlackError(word="channel_not_found")
        return channel

    def find_person(self, person_id: str) -> Person:
        """Find a person; raises `SlackError` `user_not_found`."""
        person = self.workspace.people.get(person_id)
        if person is None:
            raise SlackError(word="user_not_found")
        return person

    def response_url(self, secret: str) -> str:
        """Make the whole address of a response."""
        return f"{self.url}{RESPONSE_PATH}/{secret}"


def build_pretend_slack(
    *,
    changes: Changes,
    manifest: AppManifest,
    seed: Seed,
    events_url: str | None,
    is_strict: bool,
) -> PretendSlack:
    """Put a fresh pretend Slack together."""
    workspace = build_workspace()
    messages = MessageStore(changes, workspace)
    views = Views(changes, workspace)
    socket_mode = SocketMode(changes, workspace.app_id)
    return PretendSlack(
        workspace=workspace,
        manifest=manifest,
        seed=seed,
        messages=messages,
        files=FileStore(),
        views=views,
        triggers=Triggers(),
        response_urls=ResponseUrls(messages, workspace),
        rates=Rates(is_strict=is_strict),
        socket_mode=socket_mode,
        bot_link=BotLink(changes, socket_mode, seed.signing_secret, events_url),
        payloads=Payloads(workspace, messages, views),
    )
