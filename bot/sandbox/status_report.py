"""What `getstatus` answers: a line a message, 13 fields a line."""

from bot.sandbox.campaigns import Delivery, SmsCampaign

_TIME = "%Y-%m-%d %H:%M:%S"


def read_fields(campaign: SmsCampaign, delivery: Delivery) -> tuple[str, ...]:
    """Tell the thirteen fields of one message; the SOAP door names them.

    By position: 0 delivery id, 2 queued, 4 delivered, 6 status, 9 carrier, 10 number, 12 message.
    The others' meaning is not known, so they hold something and nobody may depend on it.
    """
    order = campaign.order
    return (
        str(delivery.id),
        str(campaign.id),
        delivery.queued_at.strftime(_TIME),
        order.job_at.strftime(_TIME) if order.job_at else "",
        delivery.at.strftime(_TIME) if delivery.at else "",
        "",
        delivery.status.value,
        "0",
        "",
        delivery.carrier,
        delivery.number,
        delivery.reference,
        " ".join(order.text.splitlines()),
    )


def render_status_report(campaign: SmsCampaign) -> str:
    """Write the campaign's deliveries as gateway-wire.md has them: quoted, `;` between."""
    return "\n".join(_render_line(campaign, delivery) for delivery in campaign.deliveries)


def _render_line(campaign: SmsCampaign, delivery: Delivery) -> str:
    fields = read_fields(campaign, delivery)
    return ";".join('"{}"'.format(field.replace('"', '""')) for field in fields)
