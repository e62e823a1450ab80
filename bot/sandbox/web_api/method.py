"""What every Web API method has: a tier, scopes, and something it does."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.pretend_slack import PretendSlack
from bot.sandbox.rates import Tier
from bot.sandbox.web_api.arguments import Arguments

Handler = Callable[[PretendSlack, Arguments], JsonObject]


@dataclass(frozen=True, slots=True)
class Method:
    """One method; the app needs one of `scopes`, if there are any."""

    handle: Handler
    tier: Tier
    scopes: tuple[str, ...] = ()
    for_app_token: bool = False
