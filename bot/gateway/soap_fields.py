"""The fields of the platform's SOAP messages, found in the WSDL by what they are called.

Capitals and underscores don't count. What the WSDL requires and this program doesn't know gets
the value that a .NET client sends for what nobody set.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.gateway.wsdl import WsdlTrouble

SUBJECT = "Torpedo"
_LOGIN = ("user", "usuario", "login", "lgn")
_PASSWORD = ("pwd", "password", "senha")
_CALLBACK = ("urlcallback", "callbackurl", "callback", "urlretorno")
_REFERENCE = ("ref", "reference", "referencia", "internokey")
_NO_TIME = "0001-01-01T00:00:00"  # .NET's DateTime that nobody set
_UNSET = {
    "boolean": False,
    "dateTime": _NO_TIME,
    "date": _NO_TIME[:10],
    "string": "",
}


class Fields:
    """One element's fields, as the WSDL has them."""

    def __init__(self, owner: str, kind: Any) -> None:  # noqa: ANN401 - zeep's types are made at run time
        self._owner = owner
        elements = getattr(kind, "elements", ())
        self._elements: dict[str, Any] = dict(elements)
        self._names = {_plain(name): name for name in reversed(self._elements)}

    def find(self, *names: str) -> str | None:
        """Find a field by the names that it may have; the likeliest first."""
        return next((self._names[name] for name in names if name in self._names), None)

    def need(self, *names: str) -> str:
        """Find a field that there has to be.

        Raises:
            WsdlTrouble: It isn't there.
        """
        found = self.find(*names)
        if found is None:
            message = f"has no {names[0]} in {self._owner}"
            raise WsdlTrouble(message)
        return found

    def type_of(self, name: str) -> Any:  # noqa: ANN401 - the same
        """Tell a field's type."""
        return self._elements[name].type

    def fill(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Put each value into the field of that name, and defaults where something has to be."""
        return self.complete({self.need(name): value for name, value in values.items()})

    def fill_login(self, login: tuple[str, str]) -> dict[str, Any]:
        """Put in who asks."""
        return {self.need(*_LOGIN): login[0], self.need(*_PASSWORD): login[1]}

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Add what the WSDL requires and nobody set, as .NET's own clients do."""
        required = {
            name: _UNSET.get(str(element.type.name), 0)
            for name, element in self._elements.items()
            if element.min_occurs and not element.nillable and _plain(name) not in _CREDENTIALS
        }
        return required | values


class OrderFields:
    """What a ``SendSMS`` may carry.

    Attributes:
        callback: The field for the call-back's address, or None where there is none.
        reference: The field for a person's reference, or None.
    """

    def __init__(self, send: Fields) -> None:
        self._message = send.need("smsmessage", "rsms", "message", "sms")
        self._send = send
        self._order = order = Fields("SmsMessage", send.type_of(self._message))
        self._text = order.need("msg", "message", "mensagem")
        self._list = order.need("destinations", "destinatarios")
        array = Fields("Destinations", order.type_of(self._list))
        self._item = array.need("destination", "destinatario")
        self._person = person = Fields("Destination", array.type_of(self._item))
        self._number = person.need("number", "numero", "celular")
        self._time = order.need("jobdatetime", "jobdate", "datetime")  # else all would go at once
        self._subject = order.find("subject", "assunto")
        self.callback = order.find(*_CALLBACK) or send.find(*_CALLBACK)
        self._is_callback_outside = order.find(*_CALLBACK) is None
        self.reference = person.find(*_REFERENCE)

    def fill(
        self, text: str, numbers: Sequence[str], *, callback_url: str, send_at: datetime | None
    ) -> dict[str, Any]:
        """Lay an order out; a person's reference is their number, in the spelling sent."""
        order: dict[str, Any] = {self._text: text}
        if self._subject:
            order[self._subject] = SUBJECT
        order[self._list] = {self._item: [self._lay_out(number) for number in numbers]}
        if send_at:
            order[self._time] = self._spell(send_at)
        outside: dict[str, Any] = {}
        if self.callback:
            (outside if self._is_callback_outside else order)[self.callback] = callback_url
        return self._send.complete(outside | {self._message: self._order.complete(order)})

    def _lay_out(self, number: str) -> dict[str, Any]:
        person = {self._number: number}
        if self.reference:
            person[self.reference] = number
        return self._person.complete(person)

    def _spell(self, local: datetime) -> str:
        """Spell a time as its type wants it, or as at the HTTP door where that is free text."""
        is_text = self._order.type_of(self._time).name == "string"
        return f"{local:%d/%m/%Y %H:%M}" if is_text else f"{local:%Y-%m-%dT%H:%M:%S}"


_CREDENTIALS = frozenset(_LOGIN + _PASSWORD)


def _plain(name: str) -> str:
    return name.replace("_", "").casefold()
