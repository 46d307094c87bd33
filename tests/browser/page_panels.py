"""Our panels and marks over a page, which its own scripts cannot see: through the DevTools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from offcut_browser import OffcutBrowser
from selenium.common.exceptions import WebDriverException
from waiting import until

Node = dict[str, Any]

PANEL, MARK = "panel", "mark"
OURS = "div:empty:not([id], [class], [style])"
"""What a page can see of a panel or a mark: an empty element."""


def nodes(browser: OffcutBrowser, kind: str = PANEL) -> list[Node]:
    """Everything inside of our panels or marks in the page that is looked at."""
    return [inner for host in hosts(browser, kind) for inner in walk(host)]


def panels(browser: OffcutBrowser) -> int:
    """Count our panels over the page that is looked at."""
    return len(hosts(browser, PANEL))


def hosts(browser: OffcutBrowser, kind: str) -> list[Node]:
    """Elements of the page that hold our panels or marks: for its scripts like any other."""
    answer = browser.driver.execute_cdp_cmd("DOM.getDocument", {"depth": -1, "pierce": True})
    return [node for node in walk(answer["root"]) if kind_of(node) == kind]


def kind_of(node: Node) -> str:
    """What a closed shadow root of an element holds; empty where there is none."""
    roots = [root for root in node.get("shadowRoots", []) if root["shadowRootType"] == "closed"]
    inside = [each for root in roots for each in walk(root) if "lang" in each.get("attributes", [])]
    if not inside:
        return ""
    return PANEL if "class" in inside[0]["attributes"] else MARK


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, in shadow roots and frames, too."""
    yield node
    below = ("children", "shadowRoots")
    for child in [each for name in below for each in node.get(name, [])]:
        yield from walk(child)
    if "contentDocument" in node:
        yield from walk(node["contentDocument"])


def said(browser: OffcutBrowser, kind: str = PANEL) -> str:
    """All words of our panels or marks."""
    return " ".join(node["nodeValue"] for node in nodes(browser, kind) if node["nodeType"] == 3)


def place_of(browser: OffcutBrowser, label: str) -> tuple[float, float]:
    """The middle of a panel's button, in CSS pixels of the window."""

    def look() -> tuple[float, float] | None:
        for button in nodes(browser):
            if button["nodeName"] != "BUTTON":
                continue
            words = [node.get("nodeValue", "") for node in walk(button)]
            if label in words:
                return middle(browser, button)
        return None

    return until(look, f"the button {label}")


def middle(browser: OffcutBrowser, node: Node) -> tuple[float, float] | None:
    """The middle of a node, None where it is not drawn."""
    where = {"backendNodeId": node["backendNodeId"]}
    try:
        box = browser.driver.execute_cdp_cmd("DOM.getBoxModel", where)
    except WebDriverException:
        return None
    x, y = box["model"]["content"][0:2]
    right, bottom = box["model"]["content"][4:6]
    return (x + right) / 2, (y + bottom) / 2


def press_in_panel(browser: OffcutBrowser, label: str) -> None:
    """Click a panel's button with the browser's own pointer, which goes where a person's would."""
    x, y = place_of(browser, label)
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
