"""The cards kept as JSON beside this file, to be read and compared.

After a wanted change, write them anew and read what changed before it is committed::

    python -m tests.blocks.golden_cards
"""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.domain.standing import Standing
from handlers.blocks.card import render_card
from handlers.blocks.words import Words
from tests.blocks.views import NOW, VIEWS

FOLDER = Path(__file__).with_name("golden")
CARDS: Mapping[str, tuple[Standing, str]] = {
    "waiting": (Standing.WAITING, "en"),
    "waiting_pt_BR": (Standing.WAITING, "pt_BR"),
    "scheduled": (Standing.SCHEDULED, "en"),
    "delivering": (Standing.DELIVERING, "en"),
    "on_hold_pt_BR": (Standing.ON_HOLD, "pt_BR"),
    "needs_you": (Standing.NEEDS_YOU, "en"),
    "done": (Standing.DONE, "en"),
}


def draw(name: str) -> str:
    """Draw one of the cards, as its file holds it."""
    standing, locale = CARDS[name]
    message = render_card(VIEWS[standing], now=NOW, words=Words(locale))
    shown = {"text": message.text, "blocks": message.blocks}
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def renew() -> None:
    """Write every file anew."""
    for name in CARDS:
        (FOLDER / f"{name}.json").write_text(draw(name), encoding="utf-8")


if __name__ == "__main__":
    renew()
