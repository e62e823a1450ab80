"""Forecasting: what is approved takes its credit first, and a shortage is said in time."""

from datetime import timedelta
from decimal import Decimal

from bot.domain.credit import Balance, Shortage
from bot.domain.ids import CampaignId
from bot.ports import Transaction
from tests.builders import BIA, HOUR, NOON, ONE, THREE, TWO, make_draft
from tests.services.desk import Desk

FRIDAY = NOON + timedelta(days=3)


async def know(desk: Desk, left: int) -> None:
    """Let the platform tell its credit now."""
    balance = Balance(Decimal(left), desk.clock.now())
    await desk.write(lambda tx: tx.asks.save_balance(desk.gateway.account, balance))


async def elsewhere(desk: Desk, campaign: CampaignId) -> int:
    """What others take before this one, by its card."""
    return (await desk.viewing.campaign(campaign)).elsewhere


async def test_what_is_approved_and_held_takes_its_credit_first(desk: Desk) -> None:
    """It may go any minute; what only waits takes nothing yet."""
    approved = await desk.approved(numbers=f"{ONE}\n{TWO}")
    await desk.braking.hold(approved.id, by=BIA)
    await desk.create(numbers=THREE)
    waiting = await desk.create(numbers=ONE, send_at=FRIDAY)
    await know(desk, 2)
    assert await elsewhere(desk, waiting.id) == 2
    assert await elsewhere(desk, approved.id) == 0
    found = await desk.composing.preview(make_draft(numbers=ONE))
    assert found.elsewhere == 2


async def test_what_went_since_the_credit_was_told_is_taken_off(desk: Desk) -> None:
    """And no more once a newer word about it includes that."""
    await know(desk, 10)
    desk.clock.advance(HOUR)
    await desk.submitted(numbers=f"{ONE}\n{TWO}")
    waiting = await desk.create(numbers=THREE)
    assert await elsewhere(desk, waiting.id) == 2
    desk.clock.advance(HOUR)
    await know(desk, 8)
    assert await elsewhere(desk, waiting.id) == 0


async def test_what_may_have_gone_counts_and_what_was_refused_does_not(desk: Desk) -> None:
    """Nobody is promised credit that may be gone."""
    await know(desk, 10)
    desk.clock.advance(HOUR)
    await desk.lost(numbers=f"{ONE}\n{TWO}")
    waiting = await desk.create(numbers=THREE)
    assert await elsewhere(desk, waiting.id) == 2


async def test_of_those_approved_the_lower_number_goes_first(desk: Desk) -> None:
    """Were each counted before the other, both would be called short where one fits."""
    first, second = [await desk.approved(numbers=f"{ONE}\n{TWO}") for _ in range(2)]
    await know(desk, 3)
    assert [await elsewhere(desk, one.id) for one in (first, second)] == [0, 2]


async def test_the_balance_names_the_first_that_will_be_short(desk: Desk) -> None:
    """What is approved goes first, then what waits, by its time; a test is promised to nobody."""
    await know(desk, 4)
    late = await desk.create(numbers=f"{ONE}\n{TWO}", send_at=FRIDAY + HOUR)
    friday = await desk.create(numbers=f"{ONE}\n{TWO}", send_at=FRIDAY)
    assert (await desk.viewing.balance()).shortage is None
    await desk.approved(numbers=THREE)
    found = await desk.viewing.balance()
    assert found.shortage == Shortage(campaign=late.id, send_at=late.send_at, missing=Decimal(1))
    await desk.approved(numbers=f"{ONE}\n{TWO}\n{THREE}")
    found = await desk.viewing.balance()
    assert found.shortage == Shortage(campaign=friday.id, send_at=FRIDAY, missing=Decimal(2))


async def test_the_balance_takes_off_what_went_since_it_was_told(desk: Desk) -> None:
    """As the cards do; without a word about the credit nothing is said to be short."""
    await desk.submitted(numbers=THREE)
    await desk.create(numbers=f"{ONE}\n{TWO}")
    unknown = await desk.viewing.balance()
    assert (unknown.gone, unknown.shortage) == (0, None)
    await know(desk, 4)
    desk.clock.advance(HOUR)
    await desk.submitted(numbers=f"{ONE}\n{TWO}")
    told = await desk.viewing.balance()
    assert (told.gone, told.free, told.shortage) == (2, Decimal(0), None)


async def test_a_card_is_drawn_anew_when_it_becomes_short(desk: Desk) -> None:
    """By somebody else's approval, or by a new word about the credit; and when that is over."""
    await know(desk, 2)
    first = await desk.create(numbers=f"{ONE}\n{TWO}")
    second = await desk.create(numbers=THREE, send_at=FRIDAY)
    await tell_all(desk)
    await desk.approve(first)
    assert second.id in await drawn(desk)
    await tell_all(desk)
    desk.gateway.credits = Decimal(50)
    desk.clock.advance(HOUR)
    await desk.tracking.poll_balance()
    assert second.id in await drawn(desk)
    await tell_all(desk)
    desk.clock.advance(HOUR)
    await desk.tracking.poll_balance()
    assert second.id not in await drawn(desk)


async def test_a_card_is_drawn_anew_when_what_was_promised_comes_free(desk: Desk) -> None:
    """A campaign on hold is taken back: nobody is told any more that its credit is missing."""
    await know(desk, 2)
    held = await desk.approved(numbers=f"{ONE}\n{TWO}")
    await desk.braking.hold(held.id, by=BIA)
    waiting = await desk.create(numbers=THREE, send_at=FRIDAY)
    await tell_all(desk)
    await desk.editing.cancel(held.id, by=held.requester)
    assert waiting.id in await drawn(desk)


async def test_without_a_word_about_the_credit_nothing_is_short(desk: Desk) -> None:
    """The card says that it isn't known."""
    first = await desk.create(numbers=f"{ONE}\n{TWO}")
    second = await desk.create(numbers=THREE)
    await tell_all(desk)
    await desk.approve(first)
    assert second.id not in await drawn(desk)


async def tell_all(desk: Desk) -> None:
    """Let Slack have all the news."""

    def write(tx: Transaction) -> None:
        due = tx.outbox.due(desk.clock.now(), limit=99)
        tx.outbox.told([letter.id for letter in due], at=desk.clock.now(), ts=None)

    await desk.write(write)


async def drawn(desk: Desk) -> set[int]:
    """Whose cards wait to be drawn."""
    rows = desk.look("SELECT campaign FROM outbox WHERE kind = 'card' AND state = 'waiting'")
    return {campaign for (campaign,) in rows}
