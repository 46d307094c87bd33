"""The convolutions of a network, and a network of each alone.

Decides: which convolutions count as the same: shapes, dilation, stride.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution.

    Attributes
    ----------
    filters, depth, kernel : int
        Planes of the output and of the input, and the side of a filter.
    rows, columns : int
        Of the input.
    stride, dilation : int
        In both directions.
    """

    filters: int
    depth: int
    kernel: int
    rows: int
    columns: int
    stride: int
    dilation: int

    @property
    def padding(self) -> int:
        """Numbers beyond each border: as many as keep the size."""
        return self.dilation * (self.kernel // 2)

    @property
    def multiply_adds(self) -> int:
        """Of the plain sum."""
        each = self.filters * self.depth * self.kernel**2
        return each * (self.rows // self.stride) * (self.columns // self.stride)

    def __str__(self) -> str:
        words = f"{self.depth} to {self.filters}, {self.kernel} x {self.kernel}"
        words += f", at {self.rows} x {self.columns}"
        words += f", stride {self.stride}" if self.stride > 1 else ""
        return words + (f", dilation {self.dilation}" if self.dilation > 1 else "")


def read_layers(weights: Path) -> Counter[Layer]:
    """Find the convolutions of a network, and how often each is in it.

    Parameters
    ----------
    weights : Path
        An ONNX file whose shapes are fixed.
    """
    network = onnx.load(weights)  # pyright: ignore[reportUnknownMemberType]
    graph = shape_inference.infer_shapes(network).graph
    named = [*graph.input, *graph.output, *graph.value_info]
    shapes = {each.name: [d.dim_value for d in each.type.tensor_type.shape.dim] for each in named}
    shapes |= {each.name: list(each.dims) for each in graph.initializer}
    layers: Counter[Layer] = Counter()
    for node in graph.node:
        if node.op_type not in ("Conv", "ConvInteger"):
            continue
        options = {each.name: list(each.ints) for each in node.attribute}
        filters, depth, kernel, _ = shapes[node.input[1]]
        _, _, rows, columns = shapes[node.input[0]]
        stride, dilation = options.get("strides", [1])[0], options.get("dilations", [1])[0]
        layers[Layer(filters, depth, kernel, rows, columns, stride, dilation)] += 1
    return layers


def write_layer(layer: Layer, file: Path) -> None:
    """Write a network of this convolution and what follows it in these networks, max(0, x)."""
    weights = np.full((layer.filters, layer.depth, layer.kernel, layer.kernel), 0.01, np.float32)
    bias = np.zeros(layer.filters, np.float32)
    convolution = helper.make_node(
        "Conv",
        ["x", "w", "b"],
        ["c"],
        pads=[layer.padding] * 4,
        strides=[layer.stride] * 2,
        dilations=[layer.dilation] * 2,
        kernel_shape=[layer.kernel] * 2,
    )
    shape = [1, layer.depth, layer.rows, layer.columns]
    graph = helper.make_graph(
        [convolution, helper.make_node("Relu", ["c"], ["y"])],
        "layer",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(bias, "b")],
    )
    opset = [helper.make_opsetid("", 13)]
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), file)  # pyright: ignore[reportUnknownMemberType]
