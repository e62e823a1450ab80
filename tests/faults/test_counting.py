"""The counting itself: a harness that can't see a double or a loss proves nothing."""

from hypothesis import given
from hypothesis import strategies as st

from tests.faults.counting import Texting, count_texts, judge

OI = "Rodada 1: oi"
ANA, BIA, CIDA = "31999990001", "31999990002", "31999990003"
NUMBERS = st.lists(st.sampled_from([ANA, BIA, CIDA]), max_size=9)


def count(*sent: Texting) -> dict[str, int]:
    """Count one text's."""
    return dict(count_texts(OI, sent))


def test_everybody_texted_once_is_right() -> None:
    """However they were shared out over requests."""
    texted = count(Texting(OI, (ANA, BIA)), Texting(OI, (CIDA,)))
    found = judge([ANA, BIA, CIDA], texted)
    assert (found.twice, found.lost) == ({}, ())


def test_a_part_that_was_carried_out_twice_shows() -> None:
    """Each of its people counts, and nobody else."""
    texted = count(Texting(OI, (ANA, BIA)), Texting(OI, (CIDA,)), Texting(OI, (ANA, BIA)))
    assert judge([ANA, BIA, CIDA], texted).twice == {ANA: 2, BIA: 2}


def test_a_number_twice_in_one_request_shows() -> None:
    """One request may hold the mistake, too."""
    assert judge([ANA], count(Texting(OI, (ANA, ANA)))).twice == {ANA: 2}


def test_having_been_told_excuses_no_second_text() -> None:
    """That somebody may have got nothing is no leave to text them twice."""
    assert judge([ANA], count(Texting(OI, (ANA,)), Texting(OI, (ANA,))), told={ANA}).twice


def test_who_was_never_approved_is_texted_once_too_often() -> None:
    """A stranger's first text is already one too many."""
    assert judge([ANA], count(Texting(OI, (ANA, BIA)))).twice == {BIA: 1}


def test_who_got_nothing_and_of_whom_nobody_was_told_is_lost() -> None:
    """Silence is the loss, not the failure."""
    found = judge([ANA, BIA, CIDA], count(Texting(OI, (ANA,))), told={BIA})
    assert found.lost == (CIDA,)


def test_who_was_texted_after_a_no_shows() -> None:
    """People were told that nothing went: they may well write to them again."""
    found = judge([ANA, BIA], count(Texting(OI, (ANA,))), told={ANA, BIA}, denied={ANA, BIA})
    assert found.denied == (ANA,)
    assert not found.is_right


def test_another_campaigns_texts_count_for_nothing() -> None:
    """Neither as a second text, nor as the first."""
    texted = count(Texting(OI, (ANA,)), Texting("Rodada 2: oi", (ANA, BIA)))
    found = judge([ANA, BIA], texted)
    assert (found.twice, found.lost) == ({}, (BIA,))


@given(NUMBERS, st.sets(st.sampled_from([ANA, BIA, CIDA])))
def test_nothing_is_wrong_only_if_everybody_is_accounted_for(
    sent: list[str], told: set[str]
) -> None:
    """Exactly once each, or not at all and told."""
    found = judge([ANA, BIA, CIDA], count(Texting(OI, tuple(sent))), told=told)
    is_right = all(
        sent.count(n) == 1 or (not sent.count(n) and n in told) for n in (ANA, BIA, CIDA)
    )
    assert is_right == found.is_right
