"""What `DevTools` does in Chromium, for Firefox: by Marionette, in the browser's own context.

Firefox has the same parts under other names: the event page is what Chromium's service worker is,
and the engine's document is a frame of it, so that it ends with the event page.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import firefox_scripts as scripts
from devtools import TargetGoneError
from firefox_process_scripts import BLOCK, EVALUATE_IN_WORKER, REGISTER, WORKERS
from selenium.webdriver.firefox.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from waiting import until

WORKER, ENGINE = "event page", "engine"
DEBUGGER_FOLDER = Path(__file__).parent
"""Of the script that evaluates in a worker; its process has to be allowed to read it."""


class FirefoxTools:
    """One Firefox, looked at from its own side."""

    to_our_entry = ("Up",)
    """Keys in the context menu: our entry is the last one."""
    engine_starts = 2
    """As many starts of an engine as a test waits for: each takes several times as long here."""
    sees_prompts = True
    own_picture = "about:logo"
    never_leaks = frozenset({"bucket", "prefetch"})
    """It has no storage buckets, and prefetches for pages of the web only."""
    service_worker_has_engine = True

    def __init__(self, driver: WebDriver, extension_id: str) -> None:
        self._driver = driver
        self._id = extension_id
        self._numbers = itertools.count(1)
        self.chrome(REGISTER, f"{DEBUGGER_FOLDER.as_uri()}/")
        # So that a person finds its icon in the toolbar.
        self.chrome(scripts.PIN)

    def __enter__(self) -> FirefoxTools:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""

    def chrome(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript with the browser's own rights, with the names of `scripts.COMMON`."""
        whole = f"{scripts.COMMON}(async () => {{ {script} }})().then((value) => done({{ value }}),"
        whole += "(error) => done({ failed: `${error} ${error.stack}` }));"
        with self._driver.context(self._driver.CONTEXT_CHROME):
            answer = cast(
                "dict[str, Any]", self._driver.execute_async_script(whole, self._id, *arguments)
            )
        assert "failed" not in answer, answer["failed"]
        return answer.get("value")

    def note_requests(self, log: Path) -> None:
        """Write every request of the browser into a file from now on."""
        self.chrome(scripts.NOTE_REQUESTS, str(log.resolve()))

    def targets(self, kind: str) -> list[dict[str, Any]]:
        """All targets of a type: page, service_worker (the event page), worker, or the like.

        The others are background_page (the engine) and other (the sidebar).
        """
        if kind == "worker":
            found: list[dict[str, Any]] = []
            if self.targets("service_worker"):
                found = self.chrome(WORKERS)
            return [{"type": kind, "targetId": of["id"], "title": of["name"], **of} for of in found]
        return [target for target in self.chrome(scripts.TARGETS) if target["type"] == kind]

    def evaluate(self, target_id: str, expression: str) -> Any:
        """Evaluate JavaScript in a target, awaiting a promise."""
        answer = self.chrome(scripts.EVALUATE, target_id, expression)
        if answer.get("gone"):
            answer = self.chrome(EVALUATE_IN_WORKER, target_id, next(self._numbers), expression)
        if answer.get("gone"):
            raise TargetGoneError(target_id)
        assert "error" not in answer, answer
        return answer.get("value")

    def privileged(self, script: str) -> Any:
        """Run JavaScript with the browser's own rights in the page that the driver looks at."""
        return self.chrome(scripts.RUN_PRIVILEGED, self._driver.current_window_handle, script)

    def choose_folder(self, field: WebElement, folder: Path) -> None:
        """Choose a folder in a field of the page that is looked at; its driver takes files only."""
        page = self._driver.current_window_handle
        self.chrome(scripts.CHOOSE_FOLDER, page, field.get_attribute("id"), str(folder))

    def block(self, endings: list[str]) -> None:
        """Let the extension's pages load nothing whose address ends like this, from now on."""
        with self.woken_by(""):
            self.chrome(BLOCK, endings)

    def frames(self, page: str) -> list[str]:
        """Addresses of what the frames of a page show."""
        return self.chrome(scripts.FRAMES, page)

    def engine(self) -> str:
        """Target id of the engine document."""
        return next(target["targetId"] for target in self.targets("background_page"))

    def end_engine(self) -> None:
        """End the engine document, with all that is under way in it."""
        former = self.chrome(scripts.ENGINE_FRAME)
        self.evaluate(WORKER, "document.querySelector('iframe').remove()")
        # Who works with it may have the next one already.
        until(lambda: self.chrome(scripts.ENGINE_FRAME) != former, "the end of the engine")

    def let_it_load_anew(self) -> None:
        """Have an extension that can be loaded anew: a temporary one always can."""

    def process(self) -> int:
        """Id of the browser's own process."""
        return self.chrome("return Services.appinfo.processID;")

    def open_tab(self, address: str) -> str:
        """Open a tab behind the one that is looked at; gives its target id."""
        return self.chrome(scripts.OPEN, address)

    @contextmanager
    def woken_by(self, _page: str) -> Generator[None]:
        """Have an event page, if there is none."""
        self.chrome("await extension.wakeupBackground(); return true;")
        yield

    def close_target(self, target_id: str) -> None:
        """End a document: a tab's, the popup's or the engine's."""
        if target_id == ENGINE:
            self.end_engine()
            return
        self.chrome(scripts.CLOSE, target_id)
        until(
            lambda: target_id not in [page["targetId"] for page in self.targets("page")],
            f"{target_id} to be gone",
        )

    def workers(self) -> dict[str, str]:
        """Ids of the engine's workers by their names."""
        return {worker["title"]: worker["targetId"] for worker in self.targets("worker")}

    def end_worker(self, name: str) -> None:
        """End a worker from inside, of which its owner is told nothing, and wait until it is gone.

        Its owner may end it first: it does so when a page is closed in the middle of its work.
        """
        target_id = self.workers()[name]
        with suppress(TargetGoneError):
            self.evaluate(target_id, "setTimeout(() => self.close()); 0")
        until(lambda: target_id not in self.workers().values(), "the end of the worker")

    def stop_service_workers(self) -> None:
        """End the event page, as the browser does when it has had nothing to do for a while."""
        self.chrome(scripts.STOP)
        until(lambda: not self.targets("service_worker"), "the event page's end")

    def end_service_worker(self, _target_id: str) -> None:
        """End the event page, as the browser may when nothing keeps it."""
        self.chrome(scripts.STOP)

    def menu_clicked(self, _worker: str, info: dict[str, Any]) -> None:
        """Raise the browser's event of a click on our entry in the tab that shows a site."""
        self.chrome(scripts.MENU_CLICKED, info)

    def await_menus(self) -> None:
        """Wait until the menus take keys: those of Firefox are drawn before they do."""
        until(lambda: not self.chrome(scripts.MENUS_OPENING), "the menus to be open")

    def to_entry_above(self, _below: int) -> list[str]:
        """Keys to our entry in a menu: it is the last one everywhere."""
        return list(self.to_our_entry)

    def prompt_button(self, *, is_yes: bool) -> tuple[int, int] | None:
        """Where a button of the browser's prompt is on the screen, if there is a prompt."""
        place = self.chrome(scripts.PROMPT_BUTTON, is_yes)
        return (place[0], place[1]) if place else None

    def shortcut_pressed(self, _worker: str) -> None:
        """Raise the browser's event of our keyboard shortcut in the tab that shows a site."""
        self.chrome(scripts.SHORTCUT)
