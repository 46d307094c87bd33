"""The models to be measured: their weights, fetched where they are not bundled."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from offcut.network.inference import Feeds
from offcut.network.models import ModelSpec, read_model_spec
from offcut.runtime.native import NativeSession

from dev.builder.parts import Source
from dev.builder.sources import Fetcher, UnavailableError
from dev.paths import MODELS, REGISTRY
from dev.terminal import SetupError, say

BASE: Final = "u2netp"
# The weights lie in it as numbered pieces, which resources.json lists in order.
IMGLY: Final = Source("npm", "@imgly/background-removal-data@1.4.5", "package/dist/{name}")
IMGLY_PATHS: Final = {"isnet-fp16": "/models/medium", "isnet-uint8": "/models/small"}


@dataclass
class RememberingSession:
    """A session that answers the same question about one picture only once."""

    session: NativeSession
    answers: dict[bytes, NDArray[np.float32]] = field(default_factory=dict[bytes, Any])

    def run(self, feeds: Feeds, fetch: str) -> NDArray[np.float32]:
        """Answer as `offcut.network.inference.Session` says."""
        (tensor,) = feeds.values()
        key = hashlib.sha256(tensor.tobytes()).digest()
        if key not in self.answers:
            self.answers[key] = self.session.run(feeds, fetch)
        return self.answers[key]


@dataclass(frozen=True)
class OpenModel:
    """A model of the registry, ready to run."""

    spec: ModelSpec
    session: RememberingSession


def open_models(helpers: list[str]) -> list[OpenModel]:
    """Open the base model and some helpers; fetches what is missing.

    Raises
    ------
    SetupError
        If weights can't be had.
    """
    registry = REGISTRY.read_text(encoding="utf-8")
    opened: list[OpenModel] = []
    for model in [BASE, *helpers]:
        spec = read_model_spec(registry, model)
        session = NativeSession(weights_of(spec), spec)
        opened.append(OpenModel(spec, RememberingSession(session)))
    return opened


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


def forget_answers(models: list[OpenModel]) -> None:
    """Make room before the next picture."""
    for model in models:
        model.session.answers.clear()


def _fetch(spec: ModelSpec, target: Path) -> None:
    if spec.id not in IMGLY_PATHS:
        raise SetupError(f"{target.name} is not here; scripts/vendor brings it.")
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
