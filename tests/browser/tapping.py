"""The tap tool of the editor, as a person uses it: places are pixels of the picture."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from editor_page import EditorPage
from numpy.typing import NDArray
from offcut import strokes_from_json
from offcut.editing.regions import Region
from selenium.webdriver import ActionChains
from waiting import until

# Where the picture lies on the stage: the paper is below it.
PLACE = """const paper = document.getElementById('paper').getBoundingClientRect();
    const stage = document.getElementById('view').getBoundingClientRect();
    const [x, y, width, height] = arguments;
    return [paper.x - stage.x + x / width * paper.width,
        paper.y - stage.y + y / height * paper.height]"""
# What the stage shows on a grid over the picture: RGB, row by row.
GRID = """const view = document.getElementById('view');
    const paper = document.getElementById('paper').getBoundingClientRect();
    const stage = view.getBoundingClientRect();
    const [count] = arguments;
    const scale = view.width / view.clientWidth;
    const pixels = view.getContext('2d').getImageData(0, 0, view.width, view.height).data;
    const found = [];
    for (let row = 0; row < count; row++) {
        for (let column = 0; column < count; column++) {
            const x = paper.x - stage.x + (column + 0.5) / count * paper.width;
            const y = paper.y - stage.y + (row + 0.5) / count * paper.height;
            const at = 4 * (Math.floor(y * scale) * view.width + Math.floor(x * scale));
            found.push(...pixels.slice(at, at + 3));
        }
    }
    return found"""
CELLS = 64
"""Of that grid, along each side."""
# The network does not look where the pointer rests: what is shown first stays.
NO_LOOK_AHEAD = """const [delay] = arguments;
    const start = window.setTimeout;
    window.setTimeout = (act, ms, ...more) => ms === delay ? 0 : start(act, ms, ...more);"""
LOOK_AFTER_MS = 120
Place = tuple[float, float]


class Taps:
    """The tap tool over a picture of some size that is neither cropped nor framed."""

    def __init__(self, editor: EditorPage, size: tuple[int, int] = (512, 512)) -> None:
        self.editor = editor
        self._size = size
        editor.take("tap")

    def on_stage(self, place: Place) -> Place:
        """CSS pixels of the stage."""
        return cast("Place", self.editor.driver.execute_script(PLACE, *place, *self._size))

    def in_window(self, place: Place) -> Place:
        """CSS pixels of the window."""
        x, y = self.on_stage(place)
        script = "const { x, y } = arguments[0].getBoundingClientRect(); return [x, y]"
        left, top = self.editor.driver.execute_script(script, self.editor.browser.element("view"))
        return left + x, top + y

    def point_at(self, place: Place) -> None:
        """Move the pointer there."""
        self._pointer(place).perform()

    def tap(self, place: Place) -> None:
        """Click there."""
        self._pointer(place).click().perform()

    def offers(self) -> str:
        """What a tap at the pointer would do: "add", "take" or nothing."""
        return self.editor.browser.element("stage").get_attribute("data-hover") or ""

    def wait_offer(self, kind: str) -> None:
        """Wait until a tap at the pointer would add, take or do nothing."""
        until(lambda: self.offers() == kind, f"the offer {kind!r}")

    def stay_with_first_offers(self) -> None:
        """Let the network not look ahead of a tap, as if the tap came sooner."""
        self.editor.driver.execute_script(NO_LOOK_AHEAD, LOOK_AFTER_MS)

    def seen(self) -> NDArray[np.int64]:
        """The picture on the stage, at `CELLS` places along each side: RGB."""
        pixels: list[int] = self.editor.driver.execute_script(GRID, CELLS)
        return np.array(pixels).reshape(CELLS, CELLS, 3)

    def said(self) -> str:
        """What is said of the last tap."""
        return self.editor.browser.text("tap-said")

    def wait_said(self, words: str) -> None:
        """Wait until that is said, and shown."""
        until(lambda: words in self.said(), f"the words {words!r}")
        self.editor.wait_shown()

    def regions(self) -> list[NDArray[np.bool_]]:
        """What the edit has of taps, as masks."""
        strokes = strokes_from_json(self.editor.asked()["strokes"])
        return [stroke.mask() for stroke in strokes if isinstance(stroke, Region)]

    def shown(self, place: Place) -> list[int]:
        """RGBA on the stage at a place of the picture."""
        width, height = self.editor.size()
        x, y = self.on_stage(place)
        return self.editor.pixel(x / width, y / height)

    def _pointer(self, place: Place) -> Any:
        view = self.editor.browser.element("view")
        width, height = self.editor.size()
        x, y = self.on_stage(place)
        chain: Any = ActionChains(self.editor.driver, duration=20)
        offset = (round(x - width / 2), round(y - height / 2))
        return chain.move_to_element_with_offset(view, *offset)
