"""Weights that the extension does not bundle, as their publisher has them: fetched when needed."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Final

from offcut.network.models import ModelSpec

from dev.builder.parts import Source
from dev.builder.sources import Fetcher, UnavailableError
from dev.paths import MODELS
from dev.terminal import SetupError, say

# The weights lie in it as numbered pieces, which resources.json lists in order.
IMGLY: Final = Source("npm", "@imgly/background-removal-data@1.4.5", "package/dist/{name}")
IMGLY_PATHS: Final = {"isnet-fp16": "/models/medium", "isnet-uint8": "/models/small"}


def weights_of(spec: ModelSpec) -> Path:
    """Give the file of a model's weights; fetches it if it is missing.

    Raises
    ------
    SetupError
        If the weights can't be had.
    """
    weights = MODELS / "weights" / spec.file
    if not weights.is_file():
        _fetch(spec, weights)
    return weights


def _fetch(spec: ModelSpec, target: Path) -> None:
    if spec.id not in IMGLY_PATHS:
        raise SetupError(
            f"{target.name} is not in models/weights. scripts/vendor brings bundled weights there; "
            "those of another model have to be put there by hand."
        )
    say(f"Fetching {target.name} ({spec.bytes:,} bytes; see its card for the licence) ...")
    with tempfile.TemporaryDirectory(prefix="offcut-weights-") as scratch:
        try:
            joined = _join_pieces(IMGLY_PATHS[spec.id], Path(scratch))
        except UnavailableError as error:
            raise SetupError(f"{target.name} can't be had from here: {error}") from error
        if hashlib.sha256(joined.read_bytes()).hexdigest() != spec.sha256:
            raise SetupError(f"The {target.name} that came is not the one that the registry names.")
        half = target.with_suffix(".part")
        shutil.copyfile(joined, half)
        half.replace(target)


def _join_pieces(path: str, scratch: Path) -> Path:
    packages = scratch / "packages"
    packages.mkdir()
    fetcher = Fetcher(packages)
    listing, piece, joined = (scratch / name for name in ("listing", "piece", "joined"))
    fetcher.fetch(IMGLY, "resources.json", listing)
    with joined.open("wb") as whole:
        for chunk in json.loads(listing.read_text())[path]["chunks"]:
            fetcher.fetch(IMGLY, chunk.get("hash") or chunk["name"], piece)
            whole.write(piece.read_bytes())
    return joined
