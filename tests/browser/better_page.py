"""Pages whose quick result is followed by a better one, as a person sees them."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
from pathlib import Path

from clicks import with_rights
from editor_page import EditorPage
from offcut_browser import OffcutBrowser
from picture_pages import PAGE
from PIL import Image
from waiting import until

SET = "const [values, done] = arguments; chrome.storage.local.set(values).then(done)"
# In the moment in which the quick result is there: does something, and gives the bytes of it.
WHEN_DONE = """const done = arguments[0];
    const watcher = new MutationObserver(look);
    watcher.observe(document.documentElement, { attributes: true });
    look();
    async function look() {
        if (document.documentElement.dataset.state !== 'done') return;
        watcher.disconnect();
        const { src } = document.getElementById('cutout');
        const reading = fetch(src).then((answer) => answer.blob());
        ACT;
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(',')[1]);
        reader.readAsDataURL(await reading);
    }"""
BEGIN = """const [photos, done] = arguments;
    const bytes = (data) => Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
    const files = photos.map(([name, data]) => ({ name, blob: new Blob([bytes(data)]) }));
    import('/messages/request.js')
        .then(({ request }) => request('background', 'files.start', { files, isPatient: false }))
        .then(({ jobIds }) => done(jobIds), (error) => done([String(error)]));"""
FILE_IS_READY = "return document.getElementById('file-bar').dataset.file === 'ready'"


def patient(extension: Path, folder: Path, patience_ms: int) -> Path:
    """Copy the built extension, with another patience: how busy this machine is decides nothing."""
    copy = with_rights(extension, folder, f"{PAGE}*")
    registry = copy / "models" / "registry.json"
    content = json.loads(registry.read_text(encoding="utf-8"))
    content["patience_ms"]["auto"] = patience_ms
    registry.write_text(json.dumps(content), encoding="utf-8")
    return copy


def pixels(file: bytes) -> str:
    """Give a name to the pixels of a picture file."""
    with Image.open(io.BytesIO(file)) as picture:
        return f"{picture.size} {hashlib.sha256(picture.convert('RGBA').tobytes()).hexdigest()}"


def shown(browser: OffcutBrowser) -> str:
    """Give the pixels of the file that the page has ready."""
    return pixels(browser.cutout_bytes())


def asked_for(browser: OffcutBrowser, photo: Path, quality: str) -> str:
    """Give the cut-out of a quality that is chosen in the settings."""
    browser.open("/manifest.json")
    browser.driver.execute_async_script(SET, {"quality": quality})
    assert browser.cut_out(photo) == "done"
    made = shown(browser)
    browser.close_results()
    browser.open("/manifest.json")
    browser.driver.execute_async_script("chrome.storage.local.remove('quality').then(arguments[0])")
    return made


def shown_first(browser: OffcutBrowser, photo: Path, act: str = "") -> str:
    """Cut a photo out; give what is shown first, and do something in that moment."""
    begin_in_page(browser, photo)
    return when_done(browser, act)


def begin_in_page(browser: OffcutBrowser, *photos: Path) -> list[str]:
    """Begin jobs that result pages show from the first, as "New picture" does; gives their tabs.

    All begin at once: none is over before the next one is in the engine.
    """
    browser.open("/manifest.json")
    sent = [(photo.name, base64.b64encode(photo.read_bytes()).decode()) for photo in photos]
    jobs: list[str] = browser.driver.execute_async_script(BEGIN, sent)
    tabs: list[str] = []
    for job in jobs:
        browser.driver.switch_to.new_window("tab")
        browser.driver.get(f"{browser.origin}/result/result.html?job={job}")
        tabs.append(browser.driver.current_window_handle)
    return tabs


def when_done(browser: OffcutBrowser, act: str) -> str:
    """Do something in the moment in which the quick result is shown, and give its pixels."""
    script = WHEN_DONE.replace("ACT", act)
    return pixels(base64.b64decode(browser.driver.execute_async_script(script)))


def wait_file(browser: OffcutBrowser) -> None:
    """Wait until the newest state is shown, and its file is made."""
    EditorPage(browser)
    until(lambda: browser.driver.execute_script(FILE_IS_READY), "the file")


def better(browser: OffcutBrowser) -> str:
    """Wait until the better result is decided, and tell how."""
    return until(
        lambda: state if (state := browser.dataset().get("better")) != "coming" else None,
        "the better result, or none",
    )


def is_shown(browser: OffcutBrowser, element: str) -> bool:
    return browser.element(element).is_displayed()


def photograph(browser: OffcutBrowser, name: str) -> None:
    """Keep what is seen where somebody wants to look at it."""
    if folder := os.environ.get("OFFCUT_PHOTOGRAPHS"):
        browser.driver.save_screenshot(f"{folder}/{name}.png")
