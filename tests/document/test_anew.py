"""Sections with numbers of their own: what other sections say of their letters is about other things."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

LOSSES = r"""# Losses

For $K$ classes with logits $z=(z_1,\dots,z_K)^\top$ the softmax is $p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}$. With a
one-hot target $t$ the cross-entropy is $C = -\sum_{i=1}^{K} t_i\log p_i$.

# A network

$$a = Wx+b,\qquad h=\tanh(a),\qquad z=Vh+c,\qquad p=\operatorname{softmax}(z),\qquad C=-\sum_{i=1}^{3}t_i\log p_i .$$

The letters have new values, and $V$ is a $3\times2$ matrix:

$$x=\begin{pmatrix}1\\-1\end{pmatrix},\quad W=\begin{pmatrix}0.4&0.1\\-0.2&0.3\end{pmatrix},\quad
b=\begin{pmatrix}0\\0.1\end{pmatrix},\quad V=\begin{pmatrix}1&0\\0.5&-1\\-1&1\end{pmatrix},\quad
c=\begin{pmatrix}0\\0.2\\-0.1\end{pmatrix},\quad t=\begin{pmatrix}0\\1\\0\end{pmatrix}.$$

"""


@pytest.mark.parametrize(("line", "slip"), [
    (r"\nabla_V C = (p-t)\,h^\top", r"\nabla_V C = (p+t)\,h^\top"),
    (r"\nabla_h C = V^\top(p-t)", r"\nabla_h C = V^\top(t-p)"),
    (r"p-t \approx \begin{pmatrix}0.3461\\-0.4657\\0.1196\end{pmatrix}",
     r"p-t \approx \begin{pmatrix}0.3461\\-0.4567\\0.1196\end{pmatrix}"),
    (r"(\nabla_a C)\,x^\top \approx \begin{pmatrix}-0.0058&0.0058\\0.5008&-0.5008\end{pmatrix}",
     r"(\nabla_a C)\,x^\top \approx \begin{pmatrix}-0.0058&0.0058\\0.5008&0.5008\end{pmatrix}"),
])  # fmt: skip
def test_sizes_and_entries_of_another_section(line: str, slip: str) -> None:
    assert read(f"{LOSSES}Then $${line}.$$\n")[-1].outcome in RIGHT
    assert read(f"{LOSSES}Then $${slip}.$$\n")[-1].outcome in WRONG


def test_what_was_set_aside_comes_back() -> None:
    text = LOSSES + "# Losses again\n\nWe have $$\\sum_{i=1}^K %s = 1.$$\n"
    assert read(text % "p_i")[-1].outcome in RIGHT
    assert read(text % "z_i")[-1].outcome not in RIGHT


BATCH = r"""# A neuron

The target is $t=0$, the input $X = 3$.

# A batch

$$X=\begin{pmatrix}1&0\\0&1\\1&1\end{pmatrix},\qquad t=\begin{pmatrix}1\\2\\2\end{pmatrix}.$$

"""


def test_numbers_of_another_section_are_of_another_example() -> None:
    true, wrong = (read(f"{BATCH}So $X^\\top t = \\begin{{pmatrix}}3\\\\{n}\\end{{pmatrix}}$.\n")[-1] for n in (4, 5))
    assert true.outcome in RIGHT
    assert wrong.outcome in WRONG


UNIT = r"""Let $t=0$, $w = (1, 2)^\top$ and $h = (3, 1)^\top$, with $z = w^\top h$, $p = 1/(1+e^{-z})$ and
$L = \log(1+e^z) - tz$. As the target is $0$, $L = -\log(1-p)$. """


@pytest.mark.parametrize(("line", "slip"), [
    (r"$\log(1 + e^{0.5}) \approx 0.9741$", r"$\log(1 + e^{-0.5}) \approx 0.9741$"),
    (r"Writing $e = p - t$, we have $\nabla_w L = e\,h$", r"Writing $e = p - t$, we have $\nabla_w L = e\,w$"),
    (r"Writing $e = p - t$, we have $\nabla_h L = e\,w$", r"Writing $e = p - t$, we have $\nabla_h L = -e\,w$"),
])  # fmt: skip
def test_an_error_that_is_called_e(line: str, slip: str) -> None:
    assert read(f"{UNIT}{line}.\n")[-1].outcome in RIGHT
    assert read(f"{UNIT}{slip}.\n")[-1].outcome in WRONG


def test_both_the_error_and_the_constant() -> None:
    assert read(UNIT + r"Writing $e = p - t$, we have $e h = (3e, e)^\top$ and $e^{0.5} = 2$." + "\n")[-1].outcome not in RIGHT
