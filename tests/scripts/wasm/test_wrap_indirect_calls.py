"""Indirect calls that are taken out of a WebAssembly function."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dev.terminal import SetupError
from dev.wasm import edit
from wasm_tools import assemble, disassemble, node

# The small function's answer is added to that of `entry`, which is small enough to be read.
SOURCE = """
(module
  (type $pair (func (param i32 i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 0) $sum $product)
  (func $sum (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $product (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
  (func $small (param i32) (result i32)
    (call_indirect (type $pair) (i32.const 2) (i32.const 3) (local.get 0)))
  (func (export "entry") (param i32) (result i32)
    (local $count i32)
    (loop $again
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $count) (i32.const 3))))
    (i32.add
      (call_indirect (type $pair) (i32.const 6) (i32.const 7) (local.get 0))
      (if (result i32) (i32.eq (local.get $count) (i32.const 3))
        (then (call $small (local.get 0)))
        (else (unreachable)))))
  (func (export "other") (param i32) (result i32)
    (call_indirect (type $pair) (i32.const 4) (i32.const 5) (local.get 0))))
"""
RUN = """
const bytes = require('node:fs').readFileSync(process.argv[1]);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
console.log(JSON.stringify([0, 1].map((place) => [exports.entry(place), exports.other(place)])));
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(edit, "KEPT", tmp_path / "kept")
    return assemble(SOURCE, tmp_path / "source.wasm")


def test_the_function_and_what_it_calls_do_what_they_did(source: Path) -> None:
    edited = edit.wrap_indirect_calls(source, "entry")
    text = disassemble(edited)
    # One thunk serves `entry` and the small function; `other` still has its own indirect call.
    assert text.count("call_indirect") == 2
    assert count_functions(text) == count_functions(disassemble(source)) + 1
    answers = [[6 + 7 + 2 + 3, 4 + 5], [6 * 7 + 2 * 3, 4 * 5]]
    assert json.loads(node(RUN, edited)) == json.loads(node(RUN, source)) == answers


def test_the_function_for_the_calls_is_too_long_to_be_put_into_its_callers(source: Path) -> None:
    edited = edit.wrap_indirect_calls(source, "entry")
    assert edited.stat().st_size > source.stat().st_size + 500


def test_what_is_not_there_is_refused(source: Path) -> None:
    with pytest.raises(SetupError, match="no function another"):
        edit.wrap_indirect_calls(source, "another")


def test_an_edit_is_made_once(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = edit.wrap_indirect_calls(source, "entry")

    def refuse(*_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(edit, "run_quietly", refuse)
        assert edit.wrap_indirect_calls(source, "entry") == edited
    assemble(SOURCE.replace("i32.const 7", "i32.const 8"), source)
    other = edit.wrap_indirect_calls(source, "entry")
    assert other != edited
    assert not edited.exists()
    assert json.loads(node(RUN, other))[0][0] == 6 + 8 + 2 + 3


def count_functions(text: str) -> int:
    return len(re.findall(r"^ \(func ", text, re.MULTILINE))
