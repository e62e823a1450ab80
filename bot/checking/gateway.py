"""Whether the SMS platform is there and knows the login, at each of its doors."""

import time

from bot.assembly import build_doors
from bot.checking.findings import Finding
from bot.domain.errors import GatewayRejected, GatewayUnavailable
from bot.gateway.contracts import understand, warn
from bot.gateway.door import Door
from bot.gateway.soap_door import SoapDoor
from bot.gateway.wsdl import WsdlTrouble, fetch_documents
from bot.settings import Settings

_HTTP, _SOAP, _WSDL = "SMS platform", "SMS platform, SOAP", "GATEWAY_WSDL"


async def check_gateway(settings: Settings) -> list[Finding]:
    """Ask each door for the credit left: it needs the login, and costs nothing."""
    http, soap = build_doors(settings, steady=time.monotonic)
    findings = [await _check_door(http, _HTTP, settings.gateway_url, "GATEWAY_URL")]
    if soap is not None:
        findings += await _check_soap(soap)
    return findings


async def _check_soap(soap: SoapDoor) -> list[Finding]:
    """Read the WSDL afresh, whatever is kept of it, and keep nothing."""
    contracts = soap.contracts
    try:
        documents = await fetch_documents(contracts.url, soap.patience)
        contracts.current = understand(documents, contracts.url)
    except WsdlTrouble as trouble:
        words = f"{contracts.url} {trouble}. Until it can be read, campaigns go by HTTP alone"
        return [Finding(_WSDL, ok=False, words=words)]
    found = [
        Finding(_WSDL, ok=True, words=words, careful=True) for words in warn(contracts.current)
    ]
    return [*found, await _check_door(soap, _SOAP, contracts.url, "GATEWAY_WSDL")]


async def _check_door(door: Door, name: str, url: str, setting: str) -> Finding:
    try:
        credit = await door.balance()
    except GatewayRejected as error:
        return Finding(name, ok=False, words=_explain_refusal(error))
    except GatewayUnavailable as error:
        return _explain_silence(error, name, url, setting)
    return Finding(name, ok=True, words=f"it knows the login; credit left: {credit:,}")


def _explain_refusal(error: GatewayRejected) -> str:
    if error.is_about_login:
        return "it does not know the login: mend GATEWAY_LOGIN or GATEWAY_PASSWORD"
    return f"it said no, in these words: {error.reason}"


def _explain_silence(error: GatewayUnavailable, name: str, url: str, setting: str) -> Finding:
    if error.retry_after is None:
        words = f"nothing that answers like the platform is at {url}: mend {setting}"
        return Finding(name, ok=False, words=f"{words}, or try again later")
    words = (
        "it is there, and was asked less than a minute ago, perhaps by Torpedo itself; to see"
        " the credit, check again in a minute"
    )
    return Finding(name, ok=True, words=words)
