"""Who imports whom in our Python: never in a circle, and in the pipeline only downwards."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"offcut": ROOT / "py" / "offcut", "dev": ROOT / "scripts" / "dev"}

FLOORS = (
    "cli",
    "remover",
    "api",
    "runtime",  # the border to onnxruntime and to the browser: it drives what is below
    "pipeline",
    "alpha_file",
    "moving_cutout",
    "cutout",
    "moving_subject",
    "tapping",
    "editing",
    "encoding",
    "composing",
    "subject",
    "flat_graphics",
    "matting",
    "weights",
    "network",
    "decoding",
    "options",
    "kernels",
    "source_image",
    "progress",
    "stages",
    "arrays",
    "errors",
)
"""The parts of py/offcut from top to bottom: a part imports what stands below it, nothing else."""

Graph = dict[str, set[str]]


def modules(package: str) -> dict[str, Path]:
    """The modules of a package by their full names; a package has the name of its folder."""
    folder = PACKAGES[package]
    names: dict[str, Path] = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def imports(package: str) -> Graph:
    """What each module imports of its own package, inside of functions as well."""
    known = modules(package)
    return {
        name: {target for target in imported(path) if target in known} - {name}
        for name, path in known.items()
    }


def imported(path: Path) -> Iterator[str]:
    """Names that may be modules: of `from a import b` both `a.b` and, where that is none, `a`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            module = node.module or ""
            submodules = {f"{module}.{alias.name}" for alias in node.names}
            yield from submodules
            if not all((path_of(name)).exists() for name in submodules):
                yield module


def path_of(module: str) -> Path:
    """Where a module of ours would be; a package is its folder."""
    top, *rest = module.split(".")
    place = PACKAGES.get(top, ROOT / top).joinpath(*rest)
    return place if place.is_dir() else place.with_suffix(".py")


def part(module: str) -> str:
    """The folder or module at the top of a package that a module belongs to."""
    return module.split(".")[1] if "." in module else module


def by_part(graph: Graph) -> Graph:
    """The same between parts. A package's own face, such as `offcut`, is no part."""
    parts: Graph = {}
    for module, targets in graph.items():
        if "." in module:
            others = {part(target) for target in targets if "." in target} - {part(module)}
            parts.setdefault(part(module), set()).update(others)
    return parts


def circles(graph: Graph) -> list[list[str]]:
    """The groups of nodes that reach each other."""
    reached = {node: reach(graph, node) for node in graph}
    groups = {
        tuple(sorted(other for other in reached[node] if node in reached[other]))
        for node in graph
        if node in reached[node]
    }
    return [list(group) for group in sorted(groups)]


def reach(graph: Graph, node: str) -> set[str]:
    """Everything that a node imports, directly or not."""
    found: set[str] = set()
    ahead = [node]
    while ahead:
        new = graph.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_in_a_circle(package: str) -> None:
    graph = imports(package)
    assert sum(map(len, graph.values())) > len(graph), "the imports were not found"
    assert circles(graph) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_package_imports_in_a_circle(package: str) -> None:
    assert circles(by_part(imports(package))) == []


def test_every_part_of_the_pipeline_has_its_floor() -> None:
    assert by_part(imports("offcut")).keys() - {"__main__"} == set(FLOORS)


def test_the_pipeline_imports_downwards_only() -> None:
    upwards = [
        f"{module} imports {target}"
        for module, targets in sorted(imports("offcut").items())
        for target in sorted(targets)
        if part(module) in FLOORS and part(module) != part(target)
        if target == "offcut" or FLOORS.index(part(target)) <= FLOORS.index(part(module))
    ]
    assert upwards == []


def test_a_circle_is_found() -> None:
    graph: Graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"d", "a"}}
    assert circles(graph) == [["b", "c"], ["d"]]
