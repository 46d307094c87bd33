"""The models in the settings page of the real extension, and tiny ones for it to fetch."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from dev.builder.delta import make_delta
from offcut_browser import OffcutBrowser
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from tiny_model import tiny_model
from waiting import until

MEGABYTE = 1_000_000
BLOCK = 1 << 18
WEIGHTS = tiny_model(padding=2 * MEGABYTE)
FIRST, SECOND = "http://one.test/tiny.onnx", "http://two.test/tiny.onnx"
DELTA = "models/prepared/tiny.delta"
"""Makes the tiny model of one whose output has another name."""
PUBLISHED, LONGER = "http://one.test/published.onnx", "http://one.test/longer.onnx"
LISTED = "http://one.test/resources.json"


def entry(model: str, weights: bytes, sources: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Describe a tiny model as the registry does."""
    return {
        "id": model,
        "title": f"Tiny {model}",
        "licence": "CC0-1.0",
        "licence_note": "Made up by a test.",
        "file": f"{model}.onnx",
        "bytes": len(weights),
        "sha256": hashlib.sha256(weights).hexdigest(),
        "sources": sources,
        "bundled": False,
        "input": {
            "name": "picture", "layout": "NCHW", "height": 64, "width": 64,
            "channel_order": "RGB", "resize": "stretch", "scale": 1 / 255,
            "mean": [0, 0, 0], "std": [1, 1, 1],
        },
        "output": {"name": "matte", "activation": "none", "range": [0, 1]},
        "suitable_for": ["products"],
        "backends": ["wasm"],
        "card": "",
        "exercised": True,
        **more,
    }  # fmt: skip


def blocks_of(weights: bytes) -> dict[str, Any]:
    """Hash every piece, as the registry has it."""
    pieces = [weights[at : at + BLOCK] for at in range(0, len(weights), BLOCK)]
    return {"size": BLOCK, "sha256": [hashlib.sha256(piece).hexdigest() for piece in pieces]}


def prepare(extension: Path, folder: Path) -> Path:
    """Copy the extension, with tiny models in its registry and the right to read their hosts."""
    shutil.copytree(extension, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    # Stands for the user's yes to the browser's own question, which test_prompts asks.
    manifest["host_permissions"] = ["http://one.test/*", "http://two.test/*"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    path = folder / "models" / "registry.json"
    registry = json.loads(path.read_text())
    both = [{"url": FIRST}, {"url": SECOND}]
    registry["models"] += [
        entry("tiny", WEIGHTS, both, blocks=blocks_of(WEIGHTS)),
        entry("plain", tiny_model(padding=MEGABYTE), [{"url": "http://one.test/plain.onnx"}]),
    ]
    published, made = tiny_model(fetch="published"), tiny_model()
    (folder / DELTA).write_bytes(make_delta(published, made))
    preparation = {
        "bytes": len(made),
        "sha256": hashlib.sha256(made).hexdigest(),
        "delta": DELTA,
    }
    longer = tiny_model(fetch="published, longer")
    registry["models"] += [
        entry("prepared", published, [{"url": PUBLISHED}], prepared=preparation),
        entry("unfit", longer, [{"url": LONGER}], prepared=preparation),
    ]
    for model in registry["models"]:
        if model["id"] == "isnet-uint8":
            model["sources"] = [{"url": LISTED, "key": "/models/small"}]
    path.write_text(json.dumps(registry))
    return folder


def open_settings(browser: OffcutBrowser) -> None:
    browser.open("/options/options.html")
    until(
        lambda: browser.driver.find_elements(By.CSS_SELECTOR, "#models[data-state=ready]"), "models"
    )


def card(browser: OffcutBrowser, model: str = "tiny") -> WebElement:
    return browser.driver.find_element(By.CSS_SELECTOR, f"[data-model={model}]")


def press(browser: OffcutBrowser, action: str, model: str = "tiny") -> None:
    selector = f"[data-model={model}] [data-action={action}]"
    button = until(lambda: browser.driver.find_elements(By.CSS_SELECTOR, selector), action)[0]
    browser.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()


def wait_status(browser: OffcutBrowser, status: str, model: str = "tiny") -> None:
    until(
        lambda: card(browser, model).get_attribute("data-status") == status,
        f"{model} to be {status}",
    )


def problem(browser: OffcutBrowser, model: str = "tiny") -> str:
    return until(
        lambda: card(browser, model).find_element(By.CLASS_NAME, "problem").text, "a problem"
    )


def received(browser: OffcutBrowser, model: str = "tiny") -> float:
    bar = card(browser, model).find_element(By.TAG_NAME, "progress")
    return float(bar.get_attribute("value") or 0)


def on_disk(browser: OffcutBrowser) -> int:
    """Bytes of weights that the disk has: a little less than what has been received."""
    return browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const root = await navigator.storage.getDirectory();
            const folder = await root.getDirectoryHandle('models');
            let bytes = 0;
            for await (const handle of folder.values()) bytes += (await handle.getFile()).size;
            return bytes;
        })().then(done, () => done(0));"""
    )


def usage(browser: OffcutBrowser) -> int:
    script = "navigator.storage.estimate().then(({ usage }) => arguments[0](usage))"
    return browser.driver.execute_async_script(script)


def stored_names(browser: OffcutBrowser) -> list[str]:
    """Everything in the extension's private file system."""
    return browser.driver.execute_async_script(
        """const done = arguments[0];
        (async () => {
            const names = [];
            const walk = async (folder) => {
                for await (const [name, handle] of folder.entries()) {
                    names.push(name);
                    if (handle.kind === 'directory') await walk(handle);
                }
            };
            await walk(await navigator.storage.getDirectory());
            return names;
        })().then(done);"""
    )


def choose_model(browser: OffcutBrowser, model: str) -> None:
    script = """chrome.storage.local.set({ model: arguments[0], quality: arguments[1] })
        .then(arguments[2])"""
    quality = "fast" if model else "best"
    browser.driver.execute_async_script(script, model or None, quality)


def choose_file(browser: OffcutBrowser, folder: Path, name: str, content: bytes) -> None:
    path = folder / name
    path.write_bytes(content)
    open_settings(browser)
    browser.element("model-file").send_keys(str(path))


def said(browser: OffcutBrowser, words: str) -> str:
    return until(
        lambda: text if words in (text := browser.text("models-said")) else None,
        f"“{words}”",
    )


def describe(browser: OffcutBrowser, values: str, activation: str = "none") -> None:
    for field, value in (("values", values), ("activation", activation)):
        selector = f"#model-form-{field} option[value={value}]"
        browser.driver.find_element(By.CSS_SELECTOR, selector).click()


def own_models(browser: OffcutBrowser) -> list[str]:
    """Ids of the models that the user has described."""
    script = """return [...document.querySelectorAll('[data-model^=own-]')]
        .map((card) => card.dataset.model)"""
    return browser.driver.execute_script(script)
