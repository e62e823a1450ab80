"""What is said to somebody who wanted a test and gets none now."""

from bot.domain.numbers import pretty
from bot.domain.trial_refusals import (
    NotAMobile,
    OwnNumberOptedOut,
    TooManyTrials,
    TrialTooSoon,
    TrialUnderWay,
)
from bot.domain.trials import MOST_AN_HOUR
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(NotAMobile)
def _not_a_mobile(error: NotAMobile, voice: Voice) -> str:
    todo = voice.words.say("Write DDD and number, like 31999990001.")
    if not error.typed.strip():
        return todo
    said = voice.words.say("{typed} isn't a Brazilian mobile.", typed=voice.typed(error.typed))
    return f"{said} {todo}"


@ANSWERS.says(OwnNumberOptedOut)
def _opted_out(error: OwnNumberOptedOut, voice: Voice) -> str:
    return voice.words.say(
        "{number} has asked not to be written to, so not even a test goes to it. Whoever runs"
        " Torpedo can take it off the opt-out list; or write another number.",
        number=pretty(error.number),
    )


@ANSWERS.says(TrialTooSoon)
def _too_soon(error: TrialTooSoon, voice: Voice) -> str:
    return voice.words.say(
        "Tests go once a minute and {most} times an hour at most, so this one wasn't sent. The next"
        " can go {time}.",
        most=voice.words.number(MOST_AN_HOUR),
        time=voice.at(error.until),
    )


@ANSWERS.says(TrialUnderWay)
def _under_way(error: TrialUnderWay, voice: Voice) -> str:
    return voice.words.say(
        "Your last test of {campaign} is still on its way to the platform, so no other was sent."
        " It goes by itself as soon as the platform takes it.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(TooManyTrials)
def _too_many(error: TooManyTrials, voice: Voice) -> str:
    return voice.words.say(
        "This version of {campaign} has been tested {most} times, which is the most. After an edit"
        " it can be tested again.",
        campaign=voice.ref(error.campaign),
        most=voice.words.number(error.most),
    )
