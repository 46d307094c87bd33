"""The package as a new user has it, in a clean profile: its start page, and the whole main job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from bubble import Bubble
from editor_page import EditorPage
from launch import run_browser
from models_page import choose_file, describe, own_models, said
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from right_clicks import PAGE, await_menu, remove_background, show
from selenium.webdriver.common.by import By
from site_proxy import Answer, Site
from start_page import look_at_welcome, welcome_tabs
from tiny_model import tiny_model
from waiting import until
from workbench_page import choose, is_cut_out, open_workbench, opened, save

pytestmark = pytest.mark.usefixtures("no_tabs_left")


@pytest.fixture(scope="module")
def newcomer(
    installed: Path, site: Site, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """A visible browser with a new profile, in which the package has just been installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        folder = tmp_path_factory.mktemp("newcomer")
        with contextmanager(run_browser)(installed, site, folder, headless=False) as browser:
            await_menu(browser)
            look_at_welcome(browser)
            yield browser


@pytest.fixture
def no_tabs_left(newcomer: OffcutBrowser) -> Iterator[None]:
    yield
    newcomer.close_results()


def test_the_start_page_opens_once_and_tries_itself_in_one_click(
    newcomer: OffcutBrowser, mouse: Mouse
) -> None:
    look_at_welcome(newcomer)
    before = newcomer.result_tabs()
    mouse.click(newcomer, "#try-button")
    newcomer.new_results(before)
    assert newcomer.wait_over() == "done"
    assert newcomer.download().name == "Coffee cup-cutout.png"
    assert len(welcome_tabs(newcomer)) == 1


def test_its_cup_is_there_to_be_right_clicked(newcomer: OffcutBrowser, mouse: Mouse) -> None:
    look_at_welcome(newcomer)
    before = newcomer.result_tabs()
    mouse.open_menu(newcomer, "#sample")
    mouse.press(*newcomer.devtools.to_our_entry, "Return")
    newcomer.new_results(before)
    assert newcomer.wait_over() == "done"
    assert newcomer.download().name == "coffee-cutout.png"


def test_a_right_click_on_a_page_gives_a_cutout(
    newcomer: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    url = site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(newcomer, site, f'<img src="{url}">')
    remove_background(newcomer, mouse)
    assert newcomer.wait_over() == "done"
    with Image.open(newcomer.download()) as saved:
        assert is_cut_out(saved)


def test_the_popup_opens_at_the_toolbar_and_lists_what_was_made(
    newcomer: OffcutBrowser, mouse: Mouse, photos: dict[str, Path]
) -> None:
    assert newcomer.cut_out(photos["small"]) == "done"
    newcomer.open("about:blank")
    bubble = Bubble(newcomer, mouse)
    bubble.open_by_icon()
    states = "[...document.querySelectorAll('.job')].map(({ dataset }) => dataset.state)"
    bubble.wait(f"{states}.includes('done')", "the finished job in its list")
    bubble.close()


def test_an_edit_is_shown_and_undone(newcomer: OffcutBrowser, photos: dict[str, Path]) -> None:
    assert newcomer.cut_out(photos["small"]) == "done"
    editor = EditorPage(newcomer)
    before = editor.rgba()
    editor.take("erase")
    editor.drag((0.47, 0.35), (0.48, 0.36))
    editor.wait_shown()
    assert (editor.rgba()[..., 3] < before[..., 3]).any()
    editor.undo()
    editor.wait_shown()
    np.testing.assert_array_equal(editor.rgba(), before)


def test_a_batch_of_two_is_saved_as_one_archive(
    newcomer: OffcutBrowser, portrait: Image.Image, tmp_path: Path
) -> None:
    open_workbench(newcomer)
    choose(newcomer, *(save(portrait, tmp_path / f"{size}.png", (size, size)) for size in (96, 97)))
    newcomer.wait_state("done")
    made = opened(newcomer.saved_by(lambda: newcomer.click("save-zip")))
    assert {picture.size for picture in made.values()} == {(96, 96), (97, 97)}


def test_a_model_from_a_file_is_tried_and_used(
    newcomer: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    choose_file(newcomer, tmp_path, "mine.onnx", tiny_model(96, fetch="mine"))
    said(newcomer, "not known")
    describe(newcomer, "unit")
    newcomer.click("model-add")
    said(newcomer, "The model is here now")
    (model,) = until(lambda: own_models(newcomer), "its card")
    choice = f"#model-choice option[value={model}]"
    until(lambda: newcomer.driver.find_elements(By.CSS_SELECTOR, choice), "it to be a choice")
    newcomer.driver.find_element(By.CSS_SELECTOR, choice).click()
    until(lambda: newcomer.text("saved"), "the choice to be saved")
    assert newcomer.cut_out(photos["small"]) == "done"
    assert '"mine"' in newcomer.dataset()["choice"]
