"""A model is fetched: offered, paused, cut, wrong, from another host, without room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from models_page import (
    BLOCK,
    FIRST,
    MEGABYTE,
    SECOND,
    WEIGHTS,
    card,
    choose_model,
    open_settings,
    press,
    problem,
    received,
    stored_names,
    usage,
    wait_status,
)
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from tiny_model import tiny_model
from waiting import until
from weights_server import Served, WeightsServer


@pytest.mark.parametrize(("gigabytes", "words"), [(4, "may be too much here"), (8, "of memory")])
def test_what_a_model_needs_of_memory_is_said_before_it_is_fetched(
    browser: OffcutBrowser, gigabytes: int, words: str
) -> None:
    source = f"Object.defineProperty(Navigator.prototype, 'deviceMemory', {{ value: {gigabytes} }})"
    added = browser.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": source}
    )
    try:
        open_settings(browser)
        said = str(card(browser, "birefnet-lite-512").get_attribute("textContent"))
        assert "needs 2.9 GB of memory" in said
        assert words in said
        assert "may be too much" in said or gigabytes > 4
        assert "GB of memory" not in str(card(browser).get_attribute("textContent"))
    finally:
        browser.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
        open_settings(browser)


def test_a_model_is_offered_fetched_verified_run_and_removed(
    browser: OffcutBrowser, photos: dict[str, Path], server: WeightsServer
) -> None:
    before = usage(browser)
    card(browser).find_element(By.CSS_SELECTOR, ".licence summary").click()
    said = card(browser).text
    for fact in ("2 MB", "one.test", "CC0-1.0", "Made up by a test."):
        assert fact in said
    assert server.starts(FIRST) == [], "nothing is fetched before a button is pressed"
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(FIRST) == [0]
    until(lambda: usage(browser) > before + MEGABYTE, "the storage to count it")
    press(browser, "test")
    until(lambda: "matched" in card(browser).text, "the test's outcome")
    runs = until(lambda: card(browser).find_element(By.CLASS_NAME, "runs").text, "its run")
    assert "Last runs at 64 " in runs
    assert runs.count("s on the processor, ") == 1
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "done"
    choice = json.loads(browser.dataset()["choice"])
    assert choice == {"titles": ["Tiny tiny"], "quality": "fast", "why": "asked"}
    assert "Tiny tiny" in str(browser.element("models").get_attribute("textContent"))
    browser.close_results()
    open_settings(browser)
    press(browser, "remove")
    wait_status(browser, "absent")
    assert stored_names(browser) == []
    until(lambda: usage(browser) <= before, "the storage to be as it was")


def test_a_paused_download_goes_on_where_it_stopped(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    press(browser, "pause")
    wait_status(browser, "paused")
    server.served[FIRST].release()
    press(browser, "resume")
    wait_status(browser, "here")
    # On a busy machine the silent connection may count as dead before the pause is pressed.
    first, *later = server.starts(FIRST)
    assert first == 0
    assert later
    assert all(start > 0.1 * len(WEIGHTS) for start in later)


def test_a_cancelled_download_leaves_nothing(browser: OffcutBrowser, server: WeightsServer) -> None:
    server.served[FIRST].hold_after = MEGABYTE
    press(browser, "download")
    until(lambda: received(browser) > 0.2, "some bytes")
    assert server.starts(FIRST) == [0], "told while the host is silent, not by the next try"
    press(browser, "cancel")
    wait_status(browser, "absent")
    assert stored_names(browser) == []


@pytest.mark.fault("the connection", "a model's download", "taken up again")
@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_connection_is_taken_up_again(
    browser: OffcutBrowser, server: WeightsServer, ranges: bool
) -> None:
    server.served[FIRST].cut_after = [500_000]
    server.served[FIRST].hold_after = 500_000  # the browser drops what it has not handed on yet
    server.served[FIRST].ranges = ranges
    press(browser, "download")
    until(lambda: received(browser) > 0.1, "some bytes")
    server.served[FIRST].release()
    wait_status(browser, "here")
    first, second, *_ = server.starts(FIRST)
    assert first == 0
    assert 0 < second <= 500_000


@pytest.mark.fault("a byte on its way", "a model's download", "that piece is fetched again")
def test_a_wrong_byte_is_found_and_its_piece_fetched_again(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    wrong = 3 * BLOCK + 17
    server.served[FIRST].wrong_at = [wrong]
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(FIRST) == [0, 3 * BLOCK]


def test_a_host_that_serves_another_file_is_left_for_the_next(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.put(FIRST, Served(WEIGHTS, wrong_at=[5], is_always_wrong=True))
    server.put(SECOND, Served(WEIGHTS))
    press(browser, "download")
    wait_status(browser, "here")
    assert server.starts(SECOND) == [0]


def test_without_any_right_source_nothing_is_kept_and_it_is_said(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    server.put(FIRST, Served(status=404))
    server.put(SECOND, Served(WEIGHTS, wrong_at=[5], is_always_wrong=True))
    press(browser, "download")
    until(lambda: "not Tiny tiny" in problem(browser), "the word about the other file")
    server.put(SECOND, Served(status=404))
    button = lambda: card(browser).find_element(By.TAG_NAME, "button")  # noqa: E731
    press(browser, until(lambda: button().get_attribute("data-action"), "its next button"))
    until(lambda: "404" in problem(browser), "the reason")
    press(browser, "discard")
    wait_status(browser, "absent")
    assert stored_names(browser) == []


def test_a_file_without_known_pieces_is_verified_as_a_whole(
    browser: OffcutBrowser, server: WeightsServer
) -> None:
    url = "http://one.test/plain.onnx"
    server.put(url, Served(tiny_model(padding=MEGABYTE), wrong_at=[700_000]))
    press(browser, "download", "plain")
    wait_status(browser, "here", "plain")
    assert server.starts(url) == [0, 0]


@pytest.mark.fault("the storage", "a model's download", "run from memory, says so")
def test_without_room_a_model_is_run_from_memory_and_that_is_said(
    browser: OffcutBrowser, server: WeightsServer, photos: dict[str, Path]
) -> None:
    browser.driver.execute_cdp_cmd(
        "Storage.overrideQuotaForOrigin", {"origin": browser.origin, "quotaSize": MEGABYTE}
    )
    press(browser, "download")
    wait_status(browser, "here")
    assert "in memory only" in card(browser).text
    assert stored_names(browser) == []
    choose_model(browser, "tiny")
    assert browser.cut_out(photos["small"]) == "done"
