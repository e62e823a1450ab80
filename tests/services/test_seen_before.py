"""Seen before: whoever approves knows it, and says once more that it is meant."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import ChannelId
from bot.domain.parts import PartState
from bot.domain.refusals import SelfApproval
from bot.domain.repeats import Repeat, SeenBefore, seal_repeats
from bot.ports import Transaction
from tests.builders import (
    ANA,
    BIA,
    CAIO,
    HOUR,
    NOON,
    ONE,
    THREE,
    TWO,
    make_draft,
    make_policy,
)
from tests.services.desk import Desk

TEXT = "Feliz Natal! Passe na loja e ganhe um panetone"
BOTH = f"{ONE}\n{TWO}"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A house that minds, where Bia and Caio decide."""
    desk = Desk(tmp_path / "torpedo.db", policy=make_policy(repeat_hours=24))
    desk.directory.members[ChannelId("CNATAL")] = {ANA, BIA, CAIO}
    await desk.open()
    yield desk
    await desk.close()


async def send(desk: Desk, **typed: str) -> Campaign:
    """Let a campaign go to the platform."""
    campaign = await desk.create(**{"text": TEXT, "numbers": BOTH} | typed)
    await desk.approve(campaign)
    await desk.sending.run()
    return campaign


async def seen(desk: Desk, campaign: Campaign) -> tuple[Repeat, ...]:
    """What its card says of others."""
    return (await desk.viewing.campaign(campaign.id)).repeats


async def approve(desk: Desk, campaign: Campaign, *, meant: tuple[Repeat, ...] = ()) -> Campaign:
    """Let Bia approve what the card shows, and what the form about others says."""
    return await desk.approving.approve(
        campaign.id, by=BIA, version=1, digest=campaign.digest, meant=seal_repeats(meant)
    )


async def test_the_same_text_to_the_same_people_is_said_and_confirmed(desk: Desk) -> None:
    """Who, when, how many; then it goes, and the record says that it was known."""
    first = await send(desk)
    desk.clock.advance(HOUR)
    again = await desk.drafting.create(
        make_draft(text=TEXT.upper(), numbers=f"{TWO}\n{THREE}", requester=CAIO)
    )
    repeat = Repeat(campaign=first.id, by=ANA, state=State.SENT, at=NOON, shared=1, people=2)
    assert again.repeats == (repeat,)
    assert await seen(desk, again.campaign) == (repeat,)
    with pytest.raises(SeenBefore) as refused:
        await approve(desk, again.campaign)
    assert refused.value.repeats == (repeat,)
    approved = await approve(desk, again.campaign, meant=(repeat,))
    assert approved.state is State.APPROVED
    assert await seen(desk, again.campaign) == ()
    (facts,) = desk.look("SELECT facts FROM audit WHERE what = 'approved' AND campaign = 2")
    assert '"repeats": 1' in facts[0]


async def test_a_confirmation_is_no_way_round_the_other_rules(desk: Desk) -> None:
    """Four eyes stay four."""
    await send(desk)
    again = await desk.create(text=TEXT, numbers=BOTH)
    meant = seal_repeats(await seen(desk, again))
    with pytest.raises(SelfApproval):
        await desk.approving.approve(again.id, by=ANA, version=1, digest=again.digest, meant=meant)


async def test_a_confirmation_counts_for_what_was_shown_alone(desk: Desk) -> None:
    """A colleague's third text, written while the form stood open, is asked about as well."""
    await send(desk)
    again = await desk.create(text=TEXT, numbers=BOTH)
    shown = await seen(desk, again)
    third = await desk.create(text=TEXT, numbers=BOTH)
    with pytest.raises(SeenBefore) as refused:
        await approve(desk, again, meant=shown)
    assert third.id in [one.campaign for one in refused.value.repeats]
    assert (await approve(desk, again, meant=refused.value.repeats)).state is State.APPROVED


async def test_what_appears_after_the_card_was_drawn_is_asked_as_well(desk: Desk) -> None:
    """Two colleagues write the same at once: the first one's approver is told of the second."""
    first = await desk.create(text=TEXT, numbers=BOTH)
    assert await seen(desk, first) == ()
    second = await desk.create(text=TEXT, numbers=BOTH)
    with pytest.raises(SeenBefore) as refused:
        await approve(desk, first)
    assert [one.state for one in refused.value.repeats] == [State.WAITING]
    await desk.editing.cancel(second.id, by=ANA)
    assert (await approve(desk, first)).state is State.APPROVED


@pytest.mark.parametrize(
    "other",
    [{"text": "Bom ano a todos os nossos clientes"}, {"numbers": THREE}],
    ids=["another text", "other people"],
)
async def test_only_the_same_to_the_same_counts(desk: Desk, other: dict[str, str]) -> None:
    """Everything else is a campaign like any other."""
    await send(desk, **other)
    assert (await approve(desk, await desk.create(text=TEXT, numbers=BOTH))).approvals


async def test_another_channel_counts_too(desk: Desk) -> None:
    """A customer has one phone."""
    await desk.drafting.create(make_draft(text=TEXT, numbers=BOTH, channel=ChannelId("CLOJA")))
    assert len(await seen(desk, await desk.create(text=TEXT, numbers=BOTH))) == 1


async def test_what_is_long_ago_or_was_rejected_does_not_count(desk: Desk) -> None:
    """The hours are the house's, and what never went reached nobody."""
    first = await send(desk)
    rejected = await desk.create(text=TEXT, numbers=BOTH)
    await desk.approving.reject(rejected.id, by=BIA, version=1, reason="não")
    desk.clock.advance(timedelta(hours=24))
    assert [one.campaign for one in await seen(desk, await desk.create(text=TEXT))] == [first.id]
    desk.clock.advance(timedelta(seconds=1))
    later = await desk.create(text=TEXT, numbers=BOTH)
    assert [one.state for one in await seen(desk, later)] == [State.WAITING]


async def test_what_is_planned_counts_when_it_goes(desk: Desk) -> None:
    """Written a week ago for tomorrow is sent tomorrow."""
    planned = await desk.create(text=TEXT, numbers=BOTH, send_at=NOON + timedelta(days=8))
    await desk.approve(planned)
    await desk.sending.run()
    desk.clock.advance(timedelta(days=7))
    (found,) = await seen(desk, await desk.create(text=TEXT, numbers=BOTH))
    assert found.at == NOON + timedelta(days=8)


async def test_who_was_left_out_when_it_was_sent_did_not_get_it(desk: Desk) -> None:
    """So nobody gets it twice by sending it again."""
    first = await desk.create(text=TEXT, numbers=BOTH)
    await desk.approve(first)

    def opt_out(tx: Transaction) -> None:
        tx.optouts.add(TWO, at=NOON, campaign=None, word="SAIR")

    await desk.write(opt_out)
    await desk.sending.run()
    again = await desk.create(text=TEXT, numbers=f"{ONE}\n{THREE}")
    assert [one.shared for one in await seen(desk, again)] == [1]


async def test_a_house_may_not_mind(desk: Desk) -> None:
    """REPEAT_HOURS=0."""
    await desk.restart(make_policy(repeat_hours=0))
    await send(desk)
    assert (await approve(desk, await desk.create(text=TEXT, numbers=BOTH))).approvals


async def test_a_test_is_nothing_that_was_seen_before(desk: Desk) -> None:
    """Whoever tried a text out on their own phone approves nothing twice."""
    campaign = await desk.create(text=TEXT, numbers=BOTH)
    await desk.try_out(campaign, to=ONE)
    await desk.sending.run()
    assert await seen(desk, campaign) == ()
    assert (await approve(desk, campaign)).approvals


async def test_whom_an_earlier_one_never_reached_was_not_sent_it(desk: Desk) -> None:
    """The platform refused it for want of credit: writing it anew is nobody's oversight."""
    desk.gateway.endings.append(GatewayRejected("SALDO INSUFICIENTE"))
    await send(desk)
    again = await desk.create(text=TEXT, numbers=BOTH)
    assert await seen(desk, again) == ()
    assert (await approve(desk, again)).approvals


async def test_what_was_dropped_before_it_left_reached_nobody(desk: Desk) -> None:
    """Its time came while the platform was away: its people may be written to anew."""
    desk.gateway.endings.append(GatewayUnavailable())
    late = await desk.submitted(text=TEXT, numbers=BOTH, send_at=NOON + HOUR)
    again = await desk.create(text=TEXT, numbers=BOTH)
    assert [one.campaign for one in await seen(desk, again)] == [late.id]
    desk.clock.advance(2 * HOUR)
    await desk.sending.run()
    assert (await desk.part(late.id)).state is PartState.DROPPED
    assert await seen(desk, again) == ()


async def test_whom_an_earlier_one_may_have_reached_counts(desk: Desk) -> None:
    """Its answer was lost, and a person left it at that: nobody knows that it didn't go."""
    lost = await desk.lost(text=TEXT, numbers=BOTH)
    again = await desk.create(text=TEXT, numbers=BOTH)
    assert [one.shared for one in await seen(desk, again)] == [2]
    await desk.leave(lost)
    assert [one.shared for one in await seen(desk, again)] == [2]
