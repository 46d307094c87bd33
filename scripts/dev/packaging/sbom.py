"""The bill of materials of a package: which works of others are in it, as CycloneDX 1.6.

Decides: what is listed of a part: licence, origin, the files as published and as they are in the
package, what our build has altered, and the libraries that are compiled into it.

Only what is in the package is listed, and everything in it that is not ours: a test compares.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from dev.builder.parts import Part, PartFile, read_parts
from dev.packaging.archives import Entries, hash_content, hash_of
from dev.paths import EXTENSION, ROOT

Json = dict[str, Any]

NAMESPACE = uuid.UUID("5b1f5d5e-6d0c-5d3a-9d6a-0f2d4b1c7e11")
# What the build makes of files that are in the package in another form only.
UNPACKED_INTO = {"numpy": "py/", "pillow": "py/", "pyodide": "py/memory.bin"}
# The lock file of Pyodide says what its wheels are; the build reads it, nothing else does.
READ_BY_THE_BUILD = ("pyodide-lock.json",)
PUBLIC_DOMAIN = "public domain"
ALTERED = "altered by scripts/build, see scripts/dev/wasm/README.md in the source"
# Of others, but in our own tree: the start page's photo, and what Offcut makes of it.
PHOTO = ("welcome/coffee.jpg", "welcome/coffee-cutout.webp")
PHOTO_HOME = "https://github.com/scikit-image/scikit-image"
PREPARED = "prepared by scripts/prepare-model: the same weights, in a form that starts sooner"


def make_sbom(entries: Entries, version: str, epoch: int, models: Iterable[Json] = ()) -> Json:
    """List what a package for browsers consists of.

    Parameters
    ----------
    entries : mapping of str to Entry
        The package.
    version : str
        Of Offcut.
    epoch : int
        Seconds since 1970.
    models : iterable of dict
        Entries of the registry for models that are in this package beyond the usual.
    """
    parts = [_component(part, entries) for part in read_parts()]
    added = [_model_component(entry, entries) for entry in models]
    added += [_photo(entries)] if PHOTO[0] in entries else []
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, hash_content(entries))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": _ourselves(entries, version),
        },
        "components": [part for part in parts if part] + added,
    }


def place_in_package(file: PartFile) -> str:
    """Say where a part's file lies in the package, if it is there as a file."""
    base = EXTENSION if EXTENSION in file.path.parents else ROOT
    return file.path.relative_to(base).as_posix()


def _ourselves(entries: Entries, version: str) -> Json:
    return {
        "type": "application",
        "bom-ref": "offcut",
        "name": "offcut",
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "properties": [{"name": "offcut:content-sha256", "value": hash_content(entries)}],
    }


def _component(part: Part, entries: Entries) -> Json | None:
    """List one part, if any file of it is in the package."""
    files = [made for file in part.files if (made := _file(part, file, entries))]
    if not files:
        return None
    is_model = any(file.path.suffix == ".onnx" for file in part.files)
    listed = {
        "type": "machine-learning-model" if is_model else "library",
        "bom-ref": part.name,
        "name": part.name,
        "version": part.version,
        "description": part.title,
        "licenses": [{"expression": part.licence.replace(" and ", " AND ")}],
        "externalReferences": [{"type": "website", "url": part.home}],
        "components": files + [_library(part, *each) for each in part.contains.items()],
    }
    return {**listed, "purl": purl} if (purl := _purl(part)) else listed


def _library(part: Part, name: str, licence: str) -> Json:
    """List a library that is compiled into a part. Which version of it, the part does not say."""
    licensed = {"name" if licence == PUBLIC_DOMAIN else "id": licence}
    return {
        "type": "library",
        "bom-ref": f"{part.name}/contains/{name}",
        "name": name,
        "licenses": [{"license": licensed}],
    }


def _photo(entries: Entries) -> Json:
    return {
        "type": "data",
        "bom-ref": "coffee-photo",
        "name": "coffee-photo",
        "description": "Coffee cup, by Rachel Michetti, courtesy of Pikolo Espresso Bar",
        "licenses": [{"expression": "CC0-1.0"}],
        "externalReferences": [{"type": "website", "url": PHOTO_HOME}],
        "components": [
            {
                "type": "file",
                "bom-ref": f"coffee-photo/{PurePosixPath(place).name}",
                "name": PurePosixPath(place).name,
                "hashes": [_sha256(hash_of(entries[place].content))],
                "properties": [_property("place", place)],
            }
            for place in PHOTO
        ],
    }


def _purl(part: Part) -> str | None:
    """Name the part where it is published under its own name."""
    if any(file.path.suffix == ".whl" for file in part.files):
        return f"pkg:pypi/{part.name}@{part.version}"
    own = f"{part.name}@{part.version}"
    if any(source.kind == "npm" and source.locator == own for source in part.sources):
        return f"pkg:npm/{own}"
    return None


def _file(part: Part, file: PartFile, entries: Entries) -> Json | None:
    """List one file: as published, and what has become of it in the package."""
    place = place_in_package(file)
    name = PurePosixPath(place).name
    listed: Json = {
        "type": "file",
        "bom-ref": f"{part.name}/{name}",
        "name": name,
        "hashes": [_sha256(file.sha256)],
    }
    entry = entries.get(place)
    if entry is None:
        folder = UNPACKED_INTO.get(part.name)
        if folder is None or name in READ_BY_THE_BUILD:
            return None
        return {**listed, "properties": [_property("contained-in", folder)]}
    listed["properties"] = [_property("place", place)]
    packed = hash_of(entry.content)
    if packed != file.sha256:
        notes = PREPARED if file.path.suffix == ".onnx" else ALTERED
        listed["properties"].append(_property("sha256-in-package", packed))
        listed["pedigree"] = {"notes": notes}
    return listed


def _model_component(entry: Json, entries: Entries) -> Json:
    place = f"models/weights/{entry['file']}"
    return {
        "type": "machine-learning-model",
        "bom-ref": entry["id"],
        "name": entry["id"],
        "version": entry["sha256"][:12],
        "description": f"{entry['title']}. {entry['licence_note']}",
        "licenses": [{"expression": entry["licence"]}],
        "externalReferences": [
            {"type": "distribution", "url": source["url"]} for source in entry["sources"]
        ],
        "components": [
            {
                "type": "file",
                "bom-ref": f"{entry['id']}/{entry['file']}",
                "name": entry["file"],
                "hashes": [_sha256(entry["sha256"])],
                "properties": [
                    _property("place", place),
                    _property("sha256-in-package", hash_of(entries[place].content)),
                ],
            }
        ],
    }


def _sha256(value: str) -> Json:
    return {"alg": "SHA-256", "content": value}


def _property(name: str, value: str) -> Json:
    return {"name": f"offcut:{name}", "value": value}
