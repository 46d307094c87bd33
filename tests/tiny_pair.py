"""A tiny network that answers clicks, in two halves, as registry entries and as ONNX.

What the encoder makes of a picture is the picture. The decoder answers with a square around the
last click, and with a larger one, less a square around each click beside the thing: no other guess
looks like that, so that a test sees whose answer it was.
"""

from __future__ import annotations

import hashlib
from typing import Any

from onnx import checker, parser

SIDE = 64
SMALL, LARGE = 6, 12
"""Half the side of the two squares, in pixels of the encoder's input."""

_OPSETS = '<ir_version: 8, opset_import: ["" : 17]>'

_ENCODER = f"""{_OPSETS}
encoder (float[1,3,{SIDE},{SIDE}] picture) => (float[1,3,{SIDE},{SIDE}] embedding) {{
  embedding = Identity(picture)
}}"""

# Chebyshev distance of every pixel from every click, (clicks, SIDE, SIDE).
_DECODER = f"""{_OPSETS}
decoder (float[1,3,{SIDE},{SIDE}] embedding, float[1,N,2] points, float[1,N] labels,
         float[1,1,1,1] gain) => (float[1,2,{SIDE},{SIDE}] masks)
<float[1,1,{SIDE}] columns = {{{", ".join(str(at + 0.5) for at in range(SIDE))}}},
 float[1,{SIDE},1] rows = {{{", ".join(str(at + 0.5) for at in range(SIDE))}}},
 float[1,2,1,1] sizes = {{{SMALL}, {LARGE}}}, float small = {{{SMALL}}},
 int64[1] first = {{0}}, int64[1] second = {{1}}, int64[1] third = {{2}}, int64[1] all = {{99}},
 int64[1] axis = {{2}}, int64[3] each = {{-1, 1, 1}}, float zero = {{0}}, float far = {{99}}>
{{
  x0 = Slice(points, first, second, axis)
  y0 = Slice(points, second, third, axis)
  x = Reshape(x0, each)
  y = Reshape(y0, each)
  dx0 = Sub(columns, x)
  dy0 = Sub(rows, y)
  dx = Abs(dx0)
  dy = Abs(dy0)
  distance = Max(dx, dy)
  one = Slice(distance, first, second, first)
  inside = Sub(sizes, one)
  told = Reshape(labels, each)
  is_beside = Equal(told, zero)
  beside0 = Sub(distance, small)
  beside1 = Where(is_beside, beside0, far)
  beside = ReduceMin <axes = [0], keepdims = 1> (beside1)
  shape0 = Min(inside, beside)
  colors = ReduceMean <axes = [1, 2, 3], keepdims = 1> (embedding)
  nothing = Mul(colors, zero)
  shape1 = Add(shape0, nothing)
  masks = Mul(shape1, gain)
}}"""


def _onnx(text: str) -> bytes:
    model = parser.parse_model(text)
    checker.check_model(model, full_check=True)  # pyright: ignore[reportUnknownMemberType]
    return model.SerializeToString()


def encoder() -> bytes:
    """Write the encoder: `picture` to `embedding`."""
    return _onnx(_ENCODER)


def decoder() -> bytes:
    """Write the decoder: `embedding`, `points`, `labels` and a constant to `masks`, as logits."""
    return _onnx(_DECODER)


def entries() -> list[dict[str, Any]]:
    """Give both as the registry has them, as if they were in the package."""
    return [
        _entry("tiny-encoder", encoder(), "picture", ("embedding", "none"), {"part": "encoder"}),
        _entry(
            "tiny-decoder",
            decoder(),
            "embedding",
            ("masks", "sigmoid"),
            {
                "part": "decoder",
                "encoder": "tiny-encoder",
                "points": "points",
                "labels": "labels",
                "constants": [{"name": "gain", "shape": [1, 1, 1, 1], "value": 4}],
                "padding": True,
            },
        ),
    ]


def _entry(
    model: str, weights: bytes, name: str, output: tuple[str, str], prompted: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": model,
        "title": model,
        "licence": "CC0-1.0",
        "licence_note": "Made by the tests.",
        "file": f"{model}.onnx",
        "bytes": len(weights),
        "sha256": hashlib.sha256(weights).hexdigest(),
        "sources": [{"url": f"https://models.example/{model}.onnx"}],
        "bundled": True,
        "input": {
            "name": name,
            "layout": "NCHW",
            "height": SIDE,
            "width": SIDE,
            "channel_order": "RGB",
            "resize": "letterbox",
            "fill": 0,
            "scale": 1 / 255,
            "mean": [0, 0, 0],
            "std": [1, 1, 1],
        },
        "output": {"name": output[0], "activation": output[1], "range": [0, 1]},
        "suitable_for": ["people"],
        "backends": ["wasm"],
        "card": "models/cards/u2netp.md",
        "exercised": True,
        "prompted": prompted,
    }
