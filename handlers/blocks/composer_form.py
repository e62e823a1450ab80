"""What the composer holds: the values of its fields, and what it remembers beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, ChannelId
from bot.domain.unfinished import ListFile
from handlers.blocks.actions import Press, press_for, read_press

NAME_LIMIT = 80
"""Letters of a file's name that are shown, and so remembered: Slack keeps 3,000 in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposerForm:
    """A campaign as it is being written, or a change to one.

    ``place`` is what the form is for, under which it is kept while it isn't sent. ``press`` is the
    version that it changes, if any. ``kept`` people stay unless a new list is written: those of the
    campaign it changes, or of ``again``, which it is written anew for. ``quiet`` is the box that
    asks for quiet time, which is there where the house ``has_quiet`` times. ``file`` is the list
    that was given already. ``redrawn`` counts how often values were put in by us: Slack keeps
    what was typed in a field of the same name, so a field that gets a new value gets a new name.
    """

    channel: ChannelId
    zone: str
    place: str
    name: str = ""
    text: str = ""
    numbers: str = ""
    is_timed: bool = False
    send_at: datetime | None = None
    quiet: bool = False
    has_quiet: bool = False
    press: Press | None = None
    kept: int = 0
    again: CampaignId | None = None
    file: ListFile | None = None
    redrawn: int = 0
    adds_ninth_digit: bool = False

    @property
    def keeps_numbers(self) -> bool:
        """Whether the list stays that the form doesn't show: no other one is given in it."""
        return bool(self.kept) and self.file is None and not self.numbers.strip()

    def block(self, field: str) -> str:
        """Name the block of a field whose value we may put in; see ``redrawn``."""
        return f"{field}.{self.redrawn}" if self.redrawn else field

    def remember(self) -> str:
        """Write down what the fields don't hold: Slack keeps it, and hands it back."""
        file = self.file
        return json.dumps(
            {
                "channel": self.channel,
                "zone": self.zone,
                "place": self.place,
                "press": None if self.press is None else self.press.encode(),
                "kept": self.kept,
                "again": self.again,
                "has_quiet": self.has_quiet,
                "file": None if file is None else [file.id, file.name[:NAME_LIMIT]],
                "redrawn": self.redrawn,
                "ninth": self.adds_ninth_digit,
            }
        )


def recall_form(view: Mapping[str, Any]) -> ComposerForm:
    """Read back what ``remember`` wrote; the fields are still empty."""
    found: dict[str, Any] = json.loads(view["private_metadata"])
    press, file, again = found["press"], found["file"], found["again"]
    return ComposerForm(
        channel=ChannelId(found["channel"]),
        zone=found["zone"],
        place=found["place"],
        press=None if press is None else read_press(press),
        kept=found["kept"],
        again=None if again is None else CampaignId(again),
        file=None if file is None else ListFile(*file),
        has_quiet=found["has_quiet"],
        redrawn=found["redrawn"],
        adds_ninth_digit=found["ninth"],
    )


def place_of(campaign: Campaign) -> tuple[str, Press]:
    """Say where a change to this version is kept while it is written, and what it changes."""
    return f"#{campaign.id}.{campaign.version}", press_for(campaign)
