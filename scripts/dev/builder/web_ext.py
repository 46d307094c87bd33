"""Mozilla's linter on Firefox's build, with a reason for every warning that stays.

Decides: which of the linter's warnings are accepted, and why.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.paths import NODE_MODULES
from dev.terminal import run_quietly


@dataclass(frozen=True, slots=True)
class Explained:
    """A warning that stays: where it comes up, and why it is right as it is."""

    code: str
    file: str
    about: str
    reason: str


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


def lint(build: Path) -> list[str]:
    """Lint the built extension.

    Returns
    -------
    list of str
        What is wrong, one line each: errors, warnings without an explanation, and
        explanations that no warning needs any more.
    """
    web_ext = NODE_MODULES / ".bin" / "web-ext"
    asked = [web_ext, "lint", "--source-dir", build, "--output", "json", "--no-config-discovery"]
    answer = run_quietly(asked)
    if not answer.stdout.strip():
        return [f"web-ext did not answer: {answer.stderr.strip()}"]
    found: dict[str, list[dict[str, Any]]] = json.loads(answer.stdout)
    messages = found["errors"] + found["warnings"] + found["notices"]
    wrong = [_line(message) for message in messages if _explanation(message) is None]
    used = {_explanation(message) for message in messages}
    idle = [known for known in EXPLAINED if known not in used]
    return wrong + [f"no longer needed: {known.code} ({known.about})" for known in idle]


def _explanation(message: dict[str, Any]) -> Explained | None:
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


def _line(message: dict[str, Any]) -> str:
    place = f"{message.get('file', '')}:{message.get('line', '')}"
    return f"{message['_type']} {message['code']} {place} {message['message']}"
