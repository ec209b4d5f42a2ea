"""Lines that do not hold and that nobody claims are not called wrong; beside them, the same lines are."""

from __future__ import annotations

import pytest

from calcds.document.finding import Finding
from tests.document.lines import RIGHT, WRONG, read

NAMES = r"Let $A$ and $B$ be $n \times n$ matrices, $u, v \in \mathbb{R}^n$; $a, b, x$ are real numbers."
SQUARE, PYTHAGORAS = "$(a+b)^2 = a^2 + b^2$", r"$\|u+v\|^2 = \|u\|^2 + \|v\|^2$"

ASIDE = [  # (text with a line that nobody claims)
    f"Which of the following is true?\n\n(a) {SQUARE}\n(b) $(a+b)^2 = a^2 + 2ab + b^2$\n",
    f"True or false?\n\n1. $ab = ba$.\n2. {SQUARE}.\n",
    f"Find the mistake in the following proof. Let $a$ and $b$ be numbers. Then {SQUARE}.",
    f"Students often compute {SQUARE}.",
    f"Nobody should write {SQUARE}.",
    f"Disprove: {SQUARE}.",
    f"We do *not* have {SQUARE}.",
    f"Show that the following is false in general:\n\n${SQUARE}$\n",
    f"This would imply {SQUARE}.",
    f"First guess: {SQUARE}. But this is wrong.",
    f"| wrong | right |\n|---|---|\n| {SQUARE} | $(a+b)^2 = a^2 + 2ab + b^2$ |\n",
    f"| statement | holds |\n|---|---|\n| {SQUARE} | no |\n",
    f"# Common mistakes\n\n{SQUARE}\n",
    f"The freshman's dream {SQUARE} has a name.",
    f"Beware! {SQUARE} holds for $ab = 0$ only.",
    "Then $1 = 0$.",
    "The last row reads $0 = 5$, so that there is no solution.",
    "In $\\mathbb{Z}_7$ we have $3 \\cdot 5 = 1$.",
    "All arithmetic is done modulo 7.\n\nSo we get $3 \\cdot 5 = 1$.",
    "Boolean algebra is different: $a + a = a$.",
    "On a clock, $10 + 5 = 3$.",
    "Es gilt $1,5 + 2,5 = 4$.",
    "The price rises by $10\\%$: $100 + 10\\% = 110$.",
    f"A student claims: {SQUARE}. Explain.",
    f"**Misconception:** {SQUARE}.",
    f"Instead of {SQUARE} one has something else.",
    f"1. (F) {SQUARE}\n2. (T) $ab = ba$\n",
    f"- {SQUARE} [F]\n- $ab = ba$ [T]\n",
    f'*Claim.* {SQUARE}.\n\n"Proof." By induction. The mistake is easy to find.',
    "$5/2 = 2$ with remainder $1$.",
    "Angles are counted in degrees here: $\\cos 60 = 0.5$.",
    "Define $a * b = a + b + 1$. Then $2 * 3 = 6$.",
    "With the identity $E$ we have $(A - E)(A + E) = A^2 - E$.",
    "The conjugate: $\\overline{z} = a - bi$ for $z = a + bi$; $\\frac1z = \\frac{\\bar z}{|z|^2}$.",
    "The same in brackets: $[7/2] = 3$.",
    "For real $x$: $|x| = x \\quad \\text{if } x \\geq 0$.",
    "With $x \\cup y$ as the sum, $a + a = a$.",
    "Suppose for contradiction that $a$ is rational. It follows that $2 \\cdot 3 = 7$.",
]
CLAIMED = [  # the same lines where they are claimed, and wrong
    f"Which of the following is true? We know the answer.\n\nFor all numbers {SQUARE}.",
    f"Find the mean. Let $a$ and $b$ be numbers. Then {SQUARE}.",
    f"Students know {SQUARE}.",
    f"Note that {SQUARE}. But this is easy.",
    f"| left | right |\n|---|---|\n| {SQUARE} | $ab = ba$ |\n",
    f"One example of many is {SQUARE}.",
    f"The student office is closed. Now {SQUARE}.",
    "Write $ab$ instead of $ba$. The sum is $2 + 3 = 6$.",
    "In a right triangle $a = 3$. The area is $2 \\cdot 3 = 7$.",
    f"# Common formulas\n\n{SQUARE}\n",
    f"Suppose for contradiction that it does not converge. This fails. $\\square$\n\nNow {SQUARE}.",
    "We get $3 \\cdot 5 = 1$.",
    "All arithmetic is easy. So we get $10 + 5 = 3$.",
    "The thousands are parted by commas: $2,000 + 3,000 = 6,000$.",
    "For real $x$: $|x| = \\begin{cases} x & \\text{if } x \\geq 0 \\\\ x & \\text{if } x < 0 \\end{cases}$.",
]
OFFERED = [  # (text, how many lines of it are called wrong)
    ("What is it? A. $7 \\cdot 8 = 54$ B. $7 \\cdot 8 = 56$ C. $7 \\cdot 8 = 63$", 0),
    ("A. $7 \\cdot 8 = 54$ B. $7 \\cdot 8 = 55$ C. $7 \\cdot 8 = 63$", 3),
    ("Anna has $\\int_0^1 x^2\\,dx = \\frac12$, Ben $\\int_0^1 x^2\\,dx = \\frac13$.", 0),
    ("Anna has $\\int_0^1 x^2\\,dx = \\frac12$, Ben $\\int_0^1 x^3\\,dx = \\frac14$.", 1),
    ("$7 \\cdot 8 = 56$." + "\n\nFar away.\n" * 8 + "$7 \\cdot 8 = 54$", 1),
]
COARSE = [  # (true, wrong): numbers that are rounded without a point, with units, or that are no Euler's number
    ("Rounding to tens, $85 \\approx 90$.", "So $47 + 38 = 85 \\approx 120$."),
    ("So $7/2 \\approx 4$.", "So $7/2 \\approx 6$."),
    ("So $2^{10} \\approx 10^3$.", "So $2^{10} \\approx 800$."),
    ("The level is $10\\log_{10} 2 = 3$ dB.", "The level is $10\\log_{10} 2 = 4$ dB."),
    ("$\\frac13 + \\frac13 = 0.33 + 0.33 = 0.66$", "$\\frac13 + \\frac13 = 0.33 + 0.43 = 0.76$"),
    ("$1\\,\\text{km} = 1000\\,\\text{m}$", "$3 + 4 = 8$"),
    ("$2 \\cdot 6.022 \\cdot 10^{23} = 1.2 \\cdot 10^{24}$", "$2 \\cdot 6.022 \\cdot 10^{23} = 1.3 \\cdot 10^{24}$"),
    ("Then $0.04 + 0.0088 = 0.0488 \\approx 0.05$.", "Then $0.04 + 0.0088 = 0.0488 \\approx 0.06$."),
    ("The charge is $e = 1.6 \\cdot 10^{-19}$.", "Euler's number is $e = 2.817$."),
]
FAR = [  # conditions that stand far from the claim that holds under them
    f"**Theorem 2 (orthogonal case).** For all such vectors {PYTHAGORAS}.",
    f"\\begin{{theorem}}[Orthogonal case]\nFor all vectors {PYTHAGORAS}.\n\\end{{theorem}}",
    f"## Orthogonal vectors\n\nHere Pythagoras holds:\n\n${PYTHAGORAS}$",
    f"**Lemma.** Orthogonal vectors add up nicely.\n\n*Proof.* We compute {PYTHAGORAS}.",
    f"We find {PYTHAGORAS}.[^1]\n\n[^1]: The vectors are always orthogonal here.\n",
    "Diagonal matrices commute. We look at such matrices. $(AB)^2 = A^2 B^2$.",
    "- both are positive: $|a + b| = |a| + |b|$\n- otherwise: something else\n",
    "With $AB = BA$ everything is easy.\n\nThen $(A+B)^2 = A^2 + 2AB + B^2$.",
    "Let $a$ be a root of $x^2 - x - 1$. Then $a^3 = 2a + 1$.",
]
NEAR = [  # slips that no condition excuses: a small change mends them for all values
    r"**Theorem 2 (orthogonal case).** For all such vectors $\|2u\|^2 = 2 \|u\|^2$.",
    "## The commuting case\n\nHere $(AB)^T = A^T B^T$.",
    "Diagonal matrices commute. We look at such matrices. $(A + B)^T = A^T - B^T$.",
]


def bad(text: str) -> list[Finding]:
    """The lines of a text that are called wrong."""
    return [one for one in read(f"{NAMES}\n\n{text}\n") if one.outcome in WRONG]


@pytest.mark.parametrize("text", ASIDE)
def test_what_nobody_claims_is_not_called_wrong(text: str) -> None:
    """Nor is it proved."""
    assert bad(text) == []
    assert not any(one.outcome in RIGHT and one.right == "a^2 + b^2" for one in read(text + "\n"))


@pytest.mark.parametrize("text", CLAIMED)
def test_what_is_claimed_is_called_wrong(text: str) -> None:
    """The words are about something else."""
    assert len(bad(text)) == 1


@pytest.mark.parametrize("text", FAR)
def test_a_condition_that_stands_far_away(text: str) -> None:
    """In a title, the head of a theorem, a footnote, a lead, or a sentence before."""
    assert bad(text) == []


@pytest.mark.parametrize("text", NEAR)
def test_a_slip_is_one_in_spite_of_conditions(text: str) -> None:
    """They are not what it lacks."""
    assert len(bad(text)) == 1


@pytest.mark.parametrize(("true", "wrong"), COARSE)
def test_coarse_numbers(true: str, wrong: str) -> None:
    """What is near is not called wrong, what is far is."""
    assert bad(true) == []
    assert len(bad(wrong)) == 1


@pytest.mark.parametrize(("text", "wrong"), OFFERED)
def test_values_that_are_offered_for_one_side(text: str, wrong: int) -> None:
    """One of them holds, and stands near."""
    assert len(bad(text)) == wrong
