"""What `offcut --version` says: our version, the model that is there, what runs it.

Decides: how a missing model or a missing onnxruntime is told there.
"""

from __future__ import annotations

import argparse
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from offcut.errors import OffcutError
from offcut.network.models import ModelSpec, read_model_spec
from offcut.options.options import DEFAULT_MODEL
from offcut.weights.model_files import read_registry, weights_path

# The same module comes in packages of several names, for several kinds of machine.
_RUNTIMES: Final = (
    "onnxruntime",
    "onnxruntime-gpu",
    "onnxruntime-directml",
    "onnxruntime-openvino",
)


class ShowVersion(argparse.Action):
    """Print `version_text` and end; nothing of it is looked up for any other call."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="version, model and runtime")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """See `argparse.Action`."""
        print(version_text())
        parser.exit()


def version_text() -> str:
    """Say which Offcut this is, which model it has, and what runs the model."""
    own = installed_version("offcut") or "(not installed)"
    return f"offcut {own}\nmodel: {_describe_model()}\nruntime: {_describe_runtime()}"


def _describe_model() -> str:
    try:
        spec = read_model_spec(read_registry(), DEFAULT_MODEL)
    except OffcutError as error:
        return str(error)
    return f"{spec.id}, {_describe_weights(spec)}"


def _describe_weights(spec: ModelSpec) -> str:
    path = weights_path(spec)
    return str(path) if path else f"not here: offcut models add {spec.id}"


def _describe_runtime() -> str:
    found = [f"{name} {number}" for name in _RUNTIMES if (number := installed_version(name))]
    runtime = ", ".join(found) or "no onnxruntime: pip install 'offcut[native]'"
    return f"{runtime}; Python {platform.python_version()}"


def installed_version(package: str) -> str | None:
    """Give the version of an installed package; None if it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
