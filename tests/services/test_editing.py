"""Editing: what waits may be written anew by its requester, and then everybody decides anew."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.changes import Changes
from bot.domain.digest import seal
from bot.domain.errors import Refusal
from bot.domain.ids import UserId
from bot.domain.news import NewsKind
from bot.domain.numbers import Fault
from bot.domain.refusals import (
    AlreadyDecided,
    NoRecipients,
    NoText,
    NothingChanged,
    NotRequester,
    OldVersion,
    PastTime,
    TooLate,
)
from bot.services.drafts import Drafted
from tests.builders import (
    ACCOUNT,
    ANA,
    BIA,
    CAIO,
    HOUR,
    NOON,
    ONE,
    THREE,
    TWO,
    make_draft,
    make_policy,
)
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk

NEW = "Feliz Páscoa"


async def _edit(
    desk: Desk,
    campaign: Campaign,
    *,
    keep_numbers: bool = False,
    **typed: Any,  # noqa: ANN401 - any field of a draft
) -> Drafted:
    """Send the form that was opened on this campaign as it was then."""
    return await desk.editing.edit(
        campaign.id,
        version=campaign.version,
        draft=make_draft(**{"text": NEW} | typed),
        keep_numbers=keep_numbers,
    )


async def _numbers(desk: Desk, campaign: Campaign) -> tuple[str, ...]:
    return await desk.store.read(lambda tx: tx.recipients.numbers(campaign.id))


async def _changes(desk: Desk, campaign: Campaign) -> Changes | None:
    return (await desk.viewing.campaign(campaign.id)).changes


async def test_an_edit_is_a_new_version_that_waits(desk: Desk) -> None:
    """It is sealed anew, told, on record, and its card is drawn anew; nothing goes."""
    first = await desk.create()
    desk.clock.advance(HOUR)
    second = (await _edit(desk, first)).campaign
    assert await desk.campaign(first.id) == second
    assert (second.version, second.text, second.state) == (2, NEW, State.WAITING)
    assert second.digest == seal(NEW, [ONE, TWO], None, account=ACCOUNT, door="http")
    assert second.expires_at == NOON + 25 * HOUR
    assert desk.record(first.id) == [(ANA, "created"), (ANA, "edited")]
    (told,) = desk.told(first.id)
    assert told.kind is NewsKind.EDITED
    assert told.facts == {
        "by": ANA,
        "version": 2,
        "added": 0,
        "removed": 0,
        "ninth": 0,
        "voided": 0,
        "voided_by": [],
    }
    await desk.sending.run()
    assert desk.gateway.sent == []


async def test_approvals_are_void_and_old_buttons_dead(open_desk: OpenDesk) -> None:
    """Whoever said yes is named, and may say it again, to the new words."""
    desk = await open_desk(make_policy(approvals=2))
    first = await desk.create()
    await desk.approve(first, by=BIA)
    second = (await _edit(desk, first)).campaign
    assert second.approvals == ()
    assert desk.told(first.id)[-1].facts["voided_by"] == [BIA]
    with pytest.raises(OldVersion):
        await desk.approve(first, by=CAIO)
    with pytest.raises(OldVersion):
        await desk.approving.reject(first.id, by=CAIO, version=1, reason="")
    await desk.approve(second, by=CAIO)
    assert (await desk.campaign(first.id)).state is State.WAITING
    assert (await desk.approve(second, by=BIA)).state is State.APPROVED
    assert len(desk.look("SELECT * FROM approvals")) == 3


async def test_what_goes_is_what_was_edited(desk: Desk) -> None:
    """The new words, to the new list, at the new time, and to nobody who was taken off it."""
    first = await desk.create()
    second = (await _edit(desk, first, numbers=f"{THREE}", send_at=NOON + HOUR)).campaign
    await desk.approve(second)
    await desk.sending.run()
    (asked,) = desk.gateway.sent
    assert (asked.text, asked.numbers, asked.send_at) == (NEW, (THREE,), NOON + HOUR)


async def test_the_list_is_compared_person_by_person(desk: Desk) -> None:
    """One who is spelled without the ninth digit is the same person, and nobody new."""
    first = await desk.create(numbers=f"{ONE},{TWO}\nfoo")
    spelled = f"{TWO[:2]}{TWO[3:]}"
    drafted = await _edit(desk, first, numbers=f"{THREE}, {spelled}, {THREE}, bar")
    assert await _numbers(desk, first) == (THREE, spelled)
    changes = await _changes(desk, first)
    assert changes is not None
    assert (changes.added, changes.removed) == (1, 1)
    assert (changes.text_before, changes.send_at_before) == ("Feliz Natal", None)
    assert (changes.version, changes.by, changes.at) == (2, ANA, NOON)
    view = await desk.viewing.campaign(first.id)
    assert view.left_out == {Fault.DUPLICATE: 1, Fault.NOT_A_NUMBER: 1}
    assert [each.raw for each in view.left_out_examples] == [THREE, "bar"]
    assert drafted.recipients.numbers == (THREE, spelled)


async def test_a_list_too_long_to_be_shown_is_kept(desk: Desk) -> None:
    """With who was left out of it, whatever the form holds of it."""
    first = await desk.create(numbers=f"{ONE},{TWO},foo")
    drafted = await _edit(desk, first, numbers="", keep_numbers=True)
    assert drafted.recipients.numbers == await _numbers(desk, first) == (ONE, TWO)
    assert (await desk.viewing.campaign(first.id)).left_out == {Fault.NOT_A_NUMBER: 1}
    await desk.approve(drafted.campaign)
    await desk.sending.run()
    assert desk.gateway.sent[0].numbers == (ONE, TWO)


async def test_each_version_says_how_it_differs_from_the_one_before(desk: Desk) -> None:
    """And every one stays on record, however many there are."""
    campaign = await desk.create()
    assert await _changes(desk, campaign) is None
    for text in ("um", "dois", "três"):
        campaign = (await _edit(desk, campaign, text=text)).campaign
    changes = await _changes(desk, campaign)
    assert changes is not None
    assert (changes.version, changes.text_before) == (4, "dois")
    kept = desk.look("SELECT version, text_before FROM changes ORDER BY version")
    assert kept == [(2, "Feliz Natal"), (3, "um"), (4, "dois")]


async def test_the_same_content_is_no_edit(desk: Desk) -> None:
    """In whatever order; another door is another content, though."""
    first = await desk.create()
    with pytest.raises(NothingChanged):
        await _edit(desk, first, text="Feliz Natal", numbers=f"{TWO},{ONE}")
    with pytest.raises(NothingChanged):
        await _edit(desk, first, text="Feliz Natal", keep_numbers=True)
    assert (await desk.campaign(first.id)) == first
    desk.gateway.door = "soap"
    second = (await _edit(desk, first, text="Feliz Natal")).campaign
    assert (second.version, second.door) == (2, "soap")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"text": " "}, NoText),
        ({"numbers": "foo"}, NoRecipients),
        ({"send_at": NOON - HOUR}, PastTime),
        ({"requester": BIA}, NotRequester),
    ],
)
async def test_an_edit_is_checked_like_a_new_campaign(
    desk: Desk, typed: dict[str, Any], refusal: type[Refusal]
) -> None:
    """And it is the requester's alone."""
    campaign = await desk.create()
    with pytest.raises(refusal):
        await _edit(desk, campaign, **typed)
    assert await desk.campaign(campaign.id) == campaign


@pytest.mark.parametrize(
    ("by", "version", "after", "refusal"),
    [
        (BIA, 1, 0, NotRequester),
        (ANA, 2, 0, OldVersion),
        (ANA, 1, 24, TooLate),
    ],
)
async def test_what_would_be_refused_is_refused_before_anybody_types(
    desk: Desk, by: UserId, version: int, after: int, refusal: type[Refusal]
) -> None:
    """Whoever opens the form hears it at once."""
    campaign = await desk.create()
    checked = await desk.editing.check_editable(campaign.id, by=ANA, version=1)
    assert checked == campaign
    desk.clock.advance(timedelta(hours=after))
    with pytest.raises(refusal):
        await desk.editing.check_editable(campaign.id, by=by, version=version)


async def test_what_is_decided_is_edited_no_more(desk: Desk) -> None:
    """Approved, sent or over: it is what it is."""
    approved, expired = await desk.approved(), await desk.create()
    with pytest.raises(AlreadyDecided):
        await _edit(desk, approved)
    desk.clock.advance(24 * HOUR)
    with pytest.raises(TooLate):
        await _edit(desk, expired)


@pytest.mark.parametrize("order", [("approve", "edit"), ("edit", "approve")])
async def test_of_an_approval_and_an_edit_at_once_the_first_counts(
    desk: Desk, order: tuple[str, str]
) -> None:
    """The other is refused, and what goes is what was approved."""
    campaign = await desk.create()
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "approve": lambda: desk.approve(campaign),
        "edit": lambda: _edit(desk, campaign),
    }
    ended = await asyncio.gather(*(acts[act]() for act in order), return_exceptions=True)
    (refused,) = [each for each in ended if isinstance(each, Exception)]
    now = await desk.campaign(campaign.id)
    if now.state is State.APPROVED:
        assert isinstance(refused, AlreadyDecided)
        assert now.text == campaign.text
    else:
        assert isinstance(refused, OldVersion)
        assert (now.version, now.approvals) == (2, ())
    await desk.sending.run()
    sent = [asked.text for asked in desk.gateway.sent]
    assert sent == (["Feliz Natal"] if now.state is State.APPROVED else [])


async def test_of_two_edits_of_one_version_the_first_counts(desk: Desk) -> None:
    """The form was opened in two windows; nothing is lost without a word."""
    campaign = await desk.create()
    await _edit(desk, campaign, text="um")
    with pytest.raises(OldVersion):
        await _edit(desk, campaign, text="dois")
    assert (await desk.campaign(campaign.id)).text == "um"
