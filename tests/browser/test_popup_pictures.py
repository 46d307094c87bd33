"""The ways of a picture into the popup: pasted, dropped, captured, and by its dialogue."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from clipboard import PNG, Clipboard
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from popup_page import SEND_FILE, button, popups, real_popup, row, wait_row
from right_clicks import ALLOW, press_in_prompt
from selenium.webdriver.common.by import By
from site_proxy import Answer, Site
from waiting import until

pytestmark = pytest.mark.usefixtures("no_jobs_left")


def paste(browser: OffcutBrowser, mouse: Mouse) -> None:
    browser.open_popup()
    mouse.click(browser, "h1")
    mouse.press("ctrl+v")


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
    assert "another server" not in row(screen_browser, job).text, "there is no page"
    assert address not in site.requested()
    mouse.click(screen_browser, f'[data-job="{job}"] [data-act="allow"]')
    press_in_prompt(screen_browser, mouse, ALLOW)
    done = wait_row(screen_browser, "done")
    assert "cat" in row(screen_browser, done).text
    assert screen_browser.job_states() == [(done, "done")]
    # And the settings take the right back.
    screen_browser.open_settings()
    assert "http://pictures.test" in screen_browser.text("site-list")
    screen_browser.driver.find_element(By.CSS_SELECTOR, "#site-list button").click()
    until(lambda: screen_browser.element("no-sites").is_displayed(), "no site in the list")


def test_a_picture_in_copied_html_is_taken(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = "http://words.test/dog.jpg"
    site.put(address, Answer(photos["small"].read_bytes(), "image/jpeg"))
    html = f'<p>A dog: <img alt="dog" src="{address}">, asleep</p>'
    Clipboard(mouse).put(html.encode(), "text/html")
    paste(screen_browser, mouse)
    job = wait_row(screen_browser, "failed")
    assert "words.test" in button(screen_browser, job, "allow").text


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
    assert row(screen_browser, job).find_element(By.CLASS_NAME, "name").text == "test.png"
    facts = row(screen_browser, job).find_element(By.CLASS_NAME, "what").text
    width = screen_browser.driver.execute_script("return innerWidth")
    assert str(width) in facts.replace(",", ""), "it has the size of the tab"


def test_a_tab_that_nobody_may_capture_says_so(screen_browser: OffcutBrowser) -> None:
    screen_browser.open(f"{screen_browser.origin}/options/options.html")
    popup = real_popup(screen_browser)  # without a click on the icon
    devtools = screen_browser.devtools
    devtools.evaluate(popup, "document.getElementById('capture').click()")
    said = "document.getElementById('problem').textContent.includes('capture')"
    until(lambda: devtools.evaluate(popup, said), "the sentence about it")
    devtools.close_target(popup)


def test_a_popup_in_a_tab_does_not_offer_to_capture_itself(screen_browser: OffcutBrowser) -> None:
    screen_browser.open_popup()
    assert screen_browser.element("choose").is_displayed()
    assert not screen_browser.element("capture").is_displayed()
