"""The place that was clicked in a page counts as the first tap: in shares of the picture itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from editor_page import EditorPage
from files import saved
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from right_clicks import PAGE, remove_background, show
from site_proxy import Answer, Site
from waiting import until

FLAG = (60.5, 180.5)
"""Of the small photo: missing at first, and seen by the network in one look only."""
WIDTH, HEIGHT = 80, 40
CONTENT = Path(__file__).resolve().parents[2] / "extension" / "content"
SCRIPTS = ("built_in.js", "content_state.js", "clicked_spot.js")
FIND = """
    const image = document.querySelector('img');
    contentState().point = { x: arguments[0], y: arguments[1] };
    return clickedSpot({ element: image, kind: 'img', urls: [] }, arguments[2]) ?? null"""
AT = "position: absolute; left: 100px; top: 50px;"


def centred(place: tuple[float, float]) -> str:
    """A narrow view of the photo, whose middle shows a place of it."""
    x, y = 50 - place[0], 90 - place[1]
    return f"width: 100px; height: 180px; object-fit: none; object-position: {x}px {y}px"


@pytest.fixture
def _no_tabs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    yield
    screen_browser.close_results()


def click_twice(
    browser: OffcutBrowser, mouse: Mouse, site: Site, photo: Path, place: tuple[float, float]
) -> EditorPage:
    """Click as the first in a page tells no place; the second does."""
    url = site.put(f"{PAGE}clicked.jpg", Answer(photo.read_bytes(), "image/jpeg"))
    show(browser, site, f'<img src="{url}" style="{centred(place)}">')
    for _ in range(2):
        remove_background(browser, mouse)
        assert browser.wait_over() == "done"
    editor = EditorPage(browser)
    editor.wait_shown()
    return editor


@pytest.mark.weights
@pytest.mark.usefixtures("_no_tabs_left")
def test_the_clicked_place_is_looked_at_once_and_what_is_not_surely_missing_is_left(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    editor = click_twice(screen_browser, mouse, site, photos["small"], FLAG)
    stage = screen_browser.element("stage")
    until(lambda: stage.get_attribute("data-clicked") == "left", "the look at the place")
    assert editor.asked()["strokes"] == []
    assert screen_browser.text("said") == ""


SPOTS: dict[str, tuple[str, tuple[float, float], tuple[float, float] | None]] = {
    "as it is": ("", (100 + 20, 50 + 10), (0.25, 0.25)),
    "stretched": ("width: 160px; height: 160px", (100 + 40, 50 + 40), (0.25, 0.25)),
    "framed": ("border: 6px solid; padding: 4px", (110 + 20, 60 + 10), (0.25, 0.25)),
    "on the frame": ("border: 6px solid", (103, 60), None),
    "contained": (
        "width: 80px; height: 80px; object-fit: contain", (100 + 20, 70 + 10), (0.25, 0.25),
    ),
    "beside what is contained": (
        "width: 80px; height: 80px; object-fit: contain", (100 + 20, 50 + 5), None,
    ),
    "covering": ("width: 40px; height: 40px; object-fit: cover", (120, 70), (0.5, 0.5)),
    "covering from the left": (
        "width: 40px; height: 40px; object-fit: cover; object-position: left",
        (120, 70), (0.25, 0.5),
    ),
    "shifted by pixels": (
        "width: 40px; height: 40px; object-fit: none; object-position: -30px 0px",
        (110, 70), (0.5, 0.5),
    ),
    "scaled": ("transform: scale(2); transform-origin: 0 0", (140, 70), (0.25, 0.25)),
    "turned": ("transform: rotate(10deg)", (140, 70), None),
    "turned by its own property": ("rotate: 10deg", (140, 70), None),
    "mirrored": ("transform: scaleX(-1)", (140, 70), None),
    "mirrored by its own property": ("scale: -1 1", (140, 70), None),
    "cut out of a sheet": ("object-view-box: inset(10px)", (140, 70), None),
    "elsewhere": ("", (400, 300), None),
}  # fmt: skip


@pytest.fixture(scope="module")
def spots(browser: OffcutBrowser, site: Site) -> OffcutBrowser:
    url = site.put(f"{PAGE}spot.png", Answer(saved(Image.new("RGB", (WIDTH, HEIGHT)), "PNG")))
    show(browser, site, f'<img src="{url}">')
    return browser


def spot_of(browser: OffcutBrowser, style: str, point: tuple[float, float], way: str) -> Any:
    scripts = [(CONTENT / name).read_text(encoding="utf-8") for name in SCRIPTS]
    styled = "document.querySelector('img').style.cssText = arguments[3];"
    script = "\n".join([*scripts, styled, FIND])
    return browser.driver.execute_script(script, *point, way, AT + style)


@pytest.mark.parametrize("name", SPOTS)
def test_the_clicked_spot_is_a_share_of_the_picture_itself(spots: OffcutBrowser, name: str) -> None:
    style, point, wanted = SPOTS[name]
    found = spot_of(spots, style, point, "click")
    if wanted is None:
        assert found is None
        return
    assert (found["x"], found["y"]) == pytest.approx(wanted, abs=0.02)
    assert found["aspect"] == pytest.approx(WIDTH / HEIGHT)


def test_a_shortcut_clicks_nowhere(spots: OffcutBrowser) -> None:
    assert spot_of(spots, "", (120, 60), "keyboard") is None
