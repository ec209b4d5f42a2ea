"""Expressions and declarations typed on a command line: what is read, and the sentence each mistake gets."""

from __future__ import annotations

import pytest

from calcds.errors import CalcdsError, Malformed, ShapeError
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.parser import MAX_DEPTH, MAX_LENGTH, parse_declarations, parse_expression

SCOPE = parse_declarations(
    "x, y: Vector[n], A: Matrix[n, n]; f: Function, g: Function(2), q: Function[n], t: Real, X: Matrix[m, n], k: Index[n]"
)

READ = [
    ("x.T*A*x", "x.T*A*x"),
    ("x.T @ A @ x", "x.T*A*x"),
    ("  x.T\n * y ", "x.T*y"),
    ("-2*x", "-2*x"),
    ("2/3*x", "(2/3)*x"),
    ("-t**2", "-t**2"),
    ("(-t)**2", "(-t)**2"),
    ("2**-1", "2**(-1)"),
    ("t**t**2", "t**(t**2)"),
    ("t - 2*x[0]", "t - 2*x[0]"),
    ("t - (t - 1)", "t - (t - 1)"),
    ("--t", "-1*(-1)*t"),
    ("A**(-1)", "A.I"),
    ("A.I.T", "A.I.T"),
    ("(x.T*x)*y", "(x.T*x)*y"),
    ("1.50*t", "1.50*t"),
    ("1e-7", "1e-7"),
    ("Sum(x[i]*A[i, j], (i, n), (j, 0, n - 1))", "Sum(Sum(x[i]*A[i, j], (i, 0, n - 1)), (j, 0, n - 1))"),
    ("Sum(x[k], k)", "Sum(x[k], (k, 0, n - 1))"),
    ("Product(i + 1, (i, 0, 3))", "Product(i + 1, (i, 0, 3))"),
    ("norm(x)", "norm(x)"),
    ("norm(x, 1) + norm(x, 2)", "norm(x, 1) + norm(x)"),
    ("norm(x, oo)", "norm(x, 'oo')"),
    ("norm(x, 'oo')", "norm(x, 'oo')"),
    ("f''(t) + D[1,0]g(t, 2)", "f''(t) + D[1,0]g(t, 2)"),
    ("q(A*x)", "q(A*x)"),
    ("piecewise((t, t > 0), (0, True))", "piecewise((t, t > 0), (0, True))"),
    ("by_entries((n, n), lambda i, j: A[j, i])", "by_entries((n, n), lambda i, j: A[j, i])"),
    ("by_entries(n, lambda i: i*t)", "by_entries(n, lambda i: i*t)"),
    ("diff(f(t)*t, t, 2)", "diff(f(t)*t, t, t)"),
    ("diff(t**3, (t, 2))", "diff(t**3, t, t)"),
    ("integral(exp(-u**2), (u, 0, oo))", "integral(exp(-u**2), (u, 0, oo))"),
    ("limit(sin(u)/u, u, 0, '+')", "limit(sin(u)/u, u, 0, '+')"),
    ("at(x.T*x, x, y)", "at(x.T*x, x, y)"),
    ("matrix([1, 2], [3, t])", "matrix([1, 2], [3, t])"),
    ("column(1, t)", "matrix([1], [t])"),
    ("tr(A) + ln(det(A)) + sqrt(t)", "trace(A) + log(det(A)) + t**(1/2)"),
    ("softmax(A*x) - eye(n)*zeros(n)", "softmax(A*x) - eye(n)*zeros(n)"),
    ("pi*E - I + EulerGamma", "pi*E - I + EulerGamma"),
    ("A*x == y", "A*x == y"),
    ("And(t > 0, t <= 1)", "And(t > 0, t <= 1)"),
]


@pytest.mark.parametrize(("typed", "means"), READ, ids=[row[0] for row in READ])
def test_an_expression_is_read(typed: str, means: str) -> None:
    assert str(parse_expression(typed, SCOPE)) == means


def test_a_name_of_the_scope_wins_over_a_word() -> None:
    scope = parse_declarations("E: Matrix[n, n], delta: Vector[n], lambda: Real, I: Real")
    assert str(parse_expression("lambda*E*delta + I*delta", scope)) == "lambda*E*delta + I*delta"


MISTAKES = [
    # typed              column  says
    ("x^2", 2, Malformed, "x**2"),
    ("2x", 2, Malformed, "2*x"),
    ("x y", 3, Malformed, "2*x"),
    ("x+", 3, Malformed, "stops too early"),
    ("", 1, Malformed, "empty"),
    ("(x", 3, Malformed, "not closed"),
    ("x)", 2, Malformed, "closes nothing"),
    ("(x +)", 5, Malformed, "something is missing before )"),
    ("x = y", 3, Malformed, "=="),
    ("A*X", 2, ShapeError, "A is n x n, and X is m x n"),
    ("x + A", 3, ShapeError, "cannot add"),
    ("t*(x + A)", 6, ShapeError, "cannot add"),
    ("t**x", 1, ShapeError, "exponent"),
    ("hadamard(x, A)", 1, ShapeError, "equal shapes"),
    ("x.T * A * zz + 1", 11, Malformed, "the name zz is not known"),
    ("sofmax(x)", 1, Malformed, "did you mean softmax?"),
    ("x(3)", 1, Malformed, "x is not a function"),
    ("f", 1, Malformed, "f(...)"),
    ("f(t, t)", 1, Malformed, "takes 1 argument"),
    ("sin()", 1, Malformed, "takes 1 argument"),
    ("grad(t)", 1, Malformed, "does not take 1 argument"),
    ("norm()", 1, Malformed, "does not take 0 argument"),
    ("norm(x, 3)", 1, Malformed, "norms known"),
    ("Sum(x[i])", 1, Malformed, "needs a body and bounds"),
    ("Sum(x[i], (i, 0, 1, 2))", 1, Malformed, "bounds"),
    ("Sum(x[i], (2, n))", 1, Malformed, "a name is expected"),
    ("x[i]", 3, Malformed, "the name i is not known"),
    ("x[0, 1, 2]", 2, Malformed, "one or two indices"),
    ("A[0]", 2, Malformed, "two indices"),
    ("1/0", 2, Malformed, "division by zero"),
    ("x / y", 3, ShapeError, "divide by a matrix"),
    ("x.transpose", 2, Malformed, "not expected"),
    ("x.__class__", 2, Malformed, "not expected"),
    ("__import__('os')", 1, Malformed, "not known"),
    ("'text'", 1, Malformed, "not expected"),
    ("by_entries(n, x)", 1, Malformed, "lambda"),
    ("by_entries(n, lambda i, j: 1)", 1, Malformed, "1 size(s), but 2"),
    ("diff(t)", 1, Malformed, "diff(f, x)"),
    ("diff(t, (t, x))", 1, Malformed, "repeated"),
    ("piecewise((t, 1))", 1, Malformed, "not a condition"),
    ("matrix([1, 2], [3])", 1, ShapeError, "same number"),
    ("D[1,1,1]g(t, t)", 1, Malformed, "counts derivatives"),
    ("x; y", 2, Malformed, "not expected"),
    ("x # y", 3, Malformed, "not expected"),
]


@pytest.mark.parametrize(("typed", "column", "error", "says"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_mistake_gets_a_sentence_and_a_caret(typed: str, column: int, error: type[CalcdsError], says: str) -> None:
    with pytest.raises(error) as caught:
        parse_expression(typed, SCOPE)
    sentence, shown, caret = str(caught.value).split("\n")
    assert says in sentence
    assert sentence.startswith(f"column {column}: ")
    assert shown == f"    {typed}"
    assert caret.index("^") == column + 3


def test_a_long_line_is_cut_around_the_caret() -> None:
    with pytest.raises(Malformed) as caught:
        parse_expression("t + " * 60 + "^", SCOPE)
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) < 110
    assert shown[caret.index("^")] == "^"


@pytest.mark.parametrize("typed", ["t + " * 4000 + "t", "t*" * 4000 + "t"])
def test_long_chains_are_read(typed: str) -> None:
    assert len(parse_expression(typed, SCOPE).args) == 4001


LIMITS = [
    ("(" * (MAX_DEPTH + 1) + "t" + ")" * (MAX_DEPTH + 1), "nested"),
    ("-" * 5000 + "t", "nested"),
    ("t**" * 5000 + "t", "nested"),
    ("t" * (MAX_LENGTH + 1), "characters"),
]


@pytest.mark.parametrize(("typed", "says"), LIMITS, ids=["brackets", "signs", "powers", "length"])
def test_size_and_nesting_are_limited(typed: str, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        parse_expression(typed, SCOPE)


def test_declarations_give_names_their_kinds() -> None:
    scope = parse_declarations(
        "x, y: Vector[n]; A: Symmetric[n], p: Interval(0, 1/2), r: Vector[n + 1, Positive], h: Function[n, m], "
        "i: Index[n], k: Dim, S: Function[(m, n),], c: Positive,"
    )
    kinds = {name: str(v.data[1]) for name, v in scope.items() if not isinstance(v, FunctionSymbol)}
    assert kinds == {
        "n": "Dim", "m": "Dim", "x": "Vector[n]", "y": "Vector[n]", "A": "Symmetric[n]", "p": "Interval(0, 1/2)",
        "r": "Vector[n + 1, Positive]", "i": "Index[n]", "k": "Dim", "c": "Positive",
    }  # fmt: skip
    h, s = scope["h"], scope["S"]
    assert isinstance(h, FunctionSymbol)
    assert isinstance(s, FunctionSymbol)
    assert (str(h.inputs), str(h.output)) == ("((n, 1),)", "(m, 1)")
    assert str(s.inputs) == "((m, n),)"


def test_nothing_declared_is_nothing() -> None:
    assert parse_declarations("") == {}


WRONG = [
    ("x", "stops too early"),
    ("x:", "stops too early"),
    ("x: Vektor[n]", "did you mean Vector?"),
    ("x: Vector", "needs its sizes"),
    ("x: Real[n]", "takes no sizes"),
    ("x: Vector[n, n]", "takes 1 size"),
    ("x: Vector[0]", "not a size"),
    ("x: Vector[1/2]", "not a size"),
    ("x: Vector[sin(n)]", "not a size"),
    ("x: Vector[x]", "used as a size"),
    ("x: Real, x: Real", "declared twice"),
    ("n: Real, x: Vector[n]", "declared as something else"),
    ("x: Vector[n], n: Real", "used as a size"),
    ("x: Interval(1, 0)", "empty"),
    ("x: Interval(0)", "two numbers"),
    ("x: Interval(n, 1)", "numbers"),
    ("x: Vector[n", "not closed"),
    ("3: Real", "not expected"),
    ("x = 3", "not expected"),
]


@pytest.mark.parametrize(("typed", "says"), WRONG, ids=[row[0] for row in WRONG])
def test_a_wrong_declaration_gets_a_sentence(typed: str, says: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_declarations(typed)
    assert says in str(caught.value)
    assert "\n" in str(caught.value)
