"""A model comes whole beside a job, whatever is ended under both."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import CODES, FAULTS, finish, nothing_is_left, start_all
from models_page import FIRST, MEGABYTE, card, open_settings, press, received, wait_status
from offcut_browser import OffcutBrowser
from waiting import until
from weights_server import WeightsServer


@pytest.mark.fault("the model's worker", "a model's download beside a job", "the model comes whole")
@pytest.mark.fault("Python's worker", "a model's download beside a job", "the model comes whole")
@pytest.mark.fault("a PNG worker", "a model's download beside a job", "the model comes whole")
@pytest.mark.fault(
    "the engine", "a model's download beside a job", "the download is paused, goes on"
)
@pytest.mark.fault("the service worker", "a model's download beside a job", "the model comes whole")
@pytest.mark.fault("the page", "a model's download beside a job", "the model comes whole")
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_download_and_the_job_beside_it_come_to_their_ends_without(
    browser: OffcutBrowser, server: WeightsServer, photos: dict[str, Path], fault: str
) -> None:
    start_all(browser, photos["small"])
    open_settings(browser)
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    browser.pick_file(photos["large"])
    browser.wait_reached("find_subject")
    FAULTS[fault](browser)
    finish(browser, *CODES)
    server.served[FIRST].release()
    browser.close_results()
    open_settings(browser)
    if ends_engine(browser, fault):
        wait_status(browser, "paused")
        press(browser, "resume")
    wait_status(browser, "here")
    press(browser, "test")
    until(lambda: "matched" in card(browser).text, "a model that is whole")
    nothing_is_left(browser)


def ends_engine(browser: OffcutBrowser, fault: str) -> bool:
    in_worker = fault == "the service worker" and browser.devtools.service_worker_has_engine
    return fault == "the engine" or in_worker
