"""Models out of files: known ones, unknown ones, and what is no model at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from launch import open_browser
from models_page import (
    WEIGHTS,
    card,
    choose_file,
    describe,
    open_settings,
    own_models,
    prepare,
    press,
    said,
    stored_names,
    wait_status,
)
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from tiny_model import tiny_model
from waiting import until
from weights_server import WeightsServer


@pytest.fixture(scope="module")
def browser(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OffcutBrowser]:
    folder = tmp_path_factory.mktemp("files")
    server = WeightsServer()
    prepared = prepare(extension, folder / "extension")
    with open_browser(prepared, server, folder) as browser:
        yield browser
    server.close()


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("model.onnx", WEIGHTS)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(zipped(), "ZIP archive", id="zip"),
        pytest.param(b"GIF89a and so on", "there is no model in model.onnx", id="other"),
        pytest.param(tiny_model()[:150], "damaged", id="cut"),
        pytest.param(WEIGHTS[:-100] + bytes(100), "damaged", id="known but damaged"),
    ],
)
def test_what_is_no_model_is_named_and_not_kept(
    browser: OffcutBrowser, tmp_path: Path, content: bytes, words: str
) -> None:
    choose_file(browser, tmp_path, "model.onnx", content)
    said(browser, words)
    assert not browser.element("model-form").is_displayed()
    assert stored_names(browser) == []


def test_another_kind_of_file_is_told_the_ending_of_models(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    choose_file(browser, tmp_path, "picture.gif", b"GIF89a and so on")
    said(browser, "Models have the ending .onnx")


def test_the_sentence_about_a_damaged_model_is_whole(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    for length in (100, 150):
        choose_file(browser, tmp_path, "model.onnx", tiny_model()[:length])
        sentence = said(browser, "damaged")
        assert sentence[-1] in ".)", sentence
        assert "ERROR_" not in sentence


def test_a_file_that_is_known_by_its_hash_is_added(browser: OffcutBrowser, tmp_path: Path) -> None:
    choose_file(browser, tmp_path, "whatever.onnx", WEIGHTS)
    said(browser, "Tiny tiny is here now")
    wait_status(browser, "here")
    press(browser, "remove")
    wait_status(browser, "absent")


def test_an_unknown_model_is_described_tried_and_used(
    browser: OffcutBrowser, tmp_path: Path, photos: dict[str, Path]
) -> None:
    choose_file(browser, tmp_path, "mine.onnx", tiny_model(96, fetch="mine"))
    said(browser, "not known")
    assert browser.element("model-form-width").get_attribute("value") == "96"
    describe(browser, "unit")
    browser.click("model-add")
    assert "in 0 s" not in said(browser, "The model is here now")
    (model,) = until(lambda: own_models(browser), "its card")
    choose_file(browser, tmp_path, "copy.onnx", tiny_model(96, fetch="mine"))
    said(browser, "mine is here already")
    assert not browser.element("model-form").is_displayed()
    assert "mine" in card(browser, model).text
    assert "LicenseRef" not in card(browser, model).text
    assert not card(browser, model).text.count(" 0 MB"), "no file of nothing"
    until(
        lambda: browser.driver.find_elements(
            By.CSS_SELECTOR, f"#model-choice option[value={model}]"
        ),
        "it to be a choice",
    )
    browser.driver.find_element(By.CSS_SELECTOR, f"#model-choice option[value={model}]").click()
    until(lambda: browser.text("saved"), "the choice to be saved")
    assert browser.cut_out(photos["small"]) == "done"
    assert '"mine"' in browser.dataset()["choice"]
    browser.close_results()
    open_settings(browser)
    press(browser, "remove", model)
    until(lambda: not own_models(browser), "its end")
    assert stored_names(browser) == []


def test_a_model_with_another_contract_is_refused(browser: OffcutBrowser, tmp_path: Path) -> None:
    choose_file(browser, tmp_path, "other.onnx", tiny_model(96))
    said(browser, "not known")
    browser.type_over(browser.element("model-form-width"), "320")
    browser.click("model-add")
    said(browser, "does not fit")
    assert stored_names(browser) == []


def test_a_model_that_misses_the_test_picture_needs_a_second_press(
    browser: OffcutBrowser, tmp_path: Path
) -> None:
    choose_file(browser, tmp_path, "odd.onnx", tiny_model(80))
    said(browser, "not known")
    describe(browser, "unit", "sigmoid")
    browser.click("model-add")
    said(browser, "no match")
    assert stored_names(browser) == []
    browser.click("model-add")
    said(browser, "The model is here now")
    (model,) = until(lambda: own_models(browser), "its card")
    press(browser, "remove", model)
    until(lambda: not own_models(browser), "its end")
