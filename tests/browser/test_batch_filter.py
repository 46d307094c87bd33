"""Many pictures: those that a person should look at can be shown alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from clouds import save_clouds
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from waiting import until
from workbench_page import await_all, choose, open_workbench, press, save

pytestmark = [pytest.mark.weights, pytest.mark.usefixtures("empty_workbench")]


def seen(browser: OffcutBrowser) -> list[str]:
    """Names of the rows that a person sees."""
    rows = browser.driver.find_elements(By.CSS_SELECTOR, ".item")
    return [row.find_element(By.CLASS_NAME, "name").text for row in rows if row.is_displayed()]


def test_what_is_unsure_or_failed_can_be_shown_alone(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    clouds = save_clouds(tmp_path / "clouds.png")
    good = save(portrait, tmp_path / "good.png", (256, 256))
    (tmp_path / "broken.png").write_bytes(good.read_bytes()[:60])
    open_workbench(browser)
    assert not browser.element("filter-row").is_displayed()
    choose(browser, good, clouds, tmp_path / "broken.png")
    await_all(browser, 3)
    choice = Select(browser.element("filter"))
    assert [option.text for option in choice.options] == [
        "All pictures",
        "Not sure (1)",
        "Failed (1)",
    ]
    browser.saved_by(lambda: browser.click("save-zip"))
    until(lambda: "pictures in it: 2. Not in it" in browser.text("said"), "what the ZIP has not")
    choice.select_by_value("unsure")
    assert seen(browser) == ["clouds.png"]
    choice.select_by_value("failed")
    assert seen(browser) == ["broken.png"]
    press(browser, "broken.png", "remove")
    until(lambda: seen(browser) == ["good.png", "clouds.png"], "all pictures again")
    assert choice.first_selected_option.text == "All pictures"

    choice.select_by_value("unsure")
    before = browser.result_tabs()
    press(browser, "clouds.png", "open")
    browser.new_results(before)
    EditorPage(browser)
    until(lambda: browser.element("tool-tap").is_selected(), "the tap, which adds what is missing")
