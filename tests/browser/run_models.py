"""Runs ONNX models in the onnxruntime-web that is built."""

from __future__ import annotations

import base64

import numpy as np
from offcut_browser import OffcutBrowser

RUN = """
const [threads, encoded, done] = arguments;
const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
(async () => {
    const ort = await import('/vendor/onnxruntime/ort.wasm.min.mjs');
    ort.env.wasm.wasmPaths = new URL('/vendor/onnxruntime/', location.href).href;
    ort.env.wasm.numThreads = threads;
    const outputs = [];
    for (const { model, data, shape } of encoded) {
        const session = await ort.InferenceSession.create(bytes(model));
        const input = new ort.Tensor('float32', new Float32Array(bytes(data).buffer), shape);
        const { output } = await session.run({ [session.inputNames[0]]: input });
        const made = new Uint8Array(output.data.buffer, output.data.byteOffset, output.size * 4);
        let text = '';
        for (const byte of made) text += String.fromCharCode(byte);
        outputs.push(btoa(text));
        await session.release();
    }
    return outputs;
})().then(done, (error) => done({ error: String(error) }));
"""


def run_models(
    browser: OffcutBrowser, threads: int, runs: list[tuple[bytes, np.ndarray]]
) -> list[np.ndarray]:
    """Give the output, flat, of each model for its input."""
    encoded = [
        {
            "model": base64.b64encode(model).decode(),
            "data": base64.b64encode(data.astype("<f4").tobytes()).decode(),
            "shape": data.shape,
        }
        for model, data in runs
    ]
    browser.open("/manifest.json")  # the pages let no worker be made of a plain address
    outputs = browser.driver.execute_async_script(RUN, threads, encoded)
    assert "error" not in outputs, outputs
    return [np.frombuffer(base64.b64decode(output), "<f4") for output in outputs]
