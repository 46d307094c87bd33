"""What a run found: JSON, a table in Markdown, and a plot in SVG."""

from __future__ import annotations

import html
import json
import os
import platform
from pathlib import Path
from typing import Any

from dev.bench.measures import Samples
from dev.bench.ratios import GOALS
from dev.paths import EXTENSION

DOCS = EXTENSION / "BENCH.md"
PLOT = EXTENSION / "screenshots" / "bench.svg"
INTRODUCTION = """# Speed and memory beside the rivals

Written by `scripts/bench --docs` (with `--quick`: 12 megapixels only, batches of 6 and 2):
everything was measured in turns in one run on one machine, so only the ratios say
something about other machines. imgly is
`@imgly/background-removal` with its uint8 model in the same browser, cross-origin isolated;
rembg runs natively with the weights of "fast". "Bare" is what the browser needs for nothing but
the parts: the network alone, in onnxruntime-web as it is published (and with the kernels of our
own that the build puts in, `scripts/dev/wasm/README.md`), one copy of the pixels, the canvas's
own PNG encoder.

![Warm times](screenshots/bench.svg)

"""
BAR_HEIGHT = 18
LABEL_WIDTH = 190
PLOT_WIDTH = 560
SHOWN = ("fast", "best", "isnet-uint8", "imgly uint8", "ours native", "rembg native")


def describe_machine(browser: str) -> dict[str, Any]:
    """Say what it was measured on; the load average shows whether others were at work."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "browser": f"Chromium {browser}",
        "load_average": load_average(),
    }


def load_average() -> list[float]:
    """Say how many processes wanted a processor in the last 1, 5 and 15 minutes."""
    return [round(load, 1) for load in os.getloadavg()]


def as_json(samples: Samples, machine: dict[str, Any]) -> str:
    """Write the ratios by name, and all that was measured."""
    ratios = {goal.name: goal.value(samples) for goal in GOALS}
    reached = {
        goal.name: None if (value := ratios[goal.name]) is None else goal.is_reached(value)
        for goal in GOALS
    }
    found = {
        "ratios": ratios,
        "reached": reached,
        "machine": machine,
        "medians": {name: samples.median(name) for name in sorted(samples.values)},
        "samples": samples.values,
    }
    return json.dumps(found, indent=2) + "\n"


def as_markdown(samples: Samples, machine: dict[str, Any]) -> str:
    """Write the table of ratios and the table of times."""
    load = ", ".join(str(load) for load in machine["load_average"])
    lines = [
        f"{machine['processor']}, {machine['cores']} cores, {machine['browser']}; "
        f"load average at the end {load}.",
        "",
        "| ratio of medians | measured | wanted |",
        "|---|---|---|",
    ]
    for goal in GOALS:
        value = goal.value(samples)
        sign = "at least" if goal.at_least else "at most"
        shown = "not measured" if value is None else f"{value:.2f}"
        lines.append(f"| {goal.about} | {shown} | {sign} {goal.bound:g} |")
    lines += ["", "| what | times | median | |", "|---|---|---|---|"]
    for name in sorted(samples.values):
        median = samples.median(name)
        lines.append(f"| {name} | {len(samples.values[name])} | {median:,.0f} | {unit(name)} |")
    return "\n".join(lines) + "\n"


def write_docs(samples: Samples, machine: dict[str, Any]) -> None:
    """Write the page and the plot."""
    DOCS.write_text(INTRODUCTION + as_markdown(samples, machine), encoding="utf-8")
    PLOT.write_text(as_svg(samples), encoding="utf-8")


def unit(name: str) -> str:
    """Say what the samples of a name are counted in."""
    if name.endswith("/bytes"):
        return "bytes"
    return {"memory": "MB", "batch": "a minute"}.get(name.partition("/")[0], "ms")


def as_svg(samples: Samples) -> str:
    """Draw the warm times as bars, one group for each size of picture."""
    groups: dict[str, list[tuple[str, float]]] = {}
    for name in samples.values:
        size, _, what = name.partition("/")
        median = samples.median(name)
        if size.endswith(" MP") and what in SHOWN and median is not None:
            groups.setdefault(size, []).append((what, median / 1000))
    longest = max((value for bars in groups.values() for _, value in bars), default=1.0)
    rows: list[str] = []
    y = BAR_HEIGHT
    for size, bars in groups.items():
        rows.append(f'<text x="0" y="{y}" font-weight="bold">{html.escape(size)}</text>')
        for what, seconds in bars:
            y += BAR_HEIGHT
            width = PLOT_WIDTH * seconds / longest
            kind = "rival" if "imgly" in what or "rembg" in what else "ours"
            rows.append(
                f'<text x="12" y="{y}">{html.escape(what)}</text>'
                f'<rect class="{kind}" x="{LABEL_WIDTH}" y="{y - 11}" '
                f'width="{width:.1f}" height="13"/>'
                f'<text x="{LABEL_WIDTH + width + 6:.1f}" y="{y}">{seconds:.1f} s</text>'
            )
        y += 2 * BAR_HEIGHT
    width = LABEL_WIDTH + PLOT_WIDTH + 60
    style = (
        "svg { background: #fff } text { font: 12px sans-serif; fill: #222 }"
        " .ours { fill: #2b6cb0 } .rival { fill: #b7b7b7 }"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y}" '
        f'viewBox="0 0 {width} {y}"><style>{style}</style>{"".join(rows)}</svg>\n'
    )
