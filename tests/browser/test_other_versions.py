"""A profile that goes to another version, also in the middle of a batch, or back to an older."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from launch import open_browser
from offcut_browser import OffcutBrowser
from PIL import Image
from site_proxy import Site
from waiting import until
from workbench_page import PAGE, choose, erase, open_workbench, opened, save, states, stored

# Rewrites the batch in storage, by a function of JavaScript from what it is to what it shall be.
REWRITE = """const done = arguments[0];
    import('/platform/batch_files.js').then(async ({ readQueue, writeQueue }) => {
        await writeQueue((CHANGE)(await readQueue()));
        done();
    });"""
AS_A_NEWER_VERSION = """(batch) => ({ ...batch, sparkle: 3, making: { ...batch.making, glow: 1 },
    items: batch.items.map((item) => ({ ...item, glitter: [7],
        making: { ...item.making, format: 'jxl', glow: 1 } })) })"""
UNREADABLE = """({ items, ...batch }) => ({ ...batch, schema: 2, rows: items })"""
READABLE = """({ rows, ...batch }) => ({ ...batch, schema: 1, items: rows })"""

Install = Callable[[str], Path]


@pytest.fixture
def install(extension: Path, tmp_path: Path) -> Install:
    """Put the extension into a folder, always the same one, as some version."""
    folder = tmp_path / "installed"

    def put(version: str) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(extension, folder)
        manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
        (folder / "manifest.json").unlink()
        (folder / "manifest.json").write_text(json.dumps({**manifest, "version": version}))
        return folder

    return put


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "browser"
    folder.mkdir()
    return folder


def begin_batch(browser: OffcutBrowser, portrait: Image.Image, folder: Path) -> dict[str, str]:
    """Stop in the middle of six pictures; gives the states of the rows that are made."""
    # The last ones are large, so that they are not made before something happens.
    sizes = [96 + number for number in range(3)] + [2000 + number for number in range(3)]
    open_workbench(browser)
    choose(browser, *(save(portrait, folder / f"{each}.png", (each, each)) for each in sizes))
    until(lambda: list(states(browser).values()).count("done") >= 2, "two of six")
    return {name: state for name, state in states(browser).items() if state == "done"}


def look_at_offered_batch(browser: OffcutBrowser) -> None:
    """Wait for the workbench that opens by itself, and look at it."""

    def workbench() -> str | None:
        pages = browser.devtools.targets("page")
        found = [page for page in pages if page["url"].startswith(browser.origin + PAGE)]
        known = browser.driver.window_handles
        return next((page["targetId"] for page in found if page["targetId"] in known), None)

    browser.driver.switch_to.window(until(workbench, "the workbench to be opened"))
    browser.wait_state("paused")


def await_six(browser: OffcutBrowser) -> None:
    """Go on with what is offered, and save all: each of the six pictures is whole."""
    assert browser.element("restored").is_displayed()
    browser.click("go-on")
    browser.wait_state("done")
    archive = browser.saved_by(lambda: browser.click("save-zip"))
    assert len({picture.size for picture in opened(archive).values()}) == 6
    browser.wait_state("saved")


def version(browser: OffcutBrowser) -> str:
    return browser.driver.execute_script("return chrome.runtime.getManifest().version")


def rewrite(browser: OffcutBrowser, change: str) -> None:
    """Change the stored batch, from a page that does not hold it."""
    browser.open("/options/options.html")
    browser.driver.execute_async_script(REWRITE.replace("CHANGE", change))


def keep(browser: OffcutBrowser, values: dict[str, Any]) -> None:
    script = "chrome.storage.local.set(arguments[0]).then(arguments[1])"
    browser.driver.execute_async_script(script, values)


def kept(browser: OffcutBrowser) -> dict[str, Any]:
    return browser.driver.execute_async_script("chrome.storage.local.get().then(arguments[0])")


def test_an_update_in_the_middle_of_a_batch_loses_nothing(
    install: Install, site: Site, portrait: Image.Image, profile: Path
) -> None:
    with open_browser(install("1.0.1"), site, profile) as browser:
        browser.devtools.let_it_load_anew()
        made = begin_batch(browser, portrait, profile)
        # The browser closes every page of ours, and may not be left without any.
        old = browser.home
        browser.driver.switch_to.new_window("tab")
        browser.home = browser.driver.current_window_handle
        browser.driver.switch_to.window(old)
        install("1.0.2")
        browser.driver.execute_script("setTimeout(() => chrome.runtime.reload())")
        until(lambda: old not in browser.driver.window_handles, "the old version to go")
        look_at_offered_batch(browser)
        assert version(browser) == "1.0.2"
        assert made.items() <= states(browser).items()
        await_six(browser)


@pytest.mark.parametrize("other", ["1.0.1", "99.0"])
def test_a_profile_that_moves_to_another_version_goes_on_with_its_batch(
    other: str, install: Install, site: Site, portrait: Image.Image, profile: Path
) -> None:
    """Older or newer: what the first one wrote beyond this one's knowledge is passed over."""
    with open_browser(install("9.0"), site, profile) as first:
        made = begin_batch(first, portrait, profile)
        rewrite(first, AS_A_NEWER_VERSION)
        keep(first, {"theme": "sepia", "sparkle": 3, "keepWarmMinutes": 17})
    with open_browser(install(other), site, profile) as second:
        open_workbench(second)  # what is loaded by the command line is never "updated"
        assert second.state() == "paused"
        assert version(second) == other
        assert made.items() <= states(second).items()
        await_six(second)
        second.open_settings()
        assert second.element("keep-warm").get_attribute("value") == "17"
        # Found again by the version that knows them.
        unknown = {"theme": "sepia", "sparkle": 3}
        assert unknown.items() <= kept(second).items()


def test_a_batch_that_only_a_newer_version_can_read_is_left_alone(
    browser: OffcutBrowser, portrait: Image.Image, photos: dict[str, Path], tmp_path: Path
) -> None:
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "kept.png"))
    browser.wait_state("done")
    until(lambda: len(stored(browser)) == 4, "the batch twice, the picture and its cut-out")
    rewrite(browser, UNREADABLE)
    before = stored(browser)
    open_workbench(browser)
    assert browser.state() == "newer"
    assert "update Offcut" in browser.text("newer")
    assert not browser.element("drop-zone").is_displayed()
    # Nothing else is in its way, and nothing touches it.
    assert browser.cut_out(photos["small"]) == "done"
    browser.close_results()
    assert stored_after_sweep(browser) == before
    rewrite(browser, READABLE)
    open_workbench(browser)
    assert states(browser) == {"kept.png": "done"}
    # Or a person has no use for it.
    rewrite(browser, UNREADABLE)
    open_workbench(browser)
    browser.click("newer-erase")
    browser.driver.find_element("css selector", "#erase-dialog [value=erase]").click()
    assert browser.wait_state("empty")
    choose(browser, save(portrait, tmp_path / "next.png"))
    browser.wait_state("done")
    erase(browser)


def stored_after_sweep(browser: OffcutBrowser) -> list[str]:
    """What is stored after the service worker has looked for batches that are over."""
    browser.open("/options/options.html")
    script = """const done = arguments[0];
        import('/messages/request.js')
            .then(({ request }) => request('background', 'batch.closed', {})).finally(done);"""
    browser.driver.execute_async_script(script)
    return stored(browser)
