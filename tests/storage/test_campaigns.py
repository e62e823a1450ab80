"""Campaigns, their approvals, and who was left out."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import (
    Answer,
    Approval,
    Hold,
    ImpossibleMoveError,
    ReleaseRequest,
    State,
    Trial,
)
from bot.domain.filling import Example, Filled
from bot.domain.ids import CampaignId, ChannelId, Digest, MessageTs, Number, UserId
from bot.domain.numbers import Fault, LeftOut, same_person_key
from bot.domain.refusals import NoSuchCampaign
from bot.ports import Transaction
from storage import SqliteStore, StorageError
from tests.storage.samples import (
    ANA,
    BIA,
    CAIO,
    CAIO_IN_FULL,
    FIRST,
    MINUTE,
    NOW,
    add_part,
    in_memory,
    make_campaign,
    make_reply,
)

mobiles = st.from_regex(r"[1-9][1-9](9[0-9]|[6-9])[0-9]{7}", fullmatch=True).map(Number)
YES = Approval(UserId("U2"), NOW, 1, Digest("d1"))


async def test_campaign_comes_back_as_it_was_stored(store: SqliteStore) -> None:
    """Every field survives, empty or full."""
    bare = make_campaign()
    full = make_campaign(
        2,
        send_at=NOW + MINUTE,
        state=State.SENT,
        approvals=(YES, replace(YES, by=UserId("U3"), allows_quiet=True)),
        door="soap",
        quiet=True,
        edited_at=NOW,
        reminded_at=NOW,
        go_at=NOW,
        wanted_at=NOW,
        reconciled_at=NOW,
        closed_by=UserId("U4"),
        closed_at=NOW,
        close_reason="errado",
        launched_at=NOW,
        finished_at=NOW,
        hold=Hold(UserId("U5"), NOW),
        release_request=ReleaseRequest(UserId("U6"), NOW),
        card=MessageTs("1.000100"),
        answer=Answer(1, FIRST, "V1"),
        filled=Filled(fields=("nome",), texts=2, requests=3, examples=(Example(ANA, "Olá Ana"),)),
    )
    empty = {
        each.name for each in fields(full) if getattr(full, each.name) in (None, "", (), False)
    }
    assert empty == {"trial"}  # a campaign is no answer and a test at once

    def keep(tx: Transaction) -> None:
        tx.replies.add(make_reply(add_part(tx, campaign=bare).id), fingerprint="f1")
        tx.campaigns.add(make_campaign(2), [], [])
        tx.campaigns.save(full)

    await store.write(keep)
    assert await store.read(lambda tx: tx.campaigns.get(bare.id)) == bare
    assert await store.read(lambda tx: tx.campaigns.get(full.id)) == full


def test_tests_of_a_campaign_are_found() -> None:
    """By the version they are of, and by who asked for them lately; each by its form, too."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(), [], [])
        for number, (version, who) in enumerate([(1, "U1"), (2, "U2"), (2, "U1")], start=2):
            trial = Trial(FIRST, version, f"V{number}")
            made = make_campaign(
                number, trial=trial, requester=UserId(who), created_at=NOW + number * MINUTE
            )
            tx.campaigns.add(made, [], [])
        assert tx.campaigns.get(CampaignId(3)).trial == Trial(FIRST, 2, "V3")
        assert [each.id for each in tx.campaigns.trials(FIRST, 2)] == [3, 4]
        assert tx.campaigns.trials(CampaignId(2), 1) == ()
        anas, since = UserId("U1"), NOW + 2 * MINUTE
        assert [each.id for each in tx.campaigns.trials_by(anas, since=NOW)] == [2, 4]
        assert [each.id for each in tx.campaigns.trials_by(anas, since=since)] == [4]
        found = tx.campaigns.of_form("V3")
        assert found is not None
        assert found.id == 3
        assert [each.id for each in tx.campaigns.in_channel(ChannelId("C1"), limit=9)] == [FIRST]


def test_everybodys_own_number_is_kept_once() -> None:
    """The newest; gone when they want it gone."""
    with in_memory() as tx:
        ana, bia = UserId("U1"), UserId("U2")
        assert tx.own_numbers.of(ana) is None
        for number in (ANA, BIA):
            tx.own_numbers.keep(ana, number)
        assert (tx.own_numbers.of(ana), tx.own_numbers.of(bia)) == (BIA, None)
        assert (tx.own_numbers.forget(ana), tx.own_numbers.forget(ana)) == (True, False)
        assert tx.own_numbers.of(ana) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_comes_back_letter_for_letter(text: str) -> None:
    """A text is sealed into a digest, so storing it may not change a letter."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(text=text), [], [])
        assert tx.campaigns.get(FIRST).text == text


async def test_recipients_keep_the_order_they_were_given(store: SqliteStore) -> None:
    """People recognise their list by its order."""
    numbers = (CAIO, ANA, BIA)
    await store.write(lambda tx: tx.campaigns.add(make_campaign(), numbers, []))
    assert await store.read(lambda tx: tx.recipients.numbers(FIRST)) == numbers


@given(st.lists(mobiles, unique_by=same_person_key, max_size=20))
def test_numbers_of_both_lengths_come_back_as_they_were_given(numbers: list[Number]) -> None:
    """In their order and spelling; and each is known as its person, however spelled."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(), numbers, [])
        assert list(tx.recipients.numbers(FIRST)) == numbers
        today = [Number(same_person_key(number)) for number in reversed(numbers)]
        assert tx.campaigns.rewrite(FIRST, today, []) == (0, 0)
        assert list(tx.recipients.numbers(FIRST)) == today


async def test_one_person_is_one_recipient_however_spelled(store: SqliteStore) -> None:
    """With or without the ninth digit, a campaign can't hold somebody twice."""
    twice = (CAIO, BIA, CAIO_IN_FULL)
    with pytest.raises(StorageError, match="UNIQUE"):
        await store.write(lambda tx: tx.campaigns.add(make_campaign(), twice, []))
    assert await store.read(lambda tx: tx.campaigns.next_id()) == FIRST


async def test_left_out_are_counted_and_named_in_order(store: SqliteStore) -> None:
    """A card says how many were dropped and why, and names the first; half characters too."""
    left_out = (
        LeftOut(3, "abc", Fault.NOT_A_NUMBER),
        LeftOut(1, "3133334444", Fault.NOT_A_MOBILE),
        LeftOut(9, "\ud83d", Fault.NOT_A_NUMBER),
    )
    await store.write(lambda tx: tx.campaigns.add(make_campaign(), [ANA], left_out))
    counts = await store.read(lambda tx: tx.recipients.left_out(FIRST))
    assert counts == {Fault.NOT_A_NUMBER: 2, Fault.NOT_A_MOBILE: 1}
    some = await store.read(lambda tx: tx.recipients.left_out_examples(FIRST, limit=2))
    assert some == left_out[:2]
    *_, last = await store.read(lambda tx: tx.recipients.left_out_examples(FIRST, limit=9))
    assert last.raw == "�"


async def test_number_is_never_used_again(store: SqliteStore) -> None:
    """A campaign's number is what people say, so it means one campaign for ever."""
    assert await store.read(lambda tx: tx.campaigns.next_id()) == 1
    await store.write(lambda tx: tx.campaigns.add(make_campaign(7), [], []))
    assert await store.read(lambda tx: tx.campaigns.next_id()) == 8
    with pytest.raises(StorageError):
        await store.write(lambda tx: tx.campaigns.add(make_campaign(7), [], []))


async def test_unknown_campaign_is_told_apart(store: SqliteStore) -> None:
    """Somebody typed a number that isn't one: they get an answer, not a crash."""
    with pytest.raises(NoSuchCampaign):
        await store.read(lambda tx: tx.campaigns.get(FIRST))
    with pytest.raises(NoSuchCampaign):
        await store.write(lambda tx: tx.campaigns.save(make_campaign()))


async def test_approvals_of_an_older_version_count_for_nothing(store: SqliteStore) -> None:
    """An edit voids what was approved before; the same person may approve the new version."""
    await store.write(lambda tx: tx.campaigns.add(make_campaign(approvals=(YES,)), [], []))
    edited = make_campaign(version=2, digest=Digest("d2"))
    await store.write(lambda tx: tx.campaigns.save(edited))
    assert (await store.read(lambda tx: tx.campaigns.get(FIRST))).approvals == ()
    again = replace(edited, approvals=(replace(YES, version=2, digest=Digest("d2")),))
    await store.write(lambda tx: tx.campaigns.save(again))
    assert await store.read(lambda tx: tx.campaigns.get(FIRST)) == again


@pytest.mark.parametrize("approvals", [(), (replace(YES, digest=Digest("d9")),)])
async def test_approval_on_record_cannot_be_taken_back(
    store: SqliteStore, approvals: tuple[Approval, ...]
) -> None:
    """Whoever saves a campaign they read before the approval would undo it unseen."""
    await store.write(lambda tx: tx.campaigns.add(make_campaign(approvals=(YES,)), [], []))
    stale = make_campaign(approvals=approvals, name="Páscoa")
    with pytest.raises(ImpossibleMoveError):
        await store.write(lambda tx: tx.campaigns.save(stale))
    assert (await store.read(lambda tx: tx.campaigns.get(FIRST))).name == "Natal"


async def test_campaigns_are_found_by_state_and_channel(store: SqliteStore) -> None:
    """Jobs look for states, oldest first; a channel's list shows its newest first."""
    elsewhere = ChannelId("C2")

    def fill(tx: Transaction) -> None:
        tx.campaigns.add(make_campaign(1, state=State.SENT), [], [])
        tx.campaigns.add(make_campaign(2, channel=elsewhere), [], [])
        tx.campaigns.add(make_campaign(3), [], [])
        tx.campaigns.add(make_campaign(4, state=State.DONE), [], [])

    await store.write(fill)

    async def in_states(*states: State, channel: ChannelId | None = None) -> list[int]:
        found = await store.read(lambda tx: tx.campaigns.in_states(states, channel=channel))
        return [campaign.id for campaign in found]

    assert await in_states() == []
    assert await in_states(State.SENT, State.WAITING) == [1, 2, 3]
    assert await in_states(State.SENT, State.WAITING, channel=elsewhere) == [2]
    newest = await store.read(lambda tx: tx.campaigns.in_channel(ChannelId("C1"), limit=2))
    assert [campaign.id for campaign in newest] == [4, 3]


async def test_time_without_zone_is_an_error(store: SqliteStore) -> None:
    """Nobody could say which moment it was."""
    naive = make_campaign(created_at=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without its zone"):
        await store.write(lambda tx: tx.campaigns.add(naive, [], []))


@given(st.lists(st.timedeltas(timedelta(-300_000), timedelta(300_000)), min_size=2))
def test_stored_times_sort_as_time_does(offsets: list[timedelta]) -> None:
    """SQLite compares them as text, in *due* and *next ready* and *stalest first*."""
    moments = [NOW + offset for offset in offsets]
    with in_memory() as tx:
        for position, moment in enumerate(moments):
            tx.asks.note(str(position), moment)
        rows = tx.asks._db.execute("SELECT at FROM asks ORDER BY at").fetchall()
        back = [tx.asks.last(str(position)) for position in range(len(moments))]
    assert back == moments
    assert {len(text) for (text,) in rows} == {32}
    assert [text for (text,) in rows] == [
        moment.isoformat(timespec="microseconds") for moment in sorted(moments)
    ]
