# ruff: noqa: E501, ISC004  (a row is a text)
r"""A line that rests on the text around it is called wrong only where a small change would make it true.

UNDERSTOOD: a true line with what stands before it, and slips of it that are called wrong, each with its repair. FAR: true
lines that only a reader with more knowledge understands; not one of them may be called wrong.
"""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.weighing.repair import is_misprint, parts_of, repairs
from calcds.expr import operators as op
from calcds.expr.kinds import Dim, Matrix, Real, Vector
from calcds.expr.term import Term
from tests.document.lines import RIGHT, WRONG, assert_told_apart, own_line, read

SIGMOID = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$ and $\zeta(z) = \log(1 + e^z)$."
UNDERSTOOD = [  # what stands before, the true line, a slip
    (SIGMOID, r"\sigma(-z) = 1 - \sigma(z)", r"\sigma(-z) = -\sigma(z)"),
    (SIGMOID, r"\sigma'(z) = \sigma(z) (1 - \sigma(z))", r"\sigma'(z) = \sigma(z) (1 + \sigma(z))"),
    (SIGMOID, r"\zeta(z) - \zeta(-z) = z", r"\zeta(z) + \zeta(-z) = z"),
    (SIGMOID, r"\tanh(z) = 2 \sigma(2z) - 1", r"\tanh(z) = 2 \sigma(z) - 1"),
    (r"Let $f(x, y) = x^3 y + 2 x y^2$.", r"f_x = 3 x^2 y + 2 y^2", r"f_x = 3 x^2 + 2 y^2"),
    (r"Let $f(x, y) = x^3 y + 2 x y^2$.", r"f_{xy} = 3 x^2 + 4 y", r"f_{xy} = 3 x^2 + 4 x"),
    (r"Let $f(x, y) = x^3 y + 2 x y^2$.", r"f_y(1, 2) = 9", r"f_y(1, 2) = 8"),
    (r"Let $F(b) = \sum_{i=1}^n (y_i - a - b x_i)^2$.", r"\frac{\partial F}{\partial b} = -2 \sum_{i=1}^n x_i (y_i - a - b x_i)", r"\frac{\partial F}{\partial b} = -2 \sum_{i=1}^n (y_i - a - b x_i)"),
    (r"Let $X \in \mathbb{R}^{n \times p}$, $y \in \mathbb{R}^n$ and $L(w) = \|y - X w\|^2$ for $w \in \mathbb{R}^p$.", r"\nabla^2 L(w) = 2 X^T X", r"\nabla^2 L(w) = 2 X X^T"),
    (r"Let $\phi(x, \mu, \sigma) = \frac{1}{\sqrt{2 \pi \sigma^2}} e^{-\frac{(x - \mu)^2}{2 \sigma^2}}$ with $\sigma > 0$ and $p(y \mid \mu, \sigma) = \prod_{i=1}^n \phi(y_i, \mu, \sigma)$.",
     r"-\log p(y \mid \mu, \sigma) = \sum_{i=1}^n \left(\frac12 \log(2 \pi \sigma^2) + \frac{(y_i - \mu)^2}{2 \sigma^2}\right)", r"-\log p(y \mid \mu, \sigma) = \sum_{i=1}^n \left(\frac12 \log(2 \pi \sigma^2) + \frac{(y_i - \mu)^2}{\sigma^2}\right)"),
    (r"The directional derivative of $f: \mathbb{R}^n \to \mathbb{R}$ at $x \in \mathbb{R}^n$ along $u \in \mathbb{R}^n$:", r"\nabla_u f(x) = \nabla f(x)^T u", r"\nabla_u f(x) = \nabla f(x) u^T"),
    (r"Let the labels be $t \in \{-1, +1\}$ and $w, x \in \mathbb{R}^d$.", r"t \, (w + t x)^T x = t \, w^T x + \|x\|^2", r"t \, (w + t x)^T x = t \, w^T x - \|x\|^2"),
    (r"Notation: $\vec{x}, \vec{y} \in \mathbb{R}^n$.", r"|\vec{x} + \vec{y}|^2 = |\vec{x}|^2 + 2 \cdot \vec{x} \cdot \vec{y} + |\vec{y}|^2", r"|\vec{x} + \vec{y}|^2 = |\vec{x}|^2 + \vec{x} \cdot \vec{y} + |\vec{y}|^2"),
    (r"$\mathbf{E}$ is the unit matrix and $\mathbf{A} \in \mathbb{R}^{n \times n}$ a matrix.", r"(\mathbf{A} + \mathbf{E})^2 = \mathbf{A}^2 + 2 \cdot \mathbf{A} + \mathbf{E}", r"(\mathbf{A} + \mathbf{E})^2 = \mathbf{A}^2 + \mathbf{A} + \mathbf{E}"),
    (r"Let $A, B \in \mathbb{R}^{n \times m}$.", r"A + B = B + A", r"A + B = \begin{pmatrix} a_{11} + b_{11} & a_{12} + b_{12} & \cdots & a_{1m} + b_{1m} \\ a_{21} + b_{12} & a_{22} + b_{22} & \cdots & a_{2m} + b_{2m} \\ \vdots & & & \vdots \\ a_{n1} + b_{n1} & a_{n2} + b_{n2} & \cdots & a_{nm} + b_{nm} \end{pmatrix}"),
    (r"Let $p_k = \operatorname{what}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$.", r"\frac{\partial p_i}{\partial z_j} = -p_i p_j \quad (i \neq j)", r"\frac{\partial p_i}{\partial z_j} = p_i p_j \quad (i \neq j)"),
    (r"Suppose $\mathcal{L}(x, \lambda) = f(x) + \lambda g(x)$. Here $\mathcal{L} = x^2 + 2y^2 + \lambda(x + y - 3)$.", r"\frac{\partial \mathcal{L}}{\partial y} = 4y + \lambda", r"\frac{\partial \mathcal{L}}{\partial y} = 2y + \lambda"),
]  # fmt: skip

FAR = [  # texts in which every line is true
    # a model is no definition of the data
    r"The model is $y = X\beta + \varepsilon$ with $X \in \mathbb{R}^{n \times p}$, and $L(\beta) = \|y - X\beta\|^2$." "\n\n" r"$$\nabla L(\beta) = -2X^\top y + 2X^\top X\beta$$",
    # an earlier meaning
    r"Let $f(x,y) = x^2 y + 2xy^2 - 10$." "\n\n" r"Let $f(x,y) = x^3 - 3x + y^2$." "\n\n" r"With the first $f$ we have $f(1,2) = 2 + 8 - 10$.",
    r"Let $A \in \mathbb{R}^{n \times n}$ and $f(x) = \frac12 x^T A x$." "\n\n" r"Take $f(x) = 2x^2 - 8x$." "\n\n" r"Let $A = \begin{pmatrix} 1 & 0 \\ 0 & 10 \end{pmatrix}$ and $x_0 = (10, 1)^T$. Then $f(x_0) = \frac12 (100 + 10)$.",
    # a condition that was not understood
    r"Let $A$ have eigenvalues $\mu = \lambda_1 \le \dots \le \lambda_n = L$. With $\rho(\alpha) = \max(|1 - \alpha\mu|, |1 - \alpha L|)$ and $\alpha^* = \frac{2}{L + \mu}$ we get $\rho(\alpha^*) = 1 - \frac{2\mu}{L + \mu}$.",
    # an equation to be solved
    r"Inverse demand is $p(q) = 100 - 2q$ and inverse supply is $s(q) = 10 + q$. In equilibrium $100 - 2q = 10 + q$, so $q = 30$.",
    r"Hence $\lambda = \frac12$." "\n\n" r"The multiplier is $\lambda = \frac{4+4}{4\cdot 2} = 1$." "\n\n" r"In the next example we get $\frac{\lambda}{2} + 2\lambda + 2\lambda = \frac92\lambda = 9$.",
    r"So $x_k = (1-4\eta)^k x_0$. Let us take $\eta = 0.2$. Then the factors are $1-0.8 = 0.2$ and $1-0.2 = 0.8$." "\n\n" r"The best rate makes the factors equal, $4\eta - 1 = 1 - \eta$.",
    # at one place only
    r"The cost is $C(q) = 100 + 20q + \frac12 q^2$ and $A(q) = \frac{C(q)}{q}$. This gives $q^* = \sqrt{200}$, where $C'(q^*) = A(q^*)$.",
    r"Consider $g(x,y) = x^3 - 3x + y^2$. At $(1,0)$ it equals $-2$ and $g_{xx} = 6$.",
    # a distribution that the words say
    r"Let T be exponential with the rate $\lambda > 0$: the density is $f(t) = \lambda e^{-\lambda t}$. $$E[T] = \int_0^\infty t \lambda e^{-\lambda t} \, dt = \frac{1}{\lambda}, \qquad E[T^2] = \frac{2}{\lambda^2}$$",
    # a matrix of which words say what it is
    r"Let $r_i(\beta) = y_i - f(t_i, \beta)$ for $\beta \in \mathbb{R}^p$ and $S(\beta) = \sum_{i=1}^m r_i(\beta)^2$. Let $J \in \mathbb{R}^{m \times p}$ be the matrix of the derivatives of the model. $$\nabla S(\beta) = -2 J^T r$$",
    r"Throughout, $f:\mathbb{R}^n\to\mathbb{R}$ is differentiable. We write $g_k = \nabla f(x_k)$ for short. $$f(x_k - \alpha g_k) = f(x_k) - \alpha \|g_k\|^2 + O(\alpha^2)$$",
    # properties behind a comma, of one sentence, of matrices that are constant
    r"We have $$A = U\Sigma V^T, \qquad U^T U = I, \quad V^T V = I$$ and so $$V\Sigma U^T U\Sigma V^T = V\Sigma^2 V^T.$$",
    r"The shapes of the constants $A$, $B$ are such that the products make sense, with $A^T A$ too. For $n \times n$ matrices $$\det(AB) = \det A \, \det B, \qquad \det(cA) = c^n \det A$$",
    # positive entries, applications of names that are not said
    r"For probability vectors $p$ and $q$: $$-\sum_i p_i \log \frac{p_i}{q_i} = \sum_i p_i \log \frac{q_i}{p_i}$$",
    r"The distribution function is $\Phi$. The middle part is $\Phi(1) - \Phi(-1) = 2\Phi(1) - 1$.",
    r"Let $Q(P)$ be the demand. Suppose that $Q = 200 - 4P$. Revenue is $R(P) = P\,Q(P) = 200P - 4P^2$.",
    # two lines of a slide in one formula
    "$$\\frac{d}{dx}2x^3 + 3y^3 = 6x^2 \n\\frac{d}{dy}2x^3 + 3y^3 = 9y^2$$",
    # sizes of a new example
    r"Let $A \in \mathbb{R}^{n \times d}$ be any matrix. Let $A$ now be square of size $n$. $$\det(cA) = c^n\det(A)$$",
]  # fmt: skip

NEVER_PROVED = [  # a text, and what stands in its false line
    (r"Let $C(a) = \frac12 \|a - y\|^2$. $$\frac{\partial}{\partial w_{kj}} C(a_L) + \frac{\partial}{\partial w_{kj}} b = \frac{\partial}{\partial w_{lj}} C(a_L) + \frac{\partial}{\partial w_{kj}} b$$", "w_{lj}"),
    (r"Let $A$ be an $n \times n$ matrix and $x \in \mathbb{R}^n$. For a symmetric $A$ this is $\nabla (x^T A x) = 2Ax$. In general $$\frac{\partial}{\partial x_k} (x^T A x) = \sum_{j=1}^n A_{kj} x_j + \sum_{i=1}^n A_{ki} x_i$$", "A_{ki}"),
    (r"Let $X \in \mathbb{R}^{m \times n}$ be the variable. The shapes of the constants $A$, $B$ are such that the products make sense, with $A^T A$ too. $$\nabla_X \operatorname{tr}(AXB) = B^T A^T$$", "B^T A^T"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), UNDERSTOOD, ids=[row[2][:50] for row in UNDERSTOOD])
def test_a_slip_is_called_wrong_and_the_true_line_is_not(before: str, line: str, slip: str) -> None:
    assert_told_apart(before, line, slip)


@pytest.mark.parametrize("text", FAR)
def test_what_may_have_been_misunderstood_is_not_called_wrong(text: str) -> None:
    assert not [one for one in read(text) if one.outcome in WRONG]


@pytest.mark.parametrize(("text", "false"), NEVER_PROVED)
def test_a_false_line_is_not_passed(text: str, false: str) -> None:
    found = [one for one in read(text) if false in one.left + one.right]
    assert found
    assert all(one.outcome not in RIGHT for one in found), found


def test_what_would_have_been_right_is_said() -> None:
    (found,) = own_line(SIGMOID, r"\sigma'(z) = \sigma(z) (1 + \sigma(z))")
    assert found.corrected
    (far,) = own_line(SIGMOID, r"\sigma'(z) = \frac{z^7}{5}")
    assert (far.outcome, far.corrected) == (Outcome.UNDECIDED, "")
    assert "may have been misunderstood" in far.detail


def test_the_value_of_numbers_is_said() -> None:
    (found,) = read("$$2 + 2 = 5$$")
    assert (found.outcome, found.corrected) == (Outcome.REFUTED, "4")
    (found,) = read(r"$$\frac12 + \frac13 = \frac25$$")
    assert (found.outcome, found.corrected) == (Outcome.REFUTED, r"\frac{5}{6}")


def test_what_is_offered_instead_is_written_as_one_would() -> None:
    (found,) = read(r"$$(\sinh z)' = -\cosh z$$")
    assert (found.outcome, found.corrected) == (Outcome.REFUTED, r"\cosh(z)")


def test_what_is_offered_instead_has_a_value_where_the_line_fails() -> None:
    """For a one-hot y, `-1/y_j + p_j` is `-y_j + p_j` where it is defined, that is for one j only."""
    before = r"Let $y$ be one-hot, with entries $y_k \in \{0, 1\}$ and $\sum_k y_k = 1$, and $p \in \mathbb{R}^K$." + "\n\n"
    found = read(before + r"$$-\sum_k y_k(\delta_{kj} - p_k) = -y_j + p_j \sum_k y_k$$" + "\n")[-1]
    assert found.outcome is Outcome.REFUTED
    assert "{y_{j}}" not in found.corrected


N, M = Dim("n"), Dim("m")
X, Y, K = Real.symbol("x"), Real.symbol("y"), Dim("k")
A, B, V = Matrix[N, N].symbol("A"), Matrix[N, N].symbol("B"), Vector[N].symbol("v")
CHANGES: list[tuple[Term, Term]] = [  # a side as it should be, and as it was printed: the one is among the changes of the other
    (-X, X), (2 * X, X), (X**2, X**3), (X + Y, X - Y), (Y * X, X), (Y**-1 * X, X), (1 / X, X), (X + Y, X), (2 * X * Y, Y),
    (op.function("sin")(X), op.function("cos")(X)), (op.function("exp")(-X), op.function("exp")(X)), (X, X + 1),
    (A.T * V, A * V), (A * B, B * A), (A * V, B * V), (A.T, A), (A.I, A), (K + 1, K), (Y, X),
    (op.kron(A, B), op.kron(B, A)), (op.kron(B.T, A), op.kron(B, A)), (A[0, 1], A[1, 0]),
]  # fmt: skip


@pytest.mark.parametrize(("right", "printed"), CHANGES, ids=[f"{b} for {a}" for a, b in CHANGES])
def test_every_slip_has_its_repair(right: Term, printed: Term) -> None:
    parts = parts_of(True, printed, right)
    assert right in set(repairs(printed, parts)) or str(right) in {str(one) for one in repairs(printed, parts)}


def test_no_repair_is_the_printed_side_itself() -> None:
    for _, printed in CHANGES:
        assert printed not in set(repairs(printed, parts_of(True, printed)))


@pytest.mark.parametrize(("printed", "value", "expected"), [
    ("34", "43", False), ("134", "143", False), ("0.0515", "0.00515", True), ("128", "138", True), ("-128", "128", True),
    ("2", "3", False), ("28", "48", False), ("1.44", "1.54", True), ("100", "1000", True), ("5.27", "8.91", False),
])  # fmt: skip
def test_a_misprint_is_one_sign(printed: str, value: str, expected: bool) -> None:
    assert is_misprint(printed, value) is expected


def test_a_small_change_differentiates_by_the_same_names() -> None:
    from calcds.document.weighing.repair import repairs
    from calcds.expr import operators as op
    from calcds.expr.kinds import Dim, Matrix, Vector
    from calcds.expr.term import subterms

    n = Dim("n")
    A, x = Matrix[n, n].symbol("A"), Vector[n].symbol("x")
    side = op.grad(x.T * A.T * A * x, A)
    places = {t.args[1].head for change in repairs(side, [A, x]) for t in subterms(change) if t.head == "grad"}
    assert places == {"sym"}


def test_a_repair_differentiates_by_variables_only() -> None:
    s, t, z = Real.symbol("s"), Real.symbol("t"), Vector[2].symbol("z")
    polar, entry = op.column(s * t, s)[0], z[0]
    side = op.diff(polar * s * entry, s)
    places = {one.args[1] for one in repairs(side, [s, t, polar, entry]) if one.head == "deriv"}
    assert places == {s, t, entry}


QUADRATIC = r"Let $R(s, t) = 339 s - 0.01 s^2 - 0.003 s t + 399 t - 0.004 s t - 0.01 t^2$ and $C(s, t) = 400000 + 195 s + 225 t$."
LEAST = r"Let $X \in \mathbb{R}^{n \times p}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^p$ and $J(w) = \|X w - y\|^2 + \lambda \|w\|^2$."
NUMBERS = [  # what stands before, the true line, and what stands in the place of one of its numbers
    (QUADRATIC, r"R(s, t) - C(s, t) = -400000 + 144 s + 174 t - 0.01 s^2 - 0.01 t^2 - 0.007 s t",
     [("174", "184"), ("0.007", "0.07"), ("400000", "40000"), ("- 0.01 s^2", "- 0.09 s^2")]),
    (LEAST, r"\nabla J(w) = 2 X^T X w - 2 X^T y + 2 \lambda w", [("- 2", "- 7"), ("+ 2", "+ 9")]),
    (r"Let $f(x, y) = x^2 y + 3 x y^2 - 7 x$.", r"x f_x + y f_y = 3 x^2 y + 9 x y^2 - 7 x", [("- 7", "- 4"), ("+ 9", "+ 5")]),
    (r"Let $g(x) = \ln x + e^x$.", r"g'(x) + 4 g(x) = \frac1x + 5 e^x + 4 \ln x", [("5 e", "8 e"), (r"4 \ln", r"9 \ln")]),
    (r"Let $S = \sum_{i=1}^n (y_i - 3 x_i)^2$.", r"\frac12 S = \frac12 \sum_{i=1}^n (y_i^2 - 6 x_i y_i + 9 x_i^2)", [("9", "4"), ("6", "2")]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slips"), NUMBERS, ids=[row[1][:30] for row in NUMBERS])
def test_one_wrong_number_of_a_sum_is_a_slip(before: str, line: str, slips: list[tuple[str, str]]) -> None:
    """It is called wrong, and the right number is said; two of them may be a misunderstanding."""
    for right, wrong in slips:
        assert_told_apart(before, line, line.replace(right, wrong, 1))
        found = [one for one in own_line(before, line.replace(right, wrong, 1)) if one.outcome in WRONG]
        assert all(one.corrected for one in found), found


SOLVED = [  # texts in which one number of a sum differs, and nothing is wrong
    r"Let $x = 0$ be known. Which $x$ solves $x^2 + 3 x + 2 = 5 x^2 + 3 x + 2$?",
    r"Let $f(x) = a x^2 + 3 x + 2$. For $a = 4$ it is $f(x) = 4 x^2 + 3 x + 2$." "\n\n" r"Hence $f'(x) = 2 a x + 3$.",
    r"Let $J(w) = w^2 + 3 w + 2$. Now let $J(w) = w^2 + 7 w + 2$." "\n\n" r"$$J'(w) = 2 w + 7$$",
    r"Let $J(w) = w^2 + 3 w + 2$. Therefore we now minimise $J(w) = w^2 + 7 w + 2$.",
    r"Let $f(x) = x^2 + a x + 2$. Hence, for $a = 1$, $f(x) = x^2 + x + 2$.",
]  # fmt: skip


@pytest.mark.parametrize("text", SOLVED)
def test_another_number_of_a_sum_that_is_meant_is_not_called_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


FORMS = [  # another form of what is known, which is promised; a slip in it
    (LEAST + " Expanding the square,", r"J(w) = w^T X^T X w - 2 y^T X w + y^T y + \lambda w^T w", r"J(w) = w^T X^T X w - 5 y^T X w + y^T y + \lambda w^T w"),
    (r"Let $q(x) = (x - 3)^2 + 4 x$. Simplifying, we get", r"q(x) = x^2 - 2 x + 9", r"q(x) = x^2 - 2 x + 3"),
    (r"Let $q(x) = x^2 - 2 x + 9$. Completing the square gives", r"q(x) = (x - 1)^2 + 8", r"q(x) = (x + 1)^2 + 8"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), FORMS)
def test_a_promised_form_with_a_slip_is_no_new_meaning(before: str, line: str, slip: str) -> None:
    def rows(formula: str) -> list[Outcome]:
        return [one.outcome for one in read(f"{before}\n$${formula}$$\n")]

    assert rows(line)[-1] in RIGHT
    assert rows(slip)[-1] in WRONG


ROOTS = [  # values of which only the data have a sign; a printed name is any number, and a slip is one
    (r"Let $b = \frac{2}{\bar{x}}$.", r"\sqrt{\frac{b^2}{2n}} = \frac{b}{\sqrt{2n}}", False),
    (r"Let $b = \frac{c}{\bar{x}}$.", r"\sqrt{\frac{b^2}{2n}} = \frac{b}{\sqrt{2n}}", False),
    (r"Let $x_1, \dots, x_n$ be data and $b = \frac{2 n}{\sum_{i=1}^n x_i}$.", r"\sqrt{\frac{b^2}{2n}} = \frac{b}{\sqrt{2n}}", False),
    (r"Let $x_1, \dots, x_n$ be data and $b = \frac{2 n}{\sum_{i=1}^n x_i}$.", r"\sqrt{\frac{b^2}{2n}} = \frac{b}{2\sqrt{n}}", True),
    ("", r"\sqrt{b^2} = b", True),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "wrong"), ROOTS)
def test_the_sign_of_data_is_not_said(before: str, line: str, *, wrong: bool) -> None:
    found = own_line(before, line)
    assert any(one.outcome in WRONG for one in found) is wrong, found
    assert all(one.outcome not in RIGHT for one in found), found
