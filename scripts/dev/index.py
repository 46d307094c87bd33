"""Writes FILES.md: every source file in one line, out of its own first comment.

A stranger who looks for a place finds it by the words of what goes wrong, and file names have room
for few. So the first comment of a file says what it does, and mostly, in a paragraph that begins
with "Decides:", which questions are answered there; this lists both. A test compares.
"""

import argparse
import ast
import re
import subprocess
from collections import defaultdict
from pathlib import Path

from dev.paths import ROOT
from dev.terminal import exit_with, say

INDEX = ROOT / "FILES.md"
FOLDERS = ("py/offcut", "extension", "scripts/dev")
# Configuration of tools, which says nothing of itself.
ENDINGS = {".py", ".js", ".ts", ".css", ".html"}
HEAD = """# Every source file in one line

Written by `scripts/index` out of each file's first comment; the names are what others import of it.
Search it for the words of what you see or want: what stands behind "Decides:" is decided in that
file. [ARCHITECTURE.md](ARCHITECTURE.md) shows how they work together, and
[where to change what](ARCHITECTURE.md#where-do-i-change-).
"""
DATA = """
## Data, which has no comments

* `manifest.json`: The extension's rights, shortcuts, icons, content policy, oldest browser.
* `extension/_locales/`: Every text that the extension shows, by language. Decides: wording, units,
  singular and plural, failures' texts; `scripts/texts` puts translations in place.
* `models/registry.json`: The models: sources, hashes, contracts, licences, how long each may take;
  `models/registry.schema.json` says what each field means.
* `scripts/dev/builder/parts.json`: Third-party parts: versions, sources, hashes, licences.
* `scripts/dev/wasm/known.json`: The versions of onnxruntime-web into which our kernels fit.
* `pyproject.toml`: The Python package, pytest, ruff, pyright. `extension/biome.json`,
  `extension/tsconfig.json`, `tsconfig.worker.json`: the same for JavaScript.
* `scripts/requirements.in`: The Python packages of `.venv`. `extension/package.json`: npm's.
* `tests/offcut/quality_floors.json`: What the made pictures score today.
"""
DECIDES = "Decides:"
COMMENT = re.compile(
    r"^\s*(?:/\*\*?|<!--)\s*(?:@file\s+)?(.*?)(?:\*/|-->)", re.DOTALL | re.MULTILINE
)
EXPORT = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


def index_text() -> str:
    """Make the whole of FILES.md as the sources of today would have it."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in _sources():
        text = (ROOT / path).read_text(encoding="utf-8")
        purpose, names = (_of_python if path.suffix == ".py" else _of_script)(text)
        if purpose:
            of_it = f" *{', '.join(names)}*" if names else ""
            folders[str(path.parent)].append(f"* `{path.name}`: {purpose}{of_it}")
    parts = [f"\n## {folder}\n\n" + "\n".join(lines) for folder, lines in folders.items()]
    return HEAD + "\n".join(parts) + "\n" + DATA


def main() -> int:
    """Run the command."""
    argparse.ArgumentParser(prog="scripts/index", description=__doc__).parse_args()
    INDEX.write_text(index_text(), encoding="utf-8")
    say(f"{INDEX.name} is written.")
    return 0


def _sources() -> list[Path]:
    # New files count before they are committed; those that git ignores never do.
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *FOLDERS]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [Path(line) for line in listed.splitlines() if (ROOT / line).exists()]
    return sorted({path for path in paths if path.suffix in ENDINGS})


def _of_python(text: str) -> tuple[str, list[str]]:
    module = ast.parse(text)
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = [node.name for node in module.body if isinstance(node, named)]
    public = [name for name in names if not name.startswith("_") and name != "main"]
    return _purpose_of(ast.get_docstring(module) or ""), public


def _of_script(text: str) -> tuple[str, list[str]]:
    comment = COMMENT.search(text)
    lines = comment[1].splitlines() if comment else []
    said = "\n".join(line.strip().removeprefix("*").strip() for line in lines)
    return _purpose_of(said.strip().removeprefix("@file").strip()), EXPORT.findall(text)


def _purpose_of(text: str) -> str:
    """Join the first paragraph with the one that says what the file decides, if there is one."""
    first, *others = text.split("\n\n")
    decided = [each for each in others if each.lstrip().startswith(DECIDES)]
    return " ".join(" ".join([first, *decided]).split())


if __name__ == "__main__":
    exit_with(main)
