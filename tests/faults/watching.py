"""When a round's moments have come, and when all is quiet."""

from bot.domain.parts import PartState
from tests.faults.planning import Moment
from tests.faults.record import CampaignRecord, count_unread_callbacks, read_campaign
from tests.faults.town import OPTIONS, Town
from tests.faults.truth import Truth

RETRIES = len(OPTIONS.callback_retries)


class Watch:
    """Sees a round's campaign from both sides: the platform's, and the bot's while it is up."""

    def __init__(self, town: Town, truth: Truth, text: str) -> None:
        self._town = town
        self._truth = truth
        self._text = text
        self._since = 0
        self.is_pressed = False

    def begin(self) -> None:
        """Count changes from now on."""
        self._since = self._town.world.changes.revision

    def read(self) -> CampaignRecord | None:
        """Read what the bot believes; nothing while it is away.

        Its database is left alone then: who opens one that a crash left does a part of what the
        bot has to do by itself.
        """
        return read_campaign(self._town.database, self._text) if self._town.bot.is_up else None

    async def reach(self, moment: Moment, nth: int) -> None:
        """Wait for a moment, or until it can't come any more."""
        await self._town.until(moment, lambda: self._is_at(moment, nth) or self.is_calm())

    def is_calm(self) -> bool:
        """Whether nothing more happens while things are as they are."""
        if not self.is_pressed:
            return False
        if not self._town.bot.is_up:
            return True
        campaign = self.read()
        return campaign is None or (campaign.is_approved and campaign.is_calm)

    def is_at_rest(self) -> bool:
        """Whether it has come to an end by itself, and everything told about it was heard."""
        campaign = self.read()
        if campaign is None or not campaign.is_approved or not campaign.is_at_rest:
            return False
        if not (self._truth.is_still() if campaign.is_held else self._truth.is_delivered()):
            return False
        if not self._truth.is_silent(retries=RETRIES):
            return False
        return not count_unread_callbacks(self._town.database)

    def is_let_go(self) -> bool:
        """Whether nobody wants it held."""
        campaign = self.read()
        return campaign is not None and not campaign.is_held

    def has_given_up(self) -> bool:
        """Whether the platform has told all that it had to tell, or given up."""
        return self._truth.is_still() and self._truth.is_silent(retries=RETRIES)

    def _is_at(self, moment: Moment, nth: int) -> bool:
        match moment:
            case Moment.AT_APPROVAL:
                return self.is_pressed
            case Moment.RECEIVED:
                return len(self._truth.received) >= nth
            case Moment.CALLING_BACK:
                return len(self._truth.callbacks) >= nth
            case Moment.ANSWERED:
                return self._count_tried() >= nth
            case _:
                return self._town.world.changes.revision - self._since >= nth

    def _count_tried(self) -> int:
        untried = {PartState.READY, PartState.IN_FLIGHT}
        campaign = self.read()
        parts = campaign.parts if campaign else ()
        return sum(part.is_postponed or part.state not in untried for part in parts)
