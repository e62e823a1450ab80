"""What Slack sends to apps, field by field."""

from dataclasses import dataclass

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.messages import Message, MessageStore
from bot.sandbox.views import View, Views
from bot.sandbox.workspace import Channel, Person, Workspace

# The old verification token: Slack still sends it, apps should look at the signature instead.
_TOKEN = "sandbox-verification-token"  # noqa: S105 - pretend


@dataclass(frozen=True, slots=True)
class Payloads:
    """Builds payloads about the workspace's people, messages and views."""

    workspace: Workspace
    messages: MessageStore
    views: Views

    def slash_command(
        self, person: Person, channel: Channel, command: str, text: str
    ) -> JsonObject:
        """A command that somebody typed, before its trigger id and response address."""
        team = self.workspace.team
        return {
            "token": _TOKEN,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel.name_in_payloads,
            "user_id": person.id,
            "user_name": person.name,
            "command": command,
            "text": text,
            "api_app_id": self.workspace.app_id,
            "is_enterprise_install": "false",
        }

    def message_press(
        self, person: Person, channel: Channel, message: Message, action: JsonObject
    ) -> JsonObject:
        """A press in a message; Slack leaves the message itself out when it is ephemeral."""
        is_ephemeral = message.only_for is not None
        container: JsonObject = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": is_ephemeral,
        }
        if message.is_reply:
            container["thread_ts"] = message.thread_ts
        payload = self._interaction("block_actions", person) | {
            "container": container,
            "channel": {"id": channel.id, "name": channel.name_in_payloads},
            "state": {"values": message.state.get(person.id, {})},
            "actions": [action],
        }
        if not is_ephemeral:
            payload["message"] = self.messages.as_slack(message, with_metadata=True)
        return payload

    def message_action(
        self, person: Person, channel: Channel, message: Message, callback_id: str
    ) -> JsonObject:
        """A shortcut chosen in a message's menu."""
        return self._interaction("message_action", person) | {
            "callback_id": callback_id,
            "action_ts": message.ts,
            "channel": {"id": channel.id, "name": channel.name_in_payloads},
            "message_ts": message.ts,
            "message": self.messages.as_slack(message, with_metadata=True),
        }

    def view_press(self, person: Person, view: View, action: JsonObject) -> JsonObject:
        """A press in a modal."""
        return self._interaction("block_actions", person) | {
            "container": {"type": "view", "view_id": view.id},
            "view": self.views.as_slack(view),
            "actions": [action],
        }

    def view_submission(self, person: Person, view: View) -> JsonObject:
        """A modal that was sent."""
        shown = {"view": self.views.as_slack(view), "response_urls": []}
        return self._interaction("view_submission", person) | shown

    def view_closed(self, person: Person, view: View, *, is_cleared: bool) -> JsonObject:
        """A modal that was dismissed."""
        shown = {"view": self.views.as_slack(view), "is_cleared": is_cleared}
        return self._interaction("view_closed", person) | shown

    def _interaction(self, kind: str, person: Person) -> JsonObject:
        team = self.workspace.team
        return {
            "type": kind,
            "team": {"id": team.id, "domain": team.domain},
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
            "api_app_id": self.workspace.app_id,
            "token": _TOKEN,
            "enterprise": None,
            "is_enterprise_install": False,
        }
