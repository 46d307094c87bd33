"""All pictures of a page: listed, chosen in a grid over the page, and sent to the workbench."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clicks import raise_click, show
from faults import set_quota
from offcut_browser import OffcutBrowser
from page_panels import nodes, panels, press_in_panel, said, walk
from picture_pages import CLOSED, PAGE, picture
from popup_page import popups, real_popup
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Answer, Site
from waiting import until
from workbench_page import erase, open_workbench, press, states

GATHER = "gather need icon"
MANY = f"""
    <img id="target" src="/a.png" alt="The first" width=160 height=160>
    <img src="/a.png" alt="The first again" width=40 height=40>
    <div style="width:160px;height:160px;background:url(/b.png)"></div>
    <div id="shadow"></div>
    <iframe src="/frame2.html" width=200 height=200></iframe>
    <img src="{CLOSED}large.png" alt="Not ours to read" width=160 height=160>
    <img src="/icon.png" alt="A small icon" width=16 height=16>
    <img src="/a.png?hidden" alt="Not shown" style="display:none">
    <canvas width=200 height=120 aria-label="A drawing"></canvas>
    <script>
        const canvas = document.querySelector('canvas').getContext('2d');
        canvas.fillRect(60, 30, 80, 60);
        const root = document.querySelector('#shadow').attachShadow({{ mode: 'open' }});
        root.innerHTML = '<img src="/c.png" alt="In a shadow" width=160 height=160>';
    </script>"""


@pytest.fixture
def page(acting: OffcutBrowser, site: Site) -> Iterator[OffcutBrowser]:
    site.put(f"{PAGE}icon.png", Answer(picture(16, 16, 7), "image/png"))
    site.put(f"{PAGE}inner.png", Answer(picture(170, 170, 8), "image/png"))
    site.page(f"{PAGE}frame2.html", '<img src="/inner.png" alt="In a frame" width=170>')
    show(acting, site, MANY)
    yield acting
    acting.close_results()


def tiles(browser: OffcutBrowser) -> list[str]:
    """Names and sizes of the pictures that are offered, in their order."""
    found: list[str] = []
    for node in nodes(browser):
        if node["nodeName"] == "LI" and "hidden" not in node.get("attributes", []):
            words = [each["nodeValue"] for each in walk(node) if each["nodeType"] == 3]
            found.append(" ".join(words).replace("\N{MULTIPLICATION SIGN}", "x"))
    return found


def gather(browser: OffcutBrowser) -> None:
    raise_click(browser, GATHER)
    until(lambda: panels(browser) == 1, "the grid")


def wait_rows(browser: OffcutBrowser, wanted: dict[str, str]) -> None:
    """Wait for the workbench's rows, whose tab opens by itself, and erase them."""

    def look() -> bool:
        for tab in browser.driver.window_handles:
            browser.driver.switch_to.window(tab)
            if "/batch/" in browser.driver.current_url:
                return states(browser) == wanted
        return False

    until(look, f"the rows {wanted}")


def test_what_a_page_shows_is_offered_once_and_by_size(page: OffcutBrowser) -> None:
    gather(page)
    # No copy, nothing hidden, and the icon is too small.
    offered = [
        "The first 160 x 160",
        "b.png 160 x 160",
        "In a shadow 160 x 160",
        "Not ours to read 320 x 320",
        "A drawing 200 x 120",
        "In a frame 170 x 170",
    ]
    until(lambda: tiles(page) == offered, "each with its own size")
    ActionChains(page.driver).send_keys(Keys.HOME).perform()  # the smallest size
    until(lambda: "A small icon 16 x 16" in tiles(page), "any size")
    ActionChains(page.driver).send_keys(Keys.END).perform()
    until(lambda: tiles(page) == [], "none is so large")
    assert "0 of 0" in said(page)
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(page) == 0, "the grid to go")
    assert not [tab for tab in page.result_tabs() if tab != page.home], "nothing was begun"


def test_the_chosen_ones_come_to_the_workbench_as_the_page_shows_them(
    page: OffcutBrowser,
) -> None:
    gather(page)
    for name in ("The first", "b.png", "In a frame", "A drawing", "Not ours to read"):
        press_in_panel(page, name)
    until(lambda: "5 of 6" in said(page), "five chosen")
    press_in_panel(page, "b.png")  # which was a mistake
    press_in_panel(page, "Remove backgrounds (4)")
    wait_rows(
        page,
        {
            "a.png": "done",
            "inner.png": "done",
            "A drawing.png": "done",
            "large.png": "failed",  # until its server is allowed, by the row's button
        },
    )
    assert "closed.test" in page.driver.find_element("css selector", "#items").text
    page.driver.close()
    page.driver.switch_to.window(page.home)


@pytest.mark.fault(
    "the storage", "all pictures of a page", "told; come from their server at another try"
)
def test_pictures_of_a_page_for_which_there_is_no_room_are_told_and_come_later(
    page: OffcutBrowser,
) -> None:
    open_workbench(page)
    if states(page):
        erase(page)
    page.open(PAGE)
    gather(page)
    for name in ("The first", "A drawing"):
        press_in_panel(page, name)
    set_quota(page, 1)
    try:
        press_in_panel(page, "Remove backgrounds (2)")
        wait_rows(page, {"a.png": "failed", "A drawing": "failed"})
        said_there = [each.text for each in page.driver.find_elements("class name", "what")]
        assert all("no room" in sentence for sentence in said_there), said_there
    finally:
        set_quota(page)
    retries = page.driver.find_elements("css selector", ".item [data-act=retry]")
    assert [button.is_displayed() for button in retries] == [True, False], "the drawing is lost"
    press(page, "a.png", "retry")
    until(lambda: states(page)["a.png"] == "done", "its server to give it")
    erase(page)
    page.driver.close()
    page.driver.switch_to.window(page.home)


def test_all_are_chosen_with_one_button_and_a_page_without_any_says_so(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, '<p id="target">Only words</p>')
    gather(acting)
    assert "no pictures" in said(acting)
    ActionChains(acting.driver).send_keys(Keys.ENTER).perform()
    until(lambda: panels(acting) == 0, "the panel to go")
    show(acting, site, '<img id="target" src="/a.png"><img src="/b.png">')
    gather(acting)
    press_in_panel(acting, "Choose all")
    until(lambda: "2 of 2" in said(acting), "both")
    press_in_panel(acting, "Choose none")
    until(lambda: "0 of 2" in said(acting), "none")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(acting) == 0, "the grid to go")


def test_the_popup_has_a_button_for_it(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, '<img id="target" src="/a.png"><img src="/b.png">')
    popup = real_popup(acting)
    acting.devtools.evaluate(popup, "document.getElementById('gather').click()")
    until(lambda: panels(acting) == 1, "the grid")
    until(lambda: popups(acting) == [], "the popup to make room")
    until(lambda: "a.png 160 x 160" in tiles(acting), "the size of a picture")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(acting) == 0, "the grid to go")


def test_a_page_that_nobody_may_look_into_is_told_of_in_the_popup(acting: OffcutBrowser) -> None:
    acting.open("/options/options.html")
    popup = real_popup(acting)
    acting.devtools.evaluate(popup, "document.getElementById('gather').click()")
    said_there = "document.getElementById('problem').textContent"
    until(lambda: "no extension" in acting.devtools.evaluate(popup, said_there), "the sentence")
    acting.devtools.evaluate(popup, "close()")
