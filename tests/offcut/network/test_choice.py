"""Which models a job asks."""

from __future__ import annotations

import pytest
from native import REGISTRY
from offcut import OffcutOptions
from offcut.errors import ModelError
from offcut.network.choice import choose_models
from offcut.network.models import ModelSpec

TEXT = REGISTRY.read_text(encoding="utf-8")


def chosen(options: OffcutOptions, *here: str) -> list[str]:
    def is_here(spec: ModelSpec) -> bool:
        return spec.id in here

    return [spec.id for spec in choose_models(TEXT, options, is_here)]


def test_the_best_recipe_of_what_is_here_is_taken() -> None:
    best = OffcutOptions(quality="best")
    assert chosen(best, "u2netp") == ["u2netp"]
    assert chosen(best, "u2netp", "isnet-uint8") == ["u2netp", "isnet-uint8"]
    assert chosen(best, "u2netp", "isnet-uint8", "isnet-fp16") == ["u2netp", "isnet-fp16"]
    assert chosen(OffcutOptions(), "u2netp", "isnet-uint8") == ["u2netp"]


def test_without_anything_the_default_model_is_named_so_that_its_absence_is_told() -> None:
    assert chosen(OffcutOptions()) == ["u2netp"]


def test_a_model_that_was_asked_for_is_taken_alone() -> None:
    assert chosen(OffcutOptions(quality="best", model="silueta"), "u2netp") == ["silueta"]
    with pytest.raises(ModelError):
        chosen(OffcutOptions(model="no-such-model"))
