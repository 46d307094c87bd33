"""Which values an option may have, as data on its field.

Decides: the sentence about a value that is out of range or of another kind (BAD_OPTION).

A rule says what is wrong with a value, and the command line and the extension's
`messages/facts.js` read the same ranges and choices out of it.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from types import NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

Unit = Literal["", "px", "%", "share"]
"""A share is 1 for the whole; people may write it as a percentage."""

ABOVE_ZERO: Final = 1e-6
"""The least value of a range that begins above 0."""


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """What an option's value may be.

    Attributes
    ----------
    optional : bool
        None is a value, too.
    """

    _: KW_ONLY
    optional: bool = False

    def find_problem(self, value: object) -> str:
        """Say what is wrong with a value of any type.

        Returns
        -------
        str
            The end of a sentence that begins with the option's name; empty if nothing is wrong.
        """
        return "" if value is None and self.optional else self._problem(value)

    @abstractmethod
    def _problem(self, value: object) -> str:
        """Do as `find_problem`, where None is no value."""


@dataclass(frozen=True, slots=True)
class Flag(Rule):
    """True or false."""

    def _problem(self, value: object) -> str:
        return "" if isinstance(value, bool) else f"must be true or false, not {_kind(value)}"


@dataclass(frozen=True, slots=True)
class Choice(Rule):
    """One of a few words."""

    choices: tuple[str, ...]

    def _problem(self, value: object) -> str:
        if not isinstance(value, str):
            return f"must be a text, not {_kind(value)}"
        is_known = value in self.choices
        return "" if is_known else f"must be one of {', '.join(self.choices)}, not {value[:40]!r}"


@dataclass(frozen=True, slots=True)
class Number(Rule):
    """A number from `least` to `most`."""

    least: float
    most: float
    unit: Unit = ""
    whole: bool = False

    def _problem(self, value: object) -> str:
        # bool is an int in Python, but not a number of pixels.
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"must be a number, not {_kind(value)}"
        if self.whole and not isinstance(value, int):
            return "must be a whole number"
        # A comparison with NaN is false; infinity is out of every range.
        if math.isnan(value) or not self.least <= value <= self.most:
            least = "above 0" if self.least == ABOVE_ZERO else f"at least {self.least:g}"
            return f"must be {least} and at most {self.most:g}"
        return ""


@dataclass(frozen=True, slots=True)
class Text(Rule):
    """A text that a parser reads; a ValueError of it ends the sentence about the option."""

    parse: Callable[[str], object]

    def _problem(self, value: object) -> str:
        if not isinstance(value, str):
            return f"must be a text, not {_kind(value)}"
        try:
            self.parse(value)
        except ValueError as error:
            return str(error)
        return ""


def read_rules(options: type) -> dict[str, Rule]:
    """Read the rules of a class of options off the types of its fields.

    Parameters
    ----------
    options : type
        Whose fields are ``bool``, a ``Literal`` of words, or ``Annotated`` with a rule.

    Returns
    -------
    dict of str to Rule
        By the names of the fields, in their order.
    """
    hints = get_type_hints(options, include_extras=True)
    return {name: _rule_of(hint) for name, hint in hints.items()}


def _rule_of(hint: Any) -> Rule:
    plain, *rules = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if plain is bool:
        return Flag()
    if get_origin(plain) is Literal:
        return Choice(get_args(plain))
    (rule,) = rules
    return replace(rule, optional=NoneType in get_args(plain))


def _kind(value: object) -> str:
    return "null" if value is None else type(value).__name__
