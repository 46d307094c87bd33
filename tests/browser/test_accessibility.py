"""Every page and state: no finding of axe in light and dark, no sideways scrolling at any width."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from offcut_browser import OffcutBrowser
from page_states import (
    STATES,
    WIDTHS,
    Go,
    Visit,
    await_models,
    emulate,
    resize,
    too_wide,
)
from selenium.webdriver import ActionChains, Keys

AXE = Path(__file__).parents[2] / "extension" / "node_modules" / "axe-core" / "axe.min.js"
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
ADD_STAGE = """const row = document.createElement('p');
    row.className = 'stage-row';
    row.dataset.state = 'running';
    document.body.append(row);"""
MOVING = "return document.getAnimations().map((each) => each.animationName)"
FOCUSED = """const element = document.activeElement;
    return [element.outerHTML, getComputedStyle(element).outlineStyle]"""


@pytest.fixture(scope="module")
def visit(browser: OffcutBrowser, photos: dict[str, Path], tmp_path_factory: Any) -> Visit:
    return Visit(browser, photos, cast("Path", tmp_path_factory.mktemp("accessible")))


@pytest.fixture(params=STATES, ids=lambda go: go.__name__)
def page(request: pytest.FixtureRequest, visit: Visit) -> OffcutBrowser:
    """The browser in each of the states."""
    visit.browser.close_results()
    cast("Go", request.param)(visit)
    return visit.browser


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
    """What moves is the mark of a stage at work, which is put there by hand: it would not wait."""
    browser = visit.browser
    browser.open("/result/result.html?job=unknown")
    browser.wait_over()
    browser.driver.execute_script(ADD_STAGE)
    assert browser.driver.execute_script(MOVING) == ["pulse"]
    emulate(browser, prefers_reduced_motion="reduce")
    try:
        assert browser.driver.execute_script(MOVING) == []
    finally:
        emulate(browser)


@pytest.mark.parametrize(
    "address",
    ["/popup/popup.html", "/options/options.html", "/batch/batch.html", "/welcome/welcome.html"],
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
