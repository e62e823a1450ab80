"""The addresses that the program answers at."""

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.slack_door import SlackDoor

SLACK_PATH = "/slack/events"


def build_site(*, callbacks: Callbacks, health: Health, slack: SlackDoor | None) -> ASGIApp:
    """Put every door at its address; Slack's only where it comes by HTTP."""
    routes = [Route("/healthz", health.show, methods=["GET"])]
    if slack is not None:
        routes.append(Route(SLACK_PATH, slack.receive, methods=["POST"]))
    others = Starlette(routes=routes)

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(callbacks.path):
            await callbacks(scope, receive, send)
        else:
            await others(scope, receive, send)

    return site
