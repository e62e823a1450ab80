"""A list in a file, given in the page's form."""

from playwright.async_api import FilePayload, expect

from tests.browser.conftest import Window

LIST = b"nome;celular\r\nAna;31999990001\r\nBia;31 98888-0002\r\nCaio;31 3333-4444\r\n"


def named(name: str, content: bytes = LIST) -> FilePayload:
    """A file to choose."""
    return FilePayload(name=name, mimeType="text/csv", buffer=content)


async def test_a_file_is_given_corrected_and_becomes_a_campaign(window: Window) -> None:
    """It stays chosen while another field is mended, and can be taken out; its left-outs show."""
    page = window.page
    await page.get_by_test_id("composer-input").fill("/sms-send")
    await page.keyboard.press("Enter")
    file = window.field("file")
    chosen = page.locator("dialog .files li")
    await file.set_input_files(named("velha.csv"))
    await expect(chosen).to_contain_text("velha.csv · 69 B")
    await page.get_by_role("button", name="Remove velha.csv").click()
    await expect(chosen).to_have_count(0)
    await file.set_input_files(named("lista.csv"))
    await expect(chosen).to_contain_text("lista.csv")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-text")).to_be_visible()
    await expect(chosen).to_contain_text("lista.csv")
    await window.field("numbers").fill("31999990001")
    await window.field("text").fill("Feliz Natal")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-file")).to_contain_text("which list you mean")
    await expect(chosen).to_contain_text("lista.csv")
    await window.field("numbers").fill("")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    await expect(window.card).to_contain_text("2 people")
    await expect(window.card).to_contain_text("1 left out: 1 not a mobile")
    assert window.errors == []
