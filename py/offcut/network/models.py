"""Models are data: what `models/registry.json` says of one, as a typed record.

Decides: which fields of the registry count. Their values (size, mean, normalisation, sha256) are
data: models/registry.json.

A new model of a known contract is a new entry there and nothing here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from offcut.errors import ModelError


@dataclass(frozen=True, slots=True)
class InputContract:
    """How a picture becomes the network's input.

    Attributes
    ----------
    name : str
        Name of the input tensor.
    height, width : int
        Size of the model input in pixels.
    mean, std : tuple of float
        Per channel, in units of the scaled picture; input = (picture * scale - mean) / std.
    scale : float
        What an 8-bit value is multiplied by before `mean` and `std` apply.
    resize : {"stretch", "letterbox"}
        Whether the picture fills the input, or keeps its proportions.
    fill : int
        For "letterbox": the grey of the rest, in [0, 255].
    """

    name: str
    height: int
    width: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    scale: float
    resize: Literal["stretch", "letterbox"] = "stretch"
    fill: int = 0


@dataclass(frozen=True, slots=True)
class OutputContract:
    """How the network's output becomes a matte.

    Attributes
    ----------
    name : str
        Name of the output tensor, shape (1, 1, height, width).
    activation : {"none", "sigmoid"}
        What still has to be applied to get a value in [0, 1].
    """

    name: str
    activation: Literal["none", "sigmoid"]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is made of the weights when they are read.

    Attributes
    ----------
    delta : str
        Name of the file that says how; see `offcut.weights.delta`.
    sha256 : str
        Of what comes out.
    """

    delta: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model of the registry, as far as the pipeline needs it.

    Attributes
    ----------
    id, file : str
    bytes, sha256
        Of the weights as they are published.
    input, output
        How to talk to the network.
    prepared : Preparation, optional
    """

    id: str
    file: str
    bytes: int
    sha256: str
    input: InputContract
    output: OutputContract
    prepared: Preparation | None = None


def read_model_spec(registry: str, model_id: str) -> ModelSpec:
    """Find one model in the registry.

    Parameters
    ----------
    registry : str
        The text of `models/registry.json`.
    model_id : str
        The entry's `id`.

    Raises
    ------
    ModelError
        UNKNOWN_MODEL if no entry has that id.
    """
    for entry in json.loads(registry)["models"]:
        if entry["id"] == model_id:
            return spec_from_entry(entry)
    known = ", ".join(entry["id"] for entry in json.loads(registry)["models"])
    raise ModelError(
        "UNKNOWN_MODEL",
        f"No model is called {model_id}; there are {known}.",
        detail={"model": model_id},
    )


def spec_from_entry(entry: Mapping[str, Any]) -> ModelSpec:
    """Read one entry of the registry, or one of the same form that a user has described."""
    source, target = entry["input"], entry["output"]
    # Without a delta it is about the packed extension, which has other weights in their place.
    prepared = entry.get("prepared", {})
    delta: str | None = prepared.get("delta")
    return ModelSpec(
        id=entry["id"],
        file=entry["file"],
        bytes=entry["bytes"],
        sha256=entry["sha256"],
        input=InputContract(
            name=source["name"],
            height=source["height"],
            width=source["width"],
            mean=tuple(source["mean"]),
            std=tuple(source["std"]),
            scale=float(source["scale"]),
            resize=source["resize"],
            fill=source.get("fill", 0),
        ),
        output=OutputContract(name=target["name"], activation=target["activation"]),
        prepared=Preparation(delta, prepared["sha256"]) if delta else None,
    )
