"""Every kind of picture: found at the clicked place, and had as large as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from clicks import Collected, collected, frame_id, point_at, raise_click, with_rights
from launch import run_browser
from offcut_browser import OffcutBrowser
from picture_kinds import KINDS, Kind
from picture_pages import OTHER, PAGE, serve_pictures
from PIL import Image
from site_proxy import Site


@pytest.fixture(scope="module")
def granted(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the clicked page, as after a real click."""
    folder = tmp_path_factory.mktemp("granted")
    serve_pictures(site)
    copy = with_rights(extension, folder, f"{PAGE}*", f"{OTHER}*")
    yield from run_browser(copy, site, folder, headless=True)


@pytest.fixture(autouse=True)
def _no_tabs_left(granted: OffcutBrowser) -> Iterator[None]:
    yield
    granted.close_results()


def click(browser: OffcutBrowser, site: Site, kind: Kind) -> Collected:
    """Show a kind's page, click its picture, and wait for what is collected."""
    site.page(PAGE, kind.html)
    browser.open(PAGE)
    point_at(browser, kind.target, kind.frame)
    before = browser.result_tabs()
    raise_click(browser, frame=frame_id(browser) if kind.frame else 0)
    browser.new_results(before)
    return collected(browser)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_picture_under_the_pointer_is_collected(
    granted: OffcutBrowser, site: Site, kind: Kind
) -> None:
    got = click(granted, site, kind)
    assert got.failure is None
    if kind.file:
        expected = site.answers[f"{PAGE}{kind.file}"]
        assert not callable(expected)
        assert got.data == expected.body
    else:
        assert kind.size == size_of(got)


def test_looking_leaves_no_trace_in_the_page(granted: OffcutBrowser, site: Site) -> None:
    site.page(PAGE, '<img id="target" src="/a.png" style="pointer-events:none">')
    granted.open(PAGE)
    state = """return [document.adoptedStyleSheets.length, document.documentElement.outerHTML,
        getComputedStyle(document.getElementById('target')).pointerEvents]"""
    before = granted.driver.execute_script(state)
    point_at(granted, "#target")
    tabs = granted.result_tabs()
    raise_click(granted)
    granted.new_results(tabs)
    collected(granted)
    granted.driver.switch_to.window(granted.home)
    assert granted.driver.execute_script(state) == before


def size_of(got: Collected) -> tuple[int, int]:
    """Width and height of what was collected, also of a drawing."""
    if "svg" in got.type:
        text = got.data.decode()
        numbers = (
            [
                int(text.split(f'{side}="')[1].split('"')[0].split("'")[0])
                for side in ("width", "height")
            ]
            if 'width="' in text
            else [99, 77]
        )
        return numbers[0], numbers[1]
    with Image.open(io.BytesIO(got.data)) as image:
        return image.size
