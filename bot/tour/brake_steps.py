"""The second half of the tour: a schedule, the brake, a no, and a look back."""

from bot.tour.seeing import (
    button_in_thread,
    campaign_is,
    card_of,
    newest_campaign,
    phones_with,
    private,
    thread_with,
)
from bot.tour.visitor import ANA, BRUNO, CARLA, FIRST, SECOND, TourError, Visitor

DAY = 24 * 3600


async def see_schedule(visitor: Visitor) -> list[str]:
    """Ask for a campaign for tomorrow."""
    typed = f"/sms-schedule amanhã 9h {FIRST},{SECOND} Bom dia! A loja abre às 10."
    await visitor.type(ANA, typed)
    card = await visitor.see(CARLA, "the card", lambda s: card_of(s, 3))
    await visitor.press(CARLA, "campaign.approve", campaign=3)
    await visitor.see(ANA, "the schedule", lambda s: campaign_is(s, "scheduled"))
    people = await visitor.see(ANA, "who is left", lambda s: newest_campaign(s)["people"])
    if people != 1:  # pragma: no cover - a broken program
        message = f"the person who opted out was not left out: {people} people"
        raise TourError(message)
    return [
        f"ana: {typed}",
        *await visitor.quote("everybody sees", card),
        "carla presses Approve; the platform keeps it for tomorrow",
        f"for 1 person: {SECOND} opted out",
    ]


async def see_hold(visitor: Visitor) -> list[str]:
    """Pull the brake, and let its time pass."""
    await visitor.type(ANA, "/sms-hold 3")
    await visitor.see(ANA, "the hold", lambda s: campaign_is(s, "held"))
    await visitor.do("clock", advance=2 * DAY)
    if phones_with(await visitor.state(ANA), "Bom dia!"):  # pragma: no cover - a broken program
        message = "a held campaign was delivered"
        raise TourError(message)
    return ["ana: /sms-hold 3", "two days later (the platform's clock) nothing has gone"]


async def see_release(visitor: Visitor) -> list[str]:
    """Let it go, with the second person."""
    await visitor.type(ANA, "/sms-release 3")
    asked = await visitor.see(ANA, "the request", lambda s: button_in_thread(s, 3))
    await visitor.press(BRUNO, "release.approve", campaign=3)
    await visitor.see(ANA, "the SMS", lambda s: phones_with(s, "Bom dia!"))
    return [
        "ana: /sms-release 3",
        *await visitor.quote("the thread", asked),
        "bruno presses Approve; the phone rings",
    ]


async def see_reject(visitor: Visitor) -> list[str]:
    """Reject a campaign, and say why."""
    typed = f"/sms-send {FIRST} Promoção relâmpago"
    await visitor.type(ANA, typed)
    await visitor.see(CARLA, "the card", lambda s: card_of(s, 4))
    await visitor.press(CARLA, "campaign.reject", campaign=4)
    modal = await visitor.see(CARLA, "the question why", lambda s: s["modal"])
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "Falta o preço"}}}
    await visitor.do("modal/submit", person=CARLA, view_id=modal["id"], state=reason)
    told = await visitor.see(ANA, "the reason", lambda s: thread_with(s, 4, "Falta o preço"))
    return [
        f"ana: {typed}",
        "carla presses Reject and says why",
        *await visitor.quote("the thread", told),
    ]


async def see_status(visitor: Visitor) -> list[str]:
    """Ask how it went."""
    await visitor.type(BRUNO, "/sms-status 1")
    answer = await visitor.see(BRUNO, "the status", lambda s: private(s, "#1"))
    return ["bruno: /sms-status 1", *await visitor.quote("only bruno sees", answer)]
