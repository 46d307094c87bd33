"""While the network works for one picture the next is begun: the same pixels, and nothing twice."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from devtools import DevTools
from files import saved
from offcut_browser import OffcutBrowser
from PIL import Image

# Opens all jobs at once; cancels the first of them as soon as the next one has been begun.
RUN = """
const [field, isFirstCancelled, done] = arguments;
(async () => {
    const { request } = await import('/messages/request.js');
    const { readSettings } = await import('/settings/settings.js');
    const text = async (blob) => new Uint8Array(await blob.arrayBuffer()).toBase64();
    const settings = await readSettings();
    await request('background', 'engine.ensure');
    const jobs = Array.from(field.files, async (file, place) => {
        const jobId = crypto.randomUUID();
        const source = { kind: 'blob', blob: new Blob([await file.arrayBuffer()]) };
        const options = { quality: 'fast' };
        await request('engine', 'job.open', { jobId, name: file.name, settings, options, source });
        return new Promise((resolve) => {
            const port = chrome.runtime.connect({ name: `job:${jobId}` });
            port.onMessage.addListener(async ({ state, stages, cutout, failure }) => {
                const isUnderWay = isFirstCancelled && place === 0 && stages.find_subject > 0;
                if (isUnderWay) port.postMessage({ type: 'job.cancel' });
                if (state === 'done') resolve(await text(cutout.blob));
                else if (state === 'failed') resolve(failure.code);
                else if (state === 'cancelled') resolve(state);
            });
        });
    });
    return Promise.all(jobs);
})().then(done, (error) => done([String(error)]));
"""
FIELD = """
const field = Object.assign(document.createElement('input'), { type: 'file', multiple: true });
document.body.append(field);
return field;
"""
# How often messages of a type are sent, counted in `sent`.
COUNT = """(() => {
    globalThis.sent = 0;
    const { postMessage } = SENDER.prototype;
    SENDER.prototype.postMessage = function (message, ...more) {
        if (message.type === 'TYPE') globalThis.sent++;
        postMessage.call(this, message, ...more);
    };
})()"""
# In Python's worker, which asks the network; in the engine, which has the next job begun.
COUNT_ASKED = COUNT.replace("SENDER", "MessagePort").replace("TYPE", "model.run")
COUNT_BEGUN = COUNT.replace("SENDER", "Worker").replace("TYPE", "cutout.prepare")
LONGEST_CODE = 100


@pytest.fixture
def pictures(portrait: Image.Image, tmp_path: Path) -> list[Path]:
    """JPEGs of some sizes, one turned by its EXIF; a PNG; one that is cut off."""
    turned = Image.Exif()
    turned[0x0112] = 6
    contents = {
        "a.jpg": saved(portrait.resize((1500, 1500)), "JPEG"),
        "b.jpg": saved(portrait.resize((900, 1200)), "JPEG", exif=turned),
        "c.png": saved(portrait, "PNG"),
        "d.jpg": saved(portrait, "JPEG")[:500],
        "e.jpg": saved(portrait.resize((700, 500)), "JPEG"),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def run(
    browser: OffcutBrowser, pictures: Sequence[Path], *, is_first_cancelled: bool = False
) -> list[str]:
    """Cut pictures out, all jobs opened at once; gives their pixels, or how else they ended."""
    browser.open("/options/options.html")
    field = browser.driver.execute_script(FIELD)
    field.send_keys("\n".join(map(str, pictures)))
    ends = browser.driver.execute_async_script(RUN, field, is_first_cancelled)
    # The files may differ: Python packs a band itself where no worker is free.
    return [pixels_of(end) if len(end) > LONGEST_CODE else end for end in ends]


def pixels_of(text: str) -> str:
    """Give the hash of a file's pixels, the file in Base64."""
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        return hashlib.sha256(image.tobytes()).hexdigest()


def test_the_next_picture_is_begun_early_and_its_pixels_are_the_same(
    browser: OffcutBrowser, devtools: DevTools, pictures: list[Path]
) -> None:
    alone = [run(browser, [picture])[0] for picture in pictures]
    assert alone[3] == "CORRUPT_IMAGE"
    devtools.evaluate(devtools.engine(), COUNT_BEGUN)
    devtools.evaluate(devtools.workers()["python"], COUNT_ASKED)
    assert run(browser, pictures) == alone
    assert devtools.evaluate(devtools.engine(), "sent") >= len(pictures) - 2, "the broken asks none"
    asked = devtools.evaluate(devtools.workers()["python"], "sent")
    assert asked == len(pictures) - 1, "what was begun is not done again"


def test_a_picture_whose_begun_run_ends_with_the_network_is_done_all_the_same(
    browser: OffcutBrowser, pictures: list[Path]
) -> None:
    alone = [run(browser, [picture])[0] for picture in pictures]
    assert run(browser, pictures, is_first_cancelled=True) == ["cancelled", *alone[1:]]
