"""Where every request to the platform comes in, by either door: its troubles, and its log."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.sandbox.changes import Changes
from bot.sandbox.clock import Clock
from bot.sandbox.endings import Endings
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.refusals import Reason
from bot.sandbox.request_log import LoggedRequest
from bot.sandbox.troubles import Trouble

_SECRETS = frozenset({"lgn", "pwd"})
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head>"
    "<body><h1>Server Error</h1><h2>{title}</h2></body></html>"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the platform has to say to a request, and what it did first."""

    response: Response
    words: str
    acted: bool = False
    campaign_id: int | None = None


class Visit(ABC):
    """One request, as its door reads it.

    Attributes:
        door: which door, in a word.
        action: what it asks for, by its name at the HTTP door.
        parameters: with what, by the HTTP door's names.
        body_bytes: how long its body is.
    """

    door: str

    def __init__(self, *, action: str, parameters: Mapping[str, str], body_bytes: int) -> None:
        self.action = action
        self.parameters = parameters
        self.body_bytes = body_bytes

    @abstractmethod
    def act(self) -> Said:
        """Let the platform do it, and answer."""

    @abstractmethod
    def say_no(self, reason: Reason) -> Said:
        """Refuse, in this door's words."""

    @abstractmethod
    def say_broken(self) -> Said:
        """Say that the program behind this door threw something, and not when."""

    @abstractmethod
    def say_oddly(self) -> Response:
        """Say something well formed that is no answer."""


class Reception:
    """Takes requests, has the troubles of the wire, and writes everything down."""

    def __init__(self, endings: Endings, clock: Clock, changes: Changes) -> None:
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

    async def take(self, request: Request, visit: Visit) -> Response:
        """Answer a request, as well as the trouble there is allows."""
        trouble = self._faults.meet(visit.action)
        said = _hear(trouble, visit)
        self._note(request, visit, said, trouble)
        return await self._endings.end(trouble, request, said.response)

    def turn_away(self, request: Request, visit: Visit, said: Said) -> Response:
        """Answer in the web server's own words: the platform behind it hears nothing."""
        self._note(request, visit, said, Trouble.NONE)
        return said.response

    def _note(self, request: Request, visit: Visit, said: Said, trouble: Trouble) -> None:
        query = request.scope["query_string"]
        self.log.append(
            LoggedRequest(
                number=len(self.log) + 1,
                at=self._clock.now(),
                door=visit.door,
                action=visit.action,
                method=request.method,
                parameters={k: v for k, v in visit.parameters.items() if k not in _SECRETS},
                url_bytes=len(request.scope["raw_path"]) + len(query) + bool(query),
                body_bytes=visit.body_bytes,
                trouble=trouble,
                acted=said.acted,
                campaign_id=said.campaign_id,
                answer=said.words,
            )
        )
        self._changes.happened()


def _hear(trouble: Trouble, visit: Visit) -> Said:
    if trouble.acts:
        return _spoil(trouble, visit, visit.act())
    match trouble:
        case Trouble.HTML:
            return say_page("Runtime Error", 500)
        case Trouble.HTML_OK:
            return say_page("Runtime Error", 200)
        case Trouble.FAULT:
            return visit.say_broken()
        case Trouble.WRONG_LOGIN:
            return visit.say_no(Reason.LOGIN)
        case _:
            return Said(Response(), "")


def _spoil(trouble: Trouble, visit: Visit, said: Said) -> Said:
    """Answer something else than what was done; the words stay the ones that would be true."""
    match trouble:
        case Trouble.ERROR_AFTER:
            return replace(said, response=_render_page("Runtime Error", 500))
        case Trouble.FAULT_AFTER:
            return replace(said, response=visit.say_broken().response)
        case Trouble.WRONG_JSON:
            return replace(said, response=visit.say_oddly())
        case _:
            return said


def say_page(title: str, status: int) -> Said:
    """Say it in HTML, as a web server does."""
    return Said(_render_page(title, status), title)


def _render_page(title: str, status: int) -> Response:
    return HTMLResponse(_PAGE.format(title=title), status)
