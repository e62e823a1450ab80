"""Asking Slack, and what its refusals mean for whoever sets Torpedo up."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

_COPY_AGAIN = "Slack does not know {setting}: copy it again"
_INSTALL_AGAIN = (
    "Slack no longer takes {setting}: install the app in the workspace again and copy the new one"
)
_EXPLAINED = {
    "invalid_auth": _COPY_AGAIN,
    "not_authed": _COPY_AGAIN,
    "token_revoked": _INSTALL_AGAIN,
    "token_expired": _INSTALL_AGAIN,
    "account_inactive": _INSTALL_AGAIN,
    "not_allowed_token_type": "{setting} is another kind of token: copy the right one",
    "missing_scope": "{setting} was made without the permission {needed}: add it",
    "ratelimited": "Slack was asked too often: check again in a minute",
}


class SlackSaysNo(Exception):
    """Slack did not do what was asked.

    Attributes:
        code: Slack's own error code; empty when it can't be reached or does not answer like Slack.
        needed: The scope it says is missing.
    """

    def __init__(self, code: str = "", needed: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.needed = needed

    def explain(self, setting: str) -> str:
        """Say what to do about it; ``setting`` holds the token that was used."""
        if not self.code:
            return "nothing that answers like Slack could be reached: mend the network or the proxy"
        words = _EXPLAINED.get(self.code, "Slack says {code} to {setting}")
        return words.format(setting=setting, code=self.code, needed=self.needed or "it needs")


async def ask(
    method: Callable[..., Awaitable[AsyncSlackResponse]],
    **arguments: Any,  # noqa: ANN401 - Slack's methods take what they take
) -> AsyncSlackResponse:
    """Call one of Slack's methods.

    Raises:
        SlackSaysNo: For a refusal, for silence, and for answers that aren't Slack's: with a web
            page or a bare text, the library itself stumbles.
    """
    try:
        return await method(**arguments)
    except SlackApiError as error:
        raise _read_refusal(error) from None
    except (aiohttp.ClientError, OSError, ValueError, AttributeError):
        raise SlackSaysNo from None


def _read_refusal(error: SlackApiError) -> SlackSaysNo:
    answer = getattr(error.response, "data", None)
    if not isinstance(answer, dict):
        return SlackSaysNo()
    return SlackSaysNo(str(answer.get("error") or ""), str(answer.get("needed") or ""))
