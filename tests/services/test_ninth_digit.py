"""The ninth digit: old mobiles are mended by one press of whoever wrote them, as a new version."""

import asyncio

import pytest

from bot.domain.campaign import State
from bot.domain.digest import seal
from bot.domain.errors import Refusal
from bot.domain.ids import Number
from bot.domain.news import NewsKind
from bot.domain.numbers import Fault
from bot.domain.refusals import AlreadyDecided, NothingChanged, NotRequester, OldVersion, TooLate
from bot.services.drafts import Drafted
from tests.builders import ACCOUNT, ANA, BIA, CAIO, HOUR, ONE, TWO, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

SHORT = Number("3199990001")
"""The first number as it was written before 2016."""
TYPED = f"{SHORT}, 1234, {TWO}"


async def test_a_press_makes_a_version_with_every_ninth_digit(desk: Desk) -> None:
    """Sealed, told and on record as any edit; who is on the list, and who isn't, stays."""
    first = await desk.create(numbers=TYPED)
    assert (await desk.viewing.campaign(first.id)).ten_digits == 1
    drafted = await desk.editing.add_ninth_digit(first.id, by=ANA, version=1)
    second = await desk.campaign(first.id)
    assert drafted.campaign == second
    assert drafted.recipients.numbers == (ONE, TWO)
    assert (second.version, second.text) == (2, first.text)
    assert second.digest == seal(first.text, [ONE, TWO], None, account=ACCOUNT, door="http")
    view = await desk.viewing.campaign(first.id)
    assert view.ten_digits == 0
    assert view.left_out == {Fault.TOO_SHORT: 1}
    assert view.changes is not None
    assert (view.changes.ninth, view.changes.added, view.changes.removed) == (1, 0, 0)
    assert desk.record(first.id) == [(ANA, "created"), (ANA, "edited")]
    (told,) = desk.told(first.id)
    assert (told.kind, told.facts["ninth"]) == (NewsKind.EDITED, 1)


async def test_what_was_approved_before_counts_no_more(open_desk: OpenDesk) -> None:
    """Another number is another phone, so everybody looks again; then the new ones go."""
    desk = await open_desk(make_policy(approvals=2))
    first = await desk.create(numbers=TYPED)
    await desk.approve(first)
    second = (await desk.editing.add_ninth_digit(first.id, by=ANA, version=1)).campaign
    assert (second.state, second.approvals) == (State.WAITING, ())
    await desk.approve(second)
    await desk.approve(second, by=CAIO)
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE, TWO)]


async def test_a_double_press_makes_one_version(desk: Desk) -> None:
    """The second comes from a card that is no more."""
    first = await desk.create(numbers=TYPED)
    ended = await asyncio.gather(
        *(desk.editing.add_ninth_digit(first.id, by=ANA, version=1) for _ in range(2)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Drafted) for one in ended) == 1
    assert sum(isinstance(one, OldVersion) for one in ended) == 1
    assert (await desk.campaign(first.id)).version == 2


async def test_only_the_requester_adds_it(desk: Desk) -> None:
    """They alone know whose numbers those are; nothing is changed by others."""
    first = await desk.create(numbers=TYPED)
    with pytest.raises(NotRequester):
        await desk.editing.add_ninth_digit(first.id, by=BIA, version=1)
    assert await desk.store.read(lambda tx: tx.recipients.numbers(first.id)) == (SHORT, TWO)


async def test_a_list_without_old_numbers_stays_as_it_is(desk: Desk) -> None:
    """No version is made of nothing."""
    first = await desk.create()
    with pytest.raises(NothingChanged):
        await desk.editing.add_ninth_digit(first.id, by=ANA, version=1)
    assert await desk.campaign(first.id) == first


@pytest.mark.parametrize(("is_approved", "refusal"), [(True, AlreadyDecided), (False, TooLate)])
async def test_what_was_decided_or_expired_stays_as_it_is(
    desk: Desk, *, is_approved: bool, refusal: type[Refusal]
) -> None:
    """What was approved is what is sent, however it was spelled."""
    first = await desk.create(numbers=TYPED)
    if is_approved:
        await desk.approve(first)
    desk.clock.advance(25 * HOUR)
    with pytest.raises(refusal):
        await desk.editing.add_ninth_digit(first.id, by=ANA, version=1)
    assert await desk.store.read(lambda tx: tx.recipients.numbers(first.id)) == (SHORT, TWO)
