"""Starts Chromium with the extension loaded, for `scripts/run` and for the browser tests.

Decides: the browser's flags, profile, preferences and download folder.
"""

import hashlib
import shutil
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.chrome.webdriver import WebDriver

from dev.chromium_arguments import QUIET, sandbox_arguments
from dev.terminal import SetupError


def extension_id(path: Path) -> str:
    """Id that Chromium gives an unpacked extension: its absolute path, hashed.

    Parameters
    ----------
    path : Path
        Folder of the extension, as given to `--load-extension`.
    """
    digest = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def chromium_arguments(build: Path, profile: Path, *, headless: bool) -> list[str]:
    """Command line for a throw-away profile with nothing but the extension."""
    arguments = [
        *QUIET,
        f"--user-data-dir={profile}",
        f"--load-extension={build.resolve()}",
        # Chromium 137 and later ignore --load-extension without this.
        "--disable-features=DisableLoadExtensionCommandLineSwitch",
    ]
    if headless:
        arguments.append("--headless=new")
    return arguments + sandbox_arguments()


def chromium_options(build: Path, profile: Path, downloads: Path, *, headless: bool) -> Options:
    """Options for a driven Chromium that saves downloads without asking.

    Parameters
    ----------
    build : Path
        Folder of the extension, e.g. `build/chrome`.
    profile : Path
        Folder for the browser's profile; the caller removes it.
    downloads : Path
        Folder that downloads go to.
    headless : bool
        Without a window; otherwise a DISPLAY is needed.
    """
    options = Options()
    options.binary_location = shutil.which("chromium") or "chromium"
    for argument in chromium_arguments(build, profile, headless=headless):
        options.add_argument(argument)
    preferences = {
        "download.default_directory": str(downloads.resolve()),
        "download.prompt_for_download": False,
        # One start in twenty, a new tab page of the browser's own (Chromium 156) swallows the
        # first address that the driver opens, which then waits for it without end.
        "session.restore_on_startup": 4,
        "session.startup_urls": ["about:blank"],
    }
    # Without `enableExtensionTargets` Chromedriver 156 lists neither the tabs that an
    # extension opens nor its offscreen document among the windows.
    experimental = (("prefs", preferences), ("enableExtensionTargets", True))
    for name, value in experimental:
        options.add_experimental_option(name, value)  # pyright: ignore[reportUnknownMemberType]
    return options


def start_driver(options: Options) -> WebDriver:
    """Start the browser.

    Raises
    ------
    SetupError
        If it does not start; the message has the driver's own reason.
    """
    service = Service(executable_path=shutil.which("chromedriver") or "chromedriver")
    try:
        return WebDriver(options=options, service=service)
    except WebDriverException as error:
        reason = (error.msg or "no reason given").splitlines()[0]
        raise SetupError(f"Chromium could not be started: {reason}") from error
