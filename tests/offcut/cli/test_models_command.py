"""`offcut models`: list, add, verify and remove, with hosts good and bad."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from offcut.cli.command import main
from offcut.weights import download as model_store
from tiny_model import tiny_model
from weights_server import Served, WeightsServer

BLOCK = 1 << 18
WEIGHTS = tiny_model(padding=1_000_000)


@pytest.fixture
def server() -> Iterator[WeightsServer]:
    server = WeightsServer()
    yield server
    server.close()


@pytest.fixture
def folder(server: WeightsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models, whose registry names two hosts, one with a list of pieces."""
    monkeypatch.setenv("OFFCUT_MODELS", str(tmp_path))
    monkeypatch.setattr(model_store, "BACK_OFF_S", (0.0,) * 3)
    host = f"http://{server.address}"
    entry: dict[str, Any] = {
        "id": "tiny", "title": "Tiny", "licence": "CC0-1.0", "licence_note": "Made up.",
        "file": "tiny.onnx", "bytes": len(WEIGHTS),
        "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
        "sources": [{"url": f"{host}/one.onnx"}, {"url": f"{host}/list.json", "key": "tiny"}],
        "bundled": False, "suitable_for": ["products"], "exercised": False,
        "input": {
            "name": "picture", "height": 64, "width": 64, "resize": "stretch",
            "scale": 1 / 255, "mean": [0, 0, 0], "std": [1, 1, 1],
        },
        "output": {"name": "matte", "activation": "none"},
        "blocks": {
            "size": BLOCK,
            "sha256": [
                hashlib.sha256(WEIGHTS[at : at + BLOCK]).hexdigest()
                for at in range(0, len(WEIGHTS), BLOCK)
            ],
        },
    }  # fmt: skip
    registry = {"models": [entry], "recipes": []}
    (tmp_path / "registry.json").write_text(json.dumps(registry))
    server.put("/one.onnx", Served(WEIGHTS))
    half = len(WEIGHTS) // 2
    chunks = [
        {"name": "first", "offsets": [0, half]},
        {"name": "second", "offsets": [half, len(WEIGHTS)]},
    ]
    server.put("/list.json", Served(json.dumps({"tiny": {"chunks": chunks}}).encode()))
    server.put("/first", Served(WEIGHTS[:half]))
    server.put("/second", Served(WEIGHTS[half:]))
    return tmp_path


def models(*arguments: str) -> int:
    return main(["models", *arguments])


def test_a_model_is_listed_added_verified_and_removed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models("list") == 0
    assert "not here" in capsys.readouterr().out
    assert models("add", "tiny", "--yes") == 0
    said = capsys.readouterr().out
    assert "CC0-1.0" in said
    assert "127.0.0.1" in said
    assert (folder / "tiny.onnx").read_bytes() == WEIGHTS
    assert models("verify") == 0
    assert models("remove", "tiny") == 0
    assert [path.name for path in folder.iterdir()] == ["registry.json"]


def test_what_a_model_needs_of_memory_is_said_before_it_is_fetched(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert models("add", "tiny") == 2
    assert "memory" not in capsys.readouterr().out
    registry = json.loads((folder / "registry.json").read_text())
    registry["models"][0]["memory_bytes"] = 2_900_000_000
    (folder / "registry.json").write_text(json.dumps(registry))
    assert models("add", "tiny") == 2
    assert "It needs 2.9 GB of memory." in capsys.readouterr().out


def test_nothing_is_fetched_without_a_yes(folder: Path, server: WeightsServer) -> None:
    assert models("add", "tiny") == 2
    assert server.log == []


@pytest.mark.parametrize("ranges", [True, False])
def test_a_cut_connection_is_taken_up_again(
    folder: Path, server: WeightsServer, ranges: bool
) -> None:
    server.put("/one.onnx", Served(WEIGHTS, cut_after=[300_000], ranges=ranges))
    assert models("add", "tiny", "--yes") == 0
    assert (folder / "tiny.onnx").read_bytes() == WEIGHTS
    assert server.starts("/one.onnx") == [0, 300_000]


def test_what_came_before_a_stop_is_kept(folder: Path, server: WeightsServer) -> None:
    (folder / "tiny.onnx.part").write_bytes(WEIGHTS[: 2 * BLOCK + 5])
    assert models("add", "tiny", "--yes") == 0
    assert server.starts("/one.onnx") == [2 * BLOCK + 5]


def test_a_wrong_byte_is_found_and_its_piece_fetched_again(
    folder: Path, server: WeightsServer
) -> None:
    server.put("/one.onnx", Served(WEIGHTS, wrong_at=[BLOCK + 3]))
    assert models("add", "tiny", "--yes") == 0
    assert (folder / "tiny.onnx").read_bytes() == WEIGHTS
    assert server.starts("/one.onnx") == [0, BLOCK]


def test_the_next_source_serves_pieces(folder: Path, server: WeightsServer) -> None:
    server.put("/one.onnx", Served(status=404))
    assert models("add", "tiny", "--yes") == 0
    assert (folder / "tiny.onnx").read_bytes() == WEIGHTS
    assert server.starts("/second") == [0]


def test_without_any_source_it_fails_and_says_why(
    folder: Path, server: WeightsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.put("/one.onnx", Served(WEIGHTS, wrong_at=[5], is_always_wrong=True))
    server.put("/list.json", Served(status=404))
    assert models("add", "tiny", "--yes") == 1
    said = capsys.readouterr().err
    assert "wrong" in said
    assert "404" in said
    assert not (folder / "tiny.onnx").exists()


def test_a_damaged_model_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "tiny.onnx").write_bytes(WEIGHTS[:-1] + b"!")
    assert models("verify") == 1
    assert "DAMAGED" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(WEIGHTS[:-1] + b"!", "damaged tiny", id="damaged"),
        pytest.param(tiny_model(), "none of the models", id="unknown"),
        pytest.param(None, "file.onnx: there is no such file", id="missing"),
    ],
)
def test_a_file_that_is_no_known_model_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    file = folder / "file.onnx"
    if content is not None:
        file.write_bytes(content)
    assert models("add", str(file)) == 1
    assert words in capsys.readouterr().err
    assert models("add", str(folder)) == 1
    assert "is a folder" in capsys.readouterr().err
    assert not (folder / "tiny.onnx").exists()


def test_a_known_file_is_added_without_a_network(folder: Path, server: WeightsServer) -> None:
    file = folder / "downloaded-elsewhere.onnx"
    file.write_bytes(WEIGHTS)
    assert models("add", str(file)) == 0
    assert (folder / "tiny.onnx").read_bytes() == WEIGHTS
    assert server.log == []


def test_a_file_that_cannot_be_kept_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "downloaded-elsewhere.onnx"
    file.write_bytes(WEIGHTS)
    before = set(folder.iterdir())

    def fill_the_disk(_: Path, target: Path) -> None:
        target.write_bytes(WEIGHTS[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill_the_disk)
    assert models("add", str(file)) != 0
    assert set(folder.iterdir()) == before
