"""The manifest asks Slack for what the program needs: all of it, and no more."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.assembly import build_listeners, build_services
from handlers.blocks.actions import SEND_AS_SMS
from handlers.blocks.reports import render_help
from handlers.blocks.words import Words
from handlers.slack.kept import KeptTasks
from handlers.slack.listeners import COMMAND
from handlers.slack.typed import means_all, read_campaign_number
from handlers.web.site import SLACK_PATH
from storage import SqliteStore
from tests.builders import NOON
from tests.fakes import FrozenClock
from tests.settings.samples import make_settings

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT.parent / "shared" / "slack-manifest.schema.json"
PROGRAM = ("bot/app.py", "bot/assembly.py", "bot/checking/*.py", "handlers/**/*.py")
CALL = re.compile(r"client\.([a-z]+(?:_[a-zA-Z0-9]+)+)\b")
NO_METHODS = {"base_url"}
IN_FORMS = {"file_input": "files:read"}
"""What a form holds, and the scope that reading it asks for."""
NEEDS: dict[str, set[str]] = {
    "apps_connections_open": set(),  # the app token's own scope, connections:write
    "auth_test": set(),
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history"},
    "files_upload_v2": {"files:write"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_update": set(),
}
"""The scopes that each method of Slack's asks for, of public and private channels."""


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest as Slack reads it."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return read


@pytest.fixture
def answered(tmp_path: Path) -> set[str]:
    """Every command that the program answers."""
    client = AsyncWebClient("xoxb-1")
    services = build_services(
        make_settings(),
        store=SqliteStore(tmp_path / "never-opened.db"),
        clock=FrozenClock(NOON),
        client=client,
    )
    listeners = build_listeners(services, client=client, tasks=KeptTasks())
    return {"/sms", *(f"/sms-{verb}" for verb in listeners.commands._verbs)}


def test_the_commands_are_those_that_the_program_answers(
    manifest: dict[str, Any], answered: set[str]
) -> None:
    """One more would be typed and get nothing; one less could not be typed."""
    commands = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert sorted(commands) == sorted(answered)
    assert all(COMMAND.fullmatch(command) for command in commands)


def test_the_help_names_every_command(manifest: dict[str, Any]) -> None:
    """With nothing left out."""
    said = str(render_help(Words()))
    for command in manifest["features"]["slash_commands"]:
        assert command["command"] in said


def test_the_hints_name_what_the_brake_takes(manifest: dict[str, Any]) -> None:
    """Slack shows them while somebody types in a hurry."""
    hints = {c["command"]: c.get("usage_hint", "") for c in manifest["features"]["slash_commands"]}
    one, everything = hints["/sms-hold"].split(" | ")
    assert read_campaign_number(one) == read_campaign_number(hints["/sms-release"])
    assert means_all(everything)


def test_what_was_typed_comes_as_it_was_typed(manifest: dict[str, Any]) -> None:
    """Slack would make links of names and addresses in a text that goes to phones."""
    assert not any(c["should_escape"] for c in manifest["features"]["slash_commands"])


def test_the_scopes_are_those_that_the_programs_calls_need(manifest: dict[str, Any]) -> None:
    """A scope less breaks a call; a scope more is one that nobody should have to grant."""
    sources = [path for pattern in PROGRAM for path in ROOT.glob(pattern)]
    called = {name for path in sources for name in CALL.findall(path.read_text(encoding="utf-8"))}
    assert called - NO_METHODS == set(NEEDS)
    forms = " ".join(path.read_text(encoding="utf-8") for path in sources)
    read = {scope for element, scope in IN_FORMS.items() if f'"{element}"' in forms}
    needed = {"commands"}.union(read, *NEEDS.values())
    asked: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(asked) == sorted(needed)


def test_every_address_is_slacks_door(manifest: dict[str, Any]) -> None:
    """Commands and buttons come in at the same one."""
    addresses = [command["url"] for command in manifest["features"]["slash_commands"]]
    addresses.append(manifest["settings"]["interactivity"]["request_url"])
    assert {re.sub(r"^https://[^/]+", "", address) for address in addresses} == {SLACK_PATH}
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_the_shortcut_is_the_one_that_is_listened_for(manifest: dict[str, Any]) -> None:
    """A message can be taken for a text."""
    (shortcut,) = manifest["features"]["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", SEND_AS_SMS)


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's own schema isn't beside the project")
def test_slacks_own_schema_takes_it(manifest: dict[str, Any]) -> None:
    """As the page does where it is pasted."""
    jsonschema.validate(manifest, json.loads(SCHEMA.read_text(encoding="utf-8")))
