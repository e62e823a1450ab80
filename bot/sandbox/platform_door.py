"""The platform's HTTP door: `/painel/api.ashx`, as gateway-wire.md tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.campaigns import SendOrder, SmsCampaign
from bot.sandbox.changes import Changes
from bot.sandbox.clock import PLATFORM_ZONE, Clock
from bot.sandbox.refusals import Reason, RefusedError
from bot.sandbox.sms_platform import SmsPlatform
from bot.sandbox.status_report import render_status_report
from bot.sandbox.troubles import Trouble

PATH = "/painel/api.ashx"
# IIS's default, in bytes. Its other one, 4,096 for the whole address, is beyond reach here: the
# path is short.
_MAX_QUERY = 2048
_SUCCESS = "SUCESSO"
_JOB_FORMAT = "%d/%m/%Y %H:%M"
_SECRETS = frozenset({"lgn", "pwd"})
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head>"
    "<body><h1>Server Error</h1><h2>{title}</h2></body></html>"
)

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlatformLogin:
    """What the account's callers must say."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request the platform saw, credentials left out; `url_bytes` counts path and query."""

    at: datetime
    action: str
    method: str
    parameters: dict[str, str]
    url_bytes: int
    campaign_id: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class _Answer:
    data: object
    message: str | None = _SUCCESS
    status: int = 1
    campaign: SmsCampaign | None = None


class PlatformDoor:
    """Reads requests, lets the platform judge them, and has the troubles of the wire."""

    def __init__(
        self,
        platform: SmsPlatform,
        clock: Clock,
        changes: Changes,
        login: PlatformLogin,
        slow_seconds: float,
    ) -> None:
        self._platform = platform
        self._clock = clock
        self._changes = changes
        self._login = login
        self._slow_seconds = slow_seconds
        self._actions: dict[str, Callable[[Parameters], _Answer]] = {
            "sendsms": self._send,
            "getstatus": self._status,
            "getbalance": self._balance,
            "holdsms": self._hold,
            "releasesms": self._release,
        }
        self.trouble = Trouble.NONE
        self.log: list[LoggedRequest] = []

    def app(self) -> Starlette:
        """Build the ASGI application of this door."""
        return Starlette(routes=[Route(PATH, self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> Response:
        query = request.scope["query_string"]
        url_bytes = len(request.scope["raw_path"]) + len(query) + bool(query)
        if len(query) > _MAX_QUERY:
            return _error_page("HTTP Error 404.15 - Not Found: query string too long", 404)
        if self.trouble is Trouble.HTML:
            return _error_page("Runtime Error", 500)
        parameters = dict(_read_pairs(query) + _read_pairs(await request.body()))
        response = self._act(parameters, request.method, url_bytes)
        if self.trouble is Trouble.SLOW:
            await self._changes.pause(self._slow_seconds)
        elif self.trouble is Trouble.LOST:
            request.state.transport.abort()
        return response

    def _act(self, parameters: Parameters, method: str, url_bytes: int) -> Response:
        action = parameters.get("action", "").lower()
        campaign_id: int | None = None
        response: Response
        try:
            answer = self._perform(action, parameters)
        except RefusedError as refusal:
            response, words = _render_refusal(refusal.reason), refusal.reason.value
        else:
            campaign_id = answer.campaign.id if answer.campaign else None
            words = answer.message or ""
            body = {"status": answer.status, "data": answer.data, "msg": answer.message}
            response = JSONResponse(body)
        shown = {key: value for key, value in parameters.items() if key not in _SECRETS}
        now = self._clock.now()
        self.log.append(LoggedRequest(now, action, method, shown, url_bytes, campaign_id, words))
        self._changes.happened()
        return response

    def _perform(self, action: str, parameters: Parameters) -> _Answer:
        if action not in self._actions:
            raise RefusedError(Reason.ACTION)
        given = PlatformLogin(parameters.get("lgn", ""), parameters.get("pwd", ""))
        if given != self._login:
            raise RefusedError(Reason.LOGIN)
        return self._actions[action](parameters)

    def _send(self, parameters: Parameters) -> _Answer:
        numbers = (number.strip() for number in parameters.get("numbers", "").split(","))
        order = SendOrder(
            text=parameters.get("msg", ""),
            numbers=tuple(filter(None, numbers)),
            callback_url=parameters.get("url_callback") or None,
            job_at=_read_job_at(parameters),
            reference=parameters.get("interno_key", ""),
        )
        campaign = self._platform.send(order)
        # An id is an integer, sometimes in a string (gateway-wire.md).
        data: object = str(campaign.id) if campaign.id % 2 == 0 else campaign.id
        return _Answer(data, campaign=campaign)

    def _status(self, parameters: Parameters) -> _Answer:
        campaign = self._platform.find(parameters.get("id", ""))
        self._platform.count_poll("getstatus")
        # The envelope's status "may not be 1 even when data is there" (gateway-wire.md).
        status = 1 if campaign.is_done else 0
        return _Answer(render_status_report(campaign), None, status, campaign)

    def _balance(self, _parameters: Parameters) -> _Answer:
        self._platform.count_poll("getbalance")
        # So is the credit (gateway-wire.md).
        left = self._platform.credit
        return _Answer(str(left) if left % 2 else left, None)

    def _hold(self, parameters: Parameters) -> _Answer:
        return self._set_hold(parameters, is_held=True)

    def _release(self, parameters: Parameters) -> _Answer:
        return self._set_hold(parameters, is_held=False)

    def _set_hold(self, parameters: Parameters, *, is_held: bool) -> _Answer:
        campaign = self._platform.find(parameters.get("id", ""))
        self._platform.hold(campaign, is_held=is_held)
        return _Answer(None, campaign=campaign)


def _read_pairs(raw: bytes) -> list[tuple[str, str]]:
    text = raw.decode("ascii", "replace")
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")


def _read_job_at(parameters: Parameters) -> datetime | None:
    date, time = parameters.get("jobdate", ""), parameters.get("jobtime", "")
    if not date and not time:
        return None
    try:
        moment = datetime.strptime(f"{date} {time}", _JOB_FORMAT)  # noqa: DTZ007 - local by contract
    except ValueError as error:
        raise RefusedError(Reason.SCHEDULE) from error
    return moment.replace(tzinfo=PLATFORM_ZONE)


def _render_refusal(reason: Reason) -> Response:
    if reason is Reason.ACTION:
        return PlainTextResponse(reason.value)
    return JSONResponse({"status": 0, "data": None, "msg": reason.value})


def _error_page(title: str, status: int) -> Response:
    return HTMLResponse(_PAGE.format(title=title), status)
