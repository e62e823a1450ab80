"""The platform's HTTP door: `/painel/api.ashx`, as gateway-wire.md tells it."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.endings import Endings
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.platform_actions import Parameters, PlatformActions
from bot.sandbox.refusals import Reason, RefusedError
from bot.sandbox.request_log import LoggedRequest
from bot.sandbox.troubles import Trouble

PATH = "/painel/api.ashx"
# IIS's default, in bytes. Its other one, 4,096 for the whole address, is beyond reach here: the
# path is short.
_MAX_QUERY = 2048
_SECRETS = frozenset({"lgn", "pwd"})
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head>"
    "<body><h1>Server Error</h1><h2>{title}</h2></body></html>"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the platform has to say to a request, and what it did first."""

    response: Response
    words: str
    acted: bool = False
    campaign_id: int | None = None


class PlatformDoor:
    """Reads requests, lets the platform judge them, and has the troubles of the wire."""

    def __init__(
        self, actions: PlatformActions, endings: Endings, clock: Clock, changes: Changes
    ) -> None:
        self._actions = actions
        self._endings = endings
        self._clock = clock
        self._changes = changes
        self._faults = Faults()
        self.log: list[LoggedRequest] = []

    @property
    def fault(self) -> Fault:
        """What is wrong with the platform now."""
        return self._faults.now

    @property
    def waiting(self) -> int:
        """How many clients wait for an answer, or for the rest of one."""
        return self._endings.waiting

    @property
    def hanging(self) -> int:
        """How many of them the next change of trouble closes."""
        return self._endings.hanging

    def set_fault(self, fault: Fault) -> None:
        """Put this in the place of what was wrong before, and let go of who waits because of it."""
        self._faults.now = fault
        if fault.kind is Trouble.DOWN:
            self._endings.cut_off()
        else:
            self._endings.let_go()

    def close(self) -> None:
        """Close every request that is still open."""
        self._endings.cut_off()

    def app(self) -> Starlette:
        """Build the ASGI application of this door."""
        return Starlette(routes=[Route(PATH, self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> Response:
        query = request.scope["query_string"]
        is_long = len(query) > _MAX_QUERY
        parameters = dict(_read_pairs(query) + _read_pairs(await request.body()))
        action = parameters.get("action", "").lower()
        if is_long:
            # The web server's own answer: the platform behind it hears nothing, nor does trouble.
            trouble = Trouble.NONE
            said = _say_page("HTTP Error 404.15 - Not Found: query string too long", 404)
        else:
            trouble = self._faults.meet(action)
            said = self._hear(trouble, action, parameters)
        self.log.append(
            LoggedRequest(
                number=len(self.log) + 1,
                at=self._clock.now(),
                action=action,
                method=request.method,
                parameters={k: v for k, v in parameters.items() if k not in _SECRETS},
                url_bytes=len(request.scope["raw_path"]) + len(query) + bool(query),
                trouble=trouble,
                acted=said.acted,
                campaign_id=said.campaign_id,
                answer=said.words,
            )
        )
        self._changes.happened()
        return await self._endings.end(trouble, request, said.response)

    def _hear(self, trouble: Trouble, action: str, parameters: Parameters) -> _Said:
        if trouble.acts:
            return _spoil(trouble, self._act(action, parameters))
        match trouble:
            case Trouble.HTML:
                return _say_page("Runtime Error", 500)
            case Trouble.HTML_OK:
                return _say_page("Runtime Error", 200)
            case Trouble.WRONG_LOGIN:
                return _say_no(Reason.LOGIN)
            case _:
                return _Said(Response(), "")

    def _act(self, action: str, parameters: Parameters) -> _Said:
        try:
            answer = self._actions.perform(action, parameters)
        except RefusedError as refusal:
            return _say_no(refusal.reason)
        body = {"status": answer.status, "data": answer.data, "msg": answer.message}
        campaign_id = answer.campaign.id if answer.campaign else None
        return _Said(JSONResponse(body), answer.message or "", acted=True, campaign_id=campaign_id)


def _read_pairs(raw: bytes) -> list[tuple[str, str]]:
    text = raw.decode("ascii", "replace")
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")


def _spoil(trouble: Trouble, said: _Said) -> _Said:
    """Answer something else than what was done; the words stay the ones that would be true."""
    match trouble:
        case Trouble.ERROR_AFTER:
            return replace(said, response=_render_page("Runtime Error", 500))
        case Trouble.WRONG_JSON:
            return replace(said, response=JSONResponse({"ok": True}))
        case _:
            return said


def _say_no(reason: Reason) -> _Said:
    if reason is Reason.ACTION:
        return _Said(PlainTextResponse(reason.value), reason.value)
    body = {"status": 0, "data": None, "msg": reason.value}
    return _Said(JSONResponse(body), reason.value)


def _say_page(title: str, status: int) -> _Said:
    return _Said(_render_page(title, status), title)


def _render_page(title: str, status: int) -> Response:
    return HTMLResponse(_PAGE.format(title=title), status)
