"""The pointer and the keyboard of a virtual screen."""

from __future__ import annotations

import subprocess
from typing import cast

from offcut_browser import OffcutBrowser
from PIL import Image, ImageGrab
from waiting import until

STILL = 8
"""Pictures of the screen in a row that must be the same."""

Place = tuple[int, int, int, int]
"""Left, top, right and bottom on the screen."""
WHOLE: Place = (0, 0, 1280, 1024)


class Mouse:
    """A real pointer and keyboard on a virtual screen."""

    def __init__(self, display: str) -> None:
        self.environment = {"DISPLAY": display, "PATH": "/usr/bin:/bin"}

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self._run("xdotool", "key", key)

    def click(self, browser: OffcutBrowser, selector: str) -> None:
        """Click with the left button on the middle of an element of the page."""
        self._move(browser, selector)
        self._run("xdotool", "click", "1")

    def click_at(self, browser: OffcutBrowser, x: float, y: float) -> None:
        """Click with the left button on a place of the page, in CSS pixels of its window."""
        script = "return [screenX, screenY + outerHeight - innerHeight]"
        left, top = cast("list[float]", browser.driver.execute_script(script))
        self._run("xdotool", "mousemove", str(round(left + x)), str(round(top + y)))
        self._run("xdotool", "click", "1")

    def open_menu(self, browser: OffcutBrowser, selector: str) -> None:
        """Right-click the middle of an element and wait until its menu is there."""
        self._move(browser, selector)
        before = self.windows()
        self._run("xdotool", "click", "3")
        # What is seen there may also change because the page is only just being drawn.
        until(lambda: self.windows() - before, "the context menu")

    def windows(self) -> set[bytes]:
        """Ids of all windows on the screen; each menu is one."""
        command = ("xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", ".*")

        def found() -> set[bytes] | None:
            # A window that goes while the others are looked at ends the search with an error.
            done = subprocess.run(command, env=self.environment, check=False, capture_output=True)
            return set(done.stdout.split()) if done.returncode == 0 else None

        return until(found, "the list of windows")

    def titled(self, title: str) -> list[str]:
        """Ids of the programs' windows that are seen and have some title; none is no error."""
        # Menus and helpers, which have no title either, are of no class.
        of_programs = self._found("--class", ".")
        return [window for window in self._found("--name", title) if window in of_programs]

    def _found(self, *wanted: str) -> list[str]:
        command = ("xdotool", "search", "--onlyvisible", *wanted)
        done = subprocess.run(command, env=self.environment, check=False, capture_output=True)
        return done.stdout.decode().split()

    def focus(self, window: str) -> None:
        """Give a window the keyboard: the screen has nobody else who does."""
        self._run("xdotool", "windowfocus", "--sync", window)

    def heights(self, windows: set[bytes]) -> list[int]:
        """Heights of windows in pixels, the smallest first."""
        found: list[int] = []
        for window in windows:
            told = self._run("xdotool", "getwindowgeometry", "--shell", window.decode()).decode()
            found += [int(line[7:]) for line in told.splitlines() if line.startswith("HEIGHT=")]
        return sorted(found)

    def click_screen(self, x: int, y: int) -> None:
        """Click with the left button on a place of the screen."""
        self._run("xdotool", "mousemove", str(x), str(y), "click", "1")

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        self._run("xdotool", "type", text)

    def await_still(self) -> None:
        """Wait until nothing moves on the screen any more."""
        seen: list[bytes] = []

        def is_still() -> bool:
            seen.append(self.screen(WHOLE))
            return len(seen) > STILL and len(set(seen[-STILL:])) == 1

        until(is_still, "a still screen")

    def photo(self, place: Place) -> Image.Image:
        """Take a picture of a part of the screen."""
        return ImageGrab.grab(place, xdisplay=self.environment["DISPLAY"]).convert("RGB")

    def screen(self, place: Place) -> bytes:
        """Pixels of a part of the screen: RGB, row by row."""
        return self.photo(place).tobytes()

    def _move(self, browser: OffcutBrowser, selector: str) -> None:
        script = """
            const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [screenX + box.x + box.width / 2,
                    screenY + outerHeight - innerHeight + box.y + box.height / 2];"""
        x, y = cast("list[float]", browser.driver.execute_script(script, selector))
        # `--sync` would wait for a movement, 15 s in vain where the pointer is there already.
        self._run("xdotool", "mousemove", str(round(x)), str(round(y)))

    def _run(self, *command: str) -> bytes:
        environment = self.environment
        done = subprocess.run(command, env=environment, check=True, capture_output=True)
        return done.stdout
