"""The key "?" shows the shortcuts, where one works with pictures."""

from __future__ import annotations

from pathlib import Path

from layout_faults import layout_faults
from offcut_browser import OffcutBrowser
from page_states import resize, too_wide
from selenium.webdriver import ActionChains, Keys
from waiting import until

KEYS = "return [...document.querySelectorAll('#keys kbd')].map((key) => key.textContent)"


def press(browser: OffcutBrowser, key: str) -> None:
    ActionChains(browser.driver).send_keys(key).perform()


def listed(browser: OffcutBrowser) -> list[str]:
    return browser.driver.execute_script(KEYS)


def test_a_question_mark_shows_them_on_the_result_page(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    press(browser, "?")
    keys = until(lambda: listed(browser), "the list of keys")
    assert {"Alt+Shift+O", "Alt+Shift+U", "K", "Ctrl+Z"} <= set(keys)
    for width in (320, 1280):
        resize(browser, width)
        assert (too_wide(browser), layout_faults(browser)) == ([], [])
    browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    press(browser, Keys.ESCAPE)
    until(lambda: listed(browser) == [], "the list to be gone")


def test_it_shows_the_browsers_own_on_the_workbench(browser: OffcutBrowser) -> None:
    browser.open("/batch/batch.html")
    browser.wait_state("empty")
    press(browser, "?")
    assert until(lambda: listed(browser), "the list of keys") == ["Alt+Shift+O", "Alt+Shift+U"]


def test_a_question_mark_that_is_typed_is_text(browser: OffcutBrowser) -> None:
    browser.open("/batch/batch.html")
    browser.wait_state("empty")
    script = "document.body.append(Object.assign(document.createElement('input'), {id: 'typed'}))"
    browser.driver.execute_script(script)
    browser.element("typed").send_keys("?")
    assert browser.element("typed").get_attribute("value") == "?"
    assert listed(browser) == []
