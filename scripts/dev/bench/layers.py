"""Each convolution of a network alone, on one thread: its share of the processor's multiply-adds.

Decides: which convolutions count as the same (shapes, dilation, stride), and that a share counts
the multiplications of the plain sum: Winograd's, which needs fewer, may be above 100 %.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference

from dev.bench.compare import browser
from dev.bench.site import serve
from dev.paths import BUILD, EXTENSION
from dev.terminal import exit_with, say

PAGES = Path(__file__).parent / "pages"
RUN = """
const [build, address, shape, done] = arguments;
globalThis.run({ build, address, shape }).then(done);
"""
PEAK = ("--optimizeLevel", "3", "--runtime", "stub", "--enable", "simd", "--enable", "relaxed-simd")


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution.

    Attributes
    ----------
    filters, depth, kernel : int
        Planes of the output and of the input, and the side of a filter.
    rows, columns : int
        Of the input.
    stride, dilation : int
        In both directions.
    """

    filters: int
    depth: int
    kernel: int
    rows: int
    columns: int
    stride: int
    dilation: int

    @property
    def padding(self) -> int:
        """Numbers beyond each border: as many as keep the size."""
        return self.dilation * (self.kernel // 2)

    @property
    def multiply_adds(self) -> int:
        """Of the plain sum."""
        each = self.filters * self.depth * self.kernel**2
        return each * (self.rows // self.stride) * (self.columns // self.stride)

    def __str__(self) -> str:
        words = f"{self.depth} to {self.filters}, {self.kernel} x {self.kernel}"
        words += f", at {self.rows} x {self.columns}"
        words += f", stride {self.stride}" if self.stride > 1 else ""
        return words + (f", dilation {self.dilation}" if self.dilation > 1 else "")


@dataclass(frozen=True, slots=True)
class Measured:
    """What came out for a layer: milliseconds, and multiply-adds a millisecond at the peak."""

    layer: Layer
    count: int
    ms: float
    peak: float

    @property
    def share(self) -> float:
        """Of the peak."""
        return self.layer.multiply_adds / self.ms / self.peak


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m dev.bench.layers", description=__doc__)
    parser.add_argument("weights", nargs="+", type=Path, help="ONNX files")
    parser.add_argument(
        "--runtime",
        type=Path,
        default=BUILD / "chrome/vendor/onnxruntime",
        help="folder of a build of onnxruntime-web (the extension's)",
    )
    options = parser.parse_args()
    for weights in options.weights:
        say(table(weights.name, measure(read_layers(weights), options.runtime)))
    return 0


def read_layers(weights: Path) -> Counter[Layer]:
    """Find the convolutions of a network, and how often each is in it.

    Parameters
    ----------
    weights : Path
        An ONNX file whose shapes are fixed.
    """
    network = onnx.load(weights)  # pyright: ignore[reportUnknownMemberType]
    graph = shape_inference.infer_shapes(network).graph
    named = [*graph.input, *graph.output, *graph.value_info]
    shapes = {each.name: [d.dim_value for d in each.type.tensor_type.shape.dim] for each in named}
    shapes |= {each.name: list(each.dims) for each in graph.initializer}
    layers: Counter[Layer] = Counter()
    for node in graph.node:
        if node.op_type not in ("Conv", "ConvInteger"):
            continue
        options = {each.name: list(each.ints) for each in node.attribute}
        filters, depth, kernel, _ = shapes[node.input[1]]
        _, _, rows, columns = shapes[node.input[0]]
        stride, dilation = options.get("strides", [1])[0], options.get("dilations", [1])[0]
        layers[Layer(filters, depth, kernel, rows, columns, stride, dilation)] += 1
    return layers


def write_layer(layer: Layer, file: Path) -> None:
    """Write a network of this convolution and what follows it in these networks, max(0, x)."""
    weights = np.full((layer.filters, layer.depth, layer.kernel, layer.kernel), 0.01, np.float32)
    bias = np.zeros(layer.filters, np.float32)
    convolution = helper.make_node(
        "Conv",
        ["x", "w", "b"],
        ["c"],
        pads=[layer.padding] * 4,
        strides=[layer.stride] * 2,
        dilations=[layer.dilation] * 2,
        kernel_shape=[layer.kernel] * 2,
    )
    shape = [1, layer.depth, layer.rows, layer.columns]
    graph = helper.make_graph(
        [convolution, helper.make_node("Relu", ["c"], ["y"])],
        "layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(bias, "b")],
    )
    opset = [helper.make_opsetid("", 13)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), file)  # pyright: ignore[reportUnknownMemberType]


def measure(layers: Counter[Layer], runtime: Path) -> list[Measured]:
    """Run each layer in a worker of a headless Chromium.

    Parameters
    ----------
    layers : counter of Layer
    runtime : Path
        Folder of a build of onnxruntime-web.

    Returns
    -------
    list of Measured
        The worst share first.
    """
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as scratch, browser() as driver:
        folder = Path(scratch)
        _assemble(folder / "peak.wasm")
        places = {"": PAGES, "peak": folder, "layers": folder, "build": runtime}
        with serve(places) as address:
            driver.get(f"{address}layers.html")
            for number, (layer, count) in enumerate(layers.items()):
                write_layer(layer, folder / f"{number}.onnx")
                shape = [1, layer.depth, layer.rows, layer.columns]
                answer = cast(
                    "dict[str, Any]",
                    driver.execute_async_script(RUN, "build", f"/layers/{number}.onnx", shape),  # pyright: ignore[reportUnknownMemberType]
                )
                if "error" in answer:
                    raise SystemExit(f"{layer}: {answer['error']}")
                found.append(Measured(layer, count, answer["ms"], answer["peak"]))
    return sorted(found, key=lambda each: each.share)


def table(name: str, found: list[Measured]) -> str:
    """Write what came out, in Markdown."""
    peak = max(each.peak for each in found)
    whole = sum(each.ms * each.count for each in found)
    work = sum(each.layer.multiply_adds * each.count for each in found)
    lines = [
        f"{name}: {peak / 1e6:.1f} thousand million multiply-adds a second at the peak of a core",
        "",
        "| convolution | times | ms each | of all | share of the peak |",
        "|---|---|---|---|---|",
    ]
    for each in found:
        part = each.ms * each.count / whole
        lines.append(
            f"| {each.layer} | {each.count} | {each.ms:.2f} | {part:.1%} | {each.share:.0%} |"
        )
    lines.append(f"| all | | {whole:.0f} | | {work / whole / peak:.0%} |")
    return "\n".join([*lines, ""])


def _assemble(to: Path) -> None:
    """Compile pages/peak.ts."""
    compiler = EXTENSION / "node_modules/.bin/asc"
    source = Path(__file__).parent / "pages/peak.ts"
    subprocess.run([compiler, source, "--outFile", to, *PEAK], check=True, cwd=EXTENSION)


if __name__ == "__main__":
    exit_with(main)
