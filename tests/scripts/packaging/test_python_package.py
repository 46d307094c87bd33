"""`pip install offcut[native]` works by itself: the first picture needs no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from dev.free_pictures import free_picture
from dev.packaging.archives import read_tar, read_zip
from dev.packaging.python_package import make_python_package
from dev.packaging.source_state import SourceState, read_state
from dev.terminal import SetupError
from native import ROOT, native_session
from PIL import Image

Packages = dict[str, bytes]


@pytest.fixture(scope="module")
def state() -> SourceState:
    try:
        return read_state()
    except SetupError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def packages(state: SourceState) -> Packages:
    native_session()  # skips where there are no weights
    return make_python_package(state)


def one(packages: Packages, ending: str) -> tuple[str, bytes]:
    (name,) = (name for name in packages if name.endswith(ending))
    return name, packages[name]


def without_network() -> list[str]:
    """What starts a command in a world without a network, where this machine has such."""
    apart = ["unshare", "-rn"]
    is_there = shutil.which("unshare") and subprocess.run([*apart, "true"], check=False)
    return apart if is_there and is_there.returncode == 0 else []


@pytest.fixture(params=[".whl", ".tar.gz"])
def installed(request: pytest.FixtureRequest, packages: Packages, tmp_path: Path) -> Path:
    """A new environment with our package and what it depends on, and nothing of this clone."""
    name, content = one(packages, request.param)
    (tmp_path / name).write_bytes(content)
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    place = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([python, "-c", place], capture_output=True, text=True, check=True)
    # Their packages as this environment has them: pip need not fetch them. Ours is not among them.
    (Path(asked.stdout.strip()) / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index"]
    alone = ["--no-deps", "--no-build-isolation", tmp_path / name]
    subprocess.run([*pip, *alone], check=True, cwd=tmp_path)
    return environment / "bin" / "offcut"


def run(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a person without a network and with an empty home."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "https_proxy": "http://127.0.0.1:9"}
    command = [*without_network(), str(program), *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.weights
@pytest.mark.slow
def test_the_first_picture_is_cut_out_without_a_network(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with Image.open(free_picture("astronaut.png")) as astronaut:
        astronaut.resize((128, 128)).save(home / "photo.jpg")
    done = run(installed, "photo.jpg", folder=home)
    assert (done.returncode, done.stderr) == (0, done.stderr)
    with Image.open(home / "photo-cutout.png") as cutout:
        assert cutout.mode == "RGBA"
        low, high = cutout.getchannel("A").getextrema()
        assert (low, high) == (0, 255)
    said = run(installed, "--version", folder=home).stdout.splitlines()
    assert said[0] == "offcut 0.1.0"
    assert said[1].startswith("model: u2netp, ")
    assert str(ROOT) not in said[1]
    assert "onnxruntime 1." in said[2]


def test_wheel_and_sdist_bring_registry_weights_and_types(packages: Packages) -> None:
    wheel = read_zip(one(packages, ".whl")[1])
    for name in ("registry.json", "weights/u2netp.onnx", "prepared/isnet-uint8.delta"):
        source = (ROOT / "models" / name).read_bytes()
        assert wheel[f"offcut/models/{name}"].content == source
        assert read_tar(one(packages, ".tar.gz")[1])[f"models/{name}"].content == source
    assert "offcut/py.typed" in wheel


def test_every_module_of_ours_is_in_the_wheel(packages: Packages) -> None:
    ours = {path.relative_to(ROOT / "py").as_posix() for path in (ROOT / "py").rglob("*.py")}
    assert ours - set(read_zip(one(packages, ".whl")[1])) == set()


def test_they_are_the_same_bytes_for_another_person(
    packages: Packages, state: SourceState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    former = os.umask(0o077)
    try:
        assert make_python_package(state) == packages
    finally:
        os.umask(former)


def test_nothing_of_this_machine_is_in_them(packages: Packages) -> None:
    for entries in (read_zip(one(packages, ".whl")[1]), read_tar(one(packages, ".tar.gz")[1])):
        assert [
            path for path, entry in entries.items() if str(ROOT).encode() in entry.content
        ] == []
