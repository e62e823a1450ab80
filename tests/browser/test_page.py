"""One campaign's life, as people at the page live it."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import Window

FIRST, SECOND = "31999990001", "31988880002"
TEXT = "Feliz Natal! Panetone à sua espera."
WRONG = "1234x"
RIGHT = f"{FIRST}\n{SECOND}"
PING = "<b>oi</b> <!channel>"
NARROW = ViewportSize(width=390, height=844)

OUTSIDE_THE_SCREEN = """() => [...document.body.querySelectorAll("*")]
    .filter((node) => node.checkVisibility() && !node.closest(".table-frame"))
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
    .map((node) => `${node.tagName}.${node.className}`)"""
"""Whatever one would have to scroll sideways for; a table scrolls in a frame of its own."""

BRIGHTNESS = """(node) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = getComputedStyle(node).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
}"""
"""The strongest of a background's three colours, 0 to 255, however it is written."""


async def test_a_campaign_lives_on_the_page(window: Window) -> None:
    """Write it by keyboard alone, mend a mistake, approve it as somebody else, be answered.

    All the while the console stays silent, and nobody but the sandbox is asked for anything.
    """
    await _open_the_composer_by_keyboard(window)
    await _mend_a_bad_number(window)
    await _approve_as_bruno(window)
    await _answer_from_a_phone(window)
    await _look_at_it_in_the_dark_on_a_small_screen(window)
    assert window.errors == []
    assert window.hosts == {urlsplit(window.page.url).netloc}


async def _open_the_composer_by_keyboard(window: Window) -> None:
    """The first Tab offers the way past the channels, to the box one types in."""
    keyboard = window.page.keyboard
    await keyboard.press("Tab")
    await expect(window.page.locator(".skip")).to_be_focused()
    await keyboard.press("Enter")
    await expect(window.page.get_by_test_id("composer-input")).to_be_focused()
    await keyboard.type("/sms-send")
    await keyboard.press("Enter")
    await expect(window.field("name")).to_be_focused()
    await keyboard.press("Tab")
    await expect(window.field("text")).to_be_focused()


async def _send_by_keyboard(window: Window) -> None:
    """Past the file, the time and the preview, to the form's own button."""
    submit = window.page.get_by_test_id("modal-submit")
    for _ in range(9):
        await window.page.keyboard.press("Tab")
        if await submit.evaluate("node => node === document.activeElement"):
            break
    await window.page.keyboard.press("Enter")


async def _mend_a_bad_number(window: Window) -> None:
    """The error stands at its field, and every field keeps what was typed in it."""
    keyboard = window.page.keyboard
    await keyboard.type(TEXT)
    await keyboard.press("Tab")
    await expect(window.field("numbers")).to_be_focused()
    await keyboard.type(WRONG)
    await _send_by_keyboard(window)
    await expect(window.page.get_by_test_id("error-numbers")).to_contain_text(WRONG)
    await expect(window.field("numbers")).to_be_focused()
    await expect(window.field("numbers")).to_have_value(WRONG)
    await expect(window.field("text")).to_have_value(TEXT)
    await keyboard.press("Control+A")
    await keyboard.type(RIGHT)
    await _send_by_keyboard(window)
    await expect(window.page.get_by_test_id("modal")).to_be_hidden()
    await expect(window.card).to_contain_text("Waiting for approval")
    await expect(window.card).to_contain_text(TEXT)


async def _approve_as_bruno(window: Window) -> None:
    """The press is confirmed first; then the phones ring and the card counts."""
    await window.page.get_by_test_id("person-U0BRUNO").click()
    await window.card.get_by_role("button", name="Approve").click()
    await expect(window.page.get_by_test_id("confirm")).to_contain_text("2 people")
    await window.page.get_by_test_id("confirm-yes").click()
    for number in (FIRST, SECOND):
        await expect(window.phone(number).get_by_test_id("bubble")).to_contain_text(TEXT)
    await expect(window.card).to_contain_text("2 delivered")


async def _answer_from_a_phone(window: Window) -> None:
    """A stranger's words stand in the thread letter by letter; they format and ping nobody."""
    await window.card.get_by_test_id("replies").click()
    await window.phone(FIRST).get_by_role("textbox").fill(PING)
    await window.phone(FIRST).get_by_role("textbox").press("Enter")
    reply = window.thread.get_by_test_id("message").filter(has_text=PING)
    await expect(reply).to_have_count(1)
    await expect(reply.get_by_text(re.compile("@channel"))).to_have_count(0)
    await expect(reply.locator("b")).to_have_count(0)


async def _look_at_it_in_the_dark_on_a_small_screen(window: Window) -> None:
    """Each view of a phone fits its width, and night is night."""
    chat = window.page.locator("#chat")
    day: Any = await chat.evaluate(BRIGHTNESS)
    await window.page.emulate_media(color_scheme="dark")
    night: Any = await chat.evaluate(BRIGHTNESS)
    assert night < 64
    assert day > 192
    await window.page.set_viewport_size(NARROW)
    for tab in ("chat", "places", "phones"):
        await window.page.get_by_test_id(f"tab-{tab}").click()
        assert await window.page.evaluate(OUTSIDE_THE_SCREEN) == []
    await window.page.get_by_test_id("tab-chat").click()
    await window.page.get_by_test_id("thread-close").click()
    await expect(window.card).to_be_visible()
    assert await window.page.evaluate(OUTSIDE_THE_SCREEN) == []
