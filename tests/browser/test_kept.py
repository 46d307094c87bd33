"""What is kept on the machine: the settings list it, and one button erases all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from launch import is_for_firefox, open_browser
from ledger import keep_ledger
from models_page import FIRST, WEIGHTS, press, wait_status
from models_page import prepare as with_tiny_models
from mouse import Mouse
from offcut_browser import OffcutBrowser
from pasting import PASTE
from popup_page import wait_row
from right_clicks import ALLOW, press_in_prompt
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from site_proxy import Answer, Site
from stores import stores, titles_in_history
from waiting import until
from workbench_page import choose, open_workbench

COUNTS = """return Object.fromEntries([...document.querySelectorAll('#kept-list > li')]
    .map(({ dataset }) => [dataset.kind, Number(dataset.count)]))"""
StartBrowser = Callable[..., AbstractContextManager[OffcutBrowser]]
ALLOWED = "http://waits.test/picture.png"


@pytest.fixture
def full(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> Iterator[OffcutBrowser]:
    """A browser in which everything is kept that can be, at the settings."""
    site.put(FIRST, Answer(WEIGHTS, "application/octet-stream"))
    copy = with_tiny_models(extension, tmp_path / "extension")
    with open_browser(copy, site, tmp_path) as browser:
        browser.open_settings()
        press(browser, "download")
        wait_status(browser, "here")
        Select(browser.element("theme")).select_by_value("dark")
        until(lambda: browser.text("saved") == "Saved.", "the setting to be saved")
        assert browser.cut_out(photos["small"]) == "done"
        open_workbench(browser)
        choose(browser, photos["small"])
        browser.wait_state("done")
        browser.driver.switch_to.new_window("tab")
        browser.home = browser.driver.current_window_handle
        browser.open_settings()
        yield browser


def kept(browser: OffcutBrowser) -> dict[str, int]:
    """How much the settings list of each kind."""
    return browser.driver.execute_script(COUNTS)


def erase(browser: OffcutBrowser) -> str:
    """Erase everything; gives what is said about it."""
    keep_ledger(browser)
    browser.click("erase-all")
    browser.driver.find_element(By.CSS_SELECTOR, "#kept-dialog [value=erase]").click()
    said = until(lambda: browser.text("kept-said"), "the word about it")
    browser.wait_state("ready")
    return said


def pages(browser: OffcutBrowser) -> list[str]:
    return [
        target["url"].removeprefix(browser.origin)
        for target in browser.devtools.targets("page")
        if target["url"].startswith(browser.origin)
    ]


def await_settings_alone(browser: OffcutBrowser) -> None:
    """Wait until pages with pictures are closed: the browser lists them for a moment longer."""
    settings = ["/options/options.html#kept"]
    until(lambda: pages(browser) == settings, "no page of ours but the settings")


def test_everything_is_listed_and_erased_and_the_next_job_works(
    full: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert kept(full) == {
        "settings": 2, "models": 1, "batch": 1, "cutouts": 1, "times": 2, "rights": 0, "session": 1,
    }  # fmt: skip
    assert "2 MB" in full.driver.find_element(By.CSS_SELECTOR, "[data-kind=models]").text
    before = stores(full)
    assert set(before) == {"local", "session", "localStorage", "files", "alarms"}
    full.click("erase-all")
    full.driver.find_element(By.CSS_SELECTOR, "#kept-dialog [value=keep]").click()
    assert stores(full) == before
    said = erase(full)
    for name in ("Your settings", "Models that you added", "Recent cut-outs"):
        assert name in said
    assert "Not erased" not in said
    assert stores(full) == {}
    await_settings_alone(full)
    assert full.dataset()["theme"] == "auto"
    assert set(kept(full).values()) == {0}
    assert full.cut_out(photos["small"]) == "done"


WRITING = """const done = arguments[0];
(async () => {
    const { batchFolder } = await import('/platform/batch_files.js');
    const { readKept } = await import('/platform/kept_data.js');
    const handle = await (await batchFolder()).getFileHandle('queue.json', { create: true });
    const writable = await handle.createWritable();
    await writable.write('{}');
    const kept = await readKept();
    await writable.abort();
    return kept.batch.count;
})().then(done, (error) => done(String(error)));"""


def test_a_file_that_is_being_written_is_no_further_picture(browser: OffcutBrowser) -> None:
    browser.open_settings()
    assert browser.driver.execute_async_script(WRITING) == 0
    browser.driver.execute_async_script("""navigator.storage.getDirectory()
        .then((root) => root.removeEntry('batch', { recursive: true })).then(arguments[0])""")


def test_what_is_under_way_ends_and_is_not_begun_again(
    full: OffcutBrowser, photos: dict[str, Path]
) -> None:
    full.pick_file(photos["large"])
    full.wait_state("running")
    full.open_settings()
    erase(full)
    assert stores(full) == {}
    full.open_popup()
    assert full.job_states() == []
    until(lambda: full.result_tabs() == [], "its page to be closed")
    assert full.cut_out(photos["small"]) == "done"


def test_rights_are_given_back(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    address = site.put(ALLOWED, Answer(photos["small"].read_bytes(), "image/jpeg"))
    screen_browser.open_popup()
    screen_browser.driver.execute_script(PASTE, address)
    job = wait_row(screen_browser, "failed")
    mouse.click(screen_browser, f'[data-job="{job}"] [data-act="allow"]')
    press_in_prompt(screen_browser, mouse, ALLOW)
    wait_row(screen_browser, "done")
    screen_browser.open_settings()
    assert stores(screen_browser)["hosts"] == ["http://waits.test/*"]
    assert kept(screen_browser)["rights"] == 1
    assert "Rights that you gave" in erase(screen_browser)
    assert stores(screen_browser) == {}
    assert screen_browser.element("no-sites").is_displayed()


def test_only_the_browsers_own_history_has_the_name_of_a_picture(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    with open_browser(extension, site, tmp_path) as browser:
        assert browser.cut_out(photos["small"]) == "done"
        name = photos["small"].stem
        until(lambda: browser.driver.title.startswith(name), "the title")
        assert name not in str(stores(browser))
    found = {title for title in titles_in_history(tmp_path / "profile") if name in title}
    # Firefox keeps no page of an extension there.
    assert found == (set[str]() if is_for_firefox(extension) else {f"{name} - Offcut"})


def test_notes_and_cut_outs_are_gone_with_the_browser(
    start_browser: StartBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    with start_browser(tmp_path, quality="") as browser:
        assert browser.cut_out(photos["small"]) == "done"
        browser.close_results()
        browser.open_popup()
        browser.driver.execute_script(PASTE, ALLOWED)
        wait_row(browser, "failed")
        # The address waits for the right to its host.
        assert list(stores(browser)["session"].values()) == [ALLOWED]
        assert len(browser.job_states()) == 2
    with start_browser(tmp_path, quality="") as browser:
        browser.open_popup()
        assert browser.job_states() == []
        # What is left is of no picture: measurements of this machine.
        assert set(stores(browser)) == {"localStorage"}
        assert set(stores(browser)["localStorage"]) == {"run-times", "last-runs"}
