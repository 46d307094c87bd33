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

from collections.abc import Iterable
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, helper

from dev.builder.quantized_chains import Chain, Graph, find_chains


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
    graph = Graph(model)
    chains = {chain.last.output[0]: chain for chain in find_chains(graph)}
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


def _in_floats(chain: Chain, known: dict[tuple[str, str | None, str], str]) -> list[NodeProto]:
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
