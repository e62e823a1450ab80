"""The platform's HTTP door: `/painel/api.ashx`, as gateway-wire.md tells it."""

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.platform_actions import Parameters, PlatformActions
from bot.sandbox.reception import Reception, Said, Visit, say_page
from bot.sandbox.refusals import Reason, RefusedError

PATH = "/painel/api.ashx"
# IIS's default, in bytes. Its other one, 4,096 for the whole address, is beyond reach here: the
# path is short.
_MAX_QUERY = 2048


class PlatformDoor:
    """Reads requests, and lets the platform judge them."""

    def __init__(self, actions: PlatformActions, reception: Reception) -> None:
        self._actions = actions
        self._reception = reception

    def routes(self) -> list[BaseRoute]:
        """Tell what this door answers."""
        return [Route(PATH, self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Request) -> Response:
        query = request.scope["query_string"]
        body = await request.body()
        parameters = dict(_read_pairs(query) + _read_pairs(body))
        visit = _HttpVisit(self._actions, parameters, body_bytes=len(body))
        if len(query) > _MAX_QUERY:
            # The web server's own answer: the platform behind it hears nothing, nor does trouble.
            page = say_page("HTTP Error 404.15 - Not Found: query string too long", 404)
            return self._reception.turn_away(request, visit, page)
        return await self._reception.take(request, visit)


class _HttpVisit(Visit):
    """One request at this door."""

    door = "http"

    def __init__(
        self, actions: PlatformActions, parameters: Parameters, *, body_bytes: int
    ) -> None:
        super().__init__(
            action=parameters.get("action", "").lower(),
            parameters=parameters,
            body_bytes=body_bytes,
        )
        self._actions = actions

    def act(self) -> Said:
        """Let the platform do it."""
        try:
            answer = self._actions.perform(self.action, self.parameters)
        except RefusedError as refusal:
            return self.say_no(refusal.reason)
        body = {"status": answer.status, "data": answer.data, "msg": answer.message}
        campaign_id = answer.campaign.id if answer.campaign else None
        return Said(JSONResponse(body), answer.message or "", acted=True, campaign_id=campaign_id)

    def say_no(self, reason: Reason) -> Said:
        """Refuse in JSON, or as bare text where nobody knows the action."""
        if reason is Reason.ACTION:
            return Said(PlainTextResponse(reason.value), reason.value)
        body = {"status": 0, "data": None, "msg": reason.value}
        return Said(JSONResponse(body), reason.value)

    def say_broken(self) -> Said:
        """Say it in the web server's page: a plain handler has no words of its own for it."""
        return say_page("Runtime Error", 500)

    def say_oddly(self) -> Response:
        """Say what is JSON, and no answer."""
        return JSONResponse({"ok": True})


def _read_pairs(raw: bytes) -> list[tuple[str, str]]:
    text = raw.decode("ascii", "replace")
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")
