"""The pretend SMS platform's HTTP door against gateway-wire.md."""

import csv
from dataclasses import replace

import httpx
import pytest

from bot.sandbox.campaigns import CampaignState
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import OPTIONS
from tests.sandbox.desk import ANA, BIA, LOGIN, NOBODY, Ask


async def test_a_sent_text_reaches_the_phones(sandbox: Sandbox, ask: Ask) -> None:
    """`sendsms` answers the campaign's number, from 90001 up, and the phones get the text."""
    answer = (await ask("sendsms", msg="Feliz Natal", numbers=f"{ANA},{BIA}")).json()
    assert answer == {"status": 1, "data": 90001, "msg": "SUCESSO"}
    await sandbox.world.wait_for(lambda: len(sandbox.world.phones) == 2)
    message = sandbox.world.phones[ANA].newest_received
    assert message is not None
    assert message.text == "Feliz Natal"


async def test_a_post_of_the_same_fields_is_taken(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """Some clients post the query; the platform takes both."""
    fields = {"action": "sendsms", **LOGIN, "msg": "Olá, ção", "numbers": ANA}
    answer = await http.post(sandbox.gateway_url, data=fields)
    assert answer.json()["data"] == 90001
    assert sandbox.world.platform.campaigns[90001].order.text == "Olá, ção"


async def test_an_id_is_sometimes_in_a_string(ask: Ask) -> None:
    """The field has seen both, so clients have to read both."""
    first = (await ask("sendsms", msg="a", numbers=ANA)).json()["data"]
    second = (await ask("sendsms", msg="a", numbers=ANA)).json()["data"]
    assert (first, second) == (90001, "90002")


async def test_unknown_action_is_answered_in_bare_text(ask: Ask) -> None:
    """No JSON then, and HTTP 200 all the same."""
    answer = await ask("sendmms")
    assert (answer.status_code, answer.text) == (200, "0:OPERACAO INVALIDA")


async def test_bad_login_is_refused(sandbox: Sandbox, http: httpx.AsyncClient) -> None:
    """Status 0 and the platform's capitals, for a wrong password and for none."""
    for password in ({"pwd": "x"}, {}):
        query = {"action": "getbalance", "lgn": "aurora", **password}
        answer = (await http.get(sandbox.gateway_url, params=query)).json()
        assert answer == {"status": 0, "data": None, "msg": "FALHA AO REALIZAR LOGIN"}


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"msg": "", "numbers": ANA}, "MENSAGEM NAO INFORMADA"),
        ({"msg": "a", "numbers": " , "}, "NUMERO NAO INFORMADO"),
        ({"msg": "a", "numbers": f"55{ANA}"}, "NUMERO COM CODIGO DO PAIS"),
        ({"msg": "a" * 161, "numbers": ",".join([ANA] * 5001)}, "SALDO INSUFICIENTE"),
        (
            {"msg": "a", "numbers": ANA, "jobdate": "24/12/2013", "jobtime": "16:00"},
            "DATA DE AGENDAMENTO INVALIDA",
        ),
        (
            {"msg": "a", "numbers": ANA, "jobdate": "2099-12-24", "jobtime": "16:00"},
            "DATA DE AGENDAMENTO INVALIDA",
        ),
        ({"msg": "a", "numbers": ANA, "jobtime": "16:00"}, "DATA DE AGENDAMENTO INVALIDA"),
    ],
)
async def test_a_bad_order_is_refused_and_costs_nothing(
    sandbox: Sandbox, http: httpx.AsyncClient, order: dict[str, str], reason: str
) -> None:
    """Each reason in words, and neither credit nor a campaign number is used up."""
    form = {"action": "sendsms", **LOGIN, **order}
    answer = (await http.post(sandbox.gateway_url, data=form)).json()
    assert answer == {"status": 0, "data": None, "msg": reason}
    assert sandbox.world.platform.credit == 10_000
    assert not sandbox.world.platform.campaigns


async def test_credit_is_segments_times_numbers(sandbox: Sandbox, ask: Ask) -> None:
    """`ã` makes a text UCS-2, so 71 of them are two segments for each number."""
    await ask("sendsms", msg="ã" * 71, numbers=f"{ANA},{BIA}")
    assert sandbox.world.platform.credit == 9_996


async def test_status_report_has_thirteen_quoted_fields(sandbox: Sandbox, ask: Ask) -> None:
    """Read by position: 0 id, 2 queued, 4 delivered, 6 status, 9 carrier, 10 number, 12 text."""
    await ask("sendsms", msg='Diga "oi";\nsim', numbers=f"{ANA},{NOBODY}")
    await sandbox.world.wait_for(lambda: sandbox.world.platform.campaigns[90001].is_done)
    answer = (await ask("getstatus", id="90001")).json()
    assert answer["status"] == 1
    rows = list(csv.reader(answer["data"].splitlines(), delimiter=";"))
    assert [len(row) for row in rows] == [13, 13]
    assert [(row[6], row[10]) for row in rows] == [
        ("ENVIADO COM SUCESSO", ANA),
        ("NUMERO INVALIDO", NOBODY),
    ]
    assert rows[0][12] == 'Diga "oi"; sim'


async def test_a_running_campaigns_report_comes_with_status_zero(
    sandbox: Sandbox, ask: Ask
) -> None:
    """The envelope may not say 1 although the data is there."""
    await ask("sendsms", msg="a", numbers=ANA, jobdate="24/12/2099", jobtime="16:00")
    answer = (await ask("getstatus", id="90001")).json()
    assert answer["status"] == 0
    assert '"AGUARDANDO ENVIO"' in answer["data"]
    assert sandbox.world.platform.campaigns[90001].state is CampaignState.SCHEDULED


@pytest.mark.parametrize("poll", [("getbalance", {}), ("getstatus", {"id": "90001"})])
async def test_polls_are_taken_once_a_minute(
    sandbox: Sandbox, ask: Ask, poll: tuple[str, dict[str, str]]
) -> None:
    """Once a minute for the account, by the platform's clock."""
    action, parameters = poll
    await ask("sendsms", msg="a", numbers=ANA)
    assert (await ask(action, **parameters)).json()["data"] is not None
    refused = (await ask(action, **parameters)).json()
    assert refused == {"status": 0, "data": None, "msg": "CONSULTA PERMITIDA DE 1 EM 1 MINUTO"}
    sandbox.world.clock.advance(60)
    assert (await ask(action, **parameters)).json()["data"] is not None


async def test_unknown_campaigns_are_refused(ask: Ask) -> None:
    """Whatever the id looks like."""
    for campaign_id in ("", "1", "90001", "x", "²"):
        answer = (await ask("holdsms", id=campaign_id)).json()
        assert answer["msg"] == "CAMPANHA NAO ENCONTRADA"


async def test_a_scheduled_campaign_waits_for_its_time(sandbox: Sandbox, ask: Ask) -> None:
    """Nothing goes before; all of it goes when the platform's clock gets there."""
    await ask("sendsms", msg="a", numbers=ANA, jobdate="24/12/2099", jobtime="16:00")
    campaign = sandbox.world.platform.campaigns[90001]
    assert campaign.order.job_at is not None
    left = (campaign.order.job_at - sandbox.world.clock.now()).total_seconds()
    sandbox.world.clock.advance(left - 30)
    assert campaign.state is CampaignState.SCHEDULED
    sandbox.world.clock.advance(31)
    await sandbox.world.wait_for(lambda: campaign.is_done)


async def test_a_held_campaign_stays_until_it_is_released(sandbox: Sandbox, ask: Ask) -> None:
    """Even past its time; once finished it can't be held any more."""
    await ask("sendsms", msg="a", numbers=ANA, jobdate="24/12/2099", jobtime="16:00")
    assert (await ask("holdsms", id="90001")).json() == {
        "status": 1,
        "data": None,
        "msg": "SUCESSO",
    }
    sandbox.world.clock.advance(100 * 366 * 86_400)
    campaign = sandbox.world.platform.campaigns[90001]
    assert campaign.state is CampaignState.HELD
    await ask("releasesms", id="90001")
    await sandbox.world.wait_for(lambda: campaign.is_done)
    assert (await ask("holdsms", id="90001")).json()["msg"] == "CAMPANHA JA FINALIZADA"


async def test_too_long_addresses_get_the_web_servers_page(
    sandbox: Sandbox, http: httpx.AsyncClient
) -> None:
    """2,048 bytes of query and 4,096 of address: an HTML 404 beyond, and nothing done."""
    base = (
        f"{sandbox.gateway_url}?action=sendsms&lgn=aurora&pwd=segredo-da-aurora&numbers={ANA}&msg="
    )
    query_bytes = len(base.partition("?")[2])
    fits = await http.get(base + "a" * (2048 - query_bytes))
    assert fits.json()["status"] == 1
    too_long = await http.get(base + "a" * (2049 - query_bytes))
    assert too_long.status_code == 404
    assert "404.15" in too_long.text
    assert len(sandbox.world.platform.campaigns) == 1


async def test_the_log_keeps_no_credentials(
    sandbox: Sandbox, ask: Ask, http: httpx.AsyncClient
) -> None:
    """What the platform was asked is shown, but not by whom."""
    await ask("sendsms", msg="a", numbers=ANA)
    log = await http.get(f"{sandbox.url}/sandbox/log")
    assert log.json()["requests"][0]["numbers"] == [ANA]
    assert "segredo" not in log.text


async def test_a_campaign_on_its_way_can_be_held(http: httpx.AsyncClient) -> None:
    """Before its first text arrives; phones stay silent."""
    async with Sandbox(replace(OPTIONS, delivery_delay=60)) as sandbox:
        order = {"action": "sendsms", **LOGIN, "msg": "a", "numbers": ANA}
        await http.get(sandbox.gateway_url, params=order)
        campaign = sandbox.world.platform.campaigns[90001]
        states = [campaign.state]
        hold = {"action": "holdsms", **LOGIN, "id": "90001"}
        await http.get(sandbox.gateway_url, params=hold)
        states.append(campaign.state)
        assert states == [CampaignState.SENDING, CampaignState.HELD]
        assert not len(sandbox.world.phones)
