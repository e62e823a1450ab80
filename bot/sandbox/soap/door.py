"""The platform's SOAP door: `/painel/ServiceSms.asmx`, with the same platform behind it."""

import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.platform_actions import PlatformActions
from bot.sandbox.reception import Reception, Said, Visit, say_page
from bot.sandbox.soap import pages
from bot.sandbox.soap.messages import FaultError, Version, read_request, render_fault
from bot.sandbox.soap.operations import OPERATIONS
from bot.sandbox.soap.visit import SoapVisit, respond
from bot.sandbox.soap.wsdl import render_wsdl

PATH = "/painel/ServiceSms.asmx"
_NAME = PATH.rpartition("/")[2].casefold()
_MOST_BYTES = 4096 * 1024
"""ASP.NET's default for a request (`maxRequestLength`)."""
_VERSIONS = {version.content_type: version for version in Version}


class SoapDoor:
    """Shows what ASP.NET shows, reads what SOAP clients send, and lets the platform judge it."""

    def __init__(
        self, actions: PlatformActions, reception: Reception, *, has_callbacks: bool
    ) -> None:
        self._actions = actions
        self._reception = reception
        self._has_callbacks = has_callbacks

    def routes(self) -> list[BaseRoute]:
        """Tell what this door answers, in whatever capitals, as IIS does."""
        return [Route("/painel/{name}", self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Request) -> Response:
        if request.path_params["name"].casefold() != _NAME:
            return PlainTextResponse("The resource cannot be found.", 404)
        return self._show(request) if request.method == "GET" else await self._take(request)

    def _show(self, request: Request) -> Response:
        """Show the WSDL, how one operation is asked, or the list of them."""
        path = request.url.path
        asked = {name.casefold(): value for name, value in request.query_params.items()}
        if "wsdl" in asked:
            page = render_wsdl(
                str(request.url.replace(query="")), has_callbacks=self._has_callbacks
            )
            return Response(page, media_type="text/xml")
        operation = OPERATIONS.get(asked.get("op", ""))
        if operation is None:
            return HTMLResponse(pages.render_list(path))
        return HTMLResponse(
            pages.render_operation(path, operation, has_callbacks=self._has_callbacks)
        )

    async def _take(self, request: Request) -> Response:
        body = await _read_body(request)
        if body is None:
            page = say_page("Maximum request length exceeded.", 500)
            return self._reception.turn_away(request, _Stray(), page)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        version = _VERSIONS.get(kind)
        if version is None:
            page = say_page("Request format is unrecognized.", 500)
            return self._reception.turn_away(request, _Stray(len(body)), page)
        try:
            asked = read_request(
                version, _read_action(version, request), _read_parameter(request, "charset"), body
            )
        except FaultError as fault:
            said = Said(respond(version, render_fault(version, fault), 500), fault.words)
            return self._reception.turn_away(request, _Stray(len(body)), said)
        visit = SoapVisit(
            self._actions, version, asked, body_bytes=len(body), has_callbacks=self._has_callbacks
        )
        return await self._reception.take(request, visit)


class _Stray(Visit):
    """A request that no operation is asked for in."""

    door = "soap"

    def __init__(self, body_bytes: int = _MOST_BYTES) -> None:
        super().__init__(action="", parameters={}, body_bytes=body_bytes)

    def act(self) -> Said:  # pragma: no cover - it is turned away
        """Nothing."""
        raise NotImplementedError

    say_no = say_broken = say_oddly = act  # type: ignore[assignment]  # nor is anything said


def _read_action(version: Version, request: Request) -> str | None:
    """Read which operation a request's headers ask for, if they do."""
    if version is Version.SOAP_11:
        header = request.headers.get("soapaction")
        return None if header is None else header.strip("\"' ")
    return _read_parameter(request, "action")


def _read_parameter(request: Request, name: str) -> str | None:
    """Read a parameter of the content type; an empty one is none."""
    kind = request.headers.get("content-type", "")
    found = re.search(rf"""\b{name}=["']?([^"';]+)""", kind, re.IGNORECASE)
    return found[1].strip() if found else None


async def _read_body(request: Request) -> bytes | None:
    """Read a body, or None where it is longer than the web server takes."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    return bytes(body)
