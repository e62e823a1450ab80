"""Parts: what is to be submitted, stopped, and asked about."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from bot.domain.campaign import Campaign, Hold, State
from bot.domain.ids import CampaignId, Digest, GatewayId, MessageTs, Number, PartId, UserId
from bot.domain.parts import LONGEST_PAUSE, Brake, Part, PartState
from bot.domain.replies import InboxState
from bot.ports import Transaction
from storage import SqliteStore, StorageError
from tests.storage.samples import (
    ANA,
    BIA,
    CAIO,
    CAIO_IN_FULL,
    FIRST,
    MINUTE,
    NOW,
    add_part,
    in_memory,
    make_campaign,
    make_delivery,
    new_part,
)

SENDING = make_campaign(state=State.SENDING, card=MessageTs("1.1"))


async def test_part_comes_back_as_it_was_stored(store: SqliteStore) -> None:
    """Every field survives, new or settled; half a character in a reason becomes a mark."""
    part = await store.write(add_part)
    assert part == Part(id=part.id, campaign=FIRST, position=0, key="k1-0", people=3)
    assert await store.read(lambda tx: tx.parts.get(part.id)) == part
    full = replace(
        part,
        state=PartState.ACCEPTED,
        gateway_id=GatewayId(998877),
        reason="motivo",
        attempts=2,
        not_before=NOW,
        submitted_at=NOW,
        digest=Digest("d1"),
        text="Olá Ana",
        settled_at=NOW,
        settled_by=UserId("U1"),
        resent=1,
        lost_at=NOW,
        claimed_id=GatewayId(9),
        claimed_by=UserId("U2"),
        claimed_at=NOW,
        brake=Brake.TOO_LATE,
        brake_reason="tarde",
        brake_attempts=3,
        brake_not_before=NOW,
        asked_at=NOW,
        heard_at=NOW,
        called_back_at=NOW,
        moved_at=NOW,
        listed=2,
        told=True,
    )
    empty = {each.name for each in fields(full) if getattr(full, each.name) in (None, "")}
    assert empty == set()
    await store.write(lambda tx: tx.parts.save(full))
    assert await store.read(lambda tx: tx.parts.of(FIRST)) == (full,)
    await store.write(lambda tx: tx.parts.save(replace(full, reason="\udc00")))
    assert (await store.read(lambda tx: tx.parts.get(part.id))).reason == "�"


async def test_parts_of_a_campaign_come_in_order(store: SqliteStore) -> None:
    """Whatever order they were made in."""

    def go(tx: Transaction) -> list[int]:
        add_part(tx, [ANA], position=1)
        tx.campaigns.add(make_campaign(2), [ANA], [])
        new_part(tx, CampaignId(2), position=0, key="b", numbers=[ANA])
        new_part(tx, FIRST, position=0, key="a", numbers=[])
        return [part.position for part in tx.parts.of(FIRST)]

    assert await store.write(go) == [0, 1]


async def test_part_is_found_by_its_address(store: SqliteStore) -> None:
    """The key is the whole address of a call-back; a guess finds nothing."""
    part = await store.write(add_part)
    assert await store.read(lambda tx: tx.parts.by_key(part.key)) == part
    assert await store.read(lambda tx: tx.parts.by_key("K1-0")) is None


async def test_two_parts_cannot_share_an_address(store: SqliteStore) -> None:
    """The first call-back on it proves *which* request went."""

    def again(tx: Transaction) -> None:
        tx.campaigns.add(make_campaign(2), [ANA], [])
        new_part(tx, CampaignId(2), position=0, key="k1-0", numbers=[ANA])

    await store.write(add_part)
    with pytest.raises(StorageError, match="key"):
        await store.write(again)


@pytest.mark.parametrize(
    "numbers", [[ANA], [CAIO_IN_FULL], [Number("11999990009")], [BIA, BIA], [BIA, CAIO]]
)
async def test_nobody_is_in_two_parts(store: SqliteStore, numbers: list[Number]) -> None:
    """Who has a part, isn't of the campaign, is named twice, or opted out can't be added."""

    def start(tx: Transaction) -> None:
        tx.campaigns.add(SENDING, [ANA, BIA, CAIO], [])
        new_part(tx, FIRST, position=0, key="one", numbers=[ANA])
        tx.recipients.suppress(FIRST, [CAIO])

    await store.write(start)
    with pytest.raises(ValueError, match="aren't free"):
        await store.write(lambda tx: new_part(tx, FIRST, position=1, key="two", numbers=numbers))
    assert await store.read(lambda tx: len(tx.parts.of(FIRST))) == 1


async def test_unknown_part_is_a_mistake_of_ours(store: SqliteStore) -> None:
    """Ids come from our own tables."""
    part = await store.write(add_part)
    with pytest.raises(KeyError):
        await store.read(lambda tx: tx.parts.get(PartId(99)))
    with pytest.raises(KeyError):
        await store.write(lambda tx: tx.parts.save(replace(part, id=PartId(99))))


async def test_next_part_is_the_oldest_campaigns_first(store: SqliteStore) -> None:
    """One campaign is finished before the next is begun; pauses are kept."""

    def go(tx: Transaction) -> None:
        tx.campaigns.add(SENDING, [ANA, BIA], [])
        new_part(tx, FIRST, position=1, key="later", numbers=[BIA])
        first = new_part(tx, FIRST, position=0, key="first", numbers=[ANA])
        tx.parts.save(replace(first, not_before=NOW + MINUTE))
        add_part(tx, campaign=make_campaign(2, state=State.SENDING))

    await store.write(go)
    paused = await store.read(lambda tx: tx.parts.next_ready(NOW))
    assert paused is not None
    assert paused.key == "later"
    over = await store.read(lambda tx: tx.parts.next_ready(NOW + MINUTE))
    assert over is not None
    assert over.key == "first"


@pytest.mark.parametrize(
    "campaign",
    [
        make_campaign(state=State.APPROVED),
        make_campaign(state=State.SENT),
        replace(SENDING, hold=Hold(UserId("U9"), NOW)),
    ],
)
async def test_nothing_leaves_unless_its_campaign_is_sending_and_not_held(
    store: SqliteStore, campaign: Campaign
) -> None:
    """While a hold is wanted, no further part is submitted."""
    await store.write(lambda tx: add_part(tx, campaign=campaign))
    assert await store.read(lambda tx: tx.parts.next_ready(NOW)) is None


async def test_only_ready_parts_are_next(store: SqliteStore) -> None:
    """One in flight may have gone, so it is looked at, never sent again."""
    part = await store.write(add_part)
    assert await store.read(lambda tx: tx.parts.in_flight()) == ()
    flying = part.to(PartState.IN_FLIGHT)
    await store.write(lambda tx: tx.parts.save(flying))
    assert await store.read(lambda tx: tx.parts.next_ready(NOW)) is None
    assert await store.read(lambda tx: tx.parts.in_flight()) == (flying,)


async def test_a_part_with_an_unread_call_back_does_not_leave(store: SqliteStore) -> None:
    """It may prove that the part went; the others go meanwhile."""

    def go(tx: Transaction) -> tuple[int, Part]:
        first = add_part(tx, campaign=SENDING)
        other = add_part(tx, campaign=make_campaign(2, state=State.SENDING))
        return tx.inbox.add(first.id, make_delivery()), other

    unread, other = await store.write(go)
    assert await store.read(lambda tx: tx.parts.next_ready(NOW)) == other
    await store.write(lambda tx: tx.inbox.settle(unread, InboxState.UNREADABLE))
    found = await store.read(lambda tx: tx.parts.next_ready(NOW))
    assert found is not None
    assert found.campaign == FIRST


@pytest.mark.parametrize("pause", [LONGEST_PAUSE + MINUTE, timedelta(days=400)])
async def test_a_pause_longer_than_any_is_no_pause(store: SqliteStore, pause: timedelta) -> None:
    """The clock was put back since: nobody waits a year, for a request or for a brake."""

    def go(tx: Transaction) -> tuple[Part, Part]:
        ready = replace(add_part(tx, campaign=SENDING), not_before=NOW + pause)
        part = add_part(tx, campaign=make_campaign(2, state=State.SENT))
        braking = replace(
            part,
            state=PartState.ACCEPTED,
            gateway_id=GatewayId(1),
            brake=Brake.ASKED,
            brake_not_before=NOW + pause,
        )
        tx.parts.save(ready)
        tx.parts.save(braking)
        return ready, braking

    ready, braking = await store.write(go)
    assert await store.read(lambda tx: tx.parts.next_ready(NOW)) == ready
    assert await store.read(lambda tx: tx.parts.for_brake(NOW, account="a1")) == (braking,)


async def test_brake_takes_holds_before_releases(store: SqliteStore) -> None:
    """Stopping is more urgent than going on; only what the platform knows can be asked for."""
    accepted = {"state": PartState.ACCEPTED, "gateway_id": GatewayId(1)}
    wishes: list[dict[str, object]] = [
        accepted | {"brake": Brake.RELEASING},
        accepted | {"brake": Brake.ASKED},
        accepted | {"brake": Brake.ASKED, "brake_not_before": NOW + MINUTE},
        accepted | {"brake": Brake.HELD},
        accepted | {"brake": Brake.ASKED, "gateway_id": None},
        {"brake": Brake.ASKED},
    ]

    def go(tx: Transaction) -> None:
        tx.campaigns.add(SENDING, [], [])
        for position, wish in enumerate(wishes):
            part = new_part(tx, FIRST, position=position, key=f"k{position}", numbers=[])
            tx.parts.save(replace(part, **wish))  # type: ignore[arg-type]  # a mix of fields

    await store.write(go)
    now = await store.read(lambda tx: tx.parts.for_brake(NOW, account="a1"))
    later = await store.read(lambda tx: tx.parts.for_brake(NOW + MINUTE, account="a1"))
    assert [part.position for part in now] == [1, 0]
    assert [part.position for part in later] == [1, 2, 0]


async def test_the_states_of_a_campaigns_parts_are_seen_at_a_glance(store: SqliteStore) -> None:
    """Each once, however many parts are in it; another campaign's don't count."""
    await store.write(add_part)

    def look(tx: Transaction) -> frozenset[PartState]:
        for position in (1, 2):
            new_part(tx, FIRST, position=position, key=f"more-{position}", numbers=[])
        other = new_part(tx, FIRST, position=3, key="gone", numbers=[])
        tx.parts.save(replace(other, state=PartState.DROPPED))
        return tx.parts.states(FIRST)

    assert await store.write(look) == {PartState.READY, PartState.DROPPED}
    assert await store.read(lambda tx: tx.parts.states(CampaignId(2))) == frozenset()


def test_hundreds_of_parts_are_made_at_once() -> None:
    """Each with its own text and people: a text with fields may make thousands."""
    numbers = [Number(f"319{90_000_000 + n}") for n in range(1200)]
    with in_memory() as tx:
        tx.campaigns.add(make_campaign(state=State.SENDING), numbers, [])
        new = [
            (
                Part(id=PartId(0), campaign=FIRST, position=n, key=f"k{n}", people=1, text=f"{n}"),
                [number],
            )
            for n, number in enumerate(numbers)
        ]
        tx.parts.add(new)
        made = tx.parts.of(FIRST)
        assert [part.text for part in made] == [str(n) for n in range(1200)]
        assert all(tx.recipients.of_part(part.id) == (numbers[part.position],) for part in made)
