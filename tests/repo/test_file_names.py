"""Comments and documents name files of ours: every one that they name is there."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tracked import ROOT, read_texts, tracked_files

SUFFIXES = "py|js|ts|mjs|html|css|json|md|wasm"
NAMED = re.compile(
    rf"""(?<![\w/.@*<>{{}}$-])                      # not within an address or a pattern
    (?: (?:[\w.-]+/)*\w[\w.-]*\.(?:{SUFFIXES})      # a file, with or without its folders
    |   (?:extension|models|py|scripts|tests)/[\w./-]*\w  # any path from the top
    ) (?![\w/*<>{{}}$]|\.\w)""",
    re.VERBOSE,
)
JS_COMMENT = re.compile(
    r"""'(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" | `(?:\\.|[^`\\])*`
    | (?P<comment> /\*.*?\*/ | //[^\n]*)""",
    re.VERBOSE | re.DOTALL,
)
ELSEWHERE = {
    "Node.js": "a program's name",
    # What the build puts into the package.
    "site.bin": "all Python sources in one file",
    "site.json": "where each of them is in it",
    "memory.bin": "Python's memory after its start",
    "memory.json": "where its parts belong",
    # What others have.
    "resources.json": "imgly's list of the pieces of its weights",
}
"""Files that are not in git, each with where it is instead."""
OWN_NAMES = {"extension": ("extension/",), "py": ("py/", "models/", "extension/assembly/")}
"""Where the files lie that code means by a bare name; elsewhere it may be any of ours."""


def comments(path: Path, text: str) -> Iterator[str]:
    """What is written for people in a file: its comments, or all of a document."""
    match path.suffix:
        case ".md":
            yield text
        case ".py":
            yield from python_comments(text)
        case ".js" | ".mjs" | ".ts" | ".css":
            for found in JS_COMMENT.finditer(text):
                yield found["comment"] or ""
        case ".html":
            yield from re.findall(r"<!--.*?-->", text, re.DOTALL)
        case ".toml" | "":
            yield from re.findall(r"(?:^|\s)#.*", text)
        case _:
            return


def python_comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)  # a docstring, of whatever it is


def vendored_names() -> set[str]:
    """Names of the files that scripts/vendor brings, as if they were in the extension."""
    parts = json.loads((ROOT / "scripts/dev/builder/parts.json").read_text(encoding="utf-8"))
    named = re.findall(r'"([^"]+\.\w+)"', json.dumps(parts))
    return {f"extension/vendor/{Path(text).name}" for text in named} | set(named)


def is_there(name: str, path: Path, known: set[str]) -> bool:
    """Find a name from the top, from the file's own folder, or as the end of a path of ours."""
    if (ROOT / name).exists() or (path.parent / name).exists():
        return True
    top = path.relative_to(ROOT).parts[0]
    near = ("",) if "/" in name else OWN_NAMES.get(top, ("",))
    return any(f"/{place}".endswith(f"/{name}") for place in known if place.startswith(near))


def test_every_file_that_is_named_is_there() -> None:
    files = tracked_files()
    known = {path.relative_to(ROOT).as_posix() for path in files} | vendored_names()
    found: list[tuple[Path, str]] = [
        (path, name)
        for path, text in read_texts(files)
        for comment in comments(path, text)
        for name in NAMED.findall(comment)
    ]
    assert len(found) > 100, "the names were not found"
    stale = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, name in found
        if Path(name).name not in ELSEWHERE and not is_there(name, path, known)
    ]
    assert stale == []
    assert ELSEWHERE.keys() - {Path(name).name for _, name in found} == set(), "no longer named"


def test_a_stale_name_would_be_found() -> None:
    text = "// see engine/no_such.js\nconst a = 'gone.js'; /* and `py/offcut/gone.py` */"
    names = [name for each in comments(Path("a.js"), text) for name in NAMED.findall(each)]
    assert names == ["engine/no_such.js", "py/offcut/gone.py"]
    assert not any(is_there(name, ROOT / "README.md", {"engine/jobs.js"}) for name in names)
