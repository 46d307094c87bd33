"""What can go wrong, as one tree of exceptions, each with its codes.

Decides: every failure code of Python and the stage it names. Its texts: extension/_locales/
(`failure_<CODE>`).

The codes are the contract with the extension, which has a text for each in every language:
`extension/messages/facts.js` is made from this tree. Nobody recognises an error by its message.

    OffcutError
        DecodeError
        ModelError
        InferenceError
        SubjectError
        EncodeError
        OptionsError
        Cancelled
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, TypedDict

Detail = Mapping[str, str | int | float]


class Failure(TypedDict):
    """An error as plain data, as it crosses to JavaScript."""

    code: str
    stage: str
    message: str
    detail: dict[str, str | int | float]


class OffcutError(Exception):
    """Base of everything that this package raises on purpose; only its kinds are raised.

    Parameters
    ----------
    code : str
        One of `codes` of the class.
    message : str
        English, one sentence, for logs and the command line.
    stage : str
        The pipeline stage that failed, see `stages.py`.
    detail : mapping of str to str, int or float
        Measured facts, such as ``{"megapixels": 412}``.
    """

    codes: ClassVar[tuple[str, ...]] = ()
    default_stage: ClassVar[str] = ""

    def __init__(
        self, code: str, message: str, *, stage: str = "", detail: Detail | None = None
    ) -> None:
        if code not in self.codes:
            raise ValueError(f"{code} is not a code of {type(self).__name__}")
        super().__init__(message)
        self.code = code
        self.message = message
        self.stage = stage or self.default_stage
        self.detail: dict[str, str | int | float] = dict(detail or {})

    def __reduce__(self) -> tuple[object, ...]:
        """Let it be pickled: what a worker process raises, its caller gets."""
        return _raised_elsewhere, (type(self), self.as_failure())

    def as_failure(self) -> Failure:
        """Describe the error as plain data."""
        return {
            "code": self.code,
            "stage": self.stage,
            "message": self.message,
            "detail": self.detail,
        }


class DecodeError(OffcutError):
    """The bytes are not a picture that can be used."""

    codes = ("UNSUPPORTED_FORMAT", "CORRUPT_IMAGE", "IMAGE_TOO_LARGE", "EMPTY_FILE")
    default_stage = "decode"


class ModelError(OffcutError):
    """The model is unknown, can't be had, or is not what the registry or the user says."""

    codes = ("UNKNOWN_MODEL", "WEIGHTS_MISMATCH", "DOWNLOAD_FAILED", "NOT_A_MODEL", "MODEL_UNFIT")
    default_stage = "load_model"


class InferenceError(OffcutError):
    """The session failed, or gave something other than the model's contract says."""

    codes = ("SESSION_FAILED", "OUT_OF_MEMORY", "OUTPUT_MISMATCH")
    default_stage = "inference"


class SubjectError(OffcutError):
    """The model sees no subject in the picture: the matte is empty."""

    codes = ("NO_SUBJECT",)
    default_stage = "postprocess"


class EncodeError(OffcutError):
    """The cutout could not be written in the format asked for."""

    codes = ("ENCODE_FAILED",)
    default_stage = "encode"


class OptionsError(OffcutError):
    """An option has a value that it cannot have."""

    codes = ("BAD_OPTION",)
    default_stage = "options"


class Cancelled(OffcutError):  # noqa: N818 (an outcome, not an error)
    """Somebody asked for the job to stop; an outcome, not an alarm."""

    codes = ("CANCELLED",)

    def __init__(self, stage: str = "") -> None:
        super().__init__("CANCELLED", "The job was cancelled.", stage=stage)


def _raised_elsewhere(kind: type[OffcutError], failure: Failure) -> OffcutError:
    error = kind.__new__(kind, failure["message"])
    OffcutError.__init__(
        error,
        failure["code"],
        failure["message"],
        stage=failure["stage"],
        detail=failure["detail"],
    )
    return error


CODES: Final = frozenset(code for kind in OffcutError.__subclasses__() for code in kind.codes)
"""Of everything that this package can fail with."""
