"""The matrix kernels that the build puts into onnxruntime-web."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from onnx import TensorProto, helper, numpy_helper
from run_models import run_models

KERNELS = Path(__file__).parents[2] / "extension/assembly/mlas/kernels.wasm"

# C = alpha * A * B, or C + that, for many shapes; beyond C and in its rows' gaps nothing changes.
# The published kernels, which do what is left over, are plain loops over two rows here.
CHECK = """
const [encoded, adds, done] = arguments;
(async () => {
    const bytes = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0));
    const memory = new WebAssembly.Memory({ initial: 64 });
    const floats = new Float32Array(memory.buffer);
    let asked = 0;
    const plain = (adds) => (a, b, c, K, M, N, lda, ldc, alpha) => {
        asked++;
        const rows = Math.min(M, 2);
        for (let m = 0; m < rows; m++) for (let n = 0; n < N; n++) {
            let sum = 0;
            for (let k = 0; k < K; k++)
                sum += floats[a / 4 + m * lda + k]
                    * floats[b / 4 + (n >> 4) * K * 16 + k * 16 + (n & 15)];
            const place = c / 4 + m * ldc + n;
            floats[place] = alpha * sum + (adds ? floats[place] : 0);
        }
        return rows;
    };
    const stop = () => { throw new Error('not for products'); };
    const { instance } = await WebAssembly.instantiate(bytes, {
        env: { memory },
        published: {
            publishedMultiply: plain(false), publishedMultiplyAdd: plain(true),
            publishedConvolve: stop, malloc: stop, free: stop,
        },
    });
    const product = adds ? instance.exports.multiplyAdd : instance.exports.multiply;
    const random = (seed) => () => ((seed = (seed * 16807) % 2147483647) / 2147483647) * 2 - 1;
    const next = random(7);
    let worst = 0, cases = 0, spoilt = 0, alone = 0;
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
        asked = 0;
        for (let m = 0; m < M; ) {
            const at = [a + m * lda, b, c + m * ldc].map((index) => index * 4);
            m += product(...at, K, M - m, N, lda, ldc, alpha);
        }
        if (!asked) alone++;
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
    return { worst, cases, spoilt, alone };
})().then(done, (error) => done({ error: String(error) }));
"""


@pytest.mark.parametrize("adds", [True, False])
def test_products_of_all_shapes_are_right(browser: OffcutBrowser, *, adds: bool) -> None:
    browser.open("/options/options.html")
    module = base64.b64encode(KERNELS.read_bytes()).decode()
    found = browser.driver.execute_async_script(CHECK, module, adds)
    assert "error" not in found, found
    assert found["cases"] == 12 * 10 * 5 * 2
    # 4, 6, 10, 16 and 64 rows of 16 or 48 columns are done without the published kernels.
    assert found["alone"] == 5 * 2 * 5 * 2
    assert found["spoilt"] == 0
    assert found["worst"] < 1e-6


# Rows, depth and columns. A depth of more than 128 is summed up in parts, of which all but the
# first are added to C.
SHAPES = ((1, 8, 8), (4, 20, 16), (6, 128, 32), (7, 300, 50), (64, 600, 48), (13, 129, 16))


def test_products_in_the_runtime_are_exact(browser: OffcutBrowser) -> None:
    random = np.random.default_rng(5)
    pairs = [
        (random.integers(-8, 9, (rows, depth)), random.integers(-8, 9, (depth, columns)))
        for rows, depth, columns in SHAPES
    ]
    made = run_models(browser, 1, [(product_model(right), left) for left, right in pairs])
    for (left, right), output in zip(pairs, made, strict=True):
        assert (output.reshape(len(left), -1) == left @ right).all(), left.shape


def product_model(right: np.ndarray) -> bytes:
    """A model that multiplies its input by a matrix."""
    constant = numpy_helper.from_array(right.astype(np.float32), "right")
    node = helper.make_node("MatMul", ["left", "right"], ["output"])
    float32 = TensorProto.FLOAT
    taken = helper.make_tensor_value_info("left", float32, [None, right.shape[0]])
    given = helper.make_tensor_value_info("output", float32, None)
    graph = helper.make_graph([node], "product", [taken], [given], [constant])
    versions = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=versions, ir_version=8).SerializeToString()
