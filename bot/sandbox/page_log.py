"""What the platform was asked, what it made of it and whom it called back, for who counts."""

from bot.sandbox.callbacks import Callback
from bot.sandbox.campaigns import SmsCampaign
from bot.sandbox.json_shapes import JsonObject
from bot.sandbox.request_log import LoggedRequest
from bot.sandbox.world import World


def render_log(world: World) -> JsonObject:
    """Lay everything out, newest last, credentials left out.

    A campaign's `request` is the `number` of the request that made it.
    """
    log = world.reception.log
    makers = {one.campaign_id: one.number for one in log if one.action == "sendsms"}
    return {
        "requests": [_render_request(world, one) for one in log],
        "campaigns": [
            _render_campaign(campaign, makers.get(campaign.id))
            for campaign in world.platform.campaigns.values()
        ],
        "callbacks": [_render_callback(one) for one in world.courier.sent],
    }


def _render_request(world: World, request: LoggedRequest) -> JsonObject:
    campaign = world.platform.campaigns.get(request.campaign_id or 0)
    return {
        "number": request.number,
        "at": request.at.isoformat(),
        "door": request.door,
        "method": request.method,
        "action": request.action,
        "id": request.campaign_id,
        "numbers": [
            number for number in request.parameters.get("numbers", "").split(",") if number
        ],
        "text": request.parameters.get("msg", ""),
        "parameters": request.parameters,
        "held": campaign.is_held if campaign else None,
        "trouble": request.trouble.value,
        "acted": request.acted,
        "answer": request.answer,
        "url_bytes": request.url_bytes,
        "body_bytes": request.body_bytes,
    }


def _render_campaign(campaign: SmsCampaign, request: int | None) -> JsonObject:
    return {
        "id": campaign.id,
        "request": request,
        "text": campaign.order.text,
        "numbers": list(campaign.order.numbers),
        "callback_url": campaign.order.callback_url,
        "held": campaign.is_held,
        "state": campaign.state.value,
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
