"""One request at the SOAP door: what the platform makes of it, and what is said to it."""

from collections.abc import Callable

from starlette.responses import Response

from bot.sandbox.campaigns import SendOrder, SmsCampaign
from bot.sandbox.platform_actions import PlatformActions
from bot.sandbox.reception import Said, Visit
from bot.sandbox.refusals import Reason, RefusedError
from bot.sandbox.soap import table
from bot.sandbox.soap.messages import (
    FaultError,
    SoapRequest,
    Version,
    render_answer,
    render_envelope,
    render_fault,
)

_BROKEN = "Server was unable to process request. ---> Timeout expired."


class SoapVisit(Visit):
    """One operation that is asked for at this door."""

    door = "soap"

    def __init__(
        self,
        actions: PlatformActions,
        version: Version,
        asked: SoapRequest,
        *,
        body_bytes: int,
        has_callbacks: bool,
    ) -> None:
        super().__init__(
            action=asked.operation.action, parameters=_name(asked), body_bytes=body_bytes
        )
        self._actions = actions
        self._version = version
        self._asked = asked
        self._has_callbacks = has_callbacks
        self._does: dict[str, Callable[[], tuple[str, SmsCampaign | None]]] = {
            "SendSMS": self._send,
            "GetBalance": lambda: (str(actions.tell_credit()), None),
            "GetStatus": self._status,
            "GetStatusByRef": self._status,
            "SetHoldSMS": lambda: self._set_hold(is_held=True),
            "SetReleaseSMS": lambda: self._set_hold(is_held=False),
        }

    def act(self) -> Said:
        """Let the platform do it."""
        texts = self._asked.texts
        try:
            self._actions.check_login(texts.get("User", ""), texts.get("Pwd", ""))
            result, campaign = self._does[self._asked.operation.name]()
        except RefusedError as refusal:
            return self.say_no(refusal.reason)
        campaign_id = campaign.id if campaign else None
        words = "" if self._asked.operation.gives_table else result
        return Said(self._answer(result), words, acted=True, campaign_id=campaign_id)

    def say_no(self, reason: Reason) -> Said:
        """Refuse as text, or in a table of one column where a table is due."""
        words = f"0:{reason.value}"
        is_table = self._asked.operation.gives_table
        return Said(self._answer(table.render_refusal(words) if is_table else words), reason.value)

    def say_broken(self) -> Said:
        """Say it in a fault, as ASP.NET does of any exception in a web method."""
        fault = FaultError(_BROKEN, is_clients=False)
        return Said(respond(self._version, render_fault(self._version, fault), 500), _BROKEN)

    def say_oddly(self) -> Response:
        """Say what is SOAP, and no answer."""
        return respond(self._version, render_envelope(self._version, "<ok>true</ok>"))

    def _answer(self, result: str) -> Response:
        return respond(self._version, render_answer(self._version, self._asked.operation, result))

    def _send(self) -> tuple[str, SmsCampaign | None]:
        order, people = self._asked.order, self._asked.people
        numbers = [one.get("Number", "").strip() for one in people]
        references = [one.get("Ref", "") if self._has_callbacks else "" for one in people]
        known = [pair for pair in zip(numbers, references, strict=True) if pair[0]]
        campaign = self._actions.send(
            SendOrder(
                text=order.get("Msg", ""),
                numbers=tuple(number for number, _ in known),
                callback_url=(order.get("UrlCallback") or None) if self._has_callbacks else None,
                job_at=self._asked.job_at,
                references=tuple(reference for _, reference in known),
                door=self.door,
            )
        )
        return f"{campaign.id}:SUCESSO", campaign

    def _status(self) -> tuple[str, SmsCampaign | None]:
        campaign = self._actions.look_up(self._asked.texts.get("Id", ""))
        is_by_reference = "Ref" in self._asked.operation.takes
        reference = self._asked.texts.get("Ref", "") if is_by_reference else None
        return table.render_status(campaign, reference), campaign

    def _set_hold(self, *, is_held: bool) -> tuple[str, SmsCampaign | None]:
        campaign = self._actions.set_hold(self._asked.texts.get("Id", ""), is_held=is_held)
        return "1:SUCESSO", campaign


def _name(asked: SoapRequest) -> dict[str, str]:
    """Call what was asked by the HTTP door's names, for whoever reads the log."""
    names = {"Id": "id", "Ref": "ref", "Msg": "msg", "UrlCallback": "url_callback"}
    names["JobDateTime"] = "jobdatetime"
    given = asked.texts | asked.order
    parameters = {short: given[name] for name, short in names.items() if name in given}
    if asked.people:
        parameters["numbers"] = ",".join(one.get("Number", "") for one in asked.people)
    return parameters


def respond(version: Version, xml: str, status: int = 200) -> Response:
    """Send a message in the version that was asked."""
    return Response(xml, status, media_type=f"{version.content_type}; charset=utf-8")
