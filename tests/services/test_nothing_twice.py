"""Nothing is sent twice, and only what may go: whatever happens, in whatever order."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Protocol, TypeVar

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.departure import PROMPTNESS
from bot.domain.errors import (
    GatewayRejected,
    GatewayUnavailable,
    OutcomeUnknown,
    Refusal,
    StorageError,
)
from bot.domain.ids import CampaignId, GatewayId, Number, PartId, UserId
from bot.domain.parts import Part, PartState
from bot.domain.policy import Policy
from bot.domain.refusals import NoRecipients
from bot.ports import Store, Transaction
from bot.services.drafts import Draft
from tests.builders import (
    ANA,
    BIA,
    CAIO,
    CHANNEL,
    HOUR,
    MINUTE,
    NIGHT,
    ONE,
    OWN,
    THREE,
    TWO,
    make_draft,
    make_policy,
)
from tests.fakes import Asked, PowerCutError, Row
from tests.services.desk import Desk, record_of

T = TypeVar("T")

AWAY, NO = GatewayUnavailable(), GatewayRejected("ERRO")
PEOPLE = (ANA, BIA, CAIO)
ENDINGS = (None, None, AWAY, AWAY, NO, OutcomeUnknown("time-out"), PowerCutError())
WAITS = (0.1, 1, 10, 100, 600)
"""Minutes."""
JUMPS = (-3 * HOUR, -10 * MINUTE, 5 * HOUR)
"""How far somebody puts the clock."""
STRANGER = Number("21966660004")


class WornStore:
    """A store whose disk fails now and then: nothing of that write is kept."""

    def __init__(self, real: Store, fails: Callable[[], bool]) -> None:
        self._real = real
        self._fails = fails

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Write, or fail."""
        if self._fails():
            message = "disk I/O error"
            raise StorageError(message)
        return await self._real.write(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Read."""
        return await self._real.read(work)

    def part_of(self, key: str) -> PartId | None:
        """Know the addresses, which are in memory."""
        return self._real.part_of(key)

    async def ping(self) -> None:
        """Come round to it."""
        await self._real.ping()


class Errand(Protocol):
    """A service whose errands the clock starts: it has a store."""

    _store: Store


class WornDesk(Desk):
    """A desk whose errands write to a disk that fails when chance says so."""

    def __init__(self, path: Path, policy: Policy, chance: Random) -> None:
        self.chance = chance
        self.is_worn = False
        super().__init__(path, policy=policy)

    def _sit_down(self) -> None:
        super()._sit_down()
        errands: tuple[Errand, ...] = (
            self.sending,
            self.sending._launching,
            self.braking,
            self.tracking,
            self.reconciling,
        )
        for errand in errands:
            errand._store = WornStore(self.store, self.fails)

    def fails(self) -> bool:
        """Whether the disk fails now."""
        return self.is_worn and self.chance.random() < 0.05


class Week:
    """A week at the desk: people press, the platform answers or not, the power goes.

    Chance comes from a seed rather than from Hypothesis, whose state machines leave most
    rules out of most runs: here every week sees all of them, and a seed is a week again.
    """

    def __init__(self, desk: WornDesk, chance: Random) -> None:
        self.desk = desk
        self.chance = chance
        desk.gateway.room = 1
        desk.gateway.meanwhile = self.check_departure
        self.cards: list[tuple[Campaign, tuple[Number, ...]]] = []
        """Every version that was ever on a card, and for whom."""
        self.said: dict[tuple[CampaignId, int], set[UserId]] = {}
        """Who approved which version."""
        self.go_at: dict[CampaignId, datetime] = {}
        """When somebody last said go."""
        self.proven: set[PartId] = set()
        """What the platform called back about."""
        self.tainted: set[CampaignId] = set()
        """What was changed behind everybody's back."""
        self.stopped: set[Number] = set()
        """Who asked for no more."""
        self.leaving = False
        self.broken: list[str] = []
        """Rules that weren't kept when a request left."""

    async def live(self, happenings: int) -> None:
        """Let so many things happen, often the errands; hold the rules against what is then."""
        for happening in range(happenings):
            await self.chance.choice(
                (
                    *(self.write, self.edit, self.try_out, self.look_after, self.wait),
                    *(self.call_back, self.call_back),
                    *(self.press, self.press, self.press),
                    *(self.settle, self.settle, self.settle),
                    *(self.work, self.work, self.work, self.work),
                )
            )()
            assert self.broken == []
            if happening % 5 == 4:
                self.look_at_what_is()

    def look_at_what_is(self) -> None:
        """Hold the rules against everything that left, and against what is on disk."""
        self.each_request_leaves_at_most_once()
        self.nobody_gets_a_campaign_twice_unasked()
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
        if campaign.trial is not None:
            self.check_trial(asked, part, campaign)
            return
        card, people = next(each for each in reversed(self.cards) if each[0].id == campaign.id)
        others = self.said.get((card.id, card.version), set()) - {card.requester}
        kept = {
            "in flight": part.state is PartState.IN_FLIGHT,
            "sending": campaign.state is State.SENDING,
            "four eyes": len(others) >= self.desk.policy.approvals,
            "unchanged": (asked.text, asked.send_at) == (card.text, card.send_at),
            "for whom it was approved": set(people).issuperset(asked.numbers),
            "untouched": campaign.id not in self.tainted,
            "not known to have gone": part.id not in self.proven,
            "promptly": card.send_at is not None or now - self.go_at[card.id] <= PROMPTNESS,
            "not held": campaign.hold is None,
            "nobody who opted out": not self.stopped.intersection(asked.numbers),
            "in time": not campaign.is_late(now),
            "by day": campaign.send_at is not None or not self.desk.policy.is_quiet(now),
        }
        self.broken += [rule for rule, is_kept in kept.items() if not is_kept]
        self.desk.is_worn = False
        happens = self.chance.choice(["", "", "hold", "call back", "earlier"])
        if happens == "hold":
            await self.desk.braking.hold(campaign.id, by=ANA)
        if happens == "call back":
            await self.prove(asked, record_of(asked.numbers[0], gateway_id=part.id))
        if happens == "earlier":
            tries = [each for each in self.desk.gateway.sent if each.numbers == asked.numbers]
            earlier = self.chance.choice(tries)
            await self.prove(earlier, record_of(earlier.numbers[0]))
        self.desk.is_worn = True

    def check_trial(self, asked: Asked, part: Part, trial: Campaign) -> None:
        """Hold a test against its own rules: nobody approves it, and it is for one phone."""
        kept = {
            "in flight": part.state is PartState.IN_FLIGHT,
            "marked": asked.text.startswith("[TEST] "),
            "for its asker alone": asked.numbers == (OWN,),
            "promptly": self.desk.clock.now() - trial.created_at <= PROMPTNESS,
            "not known to have gone": part.id not in self.proven,
            "nobody who opted out": not self.stopped.intersection(asked.numbers),
        }
        self.broken += [f"test: {rule}" for rule, is_kept in kept.items() if not is_kept]

    async def prove(self, asked: Asked, record: str) -> None:
        """The platform calls back on an address: whatever it says, that request went."""
        await self.desk.call_back(asked.key, record)
        part, _ = await self.of(asked)
        self.proven.add(part.id)

    async def of(self, asked: Asked) -> tuple[Part, Campaign]:
        """Find what a request was about by the end of its call-back address."""
        part = await self.desk.store.read(lambda tx: tx.parts.by_key(asked.key))
        assert part is not None
        return part, await self.desk.campaign(part.campaign)

    async def write(self) -> None:
        """Ana writes, in the morning if it is night; often somebody approves at once."""
        desk, chance = self.desk, self.chance
        desk.clock.set(desk.policy.opens(desk.clock.now()))
        try:
            drafted = await desk.drafting.create(self.draft())
        except NoRecipients:  # all of them opted out by now
            return
        campaign = drafted.campaign
        self.cards.append((campaign, drafted.recipients.numbers))
        if chance.random() < 0.7:
            for by in chance.sample(PEOPLE, k=2):
                await self.approve(campaign, by=by)
        if chance.random() < 0.1:
            change = "UPDATE campaigns SET text = text || '!' WHERE id = ?"
            await desk.tamper(change, campaign.id)
            self.tainted.add(campaign.id)

    def draft(self, *, by: UserId = ANA) -> Draft:
        """Type something, for some of them, for now or for later."""
        minutes = self.chance.choice([None, None, None, 30, 720])
        now = self.desk.clock.now()
        return make_draft(
            requester=by,
            text=self.chance.choice(["Feliz Natal", "Bom ano"]),
            numbers=",".join(self.chance.sample([ONE, TWO, THREE], k=self.chance.randint(1, 3))),
            send_at=None if minutes is None else self.desk.policy.opens(now + minutes * MINUTE),
        )

    async def edit(self) -> None:
        """Somebody edits what waits, perhaps another's, perhaps from an old card."""
        waiting = await self.desk.store.read(lambda tx: tx.campaigns.in_states([State.WAITING]))
        if not waiting:
            await self.write()
            return
        campaign, by = self.chance.choice(waiting), self.chance.choice((ANA, ANA, BIA))
        version = campaign.version - self.chance.choice((0, 0, 1))
        with suppress(Refusal):
            edited = await self.desk.editing.edit(
                campaign.id, version=version, draft=self.draft(by=by)
            )
            self.cards.append((edited.campaign, edited.recipients.numbers))
            self.tainted.discard(campaign.id)

    async def try_out(self) -> None:
        """Somebody has what waits sent to themselves, perhaps too soon, perhaps of an old card."""
        desk, chance = self.desk, self.chance
        waiting = await desk.store.read(lambda tx: tx.campaigns.in_states([State.WAITING]))
        cards = [*waiting, *(card for card, _ in self.cards[-1:])]
        if cards:
            with suppress(Refusal):
                await desk.try_out(chance.choice(cards), by=chance.choice(PEOPLE))

    async def approve(self, card: Campaign, *, by: UserId) -> None:
        """Somebody presses Approve, rightly or wrongly."""
        with suppress(Refusal):
            await self.desk.approve(card, by=by)
            self.said.setdefault((card.id, card.version), set()).add(by)
            self.go_at[card.id] = self.desk.clock.now()

    async def press(self) -> None:
        """Somebody presses a button, rightly or wrongly, on any card that ever was."""
        if not self.cards:
            await self.write()
        (card, _), by = self.chance.choice(self.cards[-6:]), self.chance.choice(PEOPLE)
        desk = self.desk
        buttons = ["approve", "approve", "reject", "cancel", "hold", "hold", "hold all", "close"]
        with suppress(Refusal):
            match self.chance.choice([*buttons, *["let go"] * 6]):
                case "approve":
                    await self.approve(card, by=by)
                case "reject":
                    await desk.approving.reject(card.id, by=by, version=card.version, reason="")
                case "cancel":
                    await desk.editing.cancel(card.id, by=by)
                case "hold":
                    await desk.braking.hold(card.id, by=by)
                case "hold all":
                    await desk.braking.hold_all(CHANNEL, by=by)
                case "close":
                    await desk.braking.close(card.id, by=by)
                case _:
                    await self.let_go(card.id, by=by)

    async def let_go(self, campaign: CampaignId, *, by: UserId) -> None:
        """Somebody would have it let go, or answers whoever asked for it."""
        braking, now = self.desk.braking, self.desk.clock.now()
        match self.chance.choice(["release", "release", "yes", "no"]):
            case "release":
                if await braking.release(campaign, by=by):
                    self.go_at[campaign] = now
            case "yes":
                await braking.answer_release(campaign, by=by, yes=True)
                self.go_at[campaign] = now
            case _:
                await braking.answer_release(campaign, by=by, yes=False)

    async def settle(self) -> None:
        """Somebody decides about a part of unknown fate, perhaps too late, perhaps wrongly."""
        account = self.desk.gateway.account
        lost = await self.desk.store.read(
            lambda tx: [
                part
                for part in tx.parts.unknown(account=account)
                if tx.campaigns.get(part.campaign).trial is None
            ]
        )
        if not lost:
            await self.work()
            return
        part, by = self.chance.choice(lost), self.chance.choice(PEOPLE)
        resent = part.resent - self.chance.choice((0, 0, 0, 1))
        resolving = self.desk.resolving
        with suppress(Refusal):
            match self.chance.choice(["again", "again", "went", "leave"]):
                case "again":
                    await resolving.again(part.campaign, part.id, by=by, resent=resent)
                    self.go_at[part.campaign] = self.desk.clock.now()
                case "went":
                    told = GatewayId(self.chance.choice([8000 + part.id] * 3 + [7001, 666]))
                    (own,) = await self.desk.people(part)
                    number = self.chance.choice([own, own, STRANGER])
                    self.desk.gateway.rows[told] = [Row(number, "aguardando envio")]
                    await resolving.went(part.campaign, part.id, told, by=by, resent=resent)
                    await self.look_after()
                case _:
                    await resolving.leave(part.campaign, part.id, by=by, resent=resent)

    async def work(self) -> None:
        """The errands run; the disk may fail; when the power goes, the program starts anew."""
        gateway = self.desk.gateway
        gateway.endings.clear()
        gateway.endings.extend(self.chance.choices(ENDINGS, k=4))
        self.leaving = self.desk.is_worn = True
        try:
            await self.desk.sending.run()
        except PowerCutError:
            self.desk.is_worn = False
            await self.desk.restart()
        except StorageError:
            pass  # the next run writes first what this one couldn't
        self.leaving = self.desk.is_worn = False

    async def look_after(self) -> None:
        """The other errands run."""
        gateway, desk = self.desk.gateway, self.desk
        gateway.brake_endings.clear()
        gateway.brake_endings.extend(self.chance.choices((None, AWAY, NO), k=3))
        gateway.ask_endings.clear()
        gateway.ask_endings.extend(self.chance.choices((None, None, AWAY, NO), k=2))
        desk.is_worn = True
        for errand in (
            desk.braking.run,
            desk.tracking.poll_status,
            desk.tracking.poll_balance,
            desk.reconciling.run,
        ):
            with suppress(StorageError):
                await errand()
        desk.is_worn = False

    async def wait(self) -> None:
        """Time passes, or somebody puts the clock; and somebody may update the program."""
        clock = self.desk.clock
        clock.advance(timedelta(minutes=self.chance.choice(WAITS)))
        if self.chance.random() < 0.1:
            clock.set(clock.now() + self.chance.choice(JUMPS))
        await self.desk.approving.remind_due()
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
        own = part.gateway_id if asked.key == part.key else None
        gateway_id = own or 9000 + self.desk.gateway.sent.index(asked)
        await self.prove(asked, record_of(number, gateway_id=gateway_id, text=text, word=word))
        if text == "SAIR":
            self.stopped.add(number)

    def each_request_leaves_at_most_once(self) -> None:
        """Unless it certainly never left, nothing follows it: each try has its own address."""
        tries: dict[str, list[bool]] = {}
        for asked in self.desk.gateway.sent:
            tries.setdefault(asked.key, []).append(asked.ending is not AWAY)
        assert all(not any(each[:-1]) for each in tries.values())

    def nobody_gets_a_campaign_twice_unasked(self) -> None:
        """Each person is in one request at most, and in one more for each "send again"."""
        owners = "SELECT key, id FROM parts UNION SELECT key, part FROM earlier_requests"
        owner = dict(self.desk.look(owners))
        campaigns = dict(self.desk.look("SELECT id, campaign FROM parts"))
        again = dict(
            self.desk.look(
                "SELECT p.id, count(*) FROM audit a JOIN parts p ON p.campaign = a.campaign"
                " AND p.position = json_extract(a.facts, '$.part')"
                " WHERE a.what = 'part_again' AND a.who <> ? GROUP BY p.id",
                ANA,
            )
        )
        left = Counter(
            (campaigns[owner[asked.key]], number)
            for asked in self.desk.gateway.sent
            for number in asked.numbers
            if asked.ending is not AWAY
        )
        allowed = {
            (campaigns[owner[asked.key]], number): 1 + again.get(owner[asked.key], 0)
            for asked in self.desk.gateway.sent
            for number in asked.numbers
        }
        assert all(times <= allowed[person] for person, times in left.items())

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


@pytest.mark.parametrize("seed", range(24))
async def test_in_any_week_nothing_goes_twice_or_against_the_rules(
    tmp_path: Path, seed: int
) -> None:
    """Each request leaves at most once, approved, unchanged, in time, wanted, and not held."""
    chance = Random(seed)  # noqa: S311 - chance, not a secret
    policy = make_policy(quiet=NIGHT, approvals=1 + seed % 2)
    desk = WornDesk(tmp_path / "torpedo.db", policy, chance)
    await desk.open()
    try:
        await Week(desk, chance).live(200)
    finally:
        await desk.close()
