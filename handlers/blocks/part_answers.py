"""What is said where a part of unknown fate can't be settled as somebody wanted."""

from bot.domain.parts import PartState
from bot.domain.refusals import GatewayIdTaken, NotAGatewayId, NotUnknown
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(NotUnknown)
def _not_unknown(error: NotUnknown, voice: Voice) -> str:
    """Say how it was settled, or that the button is about a try that was followed by another.

    The message with the button names the part; how many others there are isn't known here.
    """
    words = voice.words
    facts = {"campaign": voice.ref(error.campaign), "person": voice.person(error.by)}
    if error.state is PartState.UNKNOWN:
        return words.say(
            "This was sent again since, and that try is open, too. Use the newer message in the"
            " thread of {campaign}.",
            **facts,
        )
    if error.state in {PartState.READY, PartState.IN_FLIGHT}:
        return words.say(
            "{campaign}: {person} is having this sent again. Nothing more to do.", **facts
        )
    if error.state is PartState.ACCEPTED:
        return _say_went(error, voice, facts)
    return words.say(
        "{campaign}: {person} was quicker. This is settled, and nothing more of it goes.",
        **facts,
    )


def _say_went(error: NotUnknown, voice: Voice, facts: dict[str, str]) -> str:
    if error.by is None:
        return voice.words.say(
            "{campaign}: this did go, the platform has reported on it. Nothing more to do.",
            **facts,
        )
    return voice.words.say(
        "{campaign}: {person} was quicker. This is at the platform. Nothing more to do.",
        **facts,
    )


@ANSWERS.says(NotAGatewayId)
def _not_a_gateway_id(error: NotAGatewayId, voice: Voice) -> str:
    if not error.typed.strip():
        return voice.words.say("Which number? It has digits alone, like 90005.")
    return voice.words.say(
        "{typed} isn't a campaign number of the platform: those have digits alone, like 90005.",
        typed=voice.typed(error.typed),
    )


@ANSWERS.says(GatewayIdTaken)
def _gateway_id_taken(error: GatewayIdTaken, voice: Voice) -> str:
    return voice.words.say(
        "Number {number} at the platform counts for {campaign} already, as another request. Look"
        " again for the one with this text and time.",
        number=error.gateway_id,
        campaign=voice.ref(error.campaign),
    )
