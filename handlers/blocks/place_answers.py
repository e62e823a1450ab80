"""What is said about people, places, and the two services that may be away."""

from bot.domain.errors import GatewayRejected, GatewayUnavailable, OutcomeUnknown, StorageError
from bot.domain.refusals import (
    BotNotInChannel,
    NoSuchCampaign,
    NotAChannel,
    NotInChannel,
    Outsider,
    SlackAway,
)
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.escaping import label
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(NoSuchCampaign)
def _no_such_campaign(error: NoSuchCampaign, voice: Voice) -> str:
    if not error.typed.strip():
        return voice.words.say(
            "Which campaign? Write its number, like 42. `/sms-status` lists this channel's."
        )
    return voice.words.say(
        "There's no campaign {typed} here. `/sms-status` lists this channel's.",
        typed=voice.typed(error.typed),
    )


@ANSWERS.says(Outsider)
def _outsider(_: Outsider, voice: Voice) -> str:
    return voice.words.say(
        "Torpedo is for full members of this workspace. Ask one of them to do it for you."
    )


@ANSWERS.says(NotInChannel)
def _not_in_channel(error: NotInChannel, voice: Voice) -> str:
    return voice.words.say(
        "That campaign belongs to {channel}. Join the channel, and try again.",
        channel=f"<#{error.channel}>",
    )


@ANSWERS.says(BotNotInChannel)
def _bot_not_in_channel(error: BotNotInChannel, voice: Voice) -> str:
    where = f"#{label(error.name)}" if error.name.strip() else f"<#{error.channel}>"
    return voice.words.say(
        "I'm not in {channel} yet. Type `/invite @Torpedo` there and try again.", channel=where
    )


@ANSWERS.says(NotAChannel)
def _not_a_channel(_: NotAChannel, voice: Voice) -> str:
    return voice.words.say("Here is nobody else who could approve. Type it in your team's channel.")


@ANSWERS.says(SlackAway)
def _slack_away(_: SlackAway, voice: Voice) -> str:
    return voice.words.say(
        "Slack didn't tell me who is who just now, so nothing was changed. Try again in a minute."
    )


@ANSWERS.says(StorageError)
def _storage_error(_: StorageError, voice: Voice) -> str:
    return voice.words.say(
        "I couldn't write it down, so nothing was changed. Try again in a minute, and tell whoever"
        " runs Torpedo: its disk or database has trouble."
    )


@ANSWERS.says(GatewayUnavailable)
def _gateway_unavailable(error: GatewayUnavailable, voice: Voice) -> str:
    words = voice.words
    if error.retry_after is None:
        return words.say(
            "The platform doesn't answer just now. Campaigns keep their place and go as soon as"
            " it's back; nothing is lost."
        )
    return words.count(
        max(1, round(error.retry_after)),
        "The platform asks to wait {n} second. Campaigns keep their place; nothing is lost.",
        "The platform asks to wait {n} seconds. Campaigns keep their place; nothing is lost.",
    )


@ANSWERS.says(GatewayRejected)
def _gateway_rejected(error: GatewayRejected, voice: Voice) -> str:
    return voice.words.say(
        "The platform said no: {reason}. It isn't tried again by itself; put right what it names.",
        reason=voice.typed(error.reason),
    )


@ANSWERS.says(OutcomeUnknown)
def _outcome_unknown(_: OutcomeUnknown, voice: Voice) -> str:
    return voice.words.say(
        "The platform's answer was lost, so it may or may not have happened. It isn't tried again"
        " by itself; look in the platform's panel."
    )
