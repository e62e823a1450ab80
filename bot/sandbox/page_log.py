"""What the platform was asked and whom it called back, for tests and the curious."""

from bot.sandbox.callbacks import Callback
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.platform_door import LoggedRequest
from bot.sandbox.world import World


def render_log(world: World) -> JsonObject:
    """Lay the log out, newest last, credentials left out."""
    return {
        "requests": [_render_request(world, one) for one in world.platform_door.log],
        "callbacks": [_render_callback(one) for one in world.courier.sent],
    }


def _render_request(world: World, request: LoggedRequest) -> JsonObject:
    campaign = world.platform.campaigns.get(request.campaign_id or 0)
    return {
        "at": request.at.isoformat(),
        "method": request.method,
        "action": request.action,
        "id": request.campaign_id,
        "numbers": [
            number for number in request.parameters.get("numbers", "").split(",") if number
        ],
        "text": request.parameters.get("msg", ""),
        "held": campaign.is_held if campaign else None,
        "answer": request.answer,
        "url_bytes": request.url_bytes,
    }


def _render_callback(callback: Callback) -> JsonObject:
    return {
        "at": callback.at.isoformat(),
        "url": callback.url,
        "style": callback.style.value,
        "status": callback.statuses[-1] if callback.statuses else None,
        "attempts": len(callback.statuses),
        "data": [str(record) for record in callback.records],
    }
