"""The small rules that all the others are made of.

A check looks at one value and writes down what Slack would say of it, with the JSON pointer that
Slack would give. Checks are built once, as tables; nothing here knows of any block.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from bot.sandbox.json_shapes import JsonObject


class Offences:
    """What is wrong with one message or view, in Slack's words, in reading order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def add(self, words: str, pointer: str) -> None:
        """Write one offence down."""
        self.words.append(f"{words} [json-pointer:{pointer}]")


Check = Callable[[Offences, Any, str], None]


def string(most: int, least: int = 1) -> Check:
    """Text of `least` to `most` characters, as Slack counts them: UTF-16 is not its measure."""

    def check(offences: Offences, value: object, pointer: str) -> None:
        if not isinstance(value, str):
            offences.add("must be a string", pointer)
        elif len(value) > most:
            offences.add(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            offences.add(f"must be more than {least - 1} characters", pointer)

    return check


def number(least: int, most: int) -> Check:
    """An integer from `least` to `most`."""

    def check(offences: Offences, value: object, pointer: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            offences.add("must be an integer", pointer)
        elif not least <= value <= most:
            offences.add(f"must be between {least} and {most}", pointer)

    return check


def boolean(offences: Offences, value: object, pointer: str) -> None:
    """Check for true or false, and no word for it."""
    if not isinstance(value, bool):
        offences.add("must be a boolean", pointer)


def matching(pattern: str, words: str) -> Check:
    """Text of a fixed form."""
    form = re.compile(pattern, re.ASCII)

    def check(offences: Offences, value: object, pointer: str) -> None:
        if not isinstance(value, str) or not form.fullmatch(value):
            offences.add(words, pointer)

    return check


def one_of(*allowed: object) -> Check:
    """One of a few values."""

    def check(offences: Offences, value: object, pointer: str) -> None:
        if value not in allowed:
            offences.add(f"must be one of {', '.join(map(repr, allowed))}", pointer)

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of them good."""

    def check(offences: Offences, value: object, pointer: str) -> None:
        if not isinstance(value, list):
            offences.add("must be an array", pointer)
            return
        if len(value) > most:
            offences.add(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            offences.add(f"no fewer than {least} items required", pointer)
        for index, entry in enumerate(value):
            item(offences, entry, f"{pointer}/{index}")

    return check


def shape(
    required: Mapping[str, Check], optional: Mapping[str, Check], *extra: Check, kind: str = ""
) -> Check:
    """An object with these properties and no others.

    The `extra` rules look at the object as a whole, once each part of it is good.
    With a `kind`, the object says it in its `type`.
    """

    def check(offences: Offences, value: object, pointer: str) -> None:
        if not isinstance(value, dict):
            offences.add("must be an object", pointer)
            return
        before = len(offences.words)
        if kind and value.get("type") != kind:
            offences.add(f"must be of type {kind}", f"{pointer}/type")
        for name in required:
            if name not in value:
                offences.add(f"missing required field: {name}", pointer)
        _check_parts({**required, **optional}, offences, value, pointer)
        if len(offences.words) == before:
            for rule in extra:
                rule(offences, value, pointer)

    return check


def _check_parts(
    known: Mapping[str, Check], offences: Offences, value: JsonObject, pointer: str
) -> None:
    for name, part in value.items():
        if name in known:
            known[name](offences, part, f"{pointer}/{name}")
        elif name != "type":
            offences.add(f'invalid additional property: "{name}"', pointer)


def choice(kinds: Mapping[str, Check], allowed: Collection[str] | None = None) -> Check:
    """An object whose `type` says which check it gets; only those `allowed`, when given."""
    good = {name: kinds[name] for name in (kinds if allowed is None else allowed)}

    def check(offences: Offences, value: object, pointer: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(value, dict):
            offences.add("must be an object", pointer)
        elif not isinstance(kind, str) or kind not in good:
            offences.add(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            good[kind](offences, value, pointer)

    return check


def at_least_one(*names: str) -> Check:
    """An object that has one of these properties, or several."""

    def check(offences: Offences, value: JsonObject, pointer: str) -> None:
        if not any(name in value for name in names):
            offences.add(f"must have one of: {', '.join(names)}", pointer)

    return check
