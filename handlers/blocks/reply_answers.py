"""What is said about replies: who answered first, who is not to be written to."""

from bot.domain.numbers import pretty
from bot.domain.refusals import AlreadyAnswered, AlreadyOptedOut, NoSuchReply, OptedOut
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(NoSuchReply)
def _no_such_reply(_: NoSuchReply, voice: Voice) -> str:
    return voice.words.say(
        "That reply isn't kept any more, or its number can't be read. To write to them use"
        " `/sms-send`."
    )


@ANSWERS.says(AlreadyAnswered)
def _already_answered(error: AlreadyAnswered, voice: Voice) -> str:
    return voice.words.say(
        "{person} answered it already {time}, so yours wasn't sent. To send it all the same, press"
        " Answer once more.",
        person=voice.person(error.by),
        time=voice.at(error.at),
    )


@ANSWERS.says(OptedOut)
def _opted_out(error: OptedOut, voice: Voice) -> str:
    return voice.words.say(
        "{number} has asked not to be written to, so no answer goes to them. If they want to be"
        " written to again, whoever runs Torpedo can take them off the list.",
        number=pretty(error.number),
    )


@ANSWERS.says(AlreadyOptedOut)
def _already_opted_out(error: AlreadyOptedOut, voice: Voice) -> str:
    return voice.words.say(
        "{number} is on the opt-out list already. Nothing more to do.",
        number=pretty(error.number),
    )
