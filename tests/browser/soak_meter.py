"""What a browser and the extension in it hold: memory, handles, workers, listeners, stores."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from clicks import worker
from dev.processes import KILOBYTE, PROC, descendants, read_number
from offcut_browser import OffcutBrowser
from stores import stores
from waiting import until

MB = 1e6
BADGE = "chrome.action.getBadgeText({})"


def memory(root: int) -> dict[str, float]:
    """Megabytes (a page that several processes share counts once), processes, open handles."""
    found = {"memory": 0.0, "extension": 0.0, "processes": 0.0, "handles": 0.0}
    for pid in descendants(root) - {root}:
        megabytes = read_number(PROC / str(pid) / "smaps_rollup", "Pss") * KILOBYTE / MB
        found["memory"] += megabytes
        with suppress(OSError):  # it may have just ended
            found["handles"] += len(list((PROC / str(pid) / "fd").iterdir()))
            found["processes"] += 1
            command = (PROC / str(pid) / "cmdline").read_bytes()
            found["extension"] += megabytes if b"--extension-process" in command else 0
    return found


def engine_costs(browser: OffcutBrowser) -> dict[str, float]:
    """What the engine's document holds. Its workers are counted only.

    One that is being ended takes a question of the tools, and never answers.
    """
    tools = browser.devtools
    session = tools.call("Target.attachToTarget", targetId=tools.engine(), flatten=True)
    session_id = session["sessionId"]
    tools.call("Performance.enable", session_id)
    metrics: list[dict[str, Any]] = tools.call("Performance.getMetrics", session_id)["metrics"]
    tools.call("Target.detachFromTarget", sessionId=session_id)
    found = {each["name"]: float(each["value"]) for each in metrics}
    return {
        "listeners": found["JSEventListeners"],
        "nodes": found["Nodes"],
        "heap": found["JSHeapUsedSize"] / MB,
        "workers": len(tools.targets("worker")),
    }


def collect_garbage(browser: OffcutBrowser) -> None:
    """Let go of what only waits for that, in the engine's document."""
    tools = browser.devtools
    session = tools.call("Target.attachToTarget", targetId=tools.engine(), flatten=True)
    tools.call("HeapProfiler.collectGarbage", session["sessionId"])
    tools.call("Target.detachFromTarget", sessionId=session["sessionId"])


def sample(browser: OffcutBrowser) -> dict[str, float]:
    """Everything that is measured, as one line of the table."""
    return memory(browser.driver.service.process.pid) | engine_costs(browser)


def left_over(browser: OffcutBrowser) -> dict[str, Any]:
    """What is there when no job is: it must not depend on how many there were."""
    browser.close_results()
    browser.open_popup()
    for job, _ in browser.job_states():
        browser.press(job, "remove")
    until(lambda: browser.job_states() == [], "an empty list")
    collect_garbage(browser)
    kept = stores(browser)
    tools = browser.devtools
    return {
        "workers": sorted(target["title"] for target in tools.targets("worker")),
        "pages": len(tools.targets("page")),
        "documents": len(tools.targets("background_page")),
        "badge": tools.evaluate(worker(browser), BADGE),
        "keys": sorted([*kept.get("local", {}), *kept.get("session", {})]),
        "stores": sorted(kept),
    }
