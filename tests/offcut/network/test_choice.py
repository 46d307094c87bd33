"""Which models a job asks: the table of cases that the extension's test runs, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from native import REGISTRY
from offcut import OffcutOptions
from offcut.errors import ModelError
from offcut.network.choice import choose_models
from offcut.network.models import ModelSpec

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "cases" / "model_choice.json").read_text(encoding="utf-8")
)
REAL = REGISTRY.read_text(encoding="utf-8")


def registry_of(case: dict[str, Any]) -> str:
    entry = json.loads(REAL)["models"][0]
    return json.dumps(
        {
            "models": [{**entry, "id": model} for model in TABLE["models"]],
            "patience_ms": TABLE["patience_ms"],
            "recipes": [] if case.get("without_recipes") else TABLE["recipes"],
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
