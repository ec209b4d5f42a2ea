"""A term as one line of plain text, in the syntax of the blackboard: `A*x + A.T*x`.

Imports: calcds.expr.term.
"""

from __future__ import annotations

from calcds.expr.term import MINUS_ONE, Term

_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = range(5)
_WORDS = {
    "had": "hadamard", "diagonal": "diagonal", "diag": "diag", "trace": "trace", "det": "det", "total": "total",
    "deriv": "diff", "grad": "grad", "jac": "jacobian", "hess": "hessian", "pull": "pullback", "at": "at",
    "kron": "kron", "vec": "vec", "delta": "delta", "epow": "entry_power", "antideriv": "integral",
}  # fmt: skip


def text(term: Term) -> str:
    """The term in the blackboard's own syntax.

    >>> from calcds.notation import *
    >>> n = Dim("n")
    >>> A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    >>> print(text((A + A.T)*x))
    (A + A.T)*x
    """
    return _text(term)[0]


def _within(term: Term, level: int) -> str:
    said, own = _text(term)
    return said if own >= level else f"({said})"


def _text(t: Term) -> tuple[str, int]:
    args = t.args
    match t.head:
        case "num":
            return str(t.data), (_ATOM if t.data.denominator == 1 and t.data >= 0 else _PRODUCT if t.data >= 0 else _UNARY)
        case "decimal" | "const":
            return str(t.data), _ATOM
        case "truth":
            return str(t.data), _ATOM
        case "sym":
            return t.data[0], _ATOM
        case "add":
            return _sum(args), _SUM
        case "mul":
            return _product(args)
        case "pow" if args[1] is MINUS_ONE:
            return f"1/{_within(args[0], _POWER)}", _PRODUCT
        case "pow" | "mpow":
            return f"{_within(args[0], _ATOM)}**{_within(args[1], _ATOM)}", _POWER
        case "inv":
            return f"{_within(args[0], _ATOM)}.I", _ATOM
        case "trans":
            return f"{_within(args[0], _ATOM)}.T", _ATOM
        case "entry":
            column = args[0].shape[1] == 1
            inside = text(args[1]) if column else f"{text(args[1])}, {text(args[2])}"
            return f"{_within(args[0], _ATOM)}[{inside}]", _ATOM
        case "eye" | "zeros" | "ones":
            sizes = t.shape if t.head != "eye" and t.shape[1] != 1 else t.shape[:1]
            return f"{t.head}({', '.join(str(s) for s in sizes)})", _ATOM
        case "unit":
            return f"unit({t.shape[0]}, {text(args[0])})", _ATOM
        case "fn" | "vfn" | "claimed":
            return f"{t.data}({', '.join(map(text, args))})", _ATOM
        case "apply":
            return f"{t.data}({', '.join(map(text, args))})", _ATOM
        case "norm":
            return f"norm({text(args[0])}{'' if t.data == 2 else f', {t.data!r}'})", _ATOM  # noqa: PLR2004
        case "sum" | "prod":
            body, i, low, high = args
            return f"{'Sum' if t.head == 'sum' else 'Product'}({text(body)}, ({text(i)}, {text(low)}, {text(high)}))", _ATOM
        case "integral":
            body, x, low, high = args
            return f"integral({text(body)}, ({text(x)}, {text(low)}, {text(high)}))", _ATOM
        case "limit":
            side = "" if t.data == "+-" else f", {t.data!r}"
            return f"limit({', '.join(map(text, args))}{side})", _ATOM
        case "matrix":
            rows, columns = t.data
            grid = [", ".join(text(e) for e in args[r * columns : (r + 1) * columns]) for r in range(rows)]
            return f"matrix({', '.join(f'[{row}]' for row in grid)})", _ATOM
        case "build":
            return f"[{text(args[0])} for {text(args[1])}, {text(args[2])}]", _ATOM
        case "piecewise":
            pairs = [f"({text(args[k])}, {text(args[k + 1])})" for k in range(0, len(args), 2)]
            return f"piecewise({', '.join(pairs)})", _ATOM
        case "rel":
            return f"{text(args[0])} {'==' if t.data == '=' else t.data} {text(args[1])}", _SUM
        case "and" | "or" | "not":
            return f"{t.head.capitalize()}({', '.join(map(text, args))})", _ATOM
    return f"{_WORDS.get(t.head, t.head)}({', '.join(map(text, args))})", _ATOM


def _sum(parts: tuple[Term, ...]) -> str:
    said = ""
    for part in parts:
        sign, rest = _sign(part)
        one = _within(rest, _PRODUCT)
        said = (f"-{one}" if sign < 0 else one) if not said else f"{said} {'-' if sign < 0 else '+'} {one}"
    return said


def _sign(part: Term) -> tuple[int, Term]:
    if part.head == "num" and part.data < 0:
        return -1, Term("num", (), -part.data)
    if part.head == "mul" and part.args[0].head == "num" and part.args[0].data < 0:
        first = part.args[0].data
        rest = part.args[1:] if first == -1 else (Term("num", (), -first), *part.args[1:])
        return -1, rest[0] if len(rest) == 1 else Term("mul", rest, None, part.shape)
    return 1, part


def _product(factors: tuple[Term, ...]) -> tuple[str, int]:
    sign, rest = _sign(Term("mul", factors))
    if sign < 0:
        return f"-{_within(rest, _PRODUCT)}", _UNARY
    said = ""
    for factor in factors:
        if factor.head == "pow" and factor.args[1] is MINUS_ONE and said:
            said += f"/{_within(factor.args[0], _POWER)}"
        else:
            one = _within(factor, _POWER if factor.head != "mul" else _ATOM)
            said = one if not said else f"{said}*{one}"
    return said, _PRODUCT
