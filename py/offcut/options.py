"""What a caller may choose, checked once at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

from offcut.errors import OptionsError

MOST_MEGAPIXELS = 200.0


@dataclass(frozen=True, slots=True)
class OffcutOptions:
    """Options of one job; immutable, the same on the command line and in the extension.

    Attributes
    ----------
    model : str
        Id of the model in `models/registry.json`.
    matte_only : bool
        Write the alpha matte as a grayscale picture instead of the cutout.
    max_megapixels : float
        Larger pictures are refused before their pixels are decoded; above 0, at most 200.

    Raises
    ------
    OptionsError
        BAD_OPTION, with the option's name in `detail`.
    """

    model: str = "u2netp"
    matte_only: bool = False
    max_megapixels: float = 100.0

    def __post_init__(self) -> None:
        """Check every value."""
        for name, kind in get_type_hints(type(self)).items():
            self._check_type(name, kind)
        if not 0 < self.max_megapixels <= MOST_MEGAPIXELS:
            raise _bad("max_megapixels", f"must be above 0 and at most {MOST_MEGAPIXELS:g}")
        if not self.model:
            raise _bad("model", "must not be empty")

    def _check_type(self, name: str, kind: type) -> None:
        value = getattr(self, name)
        # bool is an int in Python, but not a number of megapixels.
        accepted = (int, float) if kind is float else kind
        if not isinstance(value, accepted) or (kind is not bool and isinstance(value, bool)):
            raise _bad(name, f"must be {kind.__name__}, not {type(value).__name__}")

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> OffcutOptions:
        """Make options from a JSON object; an unknown name is an error.

        Raises
        ------
        OptionsError
            BAD_OPTION.
        """
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise _bad(name, "is not an option")
        return cls(**values)


def _bad(name: str, problem: str) -> OptionsError:
    return OptionsError("BAD_OPTION", f"Option {name} {problem}.", detail={"option": name})
