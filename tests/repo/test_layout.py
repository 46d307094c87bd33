"""The shape of the repository: what may lie where, and who may import whom."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from extension_sources import EXTENSION, scripts, without_comments
from tracked import ROOT, read_texts, tracked_files

FOLDERS = frozenset({".ci", ".github", "extension", "models", "py", "scripts", "store", "tests"})
PAGES = frozenset(
    {"ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "FILES.md", "LICENSE", "PRIVACY.md"}
    | {"README.md", "SECURITY.md"}
)
FILES = PAGES | {
    *(".gitignore", "manifest.json", "manifest.firefox.json", "pyproject.toml", "setup.py"),
}
# Where the contexts of the extension meet; everything else there is one JavaScript context.
MEETING_PLACES = frozenset({"messages", "platform", "settings", "ui", "vendor"})
# content/ is injected as a classic script, which cannot import platform/.
MAY_NAME_THE_BROWSER = frozenset({"platform", "content"})
LONGEST_FILE = 400
# Joined here, so that this file does not name what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("registry", "npmjs"),
        ("registry", "yarnpkg"),
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("deb", "debian"),
    )
)
DEBT = "TO" + "DO"


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported_folders(script: Path) -> set[str]:
    """Top folders of `extension/` that a script imports from, in code and in types."""
    source = script.read_text(encoding="utf-8")
    named_modules = re.findall(r"""(?:from|import|import\()\s*['"]([^'"]+)['"]""", source)
    targets = [(script.parent / module).resolve() for module in named_modules]
    return {target.relative_to(EXTENSION).parts[0] for target in targets}


def test_the_top_level_holds_nothing_new() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} <= FOLDERS | FILES


def test_ci_is_one_file() -> None:
    ci = ROOT / ".ci"
    assert [named(path) for path in tracked_files() if ci in path.parents] == [".ci/run"]


@pytest.mark.parametrize("script", scripts(), ids=named)
def test_contexts_meet_only_in_the_shared_folders(script: Path) -> None:
    folder = script.relative_to(EXTENSION).parts[0]
    assert imported_folders(script) <= MEETING_PLACES | {folder}


@pytest.mark.parametrize("script", scripts(), ids=named)
def test_only_platform_names_the_browser(script: Path) -> None:
    if script.relative_to(EXTENSION).parts[0] in MAY_NAME_THE_BROWSER:
        return
    code = without_comments(script.read_text(encoding="utf-8"))
    assert re.findall(r"(?<![\w./'])(?:chrome|browser)\.\w+", code) == []


def test_stages_of_the_pipeline_never_know_where_they_run() -> None:
    package = ROOT / "py" / "offcut"
    outside = [path for path in package.rglob("*.py") if "runtime" not in path.parts]
    borders = re.compile(r"^\s*(?:import|from) (?:js|pyodide|onnxruntime)\b", re.MULTILINE)
    knowing = [named(path) for path, text in read_texts(outside) if borders.search(text)]
    assert outside
    assert knowing == []


def test_no_file_is_too_long() -> None:
    code = [path for path in tracked_files() if path.suffix in {".py", ".js", ".css", ".html"}]
    lengths = {named(path): text.count("\n") for path, text in read_texts(code)}
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_debt_is_left_in_the_code() -> None:
    owing = [
        f"{named(path)}: {debt[0]}"
        for path, text in read_texts(tracked_files())
        for debt in re.finditer(rf"\b{DEBT}\b.*", text)
    ]
    assert owing == []


def test_no_registry_is_named() -> None:
    naming = [
        f"{named(path)}: {host}"
        for path, text in read_texts(tracked_files())
        for host in REGISTRY_HOSTS
        if host in text
    ]
    assert naming == []


def test_the_npm_lock_has_no_addresses_and_every_checksum() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_the_lock_of_the_tools_holds_every_optional_platform() -> None:
    packages = json.loads((EXTENSION / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    absent = [
        f"{name} needs {wanted}"
        for name, entry in packages.items()
        for wanted in entry.get("optionalDependencies", {})
        if f"node_modules/{wanted}" not in packages
    ]
    assert absent == []


def test_npm_tools_have_exact_versions() -> None:
    tools = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in tools, "the extension ships nothing from npm but vendored parts"
    for version in tools["devDependencies"].values():
        assert re.fullmatch(r"\d+\.\d+\.\d+(-[\w.]+)?", version)


def test_manifest_and_package_have_one_version() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert manifest["version"] == project["version"]


def test_the_manifest_names_real_files() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    paths = [text for text in strings_in(manifest) if re.fullmatch(r"[\w/-]+\.\w+", text)]
    files = [path for path in paths if not re.fullmatch(r"[\d.]+", path)]
    assert "background/main.js" in files
    assert [path for path in files if not (EXTENSION / path).is_file()] == []


def strings_in(value: object) -> Iterator[str]:
    """Every string anywhere inside a JSON value, but not the names of its fields."""
    match value:
        case str():
            yield value
        case dict():
            for inside in value.values():  # pyright: ignore[reportUnknownVariableType]
                yield from strings_in(inside)  # pyright: ignore[reportUnknownArgumentType]
        case list():
            for inside in value:  # pyright: ignore[reportUnknownVariableType]
                yield from strings_in(inside)  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return


def test_one_file_knows_where_the_sessions_notes_lie() -> None:
    # The browser has one such store for private and all other windows: session_store.js parts them.
    users = {
        path.name
        for path in scripts()
        if "storage.session" in without_comments(path.read_text(encoding="utf-8"))
    }
    assert users == {"session_store.js"}


def test_content_scripts_share_one_scope_in_which_no_name_is_taken_twice() -> None:
    folders = (EXTENSION / "content", EXTENSION / "platform")
    classic = [
        *folders[0].glob("*.js"),
        *(folders[1] / name for name in ("ask_network.js", "bounded_fetch.js")),
    ]
    declared = [
        name
        for path in classic
        for name in re.findall(
            r"^(?:async )?function\*? (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(declared) > 100
    assert sorted({name for name in declared if declared.count(name) > 1}) == []
