"""Whether the SMS platform is there and knows the login."""

from bot.assembly import build_gateway
from bot.checking.findings import Finding
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.settings import Settings

_NAME = "SMS platform"


async def check_gateway(settings: Settings) -> Finding:
    """Ask for the credit left: it needs the login, and costs nothing."""
    try:
        credit = await build_gateway(settings).balance()
    except GatewayRejected as error:
        return Finding(_NAME, ok=False, words=_explain_refusal(error))
    except GatewayUnavailable as error:
        return _explain_silence(error, settings.gateway_url)
    return Finding(_NAME, ok=True, words=f"it knows the login; credit left: {credit:,}")


def _explain_refusal(error: GatewayRejected) -> str:
    if error.is_about_login:
        return "it does not know the login: mend GATEWAY_LOGIN or GATEWAY_PASSWORD"
    return f"it said no, in these words: {error.reason}"


def _explain_silence(error: GatewayUnavailable, url: str) -> Finding:
    if error.retry_after is None:
        words = f"nothing that answers like the platform is at {url}: mend GATEWAY_URL"
        return Finding(_NAME, ok=False, words=f"{words}, or try again later")
    words = (
        "it is there, and was asked less than a minute ago, perhaps by Torpedo itself; to see"
        " the credit, check again in a minute"
    )
    return Finding(_NAME, ok=True, words=words)
