"""Why the program says no to a person. Each carries what its answer must tell.

The words are the doors' business (``handlers/blocks``): a refusal holds facts only, so
that it can be said in Portuguese or English, as a private answer or at a modal's field.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.campaign import State
from bot.domain.errors import NotFound, Refusal
from bot.domain.ids import CampaignId, ChannelId, GatewayId, GroupId, Number, UserId
from bot.domain.numbers import LeftOut
from bot.domain.parts import PartState
from bot.domain.quiet import Quiet


@dataclass(eq=False)
class NoText(Refusal):
    """There is nothing to say."""


@dataclass(eq=False)
class TextTooLong(Refusal):
    """The text leaves no room for even one number in a request."""


@dataclass(eq=False)
class NoRecipients(Refusal):
    """No number is left that could get it."""

    left_out: tuple[LeftOut, ...]


@dataclass(eq=False)
class TooManyRecipients(Refusal):
    """More people than one campaign takes."""

    limit: int


@dataclass(eq=False)
class PastTime(Refusal):
    """The time chosen has passed."""

    at: datetime


@dataclass(eq=False)
class FarTime(Refusal):
    """The time chosen is more than a year away: a slip of the pen more often than a plan."""

    at: datetime


@dataclass(eq=False)
class UnreadTime(Refusal):
    """No date and time could be read in what was typed."""

    typed: str


@dataclass(eq=False)
class SkippedTime(Refusal):
    """Clocks are put forward over the time chosen, so it never comes; ``before`` and ``after`` do.

    They are as far from it as the clocks move.
    """

    typed: str
    before: datetime
    after: datetime


@dataclass(eq=False)
class DoubledTime(Refusal):
    """Clocks are put back over the time chosen, so it comes twice: which one is meant?

    ``before`` and ``after`` come once, as far from it as the clocks move.
    """

    typed: str
    before: datetime
    after: datetime


@dataclass(eq=False)
class QuietHours(Refusal):
    """It would reach people in quiet time; ``opens`` is the next good moment."""

    opens: datetime
    why: Quiet = field(default_factory=Quiet)


@dataclass(eq=False)
class NoSuchOffer(NotFound):
    """That offer is nobody's any more, or somebody else's."""


@dataclass(eq=False)
class OfferTaken(Refusal):
    """A campaign was made of it already: a second press makes no other."""

    campaign: CampaignId


@dataclass(eq=False)
class NoSuchCampaign(NotFound):
    """No campaign of that number in this channel's reach."""

    typed: str = ""


@dataclass(frozen=True)
class Deciders:
    """Who may approve: people and groups by name, or (both empty) anyone in the channel."""

    people: tuple[UserId, ...] = ()
    groups: tuple[GroupId, ...] = ()

    def without(self, user: UserId) -> "Deciders":
        """Everybody but one: whoever is told may not be named as somebody who can."""
        others = tuple(one for one in self.people if one != user)
        return Deciders(others, self.groups) if others or self.groups else self


@dataclass(eq=False)
class SelfApproval(Refusal):
    """Four eyes: the requester's own yes doesn't count."""

    campaign: CampaignId
    deciders: Deciders = field(default_factory=Deciders)


@dataclass(eq=False)
class NotAllowed(Refusal):
    """This person may not decide about campaigns."""

    campaign: CampaignId
    deciders: Deciders = field(default_factory=Deciders)


@dataclass(eq=False, kw_only=True)
class QuietApproval(QuietHours):
    """A yes that would send in quiet time, and doesn't say that it may.

    ``is_asked`` where its writer asked for quiet time: then an approver can allow it.
    ``is_timed`` where its own time is quiet, and not the moment of the press. ``is_answer`` where
    it is an answer, which isn't edited.
    """

    campaign: CampaignId
    requester: UserId
    is_asked: bool
    is_timed: bool
    is_answer: bool = False


@dataclass(eq=False)
class NotRequester(Refusal):
    """Only who wrote it may do this."""

    campaign: CampaignId
    requester: UserId


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """Somebody was quicker, or it is over; nothing changed."""

    campaign: CampaignId
    state: State
    by: UserId | None
    at: datetime | None


@dataclass(eq=False)
class AlreadyYours(Refusal):
    """This person has approved it before; another is needed."""

    campaign: CampaignId
    missing: int


@dataclass(eq=False)
class OldVersion(Refusal):
    """The button belongs to a version that is no more; nothing changed."""

    campaign: CampaignId
    version: int


@dataclass(eq=False)
class TooLate(Refusal):
    """The chosen time or the time to approve has passed, so nothing goes."""

    campaign: CampaignId
    at: datetime


@dataclass(eq=False)
class NothingToHold(Refusal):
    """The brake has nothing to work on: not approved yet, or over."""

    campaign: CampaignId
    state: State


@dataclass(eq=False)
class AlreadyHeld(Refusal):
    """Somebody pulled the brake before; it stays pulled."""

    campaign: CampaignId
    by: UserId
    at: datetime


@dataclass(eq=False)
class NotOnHold(Refusal):
    """Nothing is held, so there is nothing to let go."""

    campaign: CampaignId


@dataclass(eq=False)
class ReleaseAlreadyAsked(Refusal):
    """A request to release it is waiting already."""

    campaign: CampaignId
    by: UserId


@dataclass(eq=False)
class NoReleaseAsked(Refusal):
    """The request this button answers was answered before."""

    campaign: CampaignId


@dataclass(eq=False)
class NotUnknown(Refusal):
    """The part is settled already: by a call-back, or by somebody who was quicker."""

    campaign: CampaignId
    part: int
    state: PartState
    by: UserId | None


@dataclass(eq=False)
class NotAGatewayId(Refusal):
    """What was typed is no campaign number of the platform."""

    typed: str


@dataclass(eq=False)
class GatewayIdTaken(Refusal):
    """That campaign number of the platform is another part's."""

    gateway_id: GatewayId
    campaign: CampaignId


@dataclass(eq=False)
class NothingChanged(Refusal):
    """The edit is the same as what is there: no new version, and approvals stand."""

    campaign: CampaignId


@dataclass(eq=False)
class NothingToClose(Refusal):
    """It isn't a campaign that was held past its time."""

    campaign: CampaignId


@dataclass(eq=False)
class NoSuchReply(NotFound):
    """The reply isn't kept any more, or its number can't be read."""


@dataclass(eq=False)
class AlreadyAnswered(Refusal):
    """Somebody answered this reply since the form was opened; a second answer is a choice."""

    campaign: CampaignId
    by: UserId
    at: datetime


@dataclass(eq=False)
class OptedOut(Refusal):
    """This person has asked not to be written to, so no answer goes to them either."""

    number: Number


@dataclass(eq=False)
class AlreadyOptedOut(Refusal):
    """The number is on the opt-out list already; nothing changed."""

    number: Number


@dataclass(eq=False)
class NothingRuns(Refusal):
    """There is nothing in this channel that could be held."""

    channel: ChannelId


@dataclass(eq=False)
class Outsider(Refusal):
    """Guests, bots and people of other workspaces don't act."""


@dataclass(eq=False)
class NotInChannel(Refusal):
    """The person isn't in the channel whose campaign this is."""

    channel: ChannelId


@dataclass(eq=False)
class BotNotInChannel(Refusal):
    """Torpedo isn't in this channel, so it couldn't post the card."""

    channel: ChannelId
    name: str = ""


@dataclass(eq=False)
class NotAChannel(Refusal):
    """A direct message has no team in it: nobody there could approve."""


@dataclass(eq=False)
class SlackAway(Refusal):
    """Slack didn't tell who this person or channel is, so nothing was done."""
