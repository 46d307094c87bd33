"""The workbench's queue: paused, cancelled, tried again, put in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from waiting import until
from workbench_page import (
    choose,
    erase,
    open_workbench,
    press,
    save,
    states,
)

pytestmark = pytest.mark.usefixtures("empty_workbench")


def test_pause_stops_after_the_picture_at_work_and_resume_goes_on(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    pictures = [save(portrait, tmp_path / f"{n}.png") for n in range(5)]
    open_workbench(browser)
    choose(browser, *pictures)
    browser.press_when("find('.item[data-state=done]')", "find('#pause')")
    assert browser.state() == "paused"
    until(lambda: "running" not in states(browser).values(), "the one at work to end")
    made = list(states(browser).values()).count("done")
    assert 1 <= made <= 3
    assert list(states(browser).values()).count("waiting") == 5 - made
    badge = "chrome.action.getBadgeText({}).then(arguments[0])"
    until(lambda: browser.driver.execute_async_script(badge) == "", "an empty badge")
    assert list(states(browser).values()).count("done") == made
    browser.click("resume")
    browser.wait_state("done")
    assert set(states(browser).values()) == {"done"}


def test_one_or_all_are_cancelled_and_tried_again(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    # Large ones, so that some are left to be cancelled when one has been.
    pictures = [save(portrait, tmp_path / f"{n}.png", (1200, 1200)) for n in range(4)]
    open_workbench(browser)
    choose(browser, *pictures)
    # Both from inside the page: the others may be over before the driver has pressed twice.
    last = "find('.item:nth-child(4) [data-act=cancel]')"
    browser.press_when("find('.item:nth-child(4)')", f"{last}.click(), find('#cancel-all')")
    until(lambda: not {"waiting", "running"} & set(states(browser).values()), "the end")
    assert states(browser)["3.png"] == "cancelled"
    cancelled = list(states(browser).values()).count("cancelled")
    assert browser.text("counts") == f"{4 - cancelled} of 4 made, {cancelled} cancelled"
    progress = "return document.getElementById('overall').value"
    assert browser.driver.execute_script(progress) == (4 - cancelled) / 4
    assert browser.text("retry-all") == "Make the cancelled ones"
    browser.click("erase")
    until(
        lambda: browser.element("erase-dialog").is_displayed(), "to be asked, of what is not made"
    )
    browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    press(browser, "3.png", "retry")
    until(lambda: states(browser)["3.png"] == "done", "the one that is tried again")
    browser.click("retry-all")
    until(lambda: set(states(browser).values()) == {"done"}, "all of them")


def test_pictures_are_made_in_the_order_of_the_list(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    names = ["b10.png", "a.png", "b9.png"]
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / name) for name in names])
    browser.press_when("find('.item:nth-child(3)')", "find('#pause')")
    assert list(states(browser)) == names
    Select(browser.element("sort")).select_by_value("name")
    assert list(states(browser)) == ["a.png", "b9.png", "b10.png"]
    Select(browser.element("sort")).select_by_value("added")
    assert list(states(browser)) == names
    until(lambda: "running" not in states(browser).values(), "the pause")
    waiting = [name for name, state in states(browser).items() if state == "waiting"]
    press(browser, waiting[-1], "up")
    assert list(states(browser)) == ["b10.png", "b9.png", "a.png"]
    focused = browser.driver.switch_to.active_element.get_attribute("aria-label")
    assert focused == "Move b9.png up"


def test_results_are_seen_large_beside_their_originals(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "portrait.png", (300, 200)))
    browser.wait_state("done")
    assert large_pictures(browser) == []
    Select(browser.element("view")).select_by_value("large")
    browser.driver.execute_script("document.querySelector('.item').scrollIntoView()")
    both = ["Before 300", "After 300"]
    until(lambda: large_pictures(browser) == both, "both pictures")
    Select(browser.element("view")).select_by_value("list")
    until(lambda: large_pictures(browser) == [], "the list")


def large_pictures(browser: OffcutBrowser) -> list[str]:
    """Captions of what is shown large, and its width in pixels."""
    return browser.driver.execute_script(
        """return [...document.querySelectorAll('.item figure')]
            .map((each) => [each.querySelector('figcaption'), each.querySelector('img')])
            .filter(([caption, image]) => caption.checkVisibility())
            .map(([caption, image]) => `${caption.innerText.trim()} ${image.naturalWidth}`)"""
    )


def test_what_is_said_of_saving_moves_no_row(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "a.png"))
    browser.wait_state("done")
    place = "return document.querySelector('.item').getBoundingClientRect().top + scrollY"
    before = browser.driver.execute_script(place)
    browser.saved_by(lambda: browser.click("save-zip"))
    until(lambda: browser.element("said").text.startswith("The ZIP is saved"), "the sentence")
    assert browser.driver.execute_script(place) == before


def test_nothing_is_said_of_a_list_that_was_cleared(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    pictures = [save(portrait, tmp_path / f"{n}.png") for n in range(4)]
    open_workbench(browser)
    choose(browser, *pictures)
    browser.press_when("find('.item[data-state=done]')", "find('#cancel-all')")
    browser.wait_state("done")
    assert "cancelled" in states(browser).values()
    browser.saved_by(lambda: browser.click("save-zip")).unlink()
    until(lambda: browser.element("said").text.startswith("The ZIP is saved"), "the sentence")
    erase(browser)
    choose(browser, pictures[0])
    browser.wait_state("done")
    assert browser.text("said") == ""


def test_chosen_settings_are_there_after_the_page_is_loaded_anew(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "a.png"))
    browser.wait_state("done")
    written = """const done = arguments[0];
        import('/platform/batch_files.js').then(({ readQueue }) => readQueue())
            .then((batch) => done(batch && [batch.items[0].state, batch.making.shape]));"""
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    # More than once: the first may be written together with the result.
    for shape in ("telegram", "signal", "none", "whatsapp"):
        Select(browser.element("making-shape")).select_by_value(shape)
        until(
            lambda now=shape: browser.driver.execute_async_script(written) == ["done", now],
            f"{shape} in the description",
        )
    browser.driver.refresh()
    browser.wait_state("done")
    assert browser.element("making-shape").get_attribute("value") == "whatsapp"
    assert browser.element("making-format").get_attribute("value") == "webp"
