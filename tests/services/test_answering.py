"""Answering: one SMS to whoever replied, by the same core as any campaign."""

import asyncio

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.digest import seal
from bot.domain.errors import GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import CampaignId, Number, UserId
from bot.domain.news import NewsKind
from bot.domain.parts import PartState
from bot.domain.refusals import (
    AlreadyAnswered,
    NoSuchReply,
    NoText,
    NotInChannel,
    OptedOut,
    QuietHours,
    SelfApproval,
    TextTooLong,
)
from bot.services.answering import Written
from tests.builders import (
    ACCOUNT,
    ANA,
    BIA,
    CAIO,
    HOUR,
    MINUTE,
    NIGHT,
    NOON,
    ONE,
    THREE,
    TWO,
    make_policy,
)
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

OUTSIDE = UserId("UOUTSIDE")


async def _asked(desk: Desk, text: str = "Tem sem frutas?") -> tuple[Campaign, int]:
    """Send a campaign, and let the first phone answer it."""
    campaign = await desk.submitted()
    reply = await desk.replied(campaign, ONE, text)
    desk.gateway.sent.clear()
    return campaign, reply


async def _sent(desk: Desk) -> list[tuple[str, tuple[Number, ...]]]:
    """Send whatever goes; what was sent, to whom."""
    await desk.sending.run()
    return [(asked.text, asked.numbers) for asked in desk.gateway.sent]


async def test_an_answer_goes_to_that_person_alone_on_its_writers_own_go(desk: Desk) -> None:
    """A campaign of one, sealed like any; whose go it was is on record as such."""
    campaign, reply = await _asked(desk)
    answer = await desk.answer(reply, "Tem “sem frutas”!")
    assert (answer.state, answer.home, answer.channel) == (
        State.APPROVED,
        campaign.id,
        campaign.channel,
    )
    assert answer.digest == seal('Tem "sem frutas"!', [ONE], None, account=ACCOUNT, door="http")
    assert [(one.by, one.digest) for one in answer.approvals] == [(ANA, answer.digest)]
    assert desk.record(answer.id) == [(ANA, "created"), (ANA, "let go by its writer")]
    assert await _sent(desk) == [('Tem "sem frutas"!', (ONE,))]
    assert (await desk.campaign(answer.id)).state is State.SENT


async def test_an_answer_is_one_message_in_the_thread(desk: Desk) -> None:
    """Its own, drawn anew; no line for each thing that happens to it, and no card elsewhere."""
    campaign, reply = await _asked(desk)
    before = desk.story(campaign.id)
    answer = await desk.answer(reply)
    await desk.sending.run()
    part = await desk.part(answer.id)
    await desk.call_back(part.key, f"{part.gateway_id};{ONE};;2026-12-22 12:06:00;SUCESSO;")
    assert (await desk.campaign(answer.id)).state is State.DONE
    assert desk.story(answer.id) == []
    assert desk.story(campaign.id) == before
    view = await desk.viewing.campaign(answer.id)
    assert view.answered is not None
    assert view.answered.text == "Tem sem frutas?"


async def test_where_the_house_wants_it_a_second_person_lets_an_answer_go(
    open_desk: OpenDesk,
) -> None:
    """By the rule of any campaign: never its writer."""
    desk = await open_desk(make_policy(answers_need_approval=True))
    _, reply = await _asked(desk)
    answer = await desk.answer(reply)
    assert answer.state is State.WAITING
    assert desk.answering.needs_approval
    assert await _sent(desk) == []
    with pytest.raises(SelfApproval):
        await desk.approve(answer, by=ANA)
    await desk.approve(answer, by=BIA)
    assert await _sent(desk) == [("Pode sim!", (ONE,))]


async def test_whoever_opted_out_gets_no_answer(desk: Desk) -> None:
    """Refused before a word is typed, and again when it is sent off."""
    _, reply = await _asked(desk)
    seen = (await desk.answering.ask(reply, by=ANA)).newest
    await desk.write(lambda tx: tx.optouts.add(ONE, at=desk.clock.now(), campaign=None, word="x"))
    with pytest.raises(OptedOut) as refused:
        await desk.answering.ask(reply, by=ANA)
    assert refused.value.number == ONE
    with pytest.raises(OptedOut):
        await desk.answering.answer(
            Written(reply=reply, by=ANA, text="Oi", zone="UTC", form="V1", seen=seen)
        )
    assert await _sent(desk) == []


async def test_the_list_wins_at_the_moment_an_answer_leaves(desk: Desk) -> None:
    """They opted out between the press and the platform: nothing goes, and that is told."""
    _, reply = await _asked(desk)
    answer = await desk.answer(reply)
    await desk.write(lambda tx: tx.optouts.add(ONE, at=desk.clock.now(), campaign=None, word="x"))
    assert await _sent(desk) == []
    assert desk.story(answer.id) == [NewsKind.NOBODY_LEFT]


async def test_the_list_wins_while_an_answer_waits_for_the_platform(desk: Desk) -> None:
    """It was tried once in vain, and they opted out before the next try."""
    _, reply = await _asked(desk)
    desk.gateway.endings.append(GatewayUnavailable())
    answer = await desk.answer(reply)
    await desk.sending.run()
    await desk.write(lambda tx: tx.optouts.add(ONE, at=desk.clock.now(), campaign=None, word="x"))
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(answer.id)).state is PartState.DROPPED


async def test_the_second_colleague_is_told_who_answered_and_can_go_on(desk: Desk) -> None:
    """Knowingly: with a form that showed the first answer."""
    _, reply = await _asked(desk)
    first = await desk.answer(reply, by=ANA)
    late = Written(reply=reply, by=BIA, text="Tem!", zone="UTC", form="VB", seen=CampaignId(0))
    with pytest.raises(AlreadyAnswered) as refused:
        await desk.answering.answer(late)
    told = refused.value
    assert (told.campaign, told.by, told.at) == (first.id, ANA, first.created_at)
    question = await desk.answering.ask(reply, by=BIA)
    assert (question.answered, question.newest) == (await desk.campaign(first.id), first.id)
    second = await desk.answer(reply, "Tem!", by=BIA)
    assert await _sent(desk) == [("Pode sim!", (ONE,)), ("Tem!", (ONE,))]
    with pytest.raises(AlreadyAnswered) as refused:
        await desk.answering.answer(
            Written(reply=reply, by=CAIO, text="?", zone="UTC", form="VC", seen=first.id)
        )
    assert refused.value.campaign == second.id


async def test_of_two_at_once_one_is_told_of_the_other(desk: Desk) -> None:
    """Whichever the database takes first."""
    _, reply = await _asked(desk)
    ended = await asyncio.gather(
        *(
            desk.answering.answer(
                Written(reply=reply, by=by, text="Tem!", zone="UTC", form=by, seen=CampaignId(0))
            )
            for by in (ANA, BIA, CAIO)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Campaign) for one in ended) == 1
    assert sum(isinstance(one, AlreadyAnswered) for one in ended) == 2
    assert len(await _sent(desk)) == 1


async def test_an_answer_that_was_taken_back_is_none(open_desk: OpenDesk) -> None:
    """Whoever comes next isn't told of what never went."""
    desk = await open_desk(make_policy(answers_need_approval=True))
    _, reply = await _asked(desk)
    answer = await desk.answer(reply)
    await desk.editing.cancel(answer.id, by=ANA)
    assert (await desk.answering.ask(reply, by=BIA)).answered is None


async def test_a_form_that_is_sent_twice_sends_once(desk: Desk) -> None:
    """A double press of Submit, at once or later: the same answer both times."""
    _, reply = await _asked(desk)
    assert not await desk.answering.is_sent("V7")
    same = Written(reply=reply, by=ANA, text="Tem!", zone="UTC", form="V7", seen=CampaignId(0))
    first, second = await asyncio.gather(*(desk.answering.answer(same) for _ in range(2)))
    assert first.id == second.id
    await desk.sending.run()
    assert (await desk.answering.answer(same)).id == first.id
    assert await desk.answering.is_sent("V7")
    assert await _sent(desk) == [("Tem!", (ONE,))]


async def test_what_an_answer_brings_back_is_told_in_the_same_thread(desk: Desk) -> None:
    """And can be answered in turn, however often."""
    campaign, reply = await _asked(desk)
    for turn in range(1, 4):
        answer = await desk.answer(reply, f"{turn}?")
        await desk.sending.run()
        reply = await desk.replied(answer, ONE, f"{turn}!")
        assert desk.told(campaign.id)[-1] == (NewsKind.REPLY, {"reply": reply})
        assert answer.home == campaign.id
    assert (await desk.viewing.campaign(campaign.id)).replies == 1


async def test_a_stop_after_an_answer_counts_like_any(desk: Desk) -> None:
    """SAIR to an answer leaves them out of everything, and is told where it was said."""
    campaign, reply = await _asked(desk)
    answer = await desk.answer(reply)
    await desk.sending.run()
    last = await desk.replied(answer, ONE, "SAIR")
    assert desk.told(campaign.id)[-1].facts == {"reply": last}
    with pytest.raises(OptedOut):
        await desk.answering.ask(reply, by=ANA)


async def test_an_answer_that_may_have_gone_is_never_sent_again(desk: Desk) -> None:
    """It needs somebody, who is called in the thread."""
    _, reply = await _asked(desk)
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    answer = await desk.answer(reply)
    await desk.sending.run()
    desk.clock.advance(HOUR)
    await desk.restart()
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(answer.id)).state is PartState.UNKNOWN
    assert desk.story(answer.id) == [NewsKind.PART_UNKNOWN]


async def test_nobody_is_answered_at_night(open_desk: OpenDesk) -> None:
    """Refused with the morning offered, unless it is asked for."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    _, reply = await _asked(desk)
    assert desk.answering.refuse_hours() is None
    desk.clock.advance(10 * HOUR)
    refused = desk.answering.refuse_hours()
    assert refused is not None
    assert refused.opens == NOON + 20 * HOUR
    with pytest.raises(QuietHours):
        await desk.answer(reply)


async def test_an_answer_in_quiet_time_waits_for_an_approver(open_desk: OpenDesk) -> None:
    """The writer's own go is none to that, even where it is to any other answer."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    _, reply = await _asked(desk)
    desk.clock.advance(10 * HOUR)
    answer = await desk.answer(reply, quiet=True)
    assert (answer.state, answer.quiet) == (State.WAITING, True)
    await desk.approving.approve(
        answer.id, by=BIA, version=1, digest=answer.digest, allows_quiet=True
    )
    desk.gateway.sent.clear()
    assert [numbers for _, numbers in await _sent(desk)] == [(ONE,)]


async def test_an_answer_asked_for_at_night_and_sent_by_day_goes_at_once(
    open_desk: OpenDesk,
) -> None:
    """By day there is nothing to allow."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    _, reply = await _asked(desk)
    assert (await desk.answer(reply, quiet=True)).state is State.APPROVED


async def test_only_the_channels_people_answer(desk: Desk) -> None:
    """It is their campaign, and their customer."""
    _, reply = await _asked(desk)
    with pytest.raises(NotInChannel):
        await desk.answering.ask(reply, by=OUTSIDE)
    with pytest.raises(NotInChannel):
        await desk.answer(reply, by=OUTSIDE)


async def test_a_text_that_cannot_go_is_refused(desk: Desk) -> None:
    """As for any campaign."""
    _, reply = await _asked(desk)
    with pytest.raises(NoText):
        await desk.answer(reply, "\u200b")
    desk.gateway.longest_number = 0
    with pytest.raises(TextTooLong):
        desk.answering.check_text("Oi")


async def test_a_number_that_cannot_be_read_gets_no_answer(desk: Desk) -> None:
    """Nor does a reply that isn't there."""
    campaign, _ = await _asked(desk)
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, "7001;???;Oi;2026-12-22 12:05:00;;")
    for reply in (2, 99):
        with pytest.raises(NoSuchReply):
            await desk.answering.ask(reply, by=ANA)


async def test_an_answer_goes_to_the_number_that_the_campaign_reached(desk: Desk) -> None:
    """However the platform spells it when they reply; a stranger's is taken as it came."""
    campaign = await desk.submitted()
    short = await desk.replied(campaign, Number("3199990001"), "Oi")
    other = await desk.replied(campaign, THREE, "Oi")
    await desk.answer(short)
    await desk.answer(other)
    desk.gateway.sent.clear()
    assert [numbers for _, numbers in await _sent(desk)] == [(ONE,), (THREE,)]


async def test_answers_are_not_among_a_channels_campaigns(desk: Desk) -> None:
    """They may be many; each is in its thread, and found by its number."""
    campaign, reply = await _asked(desk)
    answer = await desk.answer(reply)
    overview = await desk.viewing.overview(campaign.channel)
    assert [view.campaign.id for view in overview.running] == [campaign.id]
    assert overview.latest is not None
    assert overview.latest.campaign.id == campaign.id
    assert (await desk.viewing.campaign(answer.id)).price == 1
    assert TWO not in (await desk.store.read(lambda tx: tx.recipients.numbers(answer.id)))
