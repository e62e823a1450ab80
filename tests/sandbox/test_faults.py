"""Which requests meet a trouble, and how many of them; what the page and the log say of it."""

import asyncio

import httpx
import pytest

from bot.sandbox.faults import SCOPES
from bot.sandbox.gestures.gesture import GestureError
from bot.sandbox.server import Sandbox
from bot.sandbox.troubles import Trouble
from tests.sandbox.desk import ANA, BIA, Ask, Do, Json
from tests.sandbox.wire import Seen, written


async def _read(sandbox: Sandbox, http: httpx.AsyncClient, what: str) -> Json:
    return dict((await http.get(f"{sandbox.url}/sandbox/{what}")).json())


async def test_a_scope_spares_the_other_actions(sandbox: Sandbox, ask: Ask) -> None:
    """And an action that doesn't exist is in no scope but the widest."""
    await sandbox.set_trouble(Trouble.HTML, scope="sendsms")
    assert (await ask("getbalance")).json()["data"] == 10_000
    assert (await ask("sendmms")).text == "0:OPERACAO INVALIDA"
    for _ in range(2):
        assert (await ask("SendSMS", msg="a", numbers=ANA)).status_code == 500
    await sandbox.set_trouble(Trouble.HTML)
    assert (await ask("sendmms")).status_code == 500


async def test_a_trouble_may_last_for_some_requests_only(sandbox: Sandbox, ask: Ask) -> None:
    """Only the ones it meets count; then all is well by itself."""
    await sandbox.set_trouble(Trouble.HTML, scope="sendsms", times=2)
    statuses = []
    for action in ("getbalance", "sendsms", "holdsms", "sendsms", "sendsms"):
        fault = sandbox.world.reception.fault
        statuses.append(
            (action, fault.times, (await ask(action, msg="a", numbers=ANA)).status_code)
        )
    assert statuses == [
        ("getbalance", 2, 200),
        ("sendsms", 2, 500),
        ("holdsms", 1, 200),
        ("sendsms", 1, 500),
        ("sendsms", 0, 200),
    ]
    assert sandbox.world.reception.fault.kind is Trouble.NONE


async def test_what_hangs_goes_on_when_its_trouble_ended_by_itself(
    sandbox: Sandbox, ask: Ask
) -> None:
    """The next request is answered, the one that hangs only when somebody changes the trouble."""
    await sandbox.set_trouble(Trouble.HANG_AFTER, times=1)
    async with written(sandbox.gateway_url, "sendsms", msg="a", numbers=ANA) as wire:
        waiting = asyncio.create_task(wire.read_to_end())
        await sandbox.world.wait_for(lambda: sandbox.world.reception.waiting)
        assert sandbox.world.reception.fault.kind is Trouble.NONE
        assert (await ask("getbalance")).json()["data"] == "9999"
        assert not waiting.done()
        await sandbox.set_trouble(Trouble.NONE)
        assert await waiting == Seen(b"")


@pytest.mark.parametrize("given", [{"scope": "sendsms"}, {"times": 1}])
async def test_down_is_for_everybody(sandbox: Sandbox, ask: Ask, given: Json) -> None:
    """A refused connection can't be told from another; nothing changes then."""
    with pytest.raises(GestureError, match="neither scope nor times"):
        await sandbox.set_trouble(Trouble.DOWN, **given)
    assert (await ask("getbalance")).json()["data"] == 10_000


@pytest.mark.parametrize(
    "given",
    [
        {"scope": "sendmms"},
        {"scope": ["sendsms"]},
        {"times": -1},
        {"times": 1.5},
        {"times": True},
        {"times": "1"},
        {"kind": "down", "scope": "sendsms"},
    ],
)
async def test_what_makes_no_sense_is_told_in_words(sandbox: Sandbox, do: Do, given: Json) -> None:
    """And the platform stays as it was."""
    answer = await do("trouble", **{"kind": "lost", **given})
    assert not answer["ok"]
    assert answer["error"]
    assert sandbox.world.reception.fault.kind is Trouble.NONE


async def test_all_well_has_no_scope_and_no_end(sandbox: Sandbox, do: Do) -> None:
    """Whatever was said with it."""
    assert (await do("trouble", kind="none", scope="getbalance", times=3))["ok"]
    fault = sandbox.world.reception.fault
    assert (fault.kind, fault.scope, fault.times) == (Trouble.NONE, "all", 0)


async def test_the_state_says_what_is_wrong(
    sandbox: Sandbox, http: httpx.AsyncClient, do: Do, ask: Ask
) -> None:
    """What was set, what is left of it, what hangs, and all that could be chosen."""
    answer = await do("trouble", kind="hang_before", scope="sendsms", times=3)
    platform = (await _read(sandbox, http, "state"))["platform"]
    assert platform["trouble"] == {
        "kind": "hang_before",
        "scope": "sendsms",
        "times": 3,
        "waiting": 0,
        "hanging": 0,
    }
    asking = asyncio.ensure_future(ask("sendsms", msg="a", numbers=ANA))
    await sandbox.world.wait_for(lambda: sandbox.world.reception.waiting)
    state = await _read(sandbox, http, "state")
    trouble = state["platform"]["trouble"]
    assert (trouble["times"], trouble["waiting"], trouble["hanging"]) == (2, 1, 1)
    assert state["revision"] > answer["revision"]
    assert [one["id"] for one in platform["troubles"]] == list(Trouble)
    assert [one["id"] for one in platform["scopes"]] == list(SCOPES)
    assert {"id": "sendsms", "label": "sendsms only"} in platform["scopes"]
    await do("trouble", kind="none")
    with pytest.raises(httpx.RemoteProtocolError):
        await asking


async def test_the_log_tells_every_request_that_arrived(
    sandbox: Sandbox, http: httpx.AsyncClient, do: Do, ask: Ask
) -> None:
    """With the trouble it met and whether the platform acted, although its sender heard nothing."""
    for kind in ("html", "error_after", "wrong_login", "none"):
        await do("trouble", kind=kind)
        await ask("sendsms", msg=kind, numbers=ANA)
    await ask("sendsms", msg="", numbers=ANA)
    await ask("sendsms", msg="a" * 2000, numbers=ANA)
    requests = (await _read(sandbox, http, "log"))["requests"]
    assert [one["number"] for one in requests] == [1, 2, 3, 4, 5, 6]
    assert [(one["trouble"], one["acted"], one["id"], one["answer"]) for one in requests] == [
        ("html", False, None, "Runtime Error"),
        ("error_after", True, 90001, "SUCESSO"),
        ("wrong_login", False, None, "FALHA AO REALIZAR LOGIN"),
        ("none", True, 90002, "SUCESSO"),
        ("none", False, None, "MENSAGEM NAO INFORMADA"),
        ("none", False, None, "HTTP Error 404.15 - Not Found: query string too long"),
    ]
    assert requests[0]["parameters"] == {"action": "sendsms", "msg": "html", "numbers": ANA}
    assert "aurora" not in str(requests)


async def test_the_log_tells_the_platforms_campaigns(
    sandbox: Sandbox, http: httpx.AsyncClient, ask: Ask
) -> None:
    """Each with the request that made it: who counts there counts what people would get."""
    await ask("getbalance")
    later = {"jobdate": "24/12/2099", "jobtime": "16:00"}
    await ask("sendsms", msg="a", numbers=f"{ANA}, {BIA}", url_callback="http://x/y", **later)
    await ask("holdsms", id="90001")
    await ask("sendsms", msg="b", numbers=BIA, **later)
    assert (await _read(sandbox, http, "log"))["campaigns"] == [
        {
            "id": 90001,
            "request": 2,
            "text": "a",
            "numbers": [ANA, BIA],
            "callback_url": "http://x/y",
            "held": True,
            "state": "held",
        },
        {
            "id": 90002,
            "request": 4,
            "text": "b",
            "numbers": [BIA],
            "callback_url": None,
            "held": False,
            "state": "scheduled",
        },
    ]
