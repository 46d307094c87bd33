"""`python -m offcut` is the command `offcut`.

Decides: nothing of its own: see cli/start.py.
"""

from __future__ import annotations

import sys

from offcut.cli.start import main

if __name__ == "__main__":
    sys.exit(main())
