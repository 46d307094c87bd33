"""Where things are in a clone, and the cache outside it."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
EXTENSION = ROOT / "extension"
VENDOR = EXTENSION / "vendor"
MODELS = ROOT / "models"
REGISTRY = MODELS / "registry.json"
MODEL_MEASUREMENTS = MODELS / "measurements.md"
PACKAGE = ROOT / "py" / "offcut"
MANIFEST = ROOT / "manifest.json"
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
NODE_MODULES = EXTENSION / "node_modules"


def cache_folder() -> Path:
    """Folder for downloaded parts: $OFFCUT_CACHE, else the user's cache folder.

    Returns
    -------
    Path
        Made if it was not there.
    """
    named = os.environ.get("OFFCUT_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(named) if named else Path(base) / "offcut"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
