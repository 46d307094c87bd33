"""Which models a job asks.

Decides: which model the command and the library take: asked for, best that is here, or quicker;
when "auto" is content with the quick result. In the browser: extension/engine/choose_models.js.

"Fast" and "best" name results, and the registry's recipes say which of the models that are
here give them. "Auto" is "fast", and then "best" where that takes no longer than the registry's
patience for it. `extension/engine/choose_models.js` follows the same rules, because it has to
choose before Python runs; `tests/cases/model_choice.json` and `tests/cases/better_choice.json` hold
both to them.
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
        Of which `model` and `quality` count; "auto" begins with what "fast" asks.
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
    quality = "best" if options.quality == "best" else "fast"
    described: dict[str, Any] = json.loads(registry)
    specs = {entry["id"]: spec_from_entry(entry) for entry in described["models"]}
    here = {name for name, spec in specs.items() if is_here(spec)}
    possible = [
        recipe
        for recipe in sorted(described["recipes"], key=lambda recipe: recipe["error"])
        if recipe["quality"] == quality and here.issuperset(recipe["models"])
    ]
    if not possible:
        return [specs[DEFAULT_MODEL]]
    expected = [_expected_ms(recipe, times_ms) for recipe in possible]
    patience = described["patience_ms"][quality]
    bearable = (index for index, time in enumerate(expected) if time <= patience)
    # A machine that is too slow for all of them still shall have its cutout.
    chosen = next(bearable, expected.index(min(expected)))
    return [specs[model] for model in possible[chosen]["models"]]


def choose_better(
    registry: str,
    options: OffcutOptions,
    is_here: Callable[[ModelSpec], bool],
    times_ms: Mapping[str, float],
) -> list[ModelSpec] | None:
    """Choose the models by which "auto" goes on from the quick result to a better one.

    Parameters
    ----------
    registry : str
    options : OffcutOptions
        Of which `model` counts.
    is_here : callable
    times_ms : mapping of str to float
        As measured by the quick result and before. A model that was never run counts as much as
        the base model of its recipe: so it is tried once.

    Returns
    -------
    list of ModelSpec or None
        The base model first. Those of the recipe of "best" with the least error that takes no
        longer than the registry's patience for "auto"; or the one model that is asked for, run
        as often as "best" runs one. None where that takes too long, or no time is known.
    """
    described: dict[str, Any] = json.loads(registry)
    specs = {entry["id"]: spec_from_entry(entry) for entry in described["models"]}
    recipes: list[dict[str, Any]]
    recipes = [recipe for recipe in described["recipes"] if recipe["quality"] == "best"]
    if options.model is not None:
        runs = max((recipe["runs"] for recipe in recipes if len(recipe["models"]) == 1), default=1)
        recipes = [{"models": [options.model], "runs": runs, "error": 0}] if runs > 1 else []
    for recipe in sorted(recipes, key=lambda recipe: recipe["error"]):
        models: list[str] = recipe["models"]
        base_ms = times_ms.get(models[0])
        if base_ms is None or not all(name in specs and is_here(specs[name]) for name in models):
            continue
        known = {name: times_ms.get(name, base_ms) for name in models}
        if _expected_ms(recipe, known) <= described["patience_ms"]["auto"]:
            return [specs[name] for name in models]
    return None


def _expected_ms(recipe: dict[str, Any], times_ms: Mapping[str, float]) -> float:
    # One model alone is run `runs` times, several are run once each.
    repeats = recipe["runs"] if len(recipe["models"]) == 1 else 1
    return sum(repeats * times_ms.get(model, 0) for model in recipe["models"])
