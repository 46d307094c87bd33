"""The pages in every language: all of it, in its own words, and nothing too long for its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from launch import open_browser
from layout_faults import layout_faults
from page_states import (
    Go,
    Visit,
    editor_brush,
    editor_doubt,
    editor_groups,
    editor_tap,
    popup_empty,
    popup_jobs,
    privacy,
    requests,
    resize,
    result_done,
    result_failed,
    settings,
    settings_erased,
    too_wide,
    welcome,
    workbench_done,
)
from site_proxy import Site

LOCALES = Path(__file__).parents[2] / "extension" / "_locales"
LANGUAGES = sorted(path.name for path in LOCALES.iterdir())
WIDTHS = (320, 768, 1280)
STATES: tuple[Go, ...] = (
    popup_empty,
    popup_jobs,
    workbench_done,
    settings,
    settings_erased,
    privacy,
    requests,
    welcome,
    result_done,
    editor_brush,
    editor_groups,
    editor_doubt,
    editor_tap,
    result_failed,
)
# Values like `$1` are filled in by the pages, and tell nothing about the language.
WRITTEN = """return [...document.querySelectorAll('[data-i18n]')]
    .map((element) => [element.dataset.i18n, element.textContent])"""


def texts(language: str) -> dict[str, str]:
    file = LOCALES / language / "messages.json"
    entries: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {key: entry["message"] for key, entry in entries.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_the_language_and_holds_its_words(
    language: str, extension: Path, site: Site, photos: dict[str, Path], tmp_path: Path
) -> None:
    wanted = texts(language)
    problems: dict[str, object] = {}
    with open_browser(extension, site, tmp_path, language=wanted["language"]) as browser:
        visit = Visit(browser, photos, tmp_path)
        for go in STATES:
            browser.close_results()
            go(visit)
            name = go.__name__
            assert (
                browser.driver.execute_script("return document.documentElement.lang")
                == (wanted["language"])
            )
            written = browser.driver.execute_script(WRITTEN)
            assert written
            problems[f"{name}: words"] = [pair for pair in written if wanted[pair[0]] != pair[1]]
            for width in WIDTHS:
                resize(browser, width)
                faults = too_wide(browser) + layout_faults(browser)
                problems[f"{name}: {width} pixels"] = faults
            browser.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert {name: each for name, each in problems.items() if each} == {}
