"""A batch that the disk has damaged, or whose clock jumps: nothing made is lost or passed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from cancelled_downloads import CANCEL_ALL, CANCEL_NONE
from clicks import worker
from offcut_browser import OffcutBrowser
from PIL import Image
from row_editing import archived, begin_edited, is_white_behind, what
from waiting import until
from workbench_page import choose, open_workbench, opened, press, save, states, stored

pytestmark = pytest.mark.usefixtures("empty_workbench")
FLIP = """const [ending, done] = arguments;
(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('batch');
    for await (const [name, handle] of folder.entries()) {
        if (!name.endsWith(ending)) continue;
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        bytes[bytes.length >> 1] ^= 1;
        const writable = await handle.createWritable();
        await writable.write(bytes);
        await writable.close();
        return name;
    }
})().then(done);"""
TOUCHED = """const [hours, done] = arguments;
(async () => {
    const { readQueue, writeQueue } = await import('/platform/batch_files.js');
    const batch = await readQueue();
    await writeQueue({ ...batch, touched: batch.touched + hours * 60 * 60 * 1000 });
    await chrome.alarms.create('batch', { when: Date.now() });
})().then(done);"""
IS_PAST = """const done = arguments[0];
    import('/platform/batch_files.js').then(({ readQueue }) => readQueue())
        .then((batch) => done(batch.touched <= Date.now()));"""
SWEPT = "chrome.alarms.get('batch').then((alarm) => alarm === undefined)"


def make_two(browser: OffcutBrowser, portrait: Image.Image, folder: Path) -> None:
    """Have two pictures made and written down."""
    open_workbench(browser)
    choose(browser, *[save(portrait, folder / f"{n}.png", (96 + n, 96)) for n in range(2)])
    browser.wait_state("done")
    until(lambda: len(stored(browser)) == 6, "two pictures, two results, the list and its copy")


def leave(browser: OffcutBrowser) -> None:
    """Go to another page of ours, once all is written."""
    browser.open("/options/options.html")
    browser.wait_state("ready")


def flip(browser: OffcutBrowser, ending: str) -> str:
    """Change a bit in the middle of a stored file; gives its name."""
    name = browser.driver.execute_async_script(FLIP, ending)
    assert name
    return str(name)


@pytest.mark.fault(
    "a byte of a stored result", "a batch is saved", "made again, not saved, says so"
)
def test_a_damaged_result_is_made_again_and_not_saved(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    make_two(browser, portrait, tmp_path)
    flip(browser, ".out")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    assert len(opened(archive)) == 1, "the sound one"
    until(lambda: "made again" in browser.driver.page_source, "the word about it")
    until(lambda: set(states(browser).values()) == {"done"}, "the other one, made again")
    whole = browser.saved_by(lambda: browser.click("save-zip"))
    sizes = {picture.size for picture in opened(whole).values()}
    assert sizes == {(96, 96), (97, 96)}
    browser.wait_state("saved")


@pytest.mark.fault("a byte of a stored edit", "a batch is saved", "made again, not saved, says so")
def test_a_damaged_edit_is_made_again_and_not_saved(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    begin_edited(browser, portrait, tmp_path)
    flip(browser, ".edited")
    press(browser, "a.png", "download")
    until(lambda: "made again" in browser.text("said"), "the word about it")
    assert "saved" not in what(browser)
    until(lambda: set(states(browser).values()) == {"done"}, "the edit, made again")
    assert is_white_behind(archived(browser)["a-cutout.png"])
    browser.wait_state("saved")
    browser.close_results()


@pytest.mark.fault("a byte of a stored result", "the ZIP is cancelled", "made again; says both")
def test_a_zip_that_is_cancelled_when_results_are_damaged_says_both(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    make_two(browser, portrait, tmp_path)
    flip(browser, ".out")
    browser.driver.execute_script(CANCEL_ALL)
    browser.click("save-zip")
    # The first word, about the damage, is said before the end of the ZIP is known.
    both = ("made again", "The ZIP was not saved")
    until(lambda: all(word in browser.text("said") for word in both), "both words")
    until(lambda: set(states(browser).values()) == {"done"}, "the other one, made again")
    browser.wait_state("done")  # nothing is saved
    browser.driver.execute_script(CANCEL_NONE)
    assert len(archived(browser)) == 2


@pytest.mark.fault("a byte of every stored result", "a batch is saved", "made again; no empty ZIP")
def test_no_zip_of_nothing_is_saved(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "0.png"))
    browser.wait_state("done")
    flip(browser, ".out")
    before = set(browser.downloads.glob("*.zip*"))  # of other tests in this browser
    browser.click("save-zip")
    until(lambda: "The ZIP was not saved" in browser.text("said"), "the word about it")
    assert set(browser.downloads.glob("*.zip*")) == before
    until(lambda: set(states(browser).values()) == {"done"}, "it to be made again")
    assert len(archived(browser)) == 1


@pytest.mark.fault("a byte of a batch's list", "the workbench is opened", "the second list is read")
@pytest.mark.parametrize("file", ["queue.json", "queue-copy.json"])
def test_a_damaged_list_costs_nothing(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path, file: str
) -> None:
    make_two(browser, portrait, tmp_path)
    leave(browser)
    flip(browser, file)
    open_workbench(browser)
    assert states(browser) == {"0.png": "done", "1.png": "done"}


@pytest.mark.fault(
    "the clock, forward or back", "a batch is left alone", "kept until its day is over"
)
@pytest.mark.parametrize("hours", [-20, 20, 48])
def test_a_clock_that_jumps_costs_no_batch_before_its_day_is_over(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path, hours: int
) -> None:
    make_two(browser, portrait, tmp_path)
    leave(browser)
    # A clock that goes back leaves a last change that lies in the future.
    browser.driver.execute_async_script(TOUCHED, hours)
    until(lambda: browser.devtools.evaluate(worker(browser), SWEPT), "the look at the batch")
    if hours > 0:
        until(lambda: browser.driver.execute_async_script(IS_PAST), "a day from now on, not later")
    open_workbench(browser)
    assert states(browser) == {"0.png": "done", "1.png": "done"}
