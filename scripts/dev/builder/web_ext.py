"""Mozilla's linter on Firefox's build, with a reason for every warning that stays.

Decides: which of the linter's warnings are accepted, and why. store/LINT.md lists them for
reviewers; run as a program, this writes it.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.paths import BUILD, NODE_MODULES, ROOT
from dev.terminal import exit_with, run_quietly

REPORT = ROOT / "store" / "LINT.md"
REPORT_HEAD = """# What `web-ext lint` says of Firefox's package

Written by the linter's step of `scripts/check`, which compares. No errors; each warning that stays
has its reason.

| times | warning | file | why it stays |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Explained:
    """A warning that stays: where it comes up, and why it is right as it is."""

    code: str
    file: str
    about: str
    reason: str


Message = dict[str, Any]
"""As the linter gives it."""

EXPLAINED = (
    Explained(
        "UNSUPPORTED_API",
        "content/pointer.js",
        "dom.openOrClosedShadowRoot",
        "Asked for with ?. where it exists: Chromium sees into closed shadow roots with it.",
    ),
    Explained(
        "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION",
        "manifest.json",
        "data_collection_permissions",
        "Firefox for Android is not a target.",
    ),
    Explained(
        "UNSAFE_VAR_ASSIGNMENT",
        "vendor/",
        "import",
        "Released runtimes load their own modules, from the package: the CSP allows no other.",
    ),
    Explained(
        "DANGEROUS_EVAL",
        "vendor/pyodide/",
        "eval",
        "Emscripten's glue for calls that we never make; the CSP would refuse them.",
    ),
    Explained(
        "DANGEROUS_EVAL",
        "vendor/onnxruntime/",
        "eval",
        "The same glue, in the build with WebGPU.",
    ),
)


def main() -> int:
    """Write the report of the build that there is."""
    REPORT.write_text(report(_messages(BUILD / "firefox")), encoding="utf-8")
    return 0


def lint(build: Path) -> list[str]:
    """Lint the built extension.

    Returns
    -------
    list of str
        What is wrong, one line each: errors, warnings without an explanation, explanations
        that no warning needs any more, and a report that is out of date.
    """
    try:
        messages = _messages(build)
    except ValueError as error:
        return [str(error)]
    wrong = [_line(message) for message in messages if _explanation(message) is None]
    used = {_explanation(message) for message in messages}
    wrong += [
        f"no longer needed: {known.code} ({known.about})"
        for known in EXPLAINED
        if known not in used
    ]
    if not wrong and report(messages) != REPORT.read_text(encoding="utf-8"):
        wrong.append("store/LINT.md says something else: see scripts/dev/builder/web_ext.py")
    return wrong


def report(messages: list[Message]) -> str:
    """Give the warnings with their reasons, as a table."""
    rows = Counter(
        (message["code"], str(message.get("file", "")), known.reason)
        for message in messages
        if (known := _explanation(message))
    )
    lines = [f"| {rows[row]} | `{row[0]}` | `{row[1]}` | {row[2]} |\n" for row in sorted(rows)]
    return REPORT_HEAD + "".join(lines)


def _messages(build: Path) -> list[Message]:
    """Ask the linter.

    Raises
    ------
    ValueError
        If it gives no answer.
    """
    web_ext = NODE_MODULES / ".bin" / "web-ext"
    asked = [web_ext, "lint", "--source-dir", build, "--output", "json", "--no-config-discovery"]
    answer = run_quietly(asked)
    if not answer.stdout.strip():
        raise ValueError(f"web-ext did not answer: {answer.stderr.strip()}")
    found: dict[str, list[Message]] = json.loads(answer.stdout)
    return found["errors"] + found["warnings"] + found["notices"]


def _explanation(message: Message) -> Explained | None:
    """Find the reason for a warning; an error never has one."""
    if message["_type"] == "error":
        return None
    place, text = str(message.get("file", "")), f"{message['message']} {message['description']}"
    return next(
        (
            known
            for known in EXPLAINED
            if known.code == message["code"]
            and place.startswith(known.file)
            and known.about in text
        ),
        None,
    )


def _line(message: Message) -> str:
    place = f"{message.get('file', '')}:{message.get('line', '')}"
    return f"{message['_type']} {message['code']} {place} {message['message']}"


if __name__ == "__main__":
    exit_with(main)
