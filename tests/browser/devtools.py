"""The browser's DevTools protocol, for what no person and no page can do: killing a worker."""

from __future__ import annotations

import itertools
import json
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import websocket
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from waiting import DEADLINE, until

# Of the protocol's errors: a session that is over, a target that there is not (any more).
GONE = ("No session with given id", "Session with given id not found", "No target with given id")
MENU_CLICKED = """chrome.tabs.query({}).then((tabs) => {
    const tab = tabs.find(({ url }) => url.startsWith('http'));
    const info = { pageUrl: tab.url, frameUrl: tab.url, ...INFO };
    chrome.contextMenus.onClicked.dispatch(info, tab);
})"""
SHORTCUT = """chrome.tabs.query({}).then((tabs) => chrome.commands.onCommand.dispatch(
    'remove_background', tabs.find(({ url }) => url?.startsWith('http'))))"""
ENDING_S = 5
"""Within which a service worker answers, if it does not end just then."""
NO_DOCUMENT_YET = "Cannot find default execution context"


class TargetGoneError(Exception):
    """A page or a worker ended before it could do or answer what it was told."""


class DevTools:
    """One connection to the whole browser."""

    to_our_entry = ("Up", "Up")
    """Keys in the context menu: our entry stands above "Inspect", the last one."""
    engine_starts = 10
    """As many starts of an engine as a test waits for."""
    sees_prompts = False
    """Its prompts can be seen on the screen only, and are answered by keys."""
    own_picture = "chrome://version/"
    """A page of the browser itself that shows a picture."""
    never_leaks: frozenset[str] = frozenset()
    """Ways out of an extension's own contexts that the browser itself has not."""
    service_worker_has_engine = False
    """The engine has a document of its own, and goes on without it."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver
        options = cast("dict[str, str]", driver.capabilities["goog:chromeOptions"])
        address = options["debuggerAddress"]
        with urllib.request.urlopen(f"http://{address}/json/version") as reply:
            url = json.load(reply)["webSocketDebuggerUrl"]
        self._socket = websocket.create_connection(url, suppress_origin=True, timeout=DEADLINE)
        self._ids = itertools.count(1)
        self._ended: set[str] = set()

    def __enter__(self) -> DevTools:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._socket.close()

    def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its own answer, empty if its page only just begins.

        Raises
        ------
        TargetGoneError
            If the target of the session is gone, which leaves the command without an answer.
        """
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._socket.send(json.dumps(message))
        answer: dict[str, Any] = {}
        while answer.get("id") != number:
            if session in self._ended:
                raise TargetGoneError(method)
            answer = self._receive()
        reason = answer.get("error", {}).get("message", "")
        if reason.startswith(GONE):
            raise TargetGoneError(reason)
        if reason == NO_DOCUMENT_YET:
            return {}
        assert "error" not in answer, answer
        return answer["result"]

    def targets(self, kind: str) -> list[dict[str, Any]]:
        """All targets of a type: page, worker, service_worker, background_page."""
        return [target for target in self._all_targets() if target["type"] == kind]

    def _all_targets(self) -> list[dict[str, Any]]:
        return self.call("Target.getTargets", filter=[{}])["targetInfos"]

    def evaluate(self, target_id: str, expression: str) -> Any:
        """Evaluate JavaScript in a target, awaiting a promise."""
        session = self._attach(target_id)
        try:
            answer = until(
                lambda: self.call(
                    "Runtime.evaluate",
                    session,
                    expression=expression,
                    awaitPromise=True,
                    returnByValue=True,
                    # Else the browser lets it do what the page's own code may not.
                    allowUnsafeEvalBlockedByCSP=False,
                ),
                "the document of a page that begins",
            )
        finally:
            with suppress(TargetGoneError):
                self.call("Target.detachFromTarget", sessionId=session)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def choose_folder(self, field: WebElement, folder: Path) -> None:
        """Choose a folder in a field of the page that is looked at."""
        field.send_keys(str(folder))

    def frames(self, page: str) -> list[str]:
        """Addresses of what the frames of a page show, also of those in another process."""
        session = self._attach(page)
        tree = self.call("Page.getFrameTree", session)["frameTree"]
        self.call("Target.detachFromTarget", sessionId=session)
        apart = {target["targetId"]: target["url"] for target in self.targets("iframe")}
        children = [child["frame"] for child in tree.get("childFrames", [])]
        return [apart.pop(frame["id"], frame["url"]) for frame in children] + list(apart.values())

    def engine(self) -> str:
        """Target id of the engine document."""
        return next(
            target["targetId"]
            for target in self.targets("background_page")
            if target["url"].endswith("/engine/engine.html")
        )

    def end_engine(self) -> None:
        """End the engine document, with all that is under way in it."""
        self.close_target(self.engine())

    def let_it_load_anew(self) -> None:
        """Turn on developer mode: Chromium 156 loads an unpacked extension anew in that only."""
        self._driver.get("chrome://extensions/")
        self._driver.execute_async_script(
            """const change = { inDeveloperMode: true };
            chrome.developerPrivate.updateProfileConfiguration(change, arguments[0]);"""
        )

    def process(self) -> int:
        """Id of the browser's own process."""
        processes = self.call("SystemInfo.getProcessInfo")["processInfo"]
        return next(process["id"] for process in processes if process["type"] == "browser")

    def workers(self) -> dict[str, str]:
        """Target ids of the engine's workers by their names."""
        return {target["title"]: target["targetId"] for target in self.targets("worker")}

    def close_target(self, target_id: str) -> None:
        """End a document, as the browser does when it is short of memory, and wait for its end."""
        session = self._attach(target_id)
        self.call("Target.closeTarget", targetId=target_id)
        self._await_end(target_id, session)

    def end_service_worker(self, target_id: str) -> None:
        """End a service worker, as the browser may at any time, and wait until it is gone.

        One that is needed begins again at once, and may have the same target.
        """
        self.evaluate(target_id, "self.isFormer = true")
        # Not attached: a session would keep it.
        self.call("Target.closeTarget", targetId=target_id)
        until(lambda: not self._is_former(target_id), "the end of the service worker")

    def _mark_former(self, target_id: str) -> bool:
        """Mark a service worker that is to end; false if it has ended by itself."""
        try:
            self._ask_ending(target_id, "self.isFormer = true")
        except (TargetGoneError, websocket.WebSocketTimeoutException):
            return False
        return True

    def _is_former(self, target_id: str) -> bool:
        # One that has ended can be attached to, and never answers.
        if not self._is_listed(target_id):
            return False
        try:
            return self._ask_ending(target_id, "self.isFormer === true")
        except TargetGoneError:
            return False
        except websocket.WebSocketTimeoutException:
            return True  # for all that is known: whoever asked for this asks again

    def _ask_ending(self, target_id: str, expression: str) -> Any:
        """Evaluate in a service worker that may end just then.

        Raises
        ------
        TargetGoneError
        WebSocketTimeoutException
            If no answer comes soon. Its session is kept for the next worker of the same target, so
            that no end of it is told, and what the former one was asked is never answered.
        """
        self._socket.settimeout(ENDING_S)
        try:
            return self.evaluate(target_id, expression)
        finally:
            self._socket.settimeout(DEADLINE)

    def open_tab(self, address: str) -> str:
        """Open a tab behind the one that is looked at; gives its target id."""
        return self.call("Target.createTarget", url=address, background=True)["targetId"]

    @contextmanager
    def woken_by(self, page: str) -> Generator[None]:
        """Have a service worker, by a page that asks it something."""
        opened = self.open_tab(page)
        yield
        self.close_target(opened)

    def menu_clicked(self, worker: str, info: dict[str, Any]) -> None:
        """Raise the browser's event of a click on our entry, in the tab that shows a site."""
        self.evaluate(worker, MENU_CLICKED.replace("INFO", json.dumps(info)))

    def await_menus(self) -> None:
        """Wait until the menus take keys: at once, those of Chromium do when they are there."""

    def to_entry_above(self, below: int) -> list[str]:
        """Keys to our entry in a menu in which so many of the browser's stand below it."""
        return ["Up"] * (below + 1)

    def prompt_button(self, *, is_yes: bool) -> tuple[int, int] | None:
        """Where a button of the browser's prompt is on the screen: nobody here knows."""
        raise NotImplementedError(f"is_yes={is_yes}")

    def shortcut_pressed(self, worker: str) -> None:
        """Raise the browser's event of our keyboard shortcut, in the tab that shows a site."""
        self.evaluate(worker, SHORTCUT)

    def stop_service_workers(self) -> None:
        """End the service workers, as the browser does when they had nothing to do for a while.

        One that is needed begins again at once: in the middle of a batch there is always one.
        """
        running = [target["targetId"] for target in self.targets("service_worker")]
        former = [target_id for target_id in running if self._mark_former(target_id)]

        def are_gone() -> bool:
            self._driver.execute_cdp_cmd("ServiceWorker.stopAllWorkers", {})
            return not any(self._is_former(target_id) for target_id in former)

        self._driver.execute_cdp_cmd("ServiceWorker.enable", {})
        until(are_gone, "the service worker's end")
        self._driver.execute_cdp_cmd("ServiceWorker.disable", {})

    def end_worker(self, name: str) -> None:
        """End a worker from inside, of which its owner is told nothing, and wait until it is gone.

        Its owner may end it first: it does so when a page is closed in the middle of its work.
        """
        # At once, the worker might be gone before the answer.
        expression = "setTimeout(() => self.close())"
        target_id = self.workers()[name]
        try:
            session = self._attach(target_id)
            answer = self.call("Runtime.evaluate", session, expression=expression)
        except TargetGoneError:
            return
        assert "exceptionDetails" not in answer, answer
        self._await_end(target_id, session)

    def _await_end(self, target_id: str, session: str) -> None:
        """Wait until a target is gone, first for its session with us and then for its entry."""
        while session not in self._ended:
            self._receive()
        # The browser lists it a moment longer.
        until(lambda: not self._is_listed(target_id), f"{target_id} to be listed no more")

    def _is_listed(self, target_id: str) -> bool:
        return any(target["targetId"] == target_id for target in self._all_targets())

    def _receive(self) -> dict[str, Any]:
        """Wait for the next message, an answer or an event, and note which session it ends."""
        message: dict[str, Any] = json.loads(self._socket.recv())
        if message.get("method") == "Target.detachedFromTarget":
            self._ended.add(message["params"]["sessionId"])
        return message

    def _attach(self, target_id: str) -> str:
        """Open a session with a target."""
        return self.call("Target.attachToTarget", targetId=target_id, flatten=True)["sessionId"]
