"""The browser's DevTools protocol, for what no person and no page can do: killing a worker."""

from __future__ import annotations

import itertools
import json
import urllib.request
from typing import Any, cast

import websocket
from selenium.webdriver.chrome.webdriver import WebDriver


class DevTools:
    """One connection to the whole browser."""

    def __init__(self, driver: WebDriver) -> None:
        options = cast("dict[str, str]", driver.capabilities["goog:chromeOptions"])
        address = options["debuggerAddress"]
        with urllib.request.urlopen(f"http://{address}/json/version") as reply:
            url = json.load(reply)["webSocketDebuggerUrl"]
        self._socket = websocket.create_connection(url, suppress_origin=True, timeout=30)
        self._ids = itertools.count(1)

    def __enter__(self) -> DevTools:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._socket.close()

    def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its own answer."""
        number = next(self._ids)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return answer["result"]

    def targets(self, kind: str) -> list[dict[str, Any]]:
        """All targets of a type: page, worker, service_worker, background_page."""
        everything = self.call("Target.getTargets", filter=[{}])["targetInfos"]
        return [target for target in everything if target["type"] == kind]

    def evaluate(self, target_id: str, expression: str) -> Any:
        """Evaluate JavaScript in a target, awaiting a promise."""
        session = self.call("Target.attachToTarget", targetId=target_id, flatten=True)["sessionId"]
        try:
            answer = self.call(
                "Runtime.evaluate",
                session,
                expression=expression,
                awaitPromise=True,
                returnByValue=True,
            )
            assert "exceptionDetails" not in answer, answer
            return answer["result"].get("value")
        finally:
            self.call("Target.detachFromTarget", sessionId=session)

    def engine(self) -> str:
        """Target id of the engine document."""
        return next(
            target["targetId"]
            for target in self.targets("background_page")
            if target["url"].endswith("/engine/engine.html")
        )

    def workers(self) -> dict[str, str]:
        """Target ids of the engine's workers by their names."""
        return {target["title"]: target["targetId"] for target in self.targets("worker")}

    def close_target(self, target_id: str) -> None:
        """End a document, as the browser does when it is short of memory."""
        self.call("Target.closeTarget", targetId=target_id)

    def end_worker(self, name: str) -> None:
        """End a worker from inside, of which its owner is told nothing."""
        # At once, the worker might be gone before the answer.
        target = self.workers()[name]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Runtime.evaluate", session, expression="setTimeout(() => self.close())")
