"""calcds: derivations checked line by line, gradients with symbolic sizes.

    import calcds
    calcds.decide(lhs, rhs)             is lhs = rhs? a Verdict: proved, refuted with a counterexample, ...
    calcds.verify("derivations/")       a Report over all claims
    calcds.gradient(f, x)               closed form, same shape as x; jacobian, hessian, pullback, to_numpy
    calcds.recursion(step, z, loss, p)  gradients of a network of symbolic depth

Expressions are plain SymPy or the words of `calcds.notation`. Names are imported when they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calcds.version import VERSION as __version__  # noqa: N811  (the name Python gives it)

if TYPE_CHECKING:
    from calcds.api import gradient, hessian, jacobian, pullback, recursion, to_numpy
    from calcds.decide.door import decide
    from calcds.decide.verdict import Counterexample, Outcome, Verdict
    from calcds.errors import CalcdsError
    from calcds.verify.result import Report, Result
    from calcds.verify.run import verify

__all__ = [
    "CalcdsError",
    "Counterexample",
    "Outcome",
    "Report",
    "Result",
    "Verdict",
    "__version__",
    "decide",
    "gradient",
    "hessian",
    "jacobian",
    "pullback",
    "recursion",
    "to_numpy",
    "verify",
]

_HOMES = {
    "CalcdsError": "calcds.errors",
    "Counterexample": "calcds.decide.verdict",
    "Outcome": "calcds.decide.verdict",
    "Verdict": "calcds.decide.verdict",
    "Report": "calcds.verify.result",
    "Result": "calcds.verify.result",
    "gradient": "calcds.api",
    "jacobian": "calcds.api",
    "hessian": "calcds.api",
    "pullback": "calcds.api",
    "recursion": "calcds.api",
    "to_numpy": "calcds.api",
}


_ROOMS = ("decide", "verify")  # packages that can be called


def __getattr__(name: str) -> Any:
    import importlib

    if name in _ROOMS:
        return importlib.import_module(f"calcds.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'calcds' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
