"""The answer to part (b) of an exercise is about what question (b) lays down, whatever was laid down since."""

from __future__ import annotations

import pytest

from tests.document.lines import RIGHT, WRONG, read

SHEET = r"""## Exercise 1

**(a)** Solve $x^2 - 2 = 0$ from $x_0 = 1$.
**(b)** Minimise $f(x) = e^x - 2x$ from $x_0 = 0$.
**(c)** What goes wrong for $f(x) = x^4 - 2x^2$ at $x_0 = 0.25$?

### Solution

**(a)** The step is $x_{k+1} = x_k - \frac{x_k^2 - 2}{2x_k}$.

**(b)** We have """
FLAT = r"""Exercise 1. (a) Let $f(x) = x^2$ and find the slope.

(b) Let $f(x) = x^3$ and do the same.

Solution.

(a) Here """
TWO_LISTS = r"""# Functions

(a) Let $f(x) = x^2$.

(b) Let $f(x) = x^3$.

Now let $f(x) = \sin x$.

(a) We have """
NEXT = (
    FLAT
    + r"""$f'(x) = 2x$.

(b) Here $f'(x) = 3x^2$.

Exercise 2. Let $f(x) = \sin x$.

(a) We find """
)
NO_ANSWERS = TWO_LISTS.replace(r"Now let $f(x) = \sin x$.", "Solutions exist for both of them.")
OWN = FLAT + r"""we take $f(x) = \sin x$ instead.

(b) So """


@pytest.mark.parametrize(("before", "line", "slip"), [
    (SHEET, "f'(x) = e^x - 2", "f'(x) = e^x + 2"),
    (SHEET, "f''(x) = e^x", "f''(x) = e^{2x}"),
    (SHEET + "$f'(x) = e^x - 2$.\n\n**(c)** Here ", "f'(x) = 4x^3 - 4x", "f'(x) = 4x^3 - 2x"),
    (FLAT, "f'(x) = 2x", "f'(x) = 3x^2"),
    (TWO_LISTS, r"f'(x) = \cos x", "f'(x) = 2x"),
    (NEXT, r"f'(x) = \cos x", "f'(x) = 2x"),
    (NO_ANSWERS, "f'(x) = 3x^2", "f'(x) = 3x"),
    (OWN, r"f'(x) = \cos x", "f'(x) = 3x"),
])  # fmt: skip
def test_an_answer_is_about_its_question(before: str, line: str, slip: str) -> None:
    true, false = read(f"{before}${line}$.\n")[-1], read(f"{before}${slip}$.\n")[-1]
    assert (true.outcome in RIGHT, true.role) == (True, "claim"), true
    assert false.outcome not in RIGHT, false


def test_no_other_question_is_answered() -> None:
    """What holds of the function of the last question is not called wrong, nor proved, in the answer to another one."""
    assert read(f"{SHEET}$f'(x) = 4x^3 - 4x$.\n")[-1].outcome not in RIGHT


@pytest.mark.parametrize("text", [SHEET + "$f'(x) = e^x - 2$", NEXT + r"$f'(x) = \cos x$", TWO_LISTS + r"$f'(x) = \cos x$"])
def test_nothing_that_is_right_is_called_wrong(text: str) -> None:
    assert [(one.left, one.right) for one in read(text) if one.outcome in WRONG] == []
