"""Settings of the whole suite: the same examples on every machine, however slow."""

import os

import pytest
from hypothesis import HealthCheck, settings

# The servers of the tests are on this machine, also where a proxy leads out of it.
os.environ["no_proxy"] = os.environ["NO_PROXY"] = "127.0.0.1,localhost"

settings.register_profile(
    "offcut",
    deadline=None,  # these machines are shared; slowness is not wrongness
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("offcut")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The browser tests are one list for both browsers."""
    browsers = ("chrome", "firefox")
    said = "the browser of tests/browser; what is not for Firefox: not_in_firefox.json there"
    parser.addoption("--browser", choices=browsers, default="chrome", help=said)
