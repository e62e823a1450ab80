"""Whether Slack takes the tokens, granted what Torpedo needs, and knows the approvers."""

from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.checking.approvers import check_approvers
from bot.checking.findings import Finding
from bot.checking.slack_answers import SlackSaysNo, ask
from bot.settings import Settings

SCOPES = {
    "commands": "the slash commands",
    "chat:write": "cards, threads and private answers",
    "users:read": "time zones, and who is a member",
    "usergroups:read": "user groups in APPROVERS",
    "channels:read": "who is in a channel",
    "groups:read": "who is in a private channel",
    "channels:history": "whether a message arrived whose answer was lost",
    "groups:history": "the same in a private channel",
    "im:history": "the same in direct messages",
    "im:write": "telling the requester what can't be told in the channel",
    "files:read": "lists of numbers in files",
    "files:write": "replies as a file, when thousands come",
}
"""What ``manifest.yml`` asks for, and what each is for."""

_SECONDS = 10


async def check_slack(settings: Settings) -> list[Finding]:
    """Ask Slack who we are, and then only what a working token can ask."""
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        timeout=_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )
    way_in = await _check_way_in(client, settings)
    try:
        answer = await ask(client.auth_test)
    except SlackSaysNo as error:
        return [Finding("Slack", ok=False, words=error.explain("SLACK_BOT_TOKEN")), way_in]
    who = f"@{answer.get('user')} in the workspace {answer.get('team')}"
    return [
        Finding("Slack", ok=True, words=who),
        _check_scopes(answer),
        way_in,
        *await check_approvers(client, settings),
    ]


def _check_scopes(answer: AsyncSlackResponse) -> Finding:
    name = "Permissions"
    headers = {key.casefold(): value for key, value in answer.headers.items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = [f"{scope} ({use})" for scope, use in SCOPES.items() if scope not in granted]
    if not missing:
        return Finding(name, ok=True, words="Slack granted all that Torpedo needs")
    words = (
        f"Slack did not grant {', '.join(missing)}: add them at OAuth & Permissions > Scopes, or"
        " paste manifest.yml anew, and install the app again"
    )
    return Finding(name, ok=False, words=words)


async def _check_way_in(client: AsyncWebClient, settings: Settings) -> Finding:
    """See how Slack's requests will come in; over HTTP only Slack can try it."""
    if settings.slack_app_token is None:
        url = f"{settings.public_url}/slack/events"
        words = f"Slack will call {url}: the app's settings must say so too"
        return Finding("Requests over HTTP", ok=True, words=words)
    name = "Socket Mode"
    token = settings.slack_app_token.get_secret_value()
    try:
        await ask(client.apps_connections_open, app_token=token)
    except SlackSaysNo as error:
        return Finding(name, ok=False, words=error.explain("SLACK_APP_TOKEN"))
    return Finding(name, ok=True, words="Slack opens a connection")
