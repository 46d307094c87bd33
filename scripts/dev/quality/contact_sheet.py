"""A contact sheet: picture, matte, cutout on magenta and on black, side by side."""

from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from dev.quality.cached_sessions import OpenModel, forget_answers
from dev.quality.methods import ours
from dev.quality.scores import Truth
from dev.terminal import say

CELL: Final = 300
LABEL: Final = 14
PER_ROW: Final = 2
BACKDROPS: Final = ((255, 0, 255), (0, 0, 0))
CELLS: Final = 2 + len(BACKDROPS)


def write_sheet(path: Path, truths: list[Truth], models: list[OpenModel], quality: str) -> None:
    """Write the sheet of some pictures in the format of the file's name."""
    method = ours(models if quality == "best" else models[:1], quality)
    strips: list[Image.Image] = []
    for truth in truths:
        forget_answers(models)
        alpha, colors = method(truth)
        strips.append(_strip(truth, Image.fromarray(alpha), colors))
    lines = -(-len(strips) // PER_ROW)
    height, width = CELL + LABEL, CELL * CELLS
    sheet = Image.new("RGB", (width * PER_ROW, height * lines), (128, 128, 128))
    for at, strip in enumerate(strips):
        row, column = divmod(at, PER_ROW)
        sheet.paste(strip, (column * width, row * height))
    sheet.save(path)
    say(f"{path}: {len(strips)} pictures")


def _strip(truth: Truth, alpha: Image.Image, colors: np.ndarray | None) -> Image.Image:
    own = Image.fromarray(truth.image if colors is None else colors)
    cells = [Image.fromarray(truth.image), alpha.convert("RGB")]
    cells += [Image.composite(own, Image.new("RGB", own.size, color), alpha) for color in BACKDROPS]
    strip = Image.new("RGB", (CELL * CELLS, CELL + LABEL), (128, 128, 128))
    ImageDraw.Draw(strip).text((2, 1), truth.name, fill=(255, 255, 255))
    for at, cell in enumerate(cells):
        cell.thumbnail((CELL - 4, CELL - 4), Image.Resampling.LANCZOS)
        strip.paste(cell, (at * CELL + 2, LABEL))
    return strip
