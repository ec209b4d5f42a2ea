"""Worked examples of small networks: the numbers of an input, of entries, of errors and of gradients."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, own_line, read

NEURON = r"""A neuron has $w = 0.8$, $b = -0.2$ and computes $z = wx + b$, $a = \sigma(z)$ with $\sigma(z) = 1/(1+e^{-z})$.
The loss is $L = \frac12 (a - y)^2$. For $x = 1.5$ and $y = 1$ we get """
ENTRIES = r"""Let $\sigma(z)=1/(1+e^{-z})$, $\mathbf W^{(2)}=\begin{pmatrix} 0.6 & -0.8\end{pmatrix}$, $\mathbf x=(1,2)^\top$,
$y=1$.
\begin{align*}
  z^{(1)}_1 &= 0.5\cdot 1 - 0.2\cdot 2 + 0.1 = 0.2, & a^{(1)}_1 &= \sigma(0.2) \approx 0.5498,\\
  z^{(1)}_2 &= -0.3\cdot 1 + 0.4\cdot 2 - 0.1 = 0.4, & a^{(1)}_2 &= \sigma(0.4) \approx 0.5987,
\end{align*}
and $a^{(2)} = \sigma(0.051) \approx 0.5127$, $\delta^{(2)} = (a^{(2)}-y)\,a^{(2)}(1-a^{(2)}) \approx -0.1217$. Then
$$\delta^{(1)}_1 = W^{(2)}_{11}\,\delta^{(2)}\,\sigma'(z^{(1)}_1) \approx -0.0181, \qquad
\delta^{(1)}_2 = W^{(2)}_{12}\,\delta^{(2)}\,\sigma'(z^{(1)}_2) \approx 0.0234.$$"""


@pytest.mark.parametrize(("line", "slip"), [
    (r"$z = 1.0$", r"$z = 1.1$"),
    (r"$a \approx 0.7311$", r"$a \approx 0.7131$"),
    (r"$z = 1.0$, $a \approx 0.7311$ and $L \approx 0.0362$", r"$z = 1.0$, $a \approx 0.7311$ and $L \approx 0.0326$"),
    (r"$\frac{\partial L}{\partial w} = (a - y)\,a(1-a)\,x$", r"$\frac{\partial L}{\partial w} = (a - y)\,a(1+a)\,x$"),
])  # fmt: skip
def test_the_numbers_of_an_input(line: str, slip: str) -> None:
    true, wrong = read(NEURON + line + ".\n")[-1], read(NEURON + slip + ".\n")[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim")
    assert wrong.outcome not in RIGHT or wrong.role != "claim"


CIRCUIT = r"""Consider $f(x,y,z) = (x+y)z$ with $q = x + y$, so $f = qz$. For $x=-2$, $y=5$, $z=-4$ we get """


@pytest.mark.parametrize(("line", "slip"), [
    ("$q = 3$", "$q = 4$"),
    ("$f = -12$", "$f = 12$"),
    (r"$q = 3$ and $\frac{\partial f}{\partial x} = -4$", r"$q = 3$ and $\frac{\partial f}{\partial x} = 4$"),
])  # fmt: skip
def test_the_numbers_of_several_inputs(line: str, slip: str) -> None:
    true, wrong = read(CIRCUIT + line + ".\n")[-1], read(CIRCUIT + slip + ".\n")[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim")
    assert wrong.outcome not in RIGHT or wrong.role != "claim"


@pytest.mark.parametrize(("line", "slip"), [
    (r"\delta^{(2)}(\mathbf a^{(1)})^\top \approx \begin{pmatrix} -0.0669 & -0.0729\end{pmatrix}",
     r"\delta^{(2)}(\mathbf a^{(1)})^\top \approx \begin{pmatrix} -0.0696 & -0.0729\end{pmatrix}"),
    (r"\boldsymbol\delta^{(1)}\mathbf x^\top \approx \begin{pmatrix} -0.0181 & -0.0362\\ 0.0234 & 0.0468\end{pmatrix}",
     r"\boldsymbol\delta^{(1)}\mathbf x^\top \approx \begin{pmatrix} -0.0181 & -0.0362\\ 0.0234 & 0.0486\end{pmatrix}"),
])  # fmt: skip
def test_a_vector_whose_entries_have_numbers(line: str, slip: str) -> None:
    assert [one.outcome in RIGHT for one in own_line(ENTRIES, line)] == [True]
    assert [one.outcome in WRONG for one in own_line(ENTRIES, slip)] == [True]


@pytest.mark.parametrize("text", [
    r"""Descend $f(x) = x_1^2 + x_2^2$. For one number the steps are $x_1 = 0.8$, $x_2 = 0.64$, $x_{k+1} = 0.8 x_k$.
    In general $\nabla f(x) = 2x$, and at $x = (1, 2)^\top$ it is $\nabla f(x) = (2, 4)^\top$.""",
    r"Let $z = wx + b$. For $x = 0$ we get $z = b$, for $x = 1$ we get $z = w + b$.",
    r"Let $y = 3x + 1$. For $x = 1$, $y = 4$; for $x = 2$, $y = 7$. For $x = 0$ and $y = 1$ we have $xy = 0$.",
    r"Let $y = x^2$. For $x = 2$ we have $y = 4$ and $\frac{dy}{dx} = 4$; for $x = 3$ we have $y = 9$.",
    r"The data are $x_1 = 1$, $x_2 = 3$ with mean $\bar x = 2$. A new point is $x = (1, 1)^\top$, and $\|x\| = \sqrt2$.",
])  # fmt: skip
def test_nothing_is_called_wrong(text: str) -> None:
    assert not [one for one in read(text + "\n") if one.outcome in WRONG]


PART = r"Let $f = (x+y)\,s$, with the intermediate value $q = x + y$. For $x = -2$, $y = 5$ and $s = -4$ we get $q = 3$."


@pytest.mark.parametrize(("before", "line", "slip"), [
    (PART, r"\frac{\partial f}{\partial q} = s", r"\frac{\partial f}{\partial q} = q"),
    (PART, r"\frac{\partial f}{\partial q} = s = -4", r"\frac{\partial f}{\partial q} = q = 3"),
    (PART + r" Then $\frac{\partial f}{\partial s} = q = 3$.",
     r"\frac{\partial f}{\partial x} = \frac{\partial f}{\partial q} \cdot 1",
     r"\frac{\partial f}{\partial x} = \frac{\partial f}{\partial q} \cdot 2"),
])  # fmt: skip
def test_the_derivative_by_a_part_of_a_formula(before: str, line: str, slip: str) -> None:
    assert all(one.outcome in RIGHT and one.role == "claim" for one in own_line(before, line))
    assert own_line(before, slip)[0].outcome not in RIGHT


@pytest.mark.parametrize("value", ["x", "q", "0"])
def test_a_part_that_is_not_all_of_what_it_is_made_of(value: str) -> None:
    found = own_line(r"Let $f = (x + y)\,x$ and $q = x + y$.", rf"\frac{{\partial f}}{{\partial q}} = {value}")
    assert not any(one.outcome in {*RIGHT, *WRONG} and one.role == "claim" for one in found)
