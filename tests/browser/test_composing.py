"""The composer on the page: a list from a file, a text in one segment, a time, a second eye."""

from datetime import timedelta

from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Window

LIST = (
    b"nome;celular\r\nAna;31999990001\r\nBia;31 98888-0002\r\nCaio;31 3333-4444\r\n"
    b"Dora;+55 31 99999-0001\r\n"
)
TEXT = "Promoção: “tudo” com 50% na loja de São João, só amanhã!"
PLAIN = 'Promocao: "tudo" com 50% na loja de Sao Joao, so amanha!'


async def test_a_campaign_is_composed_looked_at_scheduled_and_sent(window: Window) -> None:
    """From a file with left-outs and a text that costs double to phones that get it in time."""
    page = window.page
    await _open(window)
    await window.field("file").set_input_files(
        FilePayload(name="clientes.csv", mimeType="text/csv", buffer=LIST)
    )
    await window.field("text").fill(TEXT * 2)
    await _press(window, "compose.preview")
    form = page.get_by_test_id("modal")
    await expect(form).to_contain_text("2 people")
    await expect(form).to_contain_text("2 left out: 1 not a mobile, 1 there twice")
    await expect(form).to_contain_text("The numbers are in clientes.csv")
    await expect(form).to_contain_text("2 segments")
    await _press(window, "compose.plain")
    await expect(form).to_contain_text("1 segment")
    await expect(window.field("text.1")).to_have_value(PLAIN * 2)
    await form.get_by_label("At a time").check()
    at = window.sandbox.world.clock.now() + timedelta(days=2)
    await window.field("at.1").fill(f"{at:%Y-%m-%dT16:00}")
    await page.get_by_test_id("modal-submit").click()
    await expect(form).to_be_hidden()
    await page.get_by_test_id("person-U0BRUNO").click()
    await window.card.get_by_role("button", name="Approve").click()
    await page.get_by_test_id("confirm-yes").click()
    await expect(window.card).to_contain_text("Scheduled")
    window.sandbox.world.clock.advance(timedelta(days=3).total_seconds())
    for number in ("31999990001", "31988880002"):
        await expect(window.phone(number).get_by_test_id("bubble")).to_contain_text(PLAIN)
    assert window.errors == []


async def test_a_form_closed_by_accident_is_opened_again(window: Window) -> None:
    """With every letter; and another message's text has a form of its own."""
    page = window.page
    await _open(window)
    await window.field("text").press_sequentially("Feliz Natal")
    await expect(window.field("text")).to_have_value("Feliz Natal")
    await _close(window)
    await _open(window)
    await expect(window.field("text")).to_have_value("Feliz Natal")
    await _close(window)
    await page.get_by_test_id("composer-input").fill("Bom ano a todos")
    await page.keyboard.press("Enter")
    said = page.get_by_test_id("message").filter(has_text="Bom ano a todos")
    await said.hover()
    await said.get_by_test_id("message-menu").click()
    await said.get_by_test_id("shortcut").click()
    await expect(window.field("text")).to_have_value("Bom ano a todos")
    assert window.errors == []


async def _open(window: Window) -> None:
    await window.page.get_by_test_id("composer-input").fill("/sms-send")
    await window.page.keyboard.press("Enter")
    await expect(window.page.get_by_test_id("modal")).to_be_visible()


async def _close(window: Window) -> None:
    await window.page.get_by_test_id("modal-close").click()
    await expect(window.page.get_by_test_id("modal")).to_be_hidden()


async def _press(window: Window, action: str) -> None:
    await window.page.locator(f'dialog [data-action-id="{action}"]').click()
