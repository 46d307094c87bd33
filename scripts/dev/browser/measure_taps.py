"""Taps in the editor, and reads how soon a tap and a hover are answered.

Decides: where is tapped, and what counts: from the pointer's event to the drawing of the region.
"""

import statistics

from selenium.common.exceptions import TimeoutException
from selenium.webdriver import ActionChains
from selenium.webdriver.support.wait import WebDriverWait

from dev.browser.measure_editor import EditorMeasurement
from dev.terminal import say

SIDE = 1414
MOST_S = 5
"""Where a hover has shown nothing for so long, there is nothing to show."""
# Notes the time from the pointer's last event to the region that it brings.
WATCH = """const stage = document.getElementById('stage');
    window.taps = { hovers: [], taps: [], vain: 0 };
    let moved = 0, tapped = 0;
    addEventListener('pointermove', (event) => { moved ||= event.timeStamp; }, true);
    addEventListener('pointerup', (event) => { tapped = event.timeStamp; }, true);
    const note = (list, begun) =>
        requestAnimationFrame(() => list.push(performance.now() - begun));
    window.rest = () => { moved = tapped = 0; };
    new MutationObserver((records) => {
        for (const { attributeName } of records) {
            if (attributeName === 'data-hover' && moved && stage.dataset.hover) {
                note(taps.hovers, moved);
                moved = 0;
            }
            if (attributeName === 'data-edit' && tapped) {
                note(taps.taps, tapped);
                tapped = 0;
            }
        }
    }).observe(stage, { attributeFilter: ['data-hover', 'data-edit'] });
    new MutationObserver(() => {
        if (tapped && document.getElementById('tap-said').textContent) taps.vain += 1;
    }).observe(document.getElementById('tap-said'), { childList: true });"""


class TapMeasurement(EditorMeasurement):
    """The tap tool in the editor of a `PageMeasurement`."""

    def measure(self, edits: int) -> None:
        """Print the time of hovers and taps at `edits` places each."""
        self._open(SIDE)
        self.driver.set_window_size(1200, 960)
        self._press("tool-tap")
        self.driver.execute_script(WATCH)
        beside = 0
        for number in range(edits):
            self._point(*_place(number))
            beside += not self._comes(f"taps.hovers.length + {beside} > {number}")
        for number in range(edits):
            self._point(*_place(number + edits), is_tap=True)
            self._wait(
                lambda done=number: self.driver.execute_script(
                    f"return taps.taps.length + taps.vain > {done}"
                )
            )
            self._press("undo")
        noted = self.driver.execute_script("return taps")
        say_least("hover, from the pointer's move to the region shown", noted["hovers"])
        say_least("tap, from the click to the region shown", noted["taps"])
        if beside + noted["vain"]:
            say(f"places where nothing was found: {beside} hovers, {noted['vain']} taps")

    def _point(self, x: int, y: int, *, is_tap: bool = False) -> None:
        """Leave the picture, and come to a place: from its middle, in CSS pixels."""
        view = self._find("#view")
        chain = ActionChains(self.driver, duration=0)
        chain.move_to_element(self._find("#title")).perform()
        self.driver.execute_script("rest()")
        chain = ActionChains(self.driver, duration=0).move_to_element_with_offset(view, x, y)
        (chain.click() if is_tap else chain).perform()

    def _comes(self, condition: str) -> bool:
        """Tell whether something happens within `MOST_S`."""
        try:
            WebDriverWait(self.driver, MOST_S, 0.01).until(
                lambda driver: driver.execute_script(f"return {condition}")
            )
        except TimeoutException:
            return False
        return True


def _place(number: int) -> tuple[int, int]:
    """Give a place on the picture, each time another."""
    return (number * 83) % 300 - 150, (number * 59) % 300 - 150


def say_least(what: str, times: list[float]) -> None:
    """Print the least and the median: on a busy machine the least tells most."""
    middle = statistics.median(times)
    say(f"{what}: least {min(times):.0f} ms, median {middle:.0f} ms, of {len(times)}")
