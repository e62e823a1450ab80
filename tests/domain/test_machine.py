"""The whole domain as one machine: nothing goes twice, late, unapproved, changed or while held."""

from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.domain.campaign import TRANSITIONS
from bot.domain.parts import PART_TRANSITIONS
from tests.domain.machine import broken
from tests.domain.machine.office import Office
from tests.domain.machine.town import Town

RUN = settings(max_examples=200, stateful_step_count=30, suppress_health_check=list(HealthCheck))
SAME_AGAIN = settings(RUN, derandomize=True, database=None, phases=[Phase.generate])
"""The same runs each time, and none of the work of making a failure small."""
ANEW = settings(RUN, database=None, phases=[Phase.generate])
"""Other runs for each seed, and nothing remembered from one to the next."""
MOST_TURNS = 20
BROKEN: dict[type[Office], str] = {
    broken.Amnesiac: "not twice",
    broken.Hasty: "approved",
    broken.Brakeless: "not held",
    broken.Blind: "approved",
    broken.Lonely: "approved",
    broken.Late: "not late",
    broken.Trusting: "unchanged",
    broken.Hopeful: "not twice",
    broken.Deaf: "what_went_is_accepted",
    broken.Stubborn: "what_went_is_accepted",
    broken.Obedient: "not twice",
    broken.Fickle: "a_final_status_never_goes_back",
    broken.Lawless: "every_move_is_in_the_tables",
}
HAPPENS = (
    "edited",
    "edited with a yes",
    "hold",
    "ask",
    "keep",
    "grant",
    "release",
    "left",
    "left again",
    "crash in flight",
    "call-back",
    "earlier, ready",
    "earlier, in_flight",
    "earlier, unknown",
    "earlier, refused",
    "earlier, dropped",
    "earlier, accepted",
    "claim holds",
)


def test_whatever_happens_the_rules_hold() -> None:
    """Nothing goes twice, late, unapproved, changed or while held, and what is over stays."""
    run_state_machine_as_test(Town, settings=RUN)


def test_everything_happens() -> None:
    """The machine proves what it reaches: every move of both tables, and every odd meeting.

    Each turn has a seed of its own; what no turn brings about, something keeps from happening.
    """

    class Counted(Town):
        seen: ClassVar = Counter()
        moves: ClassVar = Counter()

    tables = [*TRANSITIONS.items(), *PART_TRANSITIONS.items()]
    wanted = {(old, new) for old, news in tables for new in news}
    for turn in range(MOST_TURNS):
        run_state_machine_as_test(seed(turn)(Counted), settings=ANEW)
        if wanted <= set(Counted.moves) and set(HAPPENS) <= set(Counted.seen):
            return
    assert wanted - set(Counted.moves) == set()
    assert set(HAPPENS) - set(Counted.seen) == set()


@pytest.mark.parametrize(("office", "rule"), BROKEN.items())
def test_a_broken_rule_is_found(office: type[Office], rule: str) -> None:
    """A machine that couldn't fail would prove nothing: one rule less, and it does."""

    class Broken(Town):
        office_type = office

    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(
            Broken, settings=settings(SAME_AGAIN, max_examples=3000, stateful_step_count=15)
        )
    assert rule in f"{caught.value} {caught.traceback[-1].name}"
