"""How it ended, as one says it of a single message to a single phone."""

from bot.domain.standing import CampaignView
from handlers.blocks.headline import Headline
from handlers.blocks.words import Words


def render_ended(view: CampaignView, words: Words) -> Headline:
    """Say whether it arrived."""
    if view.counts.delivered:
        return Headline(words.say("✅ Delivered"))
    if view.counts.failed:
        why = words.say("The carrier refused it, or there's no such number.")
        return Headline(words.say("⚠️ It didn't arrive"), (why,))
    return Headline(words.say("Sent; whether it arrived was never told"))
