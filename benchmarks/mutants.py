"""Break every line of every shipped derivation in one place and count how many breaks are noticed.

    python benchmarks/mutants.py [--every N] [--per-line N] [--jobs N]

Prints what is missed by name, then the tally. Takes some minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the hunt stands with the tests

from tests.mutants.hunt import hunt, tally


def main() -> int:
    """Hunt and print; 1 if a mutant is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="only every N-th mutant")
    parser.add_argument("--per-line", type=int, default=8, help="at most N mutants a line")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    begin = time.perf_counter()
    catches = hunt(options.every, options.per_line, options.jobs)
    for each in catches:
        if each.fate == "missed":
            print(each)
    counts = tally(catches)
    asked = len(catches) - counts["equivalent"] - counts["excused"]
    print(
        f"\n{len(catches)} mutants in {time.perf_counter() - begin:.0f} s: "
        + ", ".join(f"{n} {f}" for f, n in counts.items())
    )
    print(
        f"{counts['caught']} of {asked} that change what a line says are caught ({100 * counts['caught'] / max(asked, 1):.1f}%)"
    )
    return 1 if counts["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
