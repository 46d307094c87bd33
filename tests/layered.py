"""Files with layers, made of known subjects and read back by programs that are not ours."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
import pytest
from numpy.typing import NDArray
from offcut import OffcutOptions, render
from offcut.subject import Subject
from PIL import Image
from psd_tools import PSDImage

Pixels = NDArray[np.uint8]


def written(subject: Subject, **options: Any) -> bytes:
    return render(subject, OffcutOptions(**options)).encoded


def flat(subject: Subject, **options: Any) -> Pixels:
    """The same result as the PNG has it: uint8, (H, W, 4)."""
    return render(subject, OffcutOptions(**options)).rgba()


def psd_of(file: bytes) -> PSDImage:
    return PSDImage.open(BytesIO(file))  # pyright: ignore[reportUnknownMemberType]


def composed(file: bytes) -> Pixels:
    """Let psd-tools lay the layers of a PSD over each other: uint8, (H, W, 4)."""
    psd: Any = psd_of(file)
    return _rgba(psd.composite(force=True, ignore_preview=True))


def shown_at_once(file: bytes) -> Pixels:
    """Let psd-tools read the finished picture of a PSD: uint8, (H, W, 4)."""
    psd: Any = psd_of(file)
    return _rgba(psd.topil())


def magick(file: Path, number: int) -> Pixels:
    """Let ImageMagick read a layer, 0 for the finished picture: uint8, (H, W, 4)."""
    png = file.with_suffix(".png")
    _convert(f"{file}[{number}]", "+repage", f"PNG32:{png}")
    return np.asarray(Image.open(png))


def magick_facts(file: Path, number: int, wanted: str) -> str:
    """Let ImageMagick describe a layer; `wanted` is its format with percent escapes."""
    return _convert(f"{file}[{number}]", "-format", wanted, "info:")


def _convert(*arguments: str) -> str:
    program = shutil.which("convert", path="/usr/bin:/bin")
    if program is None:
        pytest.skip("ImageMagick is not installed")
    run = subprocess.run([program, *arguments], check=True, capture_output=True, text=True)
    return run.stdout


def _rgba(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGBA"))


def ora_members(file: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def ora_layers(file: bytes) -> list[tuple[dict[str, str], Pixels]]:
    """Give attributes and pixels of all layers, the uppermost first."""
    members = ora_members(file)
    stack = ElementTree.fromstring(members["stack.xml"]).find("stack")
    assert stack is not None
    return [
        (layer.attrib, np.asarray(Image.open(BytesIO(members[layer.attrib["src"]]))))
        for layer in stack
    ]


def difference(some: Pixels, others: Pixels) -> int:
    """Give the largest difference of premultiplied values."""
    weighted = [
        np.dstack((each[..., :3] * (each[..., 3:] / 255), each[..., 3])).astype(float)
        for each in (some, others)
    ]
    return int(np.abs(weighted[0] - weighted[1]).max())
