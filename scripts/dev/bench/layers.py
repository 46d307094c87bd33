"""Each convolution of a network alone, on one thread: its share of the processor's multiply-adds.

Decides: how a share is counted, by the multiplications of the plain sum: Winograd's way, which
needs fewer, may be above 100 %.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dev.bench.compare import browser
from dev.bench.layer_networks import Layer, read_layers, write_layer
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
