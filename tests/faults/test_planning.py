"""What a run is made of."""

from bot.sandbox.troubles import Trouble
from tests.faults.planning import Again, Moment, draw

PLANS = [draw(1, number) for number in range(1, 201)]


def test_a_round_is_drawn_the_same_again() -> None:
    """Its seed and number are all there is to it, so a bad one can be looked into."""
    assert [draw(1, plan.number) for plan in PLANS] == PLANS
    assert [draw(2, plan.number) for plan in PLANS] != PLANS


def test_a_run_of_the_usual_length_leaves_nothing_out() -> None:
    """Every trouble, every moment to be killed at and to be stopped at, every second kill."""
    assert {plan.trouble for plan in PLANS} == set(Trouble)
    assert {plan.kill for plan in PLANS} == set(Moment)
    assert {plan.hold for plan in PLANS} >= set(Moment) - {Moment.BEFORE_APPROVAL}
    assert {plan.again for plan in PLANS} == set(Again)


def test_a_platform_that_is_down_is_so_for_every_request() -> None:
    """Who can't connect tells nobody what for."""
    down = [plan for plan in PLANS if plan.trouble is Trouble.DOWN]
    assert {(plan.scope, plan.times) for plan in down} == {("all", 0)}
