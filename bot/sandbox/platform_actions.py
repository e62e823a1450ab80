"""What the platform's callers may ask for, as gateway-wire.md tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.sandbox.campaigns import SendOrder, SmsCampaign
from bot.sandbox.clock import PLATFORM_ZONE
from bot.sandbox.refusals import Reason, RefusedError
from bot.sandbox.sms_platform import SmsPlatform
from bot.sandbox.status_report import render_status_report

ACTIONS: Final = ("sendsms", "getstatus", "getbalance", "holdsms", "releasesms")
_SUCCESS = "SUCESSO"
_JOB_FORMAT = "%d/%m/%Y %H:%M"

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlatformLogin:
    """What the account's callers must say."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request: the three fields of its envelope, and the campaign it was about."""

    data: object
    message: str | None = _SUCCESS
    status: int = 1
    campaign: SmsCampaign | None = None


class PlatformActions:
    """Reads what is asked for, and lets the platform do it."""

    def __init__(self, platform: SmsPlatform, login: PlatformLogin) -> None:
        self._platform = platform
        self._login = login
        does = (self._send, self._status, self._balance, self._hold, self._release)
        self._does: dict[str, Callable[[Parameters], Answer]] = dict(
            zip(ACTIONS, does, strict=True)
        )

    def perform(self, action: str, parameters: Parameters) -> Answer:
        """Do what the HTTP door is asked; raises `RefusedError`."""
        if action not in self._does:
            raise RefusedError(Reason.ACTION)
        self.check_login(parameters.get("lgn", ""), parameters.get("pwd", ""))
        return self._does[action](parameters)

    def check_login(self, login: str, password: str) -> None:
        """Raise `RefusedError` for anybody but the account's own callers."""
        if PlatformLogin(login, password) != self._login:
            raise RefusedError(Reason.LOGIN)

    def send(self, order: SendOrder) -> SmsCampaign:
        """Take a campaign on; raises `RefusedError`."""
        return self._platform.send(order)

    def look_up(self, campaign_id: str) -> SmsCampaign:
        """Find a campaign to report on, once a minute; raises `RefusedError`."""
        campaign = self._platform.find(campaign_id)
        self._platform.count_poll("getstatus")
        return campaign

    def tell_credit(self) -> int:
        """Tell the credit left, once a minute; raises `RefusedError`."""
        self._platform.count_poll("getbalance")
        return self._platform.credit

    def set_hold(self, campaign_id: str, *, is_held: bool) -> SmsCampaign:
        """Hold a campaign, or let it go; raises `RefusedError`."""
        campaign = self._platform.find(campaign_id)
        self._platform.hold(campaign, is_held=is_held)
        return campaign

    def _send(self, parameters: Parameters) -> Answer:
        numbers = tuple(filter(None, map(str.strip, parameters.get("numbers", "").split(","))))
        key = parameters.get("interno_key", "")
        order = SendOrder(
            text=parameters.get("msg", ""),
            numbers=numbers,
            callback_url=parameters.get("url_callback") or None,
            job_at=_read_job_at(parameters),
            references=(key,) * len(numbers),
        )
        campaign = self.send(order)
        # An id is an integer, sometimes in a string (gateway-wire.md).
        data: object = str(campaign.id) if campaign.id % 2 == 0 else campaign.id
        return Answer(data, campaign=campaign)

    def _status(self, parameters: Parameters) -> Answer:
        campaign = self.look_up(parameters.get("id", ""))
        # The envelope's status "may not be 1 even when data is there" (gateway-wire.md).
        status = 1 if campaign.is_done else 0
        return Answer(render_status_report(campaign), None, status, campaign)

    def _balance(self, _parameters: Parameters) -> Answer:
        # So is the credit (gateway-wire.md).
        left = self.tell_credit()
        return Answer(str(left) if left % 2 else left, None)

    def _hold(self, parameters: Parameters) -> Answer:
        return Answer(None, campaign=self.set_hold(parameters.get("id", ""), is_held=True))

    def _release(self, parameters: Parameters) -> Answer:
        return Answer(None, campaign=self.set_hold(parameters.get("id", ""), is_held=False))


def _read_job_at(parameters: Parameters) -> datetime | None:
    date, time = parameters.get("jobdate", ""), parameters.get("jobtime", "")
    if not date and not time:
        return None
    try:
        moment = datetime.strptime(f"{date} {time}", _JOB_FORMAT)  # noqa: DTZ007 - local by contract
    except ValueError as error:
        raise RefusedError(Reason.SCHEDULE) from error
    return moment.replace(tzinfo=PLATFORM_ZONE)
