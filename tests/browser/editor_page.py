"""The editor of a result page, as a person works with it."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver import ActionChains, Keys
from waiting import until

SET = """const [selector, value] = arguments;
    const control = document.querySelector(selector);
    control.closest('details')?.setAttribute('open', '');
    if (control.type === 'checkbox' || control.type === 'radio') control.click();
    else {
        control.value = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
    }"""
SHOWN = "const { edit, shown } = document.getElementById('stage').dataset; return edit === shown"
DRAWN = """// What is to be shown is drawn with the next frame, of which a hidden page has none.
    return document.hidden || new Promise((done) => requestAnimationFrame(() => done(true)))"""
PIXEL = """const canvas = document.getElementById('view');
    const scale = canvas.width / canvas.clientWidth;
    const [x, y] = [arguments[0] * scale, arguments[1] * scale];
    return [...canvas.getContext('2d').getImageData(x, y, 1, 1).data]"""
# What the engine was asked last, from its own mouth.
ASKED = """const done = arguments[0];
    const job = new URLSearchParams(location.search).get('job');
    const port = chrome.runtime.connect({ name: `job:${job}` });
    // There may be no engine just then, or one that does not know the job yet.
    port.onDisconnect.addListener(() => done(chrome.runtime.lastError && null));
    port.onMessage.addListener(({ edit }) => {
        port.disconnect();
        done(edit ? JSON.stringify(edit) : null);
    });"""


class EditorPage:
    """The result page that is looked at."""

    def __init__(self, browser: OffcutBrowser) -> None:
        self.browser = browser
        self.driver: Any = browser.driver
        self._is_touched = False
        self.wait_shown()

    def wait_shown(self) -> None:
        """Wait until the newest edit is on the stage, and nothing went wrong."""
        until(lambda: self.driver.execute_script(SHOWN) or self.trouble(), "the preview")
        assert not self.trouble()
        self.driver.execute_script(DRAWN)

    def trouble(self) -> str:
        """What the stage says of a preview that could not be made."""
        return self.browser.text("trouble")

    def set(self, control: str, value: str | float = "") -> None:
        """Give a control a value, or press it; by its id or by the field that it shows."""
        selector = f"#{control}, input[type=number][data-field='{control}']"
        self.driver.execute_script(SET, selector, str(value))

    def take(self, tool: str) -> None:
        """Take the hand or a brush."""
        self.set(f"tool-{tool}")

    def drag(self, *places: tuple[float, float]) -> None:
        """Press on the stage, move through some places (shares of the stage) and let go."""
        view = self.browser.element("view")
        width, height = self.size()
        steps = [(round((x - 0.5) * width), round((y - 0.5) * height)) for x, y in places]
        chain: Any = ActionChains(self.driver, duration=20)
        chain.move_to_element_with_offset(view, *steps[0]).click_and_hold()
        for x, y in steps[1:]:
            chain.move_to_element_with_offset(view, x, y)
        chain.release().perform()

    def press(self, *keys: str) -> None:
        """Press keys while the stage has the focus."""
        self.driver.execute_script("document.getElementById('view').focus()")
        ActionChains(self.driver).send_keys(*keys).perform()

    def touch(self, *fingers: tuple[float, float]) -> None:
        """Put fingers at places of the page, move them there, or lift all of them."""
        kind = (
            "touchMove" if fingers and self._is_touched else "touchStart" if fingers else "touchEnd"
        )
        points = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(fingers)]
        touch = {"type": kind, "touchPoints": points}
        self.driver.execute_cdp_cmd("Input.dispatchTouchEvent", touch)
        self._is_touched = bool(fingers)

    def undo(self) -> None:
        """Press Ctrl and Z."""
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys("z").key_up(
            Keys.CONTROL
        ).perform()

    def pixel(self, x: float, y: float) -> list[int]:
        """RGBA of the canvas at a place of the stage, in shares of it."""
        width, height = self.size()
        return cast("list[int]", self.driver.execute_script(PIXEL, x * width, y * height))

    def middle(self) -> tuple[float, float]:
        """The middle of the stage in the window, in CSS pixels."""
        script = """const { x, y, width, height } = arguments[0].getBoundingClientRect();
            return [x + width / 2, y + height / 2]"""
        return self.driver.execute_script(script, self.browser.element("view"))

    def size(self) -> tuple[int, int]:
        """Width and height of the stage in CSS pixels."""
        script = "const { clientWidth, clientHeight } = document.getElementById('view'); "
        return self.driver.execute_script(script + "return [clientWidth, clientHeight]")

    def asked(self) -> dict[str, Any]:
        """The edit that the engine was asked for last."""
        return json.loads(until(lambda: self.driver.execute_async_script(ASKED), "the edit"))

    @contextmanager
    def saved(self) -> Generator[Path]:
        """Download the file, and remove it afterwards."""
        path = self.browser.download()
        try:
            yield path
        finally:
            path.unlink()

    def rgba(self) -> NDArray[np.uint8]:
        """Pixels of the downloaded file."""
        with self.saved() as path, Image.open(path) as image:
            return np.asarray(image.convert("RGBA"))
