"""Which models a job asks.

"Fast" and "best" name results, and the registry's recipes say which of the models that are
here give them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from offcut.network.models import ModelSpec, read_model_spec, spec_from_entry
from offcut.options.options import DEFAULT_MODEL, OffcutOptions


def choose_models(
    registry: str, options: OffcutOptions, is_here: Callable[[ModelSpec], bool]
) -> list[ModelSpec]:
    """Choose the models of a job.

    Parameters
    ----------
    registry : str
        The text of `models/registry.json`.
    options : OffcutOptions
        Of which `model` and `quality` count.
    is_here : callable
        Says whether a model's weights are here.

    Returns
    -------
    list of ModelSpec
        The base model first. The one that was asked for; else those of the recipe with the
        least error whose models are all here; else the default one.

    Raises
    ------
    ModelError
        UNKNOWN_MODEL if the one asked for is not in the registry.
    """
    if options.model is not None:
        return [read_model_spec(registry, options.model)]
    described: dict[str, Any] = json.loads(registry)
    specs = {entry["id"]: spec_from_entry(entry) for entry in described["models"]}
    for recipe in sorted(described["recipes"], key=lambda recipe: recipe["error"]):
        models = [specs[model] for model in recipe["models"]]
        if recipe["quality"] == options.quality and all(map(is_here, models)):
            return models
    return [specs[DEFAULT_MODEL]]
