"""A lost answer over real sockets: Needs you, and each way to settle it."""

from bot.sandbox.campaigns import SendOrder
from bot.sandbox.troubles import Trouble
from bot.tour.seeing import Json, find_button
from bot.tour.visitor import ANA, BRUNO, CARLA, FIRST, SECOND
from tests.journeys.conftest import Town


async def lose(town: Town, kind: Trouble, *, typed: str = f"/sms-send {FIRST} Oi") -> None:
    """Have a campaign approved whose one answer gets lost."""
    await town.visitor.type(ANA, typed)
    await town.card_says("Waiting for approval")
    await town.sandbox.set_trouble(kind, scope="sendsms", times=1)
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("Needs you")


async def acted(town: Town) -> list[Json]:
    """List the requests that the platform carried out."""
    return [request for request in await town.sent() if request["acted"]]


async def submit(town: Town, person: str, **typed: str) -> Json:
    """Fill in the form that is open, and send it off."""
    form = await town.visitor.see(person, "the form", lambda state: state["modal"])
    state = {
        name: {name: {"type": "plain_text_input", "value": value}} for name, value in typed.items()
    }
    return await town.visitor.do("modal/submit", person=person, view_id=form["id"], state=state)


async def test_what_did_not_go_is_sent_again_by_the_second_person_alone(town: Town) -> None:
    """The requester's press explains itself; the approver's sends it, once."""
    await lose(town, Trouble.HTML)
    await town.visitor.press(ANA, "part.again", campaign=1)
    await town.told_privately("somebody else")
    assert await acted(town) == []
    await town.visitor.press(BRUNO, "part.again", campaign=1)
    await town.card_says("Done")
    assert len(await acted(town)) == 1


async def test_what_went_is_claimed_and_checked_with_the_platform(town: Town) -> None:
    """A scheduled campaign calls back tomorrow, so a person gives its number today."""
    await lose(town, Trouble.LOST, typed=f"/sms-schedule amanhã 9h {FIRST},{SECOND} Oi")
    (request,) = await acted(town)
    await town.visitor.press(CARLA, "part.went", campaign=1)
    answer = await submit(town, CARLA, gateway_id="nenhum")
    assert answer["errors"]
    await submit(town, CARLA, gateway_id=str(request["id"]))
    await town.card_says("Scheduled")
    assert len(await acted(town)) == 1


async def test_another_campaigns_number_is_found_out(town: Town) -> None:
    """A slip in the number is told, and the part stays for somebody to settle."""
    others = SendOrder(text="De outra loja", numbers=("31977770003",))
    other = town.sandbox.world.platform.send(others).id
    await lose(town, Trouble.HTML)
    await town.visitor.press(ANA, "part.went", campaign=1)
    await submit(town, ANA, gateway_id=str(other))
    await town.told_in_thread("other people")
    await town.card_says("Needs you")


async def test_what_is_left_goes_to_nobody(town: Town) -> None:
    """The buttons are gone, and the campaign is over."""
    await lose(town, Trouble.HTML)
    await town.visitor.press(ANA, "part.leave", campaign=1)
    await town.visitor.see(
        ANA, "no buttons", lambda state: find_button(state, "part.leave", 1) is None or None
    )
    await town.card_says("Not sent")
    assert await acted(town) == []


async def test_a_call_back_settles_it_by_itself(town: Town) -> None:
    """The platform acted: its first delivery proves it, and nobody is asked any more."""
    await town.visitor.type(ANA, f"/sms-send {FIRST} Oi")
    await town.card_says("Waiting for approval")
    await town.sandbox.set_trouble(Trouble.LOST, scope="sendsms", times=1)
    await town.visitor.press(BRUNO, "campaign.approve", campaign=1)
    await town.card_says("Done")
    assert len(await acted(town)) == 1
