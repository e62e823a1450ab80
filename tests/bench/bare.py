"""The least that speaks to Slack: Bolt on Starlette on uvicorn, and nothing behind them.

``python -m tests.bench.bare PORT`` serves until it is told to stop.
"""

import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


async def authorize() -> AuthorizeResult:
    """Know who we are without asking Slack."""
    return AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-bare")


async def on_command(ack: AsyncAck) -> None:
    """Answer, and do nothing."""
    await ack()


def build() -> Starlette:
    """Put Slack's door and the health page at the addresses where Torpedo has them."""
    app = AsyncApp(signing_secret="bare", authorize=authorize)
    app.command("/sms")(on_command)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[Route("/slack/events", events, methods=["POST"]), Route("/healthz", health)]
    )


if __name__ == "__main__":
    uvicorn.run(build(), port=int(sys.argv[1]), log_config=None, access_log=False, lifespan="off")
