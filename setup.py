"""What the Python package holds beside its metadata in pyproject.toml: code, registry, weights.

Decides: that the models of `models/` that are bundled are installed as `offcut/models`, so that the
first picture needs no network.
"""

import json
import sys
from pathlib import Path

from setuptools import find_packages, setup

MODELS = Path(__file__).parent / "models"
BUNDLED = [
    entry
    for entry in json.loads((MODELS / "registry.json").read_text(encoding="utf-8"))["models"]
    if entry["bundled"]
]

missing = [entry["file"] for entry in BUNDLED if not (MODELS / "weights" / entry["file"]).is_file()]
if missing:
    print(
        f"warning: {', '.join(missing)} is not in models/weights, so the package is made without: "
        "scripts/vendor brings it.",
        file=sys.stderr,
    )

setup(
    packages=[*find_packages("py"), "offcut.models"],
    package_dir={"": "py", "offcut.models": "models"},
    package_data={
        "offcut": ["py.typed", "options/*.json"],
        "offcut.models": [
            "registry.json",
            "prepared/*.delta",
            *(f"weights/{entry['file']}" for entry in BUNDLED),
            *(f"cards/{entry['id']}.md" for entry in BUNDLED),
        ],
    },
)
