"""Why a test isn't sent. Each carries what its answer must tell."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import Refusal
from bot.domain.ids import CampaignId, Number


@dataclass(eq=False)
class NotAMobile(Refusal):
    """What somebody wrote as their own number is no Brazilian mobile."""

    typed: str = ""


@dataclass(eq=False)
class OwnNumberOptedOut(Refusal):
    """Their own number is on the opt-out list, and that list knows no exceptions."""

    number: Number


@dataclass(eq=False)
class TrialTooSoon(Refusal):
    """They sent one just now, or many within the hour; ``until`` is when another may go."""

    until: datetime


@dataclass(eq=False)
class TrialUnderWay(Refusal):
    """Their last test of this campaign hasn't reached the platform yet, and goes by itself."""

    campaign: CampaignId


@dataclass(eq=False)
class TooManyTrials(Refusal):
    """This version has been tested as often as one may be."""

    campaign: CampaignId
    most: int
