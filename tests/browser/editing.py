"""The engine's side of the editor, asked over the port of a job as its page does."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from offcut_browser import OffcutBrowser
from PIL import Image

# A page that holds the ports of its jobs, as a result page does.
NOTHING: dict[str, Any] = {"options": {}, "strokes": []}
PREPARE = """
    const done = arguments[0];
    const encode = async (blob) => {
        const url = await new Promise((resolve) => {
            const reader = new FileReader();
            reader.onload = () => resolve(reader.result);
            reader.readAsDataURL(blob);
        });
        return url.split(',')[1] ?? '';
    };
    const decode = (text) =>
        new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
    let last = 0;
    const jobs = new Map();
    window.editing = {
        async open(text, options) {
            const { startJob } = await import('/ui/start_job.js');
            const source = { kind: 'blob', blob: decode(text) };
            const jobId = await startJob('file', source, { options });
            this.watch(jobId);
            return jobId;
        },
        watch(jobId) {
            const port = chrome.runtime.connect({ name: `job:${jobId}` });
            const job = { port, waiting: new Map(), snapshots: [], over: Promise.withResolvers() };
            jobs.set(jobId, job);
            port.onMessage.addListener((message) => {
                if (message.type === 'edit.replied') {
                    job.waiting.get(message.id)(message);
                    return;
                }
                job.snapshots.push(message);
                if (message.state === 'failed') job.over.resolve(message.failure.code);
                if (message.state === 'done') job.over.resolve('');
            });
        },
        over: (jobId) => jobs.get(jobId).over.promise,
        snapshots: (jobId) => jobs.get(jobId).snapshots.map((each) => ({
            state: each.state, stages: each.stages, options: each.options, edit: each.edit,
        })),
        close(jobId) {
            jobs.get(jobId).port.disconnect();
            jobs.delete(jobId);
        },
        send(jobId, type, body) {
            const { port, waiting } = jobs.get(jobId);
            const id = ++last;
            return new Promise((resolve) => {
                const start = performance.now();
                waiting.set(id, (reply) => resolve({ ...reply, ms: performance.now() - start }));
                port.postMessage({ type, id, body });
            });
        },
        async overChannel(jobId, body) {
            const { openChannel } = await import('/platform/message_channel.js');
            const { ports, reply } = await new Promise((resolve) => {
                const ports = [];
                const channel = openChannel((reply) => resolve({ ports, reply }));
                const port = chrome.runtime.connect({ name: `job:${jobId}:${channel.name}` });
                ports.push(port);
                // A channel goes another way than the port, so it may come later.
                const ask = (id) => port.postMessage({ type: 'edit.preview', id, body });
                port.onMessage.addListener(({ type, id }) => {
                    if (type === 'edit.replied') ask(id + 1);
                });
                ask(0);
            });
            for (const port of ports) port.disconnect();
            const { pixels, width, height } = reply.body;
            return { width, height, bytes: await encode(new Blob([pixels])) };
        },
        async ask(jobId, type, body) {
            if (body.text !== undefined) body = { ...body, blob: decode(body.text) };
            const { ok, failure, body: answer, ms } = await this.send(jobId, type, body);
            if (!ok) return { code: failure.code, failure, ms };
            const { pixels, blob, ...facts } = answer;
            const bytes = pixels ?? blob;
            return { code: '', ms, ...facts, bytes: bytes ? await encode(new Blob([bytes])) : '' };
        },
    };
    done();
"""


@dataclass(frozen=True)
class Editor:
    """One extension page of a browser, as the page of some jobs."""

    browser: OffcutBrowser

    def prepare(self) -> None:
        """Open a page and teach it to ask."""
        self.browser.open("/popup/popup.html")
        self.browser.driver.execute_async_script(PREPARE)

    def call(self, name: str, *arguments: object) -> Any:
        """Call one of the page's functions and await it."""
        script = """
            const done = arguments[arguments.length - 1];
            const [name, ...given] = [...arguments].slice(0, -1);
            Promise.resolve(window.editing[name](...given))
                .then((value) => done(value ?? null));
        """
        return self.browser.driver.execute_async_script(script, name, *arguments)

    def open(self, picture: bytes, options: dict[str, Any] | None = None) -> str:
        """Run a job to its end and give its id."""
        job_id = self.call("open", base64.b64encode(picture).decode(), options or {})
        assert self.call("over", job_id) == ""
        return job_id

    def ask(self, job_id: str, kind: str, **body: Any) -> dict[str, Any]:
        """Ask for an edit; bytes come as base64."""
        return cast("dict[str, Any]", self.call("ask", job_id, f"edit.{kind}", body))

    def preview(self, job_id: str, max_pixels: int = 2_000_000, **edit: Any) -> dict[str, Any]:
        """Ask for a preview; its `image` is an array (h, w, 4)."""
        answer = self.ask(job_id, "preview", edit=NOTHING | edit, maxPixels=max_pixels)
        if answer["code"] == "":
            pixels = np.frombuffer(base64.b64decode(answer.pop("bytes")), np.uint8)
            answer["image"] = pixels.reshape(answer["height"], answer["width"], 4)
        return answer

    def save(self, job_id: str, **edit: Any) -> dict[str, Any]:
        """Ask for the file; its `file` is bytes."""
        answer = self.ask(job_id, "save", edit=NOTHING | edit)
        if answer["code"] == "":
            answer["file"] = base64.b64decode(answer.pop("bytes"))
        return answer


def opened(file: bytes) -> NDArray[np.uint8]:
    """Pixels of a file, RGBA."""
    with Image.open(io.BytesIO(file)) as image:
        return np.asarray(image.convert("RGBA"))
