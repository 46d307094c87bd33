"""Photos for offices: marked by hand and by keys, saved in millimetres, printed on sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import offcut
import pytest
from editor_page import EditorPage
from native import native_session
from PIL import Image
from selenium.webdriver import ActionChains, Keys
from waiting import until


def mark(editor: EditorPage, name: str) -> float:
    """Where a mark is, in per cent."""
    return float(editor.browser.element(name).get_attribute("aria-valuenow") or "nan")


@pytest.mark.weights
def test_crown_eyes_and_chin_are_marked_and_the_file_is_as_the_office_wants_it(
    editor: EditorPage, photos: dict[str, Path]
) -> None:
    editor.set("id-photo", "us-passport")
    editor.wait_shown()
    assert "refuse photos" in editor.browser.text("id-refused")
    assert "Head from 25 to 35 mm" in editor.browser.text("id-source")
    crown, middle = mark(editor, "mark-idCrown"), mark(editor, "id-middle")
    assert crown == pytest.approx(3, abs=2), "where the head in this picture begins"
    assert middle == pytest.approx(44, abs=3)
    assert mark(editor, "mark-idChin") == pytest.approx(31, abs=6)

    box: Any = editor.browser.element("id-guides")
    chin: Any = editor.browser.element("mark-idChin")
    editor.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", box)
    height = box.size["height"]
    before = mark(editor, "mark-idChin")
    down: Any = ActionChains(editor.driver, duration=20).move_to_element(chin).click_and_hold()
    down.move_by_offset(0, -round(height / 10)).release().perform()
    assert mark(editor, "mark-idChin") == pytest.approx(before - 10, abs=1)

    editor.browser.element("mark-idCrown").send_keys(Keys.ARROW_UP, Keys.ARROW_UP)
    assert mark(editor, "mark-idCrown") == pytest.approx(crown - 0.5, abs=0.11)
    editor.browser.element("id-middle").send_keys(Keys.SHIFT, Keys.ARROW_LEFT)
    assert mark(editor, "id-middle") == pytest.approx(middle - 2, abs=0.11)
    editor.browser.element("mark-idEyes").send_keys(Keys.SHIFT, *[Keys.ARROW_UP] * 20)
    assert mark(editor, "mark-idEyes") == pytest.approx(crown, abs=0.11), "never above the crown"
    editor.undo()
    until(lambda: mark(editor, "mark-idEyes") > crown + 1, "the step before")
    editor.wait_shown()

    edit = editor.asked()
    with editor.saved() as path, Image.open(path) as image:
        assert (image.format, image.size) == ("JPEG", (602, 602))
        assert image.info["dpi"] == (300, 300)
        ours = np.asarray(image.convert("RGB")).astype(int)
    session, _ = native_session()
    options = offcut.OffcutOptions.from_json(edit["options"])
    native = offcut.remove_background(photos["small"], options, session=session)
    assert np.abs(ours - native.rgba()[..., :3]).mean() < 2


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["jpeg", "pdf"])
def test_a_sheet_to_print_is_saved_beside_the_photo(editor: EditorPage, kind: str) -> None:
    editor.set("id-photo", "de-passport")
    editor.set("dpi", 300)
    editor.wait_shown()
    editor.set("paper-size", "a4")
    path = editor.browser.saved_by(lambda: editor.browser.click(f"sheet-{kind}"))
    try:
        assert path.name == ("astronaut-sheet.pdf" if kind == "pdf" else "astronaut-sheet.jpg")
        if kind == "pdf":
            assert path.read_bytes().startswith(b"%PDF-")
            return
        with Image.open(path) as image:
            assert image.info["dpi"] == (300, 300)
            assert sorted(image.size) == [2480, 3508]
    finally:
        path.unlink()
