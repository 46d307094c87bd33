"""The pipeline's stages: their names, their order and their share of the time.

Decides: how much of the progress bar each stage takes.

Errors carry these names, and a job's timings have them as keys. The extension has a text
`timing_<name>` for each, beside those for what it does itself; its progress bar shows fewer,
broader steps (`stage_<step>`, see `extension/ui/progress.js`).
"""

from __future__ import annotations

from typing import Final

DECODE: Final = "decode"
PREPROCESS: Final = "preprocess"
INFERENCE: Final = "inference"
POSTPROCESS: Final = "postprocess"
REFINE: Final = "refine"
FOREGROUND: Final = "foreground"
ENCODE: Final = "encode"

# Weights are shares of a warm 12-megapixel job in Pyodide; they only pace a progress bar.
PROGRESS_WEIGHTS: Final[dict[str, float]] = {
    DECODE: 0.10,
    PREPROCESS: 0.02,
    INFERENCE: 0.45,
    POSTPROCESS: 0.01,
    REFINE: 0.10,
    FOREGROUND: 0.07,
    ENCODE: 0.25,
}

STAGES: Final = tuple(PROGRESS_WEIGHTS)


def fraction_before(stage: str) -> float:
    """Share of the whole job, in [0, 1], that is done when `stage` begins."""
    position = STAGES.index(stage)
    return sum(PROGRESS_WEIGHTS[name] for name in STAGES[:position])
