"""The entry on the whole page: real right-clicks on pictures that the browser takes for none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clicks import collected, worker
from mouse import Mouse
from offcut_browser import OffcutBrowser
from picture_kinds import KINDS, Kind
from picture_pages import PAGE, picture, serve_pictures
from site_proxy import Site
from waiting import until

# One of each family, and how many entries of the browser stand below ours. Chromium itself
# sees the picture under an overlay.
BELOW = {
    "background-image": 2,
    "svg": 2,
    "canvas": 1,
    "video": 1,
    "content of ::before": 2,
    "under an overlay": 1,
    "in an open shadow root": 1,
    "in a frame of the same site": 1,
}


@pytest.fixture(scope="module")
def everywhere(screen_browser: OffcutBrowser, site: Site) -> OffcutBrowser:
    """A visible Chromium in whose settings the entry on the page was switched on."""
    serve_pictures(site)
    screen_browser.open_settings()
    screen_browser.click("page-entry")
    screen_browser.click("ask-in-click")
    until(lambda: screen_browser.text("saved"), "the setting to be saved")
    # The entry's id tells when the menu is made anew.
    made = "chrome.contextMenus.update('open ask', {}).then(() => true, () => false)"
    until(lambda: screen_browser.devtools.evaluate(worker(screen_browser), made), "the new entry")
    return screen_browser


@pytest.fixture(autouse=True)
def _no_tabs_left(everywhere: OffcutBrowser) -> Iterator[None]:
    yield
    everywhere.close_results()


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.name in BELOW], ids=lambda kind: kind.name
)
def test_a_real_right_click_takes_the_picture(
    everywhere: OffcutBrowser, mouse: Mouse, site: Site, kind: Kind
) -> None:
    site.page(PAGE, kind.html)
    everywhere.open(PAGE)
    before = everywhere.result_tabs()
    mouse.open_menu(everywhere, kind.frame or kind.target)
    mouse.press(*everywhere.devtools.to_entry_above(BELOW[kind.name]), "Return")
    everywhere.new_results(before)
    got = collected(everywhere)
    assert got.failure is None
    if kind.file:
        assert got.data == picture(160, 160, 1)


def test_a_tainted_canvas_is_taken_from_the_screen_and_says_so(
    everywhere: OffcutBrowser, mouse: Mouse, site: Site
) -> None:
    site.page(
        PAGE,
        """<body style="margin:0"><canvas id="target" width=160 height=160></canvas><script>
        const image = new Image();
        image.onload = () => {
            document.getElementById('target').getContext('2d').drawImage(image, 0, 0);
            document.title = 'drawn';
        };
        image.src = 'http://closed.test/a.png';</script>""",
    )
    everywhere.open(PAGE)
    until(lambda: everywhere.driver.title == "drawn", "the canvas")
    before = everywhere.result_tabs()
    mouse.open_menu(everywhere, "#target")
    mouse.press(*everywhere.devtools.to_our_entry, "Return")
    everywhere.new_results(before)
    assert everywhere.wait_over() == "failed"
    assert everywhere.failure()["code"] == "FETCH_BLOCKED"
    everywhere.click("take-screen")
    assert everywhere.wait_state("done") == "done"
    assert "screen" in everywhere.text("notices")
    assert "160" in everywhere.text("facts")
