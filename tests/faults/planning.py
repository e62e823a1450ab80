"""What happens in a round: drawn from the run's seed and the round's number, and nothing else."""

import random
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.faults import EVERY_REQUEST
from bot.sandbox.troubles import Trouble

MOST_PARTS = 4
PEOPLE_A_PART = 3
SECONDS_TO_START = 0.7
"""About how long the bot takes to start: a kill during the start falls into this."""


class Moment(StrEnum):
    """When something is done to the bot."""

    NEVER = "never"
    BEFORE_APPROVAL = "before the approval"
    AT_APPROVAL = "as Approve is pressed"
    RECEIVED = "as the platform has the request"
    ANSWERED = "after the answer"
    CALLING_BACK = "as call-backs come"
    ANY = "at any change"


class Again(StrEnum):
    """Whether the bot is killed once more as it comes back."""

    NO = "no"
    STARTING = "while it starts"
    UP = "as soon as it is up"


class Settling(StrEnum):
    """What people do about a part of unknown fate."""

    BY_THE_TRUTH = "by the truth"
    LEAVE = "leave it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One round.

    Attributes:
        number: which round of the run.
        people: how many recipients, in parts of ``PEOPLE_A_PART``.
        trouble: what is wrong with the platform from just before the approval.
        scope: the action whose requests meet it, or all.
        times: how many requests meet it; 0 is every one until it is cleared.
        outlasts: whether the trouble is still there when a killed bot is back.
        approvers: how many press Approve, at once.
        kill: when the bot is killed; ``nth`` says at which request, answer or change.
        again: whether it is killed once more.
        start_seconds: how far into its start, then.
        is_deaf: whether it stays away until the platform gives up calling back.
        hold: when somebody pulls the brake; ``hold_nth`` as ``nth``.
        is_released: whether somebody lets it go in the end.
        settling: what people do about each part of unknown fate, in order.
        relapses: whether the trouble comes back, once, as they decide about the first.
        is_killed_deciding: whether the bot is killed as soon as it has stored that decision.
    """

    number: int
    people: int
    trouble: Trouble
    scope: str
    times: int
    outlasts: bool
    approvers: int
    kill: Moment
    nth: int
    again: Again
    start_seconds: float
    is_deaf: bool
    hold: Moment
    hold_nth: int
    is_released: bool
    settling: tuple[Settling, ...]
    relapses: bool
    is_killed_deciding: bool

    def __str__(self) -> str:
        brake = f", hold {self.hold} {self.hold_nth}" if self.hold is not Moment.NEVER else ""
        again = f", killed again {self.again}" if self.again is not Again.NO else ""
        return (
            f"{self.people} people, {self.trouble} for {self.scope} x{self.times},"
            f" killed {self.kill} {self.nth}{again}{brake}"
        )


def draw(seed: int, number: int) -> Plan:
    """Draw a round; the same seed and number always give the same one."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing secret
    trouble = chance.choice([Trouble.NONE, *Trouble])
    is_down = trouble is Trouble.DOWN
    scope = chance.choice(["sendsms", "sendsms", EVERY_REQUEST])
    kill = chance.choice([*Moment, Moment.RECEIVED, Moment.ANY])
    is_killed = kill is not Moment.NEVER
    return Plan(
        number=number,
        people=chance.randint(2, MOST_PARTS * PEOPLE_A_PART),
        trouble=trouble,
        # Who can't connect doesn't say what for.
        scope=EVERY_REQUEST if is_down or trouble is Trouble.NONE else scope,
        times=chance.choice([1, 1, 2, 0]) if trouble is not Trouble.NONE and not is_down else 0,
        outlasts=chance.random() < 0.3,
        approvers=chance.choice([1, 1, 2]),
        kill=kill,
        nth=chance.randint(1, 12) if kill is Moment.ANY else chance.randint(1, 3),
        again=chance.choice([Again.NO, *Again]) if is_killed else Again.NO,
        start_seconds=chance.uniform(0, SECONDS_TO_START),
        is_deaf=is_killed and chance.random() < 0.4,
        hold=chance.choice(list(Moment)[2:]) if chance.random() < 0.3 else Moment.NEVER,
        hold_nth=chance.randint(1, 3),
        is_released=chance.random() < 0.7,
        settling=tuple(chance.choices(list(Settling), weights=[3, 1], k=3 * MOST_PARTS)),
        # No request is counted while the platform is down.
        relapses=chance.random() < 0.3 and not is_down,
        is_killed_deciding=chance.random() < 0.2,
    )
