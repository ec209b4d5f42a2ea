# ruff: noqa: E402  (one thread and the repository are set before NumPy and calcds are imported)
"""The gradient benchmark: calcds beside SymPy's own `diff`, case by case, in one run.

    python benchmarks/gradients/run.py                   the table
    python benchmarks/gradients/run.py --group second    some groups only (repeatable); --select TEXT by id
    python benchmarks/gradients/run.py --list            the cases, not run
    python benchmarks/gradients/run.py --details         every verdict, with answer or reason
    python benchmarks/gradients/run.py --json FILE       all verdicts as JSON

Every derivative is computed in a worker process that is killed when a case takes longer than --timeout
seconds. Exit code 0: no answer of calcds is wrong; 1: one is; 2: calcds could not be run (SymPy's column is
still printed).
"""

from __future__ import annotations

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import argparse
import json
import multiprocessing
import resource
import statistics
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases import CASES, GROUPS
from model import Case
from verdict import Verdict, judge, methods

MEMORY = 3 * 2**30           # bytes a worker may have
STATES = ("right", "refused", "wrong", "failed", "timeout")


def serve(pipe: Any, *, verify: bool | None) -> None:
    """The worker: receives (position, method), answers with a verdict."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")             # SymPy's deprecations of its own array code
    calls = methods(verify=verify)
    while True:
        position, method = pipe.recv()
        try:
            pipe.send(judge(CASES[position], method, calls[method]))
        except MemoryError as error:
            case = CASES[position]
            pipe.send(Verdict(case.id, case.group, case.kind, method, detail=f"MemoryError: {error}"))


class Worker:
    """One process that is replaced when it had to be killed."""

    def __init__(self, *, verify: bool | None) -> None:
        self.verify = verify
        self.start()

    def start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        options = {"verify": self.verify}
        self.process = multiprocessing.Process(target=serve, args=(theirs,), kwargs=options, daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, position: int, method: str, timeout: float) -> Verdict:
        self.pipe.send((position, method))
        try:
            if self.pipe.poll(timeout):
                return self.pipe.recv()
            state, detail = "timeout", f"more than {timeout:g} s"
        except EOFError:
            state, detail = "failed", "the worker died"
        self.stop()
        self.start()
        case = CASES[position]
        return Verdict(case.id, case.group, case.kind, method, state, seconds=timeout, detail=detail)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run(chosen: Iterable[int], sides: Sequence[str], timeout: float, *, verify: bool | None,
        show: bool) -> list[Verdict]:
    worker, verdicts = Worker(verify=verify), []
    for position in chosen:
        for method in sides:
            verdict = worker.ask(position, method, timeout)
            verdicts.append(verdict)
            if show:
                print(detail_line(verdict), flush=True)
    worker.stop()
    return verdicts


def detail_line(v: Verdict) -> str:
    closed = "closed" if v.closed else "open" if v.state == "right" else ""
    lengths = f"{v.let}/{v.textbook_let}" if v.let else ""
    text = v.answer if v.state in ("right", "wrong") else v.detail
    extra = f"   [{v.detail}]" if v.state == "wrong" else ""
    return (f"{v.group}/{v.id:34} {v.method:7} {v.state:8} {closed:7} {lengths:>8} "
            f"{1000*v.seconds:8.1f} ms   {text[:160]}{extra}")


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def row(name: str, verdicts: Sequence[Verdict]) -> str:
    """One line of the table: counts, lengths against the textbook, times."""
    states = Counter(v.state for v in verdicts)
    closed = sum(v.closed for v in verdicts)
    ratios = [v.let / v.textbook_let for v in verdicts if v.state == "right" and v.textbook_let]
    trees = [v.tree / v.textbook_tree for v in verdicts if v.state == "right" and v.textbook_tree]
    short = sum(ratio <= 1.0 for ratio in ratios)
    times = [1000 * v.seconds for v in verdicts]
    length = f"{'-':>6} {'-':>6}"
    if ratios:
        length = f"{statistics.median(ratios):6.2f} {quantile(ratios, 0.95):6.2f}"
    tree = f"{statistics.median(trees):6.2f}" if trees else f"{'-':>6}"
    counts = " ".join(f"{states[state]:7}" for state in STATES)
    return (f"{name:22} {len(verdicts):4} {counts} {closed:7} {length} {tree} {short:4}/{len(ratios):<4} "
            f"{statistics.median(times):9.1f} {quantile(times, 0.95):9.1f}")


HEAD = (f"{'':22} {'N':>4} " + " ".join(f"{state:>7}" for state in STATES)
        + f" {'closed':>7} {'length':>6} {'p95':>6} {'tree':>6} {'<= book':>9} {'ms':>9} {'p95':>9}")


def report(verdicts: Sequence[Verdict]) -> str:
    lines = [HEAD]
    for method in sorted({v.method for v in verdicts}):
        mine = [v for v in verdicts if v.method == method]
        for group in GROUPS:
            members = [v for v in mine if v.group == group]
            if members:
                lines.append(row(f"{method} {group}", members))
        lines.append(row(f"{method} all", mine))
        lines.append("")
    lines += ["length: answer over textbook, repeated parts named once, right answers only (median, p95);",
              "tree: the same written out; <= book: answers not longer than the textbook form;",
              "ms: first call, one thread."]
    plain = Counter(v.words.removeprefix("plain: ") for v in verdicts
                    if v.method == "calcds" and v.words.startswith("plain:"))
    for reason, count in plain.most_common():
        lines.append(f"{count} cases were given to calcds in plain SymPy: {reason}")
    bad = [v for v in verdicts if v.method == "calcds" and v.state in ("wrong", "failed", "timeout")]
    lines += [f"  {v.state:8} {v.group}/{v.id}: {v.detail}" for v in bad]
    return "\n".join(lines)


def goals(verdicts: Sequence[Verdict]) -> str:
    mine = [v for v in verdicts if v.method == "calcds"]
    states = Counter(v.state for v in mine)
    honest = (states["right"] + states["refused"]) / len(mine)
    closed = sum(v.closed for v in mine) / len(mine)
    middle = 1000 * statistics.median(v.seconds for v in mine)
    return (f"goals: wrong {states['wrong']} (0); right or refused {honest:.1%} (100%); "
            f"closed {closed:.1%} (97%); median {middle:.1f} ms (20)")


def selected(groups: Sequence[str] | None, text: str) -> list[int]:
    return [q for q, case in enumerate(CASES) if (not groups or case.group in groups) and text in case.id]


def listing(case: Case) -> str:
    return f"{case.group}/{case.id:34} {case.kind:8} {case.source:44.44} {case.textbook}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", action="append", choices=list(GROUPS))
    parser.add_argument("--select", default="", metavar="TEXT")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--timeout", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--only", choices=["calcds", "sympy"], help="one side of the comparison")
    parser.add_argument("--no-verify", action="store_true", help="call calcds with verify=False")
    options = parser.parse_args()
    chosen = selected(options.group, options.select)
    if not chosen:
        parser.error("no case is selected")
    if options.list:
        print("\n".join(listing(CASES[q]) for q in chosen))
        print(dict(Counter(CASES[q].group for q in chosen)), len(chosen))
        return 0
    verify = False if options.no_verify else None
    sides = [side for side in methods(verify=verify) if options.only in (None, side)]
    if "calcds" not in sides and options.only != "sympy":
        print("calcds.gradient, jacobian and hessian cannot be imported: only SymPy is measured.")
    if not sides:
        return 2
    verdicts = run(chosen, sides, options.timeout, verify=verify, show=options.details)
    print(report(verdicts))
    if "calcds" in sides:
        print(goals(verdicts))
    if options.json:
        options.json.write_text(json.dumps([v.record() for v in verdicts], indent=1) + "\n")
    if "calcds" not in sides:
        return 0 if options.only == "sympy" else 2
    return int(any(v.state == "wrong" and v.method == "calcds" for v in verdicts))


if __name__ == "__main__":
    sys.exit(main())
