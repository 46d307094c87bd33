"""Every page and state: no finding of axe in light and dark, no sideways scrolling at any width."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from offcut_browser import OffcutBrowser, until
from PIL import Image
from selenium.webdriver import ActionChains, Keys

AXE = Path(__file__).parents[2] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 768, 1440)
# Moving pictures, lists that scroll: whatever is wider than the page.
TOO_WIDE = """const limit = document.documentElement.clientWidth;
    return document.scrollingElement.scrollWidth <= limit ? [] :
        [...document.body.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > limit + 1
                || element.getBoundingClientRect().left < -1)
            .map((element) => element.tagName + '#' + element.id + '.' + element.className)"""
RUN_AXE = """const done = arguments[0];
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(
        violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id}: ${target}: ${failureSummary}`))))"""
FIELDS = (
    "input:not([type=hidden], [hidden]), select, textarea, button, a[href], summary, [tabindex]"
)

REACHABLE = """return [...document.querySelectorAll(arguments[0])]
    .filter((element) => element.checkVisibility() && element.tabIndex >= 0 && !element.disabled)
    .map((element) => element.outerHTML)"""
FOCUSED = """const element = document.activeElement;
    return [element.outerHTML, getComputedStyle(element).outlineStyle]"""

OPEN_ALL = """for (const group of document.querySelectorAll('details')) group.open = true;
    const press = (id) => document.getElementById(id).click();
    ['is-hard', 'shadow', 'background-color', 'format-webp'].forEach(press);
    const frame = document.getElementById('frame');
    frame.value = 'canvas';
    frame.dispatchEvent(new Event('input', { bubbles: true }));"""

Go = Callable[["Visit"], None]


class Visit:
    """What it takes to bring the browser to a state."""

    def __init__(self, browser: OffcutBrowser, photos: dict[str, Path], folder: Path) -> None:
        self.browser = browser
        self.good = photos["small"]
        self.large = photos["large"]
        self.bad = folder / "words.png"
        self.bad.write_bytes(b"just words")
        self.small = folder / "small.png"
        with Image.open(photos["small"]) as photo:
            photo.resize((96, 96)).save(self.small)

    def open(self, page: str) -> None:
        self.browser.open(page)
        until(lambda: self.browser.state() not in ("", "starting"), "the page")

    def choose(self, *pictures: Path) -> None:
        chosen = "\n".join(map(str, pictures))
        self.browser.element("file-input").send_keys(chosen)

    def popup_with(self, picture: Path, state: str) -> None:
        self.open("/popup/popup.html")
        self.choose(picture)
        until(lambda: state in dict(self.browser.job_states()).values(), f"a {state} job")


def popup_empty(visit: Visit) -> None:
    visit.open("/popup/popup.html")
    until(lambda: visit.browser.dataset().get("jobs"), "the list")


def popup_jobs(visit: Visit) -> None:
    visit.popup_with(visit.bad, "failed")
    visit.popup_with(visit.small, "done")


def popup_running(visit: Visit) -> None:
    visit.popup_with(visit.large, "running")


def settings(visit: Visit) -> None:
    visit.open("/options/options.html")
    await_models(visit)


def await_models(visit: Visit) -> None:
    """The list of models is the last part of the settings to come."""
    models = "return document.getElementById('models').dataset.state"
    until(lambda: visit.browser.driver.execute_script(models) == "ready", "the models")


def workbench_empty(visit: Visit) -> None:
    visit.open("/batch/batch.html")
    assert visit.browser.state() == "empty"


def workbench_done(visit: Visit) -> None:
    visit.open("/batch/batch.html")
    visit.choose(visit.small, visit.bad)
    visit.browser.wait_state("done")
    visit.browser.driver.execute_script("document.getElementById('making').open = true")


def workbench_restored(visit: Visit) -> None:
    visit.open("/batch/batch.html")
    visit.choose(visit.large)
    until(lambda: visit.browser.state() == "running", "the batch at work")
    visit.browser.click("pause")
    visit.open("/options/options.html")
    visit.browser.wait_state("ready")
    visit.open("/batch/batch.html")
    assert visit.browser.element("restored").is_displayed()


def result_done(visit: Visit) -> None:
    assert visit.browser.cut_out(visit.good) == "done"


def editor_groups(visit: Visit) -> None:
    """Every group of settings is open, with all that can be in it."""
    result_done(visit)
    visit.browser.driver.execute_script(OPEN_ALL)


def editor_brush(visit: Visit) -> None:
    """A brush is in the hand, and the original is shown."""
    result_done(visit)
    for element in ("tool-keep", "show-original"):
        visit.browser.driver.execute_script(f"document.getElementById('{element}').click()")


def result_failed(visit: Visit) -> None:
    assert visit.browser.cut_out(visit.bad) == "failed"


STATES: tuple[Go, ...] = (
    popup_empty,
    popup_running,
    popup_jobs,
    settings,
    workbench_empty,
    workbench_done,
    workbench_restored,
    result_done,
    editor_groups,
    editor_brush,
    result_failed,
)


@pytest.fixture(scope="module")
def visit(browser: OffcutBrowser, photos: dict[str, Path], tmp_path_factory: Any) -> Visit:
    return Visit(browser, photos, cast("Path", tmp_path_factory.mktemp("accessible")))


@pytest.fixture(params=STATES, ids=lambda go: go.__name__)
def page(request: pytest.FixtureRequest, visit: Visit) -> OffcutBrowser:
    """The browser in each of the states."""
    visit.browser.close_results()
    cast("Go", request.param)(visit)
    return visit.browser


def emulate(browser: OffcutBrowser, **features: str) -> None:
    media = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": media})


def resize(browser: OffcutBrowser, width: int) -> None:
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)


def too_wide(browser: OffcutBrowser) -> list[str]:
    return cast("list[str]", browser.driver.execute_script(TOO_WIDE))


def test_every_state_is_accessible_and_fits(page: OffcutBrowser) -> None:
    """One test for each state, since bringing the browser there is what takes the time."""
    driver = page.driver
    root = "document.documentElement"
    found: dict[str, list[str]] = {}
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    try:
        for theme in ("light", "dark"):
            emulate(page, prefers_color_scheme=theme)
            found[theme] = driver.execute_async_script(RUN_AXE)
        for width in WIDTHS:
            resize(page, width)
            found[f"{width} pixels"] = too_wide(page)
            driver.execute_script(f"{root}.dir = 'rtl'")
            found[f"{width} pixels, from right to left"] = too_wide(page)
            driver.execute_script(f"{root}.dir = 'ltr'")
        driver.execute_script(f"{root}.style.fontSize = '200%'")
        found["text of 200 %, 320 pixels"] = (resize(page, 320), too_wide(page))[1]
        driver.execute_script(f"{root}.style.fontSize = ''")
    finally:
        emulate(page)
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    problems = {name: each for name, each in found.items() if each}
    assert problems == {}, json.dumps(problems, indent=1)


def test_nothing_moves_for_those_who_want_it_still(visit: Visit) -> None:
    emulate(visit.browser, prefers_reduced_motion="reduce")
    try:
        popup_running(visit)
        running = "return document.getAnimations().map((each) => each.animationName)"
        assert visit.browser.driver.execute_script(running) == []
    finally:
        emulate(visit.browser)


@pytest.mark.parametrize(
    "address", ["/popup/popup.html", "/options/options.html", "/batch/batch.html"]
)
def test_everything_is_reached_by_the_keyboard_and_shows_its_focus(
    visit: Visit, address: str
) -> None:
    visit.open(address)
    if "options" in address:
        await_models(visit)
    driver = visit.browser.driver
    wanted = set(cast("list[str]", driver.execute_script(REACHABLE, FIELDS)))
    assert wanted
    reached: set[str] = set()
    for _ in range(3 * len(wanted)):
        # To the page and not to the element: a file field takes sent keys for a file's name.
        ActionChains(driver).send_keys(Keys.TAB).perform()
        html, outline = cast("tuple[str, str]", driver.execute_script(FOCUSED))
        reached.add(html)
        if html.startswith("<body"):
            break
        assert outline != "none", html
    assert wanted - reached == set()
