"""Trying: the text on one's own phone before anybody approves, once, marked and not counted."""

import asyncio

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.digest import seal
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown
from bot.domain.ids import Number, UserId
from bot.domain.parts import PartState
from bot.domain.refusals import (
    AlreadyDecided,
    NothingRuns,
    NothingToHold,
    NotInChannel,
    OldVersion,
    TextTooLong,
)
from bot.domain.trial_refusals import (
    OwnNumberOptedOut,
    TooManyTrials,
    TrialTooSoon,
    TrialUnderWay,
)
from bot.domain.trials import MOST_AN_HOUR, MOST_OF_A_VERSION
from bot.services.trying import Wanted
from tests.builders import (
    ACCOUNT,
    ANA,
    BIA,
    CHANNEL,
    HOUR,
    MINUTE,
    NIGHT,
    ONE,
    OWN,
    TWO,
    make_draft,
    make_policy,
)
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

OUTSIDE = UserId("UOUTSIDE")
OTHER = Number("31955550005")
MARKED = "[TEST] Feliz Natal"


async def _sent(desk: Desk) -> list[tuple[str, tuple[Number, ...]]]:
    """Send whatever goes; all that was ever sent, and to whom."""
    await desk.sending.run()
    return [(asked.text, asked.numbers) for asked in desk.gateway.sent]


async def _opt_out(desk: Desk, number: Number) -> None:
    now = desk.clock.now()
    await desk.write(lambda tx: tx.optouts.add(number, at=now, campaign=None, word="x"))


async def test_a_test_goes_to_its_askers_phone_alone_and_marked(desk: Desk) -> None:
    """On their own go, as a campaign of one; the campaign it tests waits as before."""
    campaign = await desk.create()
    trial = await desk.try_out(campaign)
    assert (trial.state, trial.home, trial.channel) == (State.APPROVED, campaign.id, CHANNEL)
    assert trial.digest == seal(MARKED, [OWN], None, account=ACCOUNT, door="http")
    assert await _sent(desk) == [(MARKED, (OWN,))]
    assert await desk.campaign(campaign.id) == campaign


async def test_who_tested_what_is_on_record_without_the_number(desk: Desk) -> None:
    """With the version and digest that were tested; a number is nobody else's to read."""
    campaign = await desk.create()
    trial = await desk.try_out(campaign, by=BIA)
    assert desk.record(campaign.id) == [(ANA, "created"), (BIA, "test sent")]
    assert desk.record(trial.id) == [(BIA, "created"), (BIA, "let go by its writer")]
    assert OWN not in str(desk.look("SELECT * FROM audit"))


async def test_anybody_of_the_channel_may_have_one(desk: Desk) -> None:
    """Whoever approves reads it on their own phone first; others don't know the campaign."""
    campaign = await desk.create()
    await desk.try_out(campaign, by=BIA, to=OTHER)
    with pytest.raises(NotInChannel):
        await desk.trying.ask(campaign.id, by=OUTSIDE, version=1)
    with pytest.raises(NotInChannel):
        await desk.try_out(campaign, by=OUTSIDE)
    assert await _sent(desk) == [(MARKED, (OTHER,))]


async def test_a_number_is_asked_once_and_kept_for_its_owner(desk: Desk) -> None:
    """In place of the one before; gone when they want it gone."""
    campaign = await desk.create()
    preview = await desk.trying.ask(campaign.id, by=ANA, version=1)
    assert (preview.campaign, preview.text, preview.number) == (campaign, MARKED, None)
    assert not await desk.trying.knows_number(ANA)
    await desk.try_out(campaign)
    await _sent(desk)
    desk.clock.advance(MINUTE)
    await desk.try_out(campaign, to=OTHER)
    assert (await desk.trying.ask(campaign.id, by=ANA, version=1)).number == OTHER
    assert (await desk.trying.ask(campaign.id, by=BIA, version=1)).number is None
    assert await desk.trying.knows_number(ANA)
    assert await desk.trying.forget(ANA)
    assert not await desk.trying.forget(ANA)
    assert (await desk.trying.ask(campaign.id, by=ANA, version=1)).number is None


async def test_a_refused_test_keeps_no_number(desk: Desk) -> None:
    """What isn't sent leaves nothing behind."""
    campaign = await desk.create()
    await _opt_out(desk, OWN)
    with pytest.raises(OwnNumberOptedOut):
        await desk.try_out(campaign)
    assert not await desk.trying.knows_number(ANA)


async def test_whoever_opted_out_gets_no_test_either(desk: Desk) -> None:
    """Refused when it is asked for; the list wins again at the moment it leaves."""
    campaign = await desk.create()
    trial = await desk.try_out(campaign)
    await _opt_out(desk, OWN)
    assert await _sent(desk) == []
    assert (await desk.campaign(trial.id)).state is State.CANCELLED
    desk.clock.advance(MINUTE)
    with pytest.raises(OwnNumberOptedOut) as refused:
        await desk.try_out(campaign)
    assert refused.value.number == OWN


async def test_whoever_asks_at_night_is_awake(open_desk: OpenDesk) -> None:
    """Quiet hours protect customers: a test goes at once, and nothing else with it."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    campaign = await desk.create()
    desk.clock.advance(11 * HOUR)
    await desk.try_out(campaign)
    assert await _sent(desk) == [(MARKED, (OWN,))]


async def test_a_test_of_a_scheduled_campaign_goes_now(desk: Desk) -> None:
    """Its own time is the campaign's affair."""
    campaign = await desk.create(send_at=desk.clock.now() + 5 * HOUR)
    await desk.try_out(campaign)
    await desk.sending.run()
    (asked,) = desk.gateway.sent
    assert asked.send_at is None


async def test_a_form_that_is_sent_twice_sends_once(desk: Desk) -> None:
    """A double press of Send, at once or later, before and after it left."""
    campaign = await desk.create()
    assert not await desk.trying.is_sent("V7")
    first, second = await asyncio.gather(*(desk.try_out(campaign, form="V7") for _ in range(2)))
    assert first.id == second.id
    await desk.sending.run()
    desk.clock.advance(HOUR)
    assert (await desk.try_out(campaign, form="V7")).id == first.id
    assert await desk.trying.is_sent("V7")
    assert len(await _sent(desk)) == 1


async def test_of_two_forms_at_once_one_is_sent(desk: Desk) -> None:
    """Whichever the database takes first."""
    campaign = await desk.create()
    ended = await asyncio.gather(
        *(desk.try_out(campaign) for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(one, Campaign) for one in ended) == 1
    assert sum(isinstance(one, TrialUnderWay) for one in ended) == 2
    assert len(await _sent(desk)) == 1


async def test_tests_keep_their_pace_across_a_restart(desk: Desk) -> None:
    """One a minute and so many an hour for each person, of whichever campaigns."""
    one, other = await desk.create(), await desk.create(text="Boas festas")
    for n in range(MOST_AN_HOUR):
        await desk.try_out(one if n % 2 else other)
        await desk.restart()
        await desk.sending.run()
        with pytest.raises(TrialTooSoon):
            await desk.try_out(other if n % 2 else one)
        desk.clock.advance(MINUTE)
    with pytest.raises(TrialTooSoon):
        await desk.try_out(one)
    await desk.try_out(one, by=BIA, to=OTHER)
    desk.clock.advance(HOUR)
    await desk.try_out(one)
    assert len(await _sent(desk)) == MOST_AN_HOUR + 2


async def test_a_version_is_tested_so_often_at_most(desk: Desk) -> None:
    """By whomever; an edited one begins anew."""
    campaign = await desk.create(send_at=desk.clock.now() + 100 * HOUR)
    for n in range(MOST_OF_A_VERSION):
        await desk.try_out(campaign, by=(ANA, BIA)[n % 2])
        await desk.sending.run()
        desk.clock.advance(10 * MINUTE)
    with pytest.raises(TooManyTrials) as refused:
        await desk.try_out(campaign)
    assert (refused.value.campaign, refused.value.most) == (campaign.id, MOST_OF_A_VERSION)
    draft = make_draft(text="Boas festas", send_at=campaign.send_at)
    edited = (await desk.editing.edit(campaign.id, version=1, draft=draft)).campaign
    await desk.try_out(edited)
    assert (await _sent(desk))[-1] == ("[TEST] Boas festas", (OWN,))


async def test_no_other_goes_while_the_last_waits_for_the_platform(desk: Desk) -> None:
    """It keeps its place and goes by itself; a second one would be a second text."""
    campaign = await desk.create()
    desk.gateway.endings.append(GatewayUnavailable())
    await desk.try_out(campaign)
    await desk.sending.run()
    desk.clock.advance(MINUTE)
    wanted = Wanted(campaign=campaign.id, version=1, by=ANA, number=OWN, zone="UTC", form="V9")
    with pytest.raises(TrialUnderWay):
        await desk.trying.check(wanted)
    await desk.sending.run()
    await desk.trying.check(wanted)


async def test_a_test_that_may_have_gone_is_never_sent_again(desk: Desk) -> None:
    """By the program: whoever asked looks at their phone, and may ask for another."""
    campaign = await desk.create()
    desk.gateway.endings.append(OutcomeUnknown("time-out"))
    trial = await desk.try_out(campaign)
    await desk.sending.run()
    desk.clock.advance(HOUR)
    await desk.restart()
    assert len(await _sent(desk)) == 1
    assert (await desk.part(trial.id)).state is PartState.UNKNOWN
    with pytest.raises(KeyError, match="to settle"):
        await desk.again(trial)
    await desk.try_out(campaign)
    assert len(await _sent(desk)) == 2


@pytest.mark.parametrize(
    "ending",
    [None, GatewayUnavailable(), GatewayRejected("SEM CREDITO"), OutcomeUnknown("time-out")],
)
async def test_a_test_adds_no_line_to_the_thread(desk: Desk, ending: Exception | None) -> None:
    """Its own message shows all that becomes of it, drawn anew."""
    campaign = await desk.create()
    desk.gateway.endings.append(ending)
    trial = await desk.try_out(campaign)
    await desk.sending.run()
    assert desk.story(campaign.id) == desk.story(trial.id) == []


async def test_what_its_asker_answers_is_no_customers_reply(desk: Desk) -> None:
    """It is kept and counted with the test, not told in the thread; the receipt ends it."""
    campaign = await desk.create()
    trial = await desk.try_out(campaign)
    await desk.sending.run()
    await desk.replied(trial, OWN, "Ficou bom!")
    part = await desk.part(trial.id)
    await desk.call_back(part.key, record_of(OWN, word="SUCESSO"))
    assert (await desk.campaign(trial.id)).state is State.DONE
    assert desk.story(campaign.id) == desk.story(trial.id) == []
    assert (await desk.viewing.campaign(trial.id)).replies == 1
    assert (await desk.viewing.campaign(campaign.id)).replies == 0


async def test_a_stop_after_a_test_counts_like_any(desk: Desk) -> None:
    """The list knows no exceptions, so whoever tries the word out is on it."""
    campaign = await desk.create(numbers=f"{OWN}, {ONE}")
    trial = await desk.try_out(campaign)
    await desk.sending.run()
    await desk.replied(trial, OWN, "SAIR")
    assert (await desk.viewing.campaign(trial.id)).opt_outs == 1
    await desk.approve(campaign)
    assert (await _sent(desk))[-1] == ("Feliz Natal", (ONE,))


async def test_a_test_counts_nowhere(desk: Desk) -> None:
    """Neither in the channel's list nor in what is promised, nor on the campaign's own card."""
    campaign = await desk.create()
    before = await desk.viewing.campaign(campaign.id)
    desk.gateway.endings.append(GatewayUnavailable())
    await desk.try_out(campaign)
    approved = (await desk.viewing.balance()).approved
    await desk.sending.run()
    assert (await desk.viewing.campaign(campaign.id)) == before
    assert (approved, (await desk.viewing.balance()).approved) == (0, 0)
    overview = await desk.viewing.overview(CHANNEL)
    assert [view.campaign.id for view in overview.running] == [campaign.id]
    assert overview.latest is not None
    assert overview.latest.campaign.id == campaign.id


async def test_the_brake_passes_a_test_by(desk: Desk) -> None:
    """It reaches nobody but its asker, and a brake's answer counts what matters."""
    campaign = await desk.create()
    trial = await desk.try_out(campaign)
    with pytest.raises(NothingRuns):
        await desk.braking.hold_all(CHANNEL, by=BIA)
    with pytest.raises(NothingToHold):
        await desk.braking.hold(trial.id, by=BIA)
    await desk.approve(campaign)
    assert (await desk.braking.hold_all(CHANNEL, by=BIA)).held == (campaign.id,)
    assert await _sent(desk) == [(MARKED, (OWN,))]


async def test_whoever_tested_gets_the_campaign_as_well(desk: Desk) -> None:
    """Where they are on its list: the test took nobody's place."""
    campaign = await desk.create(numbers=f"{OWN}, {TWO}")
    await desk.try_out(campaign)
    await _sent(desk)
    await desk.approve(campaign)
    assert (await _sent(desk))[-1] == ("Feliz Natal", (OWN, TWO))


async def test_only_what_waits_is_tested_as_it_is_now(desk: Desk) -> None:
    """A button of an older version, or of what is decided, sends nothing."""
    campaign = await desk.create()
    edited = (
        await desk.editing.edit(campaign.id, version=1, draft=make_draft(text="Boas festas"))
    ).campaign
    with pytest.raises(OldVersion):
        await desk.trying.ask(campaign.id, by=ANA, version=1)
    with pytest.raises(OldVersion):
        await desk.try_out(campaign)
    await desk.approve(edited)
    with pytest.raises(AlreadyDecided):
        await desk.try_out(edited)
    assert await _sent(desk) == [("Boas festas", (ONE, TWO))]


async def test_a_text_that_the_mark_makes_too_long_is_refused(desk: Desk) -> None:
    """Before anything is asked."""
    campaign = await desk.create()
    desk.gateway.longest_number = 0
    with pytest.raises(TextTooLong):
        await desk.trying.ask(campaign.id, by=ANA, version=1)
