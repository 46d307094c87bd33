"""The model registry keeps its schema, and what it says of files is true."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from dev.builder.parts import read_parts
from jsonschema import Draft202012Validator
from offcut.weights.delta import HEADER, MAGIC

ROOT = Path(__file__).parents[2]
WEIGHTS = ROOT / "models" / "weights"
REGISTRY: dict[str, list[dict[str, Any]]] = json.loads(
    (ROOT / "models" / "registry.json").read_text(encoding="utf-8")
)
SCHEMA: dict[str, Any] = json.loads(
    (ROOT / "models" / "registry.schema.json").read_text(encoding="utf-8")
)
# Its stub leaves the instance's type open, so every call of it would be "unknown" to pyright.
VALIDATOR: Any = Draft202012Validator(SCHEMA)
MODELS = [pytest.param(model, id=model["id"]) for model in REGISTRY["models"]]


def undescribed_fields(schema: dict[str, Any], name: str = "registry") -> list[str]:
    """Fields of a schema, at any depth, that say nothing about what they mean."""
    silent: list[str] = []
    for field, inside in schema.get("properties", {}).items():
        if "description" not in inside and "$ref" not in inside:
            silent.append(f"{name}.{field}")
        silent += undescribed_fields(inside, f"{name}.{field}")
    for definition, inside in schema.get("$defs", {}).items():
        silent += undescribed_fields(inside, definition)
    return silent


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_describes_every_field() -> None:
    assert undescribed_fields(SCHEMA) == []


def test_the_registry_keeps_its_schema() -> None:
    errors = [error.message for error in VALIDATOR.iter_errors(REGISTRY)]
    assert errors == []


@pytest.mark.parametrize("field", ["licence", "sha256", "input", "card"])
def test_the_schema_refuses_a_model_without_a_required_field(field: str) -> None:
    model = {name: value for name, value in REGISTRY["models"][0].items() if name != field}
    assert not VALIDATOR.is_valid({**REGISTRY, "models": [model]})


def test_ids_are_unique() -> None:
    ids = [model["id"] for model in REGISTRY["models"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "recipe", REGISTRY["recipes"], ids=lambda recipe: "+".join(recipe["models"])
)
def test_recipes_name_models_that_were_run(recipe: dict[str, Any]) -> None:
    exercised = {model["id"] for model in REGISTRY["models"] if model["exercised"]}
    assert set(recipe["models"]) <= exercised


def test_both_qualities_have_a_recipe_of_bundled_models() -> None:
    bundled = {model["id"] for model in REGISTRY["models"] if model["bundled"]}
    alone = [recipe for recipe in REGISTRY["recipes"] if set(recipe["models"]) <= bundled]
    assert {recipe["quality"] for recipe in alone} == {"fast", "best"}


@pytest.mark.parametrize("model", MODELS)
def test_blocks_cover_the_file(model: dict[str, Any]) -> None:
    blocks = model.get("blocks")
    if blocks is not None:
        assert len(blocks["sha256"]) == math.ceil(model["bytes"] / blocks["size"])


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_card_that_names_its_licence(model: dict[str, Any]) -> None:
    card = (ROOT / model["card"]).read_text(encoding="utf-8")
    assert card.startswith(f"# {model['id']}")
    assert model["licence"] in card


@pytest.mark.parametrize("model", MODELS)
def test_bundled_weights_are_the_ones_that_vendor_brings(model: dict[str, Any]) -> None:
    brought = {file.path: (file.bytes, file.sha256) for part in read_parts() for file in part.files}
    bundled = brought.get(WEIGHTS / model["file"])
    assert bundled == ((model["bytes"], model["sha256"]) if model["bundled"] else None)


@pytest.mark.parametrize("model", MODELS)
def test_what_weights_are_prepared_with_fits_to_them(model: dict[str, Any]) -> None:
    prepared = model.get("prepared", {})
    assert ("delta" in prepared) == (bool(prepared) and not model["bundled"])
    if "delta" in prepared:
        delta = (ROOT / prepared["delta"]).read_bytes()
        assert HEADER.unpack_from(delta) == (MAGIC, model["bytes"], prepared["bytes"])


@pytest.mark.weights
@pytest.mark.parametrize("model", MODELS)
def test_weights_on_disk_match_the_registry(model: dict[str, Any]) -> None:
    weights = WEIGHTS / model["file"]
    if not weights.exists():
        pytest.skip(f"{model['file']} is not here: run scripts/vendor")
    content = weights.read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (model["bytes"], model["sha256"])
