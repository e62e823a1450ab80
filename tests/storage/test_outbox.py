"""News on its way to Slack."""

from dataclasses import replace

from bot.domain.campaign import Answer
from bot.domain.ids import MessageTs
from bot.domain.news import Letter, News, NewsKind, card_changed
from bot.ports import Transaction
from storage import SqliteStore
from tests.storage.letters import CARD, REPLIED, SECOND, due, kinds, start
from tests.storage.samples import FIRST, MINUTE, NOW, in_memory, make_campaign, make_reply, new_part


async def test_letter_carries_all_it_takes_to_tell_it(store: SqliteStore) -> None:
    """Facts, channel and thread are there when it is due, and nothing else need be read."""

    def go(tx: Transaction) -> Letter:
        start(tx)
        tx.outbox.add(REPLIED)
        (letter,) = due(tx)
        return letter

    assert await store.write(go) == Letter(
        id=1,
        news=REPLIED,
        channel=make_campaign().channel,
        attempts=0,
        not_before=None,
        thread=CARD,
    )


def test_an_answer_is_told_in_the_thread_that_it_belongs_to() -> None:
    """Once that thread is there; its own news wait for its own message, as a card's do."""
    with in_memory() as tx:
        start(tx)
        part = new_part(tx, FIRST, position=1, key="k1", numbers=[])
        reply = tx.replies.add(make_reply(part.id), fingerprint="f1")
        assert reply is not None
        answer = make_campaign(9, answer=Answer(reply, SECOND, "V1"))
        tx.campaigns.add(answer, [], [])
        tx.outbox.add(card_changed(answer.id))
        tx.outbox.add(News(NewsKind.REMINDER, answer.id))
        assert due(tx) == ()
        tx.campaigns.save(replace(tx.campaigns.get(SECOND), card=CARD))
        (card,) = due(tx)
        assert (card.news, card.thread, card.home) == (card_changed(answer.id), None, CARD)
        tx.campaigns.save(replace(answer, card=MessageTs("9.000100")))
        (_, news) = due(tx)
        assert (news.thread, news.home) == ("9.000100", CARD)


def test_ten_changes_of_a_card_are_one_letter() -> None:
    """A card update is *draw it as it is now*, so ten of them make one call."""
    with in_memory() as tx:
        start(tx)
        for _ in range(10):
            tx.outbox.add(card_changed(FIRST))
            tx.outbox.add(card_changed(SECOND))
        assert kinds(due(tx)) == [(NewsKind.CARD, FIRST), (NewsKind.CARD, SECOND)]
        assert tx.outbox.waiting() == 2


def test_change_while_the_card_is_being_drawn_is_not_lost() -> None:
    """It waits behind the drawing under way, so that the older can't overtake the newer."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(card_changed(FIRST))
        (letter,) = due(tx)
        tx.outbox.take([letter.id], at=NOW)
        tx.outbox.add(card_changed(FIRST))
        assert due(tx) == ()
        assert tx.outbox.waiting() == 2
        tx.outbox.told([letter.id], at=NOW, ts=CARD)
        (newer,) = due(tx)
        assert newer.id != letter.id


def test_postponed_card_takes_what_changed_since_along() -> None:
    """One letter stays, with its pause and its attempts: Slack's 429 is obeyed."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(card_changed(SECOND))
        tx.outbox.add(card_changed(FIRST))
        for letter in due(tx):
            tx.outbox.take([letter.id], at=NOW)
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.add(card_changed(SECOND))
        tx.outbox.postpone([2], until=NOW + MINUTE, reason="ratelimited \ud83d")
        tx.outbox.add(card_changed(FIRST))
        assert due(tx) == ()
        (again,) = due(tx, NOW + MINUTE)
        assert (again.id, again.attempts, again.not_before) == (2, 1, NOW + MINUTE)
        assert tx.outbox.waiting() == 3


def test_story_is_told_in_order() -> None:
    """Of a thread only the oldest message is due, and none while one is being told."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(News(NewsKind.APPROVED, FIRST))
        tx.outbox.add(News(NewsKind.SUBMITTED, FIRST))
        (first,) = due(tx)
        assert first.news.kind is NewsKind.APPROVED
        tx.outbox.take([first.id], at=NOW)
        assert due(tx) == ()
        tx.outbox.told([first.id], at=NOW, ts=MessageTs("1.2"))
        assert kinds(due(tx)) == [(NewsKind.SUBMITTED, FIRST)]


def test_postponed_message_keeps_the_later_ones_waiting() -> None:
    """A story with a hole in it would be misread; other threads and the card go on."""
    with in_memory() as tx:
        start(tx)
        tx.campaigns.save(make_campaign(SECOND, card=CARD))
        tx.outbox.add(News(NewsKind.APPROVED, FIRST))
        tx.outbox.add(News(NewsKind.SUBMITTED, FIRST))
        tx.outbox.add(News(NewsKind.APPROVED, SECOND))
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.postpone([1], until=NOW + MINUTE, reason="ratelimited")
        assert kinds(due(tx)) == [(NewsKind.APPROVED, SECOND), (NewsKind.CARD, FIRST)]
        assert [letter.id for letter in due(tx, NOW + MINUTE)] == [1, 3, 4]


def test_thread_waits_for_its_card() -> None:
    """Without the card there is no thread to tell it in."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(News(NewsKind.APPROVED, SECOND))
        tx.outbox.add(card_changed(SECOND))
        assert kinds(due(tx)) == [(NewsKind.CARD, SECOND)]
        tx.campaigns.save(make_campaign(SECOND, card=CARD))
        assert [letter.thread for letter in due(tx)] == [CARD, CARD]


def test_oldest_come_first_when_there_are_many() -> None:
    """Nobody is overtaken for ever."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(REPLIED)
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.add(card_changed(SECOND))
        assert [letter.id for letter in tx.outbox.due(NOW, limit=2)] == [1, 2]


def test_next_due_is_the_earliest_pause_that_can_end() -> None:
    """The poster sleeps until then; what can't be told yet doesn't wake it in vain."""
    with in_memory() as tx:
        start(tx)
        assert tx.outbox.next_due() is None
        tx.outbox.add(REPLIED)
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.add(News(NewsKind.APPROVED, SECOND))
        assert tx.outbox.next_due() is None
        tx.outbox.postpone([1], until=NOW + 2 * MINUTE, reason="r")
        tx.outbox.postpone([2], until=NOW + MINUTE, reason="r")
        tx.outbox.postpone([3], until=NOW, reason="r")
        assert tx.outbox.next_due() == NOW + MINUTE


def test_given_up_letter_lets_the_next_be_told() -> None:
    """It is kept with its reason, and waits no more."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(REPLIED)
        tx.outbox.add(REPLIED)
        tx.outbox.give_up([1], at=NOW, reason="channel_not_found")
        assert [letter.id for letter in due(tx)] == [2]
        row = tx.outbox._conn.execute("SELECT state, reason, settled_at FROM outbox").fetchone()
        assert tuple(row) == ("gave_up", "channel_not_found", "2026-12-24T12:00:00.000000+00:00")


def test_settled_letter_stays_settled() -> None:
    """A late word about one that is told neither queues it again nor changes its record."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(REPLIED)
        tx.outbox.told([1], at=NOW, ts=CARD)
        tx.outbox.take([1], at=NOW)
        tx.outbox.postpone([1], until=NOW, reason="late")
        tx.outbox.give_up([1], at=NOW, reason="late")
        row = tx.outbox._conn.execute("SELECT state, ts, reason FROM outbox").fetchone()
        assert tuple(row) == ("told", CARD, "")
        assert tx.outbox.waiting() == 0


def test_what_was_being_told_at_a_crash_waits_again() -> None:
    """A card that changed meanwhile is still one letter."""
    with in_memory() as tx:
        start(tx)
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.add(REPLIED)
        tx.outbox.take([1], at=NOW)
        tx.outbox.take([2], at=NOW)
        tx.outbox.add(card_changed(FIRST))
        tx.outbox.add(card_changed(SECOND))
        assert tx.outbox.recover() == 2
        assert [letter.id for letter in due(tx)] == [1, 2, 4]
        assert tx.outbox.recover() == 0
