"""What a market place asks for: the editor makes it, and says what the saved file lacks."""

from __future__ import annotations

import numpy as np
import pytest
from editor_page import EditorPage
from PIL import Image
from waiting import until

CHECKS = """return Object.fromEntries([...document.querySelectorAll('#market-checks li')].map(
    ({ dataset }) => [dataset.check, dataset.met === 'true']))"""


def checks(editor: EditorPage) -> dict[str, bool]:
    """What is shown of the newest file, once there is one."""
    until(lambda: editor.browser.element("file-bar").get_attribute("data-file") == "ready", "it")
    return editor.driver.execute_script(CHECKS)


@pytest.mark.weights
def test_the_file_for_a_market_place_is_checked_and_enlarged_only_if_one_wants(
    editor: EditorPage,
) -> None:
    editor.set("frame", "amazon")
    editor.wait_shown()
    with editor.saved() as path, Image.open(path) as image:
        assert image.size == (2000, 2000)
        rgb = np.asarray(image.convert("RGB"))
        is_white = bool((rgb[0] == 255).all() and (rgb[:, 0] == 255).all())
    found = checks(editor)
    assert found["longest_side"]
    assert found["fill"]
    assert not found["enlarged"], "the photo is smaller than that"
    assert found["white_rim"] == is_white
    until(lambda: "not all is as Amazon asks" in editor.browser.text("said"), "the sentence")

    editor.set("own-size")
    editor.wait_shown()
    with editor.saved() as path, Image.open(path) as image:
        assert max(image.size) < 1000
    found = checks(editor)
    assert found["enlarged"]
    assert found["fill"]
    assert not found["longest_side"], "then it is too small"

    editor.set("frame", "ebay")
    editor.wait_shown()
    with editor.saved():
        assert all(checks(editor).values())
    until(lambda: "It is what eBay asks for" in editor.browser.text("said"), "the sentence")
    editor.set("frame", "none")
    assert not editor.browser.element("market").is_displayed()
