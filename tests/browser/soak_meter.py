"""What a browser and the extension in it hold: memory, handles, workers, listeners, stores."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from clicks import worker
from dev.processes import KILOBYTE, PROC, descendants, read_number
from offcut_browser import OffcutBrowser
from popup_page import remove_jobs
from stores import stores
from waiting import until

MB = 1e6
LARGE_MB = 1
"""What a memory of WebAssembly has at least that counts: a worker that begins has a page of it."""
ALIGNED = 1 << 32
"""Chromium reserves so much address room for each memory, and begins it at a multiple."""
MAPPING = re.compile(r"([0-9a-f]+)-[0-9a-f]+ (..)")
PASSING = frozenset({"fetcher", "model_store"})
"""Workers that end by themselves when they have had nothing to do for a while."""
ALONE = frozenset({"model", "python"})
"""Workers of which there is one: one that was ended goes on for a moment in what it computes."""
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


def assembly_memory(root: int) -> dict[str, float]:
    """Resident memories of WebAssembly, of Python's, the models' and the PNG workers: MB, how many.

    One that is not given back when its worker ends shows here, as does a Python that grows.
    """
    found = {"assembly": 0.0, "assemblies": 0.0}
    for pid in descendants(root) - {root}:
        with suppress(OSError):
            if b"--extension-process" not in (PROC / str(pid) / "cmdline").read_bytes():
                continue
            is_one = False
            for line in (PROC / str(pid) / "smaps").read_text(encoding="utf-8").splitlines():
                if mapping := MAPPING.match(line):
                    is_one = int(mapping[1], 16) % ALIGNED == 0 and mapping[2] == "rw"
                elif is_one and line.startswith("Rss:"):
                    megabytes = int(line.split()[1]) * KILOBYTE / MB
                    found["assembly"] += megabytes
                    found["assemblies"] += megabytes > LARGE_MB
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


def await_ended(browser: OffcutBrowser) -> None:
    """Wait until workers that were ended are gone, with their memory."""

    def twice() -> set[str]:
        titles = [target["title"] for target in browser.devtools.targets("worker")]
        return {title for title in ALONE if titles.count(title) > 1}

    until(lambda: not twice(), "the end of workers that have been replaced")


def sample(browser: OffcutBrowser) -> dict[str, float]:
    """Everything that is measured, as one line of the table; garbage is no listener or node."""
    root = browser.driver.service.process.pid
    await_ended(browser)
    taken = memory(root) | assembly_memory(root)
    collect_garbage(browser)
    return taken | engine_costs(browser)


def left_over(browser: OffcutBrowser) -> dict[str, Any]:
    """What is there when no job is: it must not depend on how many there were."""
    browser.close_results()
    remove_jobs(browser)
    await_ended(browser)
    collect_garbage(browser)
    kept = stores(browser)
    tools = browser.devtools
    titles = [target["title"] for target in tools.targets("worker")]
    return {
        "workers": sorted(title for title in titles if title not in PASSING),
        "pages": len(tools.targets("page")),
        "documents": len(tools.targets("background_page")),
        "badge": tools.evaluate(worker(browser), BADGE),
        "keys": sorted([*kept.get("local", {}), *kept.get("session", {})]),
        "stores": sorted(kept),
    }
