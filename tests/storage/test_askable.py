"""Parts that the platform may be asked about."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.domain.campaign import State
from bot.domain.ids import GatewayId
from bot.domain.parts import PartState
from bot.domain.receipts import Receipt
from bot.domain.replies import DeliveryNews
from tests.storage.samples import ANA, BIA, MINUTE, NOW, add_part, in_memory, make_campaign

KNOWN: dict[str, Any] = {"state": PartState.ACCEPTED, "gateway_id": GatewayId(7), "settled_at": NOW}
CLAIMED: dict[str, Any] = {
    "state": PartState.UNKNOWN,
    "claimed_id": GatewayId(9),
    "submitted_at": NOW,
}
UNNAMED: dict[str, Any] = {"state": PartState.ACCEPTED, "gateway_id": None, "settled_at": NOW}


@pytest.mark.parametrize(
    ("state", "facts", "is_askable"),
    [
        (State.SENT, KNOWN, True),
        (State.SENDING, KNOWN, True),
        (State.DONE, KNOWN, False),
        (State.SENT, UNNAMED, False),
        (State.SENDING, CLAIMED, True),
        (State.SENDING, CLAIMED | {"claimed_id": None}, False),
        (State.SENDING, {"state": PartState.READY}, False),
        (State.SENT, KNOWN | {"state": PartState.REFUSED}, False),
    ],
)
def test_what_the_platform_has_or_may_have_is_asked_about(
    state: State, facts: dict[str, Any], *, is_askable: bool
) -> None:
    """By its number, or by the one that somebody gave; under its own account, until it is over."""
    with in_memory() as tx:
        part = replace(add_part(tx, campaign=make_campaign(state=state)), **facts)
        tx.parts.save(part)
        found = [each.part for each in tx.parts.askable(NOW, account="a1")]
        assert found == ([part] if is_askable else [])
        assert tx.parts.askable(NOW, account="a2") == ()


def test_nobody_is_asked_about_who_is_final() -> None:
    """A part is asked about while one of its people isn't; a word is checked in any case."""
    done = [
        DeliveryNews(number=one, receipt=Receipt.DELIVERED, word="SUCESSO", at=None)
        for one in (ANA, BIA)
    ]
    with in_memory() as tx:
        part = add_part(tx, [ANA, BIA], campaign=make_campaign(state=State.SENT))
        tx.parts.save(replace(part, **KNOWN))
        tx.recipients.apply(part.id, done[:1])
        assert len(tx.parts.askable(NOW, account="a1")) == 1
        tx.recipients.apply(part.id, done[1:])
        assert tx.parts.askable(NOW, account="a1") == ()
        tx.parts.save(replace(part, **CLAIMED))
        assert len(tx.parts.askable(NOW, account="a1")) == 1


@pytest.mark.parametrize(
    ("send_at", "since"), [(None, NOW), (NOW - MINUTE, NOW), (NOW + MINUTE, NOW + MINUTE)]
)
def test_news_can_come_from_its_time_on_or_once_it_is_there(
    send_at: datetime | None, since: datetime
) -> None:
    """Before its time only somebody's word is checked."""
    with in_memory() as tx:
        campaign = make_campaign(state=State.SENT, send_at=send_at, wanted_at=NOW - MINUTE)
        part = add_part(tx, campaign=campaign)
        tx.parts.save(replace(part, **KNOWN))
        assert len(tx.parts.askable(NOW, account="a1")) == (since == NOW)
        (found,) = tx.parts.askable(since, account="a1")
        assert (found.since, found.wanted_at) == (since, NOW - MINUTE)
        tx.parts.save(replace(part, **CLAIMED))
        (found,) = tx.parts.askable(NOW, account="a1")
        assert found.since == since
