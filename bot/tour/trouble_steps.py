"""The last part of the tour: second thoughts, and an answer of the platform that gets lost."""

from bot.tour.seeing import Json, card_of, find_button, phones_with, plain, thread_with
from bot.tour.visitor import ANA, BRUNO, FIRST, TourError, Visitor

OLD, NEW = "Sábado tem café", "Domingo tem café"
OWN = "31966660004"
MANY, LONG = 400, "A loja nova abriu"


async def see_test(visitor: Visitor) -> list[str]:
    """Have a waiting campaign's text sent to one's own phone."""
    typed = f"/sms-send {FIRST} {OLD}"
    await visitor.type(ANA, typed)
    await visitor.see(ANA, "the card", lambda s: card_of(s, 5))
    await visitor.press(ANA, "test.open", campaign=5)
    form = await visitor.see(ANA, "the form", lambda s: s["modal"])
    number = {"own_number": {"own_number": {"type": "plain_text_input", "value": OWN}}}
    await visitor.do("modal/submit", person=ANA, view_id=form["id"], state=number)
    phones = await visitor.see(ANA, "the test", lambda s: phones_with(s, OLD) or None)
    if phones != [OWN] or not phones_with(
        await visitor.state(ANA), "[TEST"
    ):  # pragma: no cover - a broken program
        message = f"the test reached {phones}"
        raise TourError(message)
    told = await visitor.see(ANA, "its end", lambda s: thread_with(s, 5, "Delivered", "Entregue"))
    return [
        f"ana: {typed}",
        f"ana presses Send me a test and writes her own number, {OWN}: that phone alone rings",
        *await visitor.quote("the thread", told),
    ]


async def see_edit(visitor: Visitor) -> list[str]:
    """Change a waiting campaign: the card shows the difference."""
    await visitor.press(ANA, "campaign.edit", campaign=5)
    modal = await visitor.see(ANA, "the form", lambda s: s["modal"])
    written = {"text": {"typing.text": {"type": "plain_text_input", "value": NEW}}}
    await visitor.do("modal/submit", person=ANA, view_id=modal["id"], state=written)
    card = await visitor.see(BRUNO, "the new version", lambda s: _with(card_of(s, 5), "Domingo"))
    return [
        "ana presses Edit: it is Sunday, not Saturday",
        *await visitor.quote("everybody sees", card),
    ]


async def see_lost(visitor: Visitor) -> list[str]:
    """Lose the platform's answer: nothing is sent again by itself."""
    await visitor.do("trouble", kind="html", scope="sendsms", times=1)
    await visitor.press(BRUNO, "campaign.approve", campaign=5)
    await visitor.see(BRUNO, "the buttons", lambda s: find_button(s, "part.again", 5))
    told = await visitor.see(BRUNO, "what happened", lambda s: thread_with(s, 5, "HTTP 500"))
    if phones_with(await visitor.state(ANA), NEW):  # pragma: no cover - a broken program
        message = "what may have gone was sent again"
        raise TourError(message)
    return [
        "the platform answers with an error page; bruno presses Approve",
        *await visitor.quote("the thread", told),
    ]


async def see_again(visitor: Visitor) -> list[str]:
    """Let somebody decide: it goes once more, on a second person's word."""
    await visitor.press(BRUNO, "part.again", campaign=5)
    phones = await visitor.see(ANA, "the SMS", lambda s: phones_with(s, NEW))
    if len(phones) != 1:  # pragma: no cover - a broken program
        message = f"{len(phones)} texts instead of one"
        raise TourError(message)
    return ["bruno looks at the platform's panel and presses Send again", "the phone rings, once"]


async def see_many(visitor: Visitor) -> list[str]:
    """Write to more people than fit one address: they are one campaign at the platform."""
    numbers = ",".join(f"3197{7_000_001 + at:07}" for at in range(MANY))
    await visitor.type(ANA, f"/sms-send {numbers} {LONG}")
    await visitor.see(BRUNO, "the card", lambda s: card_of(s, 7))
    await visitor.press(BRUNO, "campaign.approve", campaign=7)
    card = await visitor.see(ANA, "one campaign", lambda s: _with(card_of(s, 7), "1 camp") or None)
    asked = [one for one in (await visitor.log())["requests"] if one["text"] == LONG]
    if [(one["door"], len(one["numbers"])) for one in asked] != [
        ("soap", MANY)
    ]:  # pragma: no cover - a broken program
        message = f"{MANY} people went in {len(asked)} requests"
        raise TourError(message)
    return [
        f"ana writes to {MANY} people at once; bruno presses Approve",
        "one call of the platform's web service takes them all",
        *await visitor.quote("everybody sees", card),
    ]


def _with(card: Json | None, words: str) -> Json | None:
    return card if card is not None and words in plain(card) else None
