"""Replies on their way to Slack: how many wait, which go together, and what became of them."""

from datetime import timedelta

from bot.domain.flood import LULL_REPLIES, Crowd
from bot.domain.ids import MessageTs
from bot.domain.news import News, NewsKind, summary_changed
from bot.domain.replies import InboxState, Tally
from bot.ports import Transaction
from tests.storage.letters import CARD, SECOND, due, kinds, start
from tests.storage.samples import FIRST, MINUTE, NOW, in_memory, make_delivery, make_reply, new_part

SECONDS = timedelta(seconds=1)


def reply_all(tx: Transaction, *texts: str, stops: bool = False) -> None:
    """Keep replies, a second after each other, and queue them."""
    start(tx)
    part = new_part(tx, FIRST, position=1, key="k1", numbers=[])
    for n, text in enumerate(texts):
        reply = make_reply(part.id, text, received_at=NOW + n * SECONDS, opts_out=stops)
        kept = tx.replies.add(reply, fingerprint=f"f{n}")
        tx.outbox.add(News(NewsKind.REPLY, FIRST, {"reply": kept}))


def test_a_crowd_is_counted() -> None:
    """With when the first came, and when the hundredth from the end."""
    with in_memory() as tx:
        reply_all(tx, *["oi"] * 130)
        newest = NOW + 129 * SECONDS
        assert tx.outbox.crowd(FIRST) == Crowd(
            count=130, oldest=NOW, hastened=newest - (LULL_REPLIES - 1) * SECONDS
        )
        assert tx.outbox.crowd(SECOND) is None


def test_a_small_crowd_is_hastened_by_nobody() -> None:
    """The oldest is the first that isn't being told yet; where all are, there is none."""
    with in_memory() as tx:
        reply_all(tx, *"abc")
        assert tx.outbox.crowd(FIRST) == Crowd(count=3, oldest=NOW)
        tx.outbox.take([1], at=NOW, post="k")
        assert tx.outbox.crowd(FIRST) == Crowd(count=3, oldest=NOW + SECONDS)
        tx.outbox.take([2, 3], at=NOW, post="k")
        assert tx.outbox.crowd(FIRST) is None


def test_a_crowd_swells_while_call_backs_are_unread() -> None:
    """They may hold more replies."""
    with in_memory() as tx:
        reply_all(tx, "a")
        unread = tx.inbox.add(tx.parts.of(FIRST)[0].id, make_delivery())
        assert tx.outbox.crowd(FIRST) == Crowd(count=1, oldest=NOW, is_swelling=True)
        tx.inbox.settle(unread, InboxState.APPLIED)
        assert tx.outbox.crowd(FIRST) == Crowd(count=1, oldest=NOW)


def test_replies_come_with_their_letters_oldest_first() -> None:
    """What a message is put together of."""
    with in_memory() as tx:
        reply_all(tx, *"abc")
        found = tx.outbox.replies(FIRST, limit=2)
        assert [(letter, reply.text) for letter, reply in found] == [(1, "a"), (2, "b")]


def test_letters_of_one_message_are_settled_together() -> None:
    """By its key they are found; when they are told, nothing is open."""
    with in_memory() as tx:
        reply_all(tx, *"abc")
        tx.outbox.take([1, 2], at=NOW, post="k")
        assert tx.outbox.letters_in("k") == (1, 2)
        assert due(tx) == ()
        tx.outbox.told([1, 2], at=NOW, ts=MessageTs("1.2"))
        assert tx.outbox.letters_in("k") == ()
        (left,) = due(tx)
        assert (left.id, left.reply, left.post, left.tried_at) == (3, 3, None, None)


def test_a_crash_leaves_the_key_of_what_was_on_its_way() -> None:
    """By which it is looked up; once it isn't there, its letters go anew."""
    with in_memory() as tx:
        reply_all(tx, *"abc")
        tx.outbox.take([1, 2], at=NOW, post="k")
        assert tx.outbox.recover() == 2
        (head,) = due(tx)
        assert (head.id, head.post, head.tried_at) == (1, "k", NOW)
        tx.outbox.not_there("k")
        (head,) = due(tx)
        assert (head.id, head.post, head.tried_at) == (1, None, None)
        assert tx.outbox.letters_in("k") == ()


def test_a_change_under_way_needs_no_look_up() -> None:
    """Made twice it is the same."""
    with in_memory() as tx:
        reply_all(tx, "a")
        tx.outbox.take([1], at=NOW)
        tx.outbox.recover()
        assert due(tx)[0].tried_at is None


def test_only_what_may_be_there_keeps_its_key() -> None:
    """What Slack refused isn't there."""
    with in_memory() as tx:
        reply_all(tx, "a")
        for may_be_there, key in ((True, "k"), (False, None)):
            tx.outbox.take([1], at=NOW, post="k")
            tx.outbox.postpone([1], until=NOW, reason="r", may_be_there=may_be_there)
            assert due(tx)[0].post == key


def test_stories_and_replies_dont_wait_for_each_other() -> None:
    """A file that waits for more replies holds up nothing that people have to act on."""
    with in_memory() as tx:
        reply_all(tx, "a", "b")
        tx.outbox.add(News(NewsKind.HOLD_ASKED, FIRST))
        assert kinds(due(tx)) == [(NewsKind.REPLY, FIRST), (NewsKind.HOLD_ASKED, FIRST)]
        tx.outbox.postpone([1], until=NOW + MINUTE, reason="r")
        assert kinds(due(tx)) == [(NewsKind.HOLD_ASKED, FIRST)]


def test_ten_changes_of_a_summary_are_one_letter() -> None:
    """It is posted once, and changed after."""
    with in_memory() as tx:
        reply_all(tx)
        for _ in range(10):
            tx.outbox.add(summary_changed(FIRST))
        (letter,) = due(tx)
        assert letter.notice is None
        assert not tx.outbox.has_summary(FIRST)
        tx.outbox.take([letter.id], at=NOW, post="k")
        tx.outbox.told([letter.id], at=NOW, ts=MessageTs("1.2"))
        tx.outbox.save_summary(FIRST, MessageTs("1.2"))
        assert tx.outbox.has_summary(FIRST)
        tx.outbox.add(summary_changed(FIRST))
        assert [letter.notice for letter in due(tx)] == ["1.2"]
        tx.outbox.save_summary(FIRST, None)
        assert [letter.notice for letter in due(tx)] == [None]


def test_a_card_that_cant_be_takes_its_thread_with_it() -> None:
    """Stories, replies and the summary; not what the requester is told, nor other campaigns."""
    with in_memory() as tx:
        reply_all(tx, "a", "b")
        tx.outbox.add(News(NewsKind.HOLD_ASKED, FIRST))
        tx.outbox.add(summary_changed(FIRST))
        tx.outbox.add(News(NewsKind.CANT_TELL, FIRST, {"reason": "is_archived"}))
        tx.outbox.add(News(NewsKind.HOLD_ASKED, SECOND))
        assert tx.outbox.give_up_thread(FIRST, at=NOW, reason="is_archived") == 4
        assert kinds(due(tx)) == [(NewsKind.CANT_TELL, FIRST)]
        assert tx.outbox.waiting() == 2


def test_what_the_requester_is_told_goes_to_them_and_needs_no_card() -> None:
    """For where there is none, they have to hear of it."""
    with in_memory() as tx:
        reply_all(tx)
        assert not tx.outbox.has_said(SECOND, "is_archived")
        tx.outbox.add(News(NewsKind.CANT_TELL, SECOND, {"reason": "is_archived"}))
        (letter,) = due(tx)
        assert (letter.channel, letter.thread) == ("U1", None)
        assert tx.outbox.has_said(SECOND, "is_archived")
        assert not tx.outbox.has_said(SECOND, "channel_not_found")
        assert not tx.outbox.has_said(FIRST, "is_archived")


def test_a_card_is_where_its_thread_is() -> None:
    """Its own letter needs no other card."""
    with in_memory() as tx:
        reply_all(tx, "a")
        assert due(tx)[0].thread == CARD


def test_answers_are_counted_by_what_they_say() -> None:
    """The commonest first, in the newest spelling; what one alone said isn't common."""
    with in_memory() as tx:
        reply_all(tx, "sim", "Não", "Sim!", "oi", "não.", "SIM")
        tally = tx.replies.tally(FIRST, limit=9)
        assert tally == Tally(replies=6, opt_outs=0, commonest=(("SIM", 3), ("não.", 2)))
        assert tx.replies.tally(FIRST, limit=1).commonest == (("SIM", 3),)


def test_opt_outs_are_no_answers() -> None:
    """They are counted by themselves."""
    with in_memory() as tx:
        reply_all(tx, "sair", "sair", stops=True)
        assert tx.replies.tally(FIRST, limit=9) == Tally(replies=2, opt_outs=2)
