"""A package with a further model: its weights are inside and said to be, its licence is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dev.builder.delta import make_delta
from dev.packaging import added_models
from dev.packaging.added_models import add_model
from dev.packaging.archives import Entry, hash_of
from dev.terminal import SetupError
from native import REGISTRY

PUBLISHED, PREPARED = bytes(range(256)) * 40, bytes(range(256)) * 39 + b"prepared"
DELTA = "models/prepared/isnet-uint8.delta"


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """ISNet's entry, with weights of a few bytes."""
    weights = tmp_path / "weights.onnx"
    weights.write_bytes(PUBLISHED)
    models = json.loads(REGISTRY.read_text(encoding="utf-8"))["models"]
    (entry,) = (each for each in models if each["id"] == "isnet-uint8")
    entry["sha256"] = hash_of(PUBLISHED)
    (tmp_path / "models" / "prepared").mkdir(parents=True)
    (tmp_path / DELTA).write_bytes(make_delta(PUBLISHED, PREPARED))

    def find(_: str) -> dict[str, Any]:
        return entry

    def fetch(_: object) -> Path:
        return weights

    monkeypatch.setattr(added_models, "find_model", find)
    monkeypatch.setattr(added_models, "weights_of", fetch)
    monkeypatch.setattr(added_models, "ROOT", tmp_path)
    return entry


@pytest.fixture
def package() -> dict[str, Entry]:
    return {
        "models/registry.json": Entry(REGISTRY.read_bytes()),
        "vendor/NOTICES.txt": Entry("Parts ©.\n".encode()),
        DELTA: Entry(b"delta"),
    }


@pytest.mark.usefixtures("entry")
def test_the_weights_are_inside_as_the_extension_runs_them(package: dict[str, Entry]) -> None:
    packed, _ = add_model(package, "isnet-uint8")
    assert packed["models/weights/isnet-general-uint8.onnx"].content == PREPARED
    models = json.loads(packed["models/registry.json"].content)["models"]
    (described,) = (each for each in models if each["id"] == "isnet-uint8")
    assert described["bundled"] is True
    assert described["prepared"] == {"bytes": len(PREPARED), "sha256": hash_of(PREPARED)}
    # It was needed to prepare what is prepared now.
    assert DELTA not in packed


def test_the_licence_is_shown_and_noticed(
    package: dict[str, Entry], entry: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    packed, _ = add_model(package, "isnet-uint8")
    assert entry["licence"] in (said := capsys.readouterr().out)
    assert entry["licence_note"] in said
    notices = packed["vendor/NOTICES.txt"].content.decode()
    assert notices.startswith("Parts ©.\n")
    assert entry["licence_note"] in notices


def test_other_bytes_than_the_registry_names_are_refused(
    package: dict[str, Entry], entry: dict[str, Any]
) -> None:
    entry["sha256"] = "0" * 64
    with pytest.raises(SetupError, match="not the file that the registry names"):
        add_model(package, "isnet-uint8")


def test_what_is_in_every_package_is_not_added(package: dict[str, Entry]) -> None:
    with pytest.raises(SetupError, match="in every package"):
        add_model(package, "u2netp")
