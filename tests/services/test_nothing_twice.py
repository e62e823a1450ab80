"""Nothing is sent twice, and only what may go: whatever happens, in whatever order."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, Refusal
from bot.domain.ids import CampaignId, Number, UserId
from bot.domain.parts import Part, PartState
from tests.builders import ANA, BIA, CAIO, MINUTE, NIGHT, ONE, THREE, TWO, make_policy
from tests.fakes import Asked, PowerCutError
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk, record_of

AWAY, NO = GatewayUnavailable(), GatewayRejected("ERRO")
PEOPLE = (ANA, BIA, CAIO)
ENDINGS = (None, None, AWAY, AWAY, NO, OutcomeUnknown("time-out"), PowerCutError())
WAITS = (0.1, 1, 10, 100, 600)
"""Minutes."""


class Week:
    """A week at the desk: people press, the platform answers or not, the power goes.

    Chance comes from a seed rather than from Hypothesis, whose state machines leave most
    rules out of most runs: here every week sees all of them, and a seed is a week again.
    """

    def __init__(self, desk: Desk, chance: Random) -> None:
        self.desk = desk
        self.chance = chance
        desk.gateway.room = 1
        desk.gateway.meanwhile = self.check_departure
        self.campaigns: list[Campaign] = []
        self.said: dict[CampaignId, UserId] = {}
        """Who approved what."""
        self.tainted: set[CampaignId] = set()
        """What was changed behind everybody's back."""
        self.stopped: set[Number] = set()
        """Who asked for no more."""
        self.leaving = False
        self.broken: list[str] = []
        """Rules that weren't kept when a request left."""

    async def step(self) -> None:
        """Let one thing happen, often the errands, and hold the rules against what is then."""
        await self.chance.choice(
            (self.write, self.press, self.press, self.work, self.work, self.wait, self.call_back)
        )()
        assert self.broken == []
        self.each_part_leaves_at_most_once()
        self.nobody_gets_a_campaign_twice()
        self.a_campaign_is_sent_exactly_when_its_parts_are_settled()
        self.no_brake_waits_for_ever()
        self.every_call_back_is_read()

    async def check_departure(self) -> None:
        """Hold every rule against what leaves at this very moment; then things happen.

        What is broken is noted: raised here, it would be taken for the platform's trouble.
        """
        if not self.leaving:
            return
        asked = self.desk.gateway.sent[-1]
        part, campaign = await self.of(asked)
        now = self.desk.clock.now()
        kept = {
            "in flight": part.state is PartState.IN_FLIGHT,
            "sending": campaign.state is State.SENDING,
            "four eyes": self.said[campaign.id] != campaign.requester,
            "unchanged": campaign.id not in self.tainted,
            "not held": campaign.hold is None,
            "nobody who opted out": not self.stopped.intersection(asked.numbers),
            "in time": not campaign.is_late(now),
            "by day": campaign.send_at is not None or not self.desk.policy.is_quiet(now),
        }
        self.broken += [rule for rule, is_kept in kept.items() if not is_kept]
        happens = self.chance.choice(["", "", "hold", "call back"])
        if happens == "hold":
            await self.desk.braking.hold(campaign.id, by=ANA)
        if happens == "call back":
            await self.desk.call_back(asked.key, record_of(asked.numbers[0], gateway_id=part.id))

    async def of(self, asked: Asked) -> tuple[Part, Campaign]:
        """Find what a request was about by the end of its call-back address."""
        part = await self.desk.store.read(lambda tx: tx.parts.by_key(asked.key))
        assert part is not None
        return part, await self.desk.campaign(part.campaign)

    async def write(self) -> None:
        """Ana writes, in the morning if it is night; often somebody approves at once."""
        desk, chance = self.desk, self.chance
        now = desk.policy.opens(desk.clock.now())
        desk.clock.set(now)
        minutes = chance.choice([None, None, 720, 1440])
        send_at = None if minutes is None else desk.policy.opens(now + minutes * MINUTE)
        whom = chance.sample([ONE, TWO, THREE], k=chance.randint(1, 3))
        campaign = await desk.create(numbers=",".join(whom), send_at=send_at)
        self.campaigns.append(campaign)
        if chance.random() < 0.7:
            await self.approve(campaign, by=chance.choice(PEOPLE))
        if chance.random() < 0.1:
            change = "UPDATE campaigns SET text = text || '!' WHERE id = ?"
            await desk.tamper(change, campaign.id)
            self.tainted.add(campaign.id)

    async def approve(self, campaign: Campaign, *, by: UserId) -> None:
        """Somebody presses Approve, rightly or wrongly."""
        with suppress(Refusal):
            await self.desk.approve(campaign, by=by)
            self.said[campaign.id] = by

    async def press(self) -> None:
        """Somebody presses a button, rightly or wrongly."""
        if not self.campaigns:
            return
        campaign, by = self.chance.choice(self.campaigns), self.chance.choice(PEOPLE)
        with suppress(Refusal):
            match self.chance.choice(["approve", "cancel", "hold", "hold", "release", "release"]):
                case "approve":
                    await self.approve(campaign, by=by)
                case "cancel":
                    await self.desk.drafting.cancel(campaign.id, by=by)
                case "hold":
                    await self.desk.braking.hold(campaign.id, by=by)
                case _:
                    await self.desk.braking.release(campaign.id, by=by)

    async def work(self) -> None:
        """The errands run; when the power goes, the program starts anew."""
        gateway = self.desk.gateway
        gateway.endings.clear()
        gateway.endings.extend(self.chance.choices(ENDINGS, k=4))
        gateway.brake_endings.clear()
        gateway.brake_endings.extend(self.chance.choices((None, AWAY, NO), k=3))
        self.leaving = True
        try:
            await self.desk.sending.run()
        except PowerCutError:
            await self.desk.restart()
        self.leaving = False
        if self.chance.random() < 0.5:
            await self.desk.braking.run()
        await self.desk.tracking.poll_status()

    async def wait(self) -> None:
        """Time passes, and somebody may update the program."""
        self.desk.clock.advance(timedelta(minutes=self.chance.choice(WAITS)))
        await self.desk.approving.expire_due()
        await self.desk.tracking.finish_silent()
        if self.chance.random() < 0.3:
            await self.desk.restart()

    async def call_back(self) -> None:
        """The platform calls back about a request that reached it, or seemed not to."""
        if not self.desk.gateway.sent:
            return
        asked = self.chance.choice(self.desk.gateway.sent)
        part, _ = await self.of(asked)
        (number,) = asked.numbers
        word = self.chance.choice(["", "aguardando envio", "SUCESSO", "SUCESSO", "INSUCESSO"])
        text = self.chance.choice(["", "", "", "Oi", "Oi", "SAIR"])
        gateway_id = part.gateway_id or 9000 + part.id
        record = record_of(number, gateway_id=gateway_id, text=text, word=word)
        await self.desk.call_back(asked.key, record)
        if text == "SAIR":
            self.stopped.add(number)

    def each_part_leaves_at_most_once(self) -> None:
        """Unless its request certainly never left, nothing follows it."""
        tries: dict[str, list[bool]] = {}
        for asked in self.desk.gateway.sent:
            tries.setdefault(asked.key, []).append(asked.ending is not AWAY)
        assert all(not any(each[:-1]) for each in tries.values())

    def nobody_gets_a_campaign_twice(self) -> None:
        """Each person of a campaign is in one request at most."""
        owner = dict(self.desk.look("SELECT key, campaign FROM parts"))
        told = Counter(
            (owner[asked.key], number)
            for asked in self.desk.gateway.sent
            for number in asked.numbers
            if asked.ending is not AWAY
        )
        assert all(times == 1 for times in told.values())

    def a_campaign_is_sent_exactly_when_its_parts_are_settled(self) -> None:
        """Neither too early nor never."""
        wrong = self.desk.look(
            "SELECT id, state FROM campaigns WHERE state IN ('sending', 'sent', 'done')"
            " AND (state = 'sending') <> EXISTS (SELECT 1 FROM parts WHERE campaign = campaigns.id"
            " AND parts.state IN ('ready', 'in_flight', 'unknown'))"
        )
        assert wrong == []

    def no_brake_waits_for_ever(self) -> None:
        """A release is under way only at the platform, a hold only while somebody wants it."""
        lost = self.desk.look(
            "SELECT parts.* FROM parts JOIN campaigns ON parts.campaign = campaigns.id"
            " WHERE brake = 'releasing' AND (parts.state <> 'accepted' OR gateway_id IS NULL)"
            " OR brake = 'asked' AND held_by IS NULL"
            " OR brake <> 'off' AND parts.state IN ('ready', 'refused', 'dropped')"
            " OR brake IN ('asked', 'releasing') AND campaigns.state = 'done'"
        )
        assert lost == []

    def every_call_back_is_read(self) -> None:
        """None waits behind another."""
        assert self.desk.look("SELECT state FROM inbox WHERE state <> 'applied'") == []


@pytest.mark.parametrize("seed", range(40))
async def test_in_any_week_nothing_goes_twice_or_against_the_rules(
    open_desk: OpenDesk, seed: int
) -> None:
    """Each part leaves at most once, approved, unchanged, in time, wanted, and not held."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    week = Week(desk, Random(seed))  # noqa: S311 - chance, not a secret
    for _ in range(60):
        await week.step()
