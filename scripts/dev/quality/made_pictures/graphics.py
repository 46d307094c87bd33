"""Graphics on one even colour, without any noise: the pipeline cuts them without the network."""

from typing import Final

import numpy as np

from dev.quality.made_pictures.drawing import (
    Layers,
    Rgb,
    circle,
    drawing,
    letters,
    line,
    ring,
)
from dev.quality.scores import Truth

SIZE: Final = (300, 420)
WHITE: Final = (255, 255, 255)
BLUE: Final = (30, 90, 200)
LOGO: Final[Layers] = [
    ((240, 140, 20), circle(80, 150, 55)),
    ((20, 60, 120), letters(150, 100, "Acme 80", 60)),
]


def make_graphics() -> list[Truth]:
    """Make all of them; see the module."""
    lines: Layers = [
        ((20, 20, 20), line([(20, 20 + 40 * at), (400, 40 + 38 * at)], 1 + at / 2))
        for at in range(6)
    ]
    return [
        _graphic("logo with letters", LOGO),
        _graphic("ring on blue", [((250, 250, 240), ring(210, 150, 120, 30))], BLUE),
        _graphic("thin lines", lines),
        _transparent("logo, own alpha", LOGO),
    ]


def _graphic(name: str, layers: Layers, paper: Rgb = WHITE) -> Truth:
    image, alpha, colors = drawing(SIZE, layers, paper)
    return Truth(name, image, alpha.astype(np.float32), np.rint(colors).astype(np.uint8))


def _transparent(name: str, layers: Layers) -> Truth:
    _, alpha, colors = drawing(SIZE, layers)
    own_alpha = np.rint(alpha * 255).astype(np.uint8)
    image = np.rint(np.where(alpha[..., np.newaxis] > 0, colors, 255)).astype(np.uint8)
    return Truth(name, image, (own_alpha / 255).astype(np.float32), image, own_alpha)
