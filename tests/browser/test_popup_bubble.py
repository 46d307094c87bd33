"""The popup where people meet it: in the bubble at the toolbar, in every language and state."""

from __future__ import annotations

import base64
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from bubble import Bubble
from devtools import TargetGoneError
from launch import run_browser
from layout_faults import FIND_FAULTS
from mouse import Mouse
from offcut_browser import OffcutBrowser
from popup_page import SEND_FILE, workbenches
from site_proxy import Site
from test_languages import LANGUAGES, texts
from waiting import until

LONG = "by-the-sea-with-a-name-that-is-longer-than-any-line-of-a-popup-can-be-IMG_20260801"
STATES = "[...document.querySelectorAll('.job')].map(({ dataset }) => dataset.state)"
NOTE_FOCUS = """window.reached = [];
    document.addEventListener('focusin', ({ target }) => { window.reached.push(target.id); });"""
SCROLLS = """document.documentElement.scrollWidth > document.documentElement.clientWidth
    || document.body.scrollWidth > document.body.clientWidth"""


@contextmanager
def browser_in(
    language: str, extension: Path, site: Site, display: str, folder: Path
) -> Generator[OffcutBrowser]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        patch.setenv("LANGUAGE", texts(language)["language"].replace("-", "_"))
        tag = texts(language)["language"]
        yield from run_browser(extension, site, folder, headless=False, language=tag)


def send(bubble: Bubble, picture: Path, name: str) -> None:
    """Drop a picture into the popup."""
    encoded = base64.b64encode(picture.read_bytes()).decode()
    script = SEND_FILE.replace("'holiday.jpg'", f"'{name}'")
    bubble.evaluate(f"{script}('drop', '{encoded}')")


def assert_whole(bubble: Bubble) -> None:
    """The bubble is as wide as it should be, and nothing in it is cut off."""
    # It is drawn as large as it thinks, but for its frame and its shadow.
    until(lambda: is_drawn(bubble), "the bubble to be drawn")
    left, top, right, bottom = bubble.view()
    assert 360 <= right - left <= 420
    assert 150 <= bottom - top <= 600
    assert not bubble.evaluate(SCROLLS)
    assert bubble.run(FIND_FAULTS) == []


def is_drawn(bubble: Bubble) -> bool:
    """Whether the bubble on the screen is as large as the page in it, but for frame and shadow."""
    left, _, right, bottom = bubble.view()
    seen = bubble.seen()
    if seen is None:
        return False
    frames = (left - seen[0], seen[2] - right, seen[3] - bottom)
    return all(-2 <= frame <= 24 for frame in frames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bubble_is_wide_enough_for_every_state_in_every_language(
    language: str,
    extension: Path,
    site: Site,
    display: str,
    mouse: Mouse,
    photos: dict[str, Path],
    tmp_path: Path,
) -> None:
    words = tmp_path / "words.png"
    words.write_bytes(b"just words")
    with browser_in(language, extension, site, display, tmp_path) as browser:
        browser.open("about:blank")
        bubble = Bubble(browser, mouse)
        bubble.open_by_icon()
        assert bubble.evaluate("document.documentElement.lang") == texts(language)["language"]
        assert_whole(bubble)
        send(bubble, words, "words.png")
        send(bubble, photos["small"], f"{LONG}.jpg")
        bubble.wait(f"{STATES}.join() === 'done,failed'", "a finished and a failed job")
        send(bubble, photos["large"], "large.jpg")
        bubble.wait(f"{STATES}.includes('running')", "a running job")
        assert_whole(bubble)
        bubble.close()
        # The list is there from the first moment now, and the bubble opens with it.
        browser.open(site.page("http://page.test/", "<p>any page</p>"))
        mouse.click(browser, "p")
        bubble.open_by_shortcut()
        bubble.wait(f"{STATES}.length === 3", "three jobs")
        assert_whole(bubble)
        bubble.wait(f"{STATES}.join() === 'done,done,failed'", "the end of all jobs")
        assert_whole(bubble)


@pytest.mark.usefixtures("no_jobs_left")
def test_what_was_chosen_is_not_lost_by_a_bubble_that_closes_in_that_moment(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    bubble.open_by_icon()
    encoded = base64.b64encode(photos["large"].read_bytes()).decode()
    drop_and_close(bubble, encoded, 2)
    until(lambda: not bubble.is_open(), "the popup to close")
    bubble.browser.open_popup()
    until(lambda: len(bubble.browser.job_states()) == 2, "both jobs")


@pytest.mark.usefixtures("no_jobs_left")
def test_many_are_not_lost_by_a_bubble_that_closes_in_that_moment(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    bubble.open_by_icon()
    browser = bubble.browser
    encoded = base64.b64encode(photos["small"].read_bytes()).decode()
    drop_and_close(bubble, encoded, 9)
    page = until(lambda: workbenches(browser), "the workbench")[0]
    rows = "document.querySelectorAll('.item').length"
    until(lambda: browser.devtools.evaluate(page, rows) == 9, "nine pictures")
    browser.devtools.close_target(page)


def drop_and_close(bubble: Bubble, encoded: str, count: int) -> None:
    """Drop a picture several times into a popup that closes in the same moment."""
    with suppress(TargetGoneError):
        bubble.evaluate(f"{SEND_FILE}('drop', '{encoded}', {count}), window.close()")


def test_the_bubble_is_used_by_the_keyboard_alone(bubble: Bubble) -> None:
    bubble.open_by_shortcut()
    bubble.evaluate(NOTE_FOCUS)
    bubble.mouse.press(*["Tab"] * 6)
    # The screen has taken the keys before the popup has them.
    wanted = {"workbench", "choose", "capture"}
    until(lambda: wanted <= set(bubble.evaluate("window.reached")), "all of them in focus")
    bubble.mouse.press("Escape")
    until(lambda: not bubble.is_open(), "the popup to close")


ROWS_OF_BUTTONS = """[...document.querySelectorAll('.buttons')].map((buttons) =>
    new Set([...buttons.querySelectorAll('button')]
        .filter((each) => each.checkVisibility())
        .map((each) => Math.round(each.getBoundingClientRect().y))).size)"""


@pytest.mark.usefixtures("no_jobs_left")
def test_a_list_that_scrolls_keeps_its_buttons_in_one_row(
    bubble: Bubble, photos: dict[str, Path]
) -> None:
    bubble.open_by_icon()
    send(bubble, photos["small"], "photo.jpg")
    bubble.wait(f"{STATES}.join() === 'done'", "a finished job")
    assert bubble.evaluate(ROWS_OF_BUTTONS) == [1, 1, 1]
    for _ in range(6):
        send(bubble, photos["small"], "photo.jpg")
    bubble.wait(f"{STATES}.length === 7 && {STATES}.every((each) => each === 'done')", "the rest")
    assert bubble.evaluate("document.documentElement.scrollHeight > innerHeight")
    assert bubble.evaluate(ROWS_OF_BUTTONS) == [1] * 9
    assert not bubble.evaluate(SCROLLS)
    words = bubble.evaluate("document.querySelector('[data-act=remove]').textContent")
    assert words == "Discard", "no word for a background"
