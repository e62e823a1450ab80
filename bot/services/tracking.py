"""Tracking: what the platform says of credit and of each message, asked once a minute at most."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.domain.campaign import Campaign, State
from bot.domain.credit import Balance
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.domain.ids import CampaignId, GatewayId
from bot.domain.news import card_changed
from bot.domain.parts import Part, PartState
from bot.domain.polling import rank
from bot.domain.replies import DeliveryNews, Source
from bot.ports import Clock, Gateway, StatusRow, Store, Transaction
from bot.services.claims import NO_SUCH, check_claim, refute_claim
from bot.services.forecasting import redrawing_shortages
from bot.services.part_news import tell_unknown
from bot.services.settling import finish_if_final

log = structlog.get_logger()

MINUTE = timedelta(seconds=61)
"""The platform's minute (manual), and a second for clocks that disagree."""
CALM = timedelta(minutes=15)
"""How old the balance may get while nothing runs."""
BUSY = (State.WAITING, State.APPROVED, State.SENDING, State.SENT)
SILENCE = timedelta(hours=72)
"""After so long without a final status, none will come."""


class StatusScope(StrEnum):
    """Whether the platform's minute for ``getstatus`` is the account's or each campaign's."""

    ACCOUNT = "account"
    CAMPAIGN = "campaign"


class Tracking:
    """Fills in what call-backs didn't tell."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        gateway: Gateway,
        scope: StatusScope = StatusScope.ACCOUNT,
    ) -> None:
        self._store = store
        self._clock = clock
        self._gateway = gateway
        self._scope = scope
        self._asked: dict[str, float] = {}
        """When each was last asked, on the clock that nobody sets."""

    async def want(self, campaign_id: CampaignId) -> None:
        """Note that somebody wants to know, so that this campaign is asked about sooner.

        What they have to settle is drawn anew: whoever deleted the message gets another.
        """
        now = self._clock.now()

        def store_wish(tx: Transaction) -> None:
            campaign = replace(tx.campaigns.get(campaign_id), wanted_at=now)
            tx.campaigns.save(campaign)
            for part in tx.parts.of(campaign_id):
                if part.state is PartState.UNKNOWN:
                    tell_unknown(tx, campaign, part)

        await self._store.write(store_wish)

    async def poll_status(self) -> bool:
        """Ask about the part that ``polling.rank`` puts first, if the minute allows.

        Returns whether it asked.
        """
        asked = await self._store.write(self._claim_status)
        if asked is None:
            return False
        part, gateway_id = asked
        try:
            rows = await self._gateway.status(gateway_id)
        except GatewayUnavailable as error:
            log.warning("getstatus without an answer", campaign=part.campaign, error=str(error))
        except GatewayRejected as error:
            reason = error.reason
            log.warning("getstatus refused", campaign=part.campaign, reason=reason)
            if part.claimed_id is not None and not error.is_about_login:
                await self._store.write(lambda tx: refute_claim(tx, part, NO_SUCH, reason))
        else:
            await self._store.write(lambda tx: self._store_rows(tx, part, rows))
        return True

    async def poll_balance(self) -> bool:
        """Ask for the credit left, if it is due and the minute allows; whether it asked."""
        if not await self._store.write(self._claim_balance):
            return False
        try:
            credit = await self._gateway.balance()
        except (GatewayUnavailable, GatewayRejected) as error:
            log.warning("getbalance without an answer", error=str(error))
            await self._keep_trouble(error)
            return True
        now = self._clock.now()
        account = self._gateway.account
        balance = Balance(credit, now)

        def store_balance(tx: Transaction) -> None:
            known = tx.asks.balance(account)
            with redrawing_shortages(tx, now=now):
                tx.asks.save_balance(account, balance)
            for part in tx.parts.unknown(account=account):
                if _is_first_word(balance, known, part):
                    tell_unknown(tx, tx.campaigns.get(part.campaign), part)

        await self._store.write(store_balance)
        return True

    async def _keep_trouble(self, error: GatewayUnavailable | GatewayRejected) -> None:
        """Keep why no credit was told; asked too soon is no trouble, so what was known stays."""
        if isinstance(error, GatewayUnavailable) and error.retry_after is not None:
            return
        reason = error.reason if isinstance(error, GatewayRejected) else ""
        now, account = self._clock.now(), self._gateway.account
        await self._store.write(lambda tx: tx.asks.save_trouble(account, reason, now))

    async def finish_silent(self) -> int:
        """Close campaigns whose last news stayed out for three days; returns how many."""
        now = self._clock.now()

        def store_ends(tx: Transaction) -> int:
            ended = 0
            for campaign in tx.campaigns.in_states([State.SENT]):
                over = now - _last_news(tx, campaign) > SILENCE and campaign.hold is None
                ended += over and finish_if_final(tx, campaign.id, at=now, whatever=True)
            return ended

        return await self._store.write(store_ends)

    def _claim_status(self, tx: Transaction) -> tuple[Part, GatewayId] | None:
        """Choose whom to ask about and take the minute for it, before it is asked."""
        now = self._clock.now()
        for each in rank(tx.parts.askable(now, account=self._gateway.account), now=now):
            part = each.part
            gateway_id = part.claimed_id or part.gateway_id
            own = f":{gateway_id}" if self._scope is StatusScope.CAMPAIGN else ""
            if gateway_id is None:  # pragma: no cover - the table gives none without a number
                continue
            if self._claim(tx, f"{self._gateway.account}:getstatus{own}", now):
                asked = replace(part, asked_at=now)
                tx.parts.save(asked)
                return asked, gateway_id
            if self._scope is StatusScope.ACCOUNT:
                return None
        return None

    def _claim(self, tx: Transaction, what: str, now: datetime) -> bool:
        """Take the minute, if it is free.

        By the clock that nobody sets, so that no jump of the other makes a minute shorter or
        longer; by what the database has where this program hasn't asked yet.
        """
        steady = self._clock.steady()
        asked = self._asked.get(what)
        if asked is None:
            if not claim(tx, what, now):
                return False
        elif steady - asked < MINUTE.total_seconds():
            return False
        else:
            tx.asks.note(what, now)
        self._asked[what] = steady
        return True

    def _claim_balance(self, tx: Transaction) -> bool:
        now = self._clock.now()
        known = tx.asks.balance(self._gateway.account)
        pause = MINUTE if self._is_balance_wanted(tx, known) else CALM
        if known is not None and timedelta() <= now - known.at < pause:
            return False
        return self._claim(tx, f"{self._gateway.account}:getbalance", now)

    def _is_balance_wanted(self, tx: Transaction, known: Balance | None) -> bool:
        """Whether the credit matters soon: something waits, runs, or has gone since it was known.

        It does after a question in vain, too, lest a trouble be told that is over. What has
        gone is paid for when the platform likes, so a minute more is looked at.
        """
        in_vain = tx.asks.trouble(self._gateway.account) is not None
        if known is None or in_vain or tx.campaigns.in_states(BUSY):
            return True
        newest = tx.parts.last_departure()
        return newest is not None and newest + MINUTE > known.at

    def _store_rows(self, tx: Transaction, part: Part, rows: Sequence[StatusRow]) -> None:
        now = self._clock.now()
        news = [
            DeliveryNews(
                number=row.number,
                receipt=row.receipt,
                word=row.word,
                at=row.delivered_at,
                carrier=row.carrier,
                source=Source.STATUS,
            )
            for row in rows
            if row.number is not None
        ]
        if part.claimed_id is not None and not check_claim(tx, part, rows, at=now):
            return
        listed = {tx.recipients.find(part.id, each.number) for each in news} - {None}
        tx.parts.save(replace(tx.parts.get(part.id), listed=len(listed)))
        apply_news(tx, part, news, at=now)


def _is_first_word(balance: Balance, known: Balance | None, part: Part) -> bool:
    """Whether this credit is the first that says anything of a lost request (``read_evidence``)."""
    telling = (part.lost_at or balance.at) + MINUTE
    return balance.at > telling and (known is None or known.at <= telling)


def _last_news(tx: Transaction, campaign: Campaign) -> datetime:
    """When something last happened that news could follow: its time, a go, other news."""
    moments = [campaign.created_at, campaign.send_at, campaign.go_at]
    moments += [part.heard_at for part in tx.parts.of(campaign.id)]
    return max(moment for moment in moments if moment is not None)


def apply_news(tx: Transaction, part: Part, news: Sequence[DeliveryNews], *, at: datetime) -> int:
    """Apply delivery news to a part's people, whoever brought it; returns how many changed."""
    if not news:
        return 0
    heard = replace(tx.parts.get(part.id), heard_at=at)
    if any(each.source is Source.CALL_BACK for each in news):
        heard = replace(heard, called_back_at=at)
    changed = tx.recipients.apply(part.id, news)
    tx.parts.save(replace(heard, moved_at=at) if changed else heard)
    if changed:
        finish_if_final(tx, part.campaign, at=at)
        tx.outbox.add(card_changed(part.campaign))
    return changed


def claim(tx: Transaction, what: str, now: datetime) -> bool:
    """Take the platform's minute for a question, if it is free.

    It is taken before asking, so a crash costs a question, never the limit. A note from
    the future means that the clock was put back: wait one minute by the new time.
    """
    last = tx.asks.last(what)
    if last is not None and last <= now < last + MINUTE:
        return False
    tx.asks.note(what, now)
    return last is None or last <= now
