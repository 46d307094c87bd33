"""The one gate: format, lint, types, and every test. CI runs this and nothing else."""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dev.builder.build import build
from dev.builder.web_ext import lint
from dev.environment import (
    BROWSER_PROGRAMS,
    DESKTOP_PROGRAMS,
    ensure_node,
    ensure_programs,
    ensure_python,
    firefox_programs,
)
from dev.paths import EXTENSION, NODE_MODULES, ROOT
from dev.second_try import passes_at_last
from dev.terminal import exit_with, run_quietly, say

Command = list[str | Path]
JS_TESTS = ROOT / "tests" / "js"
# The tests of one file share a browser.
TWO_FILES = ("-n", "2", "--dist", "loadfile")
ALONE = ("-n", "0")
JS_FOLDERS = (EXTENSION, JS_TESTS)
BROWSER_TESTS = ROOT / "tests" / "browser"
# What a person does with it; all that runs there would take longer than all of Chromium's.
MAIN_JOB = (
    "test_right_click.py",
    "test_click_actions.py",
    "test_event_page.py",
    "test_installed.py",
    "test_popup.py",
    "test_settings.py",
    "test_workbench_queue.py",
    "models/test_own_files.py",
)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/check", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="repair formatting first")
    parser.add_argument("--fast", action="store_true", help="leave the browser tests out")
    parser.add_argument(
        "--firefox",
        action="store_true",
        help="every test that runs in Firefox, not the main job only",
    )
    options = parser.parse_args()
    started = time.monotonic()
    python = ensure_python()
    ensure_node()
    if not options.fast:
        ensure_programs(BROWSER_PROGRAMS | DESKTOP_PROGRAMS | firefox_programs())
    build()
    folder, _ = build("firefox")
    say(f"set-up: {time.monotonic() - started:.1f} s")
    if options.fix:
        _repair(python)
    failed = [name for name, step in _steps(python, folder, options) if not _run(name, step)]
    say(f"\n{time.monotonic() - started:.1f} s in all")
    if failed:
        say(f"FAILED: {', '.join(failed)}")
        return 1
    say("All checks passed" + (", the browser tests left out." if options.fast else "."))
    return 0


def _repair(python: Path) -> None:
    """Put in order what the tools can; what they can't is found by the checks."""
    run_quietly([python, "-m", "ruff", "check", "--fix", "--quiet"], cwd=ROOT)
    run_quietly([python, "-m", "ruff", "format", "--quiet"], cwd=ROOT)
    run_quietly([_tool("biome"), "check", "--write", *JS_FOLDERS], cwd=EXTENSION)


def _steps(
    python: Path, folder: Path, options: argparse.Namespace
) -> list[tuple[str, Callable[[], bool]]]:
    return [
        ("ruff format", lambda: _passes([python, "-m", "ruff", "format", "--check"])),
        ("ruff check", lambda: _passes([python, "-m", "ruff", "check"])),
        ("pyright", lambda: _passes([_tool("pyright")])),
        ("tsc pages", lambda: _passes([_tool("tsc"), "-p", EXTENSION / "tsconfig.json"])),
        ("tsc workers", lambda: _passes([_tool("tsc"), "-p", EXTENSION / "tsconfig.worker.json"])),
        ("biome", lambda: _passes([_tool("biome"), "ci", "--colors=off", *JS_FOLDERS], EXTENSION)),
        ("web-ext lint", lambda: _is_clean(lint(folder))),
        ("node tests", lambda: _passes(["node", "--test", *sorted(JS_TESTS.glob("*.test.js"))])),
        (
            "pytest",
            lambda: (
                _tests_pass(python) if options.fast else _all_tests_pass(python, options.firefox)
            ),
        ),
    ]


def _run(name: str, step: Callable[[], bool]) -> bool:
    started = time.monotonic()
    passed = step()
    say(f"{name}: {'ok' if passed else 'FAILED'}, {time.monotonic() - started:.1f} s")
    return passed


def _tests_pass(python: Path) -> bool:
    command: Command = [python, "-m", "pytest", "-m", "not browser"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _browser_tests_pass(python: Path, *more: str | Path) -> bool:
    command: Command = [python, "-m", "pytest", "-m", "browser", *TWO_FILES, *more]
    return passes_at_last(command, list(ALONE), ROOT)


def _all_tests_pass(python: Path, all_in_firefox: bool) -> bool:
    """Run the browser tests, in Chromium and in Firefox, and all others in the time they leave.

    Of the browser tests two files run at a time, and what fails has a second try alone.

    A browser test waits for much: for a page, for the other side. The others wait for nothing, so
    that they come last wherever both could go on, and what they say is shown afterwards.
    """
    others: Command = ["nice", "-n", "10", python, "-m", "pytest", "-m", "not browser"]
    # The cache of what failed belongs to one run at a time.
    others += ["-p", "no:cacheprovider", "--color=no"]
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(others, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        try:
            passed = _browser_tests_pass(python)
            chosen = (
                [BROWSER_TESTS] if all_in_firefox else [BROWSER_TESTS / name for name in MAIN_JOB]
            )
            passed = _browser_tests_pass(python, "--browser=firefox", *chosen) and passed
        finally:
            is_fine = running.wait() == 0
        say("\nThe tests without a browser:")
        said.seek(0)
        sys.stdout.write(said.read())
    return passed and is_fine


def _passes(command: Command, cwd: Path = ROOT) -> bool:
    """Run one tool; what it says is shown only when it complains."""
    done = run_quietly(command, cwd=cwd)
    if done.returncode != 0:
        sys.stdout.write(done.stdout + done.stderr)
    return done.returncode == 0


def _is_clean(problems: list[str]) -> bool:
    for problem in problems:
        say(problem)
    return not problems


def _tool(name: str) -> Path:
    return NODE_MODULES / ".bin" / name


if __name__ == "__main__":
    exit_with(main)
