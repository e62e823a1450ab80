"""The fault door on the page: what a person picks there is what the platform does."""

import asyncio
import json

import httpx
from playwright.async_api import Page, expect

from bot.sandbox.faults import Fault
from bot.sandbox.seed import Seed
from bot.sandbox.troubles import Trouble
from tests.browser.conftest import Window

SEED = Seed()
ORDER = {
    "action": "sendsms",
    "lgn": SEED.gateway.login,
    "pwd": SEED.gateway.password,
    "msg": "Feliz Natal",
    "numbers": "31999990001",
}


async def test_a_trouble_is_picked_by_keyboard_and_meets_one_request(window: Window) -> None:
    """It acts, hangs until it is let go, and is over after one; the log tells what was done."""
    page = window.page
    await _pick_by_keyboard(page, scope="sendsms", kind="Acts, then never")
    await _has(window, Fault(Trouble.HANG_AFTER, "sendsms", 1))
    await expect(page.get_by_test_id("platform-mood")).to_have_text("in trouble")
    async with httpx.AsyncClient(trust_env=False) as client:
        asking = asyncio.create_task(
            client.get(window.sandbox.gateway_url, params=ORDER, timeout=60)
        )
        await expect(page.get_by_test_id("platform-mood")).to_have_text("1 waiting")
        await expect(page.get_by_test_id("trouble")).to_have_value("none")
        await expect(page.get_by_test_id("trouble-scope")).to_have_value("sendsms")
        await expect(page.get_by_test_id("platform-campaign-90001")).to_contain_text("by HTTP")
        await page.get_by_test_id("let-go").click()
        (ending,) = await asyncio.gather(asking, return_exceptions=True)
        assert isinstance(ending, httpx.RemoteProtocolError)
    await expect(page.get_by_test_id("platform-mood")).to_have_text("all well")
    await expect(page.get_by_test_id("let-go")).to_be_hidden()
    async with page.expect_popup() as opening:
        await page.get_by_role("link", name="log").click()
    log = json.loads(await (await opening.value).locator("pre").inner_text())
    (sent,) = [one for one in log["requests"] if one["action"] == "sendsms"]
    assert (sent["trouble"], sent["acted"], sent["id"]) == ("hang_after", True, 90001)
    assert window.errors == []


async def test_down_is_for_every_request(window: Window) -> None:
    """The page offers no scope then, and gives it back afterwards."""
    page = window.page
    await page.get_by_test_id("trouble-scope").select_option("getstatus")
    await page.get_by_test_id("trouble").select_option("down")
    await _has(window, Fault(Trouble.DOWN))
    await expect(page.get_by_test_id("trouble-scope")).to_be_disabled()
    await expect(page.get_by_test_id("trouble-scope")).to_have_value("all")
    await expect(page.get_by_test_id("trouble-once")).to_be_disabled()
    await page.get_by_test_id("trouble").select_option("none")
    await expect(page.get_by_test_id("trouble-scope")).to_be_enabled()
    await expect(page.get_by_test_id("platform-mood")).to_have_text("all well")
    assert window.errors == []


async def test_a_bot_that_is_gone_is_said_to_be(window: Window) -> None:
    """An address says nothing; whether somebody listens there does."""
    window.sandbox.events_url = "http://127.0.0.1:1/slack/events"
    await expect(window.page.get_by_test_id("bot-way")).to_have_text("bot not answering")


async def _pick_by_keyboard(page: Page, *, scope: str, kind: str) -> None:
    """Type the beginning of each choice, as one does in a closed list; the scope first."""
    await page.get_by_test_id("trouble").focus()
    await page.keyboard.press("Tab")
    await expect(page.get_by_test_id("trouble-scope")).to_be_focused()
    await page.keyboard.type(scope)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_test_id("trouble-once")).to_be_checked()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.type(kind)


async def _has(window: Window, fault: Fault) -> None:
    """Wait until this is what is wrong with the platform."""
    door = window.sandbox.world.reception
    await window.sandbox.world.wait_for(lambda: door.fault == fault)
