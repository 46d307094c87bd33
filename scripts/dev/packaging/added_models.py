"""Puts a further model into a package: `scripts/package --with-model NAME`.

Decides: in which form its weights are inside, and that its licence is shown and noticed.
"""

import json
from typing import Any

from offcut.network.models import spec_from_entry
from offcut.weights.delta import apply_delta

from dev.builder.packed_models import find_model
from dev.builder.published_weights import weights_of
from dev.packaging.archives import Entries, Entry, hash_of
from dev.paths import ROOT
from dev.terminal import SetupError, say

REGISTRY = "models/registry.json"
NOTICES = "vendor/NOTICES.txt"


def add_model(entries: Entries, name: str) -> tuple[dict[str, Entry], dict[str, Any]]:
    """Put a model's weights into a package.

    Parameters
    ----------
    entries : mapping of str to Entry
        The package.
    name : str
        The model's id in the registry.

    Returns
    -------
    tuple of dict and dict
        The package with the model, and the model's entry in the registry.

    Raises
    ------
    SetupError
        If there is no such model, it is inside anyway, or its weights can't be had.
    """
    entry = find_model(name)
    if entry["bundled"]:
        raise SetupError(f"{name} is in every package.")
    say(f"{entry['title']} goes into the package. Licence: {entry['licence']}.")
    say(f"{entry['licence_note']} Whoever gives the package on has to comply with it.")
    published = weights_of(spec_from_entry(entry)).read_bytes()
    if hash_of(published) != entry["sha256"]:
        raise SetupError(f"{entry['file']} is not the file that the registry names.")
    weights = _prepare(entry, published)
    kept = {path: each for path, each in entries.items() if path != _delta_of(entry)}
    return {
        **kept,
        f"models/weights/{entry['file']}": Entry(weights),
        REGISTRY: _bundle(entries[REGISTRY], entry, weights),
        NOTICES: _notice(entries[NOTICES], entry),
    }, entry


def _delta_of(entry: dict[str, Any]) -> str | None:
    return entry.get("prepared", {}).get("delta")


def _prepare(entry: dict[str, Any], published: bytes) -> bytes:
    delta = _delta_of(entry)
    return apply_delta(published, (ROOT / delta).read_bytes()) if delta else published


def _bundle(registry: Entry, entry: dict[str, Any], weights: bytes) -> Entry:
    """Say in the registry that the weights are inside, and in which form."""
    listed = json.loads(registry.content)
    (model,) = (each for each in listed["models"] if each["id"] == entry["id"])
    model["bundled"] = True
    model["prepared"] = {"bytes": len(weights), "sha256": hash_of(weights)}
    return Entry((json.dumps(listed, indent=2, ensure_ascii=False) + "\n").encode())


def _notice(notices: Entry, entry: dict[str, Any]) -> Entry:
    rule = "=" * 78
    said = (
        f"{entry['title']}, network weights\nLicence: {entry['licence']}\n{entry['licence_note']}"
    )
    return Entry(notices.content + f"\n{rule}\n{said}\n{rule}\n".encode())
