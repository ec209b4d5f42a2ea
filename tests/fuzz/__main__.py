"""`python -m tests.fuzz --seconds 60`: exit code 1 and the replayable claims if a fault was found."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.run import Report, fuzz, one


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="the first seed; one claim family a seed")
    parser.add_argument("--only", action="store_true", help="this seed alone")
    options = parser.parse_args()
    if options.only:
        report = Report()
        one(options.seed, report)
    else:
        report = fuzz(options.seconds, options.seed)
    print(", ".join(f"{count} {name}" for name, count in sorted(report.counts.items())))
    for fault in report.faults:
        print(fault)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
