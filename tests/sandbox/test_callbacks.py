"""The platform calling back: styles, letters, retries."""

from dataclasses import replace

import httpx
from starlette.responses import Response

from bot.sandbox.campaigns import SendOrder
from bot.sandbox.phones import Direction
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import OPTIONS, Receiver
from tests.sandbox.desk import ANA, LOGIN, Ask


async def test_a_thousand_people_are_served_in_few_call_backs(
    sandbox: Sandbox, http: httpx.AsyncClient, receiver: Receiver
) -> None:
    """Every record arrives, several in one call."""
    numbers = [f"319{serial:08}" for serial in range(10_001, 11_001)]
    form = {"action": "sendsms", **LOGIN, "msg": "a", "numbers": ",".join(numbers)}
    await http.post(sandbox.gateway_url, data=form | {"url_callback": receiver.url})

    def told() -> set[str]:
        values = [value for request in receiver.requests for _, value in request.fields]
        return {line.split(";")[1] for value in values for line in value.splitlines()}

    await sandbox.world.wait_for(lambda: told() == set(numbers))
    assert len(receiver.requests) < 50
    assert sandbox.world.platform.campaigns[90001].is_done


async def test_delivery_is_told_by_get(sandbox: Sandbox, ask: Ask, receiver: Receiver) -> None:
    """Six fields: campaign, number, no text, time, status, reference."""
    url = f"{receiver.url}?part=7"
    await ask("sendsms", msg="a", numbers=ANA, url_callback=url, interno_key="ref")
    await sandbox.world.wait_for(lambda: receiver.requests)
    request = receiver.requests[0]
    values = dict(request.fields)
    assert (request.method, values["part"]) == ("GET", "7")
    campaign, number, reply, at, status, reference = values["data_callback"].split(";")
    assert (campaign, number, reply) == ("90001", ANA, "")
    assert (status, reference) == ("ENVIADO COM SUCESSO", "ref")
    assert len(at) == len("2026-11-23 10:00:00")


async def test_a_reply_comes_back_in_windows_1252(
    sandbox: Sandbox, ask: Ask, receiver: Receiver
) -> None:
    """What the phone answers is posted as a form, in the letters of an old web site."""
    await ask("sendsms", msg="a", numbers=ANA, url_callback=receiver.url)
    await sandbox.world.wait_for(lambda: receiver.requests)
    sandbox.world.platform.answer(ANA, "Não; quero\nmais “ção”")
    await sandbox.world.wait_for(lambda: len(receiver.requests) == 2)
    request = receiver.requests[1]
    assert b"N%E3o" in request.body
    assert "Não; quero\nmais “ção”" in dict(request.fields)["data_callback"]
    directions = [message.direction for message in sandbox.world.phones[ANA].messages]
    assert directions == [Direction.IN, Direction.OUT]


async def test_letters_that_windows_lacks_go_as_utf_8(
    sandbox: Sandbox, ask: Ask, receiver: Receiver
) -> None:
    """Nothing that a person wrote is lost."""
    await ask("sendsms", msg="a", numbers=ANA, url_callback=receiver.url)
    await sandbox.world.wait_for(lambda: receiver.requests)
    sandbox.world.platform.answer(ANA, "sim 👍")
    await sandbox.world.wait_for(lambda: len(receiver.requests) == 2)
    assert b"%F0%9F%91%8D" in receiver.requests[1].body


async def test_a_call_back_is_tried_again_until_it_is_taken(
    sandbox: Sandbox, ask: Ask, receiver: Receiver
) -> None:
    """Three attempts here, the last one taken, and no fourth."""
    receiver.answer = lambda _: Response(status_code=500 if len(receiver.requests) < 3 else 200)
    await ask("sendsms", msg="a", numbers=ANA, url_callback=receiver.url)
    await sandbox.world.wait_for(
        lambda: sandbox.world.courier.sent and sandbox.world.courier.sent[0].statuses[-1:] == [200]
    )
    assert sandbox.world.courier.sent[0].statuses == [500, 500, 200]


async def test_a_receiver_that_is_away_is_given_up(sandbox: Sandbox, ask: Ask) -> None:
    """A few attempts, each without an answer, whatever the address looks like."""
    urls = ("http://127.0.0.1:9/", "nowhere", "http://[", "ftp://x/")
    for url in urls:
        await ask("sendsms", msg="a", numbers=ANA, url_callback=url)
    sent = sandbox.world.courier.sent
    await sandbox.world.wait_for(lambda: [one.statuses for one in sent] == [[0, 0, 0]] * len(urls))


async def test_an_idle_platform_only_writes_down_what_it_would_tell(receiver: Receiver) -> None:
    """Somebody else carries it then."""
    async with Sandbox(replace(OPTIONS, calls_back=False)) as sandbox:
        order = SendOrder("a", (ANA,), receiver.url)
        sandbox.world.platform.send(order)
        await sandbox.world.wait_for(lambda: sandbox.world.courier.sent)
        (callback,) = sandbox.world.courier.sent
    assert [record.number for record in callback.records] == [ANA]
    assert (callback.statuses, receiver.requests) == ([], [])
