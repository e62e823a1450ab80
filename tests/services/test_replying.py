"""Replying: a call-back is stored before it is answered, read once, and told in its thread."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, StorageError
from bot.domain.ids import Number
from bot.domain.news import NewsKind
from bot.domain.parts import Part, PartState
from bot.domain.receipts import Status
from bot.domain.replies import InboxState
from bot.gateway.callbacks import Reading, read_callback
from bot.ports import Transaction
from bot.services.replying import Replying
from tests.brittle import BrittleStore
from tests.builders import BIA, HOUR, MINUTE, ONE, TWO
from tests.services.desk import Desk, record_of

STRANGER = Number("11911111111")
T = TypeVar("T")


async def _sent(desk: Desk, **typed: str) -> tuple[Campaign, Part]:
    campaign = await desk.submitted(**typed)
    return campaign, await desk.part(campaign.id)


def _inbox(desk: Desk) -> list[tuple[InboxState, str]]:
    rows = desk.look("SELECT state, note FROM inbox ORDER BY id")
    return [(InboxState(state), str(note)) for state, note in rows]


async def test_a_call_back_is_on_disk_before_it_is_answered(desk: Desk) -> None:
    """In the bytes it came in; a crash right after loses nothing."""
    campaign, part = await _sent(desk)
    query = b"data_callback=" + quote(record_of(ONE, text="Oi")).encode() + b"&x=%FF"
    assert await desk.deliver(part.key, query=query)
    assert desk.look("SELECT query, state FROM inbox") == [(query, "new")]
    await desk.restart()
    await desk.replying.run()
    assert desk.story(campaign.id)[-1] is NewsKind.REPLY


async def test_an_address_of_nobodys_is_not_answered_yes(desk: Desk) -> None:
    """And costs no write: strangers may call as often as they like."""
    _, part = await _sent(desk)
    for key in ("", "x" * 22, part.key[:-1], part.key.swapcase(), "\x00"):
        assert not await desk.deliver(key, query=b"data_callback=1")
    assert _inbox(desk) == []


async def test_a_reply_reaches_its_thread(desk: Desk) -> None:
    """With its words, who wrote it and when."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(TWO, text="Obrigada; beijos\naté já"))
    told = desk.told(campaign.id)[-1]
    assert told.kind is NewsKind.REPLY
    reply = await desk.viewing.reply(told.facts["reply"])
    assert (reply.text, reply.number, reply.is_known) == ("Obrigada; beijos\naté já", TWO, True)
    assert reply.at is not None
    assert reply.at.isoformat() == "2026-12-22T15:05:00+00:00"
    assert (reply.campaign, reply.opts_out) == (campaign.id, False)
    assert _inbox(desk) == [(InboxState.APPLIED, "")]


async def test_the_same_call_back_twice_counts_once(desk: Desk) -> None:
    """In one call, in another, or with the number spelled the other way."""
    campaign, part = await _sent(desk)
    reply = record_of(TWO, text="Oi", word="SUCESSO")
    await desk.call_back(part.key, reply, reply)
    before = desk.story(campaign.id)
    changed = desk.look("SELECT * FROM recipients")
    desk.clock.advance(MINUTE)
    await desk.call_back(part.key, reply)
    await desk.call_back(part.key, record_of(Number("3188880002"), text="Oi", word="SUCESSO"))
    assert desk.story(campaign.id) == before
    assert desk.look("SELECT * FROM recipients") == changed
    assert before.count(NewsKind.REPLY) == 1
    assert [state for state, _ in _inbox(desk)] == [InboxState.APPLIED] * 3


async def test_the_same_words_at_another_time_are_another_reply(desk: Desk) -> None:
    """Somebody may well say thanks twice."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, text="Oi", at="2026-12-22 12:05:00"))
    await desk.call_back(part.key, record_of(ONE, text="Oi", at="2026-12-22 12:05:01"))
    await desk.call_back(part.key, record_of(TWO, text="Oi", at="2026-12-22 12:05:01"))
    assert desk.story(campaign.id).count(NewsKind.REPLY) == 3


async def test_delivery_news_moves_statuses_and_says_nothing(desk: Desk) -> None:
    """The card's bar moves; the thread stays quiet until the end."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, word="Enviado com SUCESSO"))
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 1}
    assert desk.story(campaign.id)[-1] is NewsKind.SUBMITTED
    await desk.call_back(part.key, record_of(TWO, word="NUMERO INVALIDO"))
    assert (await desk.campaign(campaign.id)).state is State.DONE
    assert desk.story(campaign.id)[-1] is NewsKind.FINISHED


async def test_a_reply_after_the_end_still_reaches_its_thread(desk: Desk) -> None:
    """People answer when they like."""
    campaign, part = await _sent(desk, numbers=ONE)
    await desk.call_back(part.key, record_of(ONE, word="SUCESSO"))
    desk.clock.advance(1000 * HOUR)
    await desk.call_back(part.key, record_of(ONE, text="Só vi agora"))
    assert desk.story(campaign.id)[-2:] == [NewsKind.FINISHED, NewsKind.REPLY]


async def test_windows_letters_arrive_as_letters(desk: Desk) -> None:
    """The platform may write either encoding."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, text="Não, às três"), encoding="cp1252")
    reply = await desk.viewing.reply(desk.told(campaign.id)[-1].facts["reply"])
    assert reply.text == "Não, às três"


@pytest.mark.parametrize("query", [b"", b"data_callback=", b"data_callback=foo", b"%FF%00", b"a=1"])
async def test_what_cannot_be_read_is_kept_and_counted(desk: Desk, query: bytes) -> None:
    """Nothing is dropped, and people are shown that there is something."""
    campaign, part = await _sent(desk)
    assert await desk.deliver(part.key, query=query)
    await desk.replying.run()
    assert [state for state, _ in _inbox(desk)] == [InboxState.UNREADABLE]
    assert desk.look("SELECT query FROM inbox") == [(query,)]
    assert (await desk.viewing.overview(campaign.channel)).not_understood == 1


async def test_what_is_read_in_part_is_applied_and_shown(desk: Desk) -> None:
    """The record counts; the rest is kept where people see that there is something."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, f"{record_of(ONE, text='Oi', word='SUCESSO')}\nlixo")
    assert desk.story(campaign.id)[-1] is NewsKind.REPLY
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 1}
    assert _inbox(desk) == [(InboxState.UNREADABLE, "lixo")]
    assert (await desk.viewing.overview(campaign.channel)).not_understood == 1
    told = desk.story(campaign.id)
    assert await desk.replying.read_again() == 1
    assert desk.story(campaign.id) == told
    assert _inbox(desk) == [(InboxState.UNREADABLE, "lixo")]


async def test_a_reply_from_a_number_that_is_not_ours_is_told_all_the_same(desk: Desk) -> None:
    """It came to this campaign's own address; it is kept as unmatched."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(STRANGER, text="Quem é?", word="SUCESSO"))
    reply = await desk.viewing.reply(desk.told(campaign.id)[-1].facts["reply"])
    assert (reply.text, reply.is_known) == ("Quem é?", False)
    assert _inbox(desk) == [(InboxState.UNMATCHED, STRANGER)]
    assert await desk.counts(campaign.id) == {Status.SENT: 2}


async def test_a_number_that_cannot_be_read_keeps_its_reply(desk: Desk) -> None:
    """The words are what counts."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, "7001;???;Oi;2026-12-22 12:05:00;;")
    reply = await desk.viewing.reply(desk.told(campaign.id)[-1].facts["reply"])
    assert (reply.text, reply.number, reply.raw_number) == ("Oi", None, "???")


async def test_who_asks_to_stop_is_put_on_the_list(desk: Desk) -> None:
    """In any spelling of word and number; the next campaign leaves them out."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(Number("3188880002"), text=" Pare! "))
    view = await desk.viewing.campaign(campaign.id)
    assert (view.replies, view.opt_outs) == (1, 1)
    desk.gateway.sent.clear()
    await desk.submitted()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE,)]


async def test_whoever_only_mentions_stopping_stays(desk: Desk) -> None:
    """A person reads those."""
    _, part = await _sent(desk)
    await desk.call_back(part.key, record_of(TWO, text="Vou parar aí amanhã"))
    desk.gateway.sent.clear()
    await desk.submitted()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE, TWO)]


async def test_a_call_back_settles_a_part_of_unknown_fate(desk: Desk) -> None:
    """Only the platform knows its address: it went."""
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, gateway_id=77, word="aguardando envio"))
    found = await desk.part(campaign.id)
    assert (found.state, found.gateway_id) == (PartState.ACCEPTED, 77)
    assert (await desk.campaign(campaign.id)).state is State.SENT
    assert await desk.counts(campaign.id) == {Status.SENT: 2}
    assert desk.told(campaign.id)[-1].facts["gateway_id"] == 77
    assert desk.story(campaign.id)[-1] is NewsKind.PART_FOUND


@pytest.mark.parametrize("ending", [GatewayUnavailable(), GatewayRejected("ERRO")])
async def test_a_call_back_is_believed_against_everything_else(
    desk: Desk, ending: Exception
) -> None:
    """It seemed not to have left, or to be refused: it went, so it never goes again."""
    desk.gateway.endings.append(ending)
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, text="Oi", word="SUCESSO"))
    desk.clock.advance(HOUR)
    await desk.sending.run()
    assert len(desk.gateway.sent) == 1
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED
    assert await desk.counts(campaign.id) == {Status.DELIVERED: 1, Status.SENT: 1}
    assert {NewsKind.PART_FOUND, NewsKind.REPLY} <= set(desk.story(campaign.id))


async def test_a_call_back_that_breaks_us_does_not_hold_up_the_others(desk: Desk) -> None:
    """It is set aside, kept and counted; those before and after it are applied."""
    campaign, part = await _sent(desk)
    broken, _ = await desk.submitted(), await desk.create()
    lost = await desk.part(broken.id)
    assert await desk.deliver(lost.key, query=b"data_callback=" + quote(record_of(ONE)).encode())
    await desk.tamper("UPDATE parts SET state = 'nonsense' WHERE id = ?", lost.id)
    await desk.call_back(part.key, record_of(ONE, text="Oi"))
    assert [state for state, _ in _inbox(desk)] == [InboxState.UNREADABLE, InboxState.APPLIED]
    assert desk.story(campaign.id)[-1] is NewsKind.REPLY


async def test_a_flood_is_read_to_the_end(desk: Desk) -> None:
    """More than one batch, each reply once."""
    campaign, part = await _sent(desk)
    for second in range(230):
        at = f"2026-12-22 12:{second // 60:02}:{second % 60:02}"
        record = quote(record_of(ONE, text="Oi", at=at)).encode()
        await desk.deliver(part.key, query=b"data_callback=" + record)
    await desk.replying.run()
    assert desk.story(campaign.id).count(NewsKind.REPLY) == 230
    assert {state for state, _ in _inbox(desk)} == {InboxState.APPLIED}


async def test_a_decision_after_a_reply_is_unaffected(desk: Desk) -> None:
    """Replies change no campaign that waits."""
    _, part = await _sent(desk)
    waiting = await desk.create()
    await desk.call_back(part.key, record_of(ONE, text="Oi"))
    assert (await desk.approve(waiting, by=BIA)).state is State.APPROVED


async def test_a_record_that_a_reply_imitates_moves_nobody(desk: Desk) -> None:
    """Beside others it must name the part's own campaign; its words are told as a stranger's."""
    campaign, part = await _sent(desk)
    forged = record_of(ONE, gateway_id=666, text="Oi", word="SUCESSO")
    await desk.call_back(part.key, record_of(TWO, text="Olá"), forged)
    assert (await desk.part(campaign.id)).gateway_id == 7001
    assert await desk.counts(campaign.id) == {Status.SENT: 2}
    assert _inbox(desk) == [(InboxState.UNMATCHED, ONE)]
    assert desk.story(campaign.id)[-2:] == [NewsKind.REPLY, NewsKind.REPLY]


async def test_a_record_alone_is_known_by_its_address(desk: Desk) -> None:
    """Nobody but the platform knows it, however the platform numbers its call-backs."""
    campaign, part = await _sent(desk)
    await desk.call_back(part.key, record_of(ONE, gateway_id=666, word="SUCESSO"))
    assert await desk.counts(campaign.id) == {Status.SENT: 1, Status.DELIVERED: 1}
    assert (await desk.part(campaign.id)).gateway_id == 7001


async def test_even_an_unreadable_call_back_proves_that_the_part_went(desk: Desk) -> None:
    """An empty one doesn't: the platform may only try whether anybody is there."""
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    campaign = await desk.submitted()
    part = await desk.part(campaign.id)
    await desk.deliver(part.key, query=b"")
    await desk.replying.run()
    assert (await desk.part(campaign.id)).state is PartState.UNKNOWN
    await desk.deliver(part.key, query=b"data_callback=%FF%00")
    await desk.replying.run()
    assert (await desk.part(campaign.id)).state is PartState.ACCEPTED


async def test_a_disk_that_fails_loses_no_call_back(desk: Desk) -> None:
    """It is the disk's trouble, so the call-back waits until writing works again."""
    campaign, part = await _sent(desk)
    store = BrittleStore(desk.store)
    replying = Replying(store=store, clock=desk.clock, reader=read_callback, zone=desk.policy.zone)
    await desk.deliver(
        part.key, query=b"data_callback=" + quote(record_of(ONE, text="Oi")).encode()
    )
    store.cant_write = True
    with pytest.raises(StorageError):
        await replying.run()
    assert _inbox(desk) == [(InboxState.NEW, "")]
    store.cant_write = False
    await replying.run()
    assert desk.story(campaign.id)[-1] is NewsKind.REPLY


async def test_a_disk_that_fails_while_call_backs_are_applied_singly_loses_none(
    desk: Desk,
) -> None:
    """One of them breaks us; then the disk fails; none is set aside for the disk's sake."""
    _, part = await _sent(desk)
    await desk.deliver(part.key, query=b"data_callback=1")
    await desk.tamper("UPDATE parts SET state = 'nonsense'")

    class Failing(BrittleStore):
        async def write(self, work: Callable[[Transaction], T]) -> T:
            try:
                return await super().write(work)
            finally:
                self.cant_write = True

    replying = Replying(
        store=Failing(desk.store), clock=desk.clock, reader=read_callback, zone=desk.policy.zone
    )
    with pytest.raises(StorageError):
        await replying.run()
    assert _inbox(desk) == [(InboxState.NEW, "")]


async def test_a_call_back_that_breaks_its_reader_is_set_aside_alone(desk: Desk) -> None:
    """Those around it are applied with it, in one go."""
    campaign, part = await _sent(desk)

    def break_sometimes(*, query: bytes, content_type: str, body: bytes, zone: ZoneInfo) -> Reading:
        if query == b"broken":
            raise KeyError
        return read_callback(query=query, content_type=content_type, body=body, zone=zone)

    replying = Replying(
        store=desk.store, clock=desk.clock, reader=break_sometimes, zone=desk.policy.zone
    )
    before = desk.store.commits
    for query in (b"broken", b"data_callback=" + quote(record_of(ONE, text="Oi")).encode()):
        await desk.deliver(part.key, query=query)
    await replying.run()
    assert _inbox(desk) == [(InboxState.UNREADABLE, "broke"), (InboxState.APPLIED, "")]
    assert desk.story(campaign.id)[-1] is NewsKind.REPLY
    assert desk.store.commits == before + 3
