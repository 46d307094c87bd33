"""Which models a job asks.

Decides: which model the command and the library take: asked for, best that is here, or quicker. In
the browser: extension/engine/choose_models.js.

"Fast" and "best" name results, and the registry's recipes say which of the models that are
here give them. `extension/engine/choose_models.js` follows the same rule, because it has to
choose before Python runs; `tests/cases/model_choice.json` holds both to it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from offcut.network.models import ModelSpec, read_model_spec, spec_from_entry
from offcut.options.options import DEFAULT_MODEL, OffcutOptions

_UNKNOWN: Final[Mapping[str, float]] = MappingProxyType({})


def choose_models(
    registry: str,
    options: OffcutOptions,
    is_here: Callable[[ModelSpec], bool],
    times_ms: Mapping[str, float] = _UNKNOWN,
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
    times_ms : mapping of str to float
        Milliseconds of one run on this machine, by the model's id; what is not known counts
        as no time.

    Returns
    -------
    list of ModelSpec
        The base model first. The one that was asked for; else those of the recipe with the
        least error whose models are all here and take no longer than the registry's patience;
        else those of the quickest recipe; else the default one.

    Raises
    ------
    ModelError
        UNKNOWN_MODEL if the one asked for is not in the registry.
    """
    if options.model is not None:
        return [read_model_spec(registry, options.model)]
    described: dict[str, Any] = json.loads(registry)
    specs = {entry["id"]: spec_from_entry(entry) for entry in described["models"]}
    here = {name for name, spec in specs.items() if is_here(spec)}
    possible = [
        recipe
        for recipe in sorted(described["recipes"], key=lambda recipe: recipe["error"])
        if recipe["quality"] == options.quality and here.issuperset(recipe["models"])
    ]
    if not possible:
        return [specs[DEFAULT_MODEL]]
    expected = [_expected_ms(recipe, times_ms) for recipe in possible]
    patience = described["patience_ms"][options.quality]
    bearable = (index for index, time in enumerate(expected) if time <= patience)
    # A machine that is too slow for all of them still shall have its cutout.
    chosen = next(bearable, expected.index(min(expected)))
    return [specs[model] for model in possible[chosen]["models"]]


def _expected_ms(recipe: dict[str, Any], times_ms: Mapping[str, float]) -> float:
    # One model alone is run `runs` times, several are run once each.
    repeats = recipe["runs"] if len(recipe["models"]) == 1 else 1
    return sum(repeats * times_ms.get(model, 0) for model in recipe["models"])
