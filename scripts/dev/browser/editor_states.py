"""Brings the editor of a result page to each state that is worth a picture."""

from collections.abc import Callable
from typing import Any, Final

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

SETTLED = """const { edit, shown } = document.getElementById('stage').dataset;
    return edit === shown && document.getElementById('file-size').dataset.state === 'ready'"""
SET = """const [selector, value] = arguments;
    const control = document.querySelector(selector);
    if (control.type === 'range' || control.tagName === 'SELECT') {
        control.value = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
    } else control.click();"""
OPEN_ONLY = """[...document.querySelectorAll('.group')].forEach((group, index) => {
        group.open = arguments[0].includes(index);
    })"""
CUTOUT, EDGE, BACKGROUND, OUTLINE, SHADOW, FRAME, ID_PHOTO, VIEW, FILE = range(9)


class EditorPage:
    """The editor in the tab that is looked at."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def is_settled(self) -> bool:
        """Whether the newest edit is shown and its file is made."""
        return bool(self.driver.execute_script(SETTLED))

    def set(self, selector: str, value: object = "") -> None:
        """Give a control a value, or press it."""
        self.driver.execute_script(SET, selector, str(value))

    def open_only(self, *groups: int) -> None:
        """Open some groups of the panel and close the others."""
        self.driver.execute_script(OPEN_ONLY, list(groups))

    def draw(self, *steps: tuple[int, int]) -> None:
        """Draw a stroke from a place, in pixels from the middle of the stage."""
        view = self.driver.find_element(By.ID, "view")
        chain: Any = ActionChains(self.driver, duration=30)
        chain.move_to_element_with_offset(view, *steps[0]).click_and_hold()
        for x, y in steps[1:]:
            chain.move_by_offset(x, y)
        chain.release().perform()


def _compare(editor: EditorPage) -> None:
    editor.open_only(BACKGROUND, FRAME, FILE)
    editor.set("#compare", 45)


def _brush(editor: EditorPage) -> None:
    editor.set("#compare", 0)
    editor.open_only(CUTOUT, EDGE)
    editor.set("#tool-remove")
    editor.draw((-150, 60), (-20, 40), (10, 40))


def _background(editor: EditorPage) -> None:
    editor.set("#tool-hand")
    editor.open_only(BACKGROUND, SHADOW)
    editor.set("#background-color")
    editor.set("[data-color='#bcdcf5']")
    editor.set("#shadow")


def _frame(editor: EditorPage) -> None:
    editor.open_only(FRAME, FILE)
    editor.set("#frame", "amazon")


def _matte(editor: EditorPage) -> None:
    editor.set("#reset")
    editor.open_only(CUTOUT, VIEW, FILE)
    editor.set("#output-matte")
    editor.set("#format-webp")


EDITOR_STATES: Final[dict[str, Callable[[EditorPage], None]]] = {
    "compare": _compare,
    "brush": _brush,
    "background": _background,
    "frame": _frame,
    "matte": _matte,
}
