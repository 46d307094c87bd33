"""Errors: every code belongs to one class, and no class takes another's."""

from __future__ import annotations

from collections import Counter

import pytest
from offcut.errors import CODES, DecodeError, OffcutError, OptionsError


def test_every_code_belongs_to_one_class() -> None:
    owned = Counter(code for kind in OffcutError.__subclasses__() for code in kind.codes)
    assert owned == Counter(CODES)


def test_an_error_says_what_failed_where_and_with_which_facts() -> None:
    error = DecodeError("IMAGE_TOO_LARGE", "Too large.", detail={"megapixels": 412})
    assert error.as_failure() == {
        "code": "IMAGE_TOO_LARGE",
        "stage": "decode",
        "message": "Too large.",
        "detail": {"megapixels": 412},
    }


def test_a_class_refuses_a_code_of_another() -> None:
    with pytest.raises(ValueError, match="CORRUPT_IMAGE"):
        OptionsError("CORRUPT_IMAGE", "no")
