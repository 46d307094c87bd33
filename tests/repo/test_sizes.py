"""Files and functions of ours stay short enough to be read at once.

A file counts all of its lines. A function counts from its `def` to its last line, blank lines and
comments included, its docstring not; `function_lengths.mjs` says how JavaScript's are counted.
Tests count like everything else. A 95th percentile is the smallest length that 95 % do not exceed.
"""

from __future__ import annotations

import ast
import json
import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tracked import ROOT, read_texts, tracked_files

LONGEST_FILE = 300
LONGEST_STYLE = 400
MOST_FILES = 200
MOST_FUNCTIONS = 25
JS_FUNCTIONS = Path(__file__).with_name("function_lengths.mjs")

Lengths = dict[str, int]


def lines_of(*suffixes: str) -> Lengths:
    """Lines of each file of ours by its name; a file of one docstring only is none."""
    paths = [path for path in tracked_files() if path.suffix in suffixes]
    return {
        path.relative_to(ROOT).as_posix(): len(text.splitlines())
        for path, text in read_texts(paths)
        if path.name != "__init__.py" or len(text.splitlines()) > 1
    }


def python_functions() -> Lengths:
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": length(node)
        for path, text in read_texts(tracked_files())
        if path.suffix == ".py"
        for node in functions_in(text)
    }


def functions_in(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node, clean=False) is None:
        return lines
    docstring = node.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def javascript_functions() -> Lengths:
    if not shutil.which("node"):
        pytest.skip("needs Node.js")
    paths = [path.relative_to(ROOT) for path in tracked_files() if path.suffix in {".js", ".mjs"}]
    command = ["node", JS_FUNCTIONS, *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def percentile(lengths: Lengths) -> int:
    """The length that 95 % do not exceed."""
    assert len(lengths) > 100, "they were not found"
    return sorted(lengths.values())[math.ceil(0.95 * len(lengths)) - 1]


def longest(lengths: Lengths, bound: int) -> Lengths:
    """What exceeds a bound, the longest first: where to begin when a test fails."""
    beyond = {name: lines for name, lines in lengths.items() if lines > bound}
    return dict(sorted(beyond.items(), key=lambda each: -each[1]))


def test_no_file_of_code_is_too_long() -> None:
    code = lines_of(".py", ".js", ".mjs", ".ts")
    assert code
    assert longest(code, LONGEST_FILE) == {}


def test_no_page_or_style_is_too_long() -> None:
    assert longest(lines_of(".css", ".html"), LONGEST_STYLE) == {}


@pytest.mark.parametrize("suffix", [".py", ".js"])
def test_most_files_are_short(suffix: str) -> None:
    lengths = lines_of(suffix)
    assert percentile(lengths) <= MOST_FILES, longest(lengths, MOST_FILES)


def test_most_functions_in_python_are_short() -> None:
    lengths = python_functions()
    assert percentile(lengths) <= MOST_FUNCTIONS, longest(lengths, MOST_FUNCTIONS)


def test_most_functions_in_javascript_are_short() -> None:
    lengths = javascript_functions()
    assert percentile(lengths) <= MOST_FUNCTIONS, longest(lengths, MOST_FUNCTIONS)


def test_lengths_are_counted_without_the_docstring() -> None:
    (found,) = functions_in('@cache\ndef a():\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert length(found) == 2
