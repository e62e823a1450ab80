"""One round: a campaign is asked for and approved, amid trouble, kills and a brake."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Mapping
from time import perf_counter
from urllib.parse import quote

from bot.domain.parts import PartState
from bot.sandbox.troubles import Trouble
from tests.faults.counting import Count, count_texts, judge
from tests.faults.outcome import Outcome, find_denied, find_told
from tests.faults.people import APPROVERS, REQUESTER, People
from tests.faults.planning import Again, Moment, Plan
from tests.faults.process import BotEnded
from tests.faults.record import count_in_flight
from tests.faults.settling import Settlers
from tests.faults.town import NeverCame, Town
from tests.faults.truth import Truth
from tests.faults.watching import Watch

TEXT_BYTES = 198
"""As an address spells it; leaves room for three numbers in one of 400 bytes."""


class Round:
    """Plays a plan in a town, and says what came of it."""

    def __init__(self, plan: Plan, town: Town) -> None:
        self._plan = plan
        self._town = town
        self._text = write_text(f"Rodada {plan.number}")
        self._numbers = [f"3199{plan.number:05}{each:02}" for each in range(1, plan.people + 1)]
        self._people = People(town, f"rodada{plan.number}")
        self._truth = Truth(town.world, self._text)
        self._watch = Watch(town, self._truth, self._text)
        self._to_kill_again = plan.again

    async def play(self) -> Outcome:
        """Play it to its end, and leave the town as it was: all well, and the bot up."""
        bot = self._town.bot
        began, starts, kills, problem = perf_counter(), bot.starts, bot.kills, ""
        try:
            await self._write()
            await self._live_through()
            await self._release()
            await self._settle()
        except* (NeverCame, BotEnded) as found:
            problem = "; ".join(map(str, found.exceptions))
        try:
            await self._mend()
        except BotEnded as error:
            problem = f"{problem}; {error}"
        return await self._conclude(
            problem,
            kills=bot.kills - kills,
            starts=bot.starts - starts,
            seconds=perf_counter() - began,
        )

    async def _write(self) -> None:
        """Ask for the campaign; where the bot is killed then, it forgets nothing."""
        numbers = ",".join(self._numbers)
        await self._people.type(REQUESTER, f"/sms-send {numbers} {self._text}")
        await self._town.until("the card", lambda: self._people.shows("campaign.approve"))
        if self._plan.kill is Moment.BEFORE_APPROVAL:
            await self._town.bot.kill()
            await self._revive()

    async def _live_through(self) -> None:
        """Approve it while everything happens that is planned, then put things right."""
        plan, town = self._plan, self._town
        await town.sandbox.set_trouble(plan.trouble, scope=plan.scope, times=plan.times)
        self._watch.begin()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._approve())
            group.create_task(self._strike())
            group.create_task(self._pull_brake())
        if plan.is_deaf and not town.bot.is_running:
            await town.until("the end of the call-backs", self._watch.has_given_up)
        if plan.outlasts:
            await self._revive()
            await self._insist()
        await town.until("the last attempt", self._watch.is_calm)
        await town.sandbox.set_trouble(Trouble.NONE)
        await self._revive()
        await self._insist()
        await town.until("rest", self._watch.is_at_rest)

    async def _approve(self) -> None:
        pressing = APPROVERS[: self._plan.approvers]
        presses = (self._people.press_on_card(person, "campaign.approve") for person in pressing)
        await asyncio.gather(*presses)
        self._watch.is_pressed = True
        self._town.world.changes.happened()

    async def _strike(self) -> None:
        if self._plan.kill not in {Moment.NEVER, Moment.BEFORE_APPROVAL}:
            await self._watch.reach(self._plan.kill, self._plan.nth)
            await self._town.bot.kill()

    async def _pull_brake(self) -> None:
        """Hold it; where the bot is away, that comes to nothing, and the person is told."""
        if self._plan.hold is Moment.NEVER:
            return
        await self._watch.reach(self._plan.hold, self._plan.hold_nth)
        if campaign := self._watch.read():
            await self._people.type(REQUESTER, f"/sms-hold {campaign.id}")

    async def _revive(self) -> None:
        """Bring the bot back, by way of another kill where that is planned."""
        bot, again = self._town.bot, self._to_kill_again
        if bot.is_up:
            return
        self._to_kill_again = Again.NO
        if again is Again.STARTING:
            await bot.begin()
            # Nothing tells how far a start has come, so this is a moment by the clock.
            await self._town.world.changes.pause(self._plan.start_seconds)
            await bot.kill()
        elif again is Again.UP:
            await bot.start()
            await bot.kill()
        await bot.start()

    async def _insist(self) -> None:
        """Press Approve again where the first press came to nothing."""
        campaign = await self._town.until("the campaign", self._watch.read)
        if not campaign.is_approved:
            await self._people.press_on_card(APPROVERS[0], "campaign.approve")

    async def _release(self) -> None:
        campaign = self._watch.read()
        if campaign and campaign.is_held and self._plan.is_released:
            await self._people.type(APPROVERS[0], f"/sms-release {campaign.id}")
            await self._town.until("the release", self._watch.is_let_go)
            await self._town.until("rest after the release", self._watch.is_at_rest)

    async def _settle(self) -> None:
        """Let people decide about what is unknown, until nothing is; the first time, amid more."""
        settlers = Settlers(self._town, self._people, self._truth, self._watch)
        for turn, how in enumerate(self._plan.settling):
            campaign = await self._town.until("the campaign", self._watch.read)
            unknown = campaign.in_state(PartState.UNKNOWN)
            if not unknown:
                return
            if turn == 0 and self._plan.relapses:
                await self._town.sandbox.set_trouble(self._plan.trouble, scope="sendsms", times=1)
            await settlers.settle(unknown[0], how)
            if turn == 0 and self._plan.is_killed_deciding:
                await self._town.bot.kill()
                await self._revive()
            await self._town.until("rest after people decided", self._watch.is_at_rest)
            await self._town.sandbox.set_trouble(Trouble.NONE)

    async def _mend(self) -> None:
        """Leave all well and the bot up, however the round ended."""
        await self._town.sandbox.set_trouble(Trouble.NONE)
        if not self._town.bot.is_up:
            await self._town.bot.kill()
            await self._town.bot.start()

    async def _conclude(self, problem: str, *, kills: int, starts: int, seconds: float) -> Outcome:
        """Count, giving people's news the time it takes."""
        texted = count_texts(self._text, self._truth.texted)

        def is_accounted_for() -> bool:
            return not self._judge(texted).lost

        if self._town.bot.is_up:
            with contextlib.suppress(NeverCame):
                await self._town.until("word of everybody", is_accounted_for)
        campaign = self._watch.read()
        parts = campaign.parts if campaign else ()
        lost = [part for part in parts if part.was_lost]
        met = Counter(one.trouble for one in self._truth.received)
        del met[Trouble.NONE]
        met[Trouble.DOWN] += self._plan.trouble is Trouble.DOWN
        return Outcome(
            plan=self._plan,
            text=self._text,
            count=self._judge(texted),
            problem=problem,
            in_flight=0 if problem else count_in_flight(self._town.database),
            kills=kills,
            starts=starts,
            requests=len(self._truth.received),
            met=met,
            by_callback=sum(
                part.state is PartState.ACCEPTED and not part.is_settled_by_person for part in lost
            ),
            by_person=sum(part.is_settled_by_person for part in lost),
            needs_you=sum(part.state is PartState.UNKNOWN for part in lost),
            seconds=seconds,
        )

    def _judge(self, texted: Mapping[str, int]) -> Count:
        campaign = self._watch.read()
        if campaign is None:
            return judge(self._numbers, texted)
        told = find_told(campaign, self._people, self._numbers)
        return judge(self._numbers, texted, told=told, denied=find_denied(campaign))


def write_text(name: str) -> str:
    """Write a text that names its round, of so many bytes as an address spells it."""
    text = f"{name}: "
    while len(quote(text + "oi, ", safe="")) <= TEXT_BYTES:
        text += "oi, "
    return text + "a" * (TEXT_BYTES - len(quote(text, safe="")))
