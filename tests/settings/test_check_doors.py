"""``torpedo check`` at the platform's SOAP door: its WSDL, its login, and what it lacks."""

import pytest

from bot.checking import check
from tests.gateway.dialects import DIALECTS
from tests.gateway.wsdls import LIST, TIME, optional, wsdl
from tests.settings.samples import PASSWORD
from tests.settings.services import Answer, PretendServices, found

PATH = "/painel/ServiceSms.asmx"


def soap(text: str) -> Answer:
    """Answer an operation."""
    return Answer(DIALECTS["soap"].say(text), "text/xml")


def page(services: PretendServices, **changes: str) -> Answer:
    """Answer with a WSDL that leads here."""
    return Answer(wsdl(f"http://127.0.0.1:{services.port}{PATH}", **changes).decode(), "text/xml")  # type: ignore[arg-type]  # texts alone


def address(services: PretendServices) -> str:
    """Spell where the WSDL is."""
    return f"http://127.0.0.1:{services.port}{PATH}"


async def test_both_doors_are_tried(services: PretendServices) -> None:
    """Each knows the login; the WSDL is read afresh, and nothing of it is kept."""
    services.says(PATH, page(services), soap("1234.5"))
    settings = services.settings(gateway_wsdl=address(services))
    findings = {one.name: (one.ok, one.words) for one in await check(settings)}
    assert findings["SMS platform"] == (True, "it knows the login; credit left: 1,234.5")
    assert findings["SMS platform, SOAP"] == findings["SMS platform"]
    assert "GATEWAY_WSDL" not in findings
    assert not settings.database.with_name("torpedo.db.wsdl.json").exists()


@pytest.mark.parametrize(
    ("answer", "ok", "words"),
    [
        (
            soap("0:FALHA AO REALIZAR LOGIN"),
            False,
            "it does not know the login: mend GATEWAY_LOGIN or GATEWAY_PASSWORD",
        ),
        (soap(f"0:{PASSWORD}"), False, "it said no, in these words: ***"),
        (
            soap("0:AGUARDE 1 MINUTO"),
            True,
            (
                "it is there, and was asked less than a minute ago, perhaps by Torpedo itself; to"
                " see the credit, check again in a minute"
            ),
        ),
    ],
)
async def test_the_soap_doors_words_are_explained(
    services: PretendServices,
    answer: Answer,
    ok: bool,  # noqa: FBT001 - a table
    words: str,
) -> None:
    """As the HTTP door's are: one minute for both is no fault."""
    services.says(PATH, page(services), answer)
    settings = services.settings(gateway_wsdl=address(services))
    assert await found(settings, "SMS platform, SOAP") == [(ok, words)]


async def test_a_door_that_answers_no_question_is_told(services: PretendServices) -> None:
    """Its WSDL is there, and nothing behind it."""
    services.says(PATH, page(services), Answer("<html>", status=500))
    settings = services.settings(gateway_wsdl=address(services))
    ((ok, words),) = await found(settings, "SMS platform, SOAP")
    assert not ok
    assert words.endswith("mend GATEWAY_WSDL, or try again later")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("", status=404), "can't be read: HTTP 404"),
        (Answer("<html>Sorry</html>"), "isn't a WSDL but a web page"),
        (Answer("0:OPERACAO INVALIDA"), "isn't a WSDL but XML that does not parse"),
        (Answer(wsdl(operations=("SendSMS", "GetBalance")).decode()), "lacks GetStatus, SetHold"),
    ],
)
async def test_a_wsdl_that_is_no_use_is_told(
    services: PretendServices, answer: Answer, why: str
) -> None:
    """With its address, and what happens until it is mended; HTTP is as well as ever."""
    services.says(PATH, answer)
    settings = services.settings(gateway_wsdl=address(services))
    ((ok, words),) = await found(settings, "GATEWAY_WSDL")
    assert not ok
    assert words.startswith(f"{address(services)}?WSDL {why}")
    assert words.endswith("Until it can be read, campaigns go by HTTP alone")
    assert await found(settings, "SMS platform, SOAP") == []
    assert await found(settings, "SMS platform") == [
        (True, "it knows the login; credit left: 1,234.5")
    ]


async def test_what_the_wsdl_lacks_is_pointed_out(services: PretendServices) -> None:
    """It works, and somebody should know: no call-backs, no references, another host."""
    document = wsdl(
        f"http://inner.example{PATH}",
        order=optional("Msg") + LIST + TIME,
        person=optional("Number"),
    )
    services.says(PATH, Answer(document.decode(), "text/xml"), soap("9"))
    settings = services.settings(gateway_wsdl=address(services))
    told = await found(settings, "GATEWAY_WSDL")
    assert [ok for ok, _ in told] == [True, True, True]
    for (_, words), begin in zip(
        told,
        [
            "the WSDL names another host, inner.example",
            "the WSDL has no call-back",
            "the WSDL has no reference",
        ],
        strict=True,
    ):
        assert words.startswith(begin)
