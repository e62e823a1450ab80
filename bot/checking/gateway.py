"""Whether the SMS platform is there and knows the login."""

from bot.checking.findings import Finding
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.gateway.http_door import HttpDoor
from bot.settings import Settings

_NAME = "SMS platform"


async def check_gateway(settings: Settings) -> Finding:
    """Ask for the credit left: it needs the login, and costs nothing."""
    door = HttpDoor(
        url=settings.gateway_url,
        login=settings.gateway_login.get_secret_value(),
        password=settings.gateway_password.get_secret_value(),
        timezone=settings.gateway_timezone,
        max_url_bytes=settings.gateway_max_url_bytes,
    )
    try:
        credit = await door.balance()
    except GatewayRejected as error:
        return Finding(_NAME, ok=False, words=_explain_refusal(error.reason))
    except GatewayUnavailable as error:
        return _explain_silence(error, settings.gateway_url)
    return Finding(_NAME, ok=True, words=f"it knows the login; credit left: {credit:,}")


def _explain_refusal(reason: str) -> str:
    if "login" in reason.casefold():
        return "it does not know the login: mend GATEWAY_LOGIN or GATEWAY_PASSWORD"
    return f"it said no, in these words: {reason}"


def _explain_silence(error: GatewayUnavailable, url: str) -> Finding:
    if error.retry_after is None:
        words = f"nothing that answers like the platform is at {url}: mend GATEWAY_URL"
        return Finding(_NAME, ok=False, words=f"{words}, or try again later")
    words = (
        "it is there, and was asked less than a minute ago, perhaps by Torpedo itself; to see"
        " the credit, check again in a minute"
    )
    return Finding(_NAME, ok=True, words=words)
