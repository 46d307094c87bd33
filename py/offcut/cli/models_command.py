"""The command `offcut models`: what there is, get one, check it, throw it away.

Decides: list, add (asks about size, host and licence first), verify, remove; which .onnx files are
taken; its exit codes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from offcut.cli.plain_text import say
from offcut.cli.report import describe_os_error
from offcut.errors import ModelError, OffcutError
from offcut.network.models import spec_from_entry
from offcut.weights.download import fetch_weights
from offcut.weights.model_files import read_registry, store_folder, weights_path
from offcut.weights.verify import is_intact

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

Entry = dict[str, Any]


def main(argv: Sequence[str]) -> int:
    """Run the command; see ``offcut models --help``.

    Returns
    -------
    int
        0 when it is done, 1 when it failed or something is damaged, 2 for wrong usage.
    """
    arguments = _parser().parse_args(argv)
    try:
        return arguments.run(arguments)
    except OffcutError as error:
        say(f"offcut models: {error}", sys.stderr)
        return FAILED
    except OSError as error:
        say(f"offcut models: {describe_os_error(error)}", sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped. What has come is kept; the same command goes on.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="offcut models",
        description="The models that find the subject. One is in the package's own folder; "
        "others are fetched on command only, and every byte is checked.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="what there is, and what can be had")
    listing.set_defaults(run=_list)
    add = commands.add_parser("add", help="fetch a model, or take it out of a file")
    add.add_argument("model", metavar="ID|FILE")
    add.add_argument("--yes", action="store_true", help="do not ask about size, host and licence")
    add.set_defaults(run=_add)
    verify = commands.add_parser("verify", help="check every byte of the models that are here")
    verify.set_defaults(run=_verify)
    remove = commands.add_parser("remove", help="throw a model away")
    remove.add_argument("model", metavar="ID")
    remove.set_defaults(run=_remove)
    return parser


def _entries() -> list[Entry]:
    return json.loads(read_registry())["models"]


def _list(_: argparse.Namespace) -> int:
    for entry in _entries():
        path = weights_path(spec_from_entry(entry))
        state = str(path) if path else "not here"
        tested = "" if entry["exercised"] else ", not tested by us"
        kinds = ", ".join(entry["suitable_for"])
        print(f"{entry['id']:<16} {entry['bytes'] / 1e6:6.1f} MB  {entry['licence']}{tested}")
        print(f"{'':<16} {entry['title']}: {kinds}; {state}")
    return DONE


def _add(arguments: argparse.Namespace) -> int:
    file = Path(arguments.model)
    if file.suffix == ".onnx" or file.exists():
        return _add_file(file)
    entry = _find(arguments.model)
    if weights_path(spec_from_entry(entry)):
        print(f"{entry['id']} is here already; offcut models verify checks it.")
        return DONE
    urls: list[str] = [source["url"] for source in entry["sources"]]
    hosts = ", ".join(dict.fromkeys(urlsplit(url).netloc for url in urls))
    print(f"{entry['title']}: {entry['bytes'] / 1e6:.1f} MB from {hosts}")
    if "memory_bytes" in entry:
        print(f"It needs {entry['memory_bytes'] / 1e9:.1f} GB of memory.")
    print(f"Licence: {entry['licence']}. {entry['licence_note']}")
    if not arguments.yes and not _is_agreed():
        return WRONG_USAGE
    target = store_folder() / entry["file"]
    fetch_weights(entry, target, lambda received, host: _tell(entry, received, host))
    print(f"\n{target}" if sys.stderr.isatty() else str(target))
    return DONE


def _add_file(file: Path) -> int:
    """Keep a file that the registry knows by its hash."""
    size = file.stat().st_size
    if file.is_dir():
        raise ModelError("NOT_A_MODEL", f"{file} is a folder: name the .onnx file in it.")
    if size == 0:
        raise ModelError("NOT_A_MODEL", f"{file} is empty.")
    known = next((entry for entry in _entries() if is_intact(file, entry)), None)
    if known is None:
        alike = next((entry["id"] for entry in _entries() if entry["bytes"] == size), None)
        if alike:
            raise ModelError("WEIGHTS_MISMATCH", f"{file} is a damaged {alike}: get it again.")
        raise ModelError(
            "UNKNOWN_MODEL",
            f"{file} is none of the models of the registry. To use it, describe it there.",
        )
    target = store_folder() / known["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    # Not the name of a download's piece, with which the next download would go on.
    part = target.with_name(f".{target.name}.copy")
    try:
        shutil.copyfile(file, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    print(f"{known['id']}: {target}")
    return DONE


def _verify(_: argparse.Namespace) -> int:
    status = DONE
    for entry in _entries():
        path = weights_path(spec_from_entry(entry))
        if path is None:
            continue
        intact = is_intact(path, entry)
        print(f"{entry['id']}: {'intact' if intact else 'DAMAGED, remove it and add it again'}")
        status = status if intact else FAILED
    return status


def _remove(arguments: argparse.Namespace) -> int:
    entry = _find(arguments.model)
    stored = store_folder() / entry["file"]
    part = stored.with_name(f"{stored.name}.part")
    gone = [path for path in (stored, part) if path.is_file()]
    for path in gone:
        path.unlink()
    if not gone:
        raise ModelError("UNKNOWN_MODEL", f"{entry['id']} is not in {store_folder()}.")
    print(f"{entry['id']} is removed.")
    return DONE


def _find(model: str) -> Entry:
    for entry in _entries():
        if entry["id"] == model:
            return entry
    raise ModelError("UNKNOWN_MODEL", f"No model is called {model}.", detail={"model": model})


def _is_agreed() -> bool:
    if not sys.stdin.isatty():
        print("Say --yes to fetch it.", file=sys.stderr)
        return False
    return input("Fetch it? [y/N] ").strip().lower() in {"y", "yes"}


def _tell(entry: Entry, received: int, host: str) -> None:
    if sys.stderr.isatty():
        share = 100 * received / entry["bytes"]
        print(f"\r{received / 1e6:.1f} MB ({share:.0f} %) from {host} ", end="", file=sys.stderr)
