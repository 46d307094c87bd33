"""The commands of Chromium's DevTools protocol that the tests use, as Firefox does them.

Decides: only how each is done; what is not here is not for Firefox, and its tests are listed in
`not_in_firefox.json`.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path
from typing import Any, cast

from firefox_tools import FirefoxTools
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.interaction import POINTER_TOUCH
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.firefox.webdriver import WebDriver

Parameters = dict[str, Any]
Command = Callable[[Parameters], Parameters]

# With the browser's rights: it sees into closed shadow roots. A node's id is its place in the walk.
TREE = """
    const nodes = [];
    const walk = (node) => {
        const { nodeName, nodeType, nodeValue } = node;
        const told = { nodeName, nodeType, nodeValue, backendNodeId: nodes.push(node) - 1 };
        told.attributes = [...(node.attributes ?? [])].flatMap(({ name, value }) => [name, value]);
        const inside = node.openOrClosedShadowRoot;
        if (inside) told.shadowRoots = [{ ...walk(inside), shadowRootType: inside.mode }];
        if (node.contentDocument) told.contentDocument = walk(node.contentDocument);
        told.children = [...node.childNodes].map(walk);
        return told;
    };
    const root = walk(document);
"""
BOX = """
    const node = nodes[NUMBER];
    const box = node?.isConnected ? node.getBoundingClientRect() : null;
    if (!box?.width) return null;
    const { left, top, right, bottom } = box;
    return { model: { content: [left, top, right, top, right, bottom, left, bottom] } };
"""

VIEWPORT = """
    const [handleOfPage, size] = rest;
    const { linkedBrowser } = tabs().find((tab) => handle(tab) === handleOfPage);
    for (const side of ['width', 'height']) {
        for (const name of [side, `min-${side}`, `max-${side}`]) {
            if (size) linkedBrowser.style.setProperty(name, `${size[side]}px`, 'important');
            else linkedBrowser.style.removeProperty(name);
        }
    }
    return true;
"""
MEDIA = """
    const [handleOfPage, features] = rest;
    const context = contextOf(handleOfPage);
    const of = (name) => features.find((feature) => feature.name === name)?.value;
    context.prefersColorSchemeOverride = of('prefers-color-scheme') || 'none';
    context.forcedColorsOverride = of('forced-colors') || 'none';
    const calm = of('prefers-reduced-motion') === 'reduce';
    if (calm) Services.prefs.setIntPref('ui.prefersReducedMotion', 1);
    else Services.prefs.clearUserPref('ui.prefersReducedMotion');
    return true;
"""
# What the browser's own script puts into it the page could not read.
DRAGGED = """
    const [name, type, encoded] = arguments;
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    window.dragged = new DataTransfer();
    window.dragged.items.add(new File([bytes], name, { type }));
"""
# Of the kind that the browser makes: the page's code takes it for one of a person.
DRAG = """
    const [clientX, clientY] = PLACE;
    const dataTransfer = Cu.unwaiveXrays(window.wrappedJSObject.dragged);
    const way = { bubbles: true, cancelable: true, composed: true };
    const target = document.elementFromPoint(clientX, clientY) ?? document.documentElement;
    const event = new window.DragEvent('KIND', { ...way, clientX, clientY, dataTransfer });
    window.windowUtils.dispatchDOMEventViaPresShellForTesting(target, event);
"""
DRAG_EVENTS = {
    "dragEnter": "dragenter",
    "dragOver": "dragover",
    "dragCancel": "dragleave",
    "drop": "drop",
}
COOKIES = "return Services.cookies.cookies.map(({ host }) => ({ domain: host }));"


class FirefoxCommands:
    """Does these commands in the page that the driver looks at."""

    def __init__(self, driver: WebDriver, tools: FirefoxTools) -> None:
        self._driver = driver
        self._tools = tools
        self._commands: dict[str, Command] = {
            "DOM.getDocument": self._tree,
            "DOM.getBoxModel": self._box,
            "Input.dispatchDragEvent": self._drag,
            "Input.dispatchMouseEvent": self._mouse,
            "Input.dispatchTouchEvent": self._touch,
            "Runtime.evaluate": self._as_a_person,
            "Emulation.setDeviceMetricsOverride": self._viewport,
            "Emulation.clearDeviceMetricsOverride": self._whole_window,
            "Emulation.setEmulatedMedia": self._media,
            "Network.enable": lambda _: {},
            "Network.setBlockedURLs": self._block,
            "Network.disable": lambda _: {},
            "Storage.getCookies": self._cookies,
        }

    def execute(self, name: str, parameters: Parameters) -> Parameters:
        """Do one; it takes the place of the driver's `execute_cdp_cmd`."""
        return self._commands[name](parameters)

    def _tree(self, _: Parameters) -> Parameters:
        return {"root": self._tools.privileged(f"{TREE} return root;")}

    def _box(self, parameters: Parameters) -> Parameters:
        script = TREE + BOX.replace("NUMBER", str(parameters["backendNodeId"]))
        box = self._tools.privileged(script)
        if box is None:
            raise WebDriverException("the node is not drawn")
        return box

    def _drag(self, event: Parameters) -> Parameters:
        file = Path(event["data"]["files"][0])
        encoded = b64encode(file.read_bytes()).decode()
        self._driver.execute_script(DRAGGED, file.name, guess_type(file)[0] or "", encoded)
        script = DRAG.replace("KIND", DRAG_EVENTS[event["type"]])
        self._tools.privileged(script.replace("PLACE", json.dumps([event["x"], event["y"]])))
        return {}

    def _mouse(self, event: Parameters) -> Parameters:
        actions = ActionBuilder(self._driver, duration=0)
        pointer: Any = actions.pointer_action
        pointer.move_to_location(round(event["x"]), round(event["y"]))
        if event["type"] == "mousePressed":
            pointer.pointer_down()
        elif event["type"] == "mouseReleased":
            pointer.pointer_up()
        actions.perform()
        return {}

    def _touch(self, event: Parameters) -> Parameters:
        if event["type"] == "touchEnd":
            ActionBuilder(self._driver).clear_actions()
            return {}
        actions = ActionBuilder(self._driver, duration=0)
        actions.devices = []
        for finger in event["touchPoints"]:
            pointer = PointerInput(POINTER_TOUCH, f"finger {finger['id']}")
            actions.devices.append(pointer)
            pointer.create_pointer_move(0, round(finger["x"]), round(finger["y"]))
            if event["type"] == "touchStart":
                pointer.create_pointer_down(button=0)
        actions.perform()
        return {}

    def _as_a_person(self, parameters: Parameters) -> Parameters:
        self._tools.privileged("document.notifyUserGestureActivation();")
        script = """const [expression, done] = arguments;
            Promise.resolve(eval(expression)).then(() => done(), () => done());"""
        self._driver.execute_async_script(script, parameters["expression"])
        return {}

    def _viewport(self, size: Parameters) -> Parameters:
        self._tools.chrome(VIEWPORT, self._driver.current_window_handle, size)
        return {}

    def _whole_window(self, _: Parameters) -> Parameters:
        self._tools.chrome(VIEWPORT, self._driver.current_window_handle, None)
        return {}

    def _media(self, parameters: Parameters) -> Parameters:
        self._tools.chrome(MEDIA, self._driver.current_window_handle, parameters["features"])
        return {}

    def _block(self, parameters: Parameters) -> Parameters:
        self._tools.block([url.removeprefix("*") for url in parameters["urls"]])
        return {}

    def _cookies(self, _: Parameters) -> Parameters:
        return {"cookies": cast("list[Parameters]", self._tools.chrome(COOKIES))}
