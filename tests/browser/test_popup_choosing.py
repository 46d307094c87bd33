"""Files chosen in the popup: in the real dialogue, and what is shown of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bubble import READY, Bubble
from popup_page import popups, workbenches
from waiting import until

STATES = "[...document.querySelectorAll('.job')].map(({ dataset }) => dataset.state)"


@pytest.mark.usefixtures("no_jobs_left")
def test_a_picture_is_chosen_in_the_real_dialogue_of_the_bubble(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    bubble.open_by_icon()
    answer_dialogue(bubble, open_dialogue(bubble), photos["small"])
    assert_on_its_page(bubble)
    bubble.browser.close_results()
    bubble.open_by_icon()
    bubble.wait(f"{STATES}.join() === 'done'", "the job in the bubble")
    assert "astronaut" in bubble.evaluate("document.querySelector('.job').innerText")
    bubble.close()


@pytest.mark.usefixtures("no_jobs_left")
def test_a_few_that_are_chosen_are_listed_where_they_were_chosen(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    tab = choosing_tab_without_click(bubble)
    browser = bubble.browser
    browser.driver.switch_to.window(tab)
    browser.element("file-input").send_keys("\n".join([str(photos["small"])] * 2))
    until(
        lambda: [state for _, state in browser.job_states()] == ["done", "done"],
        "both jobs in the list",
    )
    assert not browser.result_tabs()
    browser.devtools.close_target(tab)
    browser.driver.switch_to.window(browser.home)


@pytest.mark.usefixtures("no_jobs_left")
def test_many_that_are_chosen_lie_on_the_workbench(bubble: Bubble, photos: dict[str, Path]) -> None:
    tab = choosing_tab_without_click(bubble)
    browser = bubble.browser
    browser.driver.switch_to.window(tab)
    browser.element("file-input").send_keys("\n".join([str(photos["small"])] * 9))
    page = until(lambda: workbenches(browser), "the workbench")[0]
    rows = "document.querySelectorAll('.item').length"
    until(lambda: browser.devtools.evaluate(page, rows) == 9, "nine pictures")
    until(lambda: not choosing_tabs(bubble), "the end of the tab for choosing")
    assert not popups(browser)
    browser.devtools.close_target(page)


def test_a_dialogue_that_is_cancelled_leaves_nothing(bubble: Bubble) -> None:
    driver = bubble.browser.driver
    before = driver.current_window_handle
    driver.switch_to.new_window("tab")  # beside it, and not where the bubble is opened
    beside = driver.current_window_handle
    driver.switch_to.window(before)
    driver.execute_cdp_cmd("Page.bringToFront", {})
    bubble.open_by_icon()
    windows = open_dialogue(bubble)
    bubble.mouse.press("Escape")
    until(lambda: not bubble.mouse.windows() - windows, "the dialogue to go")
    until(lambda: not choosing_tabs(bubble), "the end of its tab")
    assert driver.execute_script("return document.visibilityState") == "visible"
    driver.switch_to.window(beside)
    driver.close()
    driver.switch_to.window(before)


@pytest.mark.usefixtures("no_jobs_left")
def test_a_bubble_that_is_gone_before_the_dialogue_leaves_a_button_for_it(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    windows = bubble.mouse.windows()
    choosing_tab_without_click(bubble)
    bubble.mouse.press("Return")
    until(lambda: bubble.mouse.windows() - windows, "the file dialogue")
    answer_dialogue(bubble, windows, photos["small"])
    assert_on_its_page(bubble)
    bubble.browser.close_results()


def assert_on_its_page(bubble: Bubble) -> None:
    """The picture that was chosen is shown on its own page, in place of the tab for choosing."""
    browser = bubble.browser
    (page,) = until(browser.result_tabs, "the page of the picture")
    browser.driver.switch_to.window(page)
    assert browser.wait_over() == "done"
    assert browser.driver.execute_script("return document.visibilityState") == "visible"
    until(lambda: not choosing_tabs(bubble), "the end of the tab that had the dialogue")


def open_dialogue(bubble: Bubble) -> set[bytes]:
    """Press Choose and wait for the file dialogue; gives the windows that were there before."""
    before = bubble.mouse.windows()
    bubble.click("#choose")
    until(lambda: bubble.mouse.windows() - before, "the file dialogue")
    return before


def choosing_tab_without_click(bubble: Bubble) -> str:
    """Have the tab for choosing from a bubble that is gone before it could lend its click."""
    bubble.open_by_icon()
    bubble.evaluate("chrome.tabs.create({ url: '/popup/popup.html?choose', active: false })")
    bubble.close()
    tab = until(lambda: choosing_tabs(bubble), "the tab")[0]
    ready = f"""document.visibilityState === 'visible' && {READY}
        && document.activeElement.id === 'choose'"""
    until(lambda: bubble.browser.devtools.evaluate(tab, ready), "the button in the tab")
    return tab


def answer_dialogue(bubble: Bubble, before: set[bytes], picture: Path) -> None:
    """Choose a picture in the file dialogue."""
    bubble.mouse.type(str(picture))
    bubble.mouse.await_still()  # it looks the name up while it is typed
    bubble.mouse.press("alt+o")  # its button Open
    until(lambda: not bubble.mouse.windows() - before, "the dialogue to go")


def choosing_tabs(bubble: Bubble) -> list[str]:
    """The tabs that the bubble has opened for the file dialogue."""
    pages = bubble.browser.devtools.targets("page")
    return [page["targetId"] for page in pages if page["url"].endswith("/popup.html?choose")]
