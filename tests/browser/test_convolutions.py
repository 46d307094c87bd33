"""Convolutions in the onnxruntime-web that is built, beside sums made one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from offcut_browser import OffcutBrowser
from onnx import TensorProto, helper, numpy_helper
from run_models import run_models


@dataclass(frozen=True)
class Case:
    """A convolution."""

    filters: int
    depth: int
    size: tuple[int, int]
    pads: tuple[int, int, int, int] = (1, 1, 1, 1)
    """Above, left, below, right."""
    kernel: int = 3
    stride: int = 1
    dilation: int = 1
    groups: int = 1
    bias: bool = True
    after: str = ""
    """What onnxruntime puts into the convolution."""

    def arrays(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Picture, weights and bias: whole numbers, so that plain sums of float32 are exact."""
        random = np.random.default_rng(self.filters + self.depth)
        shape = (self.filters, self.depth // self.groups, self.kernel, self.kernel)
        picture = random.integers(-8, 9, (self.depth, *self.size))
        bias = random.integers(-99, 99, self.filters) if self.bias else np.zeros(self.filters)
        return picture, random.integers(-8, 9, shape), bias

    def model(self) -> bytes:
        """Give it as a model."""
        _, weights, bias = (array.astype(np.float32) for array in self.arrays())
        constants = [numpy_helper.from_array(weights, "weights")]
        if self.bias:
            constants.append(numpy_helper.from_array(bias, "bias"))
        last = "made" if self.after else "output"
        names = ["picture", *(constant.name for constant in constants)]
        sizes: dict[str, Any] = {
            "pads": self.pads,
            "strides": [self.stride] * 2,
            "dilations": [self.dilation] * 2,
            "group": self.groups,
        }
        nodes = [helper.make_node("Conv", names, [last], **sizes)]
        if self.after == "Add":
            other = np.full((1, self.filters, *self.expected().shape[1:]), 5, np.float32)
            constants.append(numpy_helper.from_array(other, "other"))
            nodes.append(helper.make_node("Add", ["made", "other"], ["output"]))
        elif self.after:
            nodes.append(helper.make_node(self.after, ["made"], ["output"]))
        float32 = TensorProto.FLOAT
        taken = helper.make_tensor_value_info("picture", float32, [1, self.depth, *self.size])
        given = helper.make_tensor_value_info("output", float32, None)
        graph = helper.make_graph(nodes, "convolution", [taken], [given], constants)
        versions = [helper.make_opsetid("", 17)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8).SerializeToString()

    def expected(self) -> np.ndarray:
        """Make it of sums, one for each place in the filters."""
        picture, weights, bias = self.arrays()
        above, left, below, right = self.pads
        padded = np.pad(picture, ((0, 0), (above, below), (left, right))).astype(np.float64)
        reach = (self.kernel - 1) * self.dilation
        rows, columns = ((length - reach - 1) // self.stride + 1 for length in padded.shape[1:])
        sums = np.zeros((self.filters, rows, columns)) + bias[:, None, None]
        each = self.filters // self.groups
        for group in range(self.groups):
            some = slice(group * each, (group + 1) * each)
            planes = padded[group * weights.shape[1] :][: weights.shape[1]]
            for y in range(self.kernel):
                for x in range(self.kernel):
                    part = planes[:, y * self.dilation :, x * self.dilation :]
                    part = part[:, :: self.stride, :: self.stride][:, :rows, :columns]
                    sums[some] += np.tensordot(weights[some, :, y, x], part, 1)
        if self.after == "Relu":
            return np.maximum(sums, 0)
        if self.after == "LeakyRelu":
            return np.where(sums < 0, sums * np.float32(0.01), sums)
        return sums + 5 if self.after == "Add" else sums


BY_TILES = (
    Case(8, 1, (16, 32)),
    Case(9, 3, (33, 47), after="Relu"),
    Case(16, 5, (37, 53), bias=False),
    Case(64, 16, (64, 64), after="Relu"),
    Case(12, 64, (80, 80)),
    Case(16, 7, (41, 20), pads=(0, 0, 0, 0)),
    Case(24, 6, (30, 51), pads=(2, 0, 1, 3)),
    Case(10, 4, (8, 400), bias=False, after="Relu"),
    Case(32, 4, (300, 15), pads=(0, 2, 2, 0)),
    Case(128, 512, (16, 16), after="Relu"),  # more filters than are transformed at once
    Case(96, 130, (20, 20)),
    Case(16, 8, (40, 40), groups=2),
)
SUMS = (  # few filters
    Case(1, 64, (40, 40)),
    Case(1, 7, (33, 47), after="Relu"),
    Case(4, 8, (40, 41)),
    Case(7, 3, (8, 400), bias=False, pads=(0, 2, 2, 0)),
    Case(3, 5, (300, 15), pads=(2, 0, 1, 3), after="Relu"),
    Case(2, 8, (40, 40), groups=2),
)
THEIRS = (
    Case(4, 8, (20, 20)),
    Case(16, 8, (40, 40), stride=2),
    Case(16, 8, (40, 40), pads=(2, 2, 2, 2), dilation=2, after="Relu"),
    Case(16, 8, (40, 40), kernel=5, pads=(2, 2, 2, 2)),
    Case(16, 8, (40, 40), kernel=1, pads=(0, 0, 0, 0)),
    Case(64, 64, (5, 5)),
    Case(16, 8, (40, 40), after="LeakyRelu"),
    Case(16, 8, (40, 40), after="Add"),
    Case(8, 8, (40, 40), groups=8),
)


@pytest.mark.parametrize("threads", [1, 2])
def test_convolutions_of_all_shapes_are_right(browser: OffcutBrowser, threads: int) -> None:
    cases = BY_TILES + SUMS + THEIRS
    runs = [(case.model(), case.arrays()[0][None]) for case in cases]
    outputs = run_models(browser, threads, runs)
    for case, output in zip(cases, outputs, strict=True):
        wanted = case.expected()
        far = np.abs(output.reshape(wanted.shape) - wanted).max() / np.abs(wanted).max()
        if case not in BY_TILES:
            assert far <= (1e-6 if case.after == "LeakyRelu" else 0), case
        else:  # 1/6, 1/12 and 1/24 are no float32: were it exact, it would not be ours
            assert 0 < far < 2e-5, case
