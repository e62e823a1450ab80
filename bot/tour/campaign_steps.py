"""The first half of the tour: a campaign from its card to its customers' answers."""

from functools import partial

from bot.tour.seeing import (
    Json,
    card_of,
    has_sent,
    is_counted,
    phones_with,
    plain,
    private,
    privates,
    privates_after,
    thread_of,
    thread_with,
)
from bot.tour.visitor import ANA, BRUNO, FIRST, SECOND, TourError, Visitor

BROKEN = "31977770000"
TEXT = "Feliz Natal! Passe na loja e ganhe um panetone. Responda SAIR para sair."
ANSWER = "Claro! Separamos dois pra voce."
THANKS = "Oba, passo hoje"
PING = "Quero dois! <!channel> *já* www.exemplo.com"


async def see_balance(visitor: Visitor) -> list[str]:
    """Ask what is left, and again where the platform's first answer isn't stored yet."""
    answer: Json = {}
    while not any(amount in plain(answer) for amount in ("10,000", "10.000")):
        seen = len(privates(await visitor.state(ANA)))
        await visitor.type(ANA, "/sms-balance")
        answers = await visitor.see(ANA, "the balance", partial(privates_after, seen=seen))
        answer = answers[-1]
    return ["ana: /sms-balance", *await visitor.quote("only ana sees", answer)]


async def see_bad_number(visitor: Visitor) -> list[str]:
    """Type a number that is none."""
    await visitor.type(ANA, "/sms-send 1234 Feliz Natal")
    answer = await visitor.see(ANA, "the refusal", lambda s: private(s, "1234"))
    if card_of(await visitor.state(ANA), 1) is not None:  # pragma: no cover - a broken program
        message = "a campaign was made of a bad number"
        raise TourError(message)
    return [
        "ana: /sms-send 1234 Feliz Natal",
        *await visitor.quote("only ana sees", answer),
    ]


async def see_send(visitor: Visitor) -> list[str]:
    """Ask for a campaign."""
    typed = f"/sms-send {FIRST},{SECOND},{BROKEN} {TEXT}"
    await visitor.type(ANA, typed)
    card = await visitor.see(BRUNO, "the card", lambda s: card_of(s, 1))
    return [f"ana: {typed}", *await visitor.quote("everybody sees", card)]


async def see_wrong_person(visitor: Visitor) -> list[str]:
    """Press Approve on one's own campaign."""
    await visitor.press(ANA, "campaign.approve", campaign=1)
    answer = await visitor.see(ANA, "the explanation", lambda s: private(s, "#1"))
    if (await visitor.log())["requests"] and has_sent(
        await visitor.log()
    ):  # pragma: no cover - a broken program
        message = "the requester's own approval sent something"
        raise TourError(message)
    return [
        "ana presses Approve on her own campaign",
        *await visitor.quote("only ana sees", answer),
    ]


async def see_approve(visitor: Visitor) -> list[str]:
    """Approve as the second person."""
    await visitor.press(BRUNO, "campaign.approve", campaign=1)
    await visitor.see(ANA, "the SMS", lambda s: len(phones_with(s, TEXT)) >= 2 or None)  # noqa: PLR2004  two of three exist
    return ["bruno presses Approve", f"the phones ring: {FIRST}, {SECOND}"]


async def see_delivered(visitor: Visitor) -> list[str]:
    """Watch the receipts come in."""

    def counted(state: Json) -> str | None:
        card = card_of(state, 1)
        words = "" if card is None else plain(card)
        return words if "2 " in words and is_counted(state, 1, 2) else None

    await visitor.see(ANA, "the receipts", counted)
    story = await visitor.see(
        ANA, "the end of the story", lambda s: thread_with(s, 1, "2 delivered", "2 entregues")
    )
    return await visitor.quote("the thread", story)


async def see_reply(visitor: Visitor) -> list[str]:
    """Answer from a phone, with words that would ping and link."""
    await visitor.do("answer", number=FIRST, text=PING)
    told = await visitor.see(ANA, "the reply", lambda s: thread_with(s, 1, "Quero dois!"))
    if "<!channel>" in (told.get("text") or ""):  # pragma: no cover - a broken program
        problem = "a stranger's text could ping the channel"
        raise TourError(problem)
    return [f"{FIRST} answers: {PING}", *await visitor.quote("the thread", told)]


async def see_answer(visitor: Visitor) -> list[str]:
    """Answer a customer from the thread; what they say to that comes back to it."""
    await visitor.press(ANA, "reply.answer", campaign=1)
    form = await visitor.see(ANA, "the form", lambda s: s["modal"])
    typed = {"text": {"text": {"type": "plain_text_input", "value": ANSWER}}}
    await visitor.do("modal/submit", person=ANA, view_id=form["id"], state=typed)
    phones = await visitor.see(ANA, "the SMS", lambda s: phones_with(s, ANSWER) or None)
    if phones != [FIRST]:  # pragma: no cover - a broken program
        problem = f"the answer reached {phones}"
        raise TourError(problem)
    told = await visitor.see(ANA, "the answer", _delivered_answer)
    if card_of(await visitor.state(ANA), 2) is not None:  # pragma: no cover - a broken program
        problem = "an answer had a card of its own in the channel"
        raise TourError(problem)
    await visitor.do("answer", number=FIRST, text=THANKS)
    back = await visitor.see(ANA, "what they say to it", lambda s: thread_with(s, 1, THANKS))
    return [
        f"ana presses Answer and writes: {ANSWER}",
        *await visitor.quote("the thread", told),
        f"the phone rings, and {FIRST} answers: {THANKS}",
        *await visitor.quote("the same thread", back),
    ]


def _delivered_answer(state: Json) -> Json | None:
    found = thread_with(state, 1, ANSWER)
    done = ("Delivered", "Entregue")
    return found if found and any(word in plain(found) for word in done) else None


async def see_duplicate(visitor: Visitor) -> list[str]:
    """Let the platform say the same thing twice."""
    before = len(thread_of(await visitor.state(ANA), 1))
    calls = len((await visitor.log())["callbacks"])
    await visitor.do("repeat")
    await visitor.do("answer", number=SECOND, text="Obrigado")
    await visitor.see(ANA, "the next reply", lambda s: thread_with(s, 1, "Obrigado"))
    log = (await visitor.log())["callbacks"]
    after = len(thread_of(await visitor.state(ANA), 1))
    if len(log) < calls + 2 or after != before + 1:  # pragma: no cover - a broken program
        message = f"a call-back that came twice changed something ({before} to {after})"
        raise TourError(message)
    return [
        "the platform sends its newest call-back once more, and is answered 200",
        f"{SECOND} answers: Obrigado",
        "the thread has one new reply, not two",
    ]


async def see_opt_out(visitor: Visitor) -> list[str]:
    """Ask for no more, from a phone."""
    await visitor.do("answer", number=SECOND, text="Sair!")
    told = await visitor.see(ANA, "the opt-out", lambda s: thread_with(s, 1, "Sair!"))
    return [f"{SECOND} answers: Sair!", *await visitor.quote("the thread", told)]
