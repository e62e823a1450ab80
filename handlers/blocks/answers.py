"""Private answers: every refusal in a sentence of its own that says what to do instead."""

from bot.domain.errors import BotError
from bot.domain.field_refusals import EmptyFields, FieldNotKept, FieldsNeedFile, UnknownField
from bot.domain.file_refusals import FileTooLarge, MacroWorkbook, NotAList, OtherWorkbook, TwoLists
from bot.domain.refusals import (
    DoubledTime,
    FarTime,
    NoRecipients,
    NotAGatewayId,
    NoText,
    NothingChanged,
    OptedOut,
    PastTime,
    QuietHours,
    SkippedTime,
    TextTooLong,
    TooManyRecipients,
    UnreadTime,
)
from bot.domain.trial_refusals import (
    NotAMobile,
    OwnNumberOptedOut,
    TooManyTrials,
    TrialTooSoon,
    TrialUnderWay,
)
from handlers.blocks import (
    decision_answers,
    draft_answers,
    field_answers,
    file_answers,
    part_answers,
    place_answers,
    reply_answers,
    trial_answers,
)
from handlers.blocks.escaping import fence
from handlers.blocks.voice import Voice
from handlers.blocks.words import Words

ANSWERS = {
    **draft_answers.ANSWERS,
    **decision_answers.ANSWERS,
    **part_answers.ANSWERS,
    **place_answers.ANSWERS,
    **reply_answers.ANSWERS,
    **trial_answers.ANSWERS,
    **file_answers.ANSWERS,
    **field_answers.ANSWERS,
}
"""What is said for each class of error; a test holds it to name them all."""

FIELDS: dict[type[BotError], str] = {
    NoText: "text",
    TextTooLong: "text",
    NoRecipients: "numbers",
    TooManyRecipients: "numbers",
    PastTime: "when",
    FarTime: "when",
    UnreadTime: "when",
    SkippedTime: "when",
    DoubledTime: "when",
    QuietHours: "when",
    FileTooLarge: "file",
    NotAList: "file",
    OtherWorkbook: "file",
    MacroWorkbook: "file",
    TwoLists: "file",
    NotAGatewayId: "gateway_id",
    OptedOut: "text",
    NotAMobile: "own_number",
    OwnNumberOptedOut: "own_number",
    TrialTooSoon: "own_number",
    TrialUnderWay: "own_number",
    TooManyTrials: "own_number",
    FieldsNeedFile: "text",
    UnknownField: "text",
    FieldNotKept: "text",
    EmptyFields: "text",
}
"""The modal's block that an error belongs to."""


def render_refusal(error: BotError, *, words: Words, zone: str = "", typed: str = "") -> str:
    """Say in mrkdwn why not, and what to do instead.

    ``typed`` is what would have become a campaign: Slack keeps none of it, so it comes back.
    """
    said = _say(error, Voice(words=words, zone=zone))
    return said if isinstance(error, NothingChanged) else hand_back(said, typed, words=words)


def hand_back(said: str, typed: str, *, words: Words) -> str:
    """Put what was typed under an answer, to be copied."""
    if not typed.strip():
        return said
    copy = words.say("Nothing was created; what you typed is here to copy:")
    return f"{said} {copy}\n{fence(typed)}"


def field_error(error: BotError, *, words: Words, zone: str = "") -> tuple[str, str] | None:
    """Say in plain text what is wrong with a field of a modal.

    Returns the block it belongs to and the words, or None for what isn't a field's fault.
    """
    block = FIELDS.get(type(error))
    if block is None:
        return None
    return block, _say(error, Voice(words=words, zone=zone, is_plain=True))


def _say(error: BotError, voice: Voice) -> str:
    for kind in type(error).__mro__:
        if kind in ANSWERS:
            return ANSWERS[kind](error, voice)
    return voice.words.say("That didn't work, and nothing was changed. Please try again.")
