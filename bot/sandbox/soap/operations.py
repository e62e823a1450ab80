"""The operations of the web service: what each takes, and its name at the HTTP door."""

from dataclasses import dataclass

NAMESPACE = "http://tempuri.org/"
SERVICE = "ServiceSMS"
UNSET_TIME = "0001-01-01T00:00:00"
"""What .NET's `DateTime` is before anybody sets it, and so what means: now."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    Attributes:
        name: its name.
        action: what it is called at the HTTP door, in the log and among the troubles.
        takes: its texts besides the login.
        gives_table: whether its result is a DataSet, and not a text.
    """

    name: str
    action: str
    takes: tuple[str, ...] = ()
    gives_table: bool = False


OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation("GetBalance", "getbalance"),
        Operation("GetStatus", "getstatus", ("Id",), gives_table=True),
        Operation("GetStatusByRef", "getstatus", ("Id", "Ref"), gives_table=True),
        Operation("SendSMS", "sendsms"),
        Operation("SetHoldSMS", "holdsms", ("Id",)),
        Operation("SetReleaseSMS", "releasesms", ("Id",)),
    )
}
"""By name, in the order in which ASP.NET lists them."""
