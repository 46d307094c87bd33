"""The popup in its real place: the bubble at the toolbar, opened by its icon or by its shortcut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from mouse import Mouse, Place
from numpy.typing import NDArray
from offcut_browser import OffcutBrowser
from PIL import Image, ImageChops
from popup_page import popups
from waiting import until

ICON = Path(__file__).parents[2] / "extension" / "icons" / "offcut-16.png"
TOOLBAR: Place = (400, 0, 1280, 130)
BELOW_TOOLBAR: Place = (0, 90, 1280, 1024)
LARGEST_DIFFERENCE = 24
"""Of a channel of the icon's pixels, of which the toolbar blends the soft ones with its own."""
CORNER = "[globalThis.mozInnerScreenX ?? screenX, globalThis.mozInnerScreenY ?? screenY]"
"""Of the popup on the screen, for a browser that gives its window's as `screenX` too."""
READY = "document.documentElement?.dataset.state === 'ready'"


class Bubble:
    """The popup of a visible browser whose toolbar shows our icon."""

    def __init__(self, browser: OffcutBrowser, mouse: Mouse) -> None:
        self.browser = browser
        self.mouse = mouse
        self.target = ""
        self._before = Image.new("RGB", (1, 1))

    def open_by_icon(self) -> None:
        """Click our icon in the toolbar, and wait until the popup is whole."""
        x, y = until(self._icon, "our icon in the toolbar")
        self._open(lambda: self.mouse.click_screen(x, y))

    def open_by_shortcut(self) -> None:
        """Press the popup's keys while a page has the focus."""
        self._open(lambda: self.mouse.press("alt+shift+u"))

    def follow_next(self) -> None:
        """Go on with the bubble that the extension itself opens now."""
        self._open(lambda: None)

    def evaluate(self, expression: str) -> Any:
        """Evaluate JavaScript in the popup."""
        return self.browser.devtools.evaluate(self.target, expression)

    def run(self, script: str) -> Any:
        """Run the body of a function in the popup, and give what it returns."""
        return self.evaluate(f"(() => {{ {script} }})()")

    def wait(self, expression: str, what: str) -> Any:
        """Wait until JavaScript in the popup gives something truthy."""
        return until(lambda: self.evaluate(expression), what)

    def view(self) -> Place:
        """Where the page of the popup is on the screen."""
        left, top = self.evaluate(CORNER)
        width, height = self.evaluate("[innerWidth, innerHeight]")
        return round(left), round(top), round(left + width), round(top + height)

    def place(self, selector: str) -> Place:
        """Where an element of the popup is on the screen."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        left, top, right, bottom = self.run(
            f"const b = {box}; return [b.left, b.top, b.right, b.bottom]"
        )
        x, y = self.evaluate(CORNER)
        return (round(x + left), round(y + top), round(x + right), round(y + bottom))

    def click(self, selector: str) -> None:
        """Click an element of the popup with the real pointer."""
        left, top, right, bottom = self.place(selector)
        self.mouse.click_screen((left + right) // 2, (top + bottom) // 2)

    def photo(self) -> Image.Image:
        """Take the popup from the screen."""
        return self.mouse.photo(self.view())

    def seen(self) -> Place | None:
        """Where the screen has changed since the bubble was opened: the bubble with its frame.

        It has no window of its own: the browser draws it into the one that it has, which may take
        a while; None until then.
        """
        now = self.mouse.photo(BELOW_TOOLBAR)
        changed = ImageChops.difference(now, self._before).getbbox()
        if changed is None:
            return None
        left, top, right, bottom = changed
        return left, top + BELOW_TOOLBAR[1], right, bottom + BELOW_TOOLBAR[1]

    def is_open(self) -> bool:
        return self.target in popups(self.browser)

    def close(self) -> None:
        """Close the popup as a person does."""
        self.mouse.press("Escape")
        until(lambda: not self.is_open(), "the popup to close")

    def _open(self, act: Any) -> None:
        self._before = self.mouse.photo(BELOW_TOOLBAR)
        act()
        former = self.target
        new = lambda: [target for target in popups(self.browser) if target != former]  # noqa: E731
        self.target = until(new, "the popup")[0]
        self.wait(READY, "the popup's actions")
        self.wait("document.documentElement.dataset.jobs", "the popup's list")

    def _icon(self) -> tuple[int, int] | None:
        """Find the middle of our icon on the screen, by its picture."""
        with Image.open(ICON) as file:
            icon = np.asarray(file.convert("RGBA")).astype(np.int16)
        screen = np.asarray(self.mouse.photo(TOOLBAR)).astype(np.int16)
        worst = _differences(screen, icon)
        if worst.min() > LARGEST_DIFFERENCE:
            return None
        y, x = np.unravel_index(worst.argmin(), worst.shape)
        middle = icon.shape[0] // 2
        return TOOLBAR[0] + int(x) + middle, TOOLBAR[1] + int(y) + middle


def _differences(screen: NDArray[np.int16], icon: NDArray[np.int16]) -> NDArray[np.int16]:
    """By how much an icon differs from a screen at each place, in its worst opaque pixel."""
    height, width = (screen.shape[axis] - icon.shape[axis] for axis in (0, 1))
    worst = np.zeros((height, width), np.int16)
    for y, x in np.argwhere(icon[..., 3] == 255):
        there = screen[y : y + height, x : x + width]
        np.maximum(worst, np.abs(there - icon[y, x, :3]).max(axis=2), out=worst)
    return worst
