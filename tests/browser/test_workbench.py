"""The workbench: many pictures in, one archive out, and nothing lost on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from waiting import until

StartBrowser = Callable[[Path], AbstractContextManager[OffcutBrowser]]
PAGE = "/batch/batch.html"
STATES = """return [...document.querySelectorAll('.item')].map((row) =>
    [row.querySelector('.name').textContent, row.dataset.state])"""
# What lies in the extension's storage, as paths. A folder that is erased meanwhile cannot be
# walked to its end: then it is looked at again, and in the end the error is what is found.
STORED = """const done = arguments[0];
const walk = async (folder, path, found) => {
    for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, path + name + '/', found);
        else found.push(path + name);
    }
    return found;
};
const look = async () => walk(await navigator.storage.getDirectory(), '', []);
look().catch(look).then(done, (error) => done([String(error)]));"""


@pytest.fixture(autouse=True)
def _empty_workbench(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "browser" in request.fixturenames:
        browser = cast("OffcutBrowser", request.getfixturevalue("browser"))
        browser.close_results()
        open_workbench(browser)
        if states(browser):
            erase(browser)


@pytest.fixture(scope="session")
def portrait(photos: dict[str, Path]) -> Image.Image:
    with Image.open(photos["small"]) as photo:
        return photo.convert("RGB")


def save(portrait: Image.Image, path: Path, size: tuple[int, int] = (96, 96)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    portrait.resize(size).save(path)
    return path


def open_workbench(browser: OffcutBrowser) -> None:
    browser.open(PAGE)
    until(lambda: browser.state() not in ("", "starting"), "the workbench")


def choose(browser: OffcutBrowser, *paths: Path) -> None:
    field = "folder-input" if paths[0].is_dir() else "file-input"
    browser.element(field).send_keys("\n".join(map(str, paths)))


def states(browser: OffcutBrowser) -> dict[str, str]:
    return dict(browser.driver.execute_script(STATES))


def stored(browser: OffcutBrowser) -> list[str]:
    return cast("list[str]", browser.driver.execute_async_script(STORED))


def erase(browser: OffcutBrowser) -> None:
    browser.click("erase")
    if browser.element("erase-dialog").get_attribute("open"):
        browser.driver.find_element(By.CSS_SELECTOR, "#erase-dialog [value=erase]").click()
    until(lambda: browser.state() == "empty", "the empty workbench")


def press(browser: OffcutBrowser, name: str, act: str) -> None:
    for row in browser.driver.find_elements(By.CSS_SELECTOR, ".item"):
        if row.find_element(By.CLASS_NAME, "name").text == name:
            row.find_element(By.CSS_SELECTOR, f'[data-act="{act}"]').click()
            return
    raise AssertionError(f"{name} is not in the list")


def opened(path: Path) -> dict[str, Image.Image]:
    """The pictures of an archive, which is sound, by their names."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()}


def is_cut_out(picture: Image.Image) -> bool:
    alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    return bool(alpha.min() == 0 and alpha.max() == 255)


def test_thirty_good_and_bad_files_become_one_archive(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    sizes = {f"shop/red/{n}.png": (96 + n, 96) for n in range(12)}
    sizes |= {f"shop/red/{n}.jpg": (96, 97 + n) for n in range(8)}  # the same stems again
    sizes |= {f"shop/blue shoes/größe {n}.webp": (90, 90 + n) for n in range(4)}
    for name, size in sizes.items():
        save(portrait, tmp_path / name, size)
    whole = (shop / "red" / "0.png").read_bytes()
    bad = {"empty.png": b"", "words.jpg": b"just words", "cut.png": whole[: len(whole) // 2]}
    bad |= {"zip.png": b"PK\x03\x04" + bytes(50), "zeros.gif": bytes(99), "tiny.webp": b"RIFF"}
    for name, content in bad.items():
        (shop / name).write_bytes(content)
    (shop / "notes.txt").write_text("no picture, and left out")
    open_workbench(browser)
    choose(browser, shop)
    browser.wait_state("done")
    assert "30 added. 1 other" in browser.text("intake")
    ends = states(browser)
    assert {name for name, state in ends.items() if state == "done"} == set(sizes)
    assert {name for name, state in ends.items() if state == "failed"} == {
        f"shop/{name}" for name in bad
    }
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    pictures = opened(archive)
    expected = {
        **{f"shop/red/{n}-cutout": (96 + n, 96) for n in range(12)},
        **{f"shop/blue shoes/größe {n}-cutout": (90, 90 + n) for n in range(4)},
        **{f"shop/red/{n}-cutout (2)": (96, 97 + n) for n in range(8)},
    }
    both = {name: {expected[name]} for name in expected}
    for n in range(8):  # either of the two with one stem may have come first
        pair = {(96 + n, 96), (96, 97 + n)}
        both[f"shop/red/{n}-cutout"] = both[f"shop/red/{n}-cutout (2)"] = pair
    assert {f"{name}.png" for name in both} == set(pictures)
    for name, picture in pictures.items():
        assert picture.format == "PNG"
        assert picture.size in both[name.removesuffix(".png")]
        assert is_cut_out(picture), name
    assert {picture.size for picture in pictures.values()} == set(sizes.values())
    browser.wait_state("saved")
    archive.unlink()


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


def test_pause_stops_after_the_picture_at_work_and_resume_goes_on(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    pictures = [save(portrait, tmp_path / f"{n}.png") for n in range(5)]
    open_workbench(browser)
    choose(browser, *pictures)
    browser.press_when("find('.item[data-state=done]')", "find('#pause')")
    assert browser.state() == "paused"
    until(lambda: "running" not in states(browser).values(), "the one at work to end")
    made = list(states(browser).values()).count("done")
    assert 1 <= made <= 3
    assert list(states(browser).values()).count("waiting") == 5 - made
    badge = "chrome.action.getBadgeText({}).then(arguments[0])"
    until(lambda: browser.driver.execute_async_script(badge) == "", "an empty badge")
    assert list(states(browser).values()).count("done") == made
    browser.click("resume")
    browser.wait_state("done")
    assert set(states(browser).values()) == {"done"}


def test_one_or_all_are_cancelled_and_tried_again(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    # Large ones, so that some are left to be cancelled when one has been.
    pictures = [save(portrait, tmp_path / f"{n}.png", (1200, 1200)) for n in range(4)]
    open_workbench(browser)
    choose(browser, *pictures)
    browser.press_when("find('.item:nth-child(4)')", "find('.item:nth-child(4) [data-act=cancel]')")
    assert states(browser)["3.png"] == "cancelled"
    browser.click("cancel-all")
    until(lambda: not {"waiting", "running"} & set(states(browser).values()), "the end")
    press(browser, "3.png", "retry")
    browser.wait_state("done")
    assert states(browser)["3.png"] == "done"
    browser.click("retry-all")
    browser.wait_state("done")
    assert set(states(browser).values()) == {"done"}


def test_pictures_are_made_in_the_order_of_the_list(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    names = ["b10.png", "a.png", "b9.png"]
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / name) for name in names])
    browser.press_when("find('.item:nth-child(3)')", "find('#pause')")
    assert list(states(browser)) == names
    Select(browser.element("sort")).select_by_value("name")
    assert list(states(browser)) == ["a.png", "b9.png", "b10.png"]
    Select(browser.element("sort")).select_by_value("added")
    assert list(states(browser)) == names
    until(lambda: "running" not in states(browser).values(), "the pause")
    waiting = [name for name, state in states(browser).items() if state == "waiting"]
    press(browser, waiting[-1], "up")
    assert list(states(browser)) == ["b10.png", "b9.png", "a.png"]
    focused = browser.driver.switch_to.active_element.get_attribute("aria-label")
    assert focused == "Move b9.png up"


def test_settings_are_applied_to_all(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png") for n in range(2)])
    browser.wait_state("done")
    browser.driver.find_element(By.TAG_NAME, "summary").click()
    Select(browser.element("making-format")).select_by_value("jpeg")
    Select(browser.element("making-background")).select_by_value("black")
    browser.click("apply")  # from now on they are not done, until they are made again
    browser.wait_state("done")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    pictures = opened(archive)
    assert set(pictures) == {"0-cutout.jpg", "1-cutout.jpg"}
    for picture in pictures.values():
        assert picture.format == "JPEG"
        assert np.asarray(picture)[2, 90].max() < 12, "the corner is black"
    archive.unlink()


def test_an_item_is_opened_in_the_editor(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "cat.png"))
    browser.wait_state("done")
    before = browser.result_tabs()
    press(browser, "cat.png", "open")
    browser.new_results(before)
    assert browser.wait_over() == "done"
    assert browser.text("title") == "cat"


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
    assert len(stored(browser)) == 3
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


def test_many_pictures_in_the_popup_go_to_the_workbench(
    browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    browser.open("/popup/popup.html")
    browser.wait_state("ready")
    before = set(browser.driver.window_handles)
    choose(browser, *[save(portrait, tmp_path / f"{n}.png") for n in range(9)])

    def workbench() -> str | None:
        for tab in set(browser.driver.window_handles) - before:
            browser.driver.switch_to.window(tab)
            if browser.driver.current_url.endswith(PAGE):
                return tab
        return None

    until(workbench, "the workbench")
    until(lambda: len(states(browser)) == 9, "nine pictures")
    erase(browser)
    browser.driver.close()
    browser.driver.switch_to.window(browser.home)


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


def allow_private_windows(browser: OffcutBrowser) -> None:
    """Tick "Allow in Incognito" for the extension, and wait until it is there again.

    That loads it anew, which Chromium 156 does with an unpacked one in developer mode only. It
    answers before that is over, and a page that is opened meanwhile is blocked for good.
    """
    browser.driver.get("chrome://extensions/")
    extension_id = browser.origin.rpartition("/")[2]
    browser.driver.execute_async_script(
        """const [extensionId, done] = arguments;
        const { updateProfileConfiguration, updateExtensionConfiguration } =
            chrome.developerPrivate;
        updateProfileConfiguration({ inDeveloperMode: true }, () =>
            updateExtensionConfiguration({ extensionId, incognitoAccess: true }, done));""",
        extension_id,
    )
    script = """const [extensionId, done] = arguments;
        chrome.developerPrivate.getExtensionInfo(extensionId, (info) =>
            done(info?.state === 'ENABLED' && info.incognitoAccess.isActive));"""
    until(lambda: browser.driver.execute_async_script(script, extension_id), "the extension")


def open_beside(browser: OffcutBrowser, page: str) -> str:
    """Open a page in a tab of the same window; the driver's own new tab is never private."""
    before = set(browser.driver.window_handles)
    script = "chrome.tabs.create({ url: location.origin + arguments[0], active: false })"
    browser.driver.execute_script(script, page)
    (tab,) = until(lambda: set(browser.driver.window_handles) - before, "the tab beside")
    return tab


def open_privately(browser: OffcutBrowser) -> None:
    """Open the workbench in a private window and look at it."""
    browser.open("/options/options.html")
    browser.wait_state("ready")
    before = set(browser.driver.window_handles)
    script = "chrome.windows.create({ incognito: true, url: location.origin + arguments[0] })"
    browser.driver.execute_script(script, PAGE)

    def there() -> bool:
        for tab in set(browser.driver.window_handles) - before:
            browser.driver.switch_to.window(tab)
            if browser.driver.current_url.endswith(PAGE) and browser.state() == "empty":
                return True
        return False

    until(there, "the private workbench")
