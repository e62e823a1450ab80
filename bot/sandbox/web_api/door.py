"""`/api/*`: who calls, whether they may, how often, and then the method itself."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.slack_error import RateLimitedError, SlackError
from bot.sandbox.web_api import apps, chat, conversations, files, modals, people
from bot.sandbox.web_api.arguments import Arguments, read_arguments
from bot.sandbox.web_api.method import Method

METHODS: dict[str, Method] = (
    apps.METHODS
    | chat.METHODS
    | conversations.METHODS
    | files.METHODS
    | modals.METHODS
    | people.METHODS
)
_OPEN_TO_ALL = "api.test"


class WebApiDoor:
    """Answers Web API calls: HTTP 200 with `ok`, whatever happened, but for 429."""

    def __init__(self, slack: PretendSlack) -> None:
        self._slack = slack

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        name = request.path_params["method"]
        try:
            body = self._call(name, await read_arguments(request), _read_bearer(request))
        except SlackError as error:
            return JSONResponse(error.as_slack())
        except RateLimitedError as error:
            limited = {"ok": False, "error": "ratelimited"}
            return JSONResponse(limited, 429, {"retry-after": str(error.retry_after)})
        scopes = ",".join(sorted(self._slack.manifest.scopes))
        return JSONResponse({"ok": True, **body}, headers={"x-oauth-scopes": scopes})

    def _call(self, name: str, arguments: Arguments, bearer: str) -> dict[str, object]:
        method = METHODS.get(name)
        if method is None:
            raise SlackError(word="unknown_method", req_method=name)
        if name != _OPEN_TO_ALL:
            self._check_token(method, bearer or arguments.optional("token"))
        self._slack.require_scope(*method.scopes)
        self._slack.rates.count_call(name, method.tier)
        return method.handle(self._slack, arguments)

    def _check_token(self, method: Method, token: str) -> None:
        seed = self._slack.seed
        if not token:
            raise SlackError(word="not_authed")
        if token not in (seed.bot_token, seed.app_token):
            raise SlackError(word="invalid_auth")
        if (token == seed.app_token) is not method.for_app_token:
            raise SlackError(word="not_allowed_token_type")


def _read_bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
