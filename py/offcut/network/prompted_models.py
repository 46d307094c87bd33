"""Models that are asked by clicks: an encoder that sees the picture once, a decoder for each click.

Decides: which fields of the registry tell how to ask such a pair.

Both are entries of `models/registry.json` with a field `prompted`; the decoder's names its encoder.
Segment Anything (Kirillov et al., ICCV 2023) and what was made after it are such pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offcut.network.models import InputContract, ModelSpec, OutputContract, spec_from_entry


@dataclass(frozen=True, slots=True)
class Constant:
    """A tensor that a decoder wants and that is the same for every click: a value everywhere.

    Attributes
    ----------
    name : str
    shape : tuple of int
    value : float
    """

    name: str
    shape: tuple[int, ...]
    value: float

    def tensor(self) -> NDArray[np.float32]:
        """Make it."""
        return np.full(self.shape, self.value, np.float32)


@dataclass(frozen=True, slots=True)
class PromptedSpec:
    """A pair of networks.

    Attributes
    ----------
    encoder, decoder : ModelSpec
        The encoder's output is the picture's embedding; the decoder's is masks, shape
        (1, n, h, w), of what the encoder's whole input shows.
    embedding, points, labels : str
        Names of the decoder's inputs: the embedding; (1, clicks, 2), x and y in pixels of the
        encoder's input; (1, clicks), 1 for a click on the thing and 0 for one beside it.
    constants : tuple of Constant
        The decoder's other inputs.
    padding : bool
        Whether the decoder wants one more point, labelled -1, as it does where no box is given.
    """

    encoder: ModelSpec
    decoder: ModelSpec
    embedding: str
    points: str
    labels: str
    constants: tuple[Constant, ...]
    padding: bool

    @property
    def input(self) -> InputContract:
        """How the picture lies in what the encoder sees."""
        return self.encoder.input

    @property
    def output(self) -> OutputContract:
        """What a mask of the decoder means."""
        return self.decoder.output


def prompted_from_entries(entries: Iterable[Mapping[str, Any]]) -> PromptedSpec | None:
    """Find a pair among entries of the registry: the first decoder whose encoder is there."""
    listed = list(entries)
    encoders = {
        entry["id"]: entry for entry in listed if entry.get("prompted", {}).get("part") == "encoder"
    }
    for entry in listed:
        about = entry.get("prompted", {})
        if about.get("part") == "decoder" and about["encoder"] in encoders:
            return PromptedSpec(
                encoder=spec_from_entry(encoders[about["encoder"]]),
                decoder=spec_from_entry(entry),
                embedding=entry["input"]["name"],
                points=about["points"],
                labels=about["labels"],
                constants=tuple(
                    Constant(each["name"], tuple(each["shape"]), float(each["value"]))
                    for each in about.get("constants", [])
                ),
                padding=bool(about.get("padding")),
            )
    return None
