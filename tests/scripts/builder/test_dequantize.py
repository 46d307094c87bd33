"""Dynamic quantization undone, on small networks whose float result is known."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dev.builder.dequantize import dequantize
from numpy.typing import NDArray
from offcut.runtime.native import NativeSession
from onnx import ModelProto, TensorProto, helper, numpy_helper
from subjects import SPEC

Floats = NDArray[np.float32]
SIDE = 6
RANDOM = np.random.default_rng(0)
PICTURE = RANDOM.uniform(-3, 3, (1, 2, SIDE, SIDE)).astype(np.float32)


@dataclass(frozen=True)
class Layer:
    """A convolution of three by three pixels: weights of eight bits, and how they are written."""

    weights: NDArray[Any]
    zero: int | None = None
    scale: float | tuple[float, ...] = 0.125
    bias: tuple[float, ...] | None = None
    bias_shape: tuple[int, ...] = (1, -1, 1, 1)
    swapped: bool = False
    """Whether the inputs of products and sums come in the other order."""

    def floats(self) -> Floats:
        """The weights that are meant."""
        return (self.weights.astype(np.float32) - (self.zero or 0)) * np.array(
            self.scale, np.float32
        )


def some_weights(kind: Any, outputs: int = 3, inputs: int = 2) -> NDArray[Any]:
    limits = np.iinfo(kind)
    return RANDOM.integers(limits.min, limits.max + 1, (outputs, inputs, 3, 3)).astype(kind)


def quantized(layers: list[Layer]) -> bytes:
    """Write a network of layers one after the other as `quantize_dynamic` does."""
    nodes: list[Any] = []
    constants: list[Any] = []
    name = "in"
    for number, layer in enumerate(layers):
        name = add_layer(nodes, constants, layer, name, f"layer{number}")
    nodes.append(helper.make_node("Identity", [name], ["out"]))
    inputs = [helper.make_tensor_value_info("in", TensorProto.FLOAT, PICTURE.shape)]
    outputs = [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)]
    graph = helper.make_graph(nodes, "small", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    return model.SerializeToString()


def add_layer(nodes: list[Any], constants: list[Any], layer: Layer, source: str, name: str) -> str:
    def step(kind: str, inputs: list[str], *outputs: str, **more: Any) -> str:
        if layer.swapped and kind in {"Mul", "Add"}:
            inputs = inputs[::-1]
        nodes.append(helper.make_node(kind, inputs, outputs, **more))
        return outputs[0]

    def constant(what: str, value: NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(value, f"{name}/{what}"))
        return f"{name}/{what}"

    picture, scale, zero = (f"{source}/{what}" for what in ("bytes", "scale", "zero"))
    if not any(picture in node.output for node in nodes):
        step("DynamicQuantizeLinear", [source], picture, scale, zero)
    inputs = [picture, constant("weights", layer.weights), zero]
    if layer.zero is not None:
        inputs.append(constant("zero", np.array(layer.zero, layer.weights.dtype)))
    convolved = step("ConvInteger", inputs, f"{name}/integers", pads=[1, 1, 1, 1])
    cast = step("Cast", [convolved], f"{name}/cast", to=TensorProto.FLOAT)
    own = constant("scale", np.array(layer.scale, np.float32))
    rescaled = step("Mul", [cast, step("Mul", [scale, own], f"{name}/scales")], f"{name}/rescaled")
    if layer.bias is None:
        return rescaled
    bias = constant("bias", np.array(layer.bias, np.float32))
    shape = constant("shape", np.array(layer.bias_shape, np.int64))
    return step("Add", [rescaled, step("Reshape", [bias, shape], f"{name}/b")], f"{name}/done")


def convolve(picture: Floats, layer: Layer) -> Floats:
    """Do in floats what a layer means."""
    padded = np.pad(picture[0], ((0, 0), (1, 1), (1, 1)))
    answer = np.zeros((3, SIDE, SIDE))
    for y, x in np.ndindex(3, 3):
        seen = padded[:, y : y + SIDE, x : x + SIDE].astype(np.float64)
        answer += np.einsum("chw,oc->ohw", seen, layer.floats()[:, :, y, x])
    bias = np.zeros(3) if layer.bias is None else np.reshape(layer.bias, (-1,))
    return (answer + bias[:, np.newaxis, np.newaxis])[np.newaxis].astype(np.float32)


def run(network: bytes, folder: Path) -> Floats:
    file = folder / "network.onnx"
    file.write_bytes(network)
    spec = replace(SPEC, sha256=hashlib.sha256(network).hexdigest())
    return NativeSession(file, spec).run({"in": PICTURE}, "out")


def kinds(network: bytes) -> Counter[str]:
    return Counter(node.op_type for node in ModelProto.FromString(network).graph.node)


BYTES, SIGNED = some_weights(np.uint8), some_weights(np.int8)
LAYERS = {
    "with bias": Layer(BYTES, 119, bias=(1.5, -20.0, 0.25)),
    "without bias": Layer(BYTES, 119),
    "signed": Layer(SIGNED, -3, bias=(1.5, -20.0, 0.25)),
    "signed, no zero point": Layer(SIGNED, bias=(1.5, -20.0, 0.25)),
    "the other way round": Layer(BYTES, 119, bias=(1.5, -20.0, 0.25), swapped=True),
}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_gives_what_floats_give(name: str, tmp_path: Path) -> None:
    layer = LAYERS[name]
    before = quantized([layer])
    after = dequantize(before)
    expected = convolve(PICTURE, layer)
    found = run(after, tmp_path)
    assert np.abs(found - expected).max() < 1e-4 * np.abs(expected).max()
    assert np.abs(run(before, tmp_path) - expected).max() > 1e-3 * np.abs(expected).max()
    assert kinds(after)["Conv"] == 1
    assert not {"DynamicQuantizeLinear", "ConvInteger", "Reshape"} & set(kinds(after))


def test_layers_after_each_other_are_all_put_back(tmp_path: Path) -> None:
    layers = [LAYERS["with bias"], Layer(some_weights(np.uint8, 3, 3), 140, 0.01, (0.0, 1.0, 2.0))]
    expected = convolve(convolve(PICTURE, layers[0]), layers[1])
    after = dequantize(quantized(layers))
    assert np.abs(run(after, tmp_path) - expected).max() < 1e-4 * np.abs(expected).max()
    assert kinds(after)["Conv"] == 2


def test_what_nothing_uses_any_more_is_gone_and_weights_keep_their_bytes() -> None:
    graph = ModelProto.FromString(dequantize(quantized([LAYERS["with bias"]]))).graph
    constants = {each.name: each for each in graph.initializer}
    assert set(constants) == {f"layer0/{name}" for name in ("weights", "zero", "scale", "bias")}
    assert constants["layer0/weights"].raw_data == BYTES.tobytes()


def test_a_sum_that_is_no_bias_by_channel_stays_a_sum(tmp_path: Path) -> None:
    across = replace(LAYERS["with bias"], bias=tuple(range(SIDE)), bias_shape=(1, 1, 1, -1))
    after = dequantize(quantized([across]))
    expected = convolve(PICTURE, LAYERS["without bias"]) + np.arange(SIDE, dtype=np.float32)
    assert np.abs(run(after, tmp_path) - expected).max() < 1e-4 * np.abs(expected).max()
    assert kinds(after)["Add"] == 1


def test_what_is_quantized_in_another_way_stays_as_it_is() -> None:
    by_column = Layer(BYTES, 119, scale=(0.1,) * SIDE)
    both = quantized(
        [LAYERS["with bias"], replace(by_column, weights=some_weights(np.uint8, 3, 3))]
    )
    assert kinds(dequantize(both))["ConvInteger"] == 1
    with pytest.raises(ValueError, match="nothing"):
        dequantize(quantized([by_column]))


def test_a_network_without_quantization_has_nothing_to_prepare() -> None:
    with pytest.raises(ValueError, match="nothing"):
        dequantize(quantized([]))


def test_outputs_that_nobody_asks_for_are_cut_off(tmp_path: Path) -> None:
    layers = [LAYERS["with bias"], Layer(some_weights(np.uint8, 3, 3), 140, 0.01, (0.0, 1.0, 2.0))]
    model = ModelProto.FromString(quantized(layers))
    wanted = model.graph.output[0].name
    between = model.graph.node[-1].input[0]
    model.graph.output.append(helper.make_tensor_value_info(between, TensorProto.FLOAT, None))
    after = dequantize(model.SerializeToString(), wanted)
    assert [each.name for each in ModelProto.FromString(after).graph.output] == [wanted]
    assert run(after, tmp_path).tobytes() == run(dequantize(quantized(layers)), tmp_path).tobytes()
    with pytest.raises(ValueError, match="no output elsewhere"):
        dequantize(quantized(layers), "elsewhere")
