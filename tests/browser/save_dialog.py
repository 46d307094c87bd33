"""The browser's dialogue that asks where to save a file, answered by a real keyboard."""

from __future__ import annotations

from mouse import Mouse
from waiting import until

TITLE = "^Save|^ - |^$"
"""Firefox gives it none, behind which the system may put that of the page."""
ASKING = {"download.prompt_for_download": True, "browser.download.useDownloadDir": False}
"""The preference "Ask where to save each file before downloading", as each browser calls it."""


class SaveDialog:
    """The dialogue on the virtual screen."""

    def __init__(self, mouse: Mouse) -> None:
        self.mouse = mouse

    def answer(self, key: str) -> None:
        """Wait for the dialogue, press a key in it, and wait until it is gone."""
        (window, *_) = until(self.windows, "the Save dialogue")
        self.mouse.focus(window)
        self.mouse.press(key)
        until(lambda: window not in self.windows(), "the dialogue to go away")

    def cancel(self) -> None:
        """Press Escape."""
        self.answer("Escape")

    def save(self) -> None:
        """Save under the name that is proposed."""
        self.answer("alt+s")

    def windows(self) -> list[str]:
        """Ids of the dialogues that are open."""
        return self.mouse.titled(TITLE)
