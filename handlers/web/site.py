"""The addresses that the program answers at."""

from starlette.applications import Starlette
from starlette.routing import Route

from handlers.web.callbacks import Callbacks
from handlers.web.health import Health
from handlers.web.slack_door import SlackDoor

SLACK_PATH = "/slack/events"


def build_site(
    *, callbacks: Callbacks, callback_path: str, health: Health, slack: SlackDoor | None
) -> Starlette:
    """Put every door at its address; Slack's only where it comes by HTTP."""
    routes = [
        Route(callback_path + "{key}", callbacks.receive, methods=["GET", "POST"]),
        Route("/healthz", health.show, methods=["GET"]),
    ]
    if slack is not None:
        routes.append(Route(SLACK_PATH, slack.receive, methods=["POST"]))
    return Starlette(routes=routes)
