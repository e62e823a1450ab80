"""The app's manifest, read as Slack reads it when the app is made."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.sandbox.json_shapes import JsonObject


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command as people see it in Slack's completion."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class MessageShortcut:
    """A shortcut as people see it in a message's menu."""

    name: str
    callback_id: str


@dataclass(frozen=True, slots=True)
class AppManifest:
    """The parts of a manifest that change how Slack behaves."""

    commands: dict[str, SlashCommand]
    scopes: frozenset[str]
    shortcuts: tuple[MessageShortcut, ...] = ()


class ManifestError(Exception):
    """The file is no manifest that Slack would take."""


def read_manifest(path: Path) -> AppManifest:
    """Read `manifest.yml`.

    Raises:
        ManifestError: the file is missing, is no YAML, or lacks what every app has.
    """
    try:
        document: JsonObject = yaml.safe_load(path.read_text(encoding="utf-8"))
        features = document.get("features", {})
        commands = [_read_command(raw) for raw in features.get("slash_commands", [])]
        shortcuts = tuple(
            MessageShortcut(raw["name"], raw["callback_id"])
            for raw in features.get("shortcuts", [])
            if raw["type"] == "message"
        )
        scopes = frozenset(document["oauth_config"]["scopes"]["bot"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ManifestError(str(error)) from error
    except (AttributeError, KeyError, TypeError) as error:
        missing = f"{path.name} lacks {error}"
        raise ManifestError(missing) from error
    return AppManifest({command.command: command for command in commands}, scopes, shortcuts)


def _read_command(raw: JsonObject) -> SlashCommand:
    return SlashCommand(
        command=raw["command"],
        description=raw["description"],
        usage_hint=raw.get("usage_hint", ""),
        should_escape=bool(raw.get("should_escape", False)),
    )
