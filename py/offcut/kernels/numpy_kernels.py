"""The kernels in numpy, which run wherever Python does.

Decides: nothing of its own: it passes on to numpy_fit.py, numpy_colors.py and numpy_filters.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from offcut.kernels import numpy_colors, numpy_filters, numpy_fit


@dataclass(frozen=True, slots=True)
class NumpyKernels:
    """The `offcut.kernels.interface.Kernels` of any runtime, by which the others are checked."""

    box_blur = staticmethod(numpy_filters.box_blur)
    local_range = staticmethod(numpy_filters.local_range)
    sweep_distances = staticmethod(numpy_filters.sweep_distances)
    fit_alpha = staticmethod(numpy_fit.fit_alpha)
    steepen = staticmethod(numpy_fit.steepen)
    evaluate_fit = staticmethod(numpy_fit.evaluate_fit)
    relax_colors = staticmethod(numpy_colors.relax_colors)
    resize_colors = staticmethod(numpy_colors.resize_colors)
    unmix_colors = staticmethod(numpy_colors.unmix_colors)
    clear_pixels = staticmethod(numpy_colors.clear_pixels)
    paint_cutout = staticmethod(numpy_colors.paint_cutout)
