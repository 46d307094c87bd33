"""Works in the editor of a large picture, and reads how soon each change is to be seen."""

import statistics
from collections.abc import Callable
from typing import Any

from PIL import Image
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.demo import demo_pictures
from dev.browser.measure_pages import PageMeasurement
from dev.terminal import say

SIDES = {"2 megapixels": 1414, "12 megapixels": 3464}
WARM_UP = 3
WAIT_S = 120
# Notes the time between the last event of a change and the drawing of its preview.
WATCH = """const stage = document.getElementById('stage');
    window.changed = (event) => { window.begun = event.timeStamp; };
    window.waits = [];
    addEventListener('pointerup', changed, true);
    addEventListener('input', changed, true);
    new MutationObserver(() => {
        if (stage.dataset.shown !== stage.dataset.edit || !window.begun) return;
        const { begun } = window;
        window.begun = 0;
        // The editor has asked for its own drawing before, in the same picture of the screen.
        requestAnimationFrame(() => waits.push(performance.now() - begun));
    }).observe(stage, { attributeFilter: ['data-shown'] });"""
SLIDE = """const slider = document.querySelector(`input[type=range][data-field=${arguments[0]}]`);
    slider.value = arguments[1];
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));"""
# First value and step: no value comes twice.
SLIDERS = {
    "feather": (1.0, 0.5),
    "shiftEdge": (-10.0, 0.5),
    "shadowOpacity": (20, 1),
    "backgroundBlur": (1.0, 0.5),
}
PREPARE = {"shadowOpacity": "shadow", "backgroundBlur": "background-blur"}


class EditorMeasurement:
    """The editor, measured from outside in the browser of a `PageMeasurement`."""

    def __init__(self, pages: PageMeasurement) -> None:
        self.pages = pages
        self.driver: Any = pages.driver

    def measure(self, edits: int) -> None:
        """Print the time of `edits` changes by each slider and brush."""
        for size, side in SIDES.items():
            self._open(side)
            for field, (first, step) in SLIDERS.items():
                self._press("reset")  # each by itself
                self._press(PREPARE.get(field, "tool-hand"))
                waits = self._times(self._slides(field, first, step), edits)
                say_times(f"editor, {size}, {field}", waits)
            self._press("reset")
            for tool in ("keep", "remove", "paint", "erase"):
                self._press(f"tool-{tool}")
                say_times(f"editor, {size}, stroke to {tool}", self._times(self._stroke, edits))
            self.driver.close()
            self.driver.switch_to.window(self.driver.window_handles[0])

    def _open(self, side: int) -> None:
        picture = self.pages.scratch / f"{side}.jpg"
        with Image.open(demo_pictures()[0]) as demo:
            demo.convert("RGB").resize((side, side)).save(picture)
        self.driver.get(f"{self.pages.origin}/popup/popup.html")
        self._find("#file-input").send_keys(str(picture))
        self._find(".job [data-act=open]").click()
        self._wait(self._is_at_result)
        self._wait(
            lambda: (
                self.driver.execute_script("return document.documentElement.dataset.state")
                == "done"
            )
        )
        self._wait_shown()
        self.driver.execute_script(WATCH)

    def _is_at_result(self) -> bool:
        """Go to the result page once it is there; the engine's document may be a window, too."""
        for handle in self.driver.window_handles:
            self.driver.switch_to.window(handle)
            if "/result/" in self.driver.current_url:
                return True
        return False

    def _times(self, change: Callable[[int], None], count: int) -> list[float]:
        """Milliseconds of each change but the first few."""
        self.driver.execute_script("waits.length = 0")
        for number in range(count + WARM_UP):
            change(number)
            self._wait(lambda done=number: self.driver.execute_script("return waits.length") > done)
        return self.driver.execute_script("return waits")[WARM_UP:]

    def _slides(self, field: str, first: float, step: float) -> Callable[[int], None]:
        return lambda number: self.driver.execute_script(SLIDE, field, str(first + number * step))

    def _stroke(self, number: int) -> None:
        view = self._find("#view")
        x, y = (number * 37) % 200 - 100, (number * 53) % 200 - 100
        chain = ActionChains(self.driver, duration=10)
        chain.move_to_element_with_offset(view, x, y).click_and_hold()
        chain.move_by_offset(20, 15).move_by_offset(20, -5).release().perform()

    def _press(self, element_id: str) -> None:
        self.driver.execute_script(f"document.getElementById('{element_id}').click()")
        self._wait_shown()

    def _wait_shown(self) -> None:
        script = "const { edit, shown } = document.getElementById('stage').dataset; "
        self._wait(lambda: self.driver.execute_script(script + "return edit === shown"))

    def _find(self, selector: str) -> Any:
        self._wait(lambda: self.driver.find_elements(By.CSS_SELECTOR, selector))
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def _wait(self, condition: Callable[[], object]) -> None:
        WebDriverWait(self.driver, WAIT_S, 0.01).until(lambda _: condition())


def say_times(what: str, times: list[float]) -> None:
    """Print the median and the 95th percentile."""
    ordered = sorted(times)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    say(f"{what}: median {statistics.median(ordered):.0f} ms, 95 % within {late:.0f} ms")
