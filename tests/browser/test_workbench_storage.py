"""What the workbench keeps of a batch, in which window, and for how long."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from launch import open_browser
from offcut_browser import OffcutBrowser
from PIL import Image
from private_window import allow_private_windows, open_beside, open_privately
from site_proxy import Site
from waiting import until
from workbench_page import (
    PAGE,
    choose,
    open_workbench,
    opened,
    save,
    states,
    stored,
)

StartBrowser = Callable[[Path], AbstractContextManager[OffcutBrowser]]
pytestmark = pytest.mark.usefixtures("empty_workbench")
WRITES = ".then(() => this.#write())"
WRITES_LATE = f""".then(async () => {{
    for (let frame = 0; frame < 90; frame++) await new Promise(requestAnimationFrame);
}}){WRITES}"""
"""A disk that is slow, or a machine that is busy."""


@pytest.mark.fault("the page", "a batch, closed", "nothing is lost")
def test_closing_the_page_in_the_middle_loses_nothing(
    start_browser: StartBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    # The last ones are large, so that they are not made before the browser is closed.
    sizes = [(96 + n, 96) for n in range(3)] + [(2000 + n, 2000) for n in range(3)]
    pictures = [save(portrait, tmp_path / f"{n}.png", size) for n, size in enumerate(sizes)]
    profile = tmp_path / "browser"
    profile.mkdir()
    with start_browser(profile) as first:
        open_workbench(first)
        choose(first, *pictures)
        until(lambda: list(states(first).values()).count("done") >= 2, "two of six")
        made = [name for name, state in states(first).items() if state == "done"]
    # The browser has gone in the middle. In the next one nothing goes on by itself.
    with start_browser(profile) as second:
        open_workbench(second)
        assert second.state() == "paused"
        assert second.element("restored").is_displayed()
        assert set(states(second)) == {path.name for path in pictures}
        assert {states(second)[name] for name in made} == {"done"}
        second.click("go-on")
        second.wait_state("done")
        archive = second.saved_by(lambda: second.click("save-zip"))
        assert {picture.size for picture in opened(archive).values()} == set(sizes)
        # Saved, so it is not offered again, and nothing of it is left.
        second.wait_state("saved")
        open_workbench(second)
        assert second.state() == "empty"
        assert stored(second) == []


def test_a_batch_is_called_saved_once_that_is_written_down(
    extension: Path, site: Site, portrait: Image.Image, tmp_path: Path
) -> None:
    slow = shutil.copytree(extension, tmp_path / "extension")
    store = slow / "batch" / "batch_store.js"
    source = store.read_text(encoding="utf-8")
    assert source.count(WRITES) == 1
    store.unlink()  # a link to the build's own
    store.write_text(source.replace(WRITES, WRITES_LATE), encoding="utf-8")
    with open_browser(slow, site, tmp_path) as browser:
        open_workbench(browser)
        choose(browser, save(portrait, tmp_path / "a.png"))
        browser.wait_state("done")
        browser.saved_by(lambda: browser.click("save-zip"))
        browser.wait_state("saved")
        open_workbench(browser)
        assert browser.state() == "empty", "it is not offered again, however soon its page was left"


def test_a_batch_that_nobody_touches_is_erased_after_a_day(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "old.png"))
    browser.wait_state("done")
    until(lambda: "batch/queue.json" in stored(browser), "the description of the batch")
    # Away from the page, then a day later.
    browser.open("/options/options.html")
    browser.wait_state("ready")
    until(
        lambda: len(stored(browser)) == 4, "the batch twice, the picture and its cutout in storage"
    )
    browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const { readQueue, writeQueue } = await import('/platform/batch_files.js');
            const batch = await readQueue();
            await writeQueue({ ...batch, touched: batch.touched - 25 * 60 * 60 * 1000 });
            await chrome.alarms.create('batch', { when: Date.now() });
            done();
        })();"""
    )
    until(lambda: stored(browser) == [], "the batch to be erased")


def test_a_second_workbench_says_where_the_first_is(browser: OffcutBrowser) -> None:
    open_workbench(browser)
    browser.driver.switch_to.new_window("tab")
    browser.driver.get(browser.origin + PAGE)
    assert browser.wait_state("elsewhere")
    assert "another tab" in browser.text("elsewhere")
    browser.driver.close()
    browser.driver.switch_to.window(browser.home)


def test_a_private_window_keeps_nothing(
    start_browser: StartBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    picture = save(portrait, tmp_path / "secret.png")
    with start_browser(tmp_path) as browser:
        allow_private_windows(browser)
        open_privately(browser)
        assert browser.element("private").is_displayed()
        choose(browser, picture)
        browser.wait_state("done")
        until(lambda: "batch/queue.json" in stored(browser), "the batch to be written down")
        # A second tab keeps the private window, and so its storage, alive.
        other = open_beside(browser, "/options/options.html")
        browser.driver.close()
        browser.driver.switch_to.window(other)
        assert browser.driver.execute_script("return chrome.extension.inIncognitoContext")
        until(lambda: stored(browser) == [], "nothing to be left")
        browser.driver.get(browser.origin + PAGE)
        assert browser.wait_state("empty")
        open_workbench(browser)
        assert browser.state() == "empty", "nor anything in the window that is not private"


def test_an_unsaved_batch_keeps_its_day_when_its_page_is_left(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "a.png"))
    browser.wait_state("done")
    until(lambda: "batch/queue.json" in stored(browser), "the description of the batch")
    browser.open_settings()
    # The look after the batch is waited for by asking for one more, which comes after it.
    hours = browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const { BATCH_LOCK } = await import('/platform/batch_files.js');
            const { announce } = await import('/messages/request.js');
            await announce('background', 'batch.closed', {});
            await navigator.locks.request(BATCH_LOCK, () => undefined);
            const { scheduledTime } = await chrome.alarms.get('batch');
            done((scheduledTime - Date.now()) / 3_600_000);
        })();"""
    )
    assert hours > 23
    assert stored(browser) != []


def test_where_nothing_is_kept_nothing_is_to_be_erased_later(browser: OffcutBrowser) -> None:
    browser.open_settings()
    # The look after the batch waits until another workbench is there, and comes before it.
    browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const { BATCH_LOCK } = await import('/platform/batch_files.js');
            const { announce } = await import('/messages/request.js');
            navigator.locks.request(BATCH_LOCK, () => {
                announce('background', 'batch.closed', {});
                return new Promise((free) => { window.free = free; });
            });
            window.isAwaited = async () => (await navigator.locks.query()).pending
                .some(({ name }) => name === BATCH_LOCK);
            done();
        })();"""
    )
    settings = browser.driver.current_window_handle
    is_awaited = "const done = arguments[0]; isAwaited().then(done)"
    until(lambda: browser.driver.execute_async_script(is_awaited), "the look after the batch")
    browser.driver.switch_to.new_window("tab")
    browser.driver.get(browser.origin + PAGE)
    workbench = browser.driver.current_window_handle
    browser.driver.switch_to.window(settings)
    browser.driver.execute_script("free()")
    browser.driver.switch_to.window(workbench)
    assert browser.wait_state("empty")
    alarms = "const done = arguments[0]; chrome.alarms.getAll().then(done)"
    assert browser.driver.execute_async_script(alarms) == []
    browser.driver.close()
    browser.driver.switch_to.window(settings)


def test_loading_the_page_anew_keeps_a_saved_batch_until_it_is_closed(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png") for n in "ab"])
    browser.wait_state("done")
    browser.saved_by(lambda: browser.click("save-zip")).unlink()
    browser.wait_state("saved")
    for _ in range(2):
        browser.driver.refresh()
        browser.wait_state("saved")
        assert set(states(browser)) == {"a.png", "b.png"}
        assert not browser.element("restored").is_displayed()
    # Its page is gone, and the next thing that is shown is no workbench.
    browser.open_settings()
    until(lambda: stored(browser) == [], "nothing to be left")
