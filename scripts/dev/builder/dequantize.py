"""Undoes dynamic quantization: the weights keep their eight bits, the activations are floats again.

`quantize_dynamic` of onnxruntime makes of one convolution

    x -> DynamicQuantizeLinear -> ConvInteger -> Cast -> Mul (scale of x * scale of weights)
      -> Add (Reshape of the bias)

so every layer's input is rounded to 256 steps between its own extremes, which costs time and
takes from the matte. Put back, it is

    x -> Conv (Mul (Sub (Cast (weights), Cast (their zero point)), their scale), the bias)

Cast, Sub and Mul have constants only: onnxruntime reckons them once, when a session is made.
The file does not grow by that.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

# Of the bias, so that there is one value for each channel.
BIAS_SHAPE: Final = [1, -1, 1, 1]


@dataclass(frozen=True)
class _Chain:
    """One convolution as it was quantized: the names of what went into it, and its last step."""

    last: NodeProto
    convolution: NodeProto
    picture: str
    weights: str
    zero: str | None
    scale: str
    bias: str | None


@dataclass
class _Graph:
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


def dequantize(network: bytes, output: str | None = None) -> bytes:
    """Put dynamically quantized convolutions back; the same bytes every time.

    What is quantized in another way, by channel for instance, stays as it is.

    Parameters
    ----------
    network : bytes
        ONNX.
    output : str, optional
        The only output that will be asked for: the others go, and all that leads nowhere else.

    Returns
    -------
    bytes
        ONNX.

    Raises
    ------
    ValueError
        If there are none, if steps of the network have networks of their own, or if it has
        no such output.
    """
    model = ModelProto.FromString(network)
    if output is not None:
        _keep_output(model, output)
    if any(attribute.HasField("g") for node in model.graph.node for attribute in node.attribute):
        raise ValueError("it has branches or loops")
    graph = _Graph(model)
    chains = {chain.last.output[0]: chain for chain in _chains(graph)}
    if not chains:
        raise ValueError("nothing in it is dynamically quantized")
    known: dict[tuple[str, str | None, str], str] = {}
    steps: list[NodeProto] = []
    for node in model.graph.node:
        chain = chains.get(node.output[0])
        steps += [node] if chain is None else _in_floats(chain, known)
    _replace(model.graph.node, steps)
    _drop_unused(model)
    return model.SerializeToString(deterministic=True)


def _chains(graph: _Graph) -> Iterator[_Chain]:
    for node in graph.model.graph.node:
        chain = _chain_of(graph, node) if node.op_type == "ConvInteger" else None
        if chain is not None:
            yield chain


def _chain_of(graph: _Graph, convolution: NodeProto) -> _Chain | None:
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
    return _Chain(
        last=add if add is not None and bias else rescale,
        convolution=convolution,
        picture=quantize.input[0],
        weights=weights,
        zero=zero or None,
        scale=scale,
        bias=bias,
    )


def _scale_of(graph: _Graph, name: str, of_picture: str) -> str | None:
    """Take the scale of the picture out of a product; give what is left, if it is one number."""
    product = graph.made_by(name, "Mul")
    if product is None or of_picture not in product.input:
        return None
    scale = _other(product, of_picture)
    return scale if graph.is_single(scale) else None


def _bias_of(graph: _Graph, name: str) -> str | None:
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


def _in_floats(chain: _Chain, known: dict[tuple[str, str | None, str], str]) -> list[NodeProto]:
    """Write a convolution anew, and its weights, unless they are `known` by a name already."""
    key = (chain.weights, chain.zero, chain.scale)
    steps: list[NodeProto] = []
    if key not in known:
        name = f"{chain.weights}/{len(known)}"
        whole, zero, centred, floats = (f"{name}{end}" for end in ("/whole", "/zero", "/at0", ""))
        steps.append(_step("Cast", [chain.weights], whole, to=TensorProto.FLOAT))
        if chain.zero is not None:
            steps.append(_step("Cast", [chain.zero], zero, to=TensorProto.FLOAT))
            steps.append(_step("Sub", [whole, zero], centred))
            whole = centred
        steps.append(_step("Mul", [whole, chain.scale], floats))
        known[key] = floats
    inputs = [chain.picture, known[key], *([chain.bias] if chain.bias else [])]
    convolution = _step("Conv", inputs, chain.last.output[0])
    convolution.name = chain.convolution.name
    convolution.attribute.extend(chain.convolution.attribute)
    return [*steps, convolution]


def _step(kind: str, inputs: list[str], output: str, **attributes: Any) -> NodeProto:
    return helper.make_node(kind, inputs, [output], **attributes)


def _keep_output(model: ModelProto, name: str) -> None:
    kept = [each for each in model.graph.output if each.name == name]
    if not kept:
        raise ValueError(f"it has no output {name}")
    _replace(model.graph.output, kept)


def _drop_unused(model: ModelProto) -> None:
    """Drop the steps, constants and descriptions that lead nowhere any more."""
    graph = model.graph
    used = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(graph.node):
        if used.intersection(node.output):
            used.update(node.input)
            kept.append(node)
    _replace(graph.node, kept[::-1])
    _replace(graph.initializer, [each for each in graph.initializer if each.name in used])
    _replace(graph.value_info, [each for each in graph.value_info if each.name in used])


def _replace(repeated: Any, items: Iterable[Any]) -> None:
    copies = list(items)
    del repeated[:]
    repeated.extend(copies)
