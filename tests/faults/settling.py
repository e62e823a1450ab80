"""What people do about a part of unknown fate: they know the truth, and press a button."""

from bot.domain.parts import PartState
from bot.sandbox.messages import Message
from handlers.blocks.actions import PART_AGAIN, PART_LEAVE, PART_WENT
from handlers.blocks.went_form import GATEWAY_ID
from tests.faults.people import APPROVERS, REQUESTER, People, find_block
from tests.faults.planning import Settling
from tests.faults.record import CampaignRecord, PartRecord, read_notice
from tests.faults.town import NeverCame, Town
from tests.faults.truth import Truth
from tests.faults.watching import Watch

WORD_SECONDS = 150.0
"""Where the first question has no answer in time, the bot asks again after its own minute."""
USUAL, QUICK = 1, 60
"""How fast the platform's clock goes. Quick, its minute between two questions is a second."""


class Settlers:
    """The people of a round, in front of the thread's question what became of a part."""

    def __init__(self, town: Town, people: People, truth: Truth, watch: Watch) -> None:
        self._town = town
        self._people = people
        self._truth = truth
        self._watch = watch

    async def settle(self, part: PartRecord, how: Settling) -> None:
        """Say that it went and as what, or that it didn't and goes again, or leave it.

        Whoever presses *send again* didn't ask for the campaign: it is a second yes. A call-back
        may be quicker than people; then there is nothing left to decide.
        """
        went = self._truth.find(part.key)
        if how is Settling.LEAVE:
            await self._press(REQUESTER, PART_LEAVE, part)
        elif went is None:
            await self._press(APPROVERS[0], PART_AGAIN, part)
        else:
            await self._press(REQUESTER, PART_WENT, part)
            await self._name(part, str(went.id))
        await self._town.until("the decision", lambda: not self._is_open(part))

    async def _press(self, person: str, action: str, part: PartRecord) -> None:
        await self._town.until(
            "the question", lambda: self._find(action, part) or not self._is_open(part)
        )
        message = self._find(action, part)
        block = None if message is None else find_block(message, action)
        if message is None or block is None:
            return
        if not await self._people.press(person, message, block, action):
            problem = f"an answer to {action}"
            raise NeverCame(problem)

    async def _name(self, part: PartRecord, gateway_id: str) -> None:
        """Fill in the form, and let the platform be asked whether it is so."""
        views = self._town.world.slack.views
        await self._town.until("the form", lambda: views.top(REQUESTER) or not self._is_open(part))
        if views.top(REQUESTER) is None:
            return
        self._town.world.clock.set_speed(QUICK)
        try:
            if not await self._people.submit(REQUESTER, {GATEWAY_ID: gateway_id}):
                problem = "an answer to the form"
                raise NeverCame(problem)
            await self._town.until(
                "the platform's word", lambda: not self._is_open(part), patience=WORD_SECONDS
            )
        finally:
            self._town.world.clock.set_speed(USUAL)

    def _find(self, action: str, part: PartRecord) -> Message | None:
        ts = read_notice(self._town.database, part.id)
        message = None if ts is None else self._people.find_message(ts)
        return message if message and find_block(message, action) else None

    def _is_open(self, asked: PartRecord) -> bool:
        now = _find_part(self._watch.read(), asked)
        return now is None or (now.state is PartState.UNKNOWN and now.key == asked.key)


def _find_part(campaign: CampaignRecord | None, asked: PartRecord) -> PartRecord | None:
    parts = campaign.parts if campaign else ()
    return next((part for part in parts if part.id == asked.id), None)
