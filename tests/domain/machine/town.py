"""A town where anything happens in any order: people press, the platform answers, power goes."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from bot.domain.campaign import Campaign, State
from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, Refusal
from bot.domain.ids import CampaignId, GatewayId, Number, UserId
from bot.domain.parts import Part, PartState
from bot.domain.receipts import Receipt, Status
from bot.domain.unknown import Listed
from tests.builders import (
    ACCOUNT,
    ANA,
    BIA,
    CAIO,
    HOUR,
    MINUTE,
    NIGHT,
    ONE,
    THREE,
    TWO,
    make_policy,
)
from tests.domain.machine.disk import Disk, Move, Person, is_in_tables
from tests.domain.machine.office import Office, Outcome
from tests.domain.machine.witness import Card, Request, Witness, draw_card

PEOPLE = (ANA, BIA, CAIO)
STRANGER = Number("21966660004")
DAY = timedelta(days=1)
SHORT = (MINUTE, MINUTE, 6 * MINUTE, 6 * MINUTE, HOUR, -6 * MINUTE)
LONG = (3 * HOUR, 13 * HOUR, DAY, -3 * HOUR)
ENDINGS: tuple[Outcome | None, ...] = (
    None,
    GatewayUnavailable(),
    GatewayRejected("SALDO"),
    OutcomeUnknown("time-out"),
)
"""How a request ends: a yes, and the three kinds of no."""

STAGES = ("waiting", "one yes", "approved", "left", "lost", "vouched", "again", "left again")
"""How far the first campaign is when a run begins."""

texts = st.sampled_from(["Feliz Natal", "Bom ano"])
lists = st.lists(st.sampled_from([ONE, TWO, THREE]), min_size=1, unique=True)
times = st.sampled_from([None, None, 2 * HOUR, 26 * HOUR])
people = st.sampled_from(PEOPLE)
which = st.integers(min_value=0, max_value=11)


Args = dict[str, st.SearchStrategy[Any]]
DEEDS: list[tuple[Callable[..., None], Callable[["Town"], object], Args]] = []
"""Everything that may happen: what it is, whether it can be now, and what it needs to know."""

Act = TypeVar("Act", bound=Callable[..., None])


def deed(
    *,
    often: int = 1,
    when: Callable[["Town"], object] = lambda _: True,
    **args: Any,  # noqa: ANN401
) -> Callable[[Act], Act]:
    """Make something one of the things that may happen, and say how often.

    They are drawn by one rule: Hypothesis leaves each rule out of half of all runs, and so
    most of a story out of nearly all of them.
    """

    def note(act: Act) -> Act:
        DEEDS.extend([(act, when, args)] * often)
        return act

    return note


class Town(RuleBasedStateMachine):
    """People press, rightly and wrongly; the platform answers, or not; the program dies."""

    office_type: ClassVar[type[Office]] = Office
    seen: ClassVar[Counter[str]] = Counter()
    """What happened, over all runs."""
    moves: ClassVar[Counter[Move]] = Counter()
    """And what moved."""

    @initialize(
        stage=st.sampled_from(STAGES),
        approvals=st.sampled_from([1, 2]),
        room=st.sampled_from([1, 2]),
        numbers=lists,
    )
    def open(self, stage: str, approvals: int, room: int, numbers: list[Number]) -> None:
        """A campaign is under way already, so that not every run is spent on getting there."""
        self.policy = make_policy(quiet=NIGHT, approvals=approvals)
        self.disk = Disk()
        self.office = self.office_type(self.disk, self.policy, room=room)
        self.witness = Witness(self.policy)
        self.cards: list[Card] = []
        self.finals: dict[Person, Status] = {}
        self.over: dict[CampaignId, Campaign] = {}
        self.write(text="Feliz Natal", numbers=numbers, after=None, by=ANA)
        story: list[Callable[[], None]] = [
            lambda: self.press(0, by=BIA, button="approve"),
            self.agree,
            self.work,
            lambda: self.end(OutcomeUnknown("time-out"), told=0),
            lambda: self.decide(0, by=ANA, word="went", back=0, told=7001),
            lambda: self.decide(0, by=BIA, word="again", back=0, told=0),
            self.work,
        ]
        for happen in story[: STAGES.index(stage)]:
            happen()

    @rule(data=st.data())
    def live(self, data: st.DataObject) -> None:
        """One thing happens, of all that can."""
        able = [each for each in DEEDS if each[1](self)]
        act, _, args = able[data.draw(st.integers(0, len(able) - 1))]
        act(self, **{name: data.draw(args[name], label=f"{act.__name__}, {name}") for name in args})

    def saw(self, what: str) -> None:
        """Count something that happened, to know that it does."""
        self.seen[what] += 1
        event(what)

    # What people do

    @deed(text=texts, numbers=lists, after=times, by=st.sampled_from([ANA, ANA, BIA]))
    def write(self, text: str, numbers: list[Number], after: timedelta | None, by: UserId) -> None:
        """Somebody writes, by day."""
        self.office.now = self.policy.opens(self.office.now)
        with suppress(Refusal), self.disk.transaction():
            campaign = self.office.write(text, numbers, self._at(after), by=by)
            self._show(campaign)

    def _at(self, after: timedelta | None) -> datetime | None:
        return None if after is None else self.policy.opens(self.office.now + after)

    def _show(self, campaign: Campaign) -> None:
        card = draw_card(campaign, self.disk.lists[campaign.id])
        self.cards.append(self.witness.show(card))

    @deed(
        often=3,
        when=lambda town: town.disk.campaigns_in(State.WAITING),
        one=which,
        by=st.sampled_from([ANA, ANA, BIA]),
        back=st.sampled_from([0, 0, 0, 1]),
        text=texts,
        numbers=lists,
        after=times,
    )
    def edit(
        self,
        *,
        one: int,
        by: UserId,
        back: int,
        text: str,
        numbers: list[Number],
        after: timedelta | None,
    ) -> None:
        """Somebody edits, perhaps on an old card, perhaps another's."""
        waiting = _pick(self.disk.campaigns_in(State.WAITING), one)
        with suppress(Refusal), self.disk.transaction():
            edited = self.office.edit(
                waiting.id, text, numbers, self._at(after), by=by, version=waiting.version - back
            )
            self._show(edited)
            self.saw("edited with a yes" if waiting.approvals else "edited")

    @deed(
        often=2,
        one=which,
        by=people,
        button=st.sampled_from([*["approve"] * 6, "reject", "cancel"]),
    )
    def press(self, one: int, by: UserId, button: str) -> None:
        """Somebody presses a button, on any card that ever was of what waits, or of anything."""
        open_ids = {campaign.id for campaign in self.disk.campaigns_in(State.WAITING)}
        useful = [card for card in self.cards if card.campaign in open_ids]
        card = _pick(useful or self.cards, one)
        with suppress(Refusal), self.disk.transaction():
            match button:
                case "approve":
                    self._approve(card, by=by)
                case "reject":
                    self.office.reject(card.campaign, by=by, version=card.version)
                case _:
                    self.office.cancel(card.campaign, by=by)
                    self.witness.held.discard(card.campaign)
            self.saw(button)

    @deed(when=lambda town: town.disk.campaigns_in(State.WAITING))
    def agree(self) -> None:
        """Everybody approves whatever waits, as far as they may."""
        for waiting in self.disk.campaigns_in(State.WAITING):
            for by in PEOPLE:
                with suppress(Refusal), self.disk.transaction():
                    self._approve(self.witness.newest[waiting.id], by=by)

    def _approve(self, card: Card, *, by: UserId) -> None:
        self.office.approve(card.campaign, by=by, version=card.version, digest=card.digest)
        self.witness.hear_yes(card, by=by, at=self.office.now)

    @deed(one=which, by=people)
    def hold(self, one: int, by: UserId) -> None:
        """Somebody pulls the brake, on anything."""
        campaign = _pick(list(self.disk.campaigns), one)
        with suppress(Refusal), self.disk.transaction():
            self.office.hold(campaign, by=by)
            self.witness.held.add(campaign)
            self.saw("hold")

    @deed(
        often=4,
        when=lambda town: town.held(),
        one=which,
        by=people,
        word=st.sampled_from(["ask", "ask", "keep", "grant", "release"]),
    )
    def let_go(self, one: int, by: UserId, word: str) -> None:
        """Somebody would have it let go, asks for it, or answers."""
        campaign = _pick(self.held(), one).id
        with suppress(Refusal), self.disk.transaction():
            match word:
                case "ask":
                    self.office.ask_release(campaign, by=by)
                case "keep":
                    self.office.refuse_release(campaign, by=by)
                case _:
                    act = self.office.release if word == "release" else self.office.grant_release
                    act(campaign, by=by)
                    self.witness.hear_go(campaign, by=by, at=self.office.now)
            self.saw(word)

    def held(self) -> Sequence[Campaign]:
        """Everything that somebody wants to stop."""
        return [each for each in self.disk.campaigns.values() if each.hold is not None]

    @deed(
        often=4,
        when=lambda town: town.disk.parts_in(PartState.UNKNOWN),
        one=which,
        by=people,
        word=st.sampled_from(["again", "again", "again", "went", "leave"]),
        back=st.sampled_from([0, 0, 0, 1]),
        told=st.sampled_from([7001, 9999]),
    )
    def decide(self, one: int, by: UserId, word: str, back: int, told: int) -> None:
        """Somebody decides about a part of unknown fate, perhaps by an old button."""
        part = _pick(self.disk.parts_in(PartState.UNKNOWN), one)
        resent = part.resent - back
        with suppress(Refusal), self.disk.transaction():
            match word:
                case "again":
                    self.office.again(part.id, by=by, resent=resent)
                    at = self.office.now
                    self.witness.hear_again(part.id, resent, part.campaign, by=by, at=at)
                case "went":
                    self.office.claim(part.id, GatewayId(told), by=by, resent=resent)
                case _:
                    self.office.leave(part.id, by=by, resent=resent)
            self.saw(word)

    # What the program does

    @deed(often=5, when=lambda town: town.office.in_hand is None)
    def work(self) -> None:
        """Launch what may go, and let one request leave."""
        with self.disk.transaction():
            self.office.launch()
        with self.disk.transaction():
            errand = self.office.depart()
        if errand is None:
            return
        resent = errand.part.resent
        self.witness.see_departure(errand, now=self.office.now)
        self.saw("left")
        self.saw("left again") if resent else None

    @deed(often=2, account=st.sampled_from([*[ACCOUNT] * 9, "conta-2"]))
    def crash(self, account: str) -> None:
        """The program dies and is started again, perhaps for another account."""
        if self.office.in_hand is not None:
            self.saw("crash in flight")
        now, room = self.office.now, self.office.room
        self.office = self.office_type(self.disk, self.policy, room=room, account=account)
        self.office.now = now
        with self.disk.transaction():
            self.office.recover()

    @deed(often=2, step=st.sampled_from((*SHORT, *SHORT, *LONG)))
    def pass_time(self, step: timedelta) -> None:
        """Time passes, or somebody puts the clock back."""
        self.office.pass_time(step)
        with self.disk.transaction():
            self.office.expire_due()

    @deed(when=lambda town: town.disk.campaigns_in(State.APPROVED), one=which)
    def tamper(self, one: int) -> None:
        """Somebody changes what was approved, in the file."""
        campaign = _pick(self.disk.campaigns_in(State.APPROVED), one)
        self.disk.save_campaign(replace(campaign, text=campaign.text + "!"))

    # What the platform does

    @deed(
        often=4,
        when=lambda town: town.office.in_hand is not None,
        ending=st.sampled_from(ENDINGS),
        told=which,
    )
    def end(self, ending: Outcome | None, told: int) -> None:
        """The platform's answer comes, or what there is instead."""
        outcome = GatewayId(7000 + told) if ending is None else ending
        self.witness.requests[-1].never_left = isinstance(outcome, GatewayUnavailable)
        with self.disk.transaction():
            self.office.arrive(outcome)
        self.saw(type(outcome).__name__)

    @deed(
        often=3,
        when=lambda town: town.went(),
        one=st.sampled_from([0, 0, 1, 2, 3]),
        told=st.sampled_from([None, 7001, 7002]),
        times=st.sampled_from([1, 1, 2]),
    )
    def call_back(self, one: int, told: int | None, times: int) -> None:
        """The platform calls back about any request that may have reached it, perhaps twice."""
        request = _pick(self.went(), one)
        gateway_id = None if told is None else GatewayId(told)
        part = self.disk.parts[request.part]
        self.saw("call-back" if part.key == request.key else f"earlier, {part.state}")
        for _ in range(times):
            with self.disk.transaction():
                self.office.call_back(request.key, gateway_id)
        self.witness.proven.add(request.part)

    def went(self) -> Sequence[Request]:
        """Every request that may have reached the platform; first those sent again since."""
        may_have = [one for one in reversed(self.witness.requests) if not one.never_left]
        return sorted(may_have, key=lambda one: one.key == self.disk.parts[one.part].key)

    @deed(
        often=4,
        when=lambda town: town.disk.parts_in(PartState.ACCEPTED),
        one=which,
        other=which,
        receipt=st.sampled_from(Receipt),
    )
    def receive(self, one: int, other: int, receipt: Receipt) -> None:
        """News of one person comes, in any order."""
        part = _pick(self.disk.parts_in(PartState.ACCEPTED), one)
        with self.disk.transaction():
            self.office.receive(part, _pick(self.disk.people[part.id], other), receipt)

    @deed(
        often=6,
        when=lambda town: town.claimed(),
        one=which,
        whose=st.sampled_from(["ours", "ours", "others", "nobody's"]),
        age=st.sampled_from([None, -MINUTE, 5 * HOUR]),
    )
    def list_rows(self, one: int, whose: str, age: timedelta | None) -> None:
        """The platform lists what it has under the number that somebody named."""
        part = _pick(self.claimed(), one)
        queued_at = None if age is None else (part.submitted_at or self.office.now) - age
        numbers = {"ours": self.disk.people[part.id], "others": (STRANGER,), "nobody's": (None,)}
        with self.disk.transaction():
            rows = [Listed(number, queued_at) for number in numbers[whose]]
            verdict = self.office.check_claim(part, rows)
        self.saw(f"claim {verdict}")

    def claimed(self) -> Sequence[Part]:
        """Every part of unknown fate that a person vouched for."""
        return [p for p in self.disk.parts_in(PartState.UNKNOWN) if p.claimed_id is not None]

    # What always holds

    @invariant()
    def every_move_is_in_the_tables(self) -> None:
        """Whatever was heard in whatever order."""
        assert [move for move in self.disk.moves if not is_in_tables(move)] == []

    @invariant()
    def what_is_over_stays(self) -> None:
        """No decision is taken back, and nothing is changed after it."""
        for campaign in self.disk.campaigns.values():
            if campaign.state.is_over:
                assert self.over.setdefault(campaign.id, campaign) == campaign
            else:
                assert campaign.id not in self.over

    @invariant()
    def a_final_status_never_goes_back(self) -> None:
        """Receipts come twice and out of order."""
        for person, status in self.finals.items():
            assert self.disk.statuses[person] is status
        self.finals = {one: each for one, each in self.disk.statuses.items() if each.is_final}

    @invariant()
    def only_what_is_in_hand_is_in_flight(self) -> None:
        """No part is left between two states by a crash."""
        hand = self.office.in_hand
        in_flight = [part.id for part in self.disk.parts_in(PartState.IN_FLIGHT)]
        assert in_flight in ([], [] if hand is None else [hand.part.id])

    @invariant()
    def what_went_is_accepted(self) -> None:
        """A call-back proves it, unless another request of it is under way this moment."""
        states = {self.disk.parts[part].state for part in self.witness.proven}
        assert states <= {PartState.ACCEPTED, PartState.IN_FLIGHT}

    @invariant()
    def a_campaign_is_sending_while_a_part_is_unsettled(self) -> None:
        """Neither too short nor for ever."""
        for campaign in self.disk.campaigns_in(State.SENDING, State.SENT, State.DONE):
            settled = all(part.is_settled for part in self.disk.parts_of(campaign.id))
            assert settled is (campaign.state is not State.SENDING)

    def teardown(self) -> None:
        """Count the moves that were made."""
        self.moves.update(self.disk.moves)


def _pick(ones: Sequence[Any], one: int) -> Any:  # noqa: ANN401 - whatever there is to choose from
    """Choose by a number that Hypothesis can make smaller."""
    return ones[one % len(ones)]
