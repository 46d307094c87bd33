"""The editor's page: it comes whole, nothing in it jumps, and nothing in it is cut off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from waiting import until

WATCH_OPENING = """
    const seen = window.seen = [];
    const shown = (id) => document.getElementById(id)?.checkVisibility() ?? false;
    const empty = () => [...document.querySelectorAll('#panel input[type=number]')]
        .filter((field) => field.checkVisibility() && !field.checkValidity()).length;
    const middle = () => {
        const canvas = document.getElementById('view');
        const { width, height } = canvas;
        return canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data[3];
    };
    // After each frame that was painted: what a person has seen of it.
    const look = () => requestAnimationFrame(() => {
        const isPainted = shown('finished');
        setTimeout(() => note(isPainted));
    });
    const note = (isPainted) => {
        // What was shown after the frame had begun is painted with the next one.
        if (shown('finished') && !isPainted) return look();
        if (isPainted) seen.push({
            empty: empty(), middle: middle(), compare: shown('compare'),
            small: document.getElementById('cutout').naturalWidth,
            size: document.getElementById('file-size').textContent,
            undo: shown('undo'), zoom: document.getElementById('zoom').textContent,
        });
        else seen.push({ job: shown('original'), undo: shown('undo') });
        if (seen.filter(({ zoom }) => zoom !== undefined).length < 3) look();
    };
    look();"""
# Everything that has a fixed place, sampled at every frame until it is asked for.
WATCH_PLACES = """
    const ids = ['stage', 'tools', 'zoom', 'undo', 'reset', 'download', 'copy', 'file-bar',
        'cutout', 'facts', 'panel', 'background-group', 'format-png'];
    const places = window.places = Object.fromEntries(ids.map((id) => [id, []]));
    (function look() {
        for (const id of ids) {
            const { x, y, width, height } = document.getElementById(id).getBoundingClientRect();
            const place = [x, y, width, height].map(Math.round).join(' ');
            if (places[id].at(-1) !== place) places[id].push(place);
        }
        requestAnimationFrame(look);
    })();"""

SEEN_WITHOUT_WORDS = """
    return [...document.querySelectorAll('button')]
        .filter((each) => each.checkVisibility({ visibilityProperty: true }))
        .filter((each) => !each.textContent.trim() && !each.querySelector('svg'))
        .map((each) => each.id || each.outerHTML)"""


def test_the_editor_of_a_large_picture_comes_whole_and_not_in_parts(
    browser: OffcutBrowser, photos: dict[str, Path]
) -> None:
    browser.close_results()
    browser.pick_file(photos["large"])
    browser.driver.execute_script(WATCH_OPENING)
    assert browser.wait_over() == "done"
    enough = "return seen.filter(({ zoom }) => zoom !== undefined).length >= 3"
    until(lambda: browser.driver.execute_script(enough), "some frames of the editor")
    seen: list[dict[str, Any]] = browser.driver.execute_script("return seen")
    before = [each for each in seen if "zoom" not in each]
    editor = [each for each in seen if "zoom" in each]
    # The picture stays, and nothing of the editor is there, until all of it is.
    assert {"job": True, "undo": False} in before
    assert {"job": False, "undo": True} not in before
    for each in editor:
        assert each["empty"] == 0, each
        assert each["middle"] == 255, each
        assert each["compare"] and each["undo"], each
        assert each["small"] > 0, each
        assert "B" in each["size"] and "%" in each["zoom"], each


def test_nothing_jumps_while_a_picture_is_edited_copied_and_saved(editor: EditorPage) -> None:
    browser = editor.browser
    open_groups(browser)
    browser.driver.execute_script(WATCH_PLACES)
    copy(browser)
    editor.set("feather", 2)
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.wait_shown()
    await_file(browser)
    copy(browser)
    editor.undo()
    browser.click("redo")
    browser.click("reset")
    editor.wait_shown()
    await_file(browser)
    with editor.saved():
        places: dict[str, list[str]] = browser.driver.execute_script("return places")
    moved = {name: each for name, each in places.items() if len(each) != 1}
    assert moved == {}, json.dumps(moved, indent=1)


def test_a_message_goes_when_it_is_no_longer_true(editor: EditorPage) -> None:
    copy(editor.browser)
    editor.set("feather", 2)
    assert editor.browser.text("said") == ""
    editor.wait_shown()
    copy(editor.browser)
    editor.undo()
    assert editor.browser.text("said") == ""


def test_the_former_file_stays_to_be_seen_while_the_next_one_is_made(editor: EditorPage) -> None:
    browser = editor.browser
    await_file(browser)
    size = browser.text("file-size")
    look = """const image = document.getElementById('cutout');
        return [document.getElementById('file-size').textContent,
            document.getElementById('file-bar').dataset.file !== 'ready',
            image.naturalWidth > 0 && getComputedStyle(image).opacity === '1', image.draggable]"""
    # In one step: the file may be made before the driver has asked.
    change = "document.getElementById('is-hard').click();"
    assert browser.driver.execute_script(change + look) == [f"was {size}", True, True, False]
    await_file(browser)
    said, is_busy, is_seen, is_draggable = browser.driver.execute_script(look)
    assert (is_busy, is_seen, is_draggable) == (False, True, True)
    assert "was" not in said


def test_what_the_pipeline_has_to_say_lies_over_the_picture_until_it_is_closed(
    browser: OffcutBrowser, tmp_path: Path, photos: dict[str, Path]
) -> None:
    printed = tmp_path / "printed.jpg"
    with Image.open(photos["small"]) as photo:
        photo.resize((256, 256)).convert("CMYK").save(printed)
    browser.close_results()
    assert browser.cut_out(printed) == "done"
    editor = EditorPage(browser)
    assert "CMYK" in browser.text("notices-text")
    browser.driver.execute_script(WATCH_PLACES)
    browser.click("notices-close")
    assert not browser.element("notices").is_displayed()
    editor.undo()
    editor.set("is-hard")
    await_file(browser)
    assert not browser.element("notices").is_displayed(), "what was closed stays closed"
    places: dict[str, list[str]] = browser.driver.execute_script("return places.stage")
    assert len(places) == 1


def copy(browser: OffcutBrowser) -> None:
    browser.click("copy")
    until(lambda: browser.text("said"), "the word about the copy")


def open_groups(browser: OffcutBrowser) -> None:
    script = "for (const group of document.querySelectorAll('details')) group.open = true"
    browser.driver.execute_script(script)


def await_file(browser: OffcutBrowser) -> None:
    size = browser.element("file-size")
    until(lambda: size.get_attribute("data-state") == "ready", "the file")


@pytest.mark.parametrize("width", [390, 800, 1200, 1600])
def test_nothing_jumps_when_a_tool_is_taken(editor: EditorPage, width: int) -> None:
    driver = editor.driver
    metrics = {"width": width, "height": 960, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    tools = driver.execute_script(
        "return [...document.querySelectorAll('#tools input')].map(({ value }) => value)"
    )
    until(lambda: driver.execute_script("return innerWidth") == width, "the width")
    # The stage follows the window, and the page the stage: some frames later all has its place.
    for _ in range(3):
        driver.execute_script("return new Promise(requestAnimationFrame)")
    driver.execute_script(WATCH_PLACES)
    for tool in tools:
        editor.take(tool)
        driver.execute_script("return new Promise(requestAnimationFrame)")
    places: dict[str, list[str]] = driver.execute_script("return places")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    moved = {name: each for name, each in places.items() if len(each) != 1}
    assert moved == {}, json.dumps(moved, indent=1)


def test_a_market_place_says_that_the_background_becomes_white(editor: EditorPage) -> None:
    said = "[data-i18n='edit_market_white']"
    hint = editor.driver.find_element(By.CSS_SELECTOR, said)
    assert not hint.is_displayed()
    for market in ("amazon", "ebay", "zalando"):
        editor.set("frame", market)
        assert hint.is_displayed(), market
        assert "white" in hint.text
    editor.set("background-transparent")
    assert not hint.is_displayed(), "it is no longer so"


@pytest.mark.parametrize("page", ["result/result", "popup/popup", "batch/batch", "options/options"])
def test_nothing_without_words_is_seen_before_the_page_has_its_texts(
    browser: OffcutBrowser, page: str
) -> None:
    driver: Any = browser.driver
    call = driver.execute_cdp_cmd
    call("Network.enable", {})
    call("Network.setBlockedURLs", {"urls": [f"*/{page}.js"]})  # so that its first instant stays
    browser.open(f"/{page}.html")
    seen = browser.driver.execute_script(SEEN_WITHOUT_WORDS)
    assert browser.dataset().get("state") != "ready", "the page has begun all the same"
    call("Network.setBlockedURLs", {"urls": []})
    call("Network.disable", {})
    assert seen == []
