r"""Ways of printing: `\bold`, `\space`, colours, words as functions, commas between thousands, open ends of rows, `=>`.

Every row is a line that holds, what is right in it, and a slip.
"""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, last_line, read

LINES = [  # what stands before, a line, and a slip for what stands between the bars
    ("", r"\frac{1 \space - \space q^2}{1 \space + \space q} = 1 - |q|", "q^2"),
    (r"Let $\bold{u} \in \mathbb{R}^n$ and $\bold{v} \in \mathbb{R}^n$.",
     r"(\bold{u} + \bold{v})^T \bold{u} = \bold{u}^T \bold{u} + |\bold{v}^T \bold{u}|", r"\bold{u}^T \bold{u}"),
    ("Let $y = u^2$ and $u = 3x$.",
     r"\frac{dy}{dx} = \textcolor{red}{\frac{dy}{du}} \textcolor{blue}{\frac{du}{dx}} = |18x|", "9x"),
    ("Let $y = u^2$ and $u = 3x$.", r"{\color{red} \frac{dy}{du}} \cdot {\color{blue} \frac{du}{dx}} = |18x|", "6x"),
    ("Let $a > 0$.", r"\text{Log}\, a^2 = |2|\, \text{Log}\, a", "3"),
    ("Let $a > 0$ and $b > 0$.", r"\text{Ln}\left(a b\right) = \text{Ln}(a) |+| \text{Ln}(b)", "-"),
    ("", r"\frac{2,500}{1,000} = |2.5|", "2.6"),
    ("", r"1,200 a - \frac{3,000}{2,500b - 49} = 1200 a - \frac{|3000|}{2500 b - 49}", "3100"),
    ("", r"(20,000b - 49)^2 = (49 - |20000| b)^2", "2000"),
    (r"", r"\sum_{\substack{i=1 \\ i \ne 2}}^3 i^2 = |10|", "14"),
    ("", r"\begin{aligned} (a + b)^2 = \\ a^2 + |2ab| + b^2 = \\ a (a + 2b) + b^2 \end{aligned}", "3ab"),
    ("", r"\begin{aligned} (a + b)^2 &= \\ &= a^2 + |2ab| + b^2 \end{aligned}", "3ab"),
    ("", r"\begin{aligned} \cosh 0 &= 1 \\ => \cosh^2 0 &= |1| \end{aligned}", "2"),
    ("", r"400, 000 - 2a = -2(a - |200, 000|)", "200"),
    ("Here $p(x) = x / 2$.",
     r"\prod_{i=1}^n p_i^{y_i} (1 - p_i)^{1 - y_i} = \prod_{i=1}^n (1 - p_i)^{|1 - y_i|} p_i^{y_i}", "y_i"),
    (r"Let $f = 2x$.", r"\underbrace{f}_{\substack{\text{first} \\ \text{part}}} + x = |3| x", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "slip"), LINES)
def test_true_and_wrong_lines_are_told_apart(before: str, line: str, slip: str) -> None:
    start, right, end = line.split("|")
    good, bad = last_line(before, f"{start}{right}{end}"), last_line(before, f"{start}{slip}{end}")
    assert [one.outcome for one in good if one.outcome not in RIGHT] == []
    assert any(one.outcome in WRONG for one in bad)


BRACKETED = r"Let $h \in \mathbb{R}^n$, $A \in \mathbb{R}^{m \times n}$ and $u = A h$.%s"


@pytest.mark.parametrize(("line", "right"), [(r"\frac{\partial u_{[i]}}{\partial h_{[j]}} = A_{[i,j]}", True),
                                             (r"\frac{\partial u_{[i]}}{\partial h_{[j]}} = A_{[j,i]}", False)])  # fmt: skip
def test_brackets_below_a_letter_hold_its_indices(line: str, right: bool) -> None:
    (found,) = last_line(BRACKETED % "", line)
    assert found.outcome in (RIGHT if right else WRONG)


@pytest.mark.parametrize("said", [" Let $h_{[i]}$ be the sorted $h_i$.", " Here $h_1$ is the first one."])
def test_brackets_below_a_letter_may_sort(said: str) -> None:
    assert all(one.outcome not in RIGHT for one in last_line(BRACKETED % said, r"2 h_{[1]} = 2 h_1"))


SOFTMAX = r"Let $v \in \mathbb{R}^d$ and $g(v) = e^v / \sum_j e^{v_j}$."
OF_ENTRIES = [
    (r"\frac{e^v}{\sum_{j=1}^d e^{v_j}} = |\operatorname{softmax}(v)|", r"\operatorname{softmax}(2 v)"),
    (r"g(v)_i = |\frac{e^{v_i}}{\sum_{j=1}^d e^{v_j}}|", r"2 \frac{e^{v_i}}{\sum_{j=1}^d e^{v_j}}"),
    (r"g(v) = \exp(v) / |\sum_k e^{v_k}|", r"(2 \sum_k e^{v_k})"),
]


@pytest.mark.parametrize(("line", "slip"), OF_ENTRIES)
def test_e_with_a_vector_above_it_is_taken_of_every_entry(line: str, slip: str) -> None:
    start, right, end = line.split("|")
    assert [one.outcome for one in last_line(SOFTMAX, f"{start}{right}{end}") if one.outcome not in RIGHT] == []
    assert all(one.outcome not in RIGHT for one in last_line(SOFTMAX, f"{start}{slip}{end}"))


def test_e_with_a_matrix_above_it_is_not_read() -> None:
    (found,) = last_line(r"Let $A$ be an $n \times n$ matrix.", r"e^{A} = \exp(A)")
    assert found.outcome not in RIGHT | WRONG


NEVER_RIGHT = [
    r"\max(1,200, 3) = 1200", r"f(1,200) = f(1200)", r"x_{1,200} = x_{1200}",
]  # fmt: skip


@pytest.mark.parametrize("line", NEVER_RIGHT)
def test_a_list_is_no_number(line: str) -> None:
    assert all(one.outcome not in RIGHT for one in last_line("", line) if one.role == "claim")


BEHIND = [  # two formulas, a slip for what is between the bars, and whether the second goes on from the first
    ("$G(s, t) = (s + t)^2$\n\n  $= s^2 + |2|st + t^2$ dollars", "3", True),
    (r"$u^2 - v^2$ \\\\ $= (u - v)(u + |v|)$", "2v", True),
    ("$(u + v)^2$ (where $w = 5$) $= |6|$", "7", False),
    ("$w = 5$ and the other is $= |6|$", "7", False),
    ("| $w = 5$ | $= |6|$ |", "7", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "slip", "goes_on"), BEHIND)
def test_a_formula_goes_on_from_the_one_with_nothing_between(text: str, slip: str, goes_on: bool) -> None:
    start, right, end = text.rsplit("|", 2) if not text.startswith("|") else (text[:-5], "6", "$ |")
    good, bad = read(f"{start}{right}{end}\n"), read(f"{start}{slip}{end}\n")
    assert (good[-1].outcome in RIGHT) is goes_on
    assert (bad[-1].outcome in WRONG) is goes_on


def test_what_a_name_is_a_function_of_is_no_claim() -> None:
    found = read("We look for $s = s(a)$ and $t = t(a, b) = 2a + b$.\n")
    assert [(one.left, one.right, one.role) for one in found] == [("s", "s(a)", "definition"), ("t", "2a + b", "definition")]
    assert read("Put $s = 2a$, $s = s(a)$. Then $$s^2 = 2a^2$$\n")[-1].outcome in WRONG
