"""The editor: undo, keys and fingers, the original beside the cut-out, what a reload keeps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from editor_page import EditorPage
from selenium.webdriver import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from waiting import until


def test_undo_and_redo_go_over_options_and_strokes_alike(editor: EditorPage) -> None:
    editor.set("feather", 4)
    editor.take("erase")
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.set("background-color")
    editor.wait_shown()
    until(lambda: editor.pixel(0.6, 0.1)[3] == 255, "a background")  # drawn with the next frame
    for _ in range(3):
        editor.undo()
    editor.wait_shown()
    edit = editor.asked()
    assert (edit["options"]["feather"], edit["strokes"]) == (0, [])
    assert not editor.browser.element("undo").is_enabled()
    editor.browser.click("redo")
    editor.browser.click("redo")
    editor.wait_shown()
    edit = editor.asked()
    assert (edit["options"]["feather"], len(edit["strokes"])) == (4, 1)
    assert edit["options"]["background"] == "transparent"
    editor.browser.click("reset")
    editor.wait_shown()
    assert editor.asked()["strokes"] == []


def test_ctrl_z_in_a_field_takes_back_what_was_typed_there_and_no_stroke(
    editor: EditorPage,
) -> None:
    editor.take("erase")
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.wait_shown()
    field = editor.driver.find_element(By.CSS_SELECTOR, "input[type=number][data-field=feather]")
    editor.driver.execute_script("arguments[0].closest('details')?.setAttribute('open', '')", field)
    field.send_keys("7")
    editor.undo()
    editor.wait_shown()
    assert len(editor.asked()["strokes"]) == 1


def test_the_subject_is_dragged_over_its_canvas(editor: EditorPage) -> None:
    editor.set("frame", "canvas")
    editor.set("canvas-width", 900)
    editor.set("canvas-height", 300)
    editor.wait_shown()
    editor.drag((0.5, 0.5), (0.55, 0.5), (0.6, 0.5))
    editor.wait_shown()
    across, down = editor.asked()["options"]["position"].split()
    assert 55 < float(across.rstrip("%")) < 100
    assert down == "50%"
    editor.undo()
    editor.wait_shown()
    assert editor.asked()["options"]["position"] == "50% 50%", "one drag is one step"


def test_all_that_a_pointer_does_the_keys_do(editor: EditorPage) -> None:
    zoom = editor.browser.element("zoom")
    editor.press("1")
    until(lambda: zoom.text.startswith("100"), "the real size")
    editor.press("2")
    until(lambda: zoom.text.startswith("200"), "twice the real size")
    editor.press(*"+" * 12)
    until(lambda: zoom.text.startswith("800"), "the largest zoom")
    editor.press("-")
    until(lambda: zoom.text.startswith("640"), "one step back")
    editor.press("0")
    until(lambda: not zoom.text.startswith("640"), "the whole picture")
    before = editor.rgba()[..., 3]
    editor.press("e", "]", "\ue014", "\ue007", "\ue014", "\ue015", "\ue007")  # arrows and Enter
    editor.wait_shown()
    (stroke,) = editor.asked()["strokes"]
    assert stroke["kind"] == "erase"
    assert len(stroke["points"]) > 1
    assert (editor.rgba()[..., 3] != before).any(), stroke


def test_two_fingers_and_the_wheel_zoom_where_they_are(editor: EditorPage) -> None:
    zoom = editor.browser.element("zoom")

    def shown() -> int:
        return int("".join(filter(str.isdigit, zoom.text)))

    fitted = shown()
    x, y = editor.middle()
    for apart in (40, 60, 80):
        editor.touch((x - apart, y), (x + apart, y))
    editor.touch()
    until(lambda: abs(shown() - 2 * fitted) <= 2, "twice as large between two fingers")
    editor.wait_shown()
    assert editor.asked()["strokes"] == [], "two fingers draw nothing"
    editor.press("0")
    until(lambda: shown() == fitted, "the whole picture")
    wheel: Any = ActionChains(editor.driver)
    wheel.scroll_from_origin(
        ScrollOrigin.from_element(editor.browser.element("view")), 0, -240
    ).perform()
    until(lambda: shown() > fitted, "a larger picture by the wheel")


def test_the_original_is_shown_in_place_of_the_cutout_and_beside_it(editor: EditorPage) -> None:
    corner = (0.6, 0.08)
    assert editor.pixel(*corner)[3] == 0
    editor.driver.execute_script("document.getElementById('show-original').click()")
    until(lambda: editor.pixel(*corner)[3] == 255, "the original")
    editor.driver.execute_script("document.getElementById('show-original').click()")
    until(lambda: editor.pixel(*corner)[3] == 0, "the cutout")
    editor.set("compare", 80)
    until(lambda: editor.pixel(*corner)[3] == 255, "the original before the line")


def test_a_background_that_is_chosen_is_not_hidden_by_what_was_removed(editor: EditorPage) -> None:
    editor.take("keep")
    assert editor.browser.element("ghost").is_selected()
    editor.set("background-transparent")
    assert editor.browser.element("ghost").is_selected()
    editor.set("background-color")
    editor.set("own-color", "#ff00ff")
    editor.wait_shown()
    assert not editor.browser.element("ghost").is_selected()
    until(lambda: editor.pixel(0.6, 0.1) == [255, 0, 255, 255], "the colour itself")


def test_the_size_in_bytes_is_known_before_saving(editor: EditorPage) -> None:
    size = editor.browser.element("file-size")
    assert size.get_attribute("data-state") == "ready"
    # In one step: the file may be made before the driver has asked.
    change = "document.getElementById('format-webp').click();"
    state = "return document.getElementById('file-size').dataset.state"
    assert editor.driver.execute_script(change + state) in ("stale", "working")
    until(lambda: size.get_attribute("data-state") == "ready", "the size")
    with editor.saved() as path:
        assert size.text == f"{max(1, round(path.stat().st_size / 1000))} kB"
        shown = editor.browser.cutout_bytes()
        assert path.read_bytes() == shown


def test_the_cutout_can_be_dragged_into_another_program(editor: EditorPage) -> None:
    script = """const dataTransfer = new DataTransfer();
        const event = new DragEvent('dragstart', { dataTransfer, bubbles: true });
        document.getElementById('cutout').dispatchEvent(event);
        const [file] = dataTransfer.files;
        return [file.name, file.type, file.size, dataTransfer.getData('DownloadURL')]"""
    name, kind, size, address = editor.driver.execute_script(script)
    assert (name, kind) == ("astronaut-cutout.png", "image/png")
    assert address.startswith("image/png:astronaut-cutout.png:blob:")
    with editor.saved() as path:
        assert path.stat().st_size == size


def test_a_reloaded_page_goes_on_where_it_was(editor: EditorPage) -> None:
    editor.set("feather", 2)
    editor.take("erase")
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.wait_shown()
    before, edit = editor.rgba(), editor.asked()
    editor.driver.refresh()
    assert editor.browser.wait_over() == "done"
    again = EditorPage(editor.browser)
    assert again.asked() == edit
    assert np.array_equal(again.rgba(), before)


@pytest.mark.fault("the engine", "an edit", "no work is lost")
def test_an_engine_that_dies_costs_no_work(editor: EditorPage) -> None:
    editor.take("erase")
    editor.drag((0.45, 0.4), (0.5, 0.4))
    editor.wait_shown()
    before = editor.rgba()
    devtools = editor.browser.devtools
    devtools.end_engine()
    editor.set("feather", 2)
    editor.wait_shown()
    assert len(editor.asked()["strokes"]) == 1
    editor.undo()
    editor.wait_shown()
    assert np.array_equal(editor.rgba(), before)
