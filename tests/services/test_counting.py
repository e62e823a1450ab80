"""Counting: whatever comes twice, late, early or in disorder, the counts are the rows."""

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.campaign import State
from bot.domain.ids import Number
from bot.domain.news import NewsKind
from bot.domain.receipts import Status
from tests.services.desk import Desk, record_of

PEOPLE = tuple(Number(f"3199999000{each}") for each in range(5))
IN_A_PART = 2
WAITING = "AGUARDANDO ENVIO"
FINALS = {
    "ENVIADO COM SUCESSO": Status.DELIVERED,
    "NUMERO INVALIDO": Status.INVALID,
    "ENVIO SEM SUCESSO": Status.FAILED,
}


@dataclass(frozen=True)
class Told:
    """What the platform tells of one person: at most one end, and what they answered."""

    number: Number
    final: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CallBack:
    """One call-back, to the part of whoever it is about, with one record or several."""

    part: int
    records: tuple[str, ...]
    is_early: bool
    is_read_at_once: bool


def told_of(number: Number) -> st.SearchStrategy[Told]:
    """Tell something of one person, or nothing yet."""
    return st.builds(
        Told,
        st.just(number),
        st.sampled_from(["", *FINALS]),
        st.lists(st.sampled_from(["Oi", "Obrigada; beijos", "linha\nlinha"]), unique=True).map(
            tuple
        ),
    )


def call_backs(story: list[Told], chance: Random) -> list[CallBack]:
    """Make the platform's calls of a story: twice, late, early, together, in any order."""
    calls = []
    for told in story:
        part = PEOPLE.index(told.number) // IN_A_PART
        gateway_id = 7001 + part
        records = [record_of(told.number, gateway_id=gateway_id, word=WAITING)]
        records += [record_of(told.number, gateway_id=gateway_id, text=text) for text in told.texts]
        if told.final:
            records += [record_of(told.number, gateway_id=gateway_id, word=told.final)]
        records += chance.choices(records, k=chance.randrange(4))
        chance.shuffle(records)
        while records:
            together = [records.pop() for _ in range(min(len(records), chance.randint(1, 3)))]
            calls.append(
                CallBack(part, tuple(together), chance.random() < 0.3, chance.random() < 0.5)
            )
    chance.shuffle(calls)
    return calls


async def play(calls: list[CallBack], folder: Path) -> tuple[object, ...]:
    """Send a campaign, have the platform call so, and return what people see in the end."""
    desk = Desk(folder / "torpedo.db")
    desk.gateway.room = IN_A_PART
    await desk.open()

    async def call(each: CallBack) -> None:
        key = desk.gateway.sent[each.part].key
        if each.is_read_at_once:
            await desk.call_back(key, *each.records)
        else:
            await desk.call_back_unread(key, *each.records)

    async def before_the_answer() -> None:
        under_way = len(desk.gateway.sent) - 1
        for each in calls:
            if each.is_early and each.part == under_way:
                await call(each)

    desk.gateway.meanwhile = before_the_answer
    campaign = await desk.submitted(numbers=", ".join(PEOPLE))
    for each in calls:
        if not each.is_early:
            await call(each)
    await desk.replying.run()
    view = await desk.viewing.campaign(campaign.id)
    rows = desk.look("SELECT status FROM recipients")
    assert dict(view.counts.by_status) == Counter(Status(status) for (status,) in rows)
    assert view.replies == len(desk.look("SELECT id FROM replies"))
    story = desk.told(campaign.id)
    ends = [told.facts for told in story if told.kind is NewsKind.FINISHED]
    is_done = view.campaign.state is State.DONE
    assert len(ends) == is_done
    if is_done:
        assert ends[0]["delivered"] == view.counts.delivered
        assert ends[0]["failed"] == view.counts.failed
    statuses = sorted(desk.look("SELECT number, status FROM recipients"))
    told = Counter(each.kind for each in story)
    await desk.close()
    return statuses, view.replies, told[NewsKind.REPLY], view.campaign.state


@settings(max_examples=20, deadline=None)
@given(st.tuples(*map(told_of, PEOPLE)), st.integers(0, 2**32))
async def test_disorder_and_doubles_change_no_count(story: tuple[Told, ...], seed: int) -> None:
    """Duplicates, a late *waiting*, receipts before ``sendsms`` has answered: the end is one.

    And it is the one that the platform told: each person's only final word, each answer once.
    """
    ends = {each.number: FINALS.get(each.final, Status.SENT) for each in story}
    replies = sum(len(each.texts) for each in story)
    expected = (
        sorted((number, status.value) for number, status in ends.items()),
        replies,
        replies,
        State.DONE if all(each.final for each in story) else State.SENT,
    )
    calls = call_backs(list(story), Random(seed))  # noqa: S311 - a story needs no secrets
    tidy = [
        replace(each, is_early=False, is_read_at_once=True)
        for each in sorted(calls, key=lambda each: each.part)
    ]
    for order in (calls, tidy):
        with tempfile.TemporaryDirectory() as folder:
            assert await play(order, Path(folder)) == expected
