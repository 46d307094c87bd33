"""What a click does beyond opening a tab: downloads, copies, replaces; and asks which picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clicks import (
    collected,
    point_at,
    raise_click,
    raise_shortcut,
    right_click,
    with_rights,
    worker,
)
from launch import run_browser
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, picture, serve_pictures
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Answer, Site
from waiting import until

SAFE_PAGE = "http://localhost/"
PANELS = "return document.querySelectorAll('offcut-panel').length"


@pytest.fixture(scope="module")
def acting(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the pages, and save files."""
    folder = tmp_path_factory.mktemp("acting")
    serve_pictures(site)
    rights = (f"{PAGE}*", f"{SAFE_PAGE}*", "downloads", "clipboardWrite", "notifications")
    yield from run_browser(with_rights(extension, folder, *rights), site, folder, headless=True)


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    yield
    acting.close_results()


def show(browser: OffcutBrowser, site: Site, html: str, page: str = PAGE) -> None:
    """Open a page and point at its `#target`."""
    site.page(page, html)
    browser.open(page)
    point_at(browser, "#target")


def portrait(site: Site, photos: dict[str, Path], page: str = PAGE) -> str:
    """Serve a real photo, in which there is a subject."""
    return site.put(f"{page}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))


def on_icon(browser: OffcutBrowser) -> str:
    """The text on the toolbar icon while the page is looked at."""
    badge = """chrome.tabs.query({}).then((tabs) => chrome.action.getBadgeText({
        tabId: tabs.find(({ url }) => url.startsWith('http')).id }))"""
    return str(browser.devtools.evaluate(worker(browser), badge))


def test_downloading_at_once_saves_a_file_and_opens_nothing(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    file = acting.saved_by(
        lambda: raise_click(acting, "download need", srcUrl=url, mediaType="image")
    )
    assert file.name == "portrait-cutout.png"
    with Image.open(file) as saved:
        assert saved.mode == "RGBA"
    assert acting.result_tabs() == []


def test_replacing_changes_the_picture_in_its_page_and_undo_puts_it_back(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" srcset="{url} 1x" src="{url}" width=200 height=200>')
    before = """return Object.fromEntries(Array.from(
        document.getElementById('target').attributes, ({ name, value }) => [name, value]))"""
    original = acting.driver.execute_script(before)
    raise_click(acting, "replace need", srcUrl=url, mediaType="image")
    shown = "return document.getElementById('target').currentSrc"
    until(lambda: acting.driver.execute_script(shown).startswith("blob:"), "the cut-out")
    size = "const i = document.getElementById('target'); return [i.width, i.height]"
    until(lambda: acting.driver.execute_script(f"{size}") == [200, 200], "the former size")
    assert acting.driver.execute_script(PANELS) == 1
    assert acting.result_tabs() == []
    raise_click(acting, "restore need sub")
    until(lambda: acting.driver.execute_script(shown) == url, "the former picture")
    assert acting.driver.execute_script(before) == original


def test_a_replaced_background_is_put_back_too(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    style = f"width:200px;height:200px;background:url({url}) center / cover"
    show(acting, site, f'<div id="target" style="{style}"></div>')
    raise_click(acting, "replace need")
    shown = "return getComputedStyle(document.getElementById('target')).backgroundImage"
    until(lambda: "blob:" in acting.driver.execute_script(shown), "the cut-out")
    # The panel's first button is Undo, and nothing else in the page takes the focus.
    ActionChains(acting.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    until(lambda: url in acting.driver.execute_script(shown), "the former picture")
    assert acting.driver.execute_script(PANELS) == 0


def test_progress_without_a_page_is_told_by_a_notification_where_that_is_allowed(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    evaluate = acting.devtools.evaluate
    evaluate(worker(acting), "chrome.storage.local.set({ notify: true })")
    try:
        raise_click(acting, "download need", srcUrl=url, mediaType="image")
        listed = "chrome.notifications.getAll().then((all) => Object.keys(all).length)"
        until(lambda: evaluate(worker(acting), listed) > 0, "the notification")
    finally:
        evaluate(worker(acting), "chrome.storage.local.set({ notify: false })")


def test_a_picture_that_left_its_page_is_shown_instead_of_replaced(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    before = acting.result_tabs()
    raise_click(acting, "replace need", srcUrl=url, mediaType="image")
    until(lambda: on_icon(acting).endswith("%"), "progress on the toolbar icon")
    acting.driver.execute_script("document.getElementById('target').remove()")
    acting.new_results(before)
    assert acting.wait_over() == "done"
    until(lambda: "no longer" in acting.text("said"), "the word about it")


def test_copying_at_once_opens_nothing_where_the_page_may_copy(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos, SAFE_PAGE)
    show(acting, site, f'<img id="target" src="{url}" width=200>', SAFE_PAGE)
    raise_click(acting, "copy need", srcUrl=url, mediaType="image")
    until(lambda: on_icon(acting).endswith("%"), "progress on the toolbar icon")
    until(lambda: on_icon(acting) == "✓", "the mark of success")
    assert acting.result_tabs() == []


def test_copying_from_an_unsafe_page_goes_on_in_the_result_page(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    before = acting.result_tabs()
    raise_click(acting, "copy need", srcUrl=url, mediaType="image")
    acting.new_results(before)
    assert acting.wait_over() == "done"
    until(lambda: "opy" in acting.text("said") or "clipboard" in acting.text("said"), "the word")


TWO = (
    '<div style="width:160px;height:160px;background:url(/b.png)">'
    '<img id="target" src="/a.png" width=160 height=160 alt="The first"></div>'
)


def test_several_pictures_are_chosen_from_with_the_keyboard(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, TWO)
    before = acting.result_tabs()
    raise_click(acting)
    until(lambda: acting.driver.execute_script(PANELS) == 1, "the chooser")
    assert acting.result_tabs() == before
    ActionChains(acting.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    acting.new_results(before)
    assert collected(acting).data == picture(160, 160, 2)


SIDE_BY_SIDE = (
    '<div style="position:relative;width:320px;height:160px;display:flex">'
    '<img src="/a.png" width=160 height=160><img src="/b.png" width=160 height=160>'
    '<div id="target" style="position:absolute;inset:0"></div></div>'
)


def test_the_place_of_a_click_is_known_from_the_second_one_on(
    acting: OffcutBrowser, site: Site
) -> None:
    show(acting, site, SIDE_BY_SIDE)
    before = acting.result_tabs()
    # All that is known at first is the element on top, and two pictures are under it.
    raise_click(acting)
    until(lambda: acting.driver.execute_script(PANELS) == 1, "the chooser")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: acting.driver.execute_script(PANELS) == 0, "the chooser to go")
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
    until(lambda: acting.driver.execute_script(PANELS) == 1, "the chooser")
    ActionChains(acting.driver).send_keys(Keys.ESCAPE).perform()
    until(lambda: acting.driver.execute_script(PANELS) == 0, "the chooser to go")
    # The next click opens one result, and no other has been opened before.
    raise_click(acting)
    until(lambda: acting.driver.execute_script(PANELS) == 1, "the chooser again")
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
