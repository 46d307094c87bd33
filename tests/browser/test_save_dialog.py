"""The browser asks where to save: what is cancelled is not saved, and nothing is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clicks import SAFE_PAGE, raise_click, show, with_rights
from launch import run_browser
from mouse import Mouse
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, serve_pictures
from PIL import Image
from save_dialog import ASKING, SaveDialog
from site_proxy import Answer, Site
from waiting import until
from workbench_page import choose, erase, open_workbench, opened, press, save, states


@pytest.fixture(scope="module")
def asked(
    extension: Path, site: Site, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Chromium in a window, set to ask where each file shall go."""
    folder = tmp_path_factory.mktemp("asked")
    serve_pictures(site)
    built = with_rights(extension, folder, f"{PAGE}*", f"{SAFE_PAGE}*")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        yield from run_browser(built, site, folder, headless=False, preferences=ASKING)


@pytest.fixture
def dialog(mouse: Mouse) -> SaveDialog:
    return SaveDialog(mouse)


@pytest.fixture
def batch(asked: OffcutBrowser, portrait: Image.Image, tmp_path: Path) -> Iterator[OffcutBrowser]:
    """Two pictures on the workbench, made and not saved."""
    open_workbench(asked)
    choose(asked, *[save(portrait, tmp_path / f"{n}.png") for n in range(2)])
    asked.wait_state("done")
    yield asked
    open_workbench(asked)
    if states(asked):
        erase(asked)


def files(browser: OffcutBrowser) -> list[str]:
    """What has been saved; while the dialogue is open the browser has a hidden file there."""
    return sorted(path.name for path in browser.downloads.glob("[!.]*"))


def saved(browser: OffcutBrowser, dialog: SaveDialog, act: Callable[[], object]) -> str:
    """Do what asks where to save, and save it there; gives the name of the file, which is removed.

    Its name alone may be there before it, with an empty file: that removed, it would still come.
    """

    def save_it() -> None:
        act()
        dialog.save()

    file = browser.saved_by(save_it)
    file.unlink()
    return file.name


def test_a_batch_whose_zip_is_cancelled_is_still_there_and_saved_by_the_next_press(
    batch: OffcutBrowser, dialog: SaveDialog
) -> None:
    batch.click("save-zip")
    dialog.cancel()
    until(lambda: batch.text("said") == "", "nothing to be said of it")
    assert batch.state() == "done"
    assert files(batch) == []
    batch.open("/options/options.html")
    open_workbench(batch)
    assert batch.state() == "done"
    assert set(states(batch).values()) == {"done"}
    batch.click("save-zip")
    dialog.save()
    batch.wait_state("saved")
    until(lambda: "is saved" in batch.text("said"), "what is said once that is written down")
    (name,) = files(batch)
    archive = batch.downloads / name
    assert set(opened(archive)) == {"0-cutout.png", "1-cutout.png"}
    archive.unlink()


def test_a_row_whose_dialogue_is_cancelled_is_not_saved(
    batch: OffcutBrowser, dialog: SaveDialog
) -> None:
    press(batch, "0.png", "download")
    dialog.cancel()
    press(batch, "1.png", "download")
    dialog.save()
    until(lambda: "saved" in row_text(batch, 2), "the row to say so")
    assert "saved" not in row_text(batch, 1)
    assert batch.state() == "done"
    assert files(batch) == ["1-cutout.png"]
    (batch.downloads / "1-cutout.png").unlink()


def row_text(browser: OffcutBrowser, number: int) -> str:
    script = "return document.querySelector(`.item:nth-child(${arguments[0]}) .what`).textContent"
    return str(browser.driver.execute_script(script, number))


def test_the_editor_says_nothing_of_a_cancel_and_asks_again(
    asked: OffcutBrowser, dialog: SaveDialog, photos: dict[str, Path]
) -> None:
    assert asked.cut_out(photos["small"]) == "done"
    asked.click("download")
    dialog.cancel()
    until(lambda: asked.element("download").is_enabled(), "the button")
    assert asked.text("said") == ""
    assert files(asked) == []
    assert saved(asked, dialog, lambda: asked.click("download")) == "astronaut-cutout.png"
    assert asked.text("said") == ""
    asked.close_results()


def test_a_download_at_once_that_is_cancelled_opens_nothing(
    asked: OffcutBrowser, dialog: SaveDialog, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(asked, site, f'<img id="target" src="{url}" width=200>')
    tabs = len(asked.driver.window_handles)
    for _ in range(2):  # the second shows that the first is over, and opened nothing either
        raise_click(asked, "download need", srcUrl=url, mediaType="image")
        dialog.cancel()
    click = lambda: raise_click(asked, "download need", srcUrl=url, mediaType="image")  # noqa: E731
    assert saved(asked, dialog, click) == "portrait-cutout.png"
    assert files(asked) == []
    assert len(asked.driver.window_handles) == tabs
