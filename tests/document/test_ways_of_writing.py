# ruff: noqa: E501  (a row is a text)
r"""Many small ways of writing one thing: signs escaped for Markdown, sums behind a logarithm, words and lists in formulas."""

from __future__ import annotations

import pytest

from calcds.decide.verdict import Outcome
from tests.document.lines import RIGHT, WRONG, own_line, read

LOGARITHMS = [
    (r"\log \prod_{i=1}^n a_i^{t_i} \cdot b_i^{s_i} = \sum_{i=1}^n \left( t_i \log a_i + s_i \log b_i \right)",
     r"\log \prod_{i=1}^n a_i^{t_i} \cdot b_i^{s_i} = \sum_{i=1}^n \left( t_i \log a_i - s_i \log b_i \right)"),
    (r"\log \prod_{i=1}^m a_i^{t_i} b_i^{s_i} = \sum_{i=1}^m t_i \log a_i + s_i \log b_i",
     r"\log \prod_{i=1}^m a_i^{t_i} b_i^{s_i} = \sum_{i=1}^m t_i \log a_i + t_i \log b_i"),
    (r"\log \ \prod_{i=1}^n \prod_{j=1}^k q_j^{y_{ij}} = \sum_{i=1}^n \sum_{j=1}^k y_{ij} \log{q_j}",
     r"\log \ \prod_{i=1}^n \prod_{j=1}^k q_j^{y_{ij}} = \sum_{i=1}^n \sum_{j=1}^k q_j \log{y_{ij}}"),
    (r"\sum_{j=1}^q c_j \log \sum_{k=1}^q e^{u_k} - \sum_{j=1}^q c_j u_j = \sum_{j=1}^q c_j (\log \sum_{k=1}^q e^{u_k} - u_j)",
     r"\sum_{j=1}^q c_j \log \sum_{k=1}^q e^{u_k} - \sum_{j=1}^q c_j u_j = \sum_{j=1}^q c_j (\log \sum_{k=1}^q e^{u_k} + u_j)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), LOGARITHMS)
def test_the_argument_of_a_function_is_all_that_a_sum_or_product_is_over(line: str, slip: str) -> None:
    """A big operator reaches over the product behind it, also behind a logarithm."""
    before = r"Let $a_i > 0$, $b_i > 0$ and $q_j > 0$."
    assert all(one.outcome in RIGHT for one in own_line(before, line)), own_line(before, line)
    assert all(one.outcome in WRONG for one in own_line(before, slip)), own_line(before, slip)


def test_a_factor_without_the_index_may_stand_behind_the_logarithm() -> None:
    r"""`\log \sum_i e^{x_i} \cdot c` is neither called right nor wrong for either reading."""
    for right in (r"c \log \sum_{i=1}^n e^{x_i}", r"\log ( \sum_{i=1}^n e^{x_i} c)"):
        assert not any(one.outcome in WRONG for one in own_line("", rf"\log \sum_{{i=1}}^n e^{{x_i}} \cdot c = {right}"))


ESCAPED = r"""The score of unit \\( j \\) is \\( s\_j = \sum\_k w\_{jk} a\_k \\) and \\(h(x) = x^3\\), so \\(h'(x) = 3x^2\\) and

$$
\sum\_{j=1}^n 2 s\_j = 2 \sum\_{j=1}^n s\_j
$$

\\[ (u\_1 + u\_2)^2 = u\_1^2 + 2 u\_1 u\_2 + u\_2^2 \\]

"""


def test_signs_escaped_for_markdown() -> None:
    """Backslashes that Markdown takes away do not reach the formula, and columns are those of the file."""
    found = read(ESCAPED)
    assert [one.outcome in RIGHT for one in found if one.role == "claim"] == [True] * 3, found
    assert [(one.line, one.column) for one in found if one.role == "claim"] == [(1, 95), (4, 0), (7, 4)]
    slips = [("3x^2", "3x^3"), (r"= 2 \sum", r"= 3 \sum"), (r"+ u\_2^2", r"- u\_2^2")]
    for right, slip in slips:
        assert any(one.outcome in WRONG for one in read(ESCAPED.replace(right, slip))), slip


def test_an_escaped_underscore_in_a_name_is_no_index() -> None:
    r"""`n\_samples` beside escaped indices is left unread."""
    found = read(ESCAPED + r"$$2 n\_samples = n\_samples + n\_samples$$" + "\n")
    assert found[-1].outcome not in RIGHT | WRONG

BEFORE = r"Let $A$ be a symmetric matrix and $x, b$ be vectors."
JOINED = [
    (r"\nabla_x (x^T A x) = 2 A x \text{ and hence } \nabla_x (x^T A x - b^T x) = 2 A x - b",
     r"\nabla_x (x^T A x) = 2 A x \text{ and hence } \nabla_x (x^T A x - b^T x) = 2 A x + b"),
    (r"s = \log \frac{e^u}{e^u + e^v} \hspace{0.5in} \text{or equivalently} \hspace{0.5in} s = u - \log(e^u + e^v)",
     r"s = \log \frac{e^u}{e^u + e^v} \hspace{0.5in} \text{or equivalently} \hspace{0.5in} s = u + \log(e^u + e^v)"),
    (r"q_i = 2 p_i \quad \forall i = 1, \dots, n \qquad \therefore \sum_{i=1}^n q_i = 2 \sum_{i=1}^n p_i",
     r"q_i = 2 p_i \quad \forall i = 1, \dots, n \qquad \therefore \sum_{i=1}^n q_i = 4 \sum_{i=1}^n p_i"),
    (r"|t| = t \text{ if } t \ge 0 \text{ and } |t| = -t \text{ if } t \le 0",
     r"|t| = t \text{ if } t \ge 0 \text{ and } |t| = t \text{ if } t \le 0"),
    (r"\displaystyle (u + v)^2 = u^2 + 2uv + v^2 \qquad(\text{where}\quad u v = v u)",
     r"\displaystyle (u + v)^2 = u^2 + uv + v^2 \qquad(\text{where}\quad u v = v u)"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), JOINED)
def test_words_in_a_formula_stand_there_as_in_prose(line: str, slip: str) -> None:
    """What they join are formulas of their own."""
    true = [one for one in own_line(BEFORE, line) if one.role == "claim"]
    assert true
    assert all(one.outcome in RIGHT for one in true), true
    passed = [one for one in own_line(BEFORE, slip) if one.role == "claim" and one.outcome in RIGHT]
    assert len(passed) < len(true), passed


def test_where_in_a_formula_defines() -> None:
    r"""`y = ... \text{ where } c = 2w` is no claim, and c is known behind it."""
    found = read(r"$$y = w x + c \text{ where } c = 2 w.$$" + "\n\nThen $y = w (x + 2)$, but not $y = w (x + 3)$.\n")
    assert [one.role for one in found][:2] == ["definition"] * 2
    assert found[2].outcome in RIGHT
    assert found[3].outcome not in RIGHT


@pytest.mark.parametrize("line", [r"m = 5 \text{ kg}", r"\text{out} = \text{in} + 3", r"n = \text{number of rows with } x = 3"])
def test_words_that_name_something_join_nothing(line: str) -> None:
    """A unit and a name in words are parts of the formula."""
    assert not [one for one in read(f"$${line}$$\n") if one.outcome in WRONG | RIGHT and one.role == "claim"]


LISTS = [
    ("", r"[\log 2, \log 4, e^0] = [0.693, 1.386, 1]", r"[\log 2, \log 4, e^0] = [0.693, 1.346, 1]"),
    (r"Take $x = [1, 2, 2, 1]$, $w_1 = [1, 0, 0, 3]$ and $w_2 = [0.5, 0.5, 0.5, 0]$.",
     r"w_1^T x + w_2^T x = 6.5", r"w_1^T x + w_2^T x = 7.5"),
    (r"Let $A = [[1, 2], [3, 4]]$ and $B = [1, 0; 2, 1]$.", r"A B = [[5, 2], [11, 4]]", r"A B = [[5, 2], [11, 3]]"),
    (r"Let $A = [[1, 2], [3, 4]]$ and $B = [1, 0; 2, 1]$.", r"B A = [1, 2; 5, 8]", r"B A = [1, 2; 5, 9]"),
    (r"Let $X = [a_1 ~~~ a_2 ~~~ \cdots ~~~ a_n]_{m \times n}$ with $a_i \in \mathbb{R}^m$.",
     r"X X^T = \sum_{i=1}^n a_i a_i^T", r"X X^T = 2 \sum_{i=1}^n a_i a_i^T"),
    (r"Let $S = (s_{ij})_{k \times m}$ and $x \in \mathbb{R}^m$.",
     r"(S x)_i = \sum_{j=1}^m s_{ij} x_j", r"(S x)_i = 2 \sum_{j=1}^m s_{ij} x_j"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), LISTS)
def test_lists_in_square_brackets(before: str, line: str, slip: str) -> None:
    """Vectors and matrices as programs print them, and the size of a matrix below its bracket."""
    assert all(one.outcome in RIGHT for one in own_line(before, line)), own_line(before, line)
    assert any(one.outcome in WRONG for one in own_line(before, slip)), own_line(before, slip)


def test_an_argument_in_square_brackets_is_no_list() -> None:
    """`E[y; t]` is no matrix of two rows, and one printed entry with a label is no whole matrix."""
    for line in (r"E[y; t] = E[y; t]", r"S_1 = (s_{1ij})_{k \times k} = (s_{1ij})_{k \times k}"):
        assert not any(one.outcome in RIGHT | WRONG for one in own_line("", line)), own_line("", line)


EMPTY = [
    r"\,", r"\quad", r"[]_{m \times n}", r"()'_{2 \times 2}", r"\underset{x}{}", r"tr[", r"|\!|", r"\_",
    r"\text{ and hence }", r"\text{if } \text{if }", r"\forall", r"{d}/{d}", r"\sum_{k'}", r"\mathbb{}",
]  # fmt: skip


@pytest.mark.parametrize("line", EMPTY)
def test_what_says_nothing_does_no_harm(line: str) -> None:
    """Whatever is left of a formula."""
    assert read(f"Let $x = 1$.\n\n$${line}$$\n\n$${line} = {line}$$\n\n\\\\({line} = \\\\_{{ 1 \\\\)\n") is not None


def test_an_interval_is_no_vector() -> None:
    """Where a document speaks of intervals, a list of two is no value of a name."""
    found = read("The interval is $u = [0, 2]$ here.\n\n$$u^T u = 4$$\n")
    assert found[-1].outcome not in RIGHT | WRONG


OWN = r"""\documentclass{article}
\newcommand{\norm}[1]{|\!| #1 |\!|}
\newcommand{\dotp}[2]{\langle #1,\,#2\rangle}
\newcommand{\eq}[1]{\begin{equation*}#1\end{equation*}}
\newcommand{\shown}[1]{\[ #1 \]}
\begin{document}
Here $\dotp{u}{v} = \sum_{i=1}^p u_i v_i$ is the inner product. Let $A \in \mathbb{R}^{n \times p}$, $x \in \mathbb{R}^p$, $y \in \mathbb{R}^n$.
\eq{\label{a}
  \norm{Ax - y}^2 = \norm{Ax}^2 - 2 \dotp{Ax}{y} + \norm{y}^2
}
and
\shown{ \dotp{Ax}{y}_{\mathbb{R}^n} = \dotp{x}{A^\top y}_{\mathbb{R}^p} }
\eq{ \operatorname{diag}(y)^\top = \operatorname{diag}(y) }
\end{document}
"""


def test_displays_norms_and_inner_products_of_the_author() -> None:
    """A display in a macro is one, bars that are moved together are a norm, and a space below it changes nothing."""
    claims = [one for one in read(OWN, "notes.tex") if one.line > 7]
    assert [one.outcome in RIGHT for one in claims] == [True] * 3, claims
    for right, slip in [("- 2 ", "- "), (r"{A^\top y}", "{A y}"), ("^\\top = ", "^2 = ")]:
        slipped = [one for one in read(OWN.replace(right, slip, 1), "notes.tex") if one.line > 7]
        assert sum(one.outcome in RIGHT for one in slipped) == 2, slipped


def test_what_the_text_calls_a_row_is_no_column() -> None:
    """Its transpose is the column of its entries."""
    line = r"\begin{bmatrix} b_1 \\ \vdots \\ b_n \end{bmatrix} = \mathbf{b}^\top"
    for said, wrong in ((r"Take a fixed row vector $\mathbf{b}$.", False), (r"Take a fixed vector $\mathbf{b}$.", True)):
        assert any(one.outcome in WRONG for one in own_line(said, line)) is wrong


SIGMOID = r"Let $y = \sigma(z)$ with $\sigma(z) = 1/(1+e^{-z})$."
SHORT = [
    (SIGMOID, r"{\partial y}/{\partial z} = y (1-y)", r"{\partial y}/{\partial z} = y (1+y)"),
    (SIGMOID, r"{dy}/{dz} = {e^{-z}}/{(1+e^{-z})^2}", r"{dy}/{dz} = {e^{-z}}/{(1-e^{-z})^2}"),
    (SIGMOID, r"\sigma’(z) = \frac 1 {e^z} \sigma(z)^2", r"\sigma’(z) = \frac 1 {e^z} \sigma(z)"),
    (r"Let $\mathbb{x}, \mathbb{w} \in \mathbb{R}^n$.", r"\mathbb{w}^T \mathbb{x} = \sum_{i=1}^n w_i x_i",
     r"\mathbb{w}^T \mathbb{x} = 2 \sum_{i=1}^n w_i x_i"),
    ("Let $A, B$ be square matrices.", r"tr[A (A + B)] = tr[A^2] + tr[BA]", r"tr[A (A + B)] = tr[A^2] - tr[BA]"),
    ("", r"\underset{y \to 0}{\text{lim}} \frac{e^y - 1}{y} = 1", r"\underset{y \to 0}{\text{lim}} \frac{e^y - 1}{y} = 2"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), SHORT)
def test_other_ways_to_write_the_same(before: str, line: str, slip: str) -> None:
    """Derivatives in braces, another prime, letters of sets for vectors, traces in square brackets, limits in words."""
    assert all(one.outcome in RIGHT for one in own_line(before, line)), own_line(before, line)
    assert any(one.outcome in WRONG for one in own_line(before, slip)), own_line(before, slip)


EXTREMES = [
    r"w^* = \operatorname*{argmin}_{w, b}\ L(w, b)", r"w^* = \underset{w}{\operatorname{arg\,min}} \; L(w)",
    r"\underset{w}{\text{argmax}}\; \prod_i p_i(w) = \underset{w}{\text{argmax}}\; \sum_i \log p_i(w)",
    r"\operatorname*{argmax}_j \hat y_j = \operatorname*{argmax}_j o_j", r"b = \max_i x_i",
]  # fmt: skip


@pytest.mark.parametrize("line", EXTREMES)
def test_places_of_extreme_values_are_no_claims(line: str) -> None:
    """What is least or greatest somewhere is said to be so; where formulas tell the place, it is compared."""
    assert [one.role for one in own_line("", line)] == ["definition"]
    before = r"Let $f(x) = (x - 2)^2 + 3$. Then $\underset{x}{\arg\min} f(x) = 2$"
    found = read(before + r", or $\underset{x}{\arg\min} f(x) = 3$?" + "\n")
    assert found[1].outcome in RIGHT
    assert found[2].outcome not in RIGHT


SUMS = [
    (r"\sum_{j \neq i}^K u_j v_i = v_i \sum_{j=1}^K u_j - u_i v_i",
     r"\sum_{j \neq i}^K u_j v_i = v_i \sum_{j=1}^K u_j + u_i v_i", True),
    (r"\sum_{i \in \mathcal{B}_t} (a x_i + z_i) = a \sum_{i \in \mathcal{B}_t} x_i + \sum_{i \in \mathcal{B}_t} z_i",
     r"\sum_{i \in \mathcal{B}_t} (a x_i + z_i) = a \sum_{i \in \mathcal{B}_t} x_i - \sum_{i \in \mathcal{B}_t} z_i", False),
    (r"\sum_{i : y_i = c} (a x_i + z_i) = a \sum_{i: y_i = c} x_i + \sum_{i: y_i = c} z_i",
     r"\sum_{i : y_i = c} (a x_i + z_i) = a \sum_{i: y_i = c} x_i + \sum_{i: y_i = d} z_i", False),
    (r"\sum_{k'} e^{b_{k'}} c = c \sum_{k'} e^{b_{k'}}", r"\sum_{k'} e^{b_{k'}} c = 2 c \sum_{k'} e^{b_{k'}}", True),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip", "wrong"), SUMS)
def test_sums_over_all_but_one_over_sets_and_with_primed_indices(line: str, slip: str, wrong: bool) -> None:
    """Half of a range is from 1 on; a set is any one; a primed index is another one."""
    assert all(one.outcome in RIGHT for one in own_line("", line)), own_line("", line)
    found = own_line("", slip)
    assert not any(one.outcome in RIGHT for one in found), found
    assert any(one.outcome in WRONG for one in found) is wrong, found


@pytest.mark.parametrize(
    "line", [r"\sum_{i : y_i = c} y_i = c \sum_{i: y_i = c} 1", r"\sum_{i : y_i = c} \log q_c = N_c \log q_c"]
)
def test_what_a_condition_says_of_its_sum_is_not_forgotten(line: str) -> None:
    """What is true because of the condition, or of a number of elements that words give, is not called wrong."""
    assert not any(one.outcome in WRONG for one in own_line("", line)), own_line("", line)


def test_a_case_of_two_indices_gives_none_of_them_a_value() -> None:
    """Behind `i = j` alone in its line, i and j are two indices as before."""
    line = r"u_i + \sum_{j \neq i}^K u_j = \sum_{j=1}^K u_j"
    assert all(one.outcome in RIGHT for one in own_line("There are two cases.\n\n$i = j$\n\n$i \\ne j$\n\nIn all", line))
    slip = line.replace("u_i +", "u_i -")
    assert any(one.outcome in WRONG for one in own_line("There are two cases.\n\n$i = j$\n\n$i \\ne j$\n\nIn all", slip))


def test_a_word_on_the_left_is_a_name_and_continues_no_other_formula() -> None:
    r"""`\text{error} = 1 - 0.8` behind a formula that ends with 0.75 says nothing of 0.75; `\text{Hence} = b` goes on."""
    before = "We find $r = \\frac34 = 0.75$.\n\n"
    found = read(before + r"$$\text{error} = 1 - 0.8 = 0.2, \qquad \text{F1 score} = \frac35$$" + "\n")
    assert not any(one.outcome in WRONG for one in found), found
    assert any(one.outcome in RIGHT and one.line == 3 for one in found), found
    slipped = read(before + r"$$\text{error} = 1 - 0.8 = 0.3$$" + "\n")
    assert any(one.outcome in WRONG for one in slipped), slipped
    rows = r"\begin{aligned} (a + b)^2 &= a^2 + 2ab + b^2 \\ \text{(squares)} \quad &= a^2 + b^2 + ab \end{aligned}"
    assert any(one.outcome in WRONG for one in own_line("", rows))


ROWS = r"\begin{aligned} (a + b)^2 &= a^2 + 2ab + b^2 \text{ and hence } (a - b)^2 &= a^2 - 2ab + b^2 \\ \sqrt{t^2} &= t \text{ for } t > 0 \end{aligned}"
MORE = [
    ("", ROWS, ROWS.replace("- 2ab", "- ab")),
    ("", ROWS, ROWS.replace("t > 0", "t < 0")),
    ("", r"[2, 1] \rightarrow [e^2, e^{1}] = [7.39, 2.72] \rightarrow [0.73, 0.27]",
     r"[2, 1] \rightarrow [e^2, e^{1}] = [7.39, 2.27] \rightarrow [0.73, 0.27]"),
    ("Let $p_i, q_i > 0$ be probabilities and $D(p\\|\\|q) = \\sum_{i=1}^n p_i \\log \\frac{p_i}{q_i}$.",
     r"D(p\|\|q) = \sum_{i=1}^n p_i \log p_i - \sum_{i=1}^n p_i \log q_i",
     r"D(p\|\|q) = \sum_{i=1}^n p_i \log p_i + \sum_{i=1}^n p_i \log q_i"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), MORE)
def test_words_within_rows_lists_between_arrows_and_two_bars(before: str, line: str, slip: str) -> None:
    """Words part the equations of a row, arrows those of lists, and two norms side by side are one bar."""
    true = [one for one in own_line(before, line) if one.role == "claim"]
    passed = [one for one in own_line(before, slip) if one.role == "claim" and one.outcome in RIGHT]
    assert all(one.outcome in RIGHT for one in true), true
    assert len(passed) < len(true), passed


def test_a_sum_with_a_number_is_raised_to_a_power_in_brackets() -> None:
    """(1 - t)^{(n - k)} is a power; what may be a function may also be differentiated."""
    claim = r"Let $0 < t < 1$. Then $$\log((1-t)^{(n-k)}) = (n %s k)\log(1-t)$$"
    right, wrong = (read(claim % sign)[-1] for sign in "-+")
    assert right.outcome in RIGHT
    assert wrong.outcome in WRONG
    assert read(r"$$(uv)^{(n+1)} = u^{(n+1)} v$$")[-1].outcome is Outcome.UNREAD


def test_a_heading_that_asks_is_about_what_follows() -> None:
    text = "Let $a > 0$.\n\n$$(a + 1)^2 = a^2 + a + 1$$\n\n## What is %s\n\nIt is $b = 2$.\n"
    assert [read(text % words)[0].outcome in WRONG for words in ("$b$, the error?", "$b$")] == [True, True]


SMALL = [  # a line, and a slip in it
    (r"\int_0^1{t dt} = \frac12", r"\int_0^1{t dt} = \frac13"),
    (r"\int_{0}^{1}{3 t^2 \, dt} + 1 = 2", r"\int_{0}^{1}{3 t^2 \, dt} + 1 = 3"),
    (r"\begin{bmatrix} 1 & 2 \\\\\\ 3 & 4 \end{bmatrix} \begin{bmatrix} 1 \\ 1 \end{bmatrix} = \begin{bmatrix} 3 \\ 7 \end{bmatrix}",
     r"\begin{bmatrix} 1 & 2 \\\\\\ 3 & 4 \end{bmatrix} \begin{bmatrix} 1 \\ 1 \end{bmatrix} = \begin{bmatrix} 3 \\ 8 \end{bmatrix}"),
    (r"(\bf{u} - \bf{v})^T (\bf{u} - \bf{v}) = \bf{u}^T \bf{u} - 2 \bf{v}^T \bf{u} + {\bf v}^T {\bf v}",
     r"(\bf{u} - \bf{v})^T (\bf{u} - \bf{v}) = \bf{u}^T \bf{u} - 2 \bf{v}^T \bf{u} - {\bf v}^T {\bf v}"),
    (r"\frac1n (1 + 2 + \dotso + n) = \frac{n + 1}{2}", r"\frac1n (1 + 2 + \dotso + n) = \frac{n - 1}{2}"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "slip"), SMALL)
def test_braces_and_gaps_and_dots_and_switches(line: str, slip: str) -> None:
    """An integral in braces, rows of a matrix with a gap between them, and the names of dots in packages."""
    assert all(one.outcome in RIGHT for one in own_line("", line)), own_line("", line)
    assert all(one.outcome in WRONG for one in own_line("", slip)), own_line("", slip)


def test_a_column_with_an_empty_entry_is_not_read() -> None:
    (found,) = own_line("", r"\begin{bmatrix} 1 \\ \\ 2 \end{bmatrix} = \begin{bmatrix} 1 \\ 2 \end{bmatrix}")
    assert found.outcome is Outcome.UNREAD


def test_capitals_before_a_small_letter_are_a_product() -> None:
    """`DCk` is no word: of D outputs, C inputs and a kernel of size k it is their product."""
    right, slip = (rf"\frac{{C k^2 + CD}}{{DCk^2}} = \frac1{{{letter}}} + \frac1{{k^2}}" for letter in "DC")
    assert all(one.outcome in RIGHT for one in own_line("", right)), own_line("", right)
    assert all(one.outcome in WRONG for one in own_line("", slip)), own_line("", slip)
