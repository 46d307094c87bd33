"""Models are data."""

from __future__ import annotations

import pytest
from native import REGISTRY
from offcut.errors import ModelError
from offcut.network.models import read_model_spec


def test_u2netp_is_read_with_its_contract() -> None:
    spec = read_model_spec(REGISTRY.read_text(encoding="utf-8"), "u2netp")
    assert (spec.input.height, spec.input.width) == (320, 320)
    assert spec.input.scale == pytest.approx(1 / 255)
    assert spec.output.activation == "none"


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(ModelError) as raised:
        read_model_spec(REGISTRY.read_text(encoding="utf-8"), "no-such-model")
    assert raised.value.code == "UNKNOWN_MODEL"
    assert raised.value.detail == {"model": "no-such-model"}
