"""The pictures: a portrait out of scikit-image at sizes from a thumbnail to a camera's."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from dev.browser.demo import demo_pictures

# Megapixels -> side of the square portrait.
SIDES = {0.25: 512, 2.6: 1624, 12: 3464, 48: 6928}
QUALITY = 90


@dataclass(frozen=True, slots=True)
class Picture:
    """One JPEG."""

    megapixels: float
    file: Path


def make_pictures(folder: Path) -> dict[float, Picture]:
    """Write all sizes, by megapixels."""
    pictures: dict[float, Picture] = {}
    with Image.open(demo_pictures()[0]) as portrait:
        source = portrait.convert("RGB")
    for megapixels, side in SIDES.items():
        file = folder / f"portrait-{megapixels:g}.jpg"
        source.resize((side, side), Image.Resampling.BICUBIC).save(file, quality=QUALITY)
        pictures[megapixels] = Picture(megapixels, file)
    return pictures
