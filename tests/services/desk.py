"""A desk with the real services and a real database on it; only the world outside is pretended."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from bot.domain.campaign import Campaign
from bot.domain.errors import OutcomeUnknown
from bot.domain.ids import CampaignId, GatewayId, Number, UserId
from bot.domain.news import NewsKind
from bot.domain.parts import Part
from bot.domain.policy import Policy
from bot.domain.receipts import Status
from bot.domain.replies import Delivery
from bot.gateway.callbacks import read_callback
from bot.ports import Transaction
from bot.services.addresses import CallbackAddresses
from bot.services.answering import Answering, Written
from bot.services.approving import Approving
from bot.services.braking import Braking
from bot.services.composing import Composing
from bot.services.drafting import Drafting
from bot.services.editing import Editing
from bot.services.launching import Launching
from bot.services.listkeeping import ListKeeping
from bot.services.membership import Membership
from bot.services.offering import Offering
from bot.services.opting_out import OptingOut
from bot.services.receiving import Receiving
from bot.services.reconciling import Reconciling
from bot.services.replying import Replying
from bot.services.resolving import Resolving
from bot.services.sending import Sending
from bot.services.tracking import StatusScope, Tracking
from bot.services.trying import Trying, Wanted
from bot.services.viewing import Viewing
from storage import SqliteStore
from tests.builders import ANA, BIA, NOON, OWN, make_draft, make_policy
from tests.fakes import FakeDirectory, FakeGateway, FrozenClock

T = TypeVar("T")


class Told(NamedTuple):
    """One message for a thread, as it stands in the outbox."""

    kind: NewsKind
    facts: dict[str, Any]


class Desk:
    """Everything a team does with Torpedo, without Slack's or the platform's wire."""

    def __init__(
        self,
        path: Path,
        *,
        policy: Policy | None = None,
        scope: StatusScope = StatusScope.ACCOUNT,
    ) -> None:
        self.path = path
        self.clock = FrozenClock(NOON)
        self.gateway = FakeGateway()
        self.directory = FakeDirectory()
        self.addresses = CallbackAddresses("https://torpedo.example")
        self.policy = policy or make_policy()
        self.scope = scope
        self._forms = count(1)
        self._sit_down()

    def _sit_down(self) -> None:
        clock, gateway, policy = self.clock, self.gateway, self.policy
        self.store = store = SqliteStore(self.path)
        self.membership = membership = Membership(self.directory, policy)
        self.drafting = Drafting(
            store=store, clock=clock, gateway=gateway, policy=policy, addresses=self.addresses
        )
        self.editing = Editing(
            store=store, clock=clock, gateway=gateway, policy=policy, drafting=self.drafting
        )
        self.composing = Composing(
            store=store, clock=clock, gateway=gateway, policy=policy, drafting=self.drafting
        )
        self.offering = Offering(
            store=store,
            clock=clock,
            drafting=self.drafting,
            editing=self.editing,
            membership=membership,
        )
        self.answering = Answering(
            store=store,
            clock=clock,
            policy=policy,
            drafting=self.drafting,
            membership=membership,
        )
        self.trying = Trying(
            store=store,
            clock=clock,
            drafting=self.drafting,
            membership=membership,
            sign="[TEST]",
        )
        self.opting_out = OptingOut(store=store, clock=clock, membership=membership)
        self.listkeeping = ListKeeping(store=store, clock=clock)
        self.approving = Approving(store=store, clock=clock, policy=policy, membership=membership)
        self.sending = Sending(
            store=store, clock=clock, gateway=gateway, policy=policy, addresses=self.addresses
        )
        self.launching = Launching(
            store=store, clock=clock, gateway=gateway, policy=policy, addresses=self.addresses
        )
        self.braking = Braking(
            store=store, clock=clock, gateway=gateway, policy=policy, membership=membership
        )
        self.tracking = Tracking(store=store, clock=clock, gateway=gateway, scope=self.scope)
        self.reconciling = Reconciling(store=store, clock=clock)
        self.resolving = Resolving(
            store=store,
            clock=clock,
            policy=policy,
            membership=membership,
            addresses=self.addresses,
        )
        self.receiving = Receiving(store=store)
        self.replying = Replying(
            store=store,
            clock=clock,
            reader=read_callback,
            zone=policy.zone,
            opt_out_words=policy.opt_out_words,
        )
        self.viewing = Viewing(store=store, clock=clock, policy=policy, gateway=gateway)

    async def open(self, policy: Policy | None = None) -> None:
        """Open the database, under other rules if there are any."""
        self.policy = policy or self.policy
        self._sit_down()
        await self.store.open()

    async def close(self) -> None:
        """Close the database."""
        await self.store.close()

    async def restart(self, policy: Policy | None = None) -> None:
        """End the program and start it again: only what was committed is left."""
        await self.close()
        await self.open(policy)
        await self.sending.recover()

    async def tamper(self, change: str, *values: str | int) -> None:
        """Change the file behind the program's back, while it is down."""
        await self.close()
        with closing(sqlite3.connect(self.path)) as other, other:
            other.execute(change, values)
        await self.open()

    async def create(self, **typed: Any) -> Campaign:  # noqa: ANN401 - any field of a draft
        """Let Ana write a campaign."""
        return (await self.drafting.create(make_draft(**typed))).campaign

    async def approve(self, campaign: Campaign, *, by: UserId = BIA) -> Campaign:
        """Press Approve on the card of this campaign as it was then."""
        return await self.approving.approve(
            campaign.id, by=by, version=campaign.version, digest=campaign.digest
        )

    async def approved(self, **typed: Any) -> Campaign:  # noqa: ANN401 - any field of a draft
        """Write a campaign and have it approved."""
        return await self.approve(await self.create(**typed))

    async def submitted(self, **typed: Any) -> Campaign:  # noqa: ANN401 - any field of a draft
        """Write a campaign, have it approved, and send whatever goes."""
        campaign = await self.approved(**typed)
        await self.sending.run()
        return await self.campaign(campaign.id)

    async def lost(self, **typed: Any) -> Campaign:  # noqa: ANN401 - any field of a draft
        """Write a campaign, have it approved, and lose the platform's answer."""
        self.gateway.endings.append(OutcomeUnknown("time-out"))
        return await self.submitted(**typed)

    async def replied(
        self, campaign: Campaign, number: Number, text: str, *, at: str = "2026-12-22 12:05:00"
    ) -> int:
        """Let a phone answer the only part of a campaign; returns the reply's id."""
        part = await self.part(campaign.id)
        await self.call_back(part.key, record_of(number, text=text, at=at))
        ((newest,),) = self.look("SELECT max(id) FROM replies")
        return int(newest)

    async def answer(
        self,
        reply: int,
        text: str = "Pode sim!",
        *,
        by: UserId = ANA,
        form: str = "",
        quiet: bool = False,
    ) -> Campaign:
        """Answer a reply, in a form that has shown what was answered by then."""
        newest = (await self.answering.read(reply)).newest
        return await self.answering.answer(
            Written(
                reply=reply,
                by=by,
                text=text,
                zone="America/Sao_Paulo",
                form=form or f"V{next(self._forms)}",
                seen=newest,
                quiet=quiet,
            )
        )

    async def try_out(
        self, campaign: Campaign, *, by: UserId = ANA, to: Number = OWN, form: str = ""
    ) -> Campaign:
        """Have a campaign sent to somebody's own phone, in the form of this version."""
        return await self.trying.send(
            Wanted(
                campaign=campaign.id,
                version=campaign.version,
                by=by,
                number=to,
                zone="America/Sao_Paulo",
                form=form or f"V{next(self._forms)}",
            )
        )

    async def again(self, campaign: Campaign, *, by: UserId = BIA) -> None:
        """Press Send again on the message about the only part."""
        part = await self.part(campaign.id)
        await self.resolving.again(campaign.id, part.id, by=by, resent=part.resent)

    async def went(self, campaign: Campaign, gateway_id: int, *, by: UserId = BIA) -> None:
        """Say that the only part went, under this number."""
        part = await self.part(campaign.id)
        await self.resolving.went(
            campaign.id, part.id, GatewayId(gateway_id), by=by, resent=part.resent
        )

    async def leave(self, campaign: Campaign, *, by: UserId = BIA) -> None:
        """Press Leave it on the message about the only part."""
        part = await self.part(campaign.id)
        await self.resolving.leave(campaign.id, part.id, by=by, resent=part.resent)

    async def campaign(self, campaign: CampaignId) -> Campaign:
        """Read a campaign as it is now."""
        return await self.store.read(lambda tx: tx.campaigns.get(campaign))

    async def parts(self, campaign: CampaignId) -> tuple[Part, ...]:
        """Read a campaign's parts as they are now."""
        return await self.store.read(lambda tx: tx.parts.of(campaign))

    async def part(self, campaign: CampaignId) -> Part:
        """Read the only part of a campaign."""
        (part,) = await self.parts(campaign)
        return part

    async def people(self, part: Part) -> tuple[Number, ...]:
        """Read whom a part carries."""
        return await self.store.read(lambda tx: tx.recipients.of_part(part.id))

    async def counts(self, campaign: CampaignId) -> dict[Status, int]:
        """Count a campaign's people by status."""
        counted = await self.store.read(lambda tx: tx.recipients.counts(campaign))
        return dict(counted.by_status)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Change the tables behind the services' back."""
        return await self.store.write(work)

    async def call_back(self, key: str, *records: str, encoding: str = "utf-8") -> bool:
        """Let the platform call back with these records, and have them read."""
        kept = await self.call_back_unread(key, *records, encoding=encoding)
        await self.replying.run()
        return kept

    async def call_back_unread(self, key: str, *records: str, encoding: str = "utf-8") -> bool:
        """Let the platform call back with these records, and leave them unread."""
        fields = (f"data_callback={quote(record, encoding=encoding)}" for record in records)
        return await self.deliver(key, query="&".join(fields).encode())

    async def deliver(self, key: str, *, query: bytes) -> bool:
        """Let a call-back come in, and leave it unread."""
        return await self.receiving.receive(
            Delivery(
                key=key,
                method="GET",
                query=query,
                content_type="",
                body=b"",
                received_at=self.clock.now(),
            )
        )

    def told(self, campaign: CampaignId) -> list[Told]:
        """Read the campaign's thread from the file itself, through another connection."""
        rows = self.look(
            "SELECT kind, facts FROM outbox WHERE campaign = ? AND kind <> 'card' ORDER BY id",
            campaign,
        )
        return [Told(NewsKind(kind), json.loads(facts)) for kind, facts in rows]

    def story(self, campaign: CampaignId) -> list[NewsKind]:
        """Read what kinds of things were told, in order."""
        return [told.kind for told in self.told(campaign)]

    def record(self, campaign: CampaignId) -> list[tuple[str, str]]:
        """Read who decided what."""
        rows = self.look("SELECT who, what FROM audit WHERE campaign = ? ORDER BY id", campaign)
        return [(str(who), str(what)) for who, what in rows]

    def look(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Look at what is committed, as any other program would."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as other:
            return other.execute(query, values).fetchall()


def record_of(
    number: Number,
    *,
    gateway_id: int = 7001,
    text: str = "",
    at: str = "2026-12-22 12:05:00",
    word: str = "",
) -> str:
    """Write one record of a call-back as the manual has it."""
    return f"{gateway_id};{number};{text};{at};{word};"
