"""The matrix kernels that the build puts into onnxruntime-web, beside those that were there."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from dev.wasm.module import Module, WasmError, leb, sized
from dev.wasm.sgemm import BLOCK_ROWS, SIGNATURE, block_product, enlarge_blocks, find_kernels
from offcut_browser import OffcutBrowser

RUNTIME = Path(__file__).parents[2] / "extension/vendor/onnxruntime/ort-wasm-simd-threaded.wasm"
PAGES = 64

# C = alpha * A * B, or C + that, for many shapes; beyond C and in its rows' gaps nothing changes.
CHECK = """
const [encoded, adds, done] = arguments;
(async () => {
    const bytes = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes);
    const { memory, product } = instance.exports;
    const floats = new Float32Array(memory.buffer);
    const random = (seed) => () => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 2 - 1;
    const next = random(7);
    let worst = 0, cases = 0, spoilt = 0;
    for (const M of [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 16, 64])
    for (const N of [1, 2, 5, 8, 15, 16, 17, 31, 48, 50])
    for (const K of [1, 2, 3, 8, 129])
    for (const alpha of [1, -0.5]) {
        const lda = K + 3, ldc = N + 5, panels = Math.ceil(N / 16);
        const a = 16, b = a + M * lda, c = b + panels * K * 16 + 8, end = c + M * ldc;
        for (let i = a; i < end + 16; i++) floats[i] = next();
        for (let n = N; n < panels * 16; n++)
            for (let k = 0; k < K; k++) floats[b + (n >> 4) * K * 16 + k * 16 + (n & 15)] = 0;
        const before = floats.slice(0, end + 16);
        for (let m = 0; m < M; ) {
            const at = [a + m * lda, b, c + m * ldc].map((index) => index * 4);
            m += product(...at, K, M - m, N, lda, ldc, alpha);
        }
        for (let m = 0; m < M; m++) for (let n = 0; n < N; n++) {
            const place = c + m * ldc + n;
            let sum = 0;
            for (let k = 0; k < K; k++)
                sum += before[a + m * lda + k] * before[b + (n >> 4) * K * 16 + k * 16 + (n & 15)];
            const wanted = alpha * sum + (adds ? before[place] : 0);
            worst = Math.max(worst, Math.abs(floats[place] - wanted) / (1 + Math.sqrt(K)));
            before[place] = floats[place];
        }
        spoilt += before.filter((value, index) => value !== floats[index]).length;
        cases++;
    }
    return { worst, cases, spoilt };
})().then(done, (error) => done({ error: String(error) }));
"""


@pytest.fixture(scope="module")
def runtime() -> Module:
    return Module(RUNTIME.read_bytes())


def alone(runtime: Module, *, adds: bool) -> bytes:
    """One of the kernels in a module of its own, which exports it as `product`."""
    index = next(index for kernel, index in find_kernels(runtime) if kernel.adds == adds)
    bodies = [runtime.body(index)]
    for smaller, rows in enumerate(BLOCK_ROWS):
        bodies.append(block_product(rows, smaller, adds=adds))
    taken, given = SIGNATURE
    last = leb(len(bodies) - 1)
    sections = {
        1: leb(1) + b"\x60" + sized(taken) + sized(given),
        3: sized(bytes(len(bodies))),
        5: leb(1) + b"\x01" + leb(PAGES) + leb(PAGES),
        7: leb(2) + sized(b"memory") + b"\x02\x00" + sized(b"product") + b"\x00" + last,
        10: leb(len(bodies)) + b"".join(map(sized, bodies)),
    }
    parts = [bytes([kind]) + sized(content) for kind, content in sections.items()]
    return b"\0asm\1\0\0\0" + b"".join(parts)


@pytest.mark.parametrize("adds", [True, False])
def test_products_of_all_shapes_are_right(
    browser: OffcutBrowser, runtime: Module, *, adds: bool
) -> None:
    browser.open("/options/options.html")
    module = base64.b64encode(alone(runtime, adds=adds)).decode()
    found = browser.driver.execute_async_script(CHECK, module, adds)
    assert "error" not in found, found
    assert found["cases"] == 12 * 10 * 5 * 2
    assert found["spoilt"] == 0
    assert found["worst"] < 1e-6


def test_another_onnxruntime_is_refused(runtime: Module) -> None:
    kernel, index = next(find_kernels(runtime))
    other = Module(RUNTIME.read_bytes())
    other.replace(index, other.body(index)[:-1] + b"\x01\x0b")
    with pytest.raises(WasmError, match=kernel.digest):
        enlarge_blocks(other)
