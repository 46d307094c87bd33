"""What the browser could not save is not called saved, and the page says why and what to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cancelled_downloads import CANCEL_ALL, CANCEL_NONE
from clicks import SAFE_PAGE, raise_click, show, with_rights, worker
from launch import run_browser
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, serve_pictures
from PIL import Image
from row_editing import what
from site_proxy import Answer, Site
from waiting import until
from workbench_page import choose, erase, open_workbench, opened, press, save, states

FULL = "size=16k"
NO_ROOM = "not enough room"
BLOCKED = {"download_restrictions": 3}
"""The rule of an administrator that nothing may be downloaded."""


@contextmanager
def mounted(folder: Path, *options: str) -> Generator[None]:
    """Put a file system of its own into a folder."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    mount = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def batch(browser: OffcutBrowser, portrait: Image.Image, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """A picture on the workbench, made and not saved, of about 100 kilobytes."""
    open_workbench(browser)
    choose(browser, save(portrait, tmp_path / "cat.png", (400, 400)))
    browser.wait_state("done")
    yield browser
    browser.close_results()
    open_workbench(browser)
    if states(browser):
        erase(browser)


@pytest.mark.fault("the disk", "a batch is saved", "stays unsaved, says why")
@pytest.mark.parametrize("button", ["save-zip", "row"])
def test_a_batch_that_has_no_place_on_the_disk_stays_unsaved(
    batch: OffcutBrowser, button: str
) -> None:
    def save_it() -> None:
        if button == "row":
            press(batch, "cat.png", "download")
        else:
            batch.click(button)

    with mounted(batch.downloads, FULL):
        save_it()
        until(lambda: NO_ROOM in batch.text("said"), "the reason")
        assert batch.state() == "done"
        assert "saved" not in what(batch)
    open_workbench(batch)
    assert states(batch) == {"cat.png": "done"}, "and it is there the next time"
    batch.saved_by(save_it).unlink()
    batch.wait_state("saved")
    assert what(batch).endswith("saved")
    assert NO_ROOM not in batch.text("said")


def test_a_cancelled_zip_leaves_the_batch_in_a_browser_without_a_screen_too(
    batch: OffcutBrowser,
) -> None:
    batch.driver.execute_script(CANCEL_ALL)
    batch.click("save-zip")
    until(lambda: batch.text("said") == "", "nothing to be said")
    assert batch.state() == "done"
    open_workbench(batch)
    archive = batch.saved_by(lambda: batch.click("save-zip"))
    assert set(opened(archive)) == {"cat-cutout.png"}
    batch.wait_state("saved")
    archive.unlink()


@pytest.mark.fault("the disk", "an edit is saved", "says why")
def test_the_editor_says_why_the_file_was_not_saved(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    assert browser.cut_out(photos["small"]) == "done"
    with mounted(browser.downloads, FULL):
        browser.click("download")
        until(lambda: NO_ROOM in browser.text("said"), "the reason")
    browser.download().unlink()
    until(lambda: browser.text("said") == "", "the reason to go")
    browser.close_results()


def test_the_popup_says_why_the_file_was_not_saved(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    browser.open_popup()
    former = {job for job, _ in browser.job_states()}
    browser.element("file-input").send_keys(str(photos["small"]))
    (job,) = until(lambda: done_jobs(browser) - former, "the job")
    with mounted(browser.downloads, FULL):
        browser.press(job, "download")
        until(lambda: NO_ROOM in browser.text("problem"), "the reason")
    browser.press(job, "remove")


def done_jobs(browser: OffcutBrowser) -> set[str]:
    return {job for job, state in browser.job_states() if state == "done"}


@pytest.mark.fault("the disk", "a download at once", "a page says why")
def test_a_download_at_once_that_fails_opens_a_page_that_says_the_true_reason(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    before = acting.result_tabs()
    with mounted(acting.downloads, FULL):
        raise_click(acting, "download need", srcUrl=url, mediaType="image")
        acting.new_results(before)
        until(lambda: NO_ROOM in acting.text("said"), "the reason")
    acting.download().unlink()
    acting.close_results()


def test_a_download_at_once_that_is_cancelled_is_silence(
    acting: OffcutBrowser, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(acting, site, f'<img id="target" src="{url}" width=200>')
    evaluate = acting.devtools.evaluate
    evaluate(worker(acting), CANCEL_ALL)
    raise_click(acting, "download need", srcUrl=url, mediaType="image")
    cancelled = """chrome.downloads.search({ state: 'interrupted' }).then((all) =>
        all.filter(({ error }) => error === 'USER_CANCELED').length)"""
    until(lambda: evaluate(worker(acting), cancelled), "the cancelled download")
    evaluate(worker(acting), CANCEL_NONE)
    file = acting.saved_by(
        lambda: raise_click(acting, "download need", srcUrl=url, mediaType="image")
    )
    assert acting.result_tabs() == []
    file.unlink()


def test_a_rule_against_downloads_is_named(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    with contextmanager(run_browser)(
        extension, site, tmp_path, headless=True, preferences=BLOCKED
    ) as browser:
        assert browser.cut_out(photos["small"]) == "done"
        browser.click("download")
        until(lambda: "set up not to save" in browser.text("said"), "the reason")


def test_names_that_browsers_refuse_are_saved(
    extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    serve_pictures(site)
    names = {
        "CON.png": "_CON.png",
        "com1.photo.png": "_com1.photo.png",
        "LPT%C2%B9.png": "_LPT¹.png",
        "photo%E2%80%AEgnp.exe.png": "photognp.exe.png",
        "~.png": "picture.png",
        "%F0%9F%91%81%E2%80%8D%F0%9F%97%A8.png": "👁🗨.png",
        "%EF%BF%BEx%F0%9F%BF%BF.png": "x.png",
        "a" + "%F0%9F%98%80" * 60 + ".png": "a" + "😀" * 39 + ".png",
    }
    built = with_rights(extension, tmp_path, f"{PAGE}*", f"{SAFE_PAGE}*")
    with contextmanager(run_browser)(built, site, tmp_path, headless=True) as browser:
        evaluate = browser.devtools.evaluate
        evaluate(worker(browser), "chrome.storage.local.set({ fileNamePattern: '{name}' })")
        for name, expected in names.items():
            url = site.put(f"{PAGE}{name}", Answer(photos["small"].read_bytes(), "image/jpeg"))
            show(browser, site, f'<img id="target" src="{url}" width=200>')
            file = browser.saved_by(
                lambda url=url: raise_click(browser, "download need", srcUrl=url, mediaType="image")
            )
            assert file.name == expected
            assert browser.result_tabs() == []
