"""`python -m calcds`."""

from __future__ import annotations

from calcds.cli.main import main

if __name__ == "__main__":
    main()
