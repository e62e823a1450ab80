"""Quiet time: nothing reaches people in it, unless its writer asked and an approver allowed it."""

import asyncio
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayUnavailable
from bot.domain.ids import OfferId
from bot.domain.parts import PartState
from bot.domain.refusals import (
    NoSuchOffer,
    NotInChannel,
    NotRequester,
    OfferTaken,
    OldVersion,
    PastTime,
    QuietApproval,
    QuietHours,
    SelfApproval,
)
from bot.services.drafts import Drafted
from bot.services.offering import Offered
from tests.builders import ANA, BIA, HOUR, MINUTE, NIGHT, NOON, ONE, TWO, make_draft, make_policy
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

LATE = NOON + 10 * HOUR
MORNING = NOON + 20 * HOUR
KEPT = timedelta(days=7)


@pytest.fixture
async def night(open_desk: OpenDesk) -> Desk:
    """A desk of a house with quiet hours, at ten in the evening."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    desk.clock.set(LATE)
    return desk


async def allow(desk: Desk, campaign: Campaign) -> Campaign:
    """Press Allow and approve."""
    return await desk.approving.approve(
        campaign.id, by=BIA, version=campaign.version, digest=campaign.digest, allows_quiet=True
    )


async def offered(desk: Desk, **typed: object) -> Offered:
    """Type a campaign for a quiet time."""
    made = await desk.offering.create(make_draft(**typed))
    assert isinstance(made, Offered)
    return made


async def test_what_is_allowed_goes_at_night(night: Desk) -> None:
    """That it was allowed is in the approvals and on record."""
    campaign = await allow(night, await night.create(quiet=True))
    await night.sending.run()
    assert len(night.gateway.sent) == 1
    kept = await night.campaign(campaign.id)
    assert (kept.state, kept.quiet) == (State.SENT, True)
    assert [(one.by, one.allows_quiet) for one in kept.approvals] == [(BIA, True)]
    facts = night.look("SELECT facts FROM audit WHERE what = 'approved'")
    assert facts == [('{"repeats": 0, "quiet": "allowed"}',)]


async def test_without_the_wish_nothing_is_written_for_the_night(night: Desk) -> None:
    """Nor sent: a yes by mistake can't make it go."""
    with pytest.raises(QuietHours):
        await night.create()
    assert night.look("SELECT * FROM campaigns") == []


async def test_without_the_word_nothing_goes(night: Desk) -> None:
    """A card that was drawn by day doesn't say what is asked: pressing Approve is no override."""
    campaign = await night.create(quiet=True)
    with pytest.raises(QuietApproval) as refused:
        await night.approve(campaign)
    assert refused.value.is_asked
    await night.sending.run()
    assert night.gateway.sent == []


async def test_an_override_does_not_outlast_its_go(night: Desk) -> None:
    """The platform came back three hours later: nobody allowed that."""
    night.gateway.endings.append(GatewayUnavailable())
    campaign = await allow(night, await night.create(quiet=True))
    await night.sending.run()
    night.clock.advance(3 * HOUR)
    await night.sending.run()
    assert len(night.gateway.sent) == 1
    assert (await night.part(campaign.id)).state is PartState.DROPPED


async def test_a_wish_by_day_changes_nothing(open_desk: OpenDesk) -> None:
    """For a time by day it isn't kept; approved by day, it doesn't drift into the night."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    assert not (await desk.create(quiet=True, send_at=NOON + HOUR)).quiet
    campaign = await desk.create(quiet=True)
    assert campaign.quiet
    desk.clock.advance(9 * HOUR - MINUTE)
    desk.gateway.endings.append(GatewayUnavailable())
    await allow(desk, campaign)
    await desk.sending.run()
    desk.clock.advance(MINUTE)
    await desk.sending.run()
    assert (await desk.part(campaign.id)).state is PartState.DROPPED


async def test_a_time_at_night_is_allowed_by_day(open_desk: OpenDesk) -> None:
    """And handed over at once, since the platform keeps the schedule."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    campaign = await desk.create(quiet=True, send_at=LATE)
    await allow(desk, campaign)
    await desk.sending.run()
    assert [asked.send_at for asked in desk.gateway.sent] == [LATE]


async def test_a_house_that_begins_to_keep_sundays_keeps_them(open_desk: OpenDesk) -> None:
    """What was approved for one, and has not left, doesn't."""
    desk = await open_desk()
    campaign = await desk.approved(send_at=NOON + 5 * 24 * HOUR)
    await desk.restart(make_policy(quiet_sundays=True))
    await desk.sending.run()
    assert desk.gateway.sent == []
    assert (await desk.campaign(campaign.id)).state is State.EXPIRED


async def test_the_wish_is_part_of_what_is_approved(night: Desk) -> None:
    """Asking for it makes a new version, which starts its approvals anew."""
    night.clock.set(NOON)
    first = await night.create()
    night.clock.set(LATE)
    drafted = await night.editing.edit(first.id, version=1, draft=make_draft(quiet=True))
    assert drafted.campaign.version == 2
    assert drafted.campaign.quiet
    assert drafted.campaign.digest != first.digest
    with pytest.raises(OldVersion):
        await allow(night, first)
    assert (await allow(night, drafted.campaign)).state is State.APPROVED


async def test_the_wish_stays_where_something_else_is_mended(night: Desk) -> None:
    """Old numbers get their ninth digit, and who allows it sees the same time."""
    campaign = await night.create(quiet=True, numbers=f"{ONE}, 3188880002")
    mended = await night.editing.add_ninth_digit(campaign.id, by=ANA, version=1)
    assert (mended.campaign.version, mended.campaign.quiet) == (2, True)


async def test_a_wish_that_is_tampered_with_stops_it(night: Desk) -> None:
    """It is sealed with the rest."""
    campaign = await allow(night, await night.create(quiet=True))
    await night.tamper("UPDATE campaigns SET quiet = 0 WHERE id = ?", campaign.id)
    await night.sending.run()
    assert night.gateway.sent == []


async def test_nobody_allows_their_own(open_desk: OpenDesk) -> None:
    """Where people approve what they wrote, this needs somebody else."""
    desk = await open_desk(make_policy(quiet=NIGHT, self_approval=True))
    desk.clock.set(LATE)
    campaign = await desk.create(quiet=True)
    with pytest.raises(SelfApproval):
        await desk.approving.approve(
            campaign.id, by=ANA, version=1, digest=campaign.digest, allows_quiet=True
        )
    assert (await allow(desk, campaign)).state is State.APPROVED


async def test_a_hold_is_let_go_while_the_override_lasts(night: Desk) -> None:
    """An hour later; at midnight it waits for the morning."""
    campaign = await allow(night, await night.create(quiet=True))
    await night.braking.hold(campaign.id, by=ANA)
    night.clock.advance(HOUR)
    assert await night.braking.release(campaign.id, by=BIA)
    await night.braking.hold(campaign.id, by=ANA)
    night.clock.advance(2 * HOUR)
    with pytest.raises(QuietHours):
        await night.braking.release(campaign.id, by=BIA)
    night.clock.set(MORNING)
    assert await night.braking.release(campaign.id, by=BIA)


async def test_what_was_typed_is_kept_with_the_next_good_time(night: Desk) -> None:
    """Nothing is made of it yet; by day there is nothing to offer."""
    made = await offered(night)
    assert made.refused.opens == made.offer.opens == MORNING
    assert night.look("SELECT * FROM campaigns") == []
    night.clock.set(NOON)
    assert isinstance(await night.offering.create(make_draft()), Drafted)


async def test_an_offer_sends_at_the_good_time(night: Desk) -> None:
    """The card as usual, waiting for approval."""
    offer = (await offered(night)).offer
    campaign = (await night.offering.send_later(offer)).campaign
    assert (campaign.send_at, campaign.quiet) == (MORNING, False)
    assert campaign.text == "Feliz Natal"
    assert await night.store.read(lambda tx: tx.recipients.numbers(campaign.id)) == (ONE, TWO)
    assert (await night.approve(campaign)).state is State.APPROVED


@pytest.mark.parametrize("send_at", [None, LATE + HOUR])
async def test_an_offer_asks_for_it_all_the_same(night: Desk, send_at: object) -> None:
    """As it was written, and marked so."""
    offer = (await offered(night, send_at=send_at)).offer
    campaign = (await night.offering.ask_anyway(offer)).campaign
    assert (campaign.send_at, campaign.quiet) == (send_at, True)


async def test_two_presses_make_one_campaign(night: Desk) -> None:
    """At once or one after the other, the same button or both."""
    offer = (await offered(night)).offer
    presses = [night.offering.send_later(offer), night.offering.ask_anyway(offer)]
    done = await asyncio.gather(*presses, return_exceptions=True)
    (refused,) = [each for each in done if isinstance(each, OfferTaken)]
    assert refused.campaign == 1
    again = await night.offering.read(offer.id, by=ANA)
    with pytest.raises(OfferTaken):
        await night.offering.send_later(again)
    assert night.look("SELECT count(*) FROM campaigns") == [(1,)]


async def test_an_offer_is_for_whoever_typed_it(night: Desk) -> None:
    """To others it isn't there, and neither is an old one."""
    offer = (await offered(night)).offer
    with pytest.raises(NoSuchOffer):
        await night.offering.read(offer.id, by=BIA)
    with pytest.raises(NoSuchOffer):
        await night.offering.read(OfferId(99), by=ANA)
    night.clock.advance(KEPT)
    assert await night.offering.read(offer.id, by=ANA) == offer
    night.clock.advance(MINUTE)
    await offered(night)
    with pytest.raises(NoSuchOffer):
        await night.offering.read(offer.id, by=ANA)


async def test_an_offer_whose_time_has_passed_is_refused(night: Desk) -> None:
    """Nothing is sent late; asking as it was typed still works."""
    offer = (await offered(night)).offer
    night.clock.set(MORNING + MINUTE)
    with pytest.raises(PastTime):
        await night.offering.send_later(offer)
    assert (await night.offering.ask_anyway(offer)).campaign.send_at is None


async def test_whoever_left_the_channel_takes_no_offer(night: Desk) -> None:
    """Membership is asked for as for any campaign."""
    offer = (await offered(night)).offer
    night.directory.members[offer.channel].discard(ANA)
    with pytest.raises(NotInChannel):
        await night.offering.send_later(offer)


async def test_a_waiting_campaign_is_moved_to_a_good_time(night: Desk) -> None:
    """By who wrote it: a new version with its list, name and text, and no wish."""
    campaign = await night.create(quiet=True, name="Natal")
    with pytest.raises(NotRequester):
        await night.offering.put_off(campaign.id, by=BIA, version=1, to=MORNING)
    moved = (await night.offering.put_off(campaign.id, by=ANA, version=1, to=MORNING)).campaign
    assert (moved.version, moved.send_at, moved.quiet) == (2, MORNING, False)
    assert (moved.name, moved.text) == (campaign.name, campaign.text)
    assert await night.store.read(lambda tx: tx.recipients.numbers(moved.id)) == (ONE, TWO)
    with pytest.raises(OldVersion):
        await night.offering.put_off(campaign.id, by=ANA, version=1, to=MORNING)


async def test_a_view_knows_the_quiet_times(night: Desk) -> None:
    """The card tells why, and from when on it is fine."""
    campaign = await night.create(quiet=True)
    view = await night.viewing.campaign(campaign.id)
    assert view.why_quiet(LATE).hours == NIGHT
    assert view.opens(LATE) == MORNING.astimezone(ZoneInfo("America/Sao_Paulo"))
    assert not view.why_quiet(NOON)
