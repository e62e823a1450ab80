"""What buttons and modals are called, and what a press carries."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId, Digest, OfferId, PartId

APPROVE = "campaign.approve"
ALLOW = "campaign.allow"
REJECT = "campaign.reject"
EDIT = "campaign.edit"
CANCEL = "campaign.cancel"
HOLD = "campaign.hold"
RELEASE = "campaign.release"
RELEASE_YES = "release.approve"
RELEASE_NO = "release.reject"
NEW_TIME = "campaign.new_time"
CLOSE = "campaign.close"
NINTH_DIGIT = "campaign.ninth_digit"
PUT_OFF = "quiet.put_off"
PART_WENT = "part.went"
PART_AGAIN = "part.again"
PART_LEAVE = "part.leave"
TEST = "test.open"
ANSWER = "reply.answer"
OPT_OUT = "reply.opt_out"
OFFER_LATER = "offer.later"
OFFER_ANYWAY = "offer.anyway"

PREVIEW = "compose.preview"
PLAIN = "compose.plain"
OTHER_LIST = "compose.other_list"
ADD_NINTH = "compose.ninth_digit"
START_ANEW = "compose.anew"
WHEN = "compose.when"
AT = "typing.at"
SEND_AS_SMS = "send_as_sms"

COMPOSE = "compose"
REPEAT = "repeat"
REASON = "reason"
WENT = "went"
ANSWERED = "answered"
TESTED = "tested"

_PRESS = re.compile(
    r"([1-9]\d{0,17})\.([1-9]\d{0,8})\.([0-9a-f]{64})(?:@([1-9]\d{0,10}))?", re.ASCII
)
_PART_PRESS = re.compile(r"([1-9]\d{0,17})\.([1-9]\d{0,17})\.(0|[1-9]\d{0,8})", re.ASCII)

_NUMBER_PRESS = re.compile(r"[1-9]\d{0,17}", re.ASCII)


def typing(field: str) -> str:
    """Name what a field of the composer tells while somebody writes in it."""
    return f"typing.{field}"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button is about: one version of one campaign, and the digest that it showed.

    A yes counts only for the digest on the card that was pressed, so the button carries it.
    ``to`` is the time that a button offers: what is done is what it showed.
    """

    campaign: CampaignId
    version: int
    digest: Digest
    to: datetime | None = None

    def encode(self) -> str:
        """Write it as a button's value, well under Slack's 2,000 characters."""
        to = "" if self.to is None else f"@{int(self.to.timestamp())}"
        return f"{self.campaign}.{self.version}.{self.digest}{to}"


def press_for(campaign: Campaign) -> Press:
    """Make the press for a campaign as it is now."""
    return Press(campaign.id, campaign.version, campaign.digest)


def read_press(value: str) -> Press:
    """Read a button's value.

    Raises:
        ValueError: It is none that ``encode`` writes.
    """
    found = _PRESS.fullmatch(value)
    if found is None:
        message = "not a button's value of ours"
        raise ValueError(message)
    to = None if found[4] is None else datetime.fromtimestamp(int(found[4]), tz=UTC)
    return Press(CampaignId(int(found[1])), int(found[2]), Digest(found[3]), to)


@dataclass(frozen=True, slots=True)
class PartPress:
    """What a button is about: one try of one part.

    Sending it again makes another try, about which an older button decides nothing.
    """

    campaign: CampaignId
    part: PartId
    resent: int

    def encode(self) -> str:
        """Write it as a button's value."""
        return f"{self.campaign}.{self.part}.{self.resent}"


def read_part_press(value: str) -> PartPress:
    """Read the value of a button about a part.

    Raises:
        ValueError: It is none that ``encode`` writes.
    """
    found = _PART_PRESS.fullmatch(value)
    if found is None:
        message = "not a part's button value of ours"
        raise ValueError(message)
    return PartPress(CampaignId(int(found[1])), PartId(int(found[2])), int(found[3]))


def read_reply_press(value: str) -> int:
    """Read the value of a button under a reply: the reply's id.

    Raises:
        ValueError: It is none.
    """
    return _read_number(value)


def read_offer_press(value: str) -> OfferId:
    """Read the value of a button on an offer: the offer's id.

    Raises:
        ValueError: It is none.
    """
    return OfferId(_read_number(value))


def _read_number(value: str) -> int:
    if _NUMBER_PRESS.fullmatch(value) is None:
        message = "not a button's number of ours"
        raise ValueError(message)
    return int(value)
