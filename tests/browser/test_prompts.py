"""The browser's own question for a host: refused, allowed, and asked in the click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mouse import Mouse
from offcut_browser import OffcutBrowser
from right_clicks import (
    ALLOW,
    REFUSE,
    answer_prompt,
    press_in_prompt,
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

    # Refused: nothing is read.
    answer_prompt(screen_browser, mouse, REFUSE, lambda: screen_browser.text("said"))
    assert screen_browser.state() == "failed"

    # Allow: the same picture goes on in the same tab.
    tab = screen_browser.driver.current_window_handle
    answer_prompt(screen_browser, mouse, ALLOW, lambda: screen_browser.state() != "failed")
    assert screen_browser.wait_state("done") == "done"
    assert screen_browser.driver.current_window_handle == tab

    # Allowed once, allowed for good: the next click asks nothing.
    screen_browser.close_results()
    show(screen_browser, site, f'<img src="{url}">')
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
        answer_prompt(screen_browser, mouse, ALLOW, pressed)
    # The former failure is shown until the next one is known.
    refused = lambda: "FETCH_REFUSED" in screen_browser.dataset().get("failure", "")  # noqa: E731
    until(refused, "the server's answer")
    assert screen_browser.failure()["detail"]["status"] == 403
    assert "closed.test" in screen_browser.text("failure-text")


def test_the_prompt_comes_in_the_click_where_the_user_wants_that(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    picture = photos["small"].read_bytes()
    url = site.put("http://asked.test/a.jpg", Answer(picture, "image/jpeg"))
    with setting(screen_browser, "ask-in-click"):
        # Refused: nothing is read, and the screen is offered.
        before = right_click_and_answer(screen_browser, mouse, site, url, REFUSE)
        screen_browser.new_results(before)
        assert screen_browser.wait_over() == "failed"
        assert screen_browser.failure()["code"] == "PERMISSION_REFUSED"
        assert screen_browser.element("take-screen").is_displayed()
        screen_browser.close_results()
        # The no was for that click only: the next one asks again, and is allowed.
        before = right_click_and_answer(screen_browser, mouse, site, url, ALLOW)
        screen_browser.new_results(before)
        assert screen_browser.wait_over() == "done"


def right_click_and_answer(
    browser: OffcutBrowser, mouse: Mouse, site: Site, url: str, answer: str
) -> list[str]:
    """Choose our entry on a picture, and answer the prompt that comes up."""
    show(browser, site, f'<img src="{url}">')
    before = browser.result_tabs()
    mouse.open_menu(browser, "img")
    mouse.press(*browser.devtools.to_our_entry, "Return")
    press_in_prompt(browser, mouse, answer)
    return before
