"""What one run of a model costs, however it was measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds of the quickest run and peak megabytes of the process."""

    seconds: float
    megabytes: float
