"""Quality "auto": the quick result is shown at once, and a better one takes its place by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from better_page import (
    asked_for,
    begin_in_page,
    better,
    is_shown,
    patient,
    photograph,
    pixels,
    shown,
    shown_first,
    wait_file,
    when_done,
)
from clicks import raise_click, show
from clouds import save_clouds
from launch import run_browser
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, serve_pictures
from selenium.webdriver.common.by import By
from site_proxy import Answer, Site
from waiting import until
from workbench_page import choose, erase, open_workbench, press

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def automatic(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """A browser in which nobody has chosen a quality, and a better result is always in time."""
    folder = tmp_path_factory.mktemp("automatic")
    serve_pictures(site)
    copy = patient(extension, folder, 3_600_000)
    yield from run_browser(copy, site, folder, headless=True, quality="")


@pytest.fixture(autouse=True)
def _no_tabs_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "automatic" in request.fixturenames:
        request.getfixturevalue("automatic").close_results()


@pytest.fixture(scope="module")
def made(automatic: OffcutBrowser, photos: dict[str, Path]) -> dict[str, str]:
    """The portrait as each quality makes it when it is asked for."""
    return {each: asked_for(automatic, photos["small"], each) for each in ("fast", "best")}


def test_the_better_result_takes_the_place_of_the_quick_one_and_gives_it_back(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    assert shown_first(automatic, photos["small"]) == made["fast"]
    assert better(automatic) == "shown"
    wait_file(automatic)
    assert shown(automatic) == made["best"]
    assert "A better cut-out replaced the first one." in automatic.text("better")
    assert automatic.element("quality-best").get_property("checked")
    assert not automatic.element("undo").is_enabled()
    photograph(automatic, "better-shown")
    automatic.click("better-back")
    wait_file(automatic)
    assert shown(automatic) == made["fast"]
    assert automatic.element("quality-fast").get_property("checked")
    assert not is_shown(automatic, "better")
    photograph(automatic, "better-back")
    automatic.click("undo")
    wait_file(automatic)
    assert shown(automatic) == made["best"]


@pytest.mark.parametrize(
    "edit",
    [
        "document.querySelector('#is-hard').click()",
        "document.querySelector('#tool-keep').click(); document.querySelector('#view')"
        ".dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))",
        # The browser's own menu copies the picture, and tells nobody.
        "document.querySelector('#cutout').dispatchEvent(new MouseEvent('contextmenu'))",
    ],
    ids=["option", "stroke", "menu"],
)
def test_an_edit_that_has_begun_keeps_the_quick_result(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str], edit: str
) -> None:
    assert shown_first(automatic, photos["small"], edit) == made["fast"]
    assert better(automatic) == "none"
    assert automatic.element("quality-fast").get_property("checked")
    assert not is_shown(automatic, "better")
    assert not is_shown(automatic, "trouble")


def test_a_page_says_that_a_better_one_comes_and_keeps_this_one_if_asked(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    # The large one goes before any better result.
    page, _ = begin_in_page(automatic, photos["small"], photos["large"])
    automatic.driver.switch_to.window(page)
    assert automatic.wait_over() == "done"
    until(lambda: is_shown(automatic, "better"), "the word")
    assert automatic.dataset()["better"] == "coming"
    assert "on its way" in automatic.text("better")
    assert not is_shown(automatic, "better-back")
    assert not is_shown(automatic, "better-close")
    photograph(automatic, "better-coming")
    automatic.click("better-keep")
    assert better(automatic) == "none"
    assert not is_shown(automatic, "better")
    wait_file(automatic)
    assert shown(automatic) == made["fast"]


def test_a_page_closed_before_the_better_result_gets_it_when_opened_again(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    page, other = begin_in_page(automatic, photos["small"], photos["large"])
    automatic.driver.switch_to.window(page)
    address = automatic.driver.current_url
    assert automatic.wait_over() == "done"
    wait_file(automatic)  # the editor has shown its first edit, which is none
    assert automatic.dataset()["better"] == "coming"
    automatic.driver.close()
    automatic.driver.switch_to.window(other)
    automatic.driver.get(address)
    assert automatic.wait_over() == "done"
    assert better(automatic) == "shown"
    wait_file(automatic)
    assert shown(automatic) == made["best"]


def test_what_was_downloaded_stays(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    begin_in_page(automatic, photos["small"])
    before = set(automatic.downloads.iterdir())
    when_done(automatic, "document.getElementById('download').click()")
    file = automatic.saved_since(before)
    assert pixels(file.read_bytes()) == made["fast"]
    assert better(automatic) == "none"
    wait_file(automatic)
    assert shown(automatic) == made["fast"]


def test_the_doubt_is_about_what_is_shown_and_offers_no_better_quality_then(
    automatic: OffcutBrowser, tmp_path: Path
) -> None:
    begin_in_page(automatic, save_clouds(tmp_path / "clouds.png"))
    assert automatic.wait_over() == "done"
    assert better(automatic) == "shown"
    until(lambda: is_shown(automatic, "doubt"), "the doubt")
    assert is_shown(automatic, "doubt-models")
    assert not is_shown(automatic, "doubt-best")
    photograph(automatic, "better-doubt")
    automatic.click("better-back")
    until(lambda: is_shown(automatic, "doubt-best"), "the doubt about the first one")
    assert not is_shown(automatic, "better")


def test_what_a_click_saves_at_once_is_the_better_result(
    automatic: OffcutBrowser, site: Site, photos: dict[str, Path], made: dict[str, str]
) -> None:
    url = site.put(f"{PAGE}portrait.jpg", Answer(photos["small"].read_bytes(), "image/jpeg"))
    show(automatic, site, f'<img id="target" src="{url}" width=200>')
    file = automatic.saved_by(
        lambda: raise_click(automatic, "download need", srcUrl=url, mediaType="image")
    )
    assert pixels(file.read_bytes()) == made["best"]
    assert automatic.result_tabs() == []


def test_the_engine_dying_over_the_better_result_leaves_the_quick_one(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    assert shown_first(automatic, photos["small"]) == made["fast"]
    # The next engine has the quick result first, and then goes on to the better one.
    automatic.devtools.end_engine()
    assert not is_shown(automatic, "trouble")
    assert better(automatic) == "shown"
    assert not is_shown(automatic, "trouble")
    wait_file(automatic)
    assert shown(automatic) == made["best"]


def test_the_popup_lists_one_job_and_saves_the_better_result_of_it(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    automatic.open_popup()
    former = {job for job, _ in automatic.job_states()}
    automatic.driver.find_element(By.ID, "file-input").send_keys(str(photos["small"]))

    def fresh() -> list[tuple[str, str]]:
        return [each for each in automatic.job_states() if each[0] not in former]

    until(lambda: [state for _, state in fresh()] == ["done"], "its result")
    ((job, _),) = fresh()
    file = automatic.saved_by(lambda: automatic.press(job, "download"))
    assert pixels(file.read_bytes()) == made["best"]
    assert fresh() == [(job, "done")]
    automatic.press(job, "open")
    automatic.new_results([])
    assert automatic.wait_over() == "done"
    assert automatic.dataset().get("better") is None, "it is there already"
    assert shown(automatic) == made["best"]


def test_rows_of_the_workbench_get_the_better_result(
    automatic: OffcutBrowser, photos: dict[str, Path], made: dict[str, str]
) -> None:
    open_workbench(automatic)
    choose(automatic, photos["small"])
    automatic.wait_state("done")
    row = photos["small"].name
    file = automatic.saved_by(lambda: press(automatic, row, "download"))
    assert pixels(file.read_bytes()) == made["best"]
    erase(automatic)


def test_a_picture_without_a_better_result_in_time_keeps_the_quick_one(
    extension: Path, site: Site, tmp_path: Path, photos: dict[str, Path]
) -> None:
    with contextmanager(run_browser)(
        patient(extension, tmp_path, 1), site, tmp_path, headless=True, quality=""
    ) as browser:
        begin_in_page(browser, photos["small"])
        assert browser.wait_over() == "done"
        assert better(browser) == "none"
        assert not is_shown(browser, "better")
        assert browser.element("quality-fast").get_property("checked")
