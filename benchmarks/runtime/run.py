# ruff: noqa: E402  (one thread and the repository are set before NumPy and calcds are imported)
"""Speed of generated gradients: calcds.to_numpy beside hand-written NumPy and automatic differentiators.

    python benchmarks/runtime/run.py                    all networks (about three minutes with all peers)
    python benchmarks/runtime/run.py --network 2-3-1    one network (repeatable)
    python benchmarks/runtime/run.py --json FILE

Every network and batch size runs in a fresh process, pinned to one core, one thread, float64. The
contenders take turns, round by round, in an order that rotates; a round is as many calls as fill --block
milliseconds. Printed are medians over the rounds of the CPU time relative to the hand-written
backpropagation with preallocated buffers in the same round (= 1, smaller is faster). All gradients are
compared with the hand-written ones before anything is timed. Peers that are not installed are skipped with
a sentence: `pip install autograd jax torch` in an environment of its own adds them.
"""

from __future__ import annotations

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from networks import NETWORKS, bare, buffered, inputs, multiplications, naive
from peers import PEERS, AbsentError

BASE = "NumPy, buffers"
HAND: dict[str, Callable[..., Any]] = {"products only": bare, BASE: buffered, "NumPy, naive": naive}
AGREEMENT = 1e-9
GOAL = 1.05                  # largest ratio to BASE that calcds aims at


class Contender:
    def __init__(self, name: str, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
        self.name, self.function, self.arguments = name, function, arguments
        self.calls = 1

    def calibrate(self, block: float) -> None:
        """As many calls as fill a block; the first calls also warm caches and compilers."""
        while True:
            start = time.perf_counter()
            for _ in range(self.calls):
                self.function(*self.arguments)
            seconds = time.perf_counter() - start
            if seconds >= block / 2 or self.calls >= 1_000_000:
                self.calls = max(1, round(self.calls * block / max(seconds, 1e-9)))
                return
            self.calls *= 4

    def round(self) -> float:
        """CPU seconds of one call."""
        function, arguments = self.function, self.arguments
        start = time.process_time()
        for _ in range(self.calls):
            function(*arguments)
        return (time.process_time() - start) / self.calls


def contenders(widths: Sequence[int], batch: int) -> tuple[list[Contender], list[str], dict[str, float]]:
    arrays = inputs(widths, batch)
    ready = [Contender(name, build(widths, batch), arrays) for name, build in HAND.items()]
    wanted = [np.array(part) for part in ready[1].function(*arrays)]
    sentences, built = [], {}
    for name, build in PEERS.items():
        try:
            function, arguments, *rest = build(widths, batch, arrays)
            built.update(*rest)
            contender = Contender(name, function, arguments)
            found = [np.asarray(part) for part in function(*arguments)]
        except AbsentError as absent:
            sentences.append(f"{absent}: skipped")
            continue
        except Exception as error:  # noqa: BLE001  (every exception is a result here, none is hidden)
            sentences.append(f"{name} failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}")
            continue
        gap = max(float(np.max(np.abs(q - w.reshape(q.shape)))) / max(1.0, float(np.max(np.abs(w))))
                  for q, w in zip(found, wanted, strict=True))
        if gap > AGREEMENT:
            sentences.append(f"{name} disagrees with the hand-written gradient by {gap:.1e}: not timed")
        else:
            ready.append(contender)
    return ready, sentences, built


def pin() -> None:
    """Keep the process on one core: handing work to other threads costs JAX a factor of 4."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def one(widths: Sequence[int], batch: int, rounds: int, block: float) -> dict[str, Any]:
    pin()
    ready, sentences, built = contenders(widths, batch)
    for contender in ready:
        contender.calibrate(block)
    times: dict[str, list[float]] = {contender.name: [] for contender in ready}
    for turn in range(rounds):
        shift = turn % len(ready)
        for contender in ready[shift:] + ready[:shift]:
            times[contender.name].append(contender.round())
    base = times[BASE]
    ratios = {name: statistics.median(t / b for t, b in zip(mine, base, strict=True)) for name,
              mine in times.items()}
    spread = {name: [min(r), max(r)] for name, mine in times.items()
              for r in [[t / b for t, b in zip(mine, base, strict=True)]]}
    return {"network": "-".join(map(str, widths)), "batch": batch,
            "microseconds": 1e6 * statistics.median(base),
            "ratios": ratios, "spread": spread, "sentences": sentences, "build": built,
            "gflops": 2e-9 * multiplications(widths, batch) / statistics.median(base)}


def fresh(widths: Sequence[int], batch: int, rounds: int, block: float) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", "-".join(map(str, widths)), str(batch), "--rounds",
               str(rounds),
               "--block", str(1000 * block)]
    done = subprocess.run(command, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        message = f"{'-'.join(map(str, widths))}, batch {batch}: the process failed"
        raise SystemExit(message)
    return json.loads(done.stdout.splitlines()[-1])


def report(results: Sequence[dict[str, Any]]) -> str:
    names = [*HAND, *PEERS]
    columns = [f"{r['network']} b{r['batch']}" for r in results]
    width = max(len(column) for column in columns) + 2
    lines = [f"{'CPU time / hand-written':24}" + "".join(f"{column:>{width}}" for column in columns)]
    for name in names:
        if any(name in r["ratios"] for r in results):
            cells = (f"{r['ratios'][name]:.2f}" if name in r["ratios"] else "-" for r in results)
            lines.append(f"{name:24}" + "".join(f"{text:>{width}}" for text in cells))
    for label, key, form in (("hand-written, us", "microseconds", ".1f"),
                             ("hand-written, Gflop/s", "gflops", ".2f")):
        lines.append(f"{label:24}" + "".join(f"{r[key]:>{width}{form}}" for r in results))
    for r, column in zip(results, columns, strict=True):
        if r["build"]:
            lines.append(f"calcds {column}: " + ", ".join(f"{k} {1000*v:.0f} ms" for k,
                                                          v in r["build"].items()))
    mine = {column: r["ratios"]["calcds to_numpy"] for r, column in zip(results, columns, strict=True)
            if "calcds to_numpy" in r["ratios"]}
    if mine:
        worst = max(mine, key=lambda column: mine[column])
        lines.append(f"goal: at most {GOAL} everywhere; largest {mine[worst]:.2f} ({worst}), "
                     f"{sum(q <= GOAL for q in mine.values())} of {len(mine)} within it")
    lines += sorted({sentence for r in results for sentence in r["sentences"]})
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", action="append", choices=["-".join(map(str, w)) for w, _ in NETWORKS])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--block", type=float, default=20.0, metavar="MS")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--one", nargs=2, metavar=("WIDTHS", "BATCH"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        widths = [int(width) for width in options.one[0].split("-")]
        print(json.dumps(one(widths, int(options.one[1]), options.rounds, options.block / 1000)))
        return 0
    results = [fresh(widths, batch, options.rounds, options.block / 1000) for widths, batches in NETWORKS
               if not options.network or "-".join(map(str, widths)) in options.network for batch in batches]
    print(report(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
