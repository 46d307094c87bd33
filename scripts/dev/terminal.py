"""What a command says, and how it stops: one plain sentence, then an exit code.

Decides: how an error of a command is told, and its exit code.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SETUP_FAILED = 2


class SetupError(Exception):
    """Something on this machine is missing; the message says what and how to get it."""


def say(text: str) -> None:
    """Print one line at once, also when the output goes to a file."""
    print(text, flush=True)


def run_quietly(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says.

    Raises
    ------
    SetupError
        If the program is not there. A failing exit code is the caller's to judge.
    """
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(env) if env is not None else None,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise SetupError(f"The program {command[0]} was not found on this machine.") from None


def exit_with(main: Callable[[], int]) -> None:
    """Run a command's `main` and turn a `SetupError` into a sentence and exit code 2."""
    try:
        code = main()
    except SetupError as error:
        print(f"{error}", file=sys.stderr)
        code = SETUP_FAILED
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
