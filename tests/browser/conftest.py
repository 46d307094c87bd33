"""Fixtures of the browser tests: the built extension, the small internet, the browsers.

Every browser has the test's own proxy for all its traffic, so the network is denied but
for the hosts that a test makes up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from accounts import compared
from bubble import Bubble
from clicks import SAFE_PAGE, with_rights
from dev.browser.driven_copy import driven_copy
from dev.builder.build import build
from dev.packaging.package import make_extension
from dev.packaging.source_state import read_state
from dev.terminal import SetupError
from devtools import DevTools
from editor_page import EditorPage
from launch import open_browser, run_browser
from mouse import Mouse
from offcut_browser import OffcutBrowser
from picture_pages import PAGE, serve_pictures
from PIL import Image
from popup_page import remove_jobs
from right_clicks import await_menu
from site_proxy import Site
from workbench_page import erase, open_workbench, states

NOT_IN_FIREFOX: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("not_in_firefox.json").read_text(encoding="utf-8")
)
"""Tests that are not for Firefox, by file and name (an empty name is the whole file), and why."""
SCREEN = "1280x1024x24"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that it can be left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if config.getoption("--browser") == "firefox" and (why := firefox_exception(item)):
                item.add_marker(pytest.mark.skip(f"not in Firefox: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was compared with ledgers when the browsers ended."""
    whole = [each for each in compared if each.is_whole]
    requests = sum(each.count for each in whole)
    if compared:
        browsers = f"{len(whole)} of {len(compared)} browsers"
        terminalreporter.write_line(f"ledger compared: {browsers}, {requests} requests")


def pytest_report_collectionfinish(config: pytest.Config, items: list[pytest.Item]) -> str:
    """Say which share of these tests Firefox runs."""
    ours = [item for item in items if item.get_closest_marker("browser")]
    if config.getoption("--browser") != "firefox" or not ours:
        return ""
    reasons = [firefox_exception(item) for item in ours]
    run, meant = reasons.count(None), [why for why in reasons if not is_chromiums_own(why)]
    return (
        f"Firefox runs {run} of {len(ours)} browser tests ({run / len(ours):.1%}), and "
        f"{run / len(meant):.1%} of those that are not about what only Chromium has"
    )


def is_chromiums_own(why: str | None) -> bool:
    """Say whether a reason to leave a test out is that it is about what only Chromium has."""
    return why is not None and why.startswith("only Chromium ")


def firefox_exception(item: pytest.Item) -> str | None:
    """Say why a test is not for Firefox, if it is not."""
    file, _, name = item.nodeid.removeprefix("tests/browser/").partition("::")
    listed = NOT_IN_FIREFOX.get(file, {})
    return listed.get("") or listed.get(name) or listed.get(name.partition("[")[0])


@pytest.fixture(scope="session")
def extension(request: pytest.FixtureRequest) -> Path:
    """Build the extension; gives the folder to load."""
    return driven_copy(build(str(request.config.getoption("--browser")))[0])


@pytest.fixture(scope="session")
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What people install, made of this tree: no more and no less than is in the package.

    Chromium loads the unpacked package, Firefox the package itself.
    """
    target = str(request.config.getoption("--browser"))
    try:
        made = make_extension(read_state(), target, None)
    except SetupError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("package")
    (name,) = (name for name in made if name.endswith(".zip"))
    package = folder / name
    package.write_bytes(made[name])
    if target == "firefox":
        return package
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A small internet of made-up hosts, and the log of what was asked of it."""
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="module")
def browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium with the extension."""
    yield from run_browser(extension, site, tmp_path_factory.mktemp("headless"), headless=True)


@pytest.fixture
def start_browser(
    extension: Path, site: Site
) -> Callable[..., AbstractContextManager[OffcutBrowser]]:
    """Start a headless browser whose profile is in a given folder, to be started there again."""
    return partial(open_browser, extension, site)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A virtual screen."""
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        pytest.skip("needs Xvfb and xdotool: apt-get install xvfb xdotool")
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as announced:
        number = announced.readline().strip()
    assert number, "Xvfb has ended before it had a screen"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def screen_browser(
    extension: Path, site: Site, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Chromium with the extension in a visible window of the virtual screen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display)
        folder = tmp_path_factory.mktemp("screen")
        with contextmanager(run_browser)(extension, site, folder, headless=False) as browser:
            await_menu(browser)
            yield browser


@pytest.fixture(scope="module")
def mouse(display: str) -> Mouse:
    """The pointer and keyboard of the virtual screen."""
    return Mouse(display)


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Real photos out of scikit-image: `small` is a portrait, `large` has 12 megapixels."""
    data = pytest.importorskip("skimage.data")
    folder = tmp_path_factory.mktemp("photos")
    portrait = Image.fromarray(data.astronaut())
    small, large = folder / "astronaut.jpg", folder / "large.jpg"
    portrait.save(small, quality=92)
    portrait.resize((3464, 3464), Image.Resampling.BICUBIC).save(large, quality=90)
    return {"small": small, "large": large}


@pytest.fixture(scope="session")
def portrait(photos: dict[str, Path]) -> Image.Image:
    """The pixels of the small photo."""
    with Image.open(photos["small"]) as photo:
        return photo.convert("RGB")


@pytest.fixture
def empty_workbench(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave nothing on the workbench of the module's browser."""
    yield
    if "browser" in request.fixturenames:
        browser = cast("OffcutBrowser", request.getfixturevalue("browser"))
        browser.close_results()
        open_workbench(browser)
        if states(browser):
            erase(browser)


@pytest.fixture
def devtools(browser: OffcutBrowser) -> DevTools:
    """The line to the module's browser."""
    return browser.devtools


@pytest.fixture
def no_jobs_left(screen_browser: OffcutBrowser) -> Iterator[None]:
    """Leave no job in the popup of the visible browser."""
    yield
    screen_browser.close_results()
    remove_jobs(screen_browser)


@pytest.fixture
def editor(browser: OffcutBrowser, photos: dict[str, Path]) -> EditorPage:
    """The portrait, cut out by the default settings."""
    browser.close_results()
    assert browser.cut_out(photos["small"]) == "done"
    return EditorPage(browser)


@pytest.fixture(scope="module")
def acting(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Headless Chromium whose extension may read the pages, and save files."""
    folder = tmp_path_factory.mktemp("acting")
    serve_pictures(site)
    rights = (f"{PAGE}*", f"{SAFE_PAGE}*", "clipboardWrite", "notifications")
    yield from run_browser(with_rights(extension, folder, *rights), site, folder, headless=True)


@pytest.fixture
def bubble(screen_browser: OffcutBrowser, mouse: Mouse) -> Iterator[Bubble]:
    """The popup of the visible browser, over an empty page."""
    screen_browser.open("about:blank")
    bubble = Bubble(screen_browser, mouse)
    yield bubble
    if bubble.target and bubble.is_open():
        bubble.close()
