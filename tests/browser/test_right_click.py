"""The main job as a person does it: a real right-click on a page, on a real (virtual) screen."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from clipboard import Clipboard
from editor_page import EditorPage
from mouse import Mouse
from native import native_cutout
from numpy.typing import NDArray
from offcut_browser import OffcutBrowser
from picture_pages import OWN
from PIL import Image
from right_clicks import (
    OPEN_TO_ALL,
    PAGE,
    press_in_menu,
    remove_background,
    setting,
    show,
)
from site_proxy import Answer, Site
from waiting import until


@pytest.fixture(autouse=True)
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


def test_the_download_is_what_cpython_makes_of_the_same_bytes(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    url = site.put(f"{PAGE}photos/portrait.jpg?w=512", Answer(picture, "image/jpeg"))
    show(screen_browser, site, f'<img src="{url}">')
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done"
    saved = screen_browser.download()
    assert saved.name == "portrait-cutout.png"
    with Image.open(saved) as file:
        ours = np.asarray(file.convert("RGBA")).astype(int)
    native = np.asarray(native_cutout(picture).convert("RGBA")).astype(int)
    assert ours.shape == native.shape
    near = np.abs(ours - native)[..., 3] <= 2
    assert near.mean() >= 0.999


def copied(browser: OffcutBrowser, mouse: Mouse) -> NDArray[np.uint8]:
    """Press "Copy", and read RGBA back from the system's clipboard, which has a PNG then."""
    browser.driver.execute_script("document.getElementById('said').textContent = ''")
    mouse.click(browser, "#copy")
    until(lambda: "clipboard" in browser.text("said"), "the word that it was copied")
    with Image.open(io.BytesIO(Clipboard(mouse).take())) as picture:
        assert picture.format == "PNG"
        return np.asarray(picture.convert("RGBA"))


def test_copy_puts_a_real_png_on_the_clipboard(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    url = site.put(f"{PAGE}copied.jpg", Answer(picture, "image/jpeg"))
    show(screen_browser, site, f'<img src="{url}">')
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done"
    alpha = copied(screen_browser, mouse)[..., 3]
    with Image.open(io.BytesIO(screen_browser.cutout_bytes())) as shown:
        assert np.array_equal(alpha, np.asarray(shown)[..., 3])
    # What was edited since is copied as it is seen, also as a PNG where the file is none.
    editor = EditorPage(screen_browser)
    editor.set("background-color")
    editor.set("own-color", "#bcdcf5")
    editor.set("format-jpeg")
    pixels = copied(screen_browser, mouse)
    assert (pixels[..., 3] == 255).all()
    assert np.abs(pixels[4, -4, :3].astype(int) - (0xBC, 0xDC, 0xF5)).max() <= 1


def test_only_the_clicked_picture_is_asked_for(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    headers = {**OPEN_TO_ALL, "Cache-Control": "no-store"}
    url = site.put("http://cdn.test/fresh.jpg", Answer(picture, "image/jpeg", headers=headers))
    site.put("http://cdn.test/other.jpg", Answer(picture, "image/jpeg", headers=headers))
    show(screen_browser, site, f'<img src="{url}"><img src="http://cdn.test/other.jpg" width=9>')
    site.log.clear()
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done"
    assert {request.url for request in site.asked()} == {url}


@pytest.mark.parametrize("kind", ["cross-origin", "data", "blob", "revoked-blob"])
def test_a_picture_that_its_page_may_read_needs_no_permission(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path], kind: str
) -> None:
    picture = photos["small"].read_bytes()
    site.put("http://open.test/a.jpg", Answer(picture, "image/jpeg", headers={**OPEN_TO_ALL}))
    inline = "data:image/jpeg;base64," + base64.b64encode(picture).decode()
    revoke = "image.onload = () => URL.revokeObjectURL(image.src);" if kind[0] == "r" else ""
    make_blob = f"""<script>
        fetch('http://open.test/a.jpg', {OWN}).then((r) => r.blob()).then((blob) => {{
            const image = document.createElement('img');
            {revoke}
            image.src = URL.createObjectURL(blob);
            document.body.append(image);
        }});</script>"""
    bodies = {
        "cross-origin": '<img src="http://open.test/a.jpg">',
        "data": f'<img src="{inline}">',
        "blob": make_blob,
        "revoked-blob": make_blob,
    }
    show(screen_browser, site, bodies[kind])
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done", screen_browser.failure()


def test_a_data_picture_too_long_for_a_click_is_found_all_the_same(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    large = io.BytesIO()
    with Image.open(photos["small"]) as photo:
        photo.resize((1000, 1000)).save(large, "BMP")
    inline = base64.b64encode(large.getvalue()).decode()
    assert len(inline) > 2 * 1024 * 1024
    show(screen_browser, site, f'<img width=400 src="data:image/bmp;base64,{inline}">')
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done", screen_browser.failure()
    assert "1,000" in screen_browser.text("facts") or "1000" in screen_browser.text("facts")


def test_a_picture_that_its_server_no_longer_gives_is_taken_from_the_page(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    headers = {"Cache-Control": "no-store"}
    url = site.put(f"{PAGE}once.jpg", Answer(picture, "image/jpeg", headers=headers))
    show(screen_browser, site, f'<img src="{url}">')
    del site.answers[url]
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done"


@pytest.mark.parametrize("doctype", ["<!doctype html>", ""], ids=["standard", "quirks"])
def test_the_real_shortcut_takes_the_picture_under_the_pointer(
    screen_browser: OffcutBrowser,
    mouse: Mouse,
    site: Site,
    photos: dict[str, Path],
    doctype: str,
) -> None:
    url = site.put(f"{PAGE}key.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(screen_browser, site, f'<img src="{url}">', doctype)
    before = screen_browser.result_tabs()
    mouse.click(screen_browser, "img")
    mouse.press("alt+shift+o")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"
    assert screen_browser.text("title") == "key"


def test_the_real_submenu_replaces_the_picture_in_its_page(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}swap.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    with setting(screen_browser, "submenu"):
        show(screen_browser, site, f'<img src="{url}">')
        mouse.open_menu(screen_browser, "img")
        press_in_menu(screen_browser, mouse, "Right", "Down", "Down", "Down", "Return")
        shown = "return document.images[0].currentSrc"
        swapped = lambda: screen_browser.driver.execute_script(shown).startswith("blob:")  # noqa: E731
        until(swapped, "the cut-out in the page")
        assert screen_browser.result_tabs() == []
