"""What is said privately to whoever pulled the brake of a whole channel."""

from collections.abc import Sequence

from bot.domain.ids import CampaignId
from handlers.blocks import phrases
from handlers.blocks.words import Words


def render_held_all(
    held: Sequence[CampaignId], already: Sequence[CampaignId], *, waiting: int, words: Words
) -> str:
    """Say what is held now, what was before, and that what waits goes nowhere by itself."""
    said = []
    if held:
        said.append(words.say("The brake is pulled for {campaigns}.", campaigns=_say(held, words)))
    if already:
        said.append(
            words.count(
                len(already),
                "{campaigns} was on hold already.",
                "{campaigns} were on hold already.",
                campaigns=_say(already, words),
            )
        )
    if waiting:
        said.append(
            words.count(
                waiting,
                "{n} waits for approval: nothing of it goes.",
                "{n} wait for approval: nothing of them goes.",
            )
        )
    if held:
        said.append(words.say("The cards tell when the platform has confirmed it."))
    return " ".join(said)


def _say(campaigns: Sequence[CampaignId], words: Words) -> str:
    return phrases.listed([f"#{one}" for one in campaigns], words)
