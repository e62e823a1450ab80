"""Claims: somebody says that a part went, under a number; the platform is the witness."""

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import GatewayId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.receipts import Status
from bot.domain.refusals import (
    GatewayIdTaken,
)
from bot.services.tracking import MINUTE
from tests.builders import ANA, CAIO, HOUR, NOON, ONE, THREE, TWO
from tests.fakes import Row
from tests.services.desk import Desk, record_of

NINE = GatewayId(9)


async def _facts(desk: Desk, campaign: Campaign, kind: NewsKind) -> list[dict[str, object]]:
    return [told.facts for told in desk.told(campaign.id) if told.kind is kind]


async def _nothing() -> None:
    return None


async def test_a_word_is_no_proof(desk: Desk) -> None:
    """The part stays unknown until the platform's list bears it out; nothing leaves meanwhile."""
    campaign = await desk.lost()
    await desk.went(campaign, 9, by=ANA)
    part = await desk.part(campaign.id)
    assert (part.state, part.claimed_id, part.claimed_by) == (PartState.UNKNOWN, 9, ANA)
    assert (await desk.campaign(campaign.id)).state is State.SENDING
    assert desk.record(campaign.id)[-1] == (ANA, "it went")
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1


async def test_the_platforms_list_bears_it_out(desk: Desk) -> None:
    """Then it is accepted under that number, by that person's word, and its people count."""
    campaign = await desk.lost()
    await desk.went(campaign, 9, by=ANA)
    desk.gateway.rows[NINE] = [Row(ONE, "SUCESSO", queued_at=NOON), Row(TWO, "aguardando envio")]
    assert await desk.tracking.poll_status()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id, part.settled_by) == (PartState.ACCEPTED, 9, ANA)
    assert (part.claimed_id, part.listed) == (None, 2)
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 1}
    assert desk.record(campaign.id)[-1] == (ANA, "it went: confirmed")
    assert (await desk.campaign(campaign.id)).state is State.SENT
    assert NewsKind.PART_FOUND not in desk.story(campaign.id)


async def test_what_somebody_vouched_for_is_asked_about_next(desk: Desk) -> None:
    """Before what is staler, and at once; without an answer it takes its turn again."""
    await desk.submitted()
    campaign = await desk.lost()
    desk.clock.advance(HOUR)
    await desk.went(campaign, 9)
    desk.gateway.ask_endings.append(GatewayUnavailable())
    for _ in range(3):
        assert await desk.tracking.poll_status()
        desk.clock.advance(MINUTE)
    assert desk.gateway.status_asked == [9, 7001, 9]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([Row(ONE, "SUCESSO"), Row(THREE, "SUCESSO")], "other_people"),
        ([Row(ONE, "SUCESSO", queued_at=NOON - 2 * HOUR)], "too_old"),
    ],
)
async def test_a_list_that_speaks_against_it_refutes_it(
    desk: Desk, rows: list[Row], why: str
) -> None:
    """Whoever said so hears why; the part waits for a better word, and no status is taken."""
    campaign = await desk.lost()
    await desk.went(campaign, 9, by=ANA)
    desk.gateway.rows[NINE] = rows
    assert await desk.tracking.poll_status()
    part = await desk.part(campaign.id)
    assert (part.state, part.claimed_id, part.listed) == (PartState.UNKNOWN, None, None)
    (told,) = await _facts(desk, campaign, NewsKind.CLAIM_REFUTED)
    assert (told["by"], told["gateway_id"], told["why"]) == (ANA, 9, why)
    assert await desk.counts(campaign.id) == {Status.QUEUED: 2}
    assert desk.story(campaign.id)[-1] is NewsKind.PART_UNKNOWN


async def test_the_platforms_no_refutes_it_in_its_own_words(desk: Desk) -> None:
    """There is no such campaign; its reason is told as it is."""
    campaign = await desk.lost()
    await desk.went(campaign, 9)
    desk.gateway.ask_endings.append(GatewayRejected("CAMPANHA INEXISTENTE"))
    assert await desk.tracking.poll_status()
    (told,) = await _facts(desk, campaign, NewsKind.CLAIM_REFUTED)
    assert (told["why"], told["words"]) == ("no_such", "CAMPANHA INEXISTENTE")
    assert (await desk.part(campaign.id)).claimed_id is None


@pytest.mark.parametrize("ending", [None, GatewayRejected("ERRO")])
async def test_a_list_says_nothing_about_what_changed_while_it_was_asked_for(
    desk: Desk, ending: Exception | None
) -> None:
    """A call-back was quicker: the number that it named stays."""

    async def call_back() -> None:
        part = await desk.part(campaign.id)
        await desk.call_back(part.key, record_of(ONE, gateway_id=55, word="aguardando envio"))

    campaign = await desk.lost()
    await desk.went(campaign, 9)
    desk.gateway.meanwhile = call_back
    desk.gateway.ask_endings.append(ending)
    desk.gateway.rows[NINE] = [Row(ONE, "SUCESSO")]
    assert await desk.tracking.poll_status()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id, part.settled_by) == (PartState.ACCEPTED, 55, None)
    assert await desk.counts(campaign.id) == {Status.SENT: 2}
    assert NewsKind.CLAIM_REFUTED not in desk.story(campaign.id)


@pytest.mark.parametrize("ending", [None, GatewayRejected("ERRO")])
async def test_a_list_says_nothing_about_a_number_that_was_given_meanwhile(
    desk: Desk, ending: Exception | None
) -> None:
    """It was asked for under another; the newer word is checked by itself."""

    async def think_again() -> None:
        desk.gateway.meanwhile = _nothing
        await desk.went(campaign, 9, by=CAIO)

    campaign = await desk.lost()
    await desk.went(campaign, 8, by=ANA)
    desk.gateway.meanwhile = think_again
    desk.gateway.ask_endings.append(ending)
    desk.gateway.rows[GatewayId(8)] = [Row(THREE, "SUCESSO")]
    assert await desk.tracking.poll_status()
    part = await desk.part(campaign.id)
    assert (part.state, part.claimed_id, part.claimed_by) == (PartState.UNKNOWN, 9, CAIO)
    assert NewsKind.CLAIM_REFUTED not in desk.story(campaign.id)


async def test_a_number_of_another_part_is_refused(desk: Desk) -> None:
    """Whether the platform gave it to that part, or somebody said so of it."""
    other = await desk.submitted()
    first, second = await desk.lost(), await desk.lost()
    with pytest.raises(GatewayIdTaken) as refused:
        await desk.went(first, 7001)
    assert (refused.value.gateway_id, refused.value.campaign) == (7001, other.id)
    await desk.went(first, 9)
    with pytest.raises(GatewayIdTaken):
        await desk.went(second, 9)
    await desk.went(first, 9, by=CAIO)
    assert (await desk.part(first.id)).claimed_by == CAIO


async def test_a_number_that_turns_out_to_be_another_parts_is_refuted(desk: Desk) -> None:
    """The same text to the same people, twice: the list alone can't tell them apart."""
    campaign = await desk.lost()
    await desk.went(campaign, 7001)
    other = await desk.submitted()
    desk.gateway.rows[GatewayId(7001)] = [Row(ONE, "aguardando envio", queued_at=NOON)]
    assert await desk.tracking.poll_status()
    assert (await desk.part(campaign.id)).state is PartState.UNKNOWN
    assert (await desk.part(other.id)).gateway_id == 7001
    assert len(await _facts(desk, campaign, NewsKind.CLAIM_REFUTED)) == 1


async def test_a_second_word_takes_the_place_of_the_first(desk: Desk) -> None:
    """The number is asked about that was said last."""
    campaign = await desk.lost()
    await desk.went(campaign, 8, by=ANA)
    await desk.went(campaign, 9, by=CAIO)
    assert await desk.tracking.poll_status()
    assert desk.gateway.status_asked == [9]
    assert (await desk.part(campaign.id)).settled_by == CAIO


async def test_a_refused_login_says_nothing_of_a_word(desk: Desk) -> None:
    """The platform didn't know us, so it wasn't about the number: the word waits."""
    campaign = await desk.lost()
    await desk.went(campaign, 9, by=ANA)
    desk.gateway.ask_endings.append(GatewayRejected("FALHA AO REALIZAR LOGIN"))
    assert await desk.tracking.poll_status()
    assert (await desk.part(campaign.id)).claimed_id == 9
    assert await _facts(desk, campaign, NewsKind.CLAIM_REFUTED) == []
