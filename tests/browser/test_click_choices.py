"""Which picture a click means: chosen from several, under the pointer, focused, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clicks import (
    collected,
    raise_click,
    raise_shortcut,
    right_click,
    show,
    with_rights,
    worker,
)
from launch import run_browser
from offcut_browser import OffcutBrowser
from page_panels import panels
from picture_pages import SIDE_BY_SIDE, TWO, picture
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Site
from waiting import until


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    yield
    acting.close_results()


def test_several_pictures_are_chosen_from_with_the_keyboard(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, TWO)
    before = acting.result_tabs()
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    assert acting.result_tabs() == before
    ActionChains(acting.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 2)


def test_the_place_of_a_click_is_known_from_the_second_one_on(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, SIDE_BY_SIDE)
    before = acting.result_tabs()
    # All that is known at first is the element on top, and two pictures are under it.
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(acting) == 0, "the chooser to go")
    right_click(acting, "#target", 80)
    raise_click(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 2)


def test_where_all_sites_are_allowed_it_is_known_from_the_first(
    extension: Path, site: Site, tmp_path: Path
) -> None:
    copy = with_rights(extension, tmp_path, "http://*/*", "https://*/*")
    with contextmanager(run_browser)(copy, site, tmp_path, headless=True) as everywhere:
        scripts = "chrome.scripting.getRegisteredContentScripts().then((all) => all.length)"
        until(lambda: everywhere.devtools.evaluate(worker(everywhere), scripts), "the script")
        show(everywhere, site, SIDE_BY_SIDE)
        before = everywhere.result_tabs()
        right_click(everywhere, "#target", -80)
        raise_click(everywhere)
        everywhere.new_results(before)
        assert collected(everywhere).data == picture(160, 160, 1)


def test_escape_leaves_the_chooser_and_starts_nothing(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, TWO)
    before = acting.result_tabs()
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: panels(acting) == 0, "the chooser to go")
    # The next click opens one result, and no other has been opened before.
    raise_click(acting)
    until(lambda: panels(acting) == 1, "the chooser again")
    ActionChains(acting.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    acting.new_results(before, 1)


def test_the_shortcut_takes_the_picture_under_the_pointer(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, '<img src="/b.png"><img id="target" src="/a.png">')
    before = acting.result_tabs()
    raise_shortcut(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 1)


def test_the_shortcut_takes_the_focused_picture(acting: OffcutBrowser, site: Site) -> None:
    show(acting, site, '<p id="target">text</p><a id="link" href="#"><img src="/c.png"></a>')
    acting.driver.execute_script("document.getElementById('link').focus()")
    before = acting.result_tabs()
    raise_shortcut(acting)
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 3)


def test_a_place_without_a_picture_says_so_and_offers_another_way(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, '<p id="target">nothing but text</p>')
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    assert acting.wait_over() == "failed"
    assert acting.failure()["code"] == "NO_PICTURE_HERE"
    acting.click("own-picture")
    until(lambda: acting.driver.current_url.endswith("/popup/popup.html"), "the popup's page")


def test_a_tainted_canvas_is_taken_from_the_screen(acting: OffcutBrowser, site: Site) -> None:
    draw = """<canvas id="target" width=160 height=160></canvas><script>
        const image = new Image();
        image.onload = () => {
            const canvas = document.getElementById('target');
            canvas.getContext('2d').drawImage(image, 0, 0);
            document.title = 'drawn';
        };
        image.src = 'http://closed.test/a.png';</script>"""
    show(acting, site, draw)
    until(lambda: acting.driver.title == "drawn", "the canvas")
    before = acting.result_tabs()
    raise_click(acting)
    acting.new_results(before)
    assert acting.wait_over() == "failed"
    assert acting.failure()["code"] == "FETCH_BLOCKED"
