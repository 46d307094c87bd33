"""The settings page: each choice is kept, used, and can be taken back."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from waiting import until

StartBrowser = Callable[[Path], AbstractContextManager[OffcutBrowser]]


@pytest.fixture(autouse=True)
def _defaults(browser: OffcutBrowser) -> None:
    browser.open_settings()
    browser.driver.execute_async_script(
        "chrome.storage.local.clear().then(arguments[0]); localStorage.clear();"
    )
    browser.open_settings()


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")


def type_in(browser: OffcutBrowser, field_id: str, value: str) -> None:
    # As a person does: over what is there, without leaving the field.
    browser.type_over(browser.element(field_id), value)


def choose(browser: OffcutBrowser, field_id: str, value: str) -> None:
    Select(browser.element(field_id)).select_by_value(value)


def saved(browser: OffcutBrowser) -> None:
    until(lambda: browser.text("saved") == "Saved.", "the setting to be saved")


def value(browser: OffcutBrowser, field_id: str) -> str | None:
    return browser.element(field_id).get_attribute("value")


def test_settings_survive_a_restart(start_browser: StartBrowser, tmp_path: Path) -> None:
    with start_browser(tmp_path) as first:
        first.open_settings()
        choose(first, "making-quality", "best")
        choose(first, "making-format", "webp")
        type_in(first, "making-file_quality", "71")
        choose(first, "making-background", "white")
        first.click("making-crop")
        type_in(first, "making-margin", "12")
        type_in(first, "pattern", "{date} {name}")
        choose(first, "theme", "dark")
        type_in(first, "keep-warm", "17")
        saved(first)
    with start_browser(tmp_path) as second:
        second.open_settings()
        assert second.dataset()["theme"] == "dark"
        assert [
            value(second, field)
            for field in (
                "making-quality",
                "making-format",
                "making-file_quality",
                "making-background",
                "making-margin",
                "pattern",
                "theme",
                "keep-warm",
            )
        ] == ["best", "webp", "71", "white", "12", "{date} {name}", "dark", "17"]
        assert second.element("making-crop").is_selected()


def test_the_theme_is_there_before_anything_is_painted(browser: OffcutBrowser) -> None:
    choose(browser, "theme", "dark")
    saved(browser)
    for page in ("/options/options.html", "/popup/popup.html", "/result/result.html?job=x"):
        browser.open(page)
        # The scripts stand before every style sheet, so nothing is painted without them.
        first = browser.driver.find_elements(
            By.CSS_SELECTOR, "head > script:not([type]), head > link[rel=stylesheet]"
        )[:3]
        assert [each.tag_name for each in first] == ["script", "script", "link"]
        page_color = "return getComputedStyle(document.body).backgroundColor"
        assert browser.driver.execute_script(page_color) == "rgb(23, 21, 27)"


def test_a_pattern_that_makes_no_file_name_is_not_saved(browser: OffcutBrowser) -> None:
    assert browser.text("pattern-preview") == "holiday.jpg becomes holiday-cutout.png"
    type_in(browser, "pattern", "{name}/{date}")
    assert "can contain" in browser.text("pattern-preview")
    assert browser.element("pattern").get_attribute("aria-invalid") == "true"
    assert "Until then, names follow “{name}-cutout”." in browser.text("pattern-preview")
    browser.open_settings()
    assert value(browser, "pattern") == "{name}-cutout"  # and no piece of the bad one


def test_a_piece_of_a_bad_pattern_is_not_what_files_are_called(browser: OffcutBrowser) -> None:
    type_in(browser, "pattern", "{name} done")
    browser.element("pattern").send_keys(Keys.TAB)
    saved(browser)
    # Up to the brace, each of these would do.
    type_in(browser, "pattern", "Zed{nope}")
    until(lambda: browser.text("saved") == "", "nothing to be said to be saved")
    assert "Until then, names follow “{name} done”." in browser.text("pattern-preview")
    browser.open_settings()
    assert value(browser, "pattern") == "{name} done"


def test_reset_asks_and_then_brings_the_defaults_back(browser: OffcutBrowser) -> None:
    choose(browser, "making-format", "jpeg")
    saved(browser)
    browser.click("reset-button")
    browser.driver.find_element(By.CSS_SELECTOR, "#reset-dialog [value=keep]").click()
    assert value(browser, "making-format") == "jpeg"
    browser.click("reset-button")
    browser.driver.find_element(By.CSS_SELECTOR, "#reset-dialog [value=reset]").click()
    # In one step, since the page is loaded anew meanwhile.
    shown = """return document.documentElement.dataset.state === 'ready'
        && document.getElementById('making-format').value"""
    until(lambda: browser.driver.execute_script(shown) == "png", "the defaults")


def test_what_does_not_count_is_hidden(browser: OffcutBrowser) -> None:
    assert not browser.element("making-file_quality").is_displayed()
    assert not browser.element("making-margin").is_displayed()
    choose(browser, "making-format", "jpeg")
    assert browser.element("making-file_quality").is_displayed()
    assert "becomes white" in browser.text("making")
    browser.click("making-crop")
    assert browser.element("making-margin").is_displayed()


@pytest.mark.parametrize(
    ("typed", "counts"),
    [("9999", "120"), ("1e9", "120"), ("-5", "0"), ("", None), ("e", None), ("2.5", None)],
)
def test_a_number_beyond_its_limits_becomes_what_counts(
    browser: OffcutBrowser, typed: str, counts: str | None
) -> None:
    field = browser.element("keep-warm")
    assert field.get_attribute("max") == "120"
    former = field.get_attribute("value")
    type_in(browser, "keep-warm", typed)
    field.send_keys(Keys.TAB)
    shown = counts or former
    until(lambda: field.get_attribute("value") == shown, "the number that counts")
    until(lambda: browser.text("saved").endswith(f"Kept: {shown}."), "what was kept to be said")
    photograph(browser, "kept")
    browser.open_settings()
    assert browser.element("keep-warm").get_attribute("value") == shown


def test_what_is_half_typed_is_not_called_saved(browser: OffcutBrowser) -> None:
    type_in(browser, "keep-warm", "7")
    saved(browser)
    browser.element("keep-warm").send_keys("777")
    assert browser.text("saved") == ""


def test_the_tab_is_called_as_the_page_is(browser: OffcutBrowser) -> None:
    heading = browser.driver.find_element(By.TAG_NAME, "h1").text
    assert heading == "Settings"
    assert browser.driver.title == f"{heading} - Offcut"
