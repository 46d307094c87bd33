"""All code is in the package: no script from a host, none made out of text at run time."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath

import pytest
from dev.builder.build import extension_files
from tracked import ROOT

EXTENSION = ROOT / "extension"
SUFFIXES = {".js", ".mjs", ".html"}
PATTERNS = {
    "eval": re.compile(r"(?<![\w.$])eval\s*\("),
    "new Function": re.compile(r"\bnew\s*\(?\s*Function\b|(?<![\w.$])Function\s*\(\s*['\"`]"),
    "a timer that runs text": re.compile(r"\bset(?:Timeout|Interval)\s*\(\s*['\"`]"),
    "an import from a host": re.compile(
        r"\b(?:import|export)\b[^;'\"`]{0,300}?['\"`](?:https?:)?//|\bimport\s*\(\s*['\"`](?:https?:)?//"
    ),
    # A JSON module is fetched like data, so the policy of a worker that sees pictures lets it out.
    "an import of what is no code": re.compile(
        r"\bimport\s*\([^()]{0,200},\s*\{|\bwith\s*\{\s*['\"`]?type\b"
    ),
    "a worker from a host": re.compile(r"\bnew (?:Shared)?Worker\s*\(\s*['\"`](?:https?:)?//"),
    "a script from a host": re.compile(r"<script[^>]+src\s*=\s*['\"]?(?:https?:)?//", re.I),
    "a script in a page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\son\w+\s*=\s*['\"]", re.I),
}
# Third-party files and how often they have what no policy of ours lets run: the manifest's has no
# 'unsafe-eval'. Emscripten writes both for code that has inline JavaScript; ours has none.
EXCEPTIONS: dict[str, dict[str, int]] = {
    "vendor/onnxruntime/ort-wasm-simd-threaded.jspi.mjs": {"new Function": 1},
    "vendor/pyodide/pyodide.asm.mjs": {"eval": 6},
}


def package() -> dict[str, str]:
    """Scripts and pages as they are packed, by their place."""
    files: list[tuple[PurePosixPath, Path]] = list(extension_files(EXTENSION, "chrome"))
    return {
        place.as_posix(): path.read_text(encoding="utf-8")
        for place, path in files
        if place.suffix in SUFFIXES
    }


def found_in(place: str, text: str) -> dict[str, int]:
    """How often each pattern is in a file; what only pages can have is looked for in them only."""
    named = {
        name: len(pattern.findall(text))
        for name, pattern in PATTERNS.items()
        if place.endswith(".html") or not name.endswith("in a page")
    }
    return {name: count for name, count in named.items() if count}


def test_nothing_in_the_package_runs_code_from_elsewhere() -> None:
    files = package()
    assert len(files) > 200
    found = {place: found_in(place, text) for place, text in files.items()}
    assert {place: names for place, names in found.items() if names} == EXCEPTIONS


def test_the_browser_refuses_code_that_is_made_at_run_time() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    policy = manifest["content_security_policy"]["extension_pages"]
    (rule,) = re.findall(r"script-src ([^;]+);", policy)
    assert set(rule.split()) == {"'self'", "'wasm-unsafe-eval'"}


BAD = (
    "eval('1')",
    "const f = new Function('return 1')",
    "setInterval" + "('alert(1)', 1)",
    "import x from 'https://cdn.test/x.js'",
    "await import('//cdn.test/x.js')",
    "await import(place, { with: { type: 'json' } })",
    "import data from './x.json' with { type: 'json' }",
    "new Worker('https://cdn.test/x.js')",
    "<script src=https://cdn.test/x.js></script>",
    "<script>alert(1)</script>",
    '<p onclick="x()">',
)


@pytest.mark.parametrize("text", BAD)
def test_each_pattern_is_noticed(text: str) -> None:
    assert found_in("page.html", text)
