"""What a click does beyond opening a tab: downloads, copies, replaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import (
    SAFE_PAGE,
    note_badges,
    on_icon,
    raise_click,
    show,
    worker,
)
from held_jobs import held
from offcut_browser import OffcutBrowser
from page_panels import panels
from picture_pages import PAGE
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from site_proxy import Answer, Site
from waiting import until


@pytest.fixture(autouse=True, scope="module")
def _warm(acting: OffcutBrowser, photos: dict[str, Path]) -> None:
    """There is an engine, whose jobs can be held."""
    assert acting.cut_out(photos["small"]) == "done"


@pytest.fixture(autouse=True)
def _no_tabs_left(acting: OffcutBrowser) -> Iterator[None]:
    acting.close_results()
    yield
    acting.close_results()


def portrait(site: Site, photos: dict[str, Path], page: str = PAGE) -> str:
    """Serve a real photo, in which there is a subject."""
    return site.put(f"{page}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))


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
    until(lambda: panels(acting) == 1, "the panel")
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
    until(lambda: panels(acting) == 0, "the panel to go")


def test_progress_without_a_page_is_told_by_a_notification_where_that_is_allowed(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    evaluate = acting.devtools.evaluate
    evaluate(worker(acting), "chrome.storage.local.set({ notify: true })")
    try:
        listed = "chrome.notifications.getAll().then((all) => Object.keys(all).length)"
        with held(acting.devtools):
            raise_click(acting, "download need", srcUrl=url, mediaType="image")
            until(lambda: evaluate(worker(acting), listed) > 0, "the notification")
    finally:
        evaluate(worker(acting), "chrome.storage.local.set({ notify: false })")


def test_a_picture_that_left_its_page_is_shown_instead_of_replaced(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = portrait(site, photos)
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    before = acting.result_tabs()
    with held(acting.devtools):
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
    # It is there for three seconds, and a busy machine asks more rarely.
    shown = note_badges(acting)
    raise_click(acting, "copy need", srcUrl=url, mediaType="image")
    until(lambda: "✓" in shown(), "the mark of success")
    assert any(str(each).endswith("%") for each in shown()), "progress on the toolbar icon"
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
