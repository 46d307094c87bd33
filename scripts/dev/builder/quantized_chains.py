"""Finds the convolutions of a network that `quantize_dynamic` of onnxruntime has rewritten."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from onnx import ModelProto, NodeProto, TensorProto, numpy_helper

# Of the bias, so that there is one value for each channel.
BIAS_SHAPE: Final = [1, -1, 1, 1]


@dataclass(frozen=True)
class Chain:
    """One convolution as it was quantized: the names of what went into it, and its last step."""

    last: NodeProto
    convolution: NodeProto
    picture: str
    weights: str
    zero: str | None
    scale: str
    bias: str | None


@dataclass
class Graph:
    """The steps of a network by what they make and by what they take."""

    model: ModelProto
    constants: dict[str, TensorProto] = field(init=False)
    makers: dict[str, NodeProto] = field(init=False)
    takers: dict[str, list[NodeProto]] = field(init=False)

    def __post_init__(self) -> None:
        graph = self.model.graph
        self.constants = {constant.name: constant for constant in graph.initializer}
        self.makers = {name: node for node in graph.node for name in node.output}
        self.takers = {}
        for node in graph.node:
            for name in node.input:
                self.takers.setdefault(name, []).append(node)

    def next(self, name: str, kind: str) -> NodeProto | None:
        """Give the only step that takes a tensor, if it is of that kind."""
        takers = self.takers.get(name, [])
        return takers[0] if len(takers) == 1 and takers[0].op_type == kind else None

    def made_by(self, name: str, kind: str) -> NodeProto | None:
        """Give the step that makes a tensor, if it is of that kind."""
        maker = self.makers.get(name)
        return maker if maker is not None and maker.op_type == kind else None

    def is_single(self, name: str) -> bool:
        """Say whether it is a constant of one number."""
        return name in self.constants and math.prod(self.constants[name].dims) == 1


def find_chains(graph: Graph) -> Iterator[Chain]:
    """Give every convolution that can be put back."""
    for node in graph.model.graph.node:
        chain = _chain_of(graph, node) if node.op_type == "ConvInteger" else None
        if chain is not None:
            yield chain


def _chain_of(graph: Graph, convolution: NodeProto) -> Chain | None:
    picture, weights, _, zero = [*convolution.input, None, None][:4]
    quantize = graph.made_by(picture or "", "DynamicQuantizeLinear")
    cast = graph.next(convolution.output[0], "Cast")
    rescale = cast and graph.next(cast.output[0], "Mul")
    if quantize is None or cast is None or rescale is None or weights not in graph.constants:
        return None
    scale = _scale_of(graph, _other(rescale, cast.output[0]), quantize.output[1])
    if scale is None or (zero and not graph.is_single(zero)):
        return None
    add = graph.next(rescale.output[0], "Add")
    bias = add and _bias_of(graph, _other(add, rescale.output[0]))
    return Chain(
        last=add if add is not None and bias else rescale,
        convolution=convolution,
        picture=quantize.input[0],
        weights=weights,
        zero=zero or None,
        scale=scale,
        bias=bias,
    )


def _scale_of(graph: Graph, name: str, of_picture: str) -> str | None:
    """Take the scale of the picture out of a product; give what is left, if it is one number."""
    product = graph.made_by(name, "Mul")
    if product is None or of_picture not in product.input:
        return None
    scale = _other(product, of_picture)
    return scale if graph.is_single(scale) else None


def _bias_of(graph: Graph, name: str) -> str | None:
    """Find the constant that is added, if it is one number for each channel."""
    reshape = graph.made_by(name, "Reshape")
    if reshape is None or any(each not in graph.constants for each in reshape.input):
        return None
    bias, shape = (graph.constants[each] for each in reshape.input)
    is_by_channel = numpy_helper.to_array(shape).tolist() == BIAS_SHAPE
    return bias.name if is_by_channel and len(bias.dims) == 1 else None


def _other(node: NodeProto, name: str) -> str:
    first, second = node.input
    return second if first == name else first
