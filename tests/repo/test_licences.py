"""Third-party parts have licences that are allowed here, and the notices name each of them."""

from __future__ import annotations

import json
import re

from tracked import ROOT

PARTS = json.loads((ROOT / "scripts/dev/builder/parts.json").read_text(encoding="utf-8"))["parts"]
MODELS = json.loads((ROOT / "models/registry.json").read_text(encoding="utf-8"))["models"]
# They may be given on together with the whole, without conditions on our own code.
ALLOWED = {"Apache-2.0", "BSD-3-Clause", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0"}
# Theirs may be replaced: each is a file of its own, as published, that nothing of ours is put into.
REPLACEABLE = {"libheif": "LGPL-3.0-or-later"}
# Licences that forbid what people do with Offcut, or ask for our own code.
REFUSED = re.compile(
    # As a heading: the GPL itself speaks of it, and of what is allowed noncommercially.
    r"^ *GNU AFFERO GENERAL PUBLIC|CC[ -]BY-NC|\bNonCommercial\b|non-commercial use only",
    re.IGNORECASE | re.MULTILINE,
)


def licences(expression: str) -> set[str]:
    """Single licences of an expression."""
    return set(re.split(r" (?:and|or|AND|OR) ", expression))


def test_every_part_has_an_allowed_licence() -> None:
    assert PARTS
    for part in PARTS:
        if part["name"] in REPLACEABLE:
            assert part["licence"] == REPLACEABLE[part["name"]]
        else:
            assert licences(part["licence"]) <= ALLOWED, part["name"]


def test_a_bundled_model_has_an_allowed_licence() -> None:
    bundled = [model for model in MODELS if model["bundled"]]
    assert bundled
    for model in bundled:
        assert licences(model["licence"]) <= ALLOWED, model["id"]


def test_the_texts_of_licences_forbid_nothing_that_people_do_with_offcut() -> None:
    texts = list((ROOT / "scripts/dev/builder/licences").glob("*.txt"))
    assert texts
    refused = [path.name for path in texts if REFUSED.search(path.read_text(encoding="utf-8"))]
    assert refused == []


def test_the_notices_name_every_part_and_its_licence() -> None:
    notices = ROOT / "extension" / "vendor" / "NOTICES.txt"
    text = notices.read_text(encoding="utf-8")
    heads = re.findall(r"^=+\n(.+)\nLicence: (.+)\n(https://.+)\n=+$", text, re.MULTILINE)
    assert heads == [
        (f"{part['title']} {part['version']}", part["licence"], part["home"]) for part in PARTS
    ]
    assert not REFUSED.search(text)
