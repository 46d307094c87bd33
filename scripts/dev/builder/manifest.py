"""The manifest of each browser: the common one, with what another browser has otherwise.

Decides: how `manifest.<browser>.json` changes `manifest.json` (a JSON merge patch, RFC 7396: what
it names takes the place of what was there, and null takes it out).
"""

import json
from typing import Any

from dev.paths import MANIFEST


def manifest_for(target: str) -> bytes:
    """Give the manifest for one browser.

    Parameters
    ----------
    target : str
        The browser, such as ``"firefox"``.
    """
    common = MANIFEST.read_bytes()
    patch = MANIFEST.with_name(f"{MANIFEST.stem}.{target}{MANIFEST.suffix}")
    if not patch.is_file():
        return common
    merged = _merge(json.loads(common), json.loads(patch.read_bytes()))
    return (json.dumps(merged, indent=4, ensure_ascii=False) + "\n").encode()


def _merge(whole: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            inside = merged.get(name)
            merged[name] = _merge(inside if isinstance(inside, dict) else {}, value)  # pyright: ignore[reportUnknownArgumentType]
        else:
            merged[name] = value
    return merged
