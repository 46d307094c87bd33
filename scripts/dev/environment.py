"""Sets a clone up: Python packages, npm tools and the browser. Instant when nothing changed.

Decides: when packages are installed anew, the oldest Node, which Debian packages are asked for,
and what is said when one is missing.
"""

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

from dev.paths import EXTENSION, NODE_MODULES, ROOT, SCRIPTS, VENV
from dev.terminal import SetupError, run_quietly, say

OLDEST_NODE = 20
# program -> Debian package
BROWSER_PROGRAMS = {"chromium": "chromium", "chromedriver": "chromium-driver"}
FIREFOX = ("firefox-esr", "firefox")
"""Names of the program; Debian has the first, and its driver comes with the Python packages."""
DESKTOP_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "xclip": "xclip"}


def ensure_python() -> Path:
    """Make `.venv` with exactly the packages of `requirements.txt`.

    Returns
    -------
    Path
        The environment's interpreter.

    Raises
    ------
    SetupError
        If Python cannot make environments, or a package can't be had.
    """
    python = venv_python()
    lock = SCRIPTS / "requirements.txt"
    stamp = _stamp(lock, extra=platform.python_version() if not in_venv() else "")
    stamp_file = VENV / ".stamp"
    if in_venv() or (python.exists() and _read(stamp_file) == stamp):
        return python
    say("Setting up Python packages in .venv (first time only, about a minute) ...")
    _make_venv()
    installed = run_quietly(
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock], cwd=ROOT
    )
    if installed.returncode != 0:
        raise SetupError(
            f"The Python packages could not be installed; pip said:\n{installed.stderr.strip()}\n"
            "Check the network, then start again."
        )
    _put_package_on_path(python)
    stamp_file.write_text(stamp)
    return python


def ensure_node() -> None:
    """Install the npm tools named in the lock file.

    Raises
    ------
    SetupError
        If Node or npm is missing or too old, or a package can't be had.
    """
    hint = f"Node.js {OLDEST_NODE} or newer with npm is needed; get it from nodejs.org"
    if not (shutil.which("node") and shutil.which("npm")):
        raise SetupError(f"{hint} (it was not found).")
    version = run_quietly(["node", "--version"]).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise SetupError(f"{hint} (this is {version}).")
    stamp = _stamp(EXTENSION / "package-lock.json", extra=version)
    stamp_file = NODE_MODULES / ".stamp"
    if _read(stamp_file) == stamp:
        return
    say("Installing the npm tools in extension/node_modules (first time only) ...")
    installed = run_quietly(["npm", "ci"], cwd=EXTENSION)
    if installed.returncode != 0:
        raise SetupError(
            f"The npm tools could not be installed; npm said:\n{installed.stderr.strip()}\n"
            "Check the network, then start again."
        )
    stamp_file.write_text(stamp)


def ensure_programs(programs: dict[str, str]) -> None:
    """Install missing system programs when we may, else say how.

    Parameters
    ----------
    programs : dict
        Program name to Debian package, e.g. `BROWSER_PROGRAMS`.

    Raises
    ------
    SetupError
        If something is missing and could not be installed.
    """
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    if not missing:
        return
    by_hand = f"apt-get install {' '.join(missing)}"
    if not shutil.which("apt-get"):
        raise SetupError(
            f"Missing on this machine: {', '.join(missing)}. Install them so that "
            f"{' and '.join(f'`{program}`' for program in programs)} can be started from the "
            "command line."
        )
    if os.geteuid() != 0:
        raise SetupError(
            f"Missing on this machine: {', '.join(missing)}. Run: sudo {by_hand}; then start again."
        )
    say(f"Installing system packages: {by_hand} ...")
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly([*apt, "update"], env=env)
    installed = run_quietly([*apt, "install", "-y", "--no-install-recommends", *missing], env=env)
    if installed.returncode != 0:
        raise SetupError(f"`{by_hand}` failed; it said:\n{installed.stderr.strip()}")


def firefox_programs() -> dict[str, str]:
    """Give what `ensure_programs` is to look for: nothing if Firefox is here by any name."""
    return {} if any(map(shutil.which, FIREFOX)) else {FIREFOX[0]: "firefox-esr"}


def enter_venv(module: str, arguments: list[str]) -> None:
    """Go on inside `.venv`: replaces this process unless it already runs there."""
    python = ensure_python()
    if in_venv():
        return
    sys.stdout.flush()
    os.execv(python, [str(python), "-m", module, *arguments])


def in_venv() -> bool:
    """Say whether this process runs in the project's own environment."""
    return Path(sys.prefix) == VENV


def venv_python() -> Path:
    """Path of the environment's interpreter."""
    folder = "Scripts" if os.name == "nt" else "bin"
    return VENV / folder / "python"


def _make_venv() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    made = run_quietly([sys.executable, "-m", "venv", VENV])
    if made.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            "Python could not make a virtual environment. On Debian or Ubuntu: "
            f"apt-get install python3-venv. It said:\n{(made.stdout + made.stderr).strip()}"
        )


def _put_package_on_path(python: Path) -> None:
    """Make `python -m offcut` work in the environment, from the sources in py/."""
    asked = run_quietly([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    (Path(asked.stdout.strip()) / "offcut-sources.pth").write_text(f"{ROOT / 'py'}\n")


def _stamp(lock: Path, *, extra: str) -> str:
    return hashlib.sha256(lock.read_bytes() + extra.encode() + str(ROOT).encode()).hexdigest()


def _read(file: Path) -> str | None:
    return file.read_text() if file.exists() else None
