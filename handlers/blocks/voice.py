"""How a refusal is said: as mrkdwn in a private answer, or plainly at a modal's field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import CampaignId, UserId
from bot.domain.numbers import LeftOut
from bot.domain.refusals import Deciders
from handlers.blocks import phrases
from handlers.blocks.escaping import code, line
from handlers.blocks.words import Words, read_zone

MOST_LEFT_OUT = 3
TYPED_LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Words for one answer.

    ``is_plain`` where Slack's tokens would be shown as they are written: times are then told in
    ``zone``, and nothing is escaped.
    """

    words: Words
    zone: str = ""
    is_plain: bool = False

    def ref(self, campaign: CampaignId) -> str:
        """A campaign, as people say it."""
        return f"#{campaign}"

    def at(self, moment: datetime) -> str:
        """A day and time."""
        if self.is_plain:
            return self.words.in_zone(moment, self.zone)
        return self.words.moment(moment, self.zone)

    def as_typed(self, moment: datetime) -> str:
        """A day and time as a person types it where they are; it is read back as the same."""
        return f"{moment.astimezone(read_zone(self.zone)):%d/%m/%Y %H:%M}"

    def typed(self, text: str) -> str:
        """What the person typed, shortened."""
        if self.is_plain:
            return f"“{line(text, limit=TYPED_LIMIT)}”"
        return code(text, limit=TYPED_LIMIT)

    def left_out(self, found: Sequence[LeftOut]) -> str:
        """The first few that were left out of a list, and why."""
        named = [
            f"{self.typed(one.raw)}: {phrases.fault(one.fault, self.words)}"
            for one in found[:MOST_LEFT_OUT]
        ]
        more = len(found) - MOST_LEFT_OUT
        if more > 0:
            named.append(self.words.say("and {more} more", more=self.words.number(more)))
        return "; ".join(named)

    def deciders(self, who: Deciders) -> str:
        """Who may approve: by name where the settings name them."""
        names = [phrases.mention(user) for user in who.people]
        names += [f"<!subteam^{group}>" for group in who.groups]
        if not names:
            return self.words.say("Anyone else in the channel can.")
        return self.words.say("Who can: {people}.", people=phrases.listed(names, self.words))

    def person(self, user: UserId | None) -> str:
        """Somebody, or the program where nobody decided."""
        return phrases.person(user)
