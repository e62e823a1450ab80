"""The cards and notices kept as JSON beside this file, to be read and compared.

After a wanted change, write them anew and read what changed before it is committed::

    python -m tests.blocks.golden_cards
"""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.domain.news import NewsKind
from bot.domain.standing import CampaignView, Standing
from handlers.blocks.card import render_card
from handlers.blocks.stories import render_news
from handlers.blocks.words import Words
from tests.blocks.happenings import news
from tests.blocks.views import CLAIMED, DOUBTFUL, EDITED, FILLED, NOW, QUIET, VIEWS

FOLDER = Path(__file__).with_name("golden")
CARDS: Mapping[str, tuple[CampaignView, str]] = {
    "waiting": (VIEWS[Standing.WAITING], "en"),
    "waiting_pt_BR": (VIEWS[Standing.WAITING], "pt_BR"),
    "edited": (EDITED, "en"),
    "edited_pt_BR": (EDITED, "pt_BR"),
    "filled": (FILLED, "en"),
    "filled_pt_BR": (FILLED, "pt_BR"),
    "quiet": (QUIET, "en"),
    "quiet_pt_BR": (QUIET, "pt_BR"),
    "scheduled": (VIEWS[Standing.SCHEDULED], "en"),
    "delivering": (VIEWS[Standing.DELIVERING], "en"),
    "on_hold_pt_BR": (VIEWS[Standing.ON_HOLD], "pt_BR"),
    "needs_you": (VIEWS[Standing.NEEDS_YOU], "en"),
    "done": (VIEWS[Standing.DONE], "en"),
}
NOTICES: Mapping[str, tuple[CampaignView, str]] = {
    "notice": (DOUBTFUL, "en"),
    "notice_pt_BR": (DOUBTFUL, "pt_BR"),
    "notice_claimed": (CLAIMED, "en"),
    "notice_claimed_pt_BR": (CLAIMED, "pt_BR"),
}


def draw(name: str) -> str:
    """Draw one of the messages, as its file holds it."""
    if name in CARDS:
        view, locale = CARDS[name]
        message = render_card(view, now=NOW, words=Words(locale))
    else:
        view, locale = NOTICES[name]
        message = render_news(news(NewsKind.PART_UNKNOWN), view, words=Words(locale))
    shown = {"text": message.text, "blocks": message.blocks}
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def renew() -> None:
    """Write every file anew."""
    for name in (*CARDS, *NOTICES):
        (FOLDER / f"{name}.json").write_text(draw(name), encoding="utf-8")


if __name__ == "__main__":
    renew()
