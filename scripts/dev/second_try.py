"""A second try for the few tests that fail beside others: alone they tell whether it was the crowd.

Decides: how many may have one, and that a test which needed it is named each time.

Of some hundreds of browser tests that run two at a time for an hour, one may meet a moment that no
other run has. Alone it either fails again, and then something is broken, or it passes: then the
test (or what it tests) is unsteady, and its name stands at the end of the run for whoever mends it.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from dev.terminal import say

MOST = 4
"""Files whose tests may have a second try; where more fail, it isn't chance. Not tests: those of a
file share a browser, and one that ends in the middle may take the next with it."""
FAILED_BEFORE = Path("v") / "cache" / "lastfailed"
SOME_FAILED = 1
"""Pytest's exit code when tests failed; others say that it could not do its work."""

Command = list[str | Path]


def passes_at_last(
    command: Command, alone: Command, folder: Path, tell: Callable[[str], object] = say
) -> bool:
    """Run tests, and the few that failed once more.

    Parameters
    ----------
    command : list of str or Path
        Pytest, with the tests.
    alone : list of str or Path
        What it is told besides for the second try, after the choice of what failed.
    folder : Path
        Where it runs. Its cache of what failed is put there.
    tell : callable
        Takes a line.

    Returns
    -------
    bool
        Whether each test has passed.
    """
    cache = folder / ".pytest_cache"
    (cache / FAILED_BEFORE).unlink(missing_ok=True)
    done = subprocess.run([*command, "-o", f"cache_dir={cache}"], cwd=folder, check=False)
    if done.returncode != SOME_FAILED:
        return done.returncode == 0
    failed = _failed(cache)
    if not 0 < len({name.partition("::")[0] for name in failed}) <= MOST:
        return False
    tell(f"\n{len(failed)} failed beside the others; once more, alone:")
    again = [*command, "-o", f"cache_dir={cache}", "--last-failed", *alone]
    if subprocess.run(again, cwd=folder, check=False).returncode != 0:
        return False
    for name in failed:
        tell(f"UNSTEADY: {name} failed beside the others and passed alone")
    return True


def _failed(cache: Path) -> list[str]:
    try:
        return list(json.loads((cache / FAILED_BEFORE).read_text()))
    except FileNotFoundError:  # it was stopped before it had written them
        return []
