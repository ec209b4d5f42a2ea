r"""Notes with true equations, and slips of the pen put into them one by one: is a true line called wrong, is a slip noticed?

    python benchmarks/documents/run.py [--slips] [--jobs N] [--list WORD] [NAME ...]

Without --slips: how much of the notes is read and decided, and every line that is called wrong, all of which are true.
With --slips, some minutes: every slip of slips.jsonl alone in its document. It is

    caught   called wrong at some line
    apart    less is proved than of the true document: a reader sees that something is there
    silent   nothing changes that a reader would see
    passed   nothing less is proved, and the changed line is

--list silent (or passed, ...) prints these. A slip that changes the only equation of a name is no wrong line to anyone who
does not know what was meant; a few of the silent ones are of this kind.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NOTES = HERE / "notes"
ORDERS = {"<", ">", "\N{LESS-THAN OR EQUAL TO}", "\N{GREATER-THAN OR EQUAL TO}"}
BAD, GOOD = {"refuted", "malformed"}, {"proved", "supported"}


class Row(NamedTuple):
    """What became of one equation."""

    line: int
    kind: str
    left: str
    right: str
    detail: str
    link: str = "="

    @property
    def said(self) -> tuple[str, str, str]:
        """The equation, wherever it stands."""
        return self.left, self.link, self.right


class Slip(NamedTuple):
    """A change of one place of a document."""

    file: str
    before: str
    after: str


def rows_of(path: Path) -> list[Row]:
    """The equations of a document."""
    from calcds.document.checking import findings
    from calcds.document.source.extract import load
    from calcds.verify.documents import kind_of

    return [Row(one.line, kind_of(one), one.left, one.right, one.detail, one.link) for one in findings(load(path))]


def read(path: Path) -> tuple[Path, list[Row], float]:
    """A document with the seconds that it took."""
    begin = time.process_time()
    rows = rows_of(path)
    return path, rows, time.process_time() - begin


def slips() -> list[Slip]:
    """All slips."""
    lines = (HERE / "slips.jsonl").read_text(encoding="utf-8").splitlines()
    return [Slip(one["file"], one["from"], one["to"]) for one in map(json.loads, lines)]


def fate(slip: Slip, known: dict[str, list[Row]]) -> tuple[Slip, str, list[Row]]:
    """What became of a slip, and the lines that it changed."""
    text = (NOTES / slip.file).read_text(encoding="utf-8")
    if text.count(slip.before) != 1:
        raise ValueError(f"slips.jsonl: {slip.before!r} stands {text.count(slip.before)} times in {slip.file}, not once")
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / slip.file
        changed.write_text(text.replace(slip.before, slip.after), encoding="utf-8")
        rows = rows_of(changed)
    before = {row.said: row.kind for row in known[slip.file]}
    now = {row.said: row.kind for row in rows}
    new = [row for row in rows if row.said not in before]
    gone = [kind for said, kind in before.items() if said not in now]
    worse = any(kind in BAD and before.get(said) not in BAD for said, kind in now.items())
    lost = any(kind in GOOD and said in now and now[said] not in GOOD for said, kind in before.items())
    fewer = sum(kind in GOOD for kind in gone) > sum(row.kind in GOOD for row in new)
    word = "caught" if worse else "apart" if lost or fewer else "passed" if any(row.kind in GOOD for row in new) else "silent"
    return slip, word, new


def report(read_ones: Iterator[tuple[Path, list[Row], float]]) -> tuple[dict[str, list[Row]], int]:
    """Print what became of the true documents; their rows, and how many of them are called wrong."""
    known: dict[str, list[Row]] = {}
    counts: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    seconds, wrong = 0.0, 0
    for path, rows, took in read_ones:
        known[path.name] = rows
        counts.update(row.kind for row in rows)
        orders.update(row.kind for row in rows if row.link in ORDERS)
        seconds += took
        print(f"{path.name:34} {len(rows):4} rows, {len(rows) / max(took, 0.01):4.0f} a second")
        for row in (row for row in rows if row.kind in BAD):
            wrong += 1
            print(f"    CALLED WRONG, line {row.line}: {row.left} {row.link} {row.right}\n        {row.detail}")
    total = counts.total()
    share = [1 - counts["unread"] / total, 1 - (counts["unread"] + counts["undecided"]) / total]
    print(f"\n{total} equations: {share[0]:.1%} read, {share[1]:.1%} decided, {wrong} true lines called wrong; "
          f"{total / seconds:.0f} a second")  # fmt: skip
    said = ", ".join(f"{count} {kind}" for kind, count in sorted(orders.items()))
    print(f"{orders.total()} of them inequalities: {said or 'none'}")
    return known, wrong


def main() -> int:
    """Measure and print; 1 if a true line is called wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="only documents with this in their name")
    parser.add_argument("--slips", action="store_true", help="put the slips in as well")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", default="", help="caught, apart, silent or passed: print these slips")
    options = parser.parse_args()
    files = [f for f in sorted(NOTES.iterdir()) if not options.names or any(n in f.name for n in options.names)]
    with Pool(options.jobs, maxtasksperchild=4) as pool:
        known, wrong = report(pool.imap(read, files))
        if options.slips:
            asked = [slip for slip in slips() if slip.file in known]
            counts: Counter[str] = Counter()
            for slip, word, rows in pool.imap(partial(fate, known=known), asked):
                counts[word] += 1
                if word == options.list:
                    print(f"{slip.file}: {slip.before!r} -> {slip.after!r}")
                    for row in rows[:3]:
                        print(f"    {row.line} {row.kind}: {row.left[:70]} = {row.right[:70]}  ({row.detail[:120]})")
            told = counts["caught"] + counts["apart"]
            print(f"{len(asked)} slips: {told / len(asked):.1%} told apart; {dict(counts)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
