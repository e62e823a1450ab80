"""Late evidence: what comes to light after a person decided is told, and nothing leaves twice."""

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.receipts import Status
from tests.builders import ANA, BIA, HOUR, ONE, TWO
from tests.fakes import PowerCutError
from tests.services.desk import Desk, record_of

FIRST_ID, SECOND_ID = 55, 7001


async def _late(desk: Desk, campaign: Campaign) -> list[dict[str, object]]:
    told = desk.told(campaign.id)
    return [each.facts for each in told if each.kind is NewsKind.LATE_EVIDENCE]


async def _found(desk: Desk, campaign: Campaign) -> dict[str, object]:
    (facts,) = (t.facts for t in desk.told(campaign.id) if t.kind is NewsKind.PART_FOUND)
    return facts


def _first_calls_back(desk: Desk, word: str = "aguardando envio") -> Callable[[], Awaitable[None]]:
    """Let the platform call the address of the first request."""

    async def call_back() -> None:
        record = record_of(ONE, gateway_id=FIRST_ID, word=word)
        await desk.call_back(desk.gateway.sent[0].key, record)

    return call_back


async def test_before_the_second_has_left_the_first_settles_it(desk: Desk) -> None:
    """Nothing leaves again: nobody gets it twice, and the thread hears whose decision fell."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await _first_calls_back(desk)()
    desk.clock.advance(HOUR)
    await desk.sending.run()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, FIRST_ID)
    assert part.key == desk.gateway.sent[0].key
    assert len(desk.gateway.sent) == 1
    found = await _found(desk, campaign)
    assert (found["decided"], found["by"], found["gateway_id"]) == ("again", BIA, FIRST_ID)
    assert await desk.counts(campaign.id) == {Status.SENT: 2}


async def test_a_call_back_that_nobody_has_read_yet_keeps_it_from_leaving(desk: Desk) -> None:
    """It came before the press, and is read after it: what is on disk may be the proof."""
    campaign = await desk.lost()
    key = desk.gateway.sent[0].key
    assert await desk.deliver(key, query=f"data_callback={FIRST_ID};{ONE};;;;".encode())
    await desk.again(campaign)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    await desk.replying.run()
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED


async def test_an_empty_call_back_proves_nothing_and_keeps_nothing_back(desk: Desk) -> None:
    """The platform may try whether anybody is there; once that is read, it leaves."""
    campaign = await desk.lost()
    assert await desk.deliver(desk.gateway.sent[0].key, query=b"")
    await desk.again(campaign)
    await desk.replying.run()
    await desk.sending.run()
    assert len(desk.gateway.sent) == 2


@pytest.mark.parametrize(
    "ending", [OutcomeUnknown("time-out"), GatewayRejected("ERRO"), GatewayUnavailable()]
)
async def test_where_the_second_came_to_nothing_the_first_counts(
    desk: Desk, ending: Exception
) -> None:
    """It called back while the second was under way: that one's end doesn't matter any more."""
    campaign = await desk.lost()
    await desk.again(campaign)
    desk.gateway.endings.append(ending)
    desk.gateway.meanwhile = _first_calls_back(desk)
    await desk.sending.run()
    desk.clock.advance(HOUR)
    await desk.sending.run()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, FIRST_ID)
    assert len(desk.gateway.sent) == 2
    assert (await desk.campaign(campaign.id)).state is State.SENT
    assert await _late(desk, campaign) == []
    assert _maybe_two(desk, campaign) is isinstance(ending, OutcomeUnknown)


def _maybe_two(desk: Desk, campaign: Campaign) -> bool:
    """Whether the thread says that the second request may have gone as well as the first."""
    found = [one.facts for one in desk.told(campaign.id) if one.kind is NewsKind.PART_FOUND]
    return [facts["later"] for facts in found] == [1]


async def test_where_the_lights_go_out_under_the_second_the_first_counts(desk: Desk) -> None:
    """Nobody is asked to settle what is proved, lest it be sent a third time."""
    campaign = await desk.lost()
    await desk.again(campaign)
    desk.gateway.endings.append(PowerCutError())
    desk.gateway.meanwhile = _first_calls_back(desk)
    with pytest.raises(PowerCutError):
        await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.IN_FLIGHT
    await desk.restart()
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, FIRST_ID)
    assert _maybe_two(desk, campaign)


async def test_a_crash_under_the_second_is_unknown_again_with_a_message_of_its_own(
    desk: Desk,
) -> None:
    """Its buttons are about the second try."""
    campaign = await desk.lost()
    await desk.again(campaign)
    desk.gateway.endings.append(PowerCutError())
    with pytest.raises(PowerCutError):
        await desk.sending.run()
    await desk.restart()
    part = await desk.part(campaign.id)
    assert (part.state, part.reason, part.resent) == (PartState.UNKNOWN, "restarted", 1)
    notices = [t.facts for t in desk.told(campaign.id) if t.kind is NewsKind.PART_UNKNOWN]
    assert [facts["resent"] for facts in notices] == [0, 0, 1]
    await desk.leave(campaign)
    assert len(desk.gateway.sent) == 2


async def test_after_the_second_was_accepted_the_first_is_told_once(desk: Desk) -> None:
    """People may have it twice, and nobody hides it; a reply or a status still counts."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await desk.sending.run()
    for word in ("aguardando envio", "SUCESSO"):
        await _first_calls_back(desk, word)()
    (told,) = await _late(desk, campaign)
    assert told == {
        "kind": "twice",
        "part": 1,
        "parts": 1,
        "people": 2,
        "gateway_id": FIRST_ID,
        "was": SECOND_ID,
        "by": BIA,
    }
    part = await desk.part(campaign.id)
    assert (part.state, part.gateway_id) == (PartState.ACCEPTED, SECOND_ID)
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 1}


@pytest.mark.parametrize("by_call_back", [False, True])
async def test_what_came_while_the_second_was_under_way_is_told_once_that_went(
    desk: Desk, *, by_call_back: bool
) -> None:
    """Not before: until then it may go only once."""

    async def both() -> None:
        await _first_calls_back(desk)()
        assert await _late(desk, campaign) == []
        if by_call_back:
            record = record_of(ONE, gateway_id=SECOND_ID, word="aguardando envio")
            await desk.call_back(desk.gateway.sent[-1].key, record)

    campaign = await desk.lost()
    await desk.again(campaign)
    desk.gateway.meanwhile = both
    await desk.sending.run()
    await _first_calls_back(desk)()
    (told,) = await _late(desk, campaign)
    assert (told["kind"], told["gateway_id"]) == ("twice", FIRST_ID)
    assert (await desk.part(campaign.id)).gateway_id == SECOND_ID


async def test_after_the_first_was_taken_for_the_parts_own_the_second_is_told(desk: Desk) -> None:
    """Its answer was lost, and its call-back comes last: it went as well."""
    campaign = await desk.lost()
    await desk.again(campaign)
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    await desk.sending.run()
    await _first_calls_back(desk)()
    assert await _late(desk, campaign) == []
    for _ in range(2):
        record = record_of(ONE, gateway_id=SECOND_ID, word="aguardando envio")
        await desk.call_back(desk.gateway.sent[1].key, record)
    (told,) = await _late(desk, campaign)
    assert (told["kind"], told["gateway_id"], told["was"]) == ("twice", SECOND_ID, FIRST_ID)
    assert (await desk.part(campaign.id)).gateway_id == FIRST_ID


async def test_one_campaign_at_the_platform_is_not_told_as_two(desk: Desk) -> None:
    """Both addresses name the same number: it is one request, whatever calls."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await desk.sending.run()
    record = record_of(ONE, gateway_id=SECOND_ID, word="aguardando envio")
    await desk.call_back(desk.gateway.sent[0].key, record)
    assert await _late(desk, campaign) == []


async def test_several_records_for_the_first_are_all_its_peoples(desk: Desk) -> None:
    """They name the first's number, and that is this part's, too."""
    campaign = await desk.lost()
    await desk.again(campaign)
    await desk.sending.run()
    records = [record_of(one, gateway_id=FIRST_ID, word="SUCESSO") for one in (ONE, TWO)]
    await desk.call_back(desk.gateway.sent[0].key, *records)
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 2}


async def test_what_was_left_and_went_all_the_same_is_told(desk: Desk) -> None:
    """With who had left it; its people count as sent, though the campaign is over."""
    campaign = await desk.lost()
    await desk.leave(campaign, by=ANA)
    await _first_calls_back(desk)()
    found = await _found(desk, campaign)
    assert (found["decided"], found["by"], found["people"]) == ("left", ANA, 2)
    assert await desk.counts(campaign.id) == {Status.SENT: 2}
    assert (await desk.campaign(campaign.id)).state is State.DONE


async def test_a_call_back_settles_what_nobody_decided(desk: Desk) -> None:
    """It teaches the number, whatever number somebody gave."""
    campaign = await desk.lost()
    await desk.went(campaign, 9)
    await _first_calls_back(desk)()
    part = await desk.part(campaign.id)
    assert (part.gateway_id, part.claimed_id, part.settled_by) == (FIRST_ID, None, None)
    assert (await _found(desk, campaign))["decided"] == ""
