"""What is said about a decision: who may take it, and who took it before."""

from bot.domain.approval import HOLDABLE
from bot.domain.campaign import State
from bot.domain.refusals import (
    AlreadyDecided,
    AlreadyHeld,
    AlreadyYours,
    NoReleaseAsked,
    NotAllowed,
    NothingRuns,
    NothingToClose,
    NothingToHold,
    NotOnHold,
    NotRequester,
    OldVersion,
    QuietApproval,
    ReleaseAlreadyAsked,
    SelfApproval,
    TooLate,
)
from bot.domain.repeats import SeenBefore
from handlers.blocks.answer_table import AnswerTable
from handlers.blocks.quiet_lines import say_why
from handlers.blocks.voice import Voice

ANSWERS = AnswerTable()


@ANSWERS.says(SelfApproval)
def _self_approval(error: SelfApproval, voice: Voice) -> str:
    return voice.words.say(
        "You wrote {campaign}, so somebody else decides about it. {who}",
        campaign=voice.ref(error.campaign),
        who=voice.deciders(error.deciders),
    )


@ANSWERS.says(SeenBefore)
def _seen_before(error: SeenBefore, voice: Voice) -> str:
    return voice.words.say(
        "There is more by now that says nearly the same as {campaign} to many of these people."
        " Press Approve on its card: it asks once more.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(NotAllowed)
def _not_allowed(error: NotAllowed, voice: Voice) -> str:
    if not (error.deciders.people or error.deciders.groups):
        return voice.words.say(
            "Only people of the channel decide about {campaign}. Join it, and press again.",
            campaign=voice.ref(error.campaign),
        )
    return voice.words.say(
        "Deciding about {campaign} is for its approvers. {who}",
        campaign=voice.ref(error.campaign),
        who=voice.deciders(error.deciders),
    )


@ANSWERS.says(NotRequester)
def _not_requester(error: NotRequester, voice: Voice) -> str:
    return voice.words.say(
        "Only {person}, who wrote {campaign}, can do that. To stop it yourself: Reject while it"
        " waits, Hold once it is approved.",
        person=voice.person(error.requester),
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(AlreadyDecided)
def _already_decided(error: AlreadyDecided, voice: Voice) -> str:
    """Say who was quicker and when: the presser sees the same card, only later."""
    words = voice.words
    facts = {"campaign": voice.ref(error.campaign), "person": voice.person(error.by)}
    if error.state is State.EXPIRED:
        return words.say(
            "{campaign} has expired: nothing goes. Its requester can choose a new time on the"
            " card.",
            **facts,
        )
    when = words.say("in the meantime") if error.at is None else voice.at(error.at)
    if error.state is State.REJECTED:
        return words.say(
            "{campaign} was rejected by {person} {time}. Nothing more to do.", time=when, **facts
        )
    if error.state is State.CANCELLED:
        return words.say(
            "{campaign} was cancelled by {person} {time}. Nothing more to do.", time=when, **facts
        )
    if error.state not in HOLDABLE:
        return words.say(
            "{campaign} was approved by {person} {time}, and is over. Nothing more to do.",
            time=when,
            **facts,
        )
    return words.say(
        "{campaign} was approved by {person} {time}. Nothing more to do; to stop it, press Hold.",
        time=when,
        **facts,
    )


@ANSWERS.says(QuietApproval)
def _quiet_approval(error: QuietApproval, voice: Voice) -> str:
    facts = {
        "campaign": voice.ref(error.campaign),
        "why": say_why(error.why, voice.words),
        "time": voice.at(error.opens),
        "person": voice.person(error.requester),
    }
    if error.is_asked:
        return voice.words.say(
            "{campaign} would reach people in quiet time ({why}). Its card says so now, and has"
            " Allow and approve for that.",
            **facts,
        )
    if error.is_answer:
        return voice.words.say(
            "{campaign} would reach people in quiet time ({why}). Approve it from {time} on.",
            **facts,
        )
    if error.is_timed:
        return voice.words.say(
            "{campaign} would reach people in quiet time ({why}), and nobody asked for that."
            " {person} can move it to {time} with one press on the card, or ask for quiet time with"
            " Edit.",
            **facts,
        )
    return voice.words.say(
        "{campaign} would reach people in quiet time ({why}), and nobody asked for that. Approve it"
        " from {time} on; or {person} moves it to then with one press on the card, or asks for"
        " quiet time with Edit.",
        **facts,
    )


@ANSWERS.says(AlreadyYours)
def _already_yours(error: AlreadyYours, voice: Voice) -> str:
    return voice.words.count(
        error.missing,
        "You've approved {campaign} already. {n} approval of somebody else is missing.",
        "You've approved {campaign} already. {n} approvals of others are missing.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(OldVersion)
def _old_version(error: OldVersion, voice: Voice) -> str:
    return voice.words.say(
        "{campaign} was changed: that button belongs to an older version, so nothing was done. Look"
        " at version {version} on the card, and decide about that.",
        campaign=voice.ref(error.campaign),
        version=error.version,
    )


@ANSWERS.says(TooLate)
def _too_late(error: TooLate, voice: Voice) -> str:
    return voice.words.say(
        "The time of {campaign} passed {time}: that's too late, and nothing was done. The card"
        " shows how it stands, and what can be done now.",
        campaign=voice.ref(error.campaign),
        time=voice.at(error.at),
    )


@ANSWERS.says(NothingToHold)
def _nothing_to_hold(error: NothingToHold, voice: Voice) -> str:
    ref = voice.ref(error.campaign)
    if error.state is State.WAITING:
        return voice.words.say(
            "{campaign} isn't approved yet, so nothing goes. To stop it: Reject or Cancel on the"
            " card.",
            campaign=ref,
        )
    return voice.words.say(
        "{campaign} is over: there's nothing left that could be held.", campaign=ref
    )


@ANSWERS.says(NothingRuns)
def _nothing_runs(_: NothingRuns, voice: Voice) -> str:
    return voice.words.say(
        "Nothing runs in this channel that could be held. What waits for approval doesn't go by"
        " itself."
    )


@ANSWERS.says(NothingToClose)
def _nothing_to_close(error: NothingToClose, voice: Voice) -> str:
    return voice.words.say(
        "{campaign} needs no closing: that is only for what was held past its time. The card shows"
        " how it stands.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(AlreadyHeld)
def _already_held(error: AlreadyHeld, voice: Voice) -> str:
    return voice.words.say(
        "{person} pulled the brake of {campaign} {time}, and it stays pulled. The card tells which"
        " parts the platform has confirmed.",
        person=voice.person(error.by),
        campaign=voice.ref(error.campaign),
        time=voice.at(error.at),
    )


@ANSWERS.says(NotOnHold)
def _not_on_hold(error: NotOnHold, voice: Voice) -> str:
    return voice.words.say(
        "{campaign} isn't on hold, so there's nothing to let go.",
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(ReleaseAlreadyAsked)
def _release_already_asked(error: ReleaseAlreadyAsked, voice: Voice) -> str:
    return voice.words.say(
        "{person} has asked to let {campaign} go; an approver answers in its thread.",
        person=voice.person(error.by),
        campaign=voice.ref(error.campaign),
    )


@ANSWERS.says(NoReleaseAsked)
def _no_release_asked(error: NoReleaseAsked, voice: Voice) -> str:
    return voice.words.say(
        "That request about {campaign} was answered before. Nothing was changed; the card shows how"
        " it stands.",
        campaign=voice.ref(error.campaign),
    )
