"""The table: `python -m benchmarks.decide.run [--group G] [--only-true | --only-false] [--peers] [--limit N] [--json FILE]`.

For each group and decider: how many true rows were proved, supported, left open, and how many false rows refuted, called
malformed, supported, left open; WRONG is a true row refuted or called malformed, or a false row proved. Times are of the call
alone, in milliseconds; a row over the time limit counts with the limit.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.decide.model import GROUPS, rows, slips
from benchmarks.decide.mutate import STORE, stored
from benchmarks.decide.peers import DECIDERS
from benchmarks.decide.workers import Answer, Job, run

OPEN = ("undecided", "error", "timeout", "unread")
LISTS = ("wrong", "undecided", "supported", "error", "timeout", "slow", "proved", "refuted", "malformed")
HEAD = (f"{'':<16}{'':<9}{'true':>6}{'proved':>8}{'supp.':>7}{'open':>6} |{'false':>6}{'refuted':>9}{'malf.':>7}"
        f"{'supp.':>7}{'open':>6} |{'WRONG':>6}{'median':>9}{'p95 ms':>9}")  # fmt: skip


def is_true(answer: Answer) -> bool:
    """Whether the row is a true one."""
    return not answer.job[1]


def is_wrong(answer: Answer) -> bool:
    """A true row refuted or called malformed, or a false row proved."""
    return answer.outcome in (("refuted", "malformed") if is_true(answer) else ("proved",))


def jobs_for(options: argparse.Namespace) -> list[Job]:
    """All questions of the run; `--limit` takes every k-th row, so that all groups and kinds stay in."""
    pairs: list[tuple[str, str]] = []
    if not options.only_false:
        pairs += [(row.id, "") for row in rows(options.group)]
    if not options.only_true and STORE.exists():
        pairs += [(row.id, name) for name, row, _ in stored(options.group)]
    if options.match:
        pairs = [p for p in pairs if options.match in (p[1] or p[0])]
    if options.limit and options.limit < len(pairs):
        step = len(pairs) / options.limit
        pairs = [pairs[int(k * step)] for k in range(options.limit)]
    deciders = list(DECIDERS) if options.peers else ["calcds"]
    return [(row, mutant, decider) for row, mutant in pairs for decider in deciders]


def line(group: str, decider: str, answers: list[Answer]) -> str:
    """One line of the table."""
    true = [a for a in answers if is_true(a)]
    false = [a for a in answers if not is_true(a)]
    times = sorted(1000 * a.seconds for a in answers)
    def count(part: list[Answer], *outcomes: str) -> int:
        return sum(a.outcome in outcomes for a in part)
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    return (
        f"{group:<16}{decider:<9}{len(true):>6}{count(true, 'proved'):>8}{count(true, 'supported'):>7}{count(true, *OPEN):>6} |"
        f"{len(false):>6}{count(false, 'refuted'):>9}{count(false, 'malformed'):>7}{count(false, 'supported'):>7}"
        f"{count(false, *OPEN):>6} |{sum(map(is_wrong, answers)):>6}{statistics.median(times):>9.2f}{p95:>9.1f}"
    )


def table(answers: list[Answer]) -> str:
    """The whole table, a block for each decider."""
    group_of = {row.id: row.group for row in (*rows(), *slips())}
    cells: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for a in answers:
        cells[a.job[2], group_of[a.job[0]]].append(a)
        cells[a.job[2], "all"].append(a)
    lines = [HEAD]
    for decider in DECIDERS:
        lines += [line(g, decider, cells[decider, g]) for g in (*GROUPS, "all") if cells[decider, g]]
        lines.append("")
    return "\n".join(lines)


def listed(answers: list[Answer], words: list[str]) -> list[str]:
    """Rows with one of the outcomes, for debugging."""
    found = []
    for a in answers:
        hit = a.outcome in words or ("wrong" in words and is_wrong(a)) or ("slow" in words and a.seconds > 1)
        if hit:
            truth = "true " if is_true(a) else "false"
            name = a.job[1] or a.job[0]
            found.append(f"{truth} {name:<40} {a.job[2]:<9}{a.outcome:<10}{1000 * a.seconds:>9.1f} ms  {a.note}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", choices=list(GROUPS))
    parser.add_argument("--only-true", action="store_true")
    parser.add_argument("--only-false", action="store_true")
    parser.add_argument("--peers", action="store_true", help="simplify, equals and float64 in the same run")
    parser.add_argument("--limit", type=int, help="at most this many rows, spread over all")
    parser.add_argument("--match", help="only rows whose id contains this")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds for one question")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", action="append", default=[], choices=LISTS, help="print the rows with this outcome")
    parser.add_argument("--json", type=Path, help="write all answers here")
    options = parser.parse_args()
    answers = []
    questions = jobs_for(options)
    for n, found in enumerate(run(questions, options.jobs, options.timeout), 1):
        answers.append(found)
        if sys.stderr.isatty():
            print(f"\r{n}/{len(questions)}", end="", file=sys.stderr)
    answers.sort(key=lambda a: questions.index(a.job))
    for text in listed(answers, options.list):
        print(text)
    print(table(answers))
    if options.json:
        data = [{"row": a.job[0], "mutant": a.job[1], "decider": a.job[2], "outcome": a.outcome, "seconds": round(a.seconds, 6),
                 "wrong": is_wrong(a), "note": a.note} for a in answers]  # fmt: skip
        options.json.write_text(json.dumps(data, indent=0) + "\n")
    return 1 if any(is_wrong(a) for a in answers if a.job[2] == "calcds") else 0


if __name__ == "__main__":
    sys.exit(main())
