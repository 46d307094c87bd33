"""The project's own commands; each file in scripts/ starts one of these modules.

A command starts with nothing but Python's standard library, so that a fresh clone can set itself
up, and goes on in `.venv` (see `environment.enter_venv`). What needs numpy, Pillow or Selenium is
therefore imported inside of functions.
"""

import sys

# The one place that older Pythons still get to: everything else here is written for 3.11.
if sys.version_info < (3, 11):  # noqa: UP036 (the sentence is for exactly those who have an older one)
    sys.stderr.write(
        "Offcut's scripts need Python 3.11 or newer, and this is %d.%d. "  # noqa: UP031 (the same)
        "Install it (Debian and Ubuntu: apt-get install python3 python3-venv) and start again.\n"
        % sys.version_info[:2]
    )
    sys.exit(2)
