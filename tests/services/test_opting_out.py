"""Opting out by hand: who put whom on the list, once, and on record."""

import json

import pytest

from bot.domain.campaign import Campaign
from bot.domain.ids import Number, UserId
from bot.domain.news import NewsKind
from bot.domain.optouts import OptOutWords
from bot.domain.refusals import AlreadyOptedOut, NoSuchReply, NotInChannel
from tests.builders import BIA, CAIO, HOUR, NOON, ONE, THREE, TWO, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

WISH = "não me mande mais mensagens"


async def _wished(desk: Desk, text: str = WISH) -> tuple[Campaign, int]:
    campaign = await desk.submitted()
    return campaign, await desk.replied(campaign, TWO, text)


def _record(desk: Desk) -> list[tuple[str, str, object]]:
    """Read what is on record of no campaign."""
    rows = desk.look("SELECT who, what, facts FROM audit WHERE campaign IS NULL ORDER BY id")
    return [(who, what, json.loads(facts)) for who, what, facts in rows]


async def test_a_wish_in_other_words_waits_for_a_person(desk: Desk) -> None:
    """It opts nobody out by itself, and is known as unsure."""
    campaign, reply = await _wished(desk)
    found = await desk.viewing.reply(reply)
    assert (found.opts_out, found.may_opt_out) == (False, True)
    assert (await desk.viewing.campaign(campaign.id)).opt_outs == 0
    assert await desk.store.read(lambda tx: tx.optouts.count()) == 0


async def test_a_colleague_puts_them_on_the_list(desk: Desk) -> None:
    """The thread says who did it, the card counts it, the record keeps it; nobody writes them."""
    campaign, reply = await _wished(desk)
    await desk.opting_out.by_reply(reply, by=BIA)
    assert desk.told(campaign.id)[-1] == (NewsKind.OPTED_OUT, {"by": BIA, "number": TWO})
    assert desk.record(campaign.id)[-1] == (BIA, "opted out")
    assert (await desk.viewing.campaign(campaign.id)).opt_outs == 1
    (listed,) = await desk.store.read(lambda tx: tx.optouts.newest(limit=9))
    assert (listed.number, listed.campaign, listed.word, listed.by) == (
        TWO,
        campaign.id,
        WISH,
        BIA,
    )
    desk.gateway.sent.clear()
    await desk.submitted()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]


async def test_a_second_press_changes_nothing_and_says_so(desk: Desk) -> None:
    """Of two at once, too: once on the list, once in the thread, once on record."""
    campaign, reply = await _wished(desk)
    await desk.opting_out.by_reply(reply, by=BIA)
    story, record = desk.story(campaign.id), desk.record(campaign.id)
    desk.clock.advance(HOUR)
    with pytest.raises(AlreadyOptedOut) as refused:
        await desk.opting_out.by_reply(reply, by=CAIO)
    assert refused.value.number == TWO
    assert (desk.story(campaign.id), desk.record(campaign.id)) == (story, record)


async def test_it_is_told_in_the_thread_that_an_answer_lives_in(desk: Desk) -> None:
    """Where the conversation is."""
    campaign, reply = await _wished(desk, "Oi?")
    answer = await desk.answer(reply)
    await desk.sending.run()
    last = await desk.replied(answer, TWO, WISH)
    await desk.opting_out.by_reply(last, by=BIA)
    assert desk.story(campaign.id)[-1] is NewsKind.OPTED_OUT
    assert (await desk.viewing.campaign(answer.id)).opt_outs == 1


async def test_only_the_channels_people_press_it(desk: Desk) -> None:
    """And only for a reply with a number."""
    campaign, reply = await _wished(desk)
    with pytest.raises(NotInChannel):
        await desk.opting_out.by_reply(reply, by=UserId("UOUTSIDE"))
    part = await desk.part(campaign.id)
    await desk.call_back(part.key, f"7001;???;{WISH};2026-12-22 12:05:00;;")
    for absent in (2, 99):
        with pytest.raises(NoSuchReply):
            await desk.opting_out.by_reply(absent, by=BIA)


async def test_a_house_has_words_of_its_own(open_desk: OpenDesk) -> None:
    """They opt out as the five do."""
    words = OptOutWords(("Tchau",))
    desk = await open_desk(make_policy(opt_out_words=words))
    campaign, _ = await _wished(desk, "tchau!")
    assert (await desk.viewing.campaign(campaign.id)).opt_outs == 1


async def test_the_machine_puts_on_and_takes_off(desk: Desk) -> None:
    """Each time on record with who; what changes nothing is no news."""
    assert await desk.listkeeping.add([ONE, TWO, ONE], by="machine:ana") == 2
    assert await desk.listkeeping.add([ONE], by="machine:ana") == 0
    assert await desk.listkeeping.remove([ONE, THREE], by="machine:bia") == 1
    assert await desk.listkeeping.remove([THREE], by="machine:bia") == 0
    assert _record(desk) == [
        ("machine:ana", "opt-outs added", {"people": 2, "numbers": f"{ONE}, {TWO}, {ONE}"}),
        ("machine:bia", "opt-outs removed", {"people": 1, "numbers": f"{ONE}, {THREE}"}),
    ]
    many = [Number(f"119{number:08d}") for number in range(21)]
    assert await desk.listkeeping.add(many, by="machine:ana") == 21
    assert _record(desk)[-1][2] == {"people": 21, "numbers": None}


async def test_the_list_wins_until_a_schedule_is_handed_over(desk: Desk) -> None:
    """Approved for tomorrow and not yet with the platform: whoever opted out is left out."""
    campaign = await desk.approved(send_at=NOON + 20 * HOUR)
    await desk.listkeeping.add([TWO], by="machine:ana")
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]
    assert NewsKind.LEFT_OUT in desk.story(campaign.id)


async def test_whoever_is_taken_off_is_written_to_again(desk: Desk) -> None:
    """The list is asked at each sending, so it counts at once."""
    await desk.listkeeping.add([TWO], by="machine:ana")
    await desk.listkeeping.remove([TWO], by="machine:ana")
    await desk.submitted()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE, TWO)]
