"""Our kernels in onnxruntime-web, and what happens with a version that is not known."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath

import pytest
from dev.builder import build
from dev.paths import EXTENSION
from dev.wasm import edit
from wasm_tools import assemble, node

VENDOR = EXTENSION / "vendor/onnxruntime"
RUNTIMES = sorted(VENDOR.glob("ort-wasm-*.wasm"))
RELAXED_MULTIPLY_ADD = b"\xfd\x85\x02"

# Two functions of the kernels' signature, one that calls the first and one that calls that.
EIGHT, TEN = " ".join(["i32"] * 8), "i32 i32 i32 i32 i32 f32 i32 i32 i32 i32 f32 i32 i32"
CALL_KERNEL = f"(drop (call $zero {'(i32.const 0)' * 8} (f32.const 1)))"
CALL_PRODUCT = (
    f"(call $product {'(i32.const 0)' * 5} (f32.const 1) {'(i32.const 0)' * 4} (f32.const 1) "
    "(i32.const 0) (i32.const 0))"
)
SMALL_RUNTIME = f"""
(module
  (func $zero (param {EIGHT} f32) (result i32) (i32.const 1))
  (func $add (param {EIGHT} f32) (result i32) (i32.const 2))
  (func $product (param {TEN}) {CALL_KERNEL})
  (func $convolve (param {EIGHT}) {CALL_PRODUCT})
  (func $unrelated (param {EIGHT}))
  (func $malloc (param i32) (result i32) (i32.const 0))
  (func $free (param i32))
  (export "a" (func $malloc)) (export "b" (func $free)))
"""
GLUE = "_malloc=x.a,_free=y.b;"
FIND = """
const [folder, module, glue, multiply, multiplyAdd] = process.argv.slice(1);
(async () => {
    const { readModule } = await import(`${folder}/expressions.mjs`);
    const { findFunctions } = await import(`${folder}/find_functions.mjs`);
    try {
        const found = findFunctions(readModule(module), glue, { multiply, multiplyAdd });
        console.log(JSON.stringify(found));
    } catch (error) {
        console.log(JSON.stringify(`${error.constructor.name}: ${error.message}`));
    }
})();
"""


def find(text: str, folder: Path, *, glue: str = GLUE) -> object:
    module = assemble(text, folder / "runtime.wasm")
    digests = [hashlib.sha256(f"(i32.const {each})\n".encode()).hexdigest() for each in (1, 2)]
    return json.loads(node(FIND, edit.HERE, module, Path(glue), *map(Path, digests)))


def test_functions_are_found_by_what_they_are_and_who_calls_them(tmp_path: Path) -> None:
    assert find(SMALL_RUNTIME, tmp_path) == {
        "called": {"malloc": "5", "free": "6"},
        "replaced": {"multiply": "0", "multiplyAdd": "1", "convolve": "3"},
    }


@pytest.mark.parametrize(
    ("text", "glue", "reason"),
    [
        (SMALL_RUNTIME.replace("const 2", "const 3"), GLUE, "none of 2 functions is matrix kernel"),
        (SMALL_RUNTIME.replace(CALL_PRODUCT, ""), GLUE, "0 functions can be MlasConvOperation"),
        (
            SMALL_RUNTIME.replace("(func $unrelated (param", "(func (param").replace(
                f"(func (param {EIGHT}))", f"(func (param {EIGHT}) {CALL_PRODUCT})"
            ),
            GLUE,
            "2 functions can be MlasConvOperation",
        ),
        (SMALL_RUNTIME, GLUE.replace("_malloc", "_somewhere"), "no export is used as malloc"),
    ],
)
def test_what_is_not_found_is_not_known(text: str, glue: str, reason: str, tmp_path: Path) -> None:
    assert str(find(text, tmp_path, glue=glue)).startswith(f"NotKnown: {reason}")


def test_the_kernels_are_in_both_builds_of_the_runtime() -> None:
    assert len(RUNTIMES) == 2
    ours = edit.KERNELS.read_bytes().count(RELAXED_MULTIPLY_ADD)
    assert ours > 0
    for path in RUNTIMES:
        edited = edit.put_kernels(path).read_bytes()
        assert RELAXED_MULTIPLY_ADD not in path.read_bytes()
        assert edited.count(RELAXED_MULTIPLY_ADD) == ours
        assert 0 < len(edited) - path.stat().st_size < 20_000


def test_another_onnxruntime_goes_in_as_published_and_loudly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / RUNTIMES[0].name
    other.write_bytes(RUNTIMES[0].read_bytes() + b"\0\1\0")
    other.with_suffix(".mjs").write_bytes(RUNTIMES[0].with_suffix(".mjs").read_bytes())
    assert edit.put_kernels(other) == other
    said = capsys.readouterr().err
    assert "WARNING" in said
    assert f"{other.name} is not that of onnxruntime-web 1." in said
    assert "THREE TIMES AS LONG" in said
    assert "scripts/dev/wasm/README.md" in said


def no_image(_: object) -> tuple[bytes, bytes]:
    return b"", b""


@pytest.mark.parametrize("stock", [True, False])
def test_stock_leaves_every_module_as_published(
    *, stock: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "BUILD", tmp_path)
    monkeypatch.setattr(build, "vendor", lambda: None)
    monkeypatch.setattr(build, "memory_image", no_image)
    folder, _ = build.build(stock=stock)
    published = [*RUNTIMES, EXTENSION / build.PYTHON_CORE]
    for path in published:
        place = PurePosixPath(path.relative_to(EXTENSION).as_posix())
        assert ((folder / place).read_bytes() == path.read_bytes()) == stock
