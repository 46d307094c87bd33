"""A server that is still to be allowed: what is said before, what after a no, and how to go on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bubble import Bubble
from clipboard import Clipboard
from mouse import WHOLE, Mouse
from offcut_browser import OffcutBrowser
from pasting import PASTE
from popup_page import popups
from right_clicks import ALLOW, REFUSE, press_in_prompt
from row_editing import offered, what
from site_proxy import Answer, Site
from waiting import until
from workbench_page import erase, open_workbench, states

ADDRESS = "http://{}.test/cat-{}.jpg"
COLOUR = "getComputedStyle(document.querySelector('{} .what')).color"
WORDS = "document.querySelector('.job .what')?.textContent"


def photograph(mouse: Mouse, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        mouse.photo(WHOLE).save(f"{folder}/{name}.png")


@pytest.fixture
def workbench(screen_browser: OffcutBrowser) -> Iterator[OffcutBrowser]:
    open_workbench(screen_browser)
    yield screen_browser
    open_workbench(screen_browser)
    if states(screen_browser):
        erase(screen_browser)


def serve(site: Site, photos: dict[str, Path], *hosts: str) -> list[str]:
    """Put a picture on each of some hosts; gives the addresses."""
    photo = Answer(photos["small"].read_bytes(), "image/jpeg")
    return [site.put(ADDRESS.format(host, host), photo) for host in hosts]


@pytest.mark.usefixtures("no_jobs_left")
def test_the_next_bubble_says_that_the_browser_was_told_no(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    (address,) = serve(site, photos, "bubbled")
    screen_browser.open("about:blank")
    bubble = Bubble(screen_browser, mouse)
    bubble.open_by_icon()
    Clipboard(mouse).put(address.encode())
    bubble.click("h1")
    mouse.press("ctrl+v")
    until(lambda: "The browser will ask" in (bubble.evaluate(WORDS) or ""), "the question")
    red = bubble.evaluate("getComputedStyle(document.getElementById('problem')).color")
    assert bubble.evaluate(COLOUR.format(".job")) != red, "nothing has failed"
    photograph(mouse, "bubble-asks")
    bubble.click(".job [data-act=allow]")
    press_in_prompt(screen_browser, mouse, REFUSE)
    if not bubble.is_open():
        bubble.open_by_icon()
    until(lambda: "You did not allow" in (bubble.evaluate(WORDS) or ""), "what was answered")
    assert "bubbled.test" in bubble.evaluate(WORDS)
    photograph(mouse, "bubble-refused")
    # The same button asks once more.
    bubble.click(".job [data-act=allow]")
    press_in_prompt(screen_browser, mouse, ALLOW)
    if popups(screen_browser):
        bubble.close()
    bubble.open_by_icon()
    bubble.wait("document.querySelector('.job').dataset.state === 'done'", "the picture")
    bubble.close()


def test_all_that_wait_for_a_server_are_asked_for_at_once(
    workbench: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    addresses = serve(site, photos, "one", "two")
    workbench.driver.execute_script(PASTE, "\n".join(addresses))
    until(lambda: set(states(workbench).values()) == {"failed"}, "two rows that ask")
    assert "failed" not in workbench.text("counts"), "nothing has"
    assert offered(workbench, 1) == ["allow", "remove"]
    photograph(mouse, "rows-ask")
    mouse.click(workbench, "#retry-all")
    press_in_prompt(workbench, mouse, REFUSE)
    for number, host in enumerate(("one", "two"), 1):
        until(lambda n=number: "You did not allow" in what(workbench, n), "what was answered")
        assert f"{host}.test" in what(workbench, number)
        assert offered(workbench, number) == ["allow", "remove"]
    assert "Not allowed" in workbench.text("said")
    photograph(mouse, "rows-refused")
    assert not set(addresses) & set(site.requested())
    mouse.click(workbench, "#retry-all")
    press_in_prompt(workbench, mouse, ALLOW)
    until(lambda: set(states(workbench).values()) == {"done"}, "both pictures")
