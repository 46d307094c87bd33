"""`python -m offcut` is the command `offcut`."""

from __future__ import annotations

import sys

from offcut.cli.command import main

if __name__ == "__main__":
    sys.exit(main())
