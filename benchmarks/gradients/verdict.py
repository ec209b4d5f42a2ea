"""One derivative of one case, judged: state, closed, length, time.

States
    right        the answer has the value of the truth at both settings of sizes
    refused      calcds raised one of its own errors, or SymPy left the derivative unevaluated
    wrong        another value or another shape
    failed       any other exception, and answers that the evaluator cannot read (named in `detail`)
    timeout      set by the parent process

A right answer is closed when it is matrix notation: no Sum, Product, Integral, array expression, Kronecker
delta or entry with a symbolic index, and no derivative but f', f'', ... of an undefined function.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import sympy as sp
import truth
from evaluator import EvaluationError, MisfitError, evaluate
from length import from_sympy, from_text, let_length, tree_length
from model import SIZES, Case
from sympy.core.cache import clear_cache
from words import MissingWordError, Notation, Plain, as_sympy

OPEN_CLASSES = {"Sum", "MatrixSum", "Product", "Integral", "KroneckerDelta", "FunctionMatrix", "ArrayTensorProduct",
                "ArrayContraction",
                "ArrayDiagonal", "PermuteDims", "ArrayAdd", "ArrayElementwiseApplyFunc", "ArrayDerivative",
                "Limit"}


@dataclass(slots=True)
class Verdict:
    id: str
    group: str
    kind: str
    method: str                      # "calcds" or "sympy"
    state: str = "failed"
    closed: bool = False
    tree: int = 0                    # length written out
    let: int = 0                     # length with repeated parts named once
    textbook_tree: int = 0
    textbook_let: int = 0
    seconds: float = 0.0             # first call, SymPy's cache empty
    words: str = "plain"             # reading of the case that was used
    answer: str = ""
    detail: str = ""

    def record(self) -> dict[str, Any]:
        return asdict(self)


def methods(*, verify: bool | None) -> dict[str, Callable[[Any, Any, str], Any]]:
    """The two sides of the comparison; calcds is missing from the table when it cannot be imported."""
    sides: dict[str, Callable[[Any, Any, str], Any]] = {"sympy": _sympy}
    try:
        import calcds
        calls = {kind: getattr(calcds, kind) for kind in ("gradient", "jacobian", "hessian")}
    except (ImportError, AttributeError):
        return sides
    options = {} if verify is None else {"verify": verify}
    return {"calcds": lambda expr, x, kind: calls[kind](expr, x, **options), **sides}


def _sympy(expr: Any, x: Any, kind: str) -> Any:
    result = sp.diff(expr, x)
    return sp.diff(result, x) if kind == "hessian" else result


def judge(case: Case, method: str, call: Callable[[Any, Any, str], Any]) -> Verdict:
    verdict = Verdict(case.id, case.group, case.kind, method)
    if case.textbook:
        text = from_text(case.textbook)
        verdict.textbook_tree, verdict.textbook_let = tree_length(text), let_length(text)
    expr, x, verdict.words = read(case, method)
    clear_cache()
    start = time.perf_counter()
    try:
        answer = call(expr, x, case.kind)
    except Exception as error:  # noqa: BLE001  (every exception is a result here, none is hidden)
        verdict.seconds = time.perf_counter() - start
        verdict.state = "refused" if _own(error) else "failed"
        verdict.detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return verdict
    verdict.seconds = time.perf_counter() - start
    answer = as_sympy(answer)
    verdict.answer = str(answer)[:2000]
    _compare(case, x, answer, verdict)
    if verdict.state == "right":
        verdict.closed = is_closed(answer)
        tree = from_sympy(answer)
        verdict.tree, verdict.let = tree_length(tree), let_length(tree)
    return verdict


def _own(error: Exception) -> bool:
    return any(cls.__module__.split(".")[0] == "calcds" for cls in type(error).__mro__)


def read(case: Case, method: str) -> tuple[Any, Any, str]:
    """The case in the words of the notation for calcds; in plain SymPy otherwise."""
    if method == "calcds":
        try:
            expr, x = case.build(Notation())
            _agree(case, expr)
        except (MissingWordError, EvaluationError) as missing:
            return *case.build(Plain()), f"plain: {missing}"
        except Exception as error:  # noqa: BLE001  (every exception is a result here, none is hidden)
            sentence = " ".join(str(error).split())[:120]
            return *case.build(Plain()), f"plain: {type(error).__name__}: {sentence}"
        return expr, x, "notation"
    return *case.build(Plain()), "plain"


def _agree(case: Case, expr: Any) -> None:
    """The words must mean what the case means, otherwise the answer would be blamed for another question."""
    plain = as_sympy(expr)
    arrays = case.arrays(plain, 0)
    built, wanted = (np.atleast_2d(np.asarray(value, dtype=float))
                     for value in (evaluate(plain, arrays, SIZES[0]), case.function(0)(**arrays)))
    if built.shape != wanted.shape or not np.allclose(built, wanted, rtol=1e-9, atol=1e-9):
        message = "the words of the notation give another function"
        raise MissingWordError(message)


def _compare(case: Case, x: Any, answer: Any, verdict: Verdict) -> None:
    plain = case.build(Plain())[0]
    for setting in range(len(SIZES)):
        arrays = case.arrays(plain, setting)
        wanted = truth.derivative(case.kind, case.function(setting), arrays, x.name)
        try:
            value = np.asarray(evaluate(answer, arrays, SIZES[setting]), dtype=float)
        except EvaluationError as unknown:
            verdict.detail = str(unknown)
            unevaluated = isinstance(answer, sp.Basic) and answer.has(sp.Derivative)
            verdict.state = "refused" if unevaluated else "failed"
            return
        except MisfitError as misfit:
            verdict.state, verdict.detail = "wrong", f"the answer does not fit its own shapes: {misfit}"
            return
        gaps = [_gap(q, wanted) for q in candidates(value, wanted, case.kind, verdict.method)]
        if not any(gap < truth.TOLERANCE[case.kind] for gap in gaps):
            verdict.state = "wrong"
            verdict.detail = f"differs by {min(gaps):.1e}; value {value.shape}, truth {wanted.shape}"
            return
    verdict.state = "right"


def candidates(value: np.ndarray, wanted: np.ndarray, kind: str, method: str) -> Iterator[np.ndarray]:
    """The value as rows x columns; for SymPy also transposed, because its layout is not ours."""
    if value.ndim == 4:
        a, b, c, d = value.shape
        value = value.transpose(1, 0, 3, 2).reshape(a * b, c * d)
    else:
        value = np.atleast_2d(value)
    yield value
    if kind == "jacobian" and wanted.shape[1] == 1:  # one variable: a matrix may stand unstacked
        yield value.reshape(-1, 1, order="F")
    if method == "sympy":
        yield value.T
        if value.size == wanted.size and 1 in value.shape:
            yield value.reshape(wanted.shape, order="F")


def _gap(value: np.ndarray, wanted: np.ndarray) -> float:
    if value.shape != wanted.shape or not np.all(np.isfinite(value)):
        return np.inf
    return float(np.max(np.abs(value - wanted), initial=0.0) / max(1.0, np.max(np.abs(wanted), initial=0.0)))


def is_closed(answer: Any) -> bool:
    for node in sp.preorder_traversal(answer):
        name = type(node).__name__
        if name in OPEN_CLASSES:
            return False
        if isinstance(node, sp.Derivative) and not isinstance(node.expr, sp.core.function.AppliedUndef):
            return False
        if name == "MatrixElement" and not all(index.is_Integer for index in node.args[1:]):
            return False
    return True
