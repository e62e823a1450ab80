"""What came of a round: counted from the platform's side, excused by what people were told."""

from collections import Counter
from dataclasses import dataclass

from bot.domain.parts import PartState
from bot.sandbox.refusals import Reason
from bot.sandbox.troubles import Trouble
from tests.faults.counting import Count
from tests.faults.people import People
from tests.faults.planning import Plan
from tests.faults.record import CampaignRecord, PartRecord

HOLD_WORDS = ("On hold", "Stopping", "asked to hold it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One round's figures.

    Attributes:
        plan: what was done.
        text: what names its campaign at the platform.
        count: who was texted twice, and who was lost.
        problem: what never came, where the round didn't end as rounds do.
        in_flight: requests that the bot believed under way, when none was.
        kills: how often the bot was killed.
        starts: how often it was started.
        requests: how many requests to send it the platform got.
        met: the troubles that those met.
        by_callback: parts of unknown fate that a call-back settled.
        by_person: those that a person settled.
        needs_you: those that still wait for one.
        seconds: how long it took.
    """

    plan: Plan
    text: str
    count: Count
    problem: str
    in_flight: int
    kills: int
    starts: int
    requests: int
    met: Counter[Trouble]
    by_callback: int
    by_person: int
    needs_you: int
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.count.is_right and not self.problem and not self.in_flight


def find_told(campaign: CampaignRecord, people: People, numbers: list[str]) -> set[str]:
    """List the recipients of whom people were told that they got nothing, or may have."""
    in_parts = {number for part in campaign.parts for number in part.numbers}
    told = {n for part in campaign.parts if _is_told(part, campaign, people) for n in part.numbers}
    if _is_hold_told(campaign, people):
        told |= set(numbers) - in_parts
    return told


def find_denied(campaign: CampaignRecord) -> set[str]:
    """List those of whom people were told that they certainly got nothing.

    A part that a person left as it is isn't denied: nobody said what became of it.
    """
    return {
        number
        for part in campaign.parts
        for number in part.numbers
        if part.state is PartState.REFUSED
        or (part.state is PartState.DROPPED and not part.is_settled_by_person)
    }


def _is_told(part: PartRecord, campaign: CampaignRecord, people: People) -> bool:
    match part.state:
        case PartState.UNKNOWN:
            return people.card_says("Needs you")
        case PartState.REFUSED:
            return people.thread_says(Reason.LOGIN.value)
        case PartState.DROPPED:
            return part.is_settled_by_person or people.thread_says("doesn't go to")
        case PartState.READY:
            return _is_hold_told(campaign, people)
        case _:
            return False


def _is_hold_told(campaign: CampaignRecord, people: People) -> bool:
    return campaign.is_held and any(people.card_says(words) for words in HOLD_WORDS)
