"""Drafting: what a person typed becomes a campaign that waits, or a refusal that helps."""

from datetime import timedelta

import pytest

from bot.domain.campaign import State
from bot.domain.digest import seal
from bot.domain.news import NewsKind
from bot.domain.numbers import Fault
from bot.domain.refusals import (
    AlreadyDecided,
    FarTime,
    NoRecipients,
    NoSuchCampaign,
    NoText,
    NotRequester,
    PastTime,
    QuietHours,
    TextTooLong,
    TooManyRecipients,
)
from tests.builders import (
    ACCOUNT,
    ANA,
    BIA,
    HOUR,
    NIGHT,
    NOON,
    ONE,
    TWO,
    make_campaign,
    make_draft,
    make_policy,
)
from tests.services.conftest import OpenDesk
from tests.services.desk import Desk


async def test_a_new_campaign_waits_for_approval(desk: Desk) -> None:
    """It is stored with its people, its digest and its card, and nothing goes."""
    drafted = await desk.drafting.create(make_draft(numbers=f"{ONE}\nfoo; {TWO}, {ONE}"))
    campaign = await desk.campaign(drafted.campaign.id)
    assert campaign == drafted.campaign
    assert campaign.state is State.WAITING
    assert campaign.digest == seal("Feliz Natal", [ONE, TWO], None, account=ACCOUNT, door="http")
    assert [out.fault for out in drafted.recipients.left_out] == [
        Fault.NOT_A_NUMBER,
        Fault.DUPLICATE,
    ]
    assert desk.record(campaign.id) == [(ANA, "created")]
    assert desk.look("SELECT kind FROM outbox") == [("card",)]
    await desk.sending.run()
    assert desk.gateway.sent == []


async def test_campaigns_are_numbered_for_people(desk: Desk) -> None:
    """#1, #2, #3: short enough to say aloud."""
    assert [(await desk.create()).id for _ in range(3)] == [1, 2, 3]


async def test_what_is_approved_is_what_phones_show(desk: Desk) -> None:
    """The text is spelled for phones before it is sealed, not after."""
    campaign = await desk.create(text="“Feliz\u200b Natal” …\r\n")
    assert campaign.text == '"Feliz Natal" ...'


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"name": "  Natal  "}, "Natal"),
        ({"text": "Feliz\nNatal"}, "Feliz Natal"),
        (
            {"text": "A loja inteira com desconto de trinta por cento"},
            "A loja inteira com desconto de trinta…",
        ),
        ({"text": "x" * 100}, "x" * 39 + "…"),
    ],
)
async def test_a_campaign_without_a_name_goes_by_its_first_words(
    desk: Desk, typed: dict[str, str], name: str
) -> None:
    """People tell campaigns apart by how they begin."""
    assert (await desk.create(**typed)).name == name


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\ufeff"])
async def test_a_text_that_shows_nothing_is_refused(desk: Desk, text: str) -> None:
    """An empty message costs a credit and says nothing."""
    with pytest.raises(NoText):
        await desk.create(text=text)


@pytest.mark.parametrize("numbers", ["", "\n,;", "foo, 12, 31 3333-4444"])
async def test_nobody_to_write_to_is_refused_with_what_was_left_out(
    desk: Desk, numbers: str
) -> None:
    """Each with its reason, so that it can be put right."""
    with pytest.raises(NoRecipients) as refused:
        await desk.create(numbers=numbers)
    assert len(refused.value.left_out) == (3 if "foo" in numbers else 0)


async def test_more_people_than_one_campaign_takes_are_refused(open_desk: OpenDesk) -> None:
    """The limit itself is still fine."""
    desk = await open_desk(make_policy(most_people=2))
    await desk.create(numbers=f"{ONE},{TWO}")
    with pytest.raises(TooManyRecipients) as refused:
        await desk.create(numbers=f"{ONE},{TWO},11977770003")
    assert refused.value.limit == 2


async def test_a_text_that_leaves_no_room_for_a_number_is_refused(desk: Desk) -> None:
    """Better now than after somebody approved it."""
    desk.gateway.longest_number = 0
    with pytest.raises(TextTooLong):
        await desk.create()


async def test_there_has_to_be_room_for_the_longest_number(desk: Desk) -> None:
    """A short number in the list says nothing of the long ones that a text should have room for."""
    desk.gateway.longest_number = 10
    with pytest.raises(TextTooLong):
        await desk.create(numbers="1188880002")


async def test_a_time_that_cannot_be_is_refused(open_desk: OpenDesk) -> None:
    """Passed, too far, or at night."""
    desk = await open_desk(make_policy(quiet=NIGHT))
    with pytest.raises(PastTime):
        await desk.create(send_at=NOON)
    with pytest.raises(FarTime):
        await desk.create(send_at=NOON + timedelta(days=400))
    with pytest.raises(QuietHours):
        await desk.create(send_at=NOON + 12 * HOUR)


async def test_nothing_of_a_refused_draft_is_kept(desk: Desk) -> None:
    """Not even its number."""
    with pytest.raises(NoText):
        await desk.create(text="")
    assert desk.look("SELECT * FROM campaigns") == []
    assert (await desk.create()).id == 1


async def test_the_requester_takes_a_campaign_back(desk: Desk) -> None:
    """Before and after approval, while nothing has gone; it is on record."""
    waiting, approved = await desk.create(), await desk.approved()
    for campaign in (waiting, approved):
        with pytest.raises(NotRequester):
            await desk.editing.cancel(campaign.id, by=BIA)
        cancelled = await desk.editing.cancel(campaign.id, by=ANA)
        assert cancelled.state is State.CANCELLED
        assert desk.record(campaign.id)[-1] == (ANA, "cancelled")
        assert desk.story(campaign.id)[-1] is NewsKind.CANCELLED
    await desk.sending.run()
    assert desk.gateway.sent == []


async def test_what_has_gone_cannot_be_taken_back(desk: Desk) -> None:
    """The platform has it: the brake is for that."""
    campaign = await desk.submitted()
    with pytest.raises(AlreadyDecided):
        await desk.editing.cancel(campaign.id, by=ANA)
    assert await desk.campaign(campaign.id) == campaign


async def test_a_campaign_that_is_not_there_is_not_found(desk: Desk) -> None:
    """Nobody guesses numbers with profit."""
    with pytest.raises(NoSuchCampaign):
        await desk.editing.cancel(make_campaign().id, by=ANA)


async def test_the_door_is_chosen_for_the_list_and_sealed_with_it(desk: Desk) -> None:
    """The gateway says which one takes these people; the approval counts for it."""
    desk.gateway.soap_beyond = 1
    campaign = await desk.approved()
    assert campaign.door == "soap"
    assert campaign.digest == seal("Feliz Natal", [ONE, TWO], None, account=ACCOUNT, door="soap")
    await desk.sending.run()
    assert [asked.numbers for asked in desk.gateway.sent] == [(ONE, TWO)]
    assert (await desk.create(numbers=ONE)).door == "http"
