"""Arguments that every Chromium of ours is started with, driven or not.

Decides: which background requests of a test browser are switched off, and its sandbox as root.
"""

import os

# Nothing but our own requests shall leave a browser under test.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
)


def sandbox_arguments() -> list[str]:
    """Give what Chromium wants when it is started as root, which it refuses otherwise."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []
