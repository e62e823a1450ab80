"""Requests of one part: the newest, and those before it whose addresses are listened to still."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.campaign import State
from bot.domain.ids import CampaignId, GatewayId, MessageTs
from bot.domain.news import Letter, News, NewsKind
from bot.domain.parts import EarlierRequest, Part, PartState
from bot.domain.unknown import LEFT
from bot.ports import Transaction
from storage import SqliteStore
from tests.storage.samples import (
    ANA,
    FIRST,
    MINUTE,
    NOW,
    add_part,
    in_memory,
    make_campaign,
)


def _resend(tx: Transaction, part: Part, key: str) -> Part:
    tx.parts.retire_key(part.id, part.key)
    again = replace(part, key=key, resent=part.resent + 1)
    tx.parts.save(again)
    return again


async def test_a_part_is_found_by_every_address_it_had(store: SqliteStore) -> None:
    """The newest is its own; and nobody else's address is."""

    def go(tx: Transaction) -> Part:
        return _resend(tx, _resend(tx, add_part(tx), "second"), "third")

    part = await store.write(go)
    keys = ("k1-0", "second", "third", "fourth")
    found = await store.read(lambda tx: [tx.parts.by_key(key) for key in keys])
    assert found == [part, part, part, None]
    earlier = await store.read(lambda tx: tx.parts.earlier(part.id))
    assert set(earlier) == {EarlierRequest(key="k1-0"), EarlierRequest(key="second")}


def test_the_first_word_from_an_earlier_request_stays() -> None:
    """When it was first heard of, and the number it first named."""
    with in_memory() as tx:
        part = _resend(tx, add_part(tx), "second")
        for minutes, number in enumerate([None, GatewayId(55), GatewayId(66)]):
            tx.parts.hear_earlier("k1-0", number, at=NOW + minutes * MINUTE)
        known = EarlierRequest(key="k1-0", heard_at=NOW, gateway_id=GatewayId(55))
        assert tx.parts.earlier(part.id) == (known,)


def test_an_earlier_address_can_become_the_parts_own() -> None:
    """The newest is listened to from then on as an earlier one is, and both find the part."""
    with in_memory() as tx:
        part = _resend(tx, add_part(tx), "second")
        tx.parts.hear_earlier("k1-0", GatewayId(55), at=NOW)
        tx.parts.swap_key(part.id, earlier="k1-0", newest="second")
        own = tx.parts.get(part.id)
        assert own.key == "k1-0"
        assert tx.parts.earlier(part.id) == (EarlierRequest(key="second"),)
        assert tx.parts.by_key("second") == tx.parts.by_key("k1-0") == own


@pytest.mark.parametrize("how", ["told", "claimed", "earlier"])
def test_a_number_is_whoevers_it_is_or_is_said_to_be(how: str) -> None:
    """Under one account: another's numbers are its own."""
    with in_memory() as tx:
        part = _resend(tx, add_part(tx), "second")
        add_part(tx, campaign=make_campaign(2))
        if how == "earlier":
            tx.parts.hear_earlier("k1-0", GatewayId(55), at=NOW)
        else:
            number = {"told": "gateway_id", "claimed": "claimed_id"}[how]
            tx.parts.save(replace(part, **{number: GatewayId(55)}))  # type: ignore[arg-type]
        found = tx.parts.by_gateway_id(GatewayId(55), account="a1")
        assert found is not None
        assert found.id == part.id
        assert tx.parts.by_gateway_id(GatewayId(55), account="a2") is None
        assert tx.parts.by_gateway_id(GatewayId(56), account="a1") is None


def test_what_the_platform_told_goes_before_what_somebody_said() -> None:
    """Of two parts it is the one that has the number."""
    with in_memory() as tx:
        said = add_part(tx)
        told = add_part(tx, campaign=make_campaign(2))
        tx.parts.save(replace(said, claimed_id=GatewayId(55)))
        tx.parts.save(replace(told, gateway_id=GatewayId(55)))
        found = tx.parts.by_gateway_id(GatewayId(55), account="a1")
        assert found is not None
        assert found.id == told.id


def test_unknown_parts_are_found_by_account() -> None:
    """Oldest first."""
    with in_memory() as tx:
        for number, account in enumerate(["a1", "a2", "a1", "a1"], start=1):
            part = add_part(tx, campaign=make_campaign(number, account=account))
            if number < 4:
                tx.parts.save(replace(part, state=PartState.UNKNOWN))
        assert [part.campaign for part in tx.parts.unknown(account="a1")] == [1, 3]


LAUNCHED, BEFORE, LATER = NOW, NOW - MINUTE, NOW + 9 * MINUTE


@pytest.mark.parametrize(
    ("facts", "left_at", "has_left"),
    [
        ({"state": PartState.ACCEPTED}, NOW + MINUTE, True),
        ({"state": PartState.UNKNOWN}, NOW + MINUTE, True),
        ({"state": PartState.IN_FLIGHT}, NOW + MINUTE, True),
        ({"state": PartState.DROPPED, "reason": LEFT}, NOW + MINUTE, True),
        ({"state": PartState.REFUSED}, NOW + MINUTE, False),
        ({"state": PartState.READY}, NOW + MINUTE, False),
        ({"state": PartState.ACCEPTED}, NOW, False),
        ({"state": PartState.ACCEPTED}, NOW + 2 * MINUTE, True),
        ({"state": PartState.ACCEPTED}, LATER, False),
        ({"state": PartState.ACCEPTED, "resent": 1}, LATER, True),
        ({"state": PartState.READY, "resent": 1}, NOW + MINUTE, True),
        ({"state": PartState.REFUSED, "resent": 1}, LATER, True),
        ({"state": PartState.ACCEPTED, "resent": 1}, BEFORE, False),
    ],
)
def test_what_departed_in_a_span_is_whatever_may_have_gone_in_it(
    facts: dict[str, Any], left_at: datetime, *, has_left: bool
) -> None:
    """The newest request by its time; of one sent again, an earlier may have left in it."""
    with in_memory() as tx:
        campaign = make_campaign(state=State.SENT, launched_at=LAUNCHED)
        part = replace(add_part(tx, campaign=campaign), submitted_at=left_at, **facts)
        tx.parts.save(part)
        found = tx.parts.departed(account="a1", after=NOW, until=NOW + 2 * MINUTE)
        assert found == ((part,) if has_left else ())
        assert tx.parts.departed(account="a2", after=NOW, until=NOW + 2 * MINUTE) == ()


def test_what_was_launched_after_a_span_did_not_depart_in_it() -> None:
    """Nor did its first request."""
    with in_memory() as tx:
        campaign = make_campaign(state=State.SENT, launched_at=LATER)
        part = replace(
            add_part(tx, campaign=campaign), state=PartState.ACCEPTED, submitted_at=LATER, resent=1
        )
        tx.parts.save(part)
        assert tx.parts.departed(account="a1", after=NOW, until=NOW + MINUTE) == ()


def _ask(tx: Transaction, **facts: int) -> Letter:
    tx.outbox.add(News(NewsKind.PART_UNKNOWN, FIRST, facts))
    (letter,) = tx.outbox.due(NOW, limit=9)
    tx.outbox.told([letter.id], at=NOW, ts=None)
    return letter


def test_news_of_one_try_knows_the_message_that_tells_of_it() -> None:
    """Another try of the same part has a message of its own, and one may be forgotten."""
    ts = MessageTs("1.5")
    with in_memory() as tx:
        part = add_part(tx, [ANA], campaign=make_campaign(card=MessageTs("1.1")))
        assert _ask(tx, part_id=part.id, resent=0).notice is None
        tx.parts.save_notice(part.id, 0, MessageTs("1.4"))
        tx.parts.save_notice(part.id, 0, ts)
        assert _ask(tx, part_id=part.id, resent=0).notice == ts
        assert _ask(tx, part_id=part.id, resent=1).notice is None
        tx.outbox.add(News(NewsKind.PART_AGAIN, FIRST, {"part_id": part.id, "resent": 0}))
        (other,) = tx.outbox.due(NOW, limit=9)
        assert other.notice is None
        tx.outbox.told([other.id], at=NOW, ts=None)
        tx.parts.forget_notice(part.id, 0)
        assert _ask(tx, part_id=part.id, resent=0).notice is None


def test_letters_for_a_moment_that_never_comes_are_told_now() -> None:
    """The clock was put back since: nothing that Slack asks for is that long."""
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(card=MessageTs("1.1")), [], [])
        tx.outbox.add(News(NewsKind.APPROVED, FIRST))
        tx.outbox.postpone([1], until=NOW + MINUTE, reason="r")
        assert tx.outbox.due(NOW, limit=9) == ()
        (letter,) = tx.outbox.due(NOW - timedelta(days=1), limit=9)
        assert letter.news.campaign == CampaignId(1)
