"""Shows the extension at work, in a window with a demo page, or headless on given pictures.

With pictures, they go through it in a headless Chromium and come out in a folder.
Without, a visible Chromium opens with demo pictures to right-click.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dev.browser.driven_copy import driven_copy
from dev.builder.build import STOCK_HELP, TARGETS, build
from dev.environment import (
    BROWSER_PROGRAMS,
    ensure_node,
    ensure_programs,
    enter_venv,
    firefox_programs,
)
from dev.paths import NODE_MODULES
from dev.terminal import SetupError, exit_with, say

PICTURES_UNREADABLE = 1


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/run", description=__doc__)
    parser.add_argument("pictures", nargs="*", type=Path, metavar="PICTURE")
    parser.add_argument("--headless", action="store_true", help="no window, even with a display")
    parser.add_argument(
        "--out", type=Path, default=Path("cutouts"), help="folder for the cutouts (%(default)s)"
    )
    parser.add_argument(
        "--browser", choices=TARGETS, default="chrome", help="firefox only with a window"
    )
    parser.add_argument("--stock", action="store_true", help=STOCK_HELP)
    options = parser.parse_args()
    pictures: list[Path] = options.pictures
    unreadable = [path for path in pictures if not os.access(path, os.R_OK) or path.is_dir()]
    for path in unreadable:
        print(f"{path}: there is no picture here that can be read.", file=sys.stderr)
    if unreadable:
        return PICTURES_UNREADABLE
    enter_venv("dev.run", sys.argv[1:])
    ensure_programs(BROWSER_PROGRAMS)  # Firefox's build is recorded in Chromium, too
    folder = driven_copy(build(options.browser, stock=options.stock)[0])
    if options.browser == "firefox":
        return _firefox(folder, pictures, is_headless=options.headless)
    if pictures or options.headless or not os.environ.get("DISPLAY"):
        return _headless(folder, pictures, options.out)
    return _visible(folder)


def _headless(folder: Path, pictures: list[Path], out: Path) -> int:
    # Selenium and Pillow are in .venv only; this module also runs before that is made.
    from dev.browser.demo import demo_pictures  # noqa: PLC0415
    from dev.browser.headless import cut_out_all  # noqa: PLC0415

    if not pictures:
        say(f"There is no display to show a browser on, so the demo pictures go to {out}/.")
    return cut_out_all(folder, pictures or demo_pictures(), out)


def _visible(folder: Path) -> int:
    from dev.browser.chromium import chromium_arguments  # noqa: PLC0415 (as above)
    from dev.browser.demo import serve_demo  # noqa: PLC0415

    chromium = shutil.which("chromium") or "chromium"
    with tempfile.TemporaryDirectory(prefix="offcut-run-") as scratch, serve_demo() as address:
        say(f"Right-click a picture on {address} and choose “Remove background”.")
        say("Close the browser to end this.")
        arguments = chromium_arguments(folder, Path(scratch), headless=False)
        # What Chromium tells its own developers would bury the two lines above.
        return subprocess.run(
            [chromium, *arguments, address], stderr=subprocess.DEVNULL, check=False
        ).returncode


def _firefox(folder: Path, pictures: list[Path], *, is_headless: bool) -> int:
    from dev.browser.demo import serve_demo  # noqa: PLC0415 (as above)
    from dev.browser.firefox import firefox_program  # noqa: PLC0415

    if pictures or is_headless or not os.environ.get("DISPLAY"):
        raise SetupError("Firefox is shown in a window only; leave --browser out for the rest.")
    ensure_programs(firefox_programs())
    ensure_node()
    with serve_demo() as address:
        say(f"Right-click a picture on {address} and choose “Remove background”.")
        say("Close the browser to end this.")
        command = [NODE_MODULES / ".bin/web-ext", "run", "--no-config-discovery", "--no-reload"]
        command += ["--source-dir", folder, "--firefox", firefox_program(), "--start-url", address]
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    exit_with(main)
