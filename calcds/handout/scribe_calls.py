r"""How each word of the vocabulary is written: one row a word, `diff(f, x)` as \frac{d f}{d x}.

Imports: calcds.handout.scribe, calcds.expr.functions.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from fractions import Fraction

from calcds.expr.functions import TABLE
from calcds.expr.text import ATOM, POWER, PRODUCT, SUM
from calcds.handout.scribe import BREAK, TALL, Scribe, Unwritten, Written

Args = list[ast.expr]
Writer = Callable[[Scribe, Args], Written]
_ROW = r" \\ "


def _named(word: str) -> Writer:
    row = TABLE[word]
    head = row.latex or rf"\operatorname{{{word}}}"

    def write(s: Scribe, args: Args) -> Written:
        return f"{head}{s.brackets(s.listed(args))}", ATOM

    return write


def _operator(head: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return f"{head}{s.brackets(s.text(args[0]))}", ATOM

    return write


def _fenced(left: str, right: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        said = s.listed(args)
        return _grown(left, right, said), ATOM

    return write


def _grown(left: str, right: str, said: str) -> str:
    tall = any(mark in said for mark in TALL)
    return (
        rf"\left{left} {said} \right{right}".replace(BREAK, "") if tall else f"{left} {said} {right}"
    ).strip()


def _exp(s: Scribe, args: Args) -> Written:
    said = s.inline(args[0])
    simple = not any(mark in said for mark in TALL) and said.count("^") < 2
    if simple and len(said) < 40 and said.count("/") < 2:
        return f"e^{{{said}}}", POWER
    return rf"\exp{s.brackets(s.text(args[0]))}", ATOM


def _sqrt(s: Scribe, args: Args) -> Written:
    return rf"\sqrt{{{s.text(args[0])}}}".replace(BREAK, ""), ATOM


def _norm(s: Scribe, args: Args) -> Written:
    sub = ""
    if len(args) > 1:
        p = args[1].value if isinstance(args[1], ast.Constant) else None
        sub = {2: "", 1: "_{1}", "oo": r"_{\infty}"}.get(p, "?")
    return _grown(r"\lVert", r"\rVert", s.text(args[0])) + sub, ATOM


def _factorial(s: Scribe, args: Args) -> Written:
    return f"{s.within(args[0], ATOM)}!", POWER


def _binomial(s: Scribe, args: Args) -> Written:
    return rf"\binom{{{s.text(args[0])}}}{{{s.text(args[1])}}}", ATOM


def _rational(s: Scribe, args: Args) -> Written:
    if len(args) == 2:
        return s.fraction(args[0], args[1])
    if isinstance(args[0], ast.Constant) and isinstance(args[0].value, str):
        value = Fraction(args[0].value)
        return rf"\frac{{{value.numerator}}}{{{value.denominator}}}", POWER
    return s.write(args[0])


# -- matrices -------------------------------------------------------------------------------------------------


def _joined(sign: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return f" {BREAK}{sign} ".join(s.within(a, POWER) for a in args), PRODUCT

    return write


def _quotient_by_entries(s: Scribe, args: Args) -> Written:
    return f"{s.within(args[0], POWER)} {BREAK}\\oslash {s.within(args[1], POWER)}", PRODUCT


def _entry_power(s: Scribe, args: Args) -> Written:
    return rf"{s.within(args[0], ATOM)}^{{\circ {s.inline(args[1])}}}", POWER


def _constant(said: str, level: int = ATOM) -> Writer:
    def write(_: Scribe, __: Args) -> Written:
        return said, level

    return write


def _ones(s: Scribe, args: Args) -> Written:
    wide = len(args) == 2 and not (isinstance(args[1], ast.Constant) and args[1].value == 1)
    return (
        rf"\mathbf{{1}}_{{{s.inline(args[0])} \times {s.inline(args[1])}}}" if wide else r"\mathbf{1}"
    ), ATOM


def _unit(s: Scribe, args: Args) -> Written:
    return f"e_{{{s.inline(args[1])}}}", ATOM


def _delta(s: Scribe, args: Args) -> Written:
    return rf"\delta_{{{s.indices(args)}}}", ATOM


def _matrix(s: Scribe, args: Args) -> Written:
    rows = []
    for row in args:
        if not isinstance(row, ast.List | ast.Tuple):
            raise Unwritten(ast.unparse(row))
        rows.append(" & ".join(map(s.text, row.elts)))
    return rf"\begin{{pmatrix}} {_ROW.join(rows)} \end{{pmatrix}}".replace(BREAK, ""), ATOM


def _column(s: Scribe, args: Args) -> Written:
    return rf"\begin{{pmatrix}} {_ROW.join(map(s.text, args))} \end{{pmatrix}}".replace(BREAK, ""), ATOM


def _by_entries(s: Scribe, args: Args) -> Written:
    if len(args) != 2 or not isinstance(args[1], ast.Lambda):
        raise Unwritten("by_entries")
    names = [ast.Name(a.arg) for a in args[1].args.args]
    return rf"\left[{s.text(args[1].body)}\right]_{{{s.indices(list(names))}}}".replace(BREAK, ""), POWER


# -- sums, calculus -------------------------------------------------------------------------------------------


def _bounds(limits: ast.expr) -> tuple[ast.expr, ast.expr | None, ast.expr]:
    if not isinstance(limits, ast.Tuple) or len(limits.elts) not in (2, 3):
        raise Unwritten(ast.unparse(limits))
    i, *bounds = limits.elts
    return (i, bounds[0], bounds[1]) if len(bounds) == 2 else (i, None, bounds[0])


def _summed(sign: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        said = s.within(args[0], PRODUCT)
        for limits in args[1:]:
            i, low, high = _bounds(limits)
            bottom = s.inline(low) if low is not None else "0"
            top = s.inline(high) if low is not None else _before(s, high)
            said = f"{sign}_{{{s.inline(i)}={bottom}}}^{{{top}}} {said}"
        return said, PRODUCT

    return write


def _before(s: Scribe, n: ast.expr) -> str:
    if isinstance(n, ast.Constant) and isinstance(n.value, int):
        return str(n.value - 1)
    said = s.inline(n)
    return said if said == r"\infty" else said.removesuffix(" + 1") if said.endswith(" + 1") else f"{said}-1"


def _diff(s: Scribe, args: Args) -> Written:
    body, *variables = args
    counted: list[tuple[str, int]] = []
    for given in variables:
        variable, times = given, 1
        if isinstance(given, ast.Tuple):
            variable, count = given.elts
            if not isinstance(count, ast.Constant) or not isinstance(count.value, int):
                raise Unwritten(ast.unparse(count))
            times = count.value
        elif isinstance(variable, ast.Constant) and isinstance(variable.value, int) and counted:
            counted[-1] = (counted[-1][0], variable.value)
            continue
        said = s.inline(variable)
        if counted and counted[-1][0] == said:
            counted[-1] = (said, counted[-1][1] + times)
        else:
            counted.append((said, times))
    order = sum(times for _, times in counted)
    d = "d" if s.names.total and len(counted) == 1 else r"\partial "
    below = r" \, ".join(f"{d}{_tied(x)}" + (f"^{{{k}}}" if k > 1 else "") for x, k in counted)
    above = d.strip() + (f"^{{{order}}}" if order > 1 else "")
    if _short(body):
        gap = " " if above.startswith("\\") else ""
        return rf"\frac{{{above}{gap}{s.text(body)}}}{{{below}}}", POWER
    return rf"\frac{{{above}}}{{{below}}} {s.within(body, ATOM)}", PRODUCT


def _tied(x: str) -> str:
    return x


def _short(body: ast.expr) -> bool:
    match body:
        case ast.Name():
            return True
        case ast.Subscript(value=ast.Name()):
            return True
        case ast.Call(func=ast.Name(id=f), args=[ast.Name()]):
            return len(f) == 1
    return False


def _grad(power: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return rf"\nabla{power}_{{{s.inline(args[1])}}} {_body(s, args[0])}", PRODUCT

    return write


def _body(s: Scribe, node: ast.expr) -> str:
    """What a derivative is taken of: a name or a value of a function stands alone, all else in brackets."""
    bare = isinstance(node, ast.Name | ast.Subscript) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and s.write(node)[1] >= ATOM
    )
    return s.text(node) if bare else s.brackets(s.text(node))


def _jacobian_of(s: Scribe, y: ast.expr, x: ast.expr) -> str:
    said = s.text(y)
    below = s.inline(x)
    if any(mark in said for mark in TALL) or len(said) > 40:
        return rf"\frac{{\partial}}{{\partial {below}}} {s.brackets(said)}"
    return rf"\frac{{\partial {s.within(y, POWER)}}}{{\partial {below}}}".replace(BREAK, "")


def _jacobian(s: Scribe, args: Args) -> Written:
    said = _jacobian_of(s, *args)
    return said, PRODUCT if r"\frac{\partial}" in said else POWER


def _pullback(s: Scribe, args: Args) -> Written:
    delta, y, x = args
    inside = _jacobian_of(s, y, x).replace(BREAK, "")
    return rf"\left({inside}\right)^{{\top}} {BREAK}{s.within(delta, POWER)}", PRODUCT


def _at(s: Scribe, args: Args) -> Written:
    body, x, value = args
    said, level = s.write(body)
    said = said if level >= PRODUCT else s.brackets(said)
    return rf"\left. {said} \right|_{{{s.inline(x)} = {s.inline(value)}}}".replace(BREAK, ""), POWER


def _integral(s: Scribe, args: Args) -> Written:
    body, x, *bounds = args
    if isinstance(x, ast.Tuple):
        x, *bounds = x.elts
    limits = f"_{{{s.inline(bounds[0])}}}^{{{s.inline(bounds[1])}}}" if bounds else ""
    return rf"\int{limits} {s.within(body, PRODUCT)} \, d{s.inline(x)}", PRODUCT


def _limit(s: Scribe, args: Args) -> Written:
    body, x, point, *side = args
    raised = ""
    if side and isinstance(side[0], ast.Constant) and side[0].value in ("+", "-"):
        raised = f"^{{{side[0].value}}}"
    return rf"\lim_{{{s.inline(x)} \to {s.inline(point)}{raised}}} {s.within(body, PRODUCT)}", PRODUCT


# -- conditions -----------------------------------------------------------------------------------------------


def _related(sign: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return f"{s.within(args[0], SUM)} {BREAK}{sign} {s.within(args[1], SUM)}", SUM

    return write


def _connected(word: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return rf" {BREAK}\text{{ {word} }} ".join(s.text(a) for a in args), SUM

    return write


def _not(s: Scribe, args: Args) -> Written:
    return rf"\text{{not }} {s.brackets(s.text(args[0]))}", SUM


def _piecewise(s: Scribe, args: Args) -> Written:
    rows = []
    for branch in args:
        if not isinstance(branch, ast.Tuple) or len(branch.elts) != 2:
            raise Unwritten(ast.unparse(branch))
        value, condition = branch.elts
        always = isinstance(condition, ast.Constant) and condition.value is True
        when = r"\text{otherwise}" if always else rf"\text{{if }} {s.text(condition)}"
        rows.append(f"{s.text(value)} & {when}")
    return rf"\begin{{cases}} {_ROW.join(rows)} \end{{cases}}".replace(BREAK, ""), ATOM


def _indicator(s: Scribe, args: Args) -> Written:
    return rf"\mathbf{{1}}[{s.text(args[0])}]".replace(BREAK, ""), ATOM


def _definite(sign: str) -> Writer:
    def write(s: Scribe, args: Args) -> Written:
        return f"{s.within(args[0], PRODUCT)} {sign}", SUM

    return write


def _symmetric(s: Scribe, args: Args) -> Written:
    said = s.within(args[0], ATOM)
    return rf"{said}^{{\top}} = {said}", SUM


def _stationary(s: Scribe, args: Args) -> Written:
    return rf"{_at(s, [ast.Call(ast.Name('grad'), args[:2], []), *args[1:]])[0]} = \mathbf{{0}}", SUM


def _eigenvector(s: Scribe, args: Args) -> Written:
    a, v, eigenvalue = args
    return (
        f"{s.within(a, POWER)} {s.within(v, POWER)} = {s.within(eigenvalue, POWER)} {s.within(v, POWER)}",
        SUM,
    )


CALLS: dict[str, Writer] = {
    **{word: _named(word) for word in TABLE},
    "exp": _exp, "ln": _named("log"), "sqrt": _sqrt, "Abs": _fenced(r"\lvert", r"\rvert"),
    "floor": _fenced(r"\lfloor", r"\rfloor"), "ceil": _fenced(r"\lceil", r"\rceil"), "norm": _norm,
    "Max": _named("max"), "Min": _named("min"), "Heaviside": _named("heaviside"),
    "factorial": _factorial, "binomial": _binomial, "Rational": _rational,
    "hadamard": _joined(r"\odot"), "kron": _joined(r"\otimes"), "entry_divide": _quotient_by_entries,
    "entry_power": _entry_power, "eye": _constant("I"), "zeros": _constant(r"\mathbf{0}"), "ones": _ones,
    "unit": _unit, "delta": _delta, "matrix": _matrix, "column": _column, "by_entries": _by_entries,
    "diag": _operator(r"\operatorname{diag}"), "diagonal": _operator(r"\operatorname{diagonal}"),
    "trace": _operator(r"\operatorname{tr}"), "Trace": _operator(r"\operatorname{tr}"), "det": _operator(r"\det"),
    "vec": _operator(r"\operatorname{vec}"), "total": _operator(r"\operatorname{sum}"),
    "mean": _operator(r"\operatorname{mean}"), "softmax": _operator(r"\operatorname{softmax}"),
    "log_softmax": _operator(r"\log\operatorname{softmax}"), "logsumexp": _operator(r"\operatorname{logsumexp}"),
    "Sum": _summed(r"\sum"), "Product": _summed(r"\prod"), "diff": _diff, "grad": _grad(""), "hessian": _grad("^{2}"),
    "jacobian": _jacobian, "pullback": _pullback, "at": _at, "integral": _integral, "limit": _limit,
    "Eq": _related("="), "Ne": _related(r"\neq"), "And": _connected("and"), "Or": _connected("or"), "Not": _not,
    "piecewise": _piecewise, "Piecewise": _piecewise, "indicator": _indicator,
    "is_symmetric": _symmetric, "is_positive_definite": _definite(r"\succ 0"),
    "is_positive_semidefinite": _definite(r"\succeq 0"), "is_stationary": _stationary, "is_eigenvector": _eigenvector,
}  # fmt: skip
