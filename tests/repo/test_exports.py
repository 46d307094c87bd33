"""What `import offcut` promises."""

from __future__ import annotations

import inspect

import offcut

PUBLIC = {
    "AnyPicture",
    "Cutout",
    "OffcutError",
    "OffcutOptions",
    "Region",
    "Remover",
    "Stroke",
    "remove_background",
    "encode_alpha",
    "render",
    "run_pipeline",
    "strokes_from_json",
}


def test_the_public_names_are_these_and_all_exist() -> None:
    assert set(offcut.__all__) == PUBLIC
    assert list(offcut.__all__) == sorted(offcut.__all__)
    for name in offcut.__all__:
        assert hasattr(offcut, name)


def test_every_public_class_and_function_is_documented() -> None:
    for name in offcut.__all__:
        value = getattr(offcut, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name


def test_public_functions_are_typed_in_full() -> None:
    for function in (offcut.remove_background, offcut.render, offcut.run_pipeline):
        names = set(inspect.signature(function).parameters) | {"return"}
        assert names == set(inspect.get_annotations(function))
