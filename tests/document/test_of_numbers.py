"""False lines of numbers are called wrong whatever the words say of names; what excuses numbers still does."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

PAIRS = [  # (what stands before it, a true line, a false one)
    (r"Let $f(x) = x^2$. At the point $x = 1$ we have ", r"$\frac{5+2+5}{6} = 2$", r"$\frac{5+2+5}{6} = 3$"),
    ("There the value is ", r"$\sqrt{24} = 4.899$", r"$\sqrt{24} = 4.999$"),
    ("If $n = 4$, then ", r"$\frac{4 \cdot 5}{2} = 10$", r"$\frac{4 \cdot 5}{2} = 11$"),
    ("The number $x$ solves $x^2 = 3$. We pay ", r"$20000 (1 - e^{-0.5}) = 7869.39$", r"$20000 (1 - e^{-0.5}) = 7969.39$"),
    ("The principal component has the length ", r"$\sqrt{1.2^2 + 0.6422^2} \approx 1.3610$",
     r"$\sqrt{1.2^2 + 0.6422^2} \approx 1.4610$"),
    ("For a matrix with zero trace between them, ", r"$2\pi (8 - 4) = 8\pi$", r"$2\pi (8 - 4) = 9\pi$"),
    ("To first order the change is ", r"$5 \cdot 2 + 10 \cdot (-1) = 0$", r"$5 \cdot 2 + 10 \cdot (-1) = 2$"),
    ("The interval has the length ", r"$2 \cdot 8^2 = 128$", r"$2 \cdot 8^2 = 228$"),
    ("Over many steps ", r"$0.999^{1000} \approx 0.368$", r"$0.999^{1000} \approx 0.378$"),
    ("About ", r"$17.3 \approx 17$", r"$17.3 \approx 19$"),
    ("We get ", r"$\frac{33.4012}{34.4012} + \frac{0.5988}{1.5988} \approx 0.9709 + 0.3745$",
     r"$\frac{33.4012}{34.4012} + \frac{0.5988}{1.5988} \approx 0.9709 + 0.3845$"),
    ("Let $f(x) = x^2 + 3x$. For $x = 2$ the value is ", "$f(2) = 10$", "$f(2) = 11$"),
    ("# One\n\nLet $f(x) = x^3$.\n\n# Two\n\nLet $f(x) = x^2 + 3x$. Then ", "$f'(2) = 7$", "$f'(2) = 8$"),
]  # fmt: skip
BEHIND = [  # (a false line with what stands behind it)
    r"$0.2 + 0.3 = 0.6$. The output error is $0.1$.",
    r"$0.2 + 0.3 = 0.6$. The error of the approximation is small.",
    r"$0.230849 - 0.232170 = -0.002321$ when central differences are used.",
    "$0.2 + 0.3 = 0.6$.\n\n# The next\n\nThe mistake is in the last line.",
]
EXCUSED = [  # false lines that are not called wrong
    r"$0.2 + 0.3 = 0.6$. The error is in the addition.",
    r"The mistake is in what follows. We get $1 + 1 = 3$.",
    r"A student computes at the point $\frac{3}{10} = 0.4$.",
    r"The negative branch is meant: $\sqrt{4} = -2$.",
    r"There $1.0001 - 1 = 0$ when we keep four digits.",
    r"With three-digit arithmetic we get $1.234 - 1.23 = 0$ by cancellation.",
    r"In base 3 we have $2 + 2 = 11$.",
    r"Neglecting quadratic terms, $1.1^2 = 1.21 \approx 1.2$ and $\sqrt{1.2} = 1.1$.",
    r"The distance is $3 \text{ km} = 3000 \text{ m}$, and $17 \approx 20$, $83 \approx 85$, $2.5 \approx 3$.",
]
ONE_DIGIT_MORE = [r"\frac{0.1}{0.4} = 0.2", r"\frac14 = 0.3", r"\frac18 = 0.13", r"0.5 \cdot 0.5 = 0.3"]


@pytest.mark.parametrize(("before", "true", "false"), PAIRS)
def test_words_about_names_do_not_excuse_numbers(before: str, true: str, false: str) -> None:
    assert read(before + true)[-1].outcome in RIGHT
    assert read(before + false)[-1].outcome in WRONG


@pytest.mark.parametrize("text", BEHIND)
def test_nor_does_what_stands_behind_them(text: str) -> None:
    assert read(text)[0].outcome in WRONG


@pytest.mark.parametrize("text", EXCUSED)
def test_what_is_about_numbers_does(text: str) -> None:
    assert not {one.outcome for one in read(text)} & WRONG


@pytest.mark.parametrize("line", ONE_DIGIT_MORE)
def test_a_decimal_that_ends_is_rounded_by_an_approximation_only(line: str) -> None:
    assert read(f"We get ${line}$.")[-1].outcome not in RIGHT | WRONG
    assert read(f"We get ${line.replace('=', chr(92) + 'approx')}$.")[-1].outcome in RIGHT
    assert read(r"We get $\frac23 = 0.7$.")[-1].outcome in RIGHT
