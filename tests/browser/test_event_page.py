"""Firefox's event page: it is ended when idle, but not while it holds the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import is_for_firefox, run_browser
from offcut_browser import OffcutBrowser
from site_proxy import Site
from waiting import until

IDLE_MS = 12_000
"""Half a minute unless a test says otherwise; longer than the pause between two beats."""
LIVED = "performance.now()"


@pytest.fixture(scope="module")
def impatient(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    """Firefox that ends an idle event page soon."""
    if not is_for_firefox(extension):
        pytest.skip("Chromium's service worker and its engine live apart: see test_engine.py")
    yield from run_browser(
        extension,
        site,
        tmp_path_factory.mktemp("impatient"),
        headless=True,
        preferences={"extensions.background.idle.timeout": IDLE_MS},
        quality="best",
    )


@pytest.mark.slow
def test_a_job_and_what_it_made_outlast_the_idle_limit(
    impatient: OffcutBrowser, photos: dict[str, Path]
) -> None:
    devtools = impatient.devtools
    assert impatient.cut_out(photos["large"]) == "done"
    engine = devtools.engine()
    until(lambda: devtools.evaluate(engine, LIVED) > 3 * IDLE_MS, "three times the idle limit")
    impatient.open_popup()
    assert [state for _, state in impatient.job_states()] == ["done"]


@pytest.mark.slow
def test_without_an_engine_the_event_page_goes_as_firefox_wants(impatient: OffcutBrowser) -> None:
    impatient.close_results()
    impatient.open("about:blank")
    if impatient.devtools.targets("background_page"):
        impatient.devtools.end_engine()
    until(lambda: not impatient.devtools.targets("service_worker"), "the event page's end")
