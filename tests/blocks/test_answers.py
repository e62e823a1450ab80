"""Private answers: every refusal in its own words, which say what to do instead."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.campaign import State
from bot.domain.errors import (
    BotError,
    GatewayError,
    GatewayRejected,
    GatewayUnavailable,
    NotFound,
    OutcomeUnknown,
    Refusal,
    StorageError,
)
from bot.domain.field_refusals import (
    EmptyFields,
    FieldNotKept,
    FieldsNeedFile,
    Missing,
    UnknownField,
)
from bot.domain.file_refusals import (
    DamagedFile,
    EmptyFile,
    FileNotGiven,
    FileTooLarge,
    LockedFile,
    MacroWorkbook,
    NoPhoneColumn,
    NotAList,
    OtherWorkbook,
    TooManyCells,
    TooManyRows,
    TwoLists,
)
from bot.domain.ids import CampaignId, ChannelId, GatewayId, GroupId, Number, UserId
from bot.domain.numbers import Fault, LeftOut
from bot.domain.parts import PartState
from bot.domain.quiet import Quiet, QuietSpan
from bot.domain.refusals import (
    AlreadyAnswered,
    AlreadyDecided,
    AlreadyHeld,
    AlreadyOptedOut,
    AlreadyYours,
    BotNotInChannel,
    Deciders,
    DoubledTime,
    FarTime,
    GatewayIdTaken,
    NoRecipients,
    NoReleaseAsked,
    NoSuchCampaign,
    NoSuchOffer,
    NoSuchReply,
    NotAChannel,
    NotAGatewayId,
    NotAllowed,
    NoText,
    NothingChanged,
    NothingRuns,
    NothingToClose,
    NothingToHold,
    NotInChannel,
    NotOnHold,
    NotRequester,
    NotUnknown,
    OfferTaken,
    OldVersion,
    OptedOut,
    Outsider,
    PastTime,
    QuietApproval,
    QuietHours,
    ReleaseAlreadyAsked,
    SelfApproval,
    SkippedTime,
    SlackAway,
    TextTooLong,
    TooLate,
    TooManyRecipients,
    UnreadTime,
)
from bot.domain.repeats import SeenBefore
from bot.domain.trial_refusals import (
    NotAMobile,
    OwnNumberOptedOut,
    TooManyTrials,
    TrialTooSoon,
    TrialUnderWay,
)
from handlers.blocks.answers import ANSWERS, field_error, render_refusal
from handlers.blocks.words import Words
from tests.blocks.limits import check_mrkdwn
from tests.blocks.random_views import words as odd_words
from tests.builders import NOON

ENGLISH = Words()
PORTUGUESE = Words("pt_BR")
ID = CampaignId(42)
BIA = UserId("U0BIA")
PHONE = Number("31999990001")
AT = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
TOKEN = "<!date^1798138800^{date_short_pretty} {time}|24 Dec 2026, 19:00 (UTC)>"
NIGHT = QuietSpan(time(21), time(8))
BAD = (LeftOut(1, "1234", Fault.TOO_SHORT), LeftOut(2, "31 3333-0000", Fault.NOT_A_MOBILE))
BASES = {BotError, Refusal, NotFound, GatewayError}


def quiet_approval(
    *, is_asked: bool = False, is_timed: bool = False, is_answer: bool = False
) -> QuietApproval:
    """Press Approve at night."""
    return QuietApproval(
        AT,
        Quiet(hours=NIGHT),
        campaign=ID,
        requester=BIA,
        is_asked=is_asked,
        is_timed=is_timed,
        is_answer=is_answer,
    )


EXAMPLES: list[tuple[BotError, str]] = [
    (
        NoText(),
        "There's no text to send yet. Write it after the numbers: 31999990001 Feliz Natal.",
    ),
    (TextTooLong(), "The text is too long for the platform: not even one number fits beside it."),
    (FileTooLarge(10_000_000), "The file is too large: I read 10 MB at most."),
    (TooManyRows(100_000), "The file has more than 100,000 rows. Share the list out"),
    (TooManyCells(2_000_000), "The table is too big: I read 2,000,000 cells at most. Keep"),
    (NotAList(), "That file is no list: I read CSV and XLSX. Open the list"),
    (OtherWorkbook("xls"), "I can't read XLS files. Open it in your spreadsheet program"),
    (MacroWorkbook(), "That workbook has macros, which are programs, and I take none. Save it"),
    (LockedFile(), "That file opens with a password only. Save it without one"),
    (DamagedFile(), "That file is damaged, so I took nothing from it. Open it"),
    (DamagedFile(1234), "Line 1,234 of the file has a quotation mark that isn't closed"),
    (EmptyFile(), "There's nothing in that file. Was it saved?"),
    (NoPhoneColumn(("nome", " ", "*c*")), "mobile numbers among these: `nome`, `*c*`. Name it"),
    (FileNotGiven(), "Slack didn't hand me the file, so nothing was changed. Try again"),
    (FieldsNeedFile(("nome", "cupom")), "A field such as `{nome}` is filled from a column of a"),
    (FieldsNeedFile(("nome",)), "for plain braces double them: `{{nome}}`."),
    (
        UnknownField("nmoe", ("celular", "nome"), "nome"),
        "`{nmoe}`. Is it `{nome}` that you mean? The file's columns: `celular`, `nome`. For",
    ),
    (UnknownField("x", ("nome",)), "No column is called `{x}`. The file's columns: `nome`."),
    (FieldNotKept("cupom", ("nome",)), "the text used: `nome`. To use `{cupom}`, give the file"),
    (
        EmptyFields((Missing("nome", (14, 1088)), Missing("cupom", (2,)))),
        "hole in it: lines 14, 1,088 have no `nome`, line 2 has no `cupom`. Fill in what is",
    ),
    (
        EmptyFields((Missing("nome", tuple(range(2, 15))),)),
        "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more have no `nome`.",
    ),
    (TwoLists(), "There are numbers typed as well, and I don't know which list you mean."),
    (NoRecipients(()), "There's no number to send to. Write Brazilian mobiles"),
    (NoRecipients(BAD), "like 31999990001: `1234`: too short; `31 3333-0000`: not a mobile."),
    (NoRecipients(BAD * 4), "not a mobile; `1234`: too short; and 5 more."),
    (TooManyRecipients(100_000), "A campaign takes 100,000 people at most."),
    (PastTime(AT), f"{TOKEN} has passed. Choose a time that is still to come."),
    (FarTime(AT), f"{TOKEN} is more than a year away."),
    (UnreadTime("31/31 <x>"), "in `31/31 &lt;x&gt;`. Write it like 24/12/2026 16:00"),
    (SkippedTime("14/3 2:30", AT, AT), "`14/3 2:30` doesn't exist where you are: clocks are"),
    (DoubledTime("7/11 1:30", AT, AT), "`7/11 1:30` comes twice where you are: clocks are"),
    (UnreadTime(" "), "When? Write it like 24/12/2026 16:00"),
    (
        QuietHours(AT, Quiet(hours=NIGHT, is_sunday=True)),
        f"It would reach people in quiet time (Sunday, 21:00 to 08:00). From {TOKEN} on is fine.",
    ),
    (
        QuietHours(AT, Quiet(holiday="Natal")),
        f"It would reach people in quiet time (Natal). From {TOKEN} on is fine.",
    ),
    (NoSuchOffer(), "That offer is too old. Please type the command again."),
    (OfferTaken(ID), "#42 was made of that already. Nothing more to do:"),
    (
        quiet_approval(is_asked=True),
        "#42 would reach people in quiet time (21:00 to 08:00). Its card says so now",
    ),
    (
        quiet_approval(),
        f"and nobody asked for that. Approve it from {TOKEN} on; or <@U0BIA> moves it to then",
    ),
    (
        quiet_approval(is_timed=True),
        f"and nobody asked for that. <@U0BIA> can move it to {TOKEN} with one press on the card",
    ),
    (quiet_approval(is_answer=True), f"(21:00 to 08:00). Approve it from {TOKEN} on."),
    (NoSuchCampaign("99"), "There's no campaign `99` here. `/sms-status` lists this channel's."),
    (NoSuchCampaign(""), "Which campaign? Write its number, like 42."),
    (SeenBefore(ID, (), NOON), "There is more by now that says nearly the same as #42"),
    (
        SelfApproval(ID, Deciders((BIA,), (GroupId("S1"),))),
        "You wrote #42, so somebody else decides about it. Who can: <@U0BIA>, <!subteam^S1>.",
    ),
    (
        SelfApproval(ID),
        "You wrote #42, so somebody else decides about it. Anyone else in the channel can.",
    ),
    (NotAllowed(ID, Deciders((BIA,))), "is for its approvers. Who can: <@U0BIA>."),
    (NotAllowed(ID), "Only people of the channel decide about #42. Join it"),
    (NotRequester(ID, BIA), "Only <@U0BIA>, who wrote #42, can do that. To stop it yourself:"),
    (
        AlreadyDecided(ID, State.APPROVED, BIA, AT),
        f"#42 was approved by <@U0BIA> {TOKEN}. Nothing more to do; to stop it, press Hold.",
    ),
    (StorageError("disk is full"), "I couldn't write it down, so nothing was changed."),
    (AlreadyDecided(ID, State.DONE, BIA, AT), f"<@U0BIA> {TOKEN}, and is over. Nothing more"),
    (
        AlreadyDecided(ID, State.REJECTED, BIA, None),
        "#42 was rejected by <@U0BIA> in the meantime. Nothing more to do.",
    ),
    (AlreadyDecided(ID, State.CANCELLED, None, AT), f"#42 was cancelled by Torpedo {TOKEN}."),
    (AlreadyDecided(ID, State.EXPIRED, None, AT), "#42 has expired: nothing goes."),
    (AlreadyYours(ID, 1), "1 approval of somebody else is missing."),
    (AlreadyYours(ID, 2), "2 approvals of others are missing."),
    (OldVersion(ID, 3), "so nothing was done. Look at version 3 on the card"),
    (TooLate(ID, AT), f"The time of #42 passed {TOKEN}: that's too late, and nothing was done."),
    (
        NothingChanged(ID),
        "That is what #42 says already, so there's no new version, and its approvals stand.",
    ),
    (NothingRuns(ChannelId("C1")), "Nothing runs in this channel that could be held."),
    (NothingToClose(ID), "#42 needs no closing: that is only for what was held past its time."),
    (NothingToHold(ID, State.WAITING), "#42 isn't approved yet, so nothing goes. To stop it:"),
    (NothingToHold(ID, State.DONE), "#42 is over: there's nothing left that could be held."),
    (AlreadyHeld(ID, BIA, AT), f"<@U0BIA> pulled the brake of #42 {TOKEN}, and it stays pulled."),
    (NotOnHold(ID), "#42 isn't on hold, so there's nothing to let go."),
    (ReleaseAlreadyAsked(ID, BIA), "<@U0BIA> has asked to let #42 go; an approver answers"),
    (NoReleaseAsked(ID), "That request about #42 was answered before."),
    (
        NotUnknown(ID, 2, PartState.UNKNOWN, BIA),
        "This was sent again since, and that try is open, too. Use the newer message in the",
    ),
    (NotUnknown(ID, 2, PartState.READY, BIA), "#42: <@U0BIA> is having this sent again."),
    (NotUnknown(ID, 2, PartState.IN_FLIGHT, BIA), "#42: <@U0BIA> is having this sent again."),
    (
        NotUnknown(ID, 2, PartState.ACCEPTED, None),
        "#42: this did go, the platform has reported on it. Nothing more to do.",
    ),
    (
        NotUnknown(ID, 2, PartState.ACCEPTED, BIA),
        "#42: <@U0BIA> was quicker. This is at the platform. Nothing more to do.",
    ),
    (
        NotUnknown(ID, 2, PartState.DROPPED, BIA),
        "#42: <@U0BIA> was quicker. This is settled, and nothing more of it goes.",
    ),
    (NotAGatewayId("9o005 <x>"), "`9o005 &lt;x&gt;` isn't a campaign number of the platform:"),
    (NotAGatewayId(" "), "Which number? It has digits alone, like 90005."),
    (
        GatewayIdTaken(GatewayId(90005), ID),
        "Number 90005 at the platform counts for #42 already, as another request. Look again",
    ),
    (NoSuchReply(), "isn't kept any more, or its number can't be read. To write to them use"),
    (
        AlreadyAnswered(ID, BIA, AT),
        f"<@U0BIA> answered it already {TOKEN}, so yours wasn't sent. To send it all the same,",
    ),
    (OptedOut(PHONE), "(31) 99999-0001 has asked not to be written to, so no answer goes to them."),
    (AlreadyOptedOut(PHONE), "(31) 99999-0001 is on the opt-out list already."),
    (NotAMobile(), "Write DDD and number, like 31999990001."),
    (NotAMobile("3133330000 <x>"), "`3133330000 &lt;x&gt;` isn't a Brazilian mobile. Write DDD"),
    (OwnNumberOptedOut(PHONE), "(31) 99999-0001 has asked not to be written to, so not even a"),
    (
        TrialTooSoon(AT),
        f"5 times an hour at most, so this one wasn't sent. The next can go {TOKEN}.",
    ),
    (TrialUnderWay(ID), "Your last test of #42 is still on its way to the platform, so no other"),
    (TooManyTrials(ID, 20), "This version of #42 has been tested 20 times, which is the most."),
    (Outsider(), "Torpedo is for full members of this workspace. Ask one of them"),
    (NotInChannel(ChannelId("C1")), "That campaign belongs to <#C1>. Join the channel"),
    (BotNotInChannel(ChannelId("C1"), "marketing"), "I'm not in #marketing yet. Type `/invite"),
    (BotNotInChannel(ChannelId("C1")), "I'm not in <#C1> yet."),
    (NotAChannel(), "Here is nobody else who could approve. Type it in your team's channel."),
    (SlackAway(), "so nothing was changed. Try again in a minute."),
    (GatewayUnavailable(), "Campaigns keep their place and go as soon as it's back"),
    (GatewayUnavailable(40), "The platform asks to wait 40 seconds."),
    (GatewayUnavailable(0.2), "The platform asks to wait 1 second."),
    (GatewayRejected("SEM SALDO <1>"), "The platform said no: `SEM SALDO &lt;1&gt;`."),
    (OutcomeUnknown("lost"), "so it may or may not have happened. It isn't tried again"),
]


def _subclasses(kind: type[BotError]) -> Iterator[type[BotError]]:
    for found in kind.__subclasses__():
        yield found
        yield from _subclasses(found)


ALL = sorted(set(_subclasses(BotError)) - BASES, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ALL)
def test_every_error_has_words_of_its_own(kind: type[BotError]) -> None:
    """A rule without words would be a person without an answer."""
    assert kind in ANSWERS
    assert any(type(error) is kind for error, _ in EXAMPLES)


@pytest.mark.parametrize(("error", "said"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_answers_say_what_to_do_instead(error: BotError, said: str) -> None:
    """Plain, kind, and exact about what happened."""
    answer = render_refusal(error, words=ENGLISH)
    assert said in answer
    check_mrkdwn(answer, people={BIA})


@pytest.mark.parametrize(("error", "said"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_answers_are_portuguese_where_people_are(error: BotError, said: str) -> None:
    """Every answer has its other language, with nothing left to fill in."""
    answer = render_refusal(error, words=PORTUGUESE)
    assert said not in answer
    check_mrkdwn(answer, people={BIA})


def test_an_error_of_no_known_kind_gets_a_plain_sentence() -> None:
    """Somebody who waits is answered, even when we forgot the words."""
    answer = render_refusal(Refusal("<secret>"), words=ENGLISH)
    assert answer == "That didn't work, and nothing was changed. Please try again."


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (NoText(), "text"),
        (TextTooLong(), "text"),
        (NoRecipients(BAD), "numbers"),
        (TooManyRecipients(9), "numbers"),
        (PastTime(AT), "when"),
        (FarTime(AT), "when"),
        (UnreadTime("x"), "when"),
        (QuietHours(AT, Quiet(hours=NIGHT)), "when"),
        (NotAGatewayId("9o005"), "gateway_id"),
        (OptedOut(PHONE), "text"),
        (NotAMobile("x"), "own_number"),
        (OwnNumberOptedOut(PHONE), "own_number"),
        (TrialTooSoon(AT), "own_number"),
        (TrialUnderWay(ID), "own_number"),
        (TooManyTrials(ID, 20), "own_number"),
        (FieldsNeedFile(("nome",)), "text"),
        (UnknownField("nmoe", ("celular", "nome"), "nome"), "text"),
        (FieldNotKept("cupom", ("nome",)), "text"),
        (EmptyFields((Missing("nome", (14, 88)),)), "text"),
    ],
)
@pytest.mark.parametrize("words", [ENGLISH, PORTUGUESE])
def test_errors_of_a_field_are_told_at_the_field(error: BotError, field: str, words: Words) -> None:
    """Plainly: tokens, entities and back-ticks would be shown as they are written."""
    found = field_error(error, words=words, zone="America/Sao_Paulo")
    assert found is not None
    assert found[0] == field
    assert not set("<>`&") & set(found[1])
    assert len(found[1]) < 300


def test_field_errors_tell_times_in_the_writer_s_zone() -> None:
    """A modal knows no tokens, so the zone is handed in and named."""
    found = field_error(PastTime(AT), words=PORTUGUESE, zone="America/Sao_Paulo")
    assert found == (
        "when",
        "24/12/2026, 16:00 (São Paulo) já passou. Escolha um horário que ainda vem.",
    )


def test_a_quiet_time_is_answered_at_its_field_with_how_to_write_a_good_one() -> None:
    """As it is typed where the writer is, and with the other way on."""
    error = QuietHours(AT, Quiet(hours=NIGHT))
    found = field_error(error, words=ENGLISH, zone="Europe/Lisbon")
    assert found is not None
    assert found[1] == (
        "It would reach people in quiet time (21:00 to 08:00). Choose 24/12/2026 19:00, or tick the"
        " box: then an approver has to allow it."
    )


def test_other_errors_belong_to_no_field() -> None:
    """They are told privately instead."""
    assert field_error(NotInChannel(ChannelId("C1")), words=ENGLISH) is None
    assert field_error(GatewayUnavailable(), words=ENGLISH) is None


@given(
    st.sampled_from([error for error, _ in EXAMPLES if hasattr(error, "__dataclass_fields__")]),
    odd_words,
)
def test_what_was_typed_can_t_act(error: BotError, typed: str) -> None:
    """Whatever text an error carries, the answer holds no token that we didn't write."""
    facts = {
        name: typed
        if isinstance(value, str) and name in {"typed", "text", "name", "field"}
        else value
        for name, value in vars(error).items()
    }
    answer = render_refusal(type(error)(**facts), words=ENGLISH)
    check_mrkdwn(answer, people={BIA})
    assert len(answer) <= 3000 * len("&amp;")


def test_what_would_be_lost_with_a_refusal_is_handed_back() -> None:
    """Slack keeps nothing of a refused command, so the answer holds it, to be copied."""
    said = render_refusal(NoText(), words=Words(), typed="/sms-send 31999990001 `oi`")
    assert "Nothing was created; what you typed is here to copy:\n```/sms-send" in said
    assert "```" not in render_refusal(NoText(), words=Words())


def test_what_is_there_already_is_not_handed_back() -> None:
    """Nothing of an edit that changes nothing is lost."""
    assert "```" not in render_refusal(NothingChanged(ID), words=Words(), typed="Oi")
