"""Settling a part of unknown fate in Slack, from the button to what everybody sees."""

import pytest

from bot.domain.ids import CampaignId, GatewayId, UserId
from bot.domain.parts import Part, PartState, accept, depart, lose
from bot.domain.refusals import NotAGatewayId
from bot.ports import Transaction
from bot.services.settling import settle_part
from handlers.blocks.answers import field_error
from handlers.blocks.words import Words
from handlers.slack.settling import read_gateway_id
from tests.slack.reception import ANA, BRUNO, CARLA, GUEST, Reception

FIRST = CampaignId(1)
NOTICE = "#1 may or may not have gone to 1 person"
OPENING = "For a while nobody knew whether #1 had gone to 1 person"


async def part_of(reception: Reception, campaign: int = FIRST) -> Part:
    """Read the only part of a campaign as it is now."""
    (part,) = (await reception.services.viewing.campaign(CampaignId(campaign))).parts
    return part


async def write_campaign(reception: Reception) -> None:
    """Let Ana write a campaign, Bruno approve it, and its part wait for the platform."""
    await reception.type("/sms-send 31999990001 Oi")
    await reception.tell()
    await reception.press("campaign.approve", person=BRUNO)
    await reception.services.sending.run()
    await reception.tell()


async def lose_it(reception: Reception, campaign: int = FIRST) -> None:
    """Let its request leave, and the answer get lost."""
    now = reception.clock.now()

    def store_loss(tx: Transaction) -> None:
        (part,) = tx.parts.of(CampaignId(campaign))
        gone = depart(part, at=now)
        settle_part(tx, part, gone, at=now)
        settle_part(tx, gone, lose(gone, "read timeout", at=now), at=now)

    await reception.services.store.write(store_loss)
    await reception.tell()


async def lost(reception: Reception) -> Part:
    """Write a campaign whose answer gets lost."""
    await write_campaign(reception)
    await lose_it(reception)
    return await part_of(reception)


def told(reception: Reception, words: str) -> int:
    """Count the messages that say this now."""
    return sum(words in said for said in reception.public())


async def test_a_number_is_taken_as_a_word_to_be_checked(reception: Reception) -> None:
    """Anybody in the channel may know; the message says at once that it is being asked about."""
    await lost(reception)
    assert told(reception, NOTICE) == 1
    await reception.press("part.went", person=CARLA)
    await reception.submit(person=CARLA, gateway_id=" #90.005 ")
    part = await part_of(reception)
    assert (part.state, part.claimed_id, part.claimed_by) == (PartState.UNKNOWN, 90005, CARLA)
    await reception.tell()
    assert told(reception, NOTICE) == 1
    assert told(reception, f"<@{CARLA}> says it went as 90005: I'm asking") == 2  # the card, too


@pytest.mark.parametrize("typed", ["", "nenhum", "0", "9o005", "-5", "٩٠٠٠٥", "9" * 19])
async def test_what_is_no_number_is_said_at_its_field(reception: Reception, typed: str) -> None:
    """The form stays open, and nobody's word is taken for it."""
    await lost(reception)
    await reception.press("part.went", person=ANA)
    answer = await reception.submit(person=ANA, gateway_id=typed)
    said = field_error(NotAGatewayId(typed), words=Words())
    assert said is not None
    assert answer.json() == {"response_action": "errors", "errors": dict([said])}
    assert (await part_of(reception)).claimed_id is None


async def test_a_number_of_another_part_is_refused(reception: Reception) -> None:
    """Two parts are never one campaign at the platform."""
    await lost(reception)
    now = reception.clock.now()

    def store_yes(tx: Transaction) -> None:
        (part,) = tx.parts.of(FIRST)
        settle_part(tx, part, accept(part, GatewayId(90005), at=now), at=now)

    await reception.services.store.write(store_yes)
    await write_campaign(reception)
    await lose_it(reception, 2)
    await reception.press("part.went", person=BRUNO)
    await reception.submit(person=BRUNO, gateway_id="90005")
    assert "Number 90005 at the platform counts for #1 already" in reception.private(BRUNO)[-1]
    assert (await part_of(reception, 2)).claimed_id is None


async def test_sending_again_takes_an_approver_who_is_not_the_requester(
    reception: Reception,
) -> None:
    """It is a second yes: Ana's doesn't count, Bruno's does, and the message says whose."""
    before = await lost(reception)
    await reception.press("part.again", person=ANA)
    assert "somebody else" in reception.private(ANA)[-1]
    assert await part_of(reception) == before
    await reception.press("part.again", person=BRUNO)
    part = await part_of(reception)
    assert (part.state, part.resent, part.settled_by) == (PartState.READY, 1, BRUNO)
    await reception.tell()
    assert told(reception, f"<@{BRUNO}>: #1 goes once more, to 1 person.") == 1
    assert told(reception, f"<@{BRUNO}> decided to send it once more") == 1
    assert told(reception, '"part.again"') == told(reception, NOTICE) == 0


async def test_each_try_has_a_message_and_buttons_of_its_own(reception: Reception) -> None:
    """A button of the first try decides nothing about the second."""
    await lost(reception)
    _, old = reception.find("part.again")
    await reception.press("part.again", person=BRUNO)
    await reception.tell()
    await lose_it(reception)
    assert (told(reception, OPENING), told(reception, NOTICE)) == (1, 1)
    await reception.press("part.leave", person=CARLA, value=old["value"])
    assert "Use the newer message in the thread of #1." in reception.private(CARLA)[-1]
    assert (await part_of(reception)).state is PartState.UNKNOWN
    await reception.press("part.leave", person=CARLA)
    assert (await part_of(reception)).state is PartState.DROPPED


async def test_what_is_left_has_no_buttons_and_says_by_whom(reception: Reception) -> None:
    """A second press, from a screen that still shows them, is told who was quicker."""
    await lost(reception)
    _, button = reception.find("part.leave")
    await reception.press("part.leave", person=CARLA)
    await reception.tell()
    assert told(reception, f"<@{CARLA}> left it as it is. 1 person may or may not have it") == 1
    assert told(reception, "Not sent, as far as is known") == 1
    assert told(reception, '"part.leave"') == 0
    for action in ("part.leave", "part.again", "part.went"):
        await reception.press(action, person=BRUNO, value=button["value"])
        assert f"#1: <@{CARLA}> was quicker. This is settled" in reception.private(BRUNO)[-1]
    assert reception.sandbox.world.slack.views.top(BRUNO) is None


async def test_a_number_that_comes_too_late_changes_nothing(reception: Reception) -> None:
    """Carla leaves it while Bruno is still looking in the platform's panel."""
    await lost(reception)
    await reception.press("part.went", person=BRUNO)
    await reception.press("part.leave", person=CARLA)
    await reception.submit(person=BRUNO, gateway_id="90005")
    assert f"<@{CARLA}> was quicker" in reception.private(BRUNO)[-1]
    assert (await part_of(reception)).claimed_id is None


@pytest.mark.parametrize("action", ["part.went", "part.again", "part.leave"])
async def test_outsiders_settle_nothing(reception: Reception, action: str) -> None:
    """The buttons are on a guest's screen, too."""
    before = await lost(reception)
    await reception.press(action, person=GUEST)
    assert "full members" in reception.private(GUEST)[-1]
    assert await part_of(reception) == before


@pytest.mark.parametrize(
    ("typed", "read"), [("90005", 90005), (" 007\n", 7), ("9" * 18, 10**18 - 1)]
)
def test_numbers_are_read_as_the_panel_shows_them(typed: str, read: int) -> None:
    """Pasted with spaces, or with noughts before them."""
    assert read_gateway_id(typed) == read


async def test_late_news_of_what_was_left_names_nobody_as_its_witness(reception: Reception) -> None:
    """Bruno left it; he never said that it went, and no list was asked."""
    part = await lost(reception)
    await reception.services.resolving.leave(FIRST, part.id, by=UserId(BRUNO), resent=0)
    await reception.tell()

    def call_back(tx: Transaction) -> None:
        left = tx.parts.get(part.id)
        found = accept(left, GatewayId(90001), at=reception.clock.now())
        settle_part(tx, left, found, at=reception.clock.now())

    await reception.services.store.write(call_back)
    await reception.tell()
    (notice,) = [said for said in reception.public() if OPENING in said]
    assert "the platform has reported on it" in notice
    assert "as <@" not in notice
    assert "left" not in notice


async def test_who_asks_gets_a_deleted_message_again(reception: Reception) -> None:
    """Its buttons are the way to settle it, so they must not be lost with it."""
    await lost(reception)
    store = reception.services.store
    assert await store.read(lambda tx: tx.outbox.waiting()) == 0
    await reception.type("/sms-status 1")
    assert await store.read(lambda tx: tx.outbox.waiting()) == 2  # the card, and the message
