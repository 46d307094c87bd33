"""The bill of materials: a valid CycloneDX file of what is in the package, and of nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from dev.packaging.archives import Entry, hash_of
from dev.packaging.sbom import make_sbom
from tracked import ROOT

EPOCH = 1_790_000_000
OURS = ("vendor/NOTICES.txt",)
NOTICES_OF_LIBRARIES = {
    "pyodide": "pyodide-libraries.txt",
    "pillow": "pillow-libraries.txt",
    "onnxruntime-web": "onnxruntime-libraries.txt",
}
NUMPYS_OWN = {"ma", "random", "distributions"}


@pytest.fixture(scope="module")
def sbom(package: dict[str, Entry]) -> dict[str, Any]:
    return make_sbom(package, "1.2.3", EPOCH)


def properties(component: dict[str, Any]) -> dict[str, str]:
    return {each["name"].removeprefix("offcut:"): each["value"] for each in component["properties"]}


def files_of(sbom: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in sbom["components"]:
        yield from (each for each in part["components"] if each["type"] == "file")


def test_the_public_validator_has_nothing_to_say(sbom: dict[str, Any]) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(sbom)) is None
    broken = sbom | {"components": [{"name": "without a type"}]}
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(broken))


def test_everything_of_others_in_the_package_is_listed(
    sbom: dict[str, Any], package: dict[str, Entry]
) -> None:
    listed = {properties(file).get("place") for file in files_of(sbom)}
    theirs = {
        path
        for path in package
        if path.startswith(("vendor/", "models/weights/", "welcome/coffee"))
    } - set(OURS)
    assert theirs
    assert theirs - listed == set()
    # What the build has unpacked of numpy and Pillow lies here.
    assert {part["name"] for part in sbom["components"]} >= {"numpy", "pillow", "u2netp"}


def test_the_libraries_inside_of_parts_are_listed_as_their_notices_name_them(
    sbom: dict[str, Any],
) -> None:
    listed = {
        part["name"]: {each["name"] for each in part["components"] if each["type"] == "library"}
        for part in sbom["components"]
    }
    folder = ROOT / "scripts/dev/builder/licences"
    for part, file in NOTICES_OF_LIBRARIES.items():
        text = (folder / file).read_text(encoding="utf-8")
        # Each begins the file, or follows a short line of its own.
        heads = re.findall(r"(?:\A|^----\n\n)(.+)\n", text, re.MULTILINE)
        named = {name.casefold() for name in listed[part]}
        assert heads
        missing = [head for head in heads if head.partition(" (")[0].casefold() not in named]
        assert missing == [], part
    notices = (ROOT / "extension/vendor/NOTICES.txt").read_text(encoding="utf-8")
    inside = re.findall(r"^\[numpy/.*/(?:src/)?([^/]+)[/_]LICENSE", notices, re.MULTILINE)
    assert {"highway", "pocketfft", "lapack_lite", "pcg64"} <= set(inside)
    assert set(inside) - NUMPYS_OWN <= listed["numpy"]


def test_nothing_is_listed_that_is_not_in_the_package(
    sbom: dict[str, Any], package: dict[str, Entry]
) -> None:
    for file in files_of(sbom):
        said = properties(file)
        if "place" not in said:
            assert any(path.startswith(said["contained-in"]) for path in package)
            continue
        published = file["hashes"][0]["content"]
        packed = hash_of(package[said["place"]].content)
        assert said.get("sha256-in-package", published) == packed
        # What differs from what was published says why.
        assert ("pedigree" in file) == (packed != published), file["name"]


def test_a_part_that_a_package_lacks_is_not_listed(package: dict[str, Entry]) -> None:
    without = {path: each for path, each in package.items() if "hash-wasm" not in path}
    names = {part["name"] for part in make_sbom(without, "1.2.3", EPOCH)["components"]}
    assert "hash-wasm" not in names
    assert "client-zip" in names


def test_the_same_package_has_the_same_bill(package: dict[str, Entry]) -> None:
    again = make_sbom(dict(reversed(package.items())), "1.2.3", EPOCH)
    assert again == make_sbom(package, "1.2.3", EPOCH)
    other = make_sbom(package | {"more.js": Entry(b"")}, "1.2.3", EPOCH)
    assert other["serialNumber"] != again["serialNumber"]
