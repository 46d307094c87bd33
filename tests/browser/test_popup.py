"""The toolbar popup: paste, drop, and a job that outlives it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import worker
from clipboard import PNG, Clipboard
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from right_clicks import press_in_prompt
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from site_proxy import Answer, Site
from waiting import until

# Makes an event that carries a file, as the browser makes it when a person drops or pastes.
SEND_FILE = """((kind, encoded, count = 1) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const carrier = new DataTransfer();
    for (let each = 0; each < count; each++) {
        carrier.items.add(new File([bytes], 'holiday.jpg', { type: 'image/jpeg' }));
    }
    const Kind = kind === 'drop' ? DragEvent : ClipboardEvent;
    const name = kind === 'drop' ? 'dataTransfer' : 'clipboardData';
    document.dispatchEvent(new Kind(kind, { [name]: carrier, bubbles: true }));
})"""


@pytest.fixture(autouse=True)
def _no_jobs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()
    screen_browser.open_popup()
    # In one step: a job that is over while it is looked at has no such button any more.
    screen_browser.driver.execute_script(
        """for (const button of document.querySelectorAll('[data-act=cancel]')) {
            if (!button.hidden) button.click();
        }"""
    )
    for job, _ in screen_browser.job_states():
        screen_browser.press(job, "remove")
    until(lambda: screen_browser.job_states() == [], "an empty list")


def row(browser: OffcutBrowser, job: str) -> WebElement:
    return browser.driver.find_element(By.CSS_SELECTOR, f'[data-job="{job}"]')


def button(browser: OffcutBrowser, job: str, act: str) -> WebElement:
    return row(browser, job).find_element(By.CSS_SELECTOR, f'[data-act="{act}"]')


def wait_row(browser: OffcutBrowser, *states: str, position: int = 0) -> str:
    """Wait until a job of the list is in one of some states; gives its id."""

    def there() -> str | None:
        jobs = browser.job_states()
        job, state = jobs[position] if position < len(jobs) else ("", "")
        return job if state in states else None

    return until(there, f"a job that is {' or '.join(states)}")


def real_popup(browser: OffcutBrowser) -> str:
    """Open the popup at the toolbar; gives the id of its target."""
    devtools = browser.devtools
    devtools.evaluate(worker(browser), "chrome.action.openPopup()")
    popup = until(lambda: popups(browser), "the popup")[0]
    ready = "document.documentElement?.dataset.state === 'ready'"
    until(lambda: devtools.evaluate(popup, ready), "the popup's actions")
    return popup


def popups(browser: OffcutBrowser) -> list[str]:
    address = f"{browser.origin}/popup/popup.html"
    pages = browser.devtools.targets("page")
    return [page["targetId"] for page in pages if page["url"] == address]


def paste(browser: OffcutBrowser, mouse: Mouse) -> None:
    browser.open_popup()
    mouse.click(browser, "h1")
    mouse.press("ctrl+v")


def test_jobs_outlive_the_real_popup_and_are_listed_in_the_next(
    screen_browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    devtools = screen_browser.devtools
    screen_browser.open("about:blank")
    popup = real_popup(screen_browser)
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    devtools.evaluate(popup, f"{SEND_FILE}('paste', '{encoded}', 3)")
    count = "document.querySelectorAll('.job').length"
    until(lambda: devtools.evaluate(popup, count) == 3, "three jobs in the popup")
    devtools.close_target(popup)
    until(lambda: not popups(screen_browser), "the popup to close")
    screen_browser.open_popup()
    for position in range(3):
        job = wait_row(screen_browser, "done", position=position)
        assert "holiday" in row(screen_browser, job).text


def test_looking_at_the_popup_does_not_start_the_engine(screen_browser: OffcutBrowser) -> None:
    devtools = screen_browser.devtools
    for page in devtools.targets("background_page"):
        devtools.close_target(page["targetId"])
    until(lambda: not devtools.targets("background_page"), "the engine's end")
    screen_browser.open_popup()
    assert screen_browser.dataset()["jobs"] == "0"
    assert not devtools.targets("background_page")


def test_a_finished_job_is_downloaded_copied_and_opened(
    screen_browser: OffcutBrowser, mouse: Mouse, photos: dict[str, Path]
) -> None:
    screen_browser.open_popup()
    before = screen_browser.result_tabs()
    screen_browser.element("file-input").send_keys(str(photos["small"]))
    job = wait_row(screen_browser, "done")
    assert row(screen_browser, job).find_element(By.TAG_NAME, "img").is_displayed()
    saved = screen_browser.saved_by(lambda: screen_browser.press(job, "download"))
    assert saved.name == "astronaut-cutout.png"
    with Image.open(saved) as cutout:
        assert cutout.size == (512, 512)
    mouse.click(screen_browser, f'[data-job="{job}"] [data-act="copy"]')
    until(lambda: "clipboard" in row(screen_browser, job).text, "the copy")
    with Image.open(io.BytesIO(Clipboard(mouse).take())) as picture:
        assert picture.size == (512, 512)
        assert picture.convert("RGBA").getpixel((480, 20))[3] == 0  # pyright: ignore
    screen_browser.press(job, "open")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"
    saved.unlink()


def test_a_failed_job_says_why(screen_browser: OffcutBrowser, tmp_path: Path) -> None:
    empty, odd = tmp_path / "empty.png", tmp_path / "words.png"
    empty.write_bytes(b"")
    odd.write_bytes(b"just words")
    screen_browser.open_popup()
    screen_browser.element("file-input").send_keys(str(odd))
    job = wait_row(screen_browser, "failed")
    assert "not a picture" in row(screen_browser, job).text
    assert not button(screen_browser, job, "retry").is_displayed()


def test_a_cancelled_job_is_tried_again(
    screen_browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    screen_browser.open_popup()
    screen_browser.element("file-input").send_keys(str(photos["large"]))
    at_work = "find('.job .what')?.textContent.includes('Finding')"
    screen_browser.press_when(at_work, "find('.job [data-act=cancel]')")
    job = wait_row(screen_browser, "cancelled")
    screen_browser.press(job, "retry")
    again = wait_row(screen_browser, "done")
    assert again != job
    assert screen_browser.job_states() == [(again, "done")]


def test_a_picture_is_pasted_with_the_keyboard(
    screen_browser: OffcutBrowser, mouse: Mouse, photos: dict[str, Path]
) -> None:
    copied = io.BytesIO()
    with Image.open(photos["small"]) as photo:
        photo.save(copied, "png")
    Clipboard(mouse).put(copied.getvalue(), PNG)
    paste(screen_browser, mouse)
    wait_row(screen_browser, "done")


def test_a_pasted_address_is_fetched_once_its_host_is_allowed(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = "http://pictures.test/cat.jpg"
    site.put(address, Answer(photos["small"].read_bytes(), "image/jpeg"))
    Clipboard(mouse).put(address.encode())
    paste(screen_browser, mouse)
    job = wait_row(screen_browser, "failed")
    assert "pictures.test" in button(screen_browser, job, "allow").text
    assert address not in site.requested()
    mouse.click(screen_browser, f'[data-job="{job}"] [data-act="allow"]')
    press_in_prompt(mouse, "Tab Return")
    done = wait_row(screen_browser, "done")
    assert "cat" in row(screen_browser, done).text
    assert screen_browser.job_states() == [(done, "done")]
    # And the settings take the right back.
    screen_browser.open_settings()
    assert "http://pictures.test" in screen_browser.text("site-list")
    screen_browser.driver.find_element(By.CSS_SELECTOR, "#site-list button").click()
    until(lambda: screen_browser.element("no-sites").is_displayed(), "no site in the list")


def test_a_picture_is_dropped(screen_browser: OffcutBrowser, photos: dict[str, Path]) -> None:
    screen_browser.open_popup()
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    screen_browser.driver.execute_script(f"{SEND_FILE}('drop', '{encoded}')")
    wait_row(screen_browser, "done")


def test_pasting_text_says_that_it_is_no_picture(
    screen_browser: OffcutBrowser, mouse: Mouse
) -> None:
    Clipboard(mouse).put(b"just words")
    paste(screen_browser, mouse)
    until(lambda: "no picture" in screen_browser.text("problem"), "the sentence about it")
    assert not screen_browser.result_tabs()


def test_a_page_of_the_browser_itself_is_explained(
    screen_browser: OffcutBrowser, mouse: Mouse
) -> None:
    screen_browser.open("chrome://version/")
    before = screen_browser.result_tabs()
    until(
        lambda: screen_browser.driver.execute_script("return document.images.length > 0"),
        "the logo",
    )
    mouse.open_menu(screen_browser, "img")
    mouse.press("Up", "Up", "Return")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "failed"
    assert screen_browser.failure()["code"] == "PAGE_FORBIDDEN"
    assert "popup" in screen_browser.text("failure-text")


def test_a_popup_that_is_closed_by_its_file_dialogue_hands_over_to_the_workbench(
    screen_browser: OffcutBrowser,
) -> None:
    screen_browser.open("about:blank")
    devtools = screen_browser.devtools
    popup = real_popup(screen_browser)
    # A made-up click opens no dialogue, but the popup cannot tell.
    devtools.evaluate(popup, "document.getElementById('choose').click()")
    held = "navigator.locks.query().then(({ held }) => held.some((l) => l.name === 'choosing'))"
    until(lambda: devtools.evaluate(popup, held), "the dialogue to be announced")
    devtools.close_target(popup)

    def workbench() -> list[str]:
        address = f"{screen_browser.origin}/batch/batch.html"
        return [page["targetId"] for page in devtools.targets("page") if page["url"] == address]

    devtools.close_target(until(workbench, "the workbench")[0])


def test_the_visible_tab_is_captured_from_the_real_popup(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = "http://shown.test/photo.jpg"
    site.put(address, Answer(photos["small"].read_bytes(), "image/jpeg"))
    screen_browser.open(site.page("http://shown.test/", f'<img src="{address}" width=500>'))
    mouse.click(screen_browser, "img")
    mouse.press("alt+shift+u")  # as a click on the toolbar icon, this gives the right to the tab
    popup = until(lambda: popups(screen_browser), "the popup")[0]
    devtools = screen_browser.devtools
    ready = "document.documentElement?.dataset.state === 'ready'"
    until(lambda: devtools.evaluate(popup, ready), "the popup's actions")
    devtools.evaluate(popup, "document.getElementById('capture').click()")
    said = "document.querySelector('.job')?.textContent ?? ''"
    until(lambda: devtools.evaluate(popup, said), "the captured tab in the list")
    devtools.close_target(popup)
    screen_browser.open_popup()
    job = wait_row(screen_browser, "done")
    assert row(screen_browser, job).find_element(By.CLASS_NAME, "name").text == "test"
    facts = row(screen_browser, job).find_element(By.CLASS_NAME, "what").text
    width = screen_browser.driver.execute_script("return innerWidth")
    assert str(width) in facts.replace(",", ""), "it has the size of the tab"


def test_a_tab_that_nobody_may_capture_says_so(screen_browser: OffcutBrowser) -> None:
    screen_browser.open_popup()  # in a tab, without a click on the icon
    screen_browser.click("capture")
    until(lambda: "capture" in screen_browser.text("problem"), "the sentence about it")
