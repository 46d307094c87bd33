"""The main job as a person does it: a real right-click on a page, on a real (virtual) screen."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from clipboard import Clipboard
from editor_page import EditorPage
from native import native_cutout
from numpy.typing import NDArray
from offcut_browser import Mouse, OffcutBrowser
from PIL import Image
from site_proxy import Answer, Site
from waiting import outlast_prompt_guard, until

PAGE = "http://page.test/"
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture(autouse=True)
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


def show(browser: OffcutBrowser, site: Site, picture: str) -> None:
    """Open a page with one picture, and wait until it is drawn."""
    site.page(PAGE, picture)
    browser.open(PAGE)
    script = "const i = document.images[0]; return i && i.complete && i.naturalWidth > 0"
    until(lambda: browser.driver.execute_script(script), "the picture to be drawn")


def remove_background(browser: OffcutBrowser, mouse: Mouse) -> None:
    """Right-click the picture, choose our entry, and look at the result page."""
    before = browser.result_tabs()
    browser.driver.switch_to.window(browser.home)
    mouse.open_menu(browser, "img")
    # Our entry stands above "Inspect", the last one.
    mouse.press("Up", "Up", "Return")
    browser.new_results(before)


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
        fetch('http://open.test/a.jpg').then((r) => r.blob()).then((blob) => {{
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


def test_a_closed_picture_is_read_after_its_host_was_allowed_and_not_before(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    url = site.put("http://closed.test/a.jpg", Answer(picture, "image/jpeg"))
    show(screen_browser, site, f'<img src="{url}">')
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "failed"
    assert screen_browser.failure()["code"] == "PERMISSION_NEEDED"
    assert "closed.test" in screen_browser.text("failure-text")

    # Refuse: the prompt has its focus on Deny.
    answer_prompt(screen_browser, mouse, "Return", lambda: screen_browser.text("said"))
    assert screen_browser.state() == "failed"

    # Allow: the same picture goes on in the same tab.
    tab = screen_browser.driver.current_window_handle
    answer_prompt(screen_browser, mouse, "Tab Return", lambda: screen_browser.state() != "failed")
    assert screen_browser.wait_state("done") == "done"
    assert screen_browser.driver.current_window_handle == tab

    # Allowed once, allowed for good: the next click asks nothing.
    screen_browser.close_results()
    show(screen_browser, site, f'<img src="{url}">')
    remove_background(screen_browser, mouse)
    assert screen_browser.wait_over() == "done"


def answer_prompt(
    browser: OffcutBrowser, mouse: Mouse, keys: str, answered: Callable[[], object]
) -> None:
    """Open the permission prompt by its button and press keys in it until it is answered."""
    mouse.click(browser, "#allow")
    press_in_prompt(mouse, keys)
    until(answered, "the answered prompt")


def press_in_prompt(mouse: Mouse, keys: str) -> None:
    """Wait for the browser's prompt, and press keys in it until it is gone."""
    # The prompt belongs to the browser: whether it is up shows on the screen only, by its own
    # white before the page around it, which is darkened a while earlier.
    until(lambda: is_dark(mouse) and not is_dark(mouse, PROMPT), "the permission prompt")
    outlast_prompt_guard()
    mouse.press(*keys.split())
    until(lambda: not is_dark(mouse), "the prompt to go away")


PAGE_CORNER, PROMPT = (40, 700, 44, 704), (790, 100, 800, 110)
"""Places of the screen without any words: left, top, right and bottom."""


def is_dark(mouse: Mouse, place: tuple[int, int, int, int] = PAGE_CORNER) -> bool:
    return bool(np.frombuffer(mouse.screen(place), np.uint8).mean() < 200)


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


def test_a_server_that_refuses_a_closed_picture_is_named(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    headers = {"Cache-Control": "no-store"}
    url = site.put("http://closed.test/gone.jpg", Answer(picture, "image/jpeg", headers=headers))
    show(screen_browser, site, f'<img src="{url}">')
    site.put(url, Answer(b"no", status=403))
    remove_background(screen_browser, mouse)
    screen_browser.wait_over()
    if screen_browser.failure()["code"] == "PERMISSION_NEEDED":
        pressed = lambda: "Allow" not in screen_browser.text("allow")  # noqa: E731
        answer_prompt(screen_browser, mouse, "Tab Return", pressed)
        screen_browser.wait_over()
    assert screen_browser.failure()["code"] == "FETCH_REFUSED"
    assert screen_browser.failure()["detail"]["status"] == 403
    assert "closed.test" in screen_browser.text("failure-text")


def test_the_real_shortcut_takes_the_picture_under_the_pointer(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}key.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(screen_browser, site, f'<img src="{url}">')
    before = screen_browser.result_tabs()
    mouse.click(screen_browser, "img")
    mouse.press("alt+shift+o")
    screen_browser.new_results(before)
    assert screen_browser.wait_over() == "done"
    assert screen_browser.text("title") == "key"


def test_the_prompt_comes_in_the_click_where_the_user_wants_that(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    url = site.put("http://asked.test/a.jpg", Answer(picture, "image/jpeg"))
    with setting(screen_browser, "ask-in-click"):
        # Refused: nothing is read, and the screen is offered.
        before = right_click_and_answer(screen_browser, mouse, site, url, "Return")
        screen_browser.new_results(before)
        assert screen_browser.wait_over() == "failed"
        assert screen_browser.failure()["code"] == "PERMISSION_REFUSED"
        assert screen_browser.element("take-screen").is_displayed()
        screen_browser.close_results()
        # The no was for that click only: the next one asks again, and is allowed.
        before = right_click_and_answer(screen_browser, mouse, site, url, "Tab Return")
        screen_browser.new_results(before)
        assert screen_browser.wait_over() == "done"


def right_click_and_answer(
    browser: OffcutBrowser, mouse: Mouse, site: Site, url: str, keys: str
) -> list[str]:
    """Choose our entry on a picture, and press keys in the prompt that comes up."""
    show(browser, site, f'<img src="{url}">')
    before = browser.result_tabs()
    mouse.open_menu(browser, "img")
    mouse.press("Up", "Up", "Return")
    press_in_prompt(mouse, keys)
    return before


def test_the_real_submenu_replaces_the_picture_in_its_page(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}swap.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    with setting(screen_browser, "submenu"):
        show(screen_browser, site, f'<img src="{url}">')
        mouse.open_menu(screen_browser, "img")
        mouse.press("Up", "Up", "Right", "Down", "Down", "Down", "Return")
        shown = "return document.images[0].currentSrc"
        swapped = lambda: screen_browser.driver.execute_script(shown).startswith("blob:")  # noqa: E731
        until(swapped, "the cut-out in the page")
        assert screen_browser.result_tabs() == []


@contextmanager
def setting(browser: OffcutBrowser, switch: str) -> Generator[None]:
    """Switch something on in the settings, and off again."""
    press_switch(browser, switch, is_on=True)
    try:
        yield
    finally:
        press_switch(browser, switch, is_on=False)


ENTRIES = {"ask-in-click": "open ask", "submenu": "restore need sub"}
"""What the menu has while a switch is on."""
HAS_ENTRY = """const [id, done] = arguments;
    chrome.contextMenus.update(id, {}).then(() => done(true), () => done(false));"""


def press_switch(browser: OffcutBrowser, switch: str, *, is_on: bool) -> None:
    """Press a switch of the settings page, and wait until the menu knows."""
    browser.open_settings()
    browser.click(switch)

    def is_known() -> bool:
        has = [
            browser.driver.execute_async_script(HAS_ENTRY, entry)
            for entry in (ENTRIES[switch], "open need")
        ]
        return has[0] if is_on else has == [False, True]

    until(is_known, "the menu to be made anew")
