"""Modals in their stacks, and homes: what is open for whom."""

import copy
import secrets
import time
from dataclasses import dataclass, field

from bot.sandbox.block_rules.blocks import elements_of
from bot.sandbox.changes import Changes
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.slack_error import SlackError
from bot.sandbox.view_state import State, keep_answers
from bot.sandbox.workspace import Workspace

_STACK_MOST = 3


@dataclass(slots=True)
class View:
    """One modal or home as one person has it open.

    `state` is what they chose so far, `errors` what the app last said of it, by block id.
    """

    id: str
    person: str
    definition: JsonObject
    root_id: str
    previous_id: str | None
    hash: str
    state: State
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[JsonObject]:
        """Its blocks, each with an id."""
        blocks: list[JsonObject] = self.definition["blocks"]
        return blocks


class Views:
    """Every open view, by person."""

    def __init__(self, changes: Changes, workspace: Workspace) -> None:
        self._changes = changes
        self._workspace = workspace
        self._stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def top(self, person: str) -> View | None:
        """The modal that a person is looking at."""
        stack = self._stacks.get(person)
        return stack[-1] if stack else None

    def find(self, *, view_id: str = "", external_id: str = "") -> View:
        """Find an open view; raises `SlackError` `not_found`."""
        for view in [*(v for stack in self._stacks.values() for v in stack), *self.homes.values()]:
            own = view.definition.get("external_id")
            if view.id == view_id or (external_id and own == external_id):
                return view
        raise SlackError(word="not_found")

    def open(self, person: str, definition: JsonObject) -> View:
        """Show a modal instead of whatever that person had open."""
        self._stacks[person] = []
        return self._add(person, definition)

    def push(self, person: str, definition: JsonObject) -> View:
        """Show a modal above the others, three at most; raises `SlackError`."""
        if len(self._stacks.get(person, [])) >= _STACK_MOST:
            raise SlackError(word="push_limit_reached")
        return self._add(person, definition)

    def publish(self, person: str, definition: JsonObject, view_hash: str = "") -> View:
        """Show a home; raises `SlackError` `hash_conflict`."""
        if current := self.homes.get(person):
            return self.update(current, definition, view_hash)
        self.homes[person] = self._build(person, definition, previous=None)
        self._changes.happened()
        return self.homes[person]

    def update(self, view: View, definition: JsonObject, view_hash: str = "") -> View:
        """Change a view, keeping what was answered; raises `SlackError` `hash_conflict`."""
        if view_hash and view_hash != view.hash:
            raise SlackError(word="hash_conflict")
        view.definition = definition
        view.state = keep_answers(definition["blocks"], view.state)
        view.errors = {}
        view.hash = _new_hash()
        self._changes.happened()
        return view

    def close(self, view: View) -> None:
        """Take the view away; the one below it shows again."""
        stack = self._stacks[view.person]
        if view in stack:
            stack.remove(view)
        self._changes.happened()

    def clear(self, person: str) -> None:
        """Take all of a person's modals away."""
        self._stacks[person] = []
        self._changes.happened()

    def as_slack(self, view: View) -> JsonObject:
        """Tell a view as the Web API and payloads do."""
        given = view.definition
        shown: JsonObject = {
            "id": view.id,
            "team_id": self._workspace.team.id,
            "type": given["type"],
            "blocks": view.blocks,
            "private_metadata": given.get("private_metadata", ""),
            "callback_id": given.get("callback_id", ""),
            "external_id": given.get("external_id", ""),
            "state": {"values": view.state},
            "hash": view.hash,
            "clear_on_close": given.get("clear_on_close", False),
            "notify_on_close": given.get("notify_on_close", False),
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            "app_id": self._workspace.app_id,
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": self._workspace.bot_id,
        }
        return shown | {name: given.get(name) for name in ("title", "submit", "close")}

    def _add(self, person: str, definition: JsonObject) -> View:
        view = self._build(person, definition, previous=self.top(person))
        self._stacks.setdefault(person, []).append(view)
        self._changes.happened()
        return view

    def _build(self, person: str, definition: JsonObject, previous: View | None) -> View:
        view_id = f"V{secrets.token_hex(5).upper()}"
        root_id = previous.root_id if previous else view_id
        previous_id = previous.id if previous else None
        state = keep_answers(definition["blocks"], {})
        return View(view_id, person, definition, root_id, previous_id, _new_hash(), state)


def with_ids(blocks: list[JsonObject]) -> list[JsonObject]:
    """Copy good blocks, giving an id to each block and element that came without one."""
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for element in elements_of(block):
            element.setdefault("action_id", secrets.token_urlsafe(4))
    return named


def _new_hash() -> str:
    return f"{int(time.time())}.{secrets.token_hex(4)}"
