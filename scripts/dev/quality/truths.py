"""Reads pictures that have a true matte."""

from pathlib import Path

import numpy as np
from PIL import Image

from dev.quality.scores import Truth
from dev.terminal import SetupError


def read_truths(folder: Path) -> list[Truth]:
    """Read the pictures of a folder that have a true matte.

    Raises
    ------
    SetupError
        If there is none.
    """
    truths: list[Truth] = []
    for matte in sorted(folder.glob("*.alpha.png")):
        name = matte.name.removesuffix(".alpha.png")
        picture = next(
            (path for end in (".jpg", ".png") if (path := folder / f"{name}{end}").is_file()), None
        )
        if picture is None:
            continue
        colors = folder / f"{name}.fg.png"
        truths.append(
            Truth(
                name,
                np.asarray(Image.open(picture).convert("RGB")),
                (np.asarray(Image.open(matte).convert("L")) / 255).astype(np.float32),
                np.asarray(Image.open(colors).convert("RGB")) if colors.is_file() else None,
            )
        )
    if not truths:
        raise SetupError(f"{folder} has no NAME.jpg or NAME.png with NAME.alpha.png.")
    return truths
