"""A picture that moves, in the real extension: progress, the page, its files, one frame of it.

The files are read back by Pillow.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from animated import gif
from editor_page import EditorPage
from mouse import Mouse
from offcut_browser import OffcutBrowser
from PIL import Image
from right_clicks import OPEN_TO_ALL, remove_background, show
from row_editing import what
from site_proxy import Answer, Site
from waiting import until
from wild_animations import frames_of
from workbench_page import choose, open_workbench, press

PICTURE = "http://page.test/moving.gif"
DELAYS = [50.0, 50.0, 50.0]
IS_SHOWN = "return document.getElementById('moving')?.hidden === false"


def moving(photos: dict[str, Path]) -> bytes:
    """A person who goes to the right, in three frames of 50 ms, for ever."""
    with Image.open(photos["small"]) as photo:
        small = photo.convert("RGB").resize((160, 160))
    frames = [small.transform((150, 160), Image.Transform.AFFINE, (1, 0, 8 - 4 * n, 0, 1, 0))
              for n in range(3)]  # fmt: skip
    return gif(frames, loop=0)


def opened(browser: OffcutBrowser, photos: dict[str, Path], folder: Path) -> bytes:
    path = folder / "walk.gif"
    path.write_bytes(moving(photos))
    assert browser.cut_out(path) == "done", browser.failure()
    until(lambda: browser.driver.execute_script(IS_SHOWN), "the cut-out that moves")
    return path.read_bytes()


def saved(browser: OffcutBrowser) -> tuple[str, bytes]:
    path = browser.saved_by(lambda: browser.click("moving-download"))
    data = path.read_bytes()
    path.unlink()
    return path.name, data


def test_a_gif_keeps_moving_in_each_format_and_its_time(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    opened(browser, photos, tmp_path)
    assert "Some programs show only its first frame" in browser.element("moving-png-hint").text
    assert not browser.element("moving-in-batch").is_displayed(), "it is of no batch"
    name, data = saved(browser)
    assert name == "walk-cutout.png"
    first = frames_of(data)
    assert [delay for _, delay in first] == DELAYS
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == 0
    for pixels, _ in first:
        assert pixels[5, 5, 3] == 0, "the wall is gone"
        assert 0.2 < (pixels[..., 3] > 127).mean() < 0.9
    for format in ("gif", "webp"):
        # What is seen of it is its label.
        browser.driver.find_element("css selector", f"label:has(#moving-{format})").click()
        shown = f"return document.getElementById('moving').ariaBusy === 'false' && {format!r}"
        until(lambda shown=shown: browser.driver.execute_script(shown), format)
        assert not browser.element("moving-png-hint").is_displayed()
        name, data = saved(browser)
        assert name == f"walk-cutout.{format}"
        frames = frames_of(data)
        assert [delay for _, delay in frames] == DELAYS
        for (pixels, _), (expected, _) in zip(frames, first, strict=True):
            assert np.mean((pixels[..., 3] > 127) != (expected[..., 3] > 127)) < 0.002


def test_only_one_frame_opens_the_editor(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    opened(browser, photos, tmp_path)
    browser.type_over(browser.element("moving-frame"), "3")
    before = browser.driver.current_url
    browser.click("moving-still")
    until(lambda: browser.driver.current_url != before, "the other job")
    assert browser.wait_over() == "done"
    editor = EditorPage(browser)
    with editor.saved() as path, Image.open(path) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert image.size == (150, 160)


def test_a_right_click_on_a_picture_that_moves_keeps_it_moving(
    screen_browser: OffcutBrowser, mouse: Mouse, site: Site, photos: dict[str, Path]
) -> None:
    site.put(PICTURE, Answer(moving(photos), "image/gif", headers=OPEN_TO_ALL))
    show(screen_browser, site, f'<img src="{PICTURE}">')
    browser = screen_browser
    remove_background(browser, mouse)
    assert browser.wait_over() == "done"
    until(lambda: browser.driver.execute_script(IS_SHOWN), "the cut-out that moves")
    _, data = saved(browser)
    assert len(frames_of(data)) == 3


@pytest.mark.usefixtures("empty_workbench")
def test_a_row_of_the_workbench_keeps_moving(
    browser: OffcutBrowser, photos: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "walk.gif"
    path.write_bytes(moving(photos))
    open_workbench(browser)
    choose(browser, path)
    browser.wait_state("done")
    assert what(browser).endswith("3 frames, animated PNG")
    kept = browser.saved_by(lambda: press(browser, "walk.gif", "download"))
    assert [delay for _, delay in frames_of(kept.read_bytes())] == DELAYS
    kept.unlink()

    before = browser.result_tabs()
    press(browser, "walk.gif", "open")
    browser.new_results(before)
    until(lambda: browser.driver.execute_script(IS_SHOWN), "the cut-out that moves")
    assert "does not change the workbench" in browser.element("moving-in-batch").text
