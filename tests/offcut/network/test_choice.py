"""Which models a job asks, and whether a better result follows the quick one by itself.

By the tables of cases that the extension's test runs, too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from native import REGISTRY
from offcut import OffcutOptions
from offcut.errors import ModelError
from offcut.network.choice import choose_better, choose_models
from offcut.network.models import ModelSpec

CASES = Path(__file__).parents[2] / "cases"
TABLE: dict[str, Any] = json.loads((CASES / "model_choice.json").read_text(encoding="utf-8"))
BETTER: dict[str, Any] = json.loads((CASES / "better_choice.json").read_text(encoding="utf-8"))
REAL = REGISTRY.read_text(encoding="utf-8")


def registry_of(case: dict[str, Any], table: dict[str, Any] = TABLE) -> str:
    entry = json.loads(REAL)["models"][0]
    return json.dumps(
        {
            "models": [{**entry, "id": model} for model in table["models"]],
            "patience_ms": table["patience_ms"],
            "recipes": [] if case.get("without_recipes") else table["recipes"],
        }
    )


def chosen(registry: str, case: dict[str, Any]) -> list[str]:
    def is_here(spec: ModelSpec) -> bool:
        return spec.id in case["here"]

    options = OffcutOptions(quality=case["quality"], model=case.get("model"))
    return [spec.id for spec in choose_models(registry, options, is_here, case["times_ms"])]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_choice_follows_the_table(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(ModelError) as caught:
            chosen(registry_of(case), case)
        assert caught.value.code == case["error"]
    else:
        assert chosen(registry_of(case), case) == case["models"]


def test_without_anything_the_default_model_is_named_so_that_its_absence_is_told() -> None:
    assert chosen(REAL, {"quality": "fast", "here": [], "times_ms": {}}) == ["u2netp"]


@pytest.mark.parametrize("quality", ["fast", "best"])
def test_what_is_in_the_package_serves_both_qualities(quality: str) -> None:
    assert chosen(REAL, {"quality": quality, "here": ["u2netp"], "times_ms": {}}) == ["u2netp"]


@pytest.mark.parametrize("case", BETTER["cases"], ids=lambda case: case["name"])
def test_the_choice_of_a_better_result_follows_the_table(case: dict[str, Any]) -> None:
    def is_here(spec: ModelSpec) -> bool:
        return spec.id in case["here"]

    options = OffcutOptions(model=case.get("model"))
    registry = registry_of(case, BETTER)
    specs = choose_better(registry, options, is_here, case["times_ms"])
    assert (None if specs is None else [spec.id for spec in specs]) == case["models"]
