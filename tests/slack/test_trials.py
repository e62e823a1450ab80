"""Send me a test, in Slack: from the button to the message in the thread."""

import pytest

from bot.domain.campaign import Campaign, State
from bot.domain.ids import CampaignId
from tests.brittle import BrittleStore
from tests.builders import HOUR, MINUTE
from tests.slack.reception import ANA, BRUNO, CARLA, GUEST, Reception

FIRST, SECOND = CampaignId(1), CampaignId(2)
PHONE = "(31) 96666-0004"
RAW = "31966660004"


async def write(reception: Reception) -> None:
    """Let Ana write a campaign, and its card be posted."""
    await reception.type("/sms-send 31999990001,31988880002 Feliz Natal")
    await reception.tell()


async def trials(reception: Reception) -> list[Campaign]:
    """Read all tests, oldest first."""
    found = await reception.services.store.read(lambda tx: tx.campaigns.in_states(State))
    return [campaign for campaign in found if campaign.trial is not None]


async def kept(reception: Reception, person: str = ANA) -> bool:
    """Whether somebody's own number is kept."""
    return await reception.services.trying.knows_number(person)  # type: ignore[arg-type]  # an id


def filled(reception: Reception, person: str = ANA) -> str | None:
    """Read what the form's only field is filled with."""
    (field,) = [block for block in reception.modal(person).blocks if block["type"] == "input"]
    value: str | None = field["element"].get("initial_value")
    return value


async def submit(reception: Reception, number: str, *, person: str = ANA) -> str:
    """Send the form that is open; returns what is said at its field."""
    answer = await reception.submit(person=person, own_number=number)
    if not answer.text:
        return ""
    said: str = answer.json()["errors"]["own_number"]
    return said


async def try_out(reception: Reception, number: str = RAW, *, person: str = ANA) -> str:
    """Press the button and send the form."""
    await reception.press("test.open", person=person)
    return await submit(reception, number, person=person)


async def test_a_press_a_number_and_send(reception: Reception) -> None:
    """The form shows the text with its mark; the thread hears for whom it is, and no number."""
    await write(reception)
    await reception.press("test.open", person=ANA)
    assert "[TEST] Feliz Natal" in str(reception.modal(ANA).blocks)
    assert filled(reception) is None
    assert await submit(reception, f" +55 {PHONE}") == ""
    (trial,) = await trials(reception)
    assert (trial.text, trial.home, trial.requester) == ("[TEST] Feliz Natal", FIRST, ANA)
    await reception.tell()
    card, told = reception.public()
    assert f"Test of #1 for <@{ANA}>: ⏳ On its way" in told
    assert "Waiting for approval" in card
    assert "6666" not in f"{card}{told}{reception.private(ANA)}{reception.private(BRUNO)}"


async def test_the_number_is_asked_for_once_and_shown_to_its_owner_alone(
    reception: Reception,
) -> None:
    """Whoever presses gets it on their own phone, whoever wrote the campaign."""
    await write(reception)
    await try_out(reception)
    await reception.press("test.open", person=ANA)
    assert filled(reception) == PHONE
    await reception.press("test.open", person=BRUNO)
    assert filled(reception, BRUNO) is None


async def test_a_number_that_is_none_is_said_at_its_field(reception: Reception) -> None:
    """And so is none at all; nothing is kept or sent."""
    await write(reception)
    assert "“3133330000” isn't a Brazilian mobile" in await try_out(reception, "3133330000")
    assert await submit(reception, "  ") == "Write DDD and number, like 31999990001."
    assert await trials(reception) == []
    assert not await kept(reception)


async def test_an_emptied_number_is_forgotten(reception: Reception) -> None:
    """Nothing is sent then, and its owner is told; also while no other test may go."""
    await write(reception)
    await try_out(reception)
    assert await kept(reception)
    assert await try_out(reception, "") == ""
    assert "Your number is forgotten, and no test was sent." in reception.private()[-1]
    assert not await kept(reception)
    assert len(await trials(reception)) == 1


async def test_what_must_wait_is_said_in_the_form(reception: Reception) -> None:
    """Where what was written stays; after that the next one goes."""
    await write(reception)
    await try_out(reception)
    assert "is still on its way to the platform" in await try_out(reception)
    reception.clock.advance(2 * HOUR + MINUTE)
    await reception.services.sending.run()
    await try_out(reception)
    reception.clock.advance(2 * HOUR + MINUTE)
    await reception.services.sending.run()
    assert len(await trials(reception)) == 2


async def test_a_form_that_is_sent_twice_makes_one_test(reception: Reception) -> None:
    """It is let through, and nothing comes of it."""
    await write(reception)
    await reception.press("test.open", person=ANA)
    view = reception.modal(ANA)
    for _ in range(2):
        assert await submit(reception, RAW) == ""
        reception.sandbox.world.slack.views._stacks[ANA] = [view]
    assert len(await trials(reception)) == 1


async def test_a_card_that_was_changed_or_decided_sends_no_test(reception: Reception) -> None:
    """Its button explains itself, and so does a form that was open meanwhile."""
    await write(reception)
    _, button = reception.find("test.open")
    await reception.press("test.open", person=CARLA)
    await reception.press("campaign.approve", person=BRUNO)
    assert "was approved by" in await submit(reception, RAW, person=CARLA)
    await reception.press("test.open", person=ANA, value=button["value"])
    assert "was approved by" in reception.private()[-1]
    assert await trials(reception) == []


@pytest.mark.parametrize("opened", [True, False])
async def test_guests_get_no_test(reception: Reception, *, opened: bool) -> None:
    """The button is on a guest's screen, too; nor does a form of theirs count."""
    await write(reception)
    if opened:
        await reception.press("test.open", person=ANA)
        views = reception.sandbox.world.slack.views
        views.open(GUEST, reception.modal(ANA).definition)
        await submit(reception, RAW, person=GUEST)
    else:
        await reception.press("test.open", person=GUEST)
        assert reception.sandbox.world.slack.views.top(GUEST) is None
    assert "full members" in reception.private(GUEST)[-1]
    assert await trials(reception) == []
    assert not await kept(reception, GUEST)


async def test_a_button_or_form_of_another_shape_is_left_alone(reception: Reception) -> None:
    """It is answered, and nothing comes of it."""
    await write(reception)
    answer = await reception.press("test.open", person=ANA, value="1; DROP")
    assert answer.status_code == 200
    await reception.press("test.open", person=ANA)
    reception.modal(ANA).definition |= {"private_metadata": "{}"}
    assert await submit(reception, RAW) == ""
    assert await trials(reception) == []


async def test_a_form_is_answered_whatever_breaks(reception: Reception) -> None:
    """An ack that is lost would leave the person before a dead form."""
    await write(reception)
    await reception.press("test.open", person=ANA)
    broken = BrittleStore(reception.services.store)
    broken.cant_read = True
    reception.services.trying._store = broken
    assert "Try again in a minute" in await submit(reception, RAW)
    assert await trials(reception) == []


async def test_a_test_is_told_by_its_number_and_listed_nowhere(reception: Reception) -> None:
    """Its message is all there is to tell."""
    await write(reception)
    await try_out(reception)
    await reception.type("/sms-status")
    assert "#2" not in reception.private()[-1]
    await reception.type("/sms-status 2")
    assert f"Test of #1 for <@{ANA}>" in reception.private()[-1]
    await reception.type("/sms-hold all")
    assert "Nothing runs in this channel" in reception.private()[-1]
