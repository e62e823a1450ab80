"""What is said about a draft: its text, its numbers, its time."""

from bot.domain.refusals import (
    DoubledTime,
    FarTime,
    NoRecipients,
    NoSuchOffer,
    NoText,
    NothingChanged,
    OfferTaken,
    PastTime,
    QuietHours,
    SkippedTime,
    TextTooLong,
    TooManyRecipients,
    UnreadTime,
)
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.quiet_lines import say_why
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(NoText)
def _no_text(_: NoText, voice: Voice) -> str:
    return voice.words.say(
        "There's no text to send yet. Write it after the numbers: 31999990001 Feliz Natal."
    )


@ANSWERS.says(NothingChanged)
def _nothing_changed(error: NothingChanged, voice: Voice) -> str:
    return voice.words.say(
        "That is what {campaign} says already, so there's no new version, and its approvals stand.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(TextTooLong)
def _text_too_long(_: TextTooLong, voice: Voice) -> str:
    return voice.words.say(
        "The text is too long for the platform: not even one number fits beside it. Shorten it."
    )


@ANSWERS.says(NoRecipients)
def _no_recipients(error: NoRecipients, voice: Voice) -> str:
    if not error.left_out:
        return voice.words.say(
            "There's no number to send to. Write Brazilian mobiles, DDD and 8 or 9 digits, like"
            " 31999990001."
        )
    return voice.words.say(
        "None of these is a Brazilian mobile, DDD and 8 or 9 digits, like 31999990001: {written}.",
        written=voice.left_out(error.left_out),
    )


@ANSWERS.says(TooManyRecipients)
def _too_many(error: TooManyRecipients, voice: Voice) -> str:
    return voice.words.say(
        "A campaign takes {limit} people at most. Share the list out over several.",
        limit=voice.words.number(error.limit),
    )


@ANSWERS.says(PastTime)
def _past_time(error: PastTime, voice: Voice) -> str:
    return voice.words.say(
        "{time} has passed. Choose a time that is still to come.", time=voice.at(error.at)
    )


@ANSWERS.says(FarTime)
def _far_time(error: FarTime, voice: Voice) -> str:
    return voice.words.say(
        "{time} is more than a year away. Check the year, and choose an earlier time.",
        time=voice.at(error.at),
    )


@ANSWERS.says(UnreadTime)
def _unread_time(error: UnreadTime, voice: Voice) -> str:
    if not error.typed.strip():
        return voice.words.say("When? Write it like 24/12/2026 16:00, amanhã 9h or tomorrow 4pm.")
    return voice.words.say(
        "I can't read a day and a time of day in {typed}. Write it like 24/12/2026 16:00, amanhã 9h"
        " or tomorrow 4pm.",
        typed=voice.typed(error.typed),
    )


@ANSWERS.says(SkippedTime)
def _skipped_time(error: SkippedTime, voice: Voice) -> str:
    return voice.words.say(
        "{typed} doesn't exist where you are: clocks are put forward over it that day. Choose"
        " {before} or {after}, say.",
        typed=voice.typed(error.typed),
        before=voice.at(error.before),
        after=voice.at(error.after),
    )


@ANSWERS.says(DoubledTime)
def _doubled_time(error: DoubledTime, voice: Voice) -> str:
    return voice.words.say(
        "{typed} comes twice where you are: clocks are put back over it that day. Choose {before}"
        " or {after}, say.",
        typed=voice.typed(error.typed),
        before=voice.at(error.before),
        after=voice.at(error.after),
    )


@ANSWERS.says(QuietHours)
def _quiet_hours(error: QuietHours, voice: Voice) -> str:
    why = say_why(error.why, voice.words)
    if voice.is_plain:
        return voice.words.say(
            "It would reach people in quiet time ({why}). Choose {time}, or tick the box: then an"
            " approver has to allow it.",
            why=why,
            time=voice.as_typed(error.opens),
        )
    return voice.words.say(
        "It would reach people in quiet time ({why}). From {time} on is fine.",
        why=why,
        time=voice.at(error.opens),
    )


@ANSWERS.says(NoSuchOffer)
def _no_such_offer(_: NoSuchOffer, voice: Voice) -> str:
    return voice.words.say("That offer is too old. Please type the command again.")


@ANSWERS.says(OfferTaken)
def _offer_taken(error: OfferTaken, voice: Voice) -> str:
    return voice.words.say(
        "{campaign} was made of that already. Nothing more to do: its card shows how it stands.",
        campaign=voice.ref(error.campaign),
    )
