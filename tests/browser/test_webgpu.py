"""Models on the graphics card: tried, compared, used where that pays, and left when it fails.

Chromium's software adapter stands for the graphics card. It is no faster than WebAssembly, so
what needs a faster one changes the outcome that the extension has remembered.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from launch import open_browser
from models_page import card, choose_model, entry, open_settings, press
from offcut_browser import OffcutBrowser
from PIL import Image
from selenium.webdriver.common.by import By
from site_proxy import Site
from tiny_model import tiny_model
from waiting import until

SOFTWARE_GPU = ("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader")
BROKEN = """
const { create, prototype } = ort.InferenceSession;
const { run } = prototype;
if (self.name === 'model') {
    ort.InferenceSession.create = (weights, options) =>
        options.executionProviders.includes('webgpu')
            ? Promise.reject(new Error('no memory for the weights'))
            : create(weights, options);
}
prototype.run = async function (...feeds) {
    const outputs = await run.apply(this, feeds);
    for (const { data } of Object.values(outputs)) data.forEach((alpha, at) => {
        data[at] = 0.9 * alpha;
    });
    return outputs;
};
"""
"""A graphics card that calculates wrongly in the test and takes no model in a job."""
FAULTS = {
    "lost": "ort.env.webgpu.device.destroy()",
    "refused": """const { createBuffer } = GPUDevice.prototype;
        GPUDevice.prototype.createBuffer = function (wanted) {
            return createBuffer.call(this, { ...wanted, size: 2 ** 48 });
        }""",
    "dead worker": """ort.InferenceSession.prototype.run = () => {
            self.close();
            return new Promise(() => undefined);
        }""",
}


def prepare(extension: Path, folder: Path) -> Path:
    """Copy the extension, with a tiny model in its package that may run on WebGPU."""
    shutil.copytree(extension, folder)
    weights = tiny_model()
    (folder / "models" / "weights" / "tiny.onnx").write_bytes(weights)
    path = folder / "models" / "registry.json"
    registry = json.loads(path.read_text())
    more = {"bundled": True, "backends": ["wasm", "webgpu"]}
    registry["models"].append(entry("tiny", weights, [], **more))
    path.write_text(json.dumps(registry))
    return folder


@pytest.fixture(scope="module")
def browser(
    extension: Path, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OffcutBrowser]:
    folder = tmp_path_factory.mktemp("webgpu")
    prepared = prepare(extension, folder / "extension")
    with open_browser(prepared, site, folder, *SOFTWARE_GPU) as browser:
        open_settings(browser)
        choose_model(browser, "tiny")
        yield browser


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A red square, which is what the tiny model takes for the subject."""
    path = tmp_path_factory.mktemp("picture") / "red.png"
    red = Image.new("RGB", (160, 120), (60, 120, 180))
    red.paste((220, 40, 30), (50, 30, 110, 90))
    red.save(path)
    return path


@pytest.fixture(scope="module")
def reference(browser: OffcutBrowser, picture: Path) -> bytes:
    """The cutout of WebAssembly, made while nothing is known of WebGPU."""
    return cut_out(browser, picture)


def cut_out(browser: OffcutBrowser, picture: Path) -> bytes:
    assert browser.cut_out(picture) == "done"
    cutout = browser.cutout_bytes()
    browser.close_results()
    return cutout


def wait_said(browser: OffcutBrowser, words: str) -> None:
    """Wait until the model's card says where it runs and why."""
    open_settings(browser)
    until(
        lambda: words in card(browser).find_element(By.CLASS_NAME, "gpu").text,
        f"“{words}”",
    )


def remember_as_faster(browser: OffcutBrowser) -> None:
    """Start the engine anew with what a faster graphics card would have left behind."""
    if not remembered(browser):
        open_settings(browser)
        press(browser, "test")
        until(lambda: remembered(browser), "the outcome of the test")
    browser.driver.execute_script(
        """const [test] = JSON.parse(localStorage.getItem('gpu-tests'));
        Object.assign(test, { outcome: 'faster', faults: 0, gpuMs: 1, wasmMs: 9 });
        localStorage.setItem('gpu-tests', JSON.stringify([test]));"""
    )
    browser.devtools.end_engine()


def remembered(browser: OffcutBrowser) -> dict[str, Any]:
    stored = browser.driver.execute_script("return localStorage.getItem('gpu-tests')")
    tests: list[dict[str, Any]] = json.loads(stored or "[]")
    return tests[0] if tests else {}


def runs_on_gpu(browser: OffcutBrowser) -> bool:
    return in_model_worker(browser, "Boolean(ort.env.webgpu?.device)") is True


def in_model_worker(browser: OffcutBrowser, script: str) -> object:
    """Run something in the worker of the jobs, with its own onnxruntime that has WebGPU."""

    def workers() -> list[str]:
        targets = browser.devtools.targets("worker")
        return [target["targetId"] for target in targets if target["title"] == "model"]

    # One that was ended is listed for a little while longer.
    until(lambda: len(workers()) == 1, "a single worker of the jobs")
    return browser.devtools.evaluate(
        workers()[0],
        f"import('/vendor/onnxruntime/ort.jspi.min.mjs').then((ort) => {script})",
    )


def test_a_model_is_tried_after_its_first_picture_and_stays_where_it_is_faster(
    browser: OffcutBrowser, reference: bytes, picture: Path
) -> None:
    wait_said(browser, "Runs on the processor: the graphics card takes")
    assert remembered(browser)["outcome"] == "slower"
    assert "tried on it once" in browser.text("webgpu-hint")
    assert cut_out(browser, picture) == reference
    assert not runs_on_gpu(browser)


def test_a_model_runs_sealed_on_the_graphics_card_until_that_is_switched_off(
    browser: OffcutBrowser, reference: bytes, picture: Path
) -> None:
    remember_as_faster(browser)
    assert cut_out(browser, picture) == reference
    assert runs_on_gpu(browser)
    ways = "['fetch', 'XMLHttpRequest', 'WebSocket', 'WebTransport', 'Worker', 'indexedDB']"
    assert in_model_worker(browser, f"{ways}.filter((way) => self[way]).join()") == ""
    wait_said(browser, "Runs on the graphics card: the same test picture in 1 ms instead of 9 ms")
    press_switch(browser)
    assert cut_out(browser, picture) == reference
    assert not runs_on_gpu(browser)
    browser.devtools.end_engine()
    open_settings(browser)  # which begins a new engine that has seen no settings
    assert card(browser).find_element(By.CLASS_NAME, "gpu").text == ""
    press_switch(browser)


def press_switch(browser: OffcutBrowser) -> None:
    """Press the switch of the settings, which is off until the graphics card has been found."""
    until(browser.element("webgpu").is_enabled, "the graphics card to be found")
    browser.click("webgpu")
    until(lambda: browser.text("saved"), "the setting to be saved")


@pytest.mark.fault("the graphics card", "a job", "done without it")
@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_on_the_graphics_card_is_done_in_the_same_job_without_it(
    browser: OffcutBrowser, reference: bytes, picture: Path, fault: str
) -> None:
    remember_as_faster(browser)
    assert cut_out(browser, picture) == reference
    assert runs_on_gpu(browser)
    in_model_worker(browser, f"{{ {FAULTS[fault]} }}")
    assert cut_out(browser, picture) == reference
    assert not runs_on_gpu(browser)
    wait_said(browser, "Runs on the processor: the graphics card has failed")
    assert remembered(browser)["faults"] == 1


def test_a_graphics_card_that_calculates_wrongly_or_takes_no_model_is_not_used(
    extension: Path, site: Site, picture: Path, reference: bytes, tmp_path: Path
) -> None:
    prepared = prepare(extension, tmp_path / "extension")
    with (prepared / "model" / "main_gpu.js").open("a") as script:
        script.write(BROKEN)
    with open_browser(prepared, site, tmp_path, *SOFTWARE_GPU) as browser:
        open_settings(browser)
        choose_model(browser, "tiny")
        press(browser, "test")
        wait_said(browser, "the graphics card gives another result")
        assert remembered(browser)["outcome"] == "differs"
        remember_as_faster(browser)
        assert cut_out(browser, picture) == reference
        wait_said(browser, "the graphics card has failed (no memory for the weights)")


def test_without_webgpu_nothing_is_tried(extension: Path, site: Site, tmp_path: Path) -> None:
    prepared = prepare(extension, tmp_path / "extension")
    with open_browser(prepared, site, tmp_path) as browser:
        open_settings(browser)
        until(lambda: "so this is off" in browser.text("webgpu-hint"), "the hint")
        box = browser.element("webgpu")
        assert (box.is_enabled(), box.is_selected()) == (False, False)
        press(browser, "test")
        until(lambda: "Test picture" in card(browser).text, "the test of WebAssembly")
        assert not remembered(browser)
