"""Lines of the kind that published notes and manuals have: a true one is not called wrong, a wrong one is not passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

WRONG = {Outcome.REFUTED, Outcome.MALFORMED}
RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text + "\n"))


TRUE = [  # no line is wrong
    r"The log-odds are $\log .25 / .75 = -1.1$.",
    r"The inflation probability is fixed, $\pi = 0.3$. We use the distance with exponent $e$, and $e = 2$.",
    r"With a density $\pi$ we get $w(\theta, k) = \pi(\theta) / \pi(\theta)^k = \pi(\theta)^{1-k}$.",
    r"The nesting signifies that $c(1) = c(2)$.",
    r"Here $j^o$ is the other type, so that $1^o = 2$ and $2^o = 1$.",
    r"for $j = 1, 2 \mbox{ and } k = 1, 2, 3$.",
    r"The function $g(\mu, \nu) = \nu - \mu^2$ is linearised as $\Delta g(\mu, \nu) = \Delta\nu - 2\mu\Delta\mu$.",
    (r"The truncated variable is $Y = \max(\min(X, u), l)$ with $l < u$ for a random variable $X$. There are masses "
     r"$P(Y = l) = P(X \leq l)$ and $P(Y = u) = P(X > u)$."),
    (r"$$L(a, b) = \prod_{i=1}^n \frac{1}{b - a} 1_{[a,b]}(x_i) = 1_{a \leq x_i \leq b, i=1,\dots,n} \left( \frac{1}{b - a} "
     r"\right)^n$$"),
    r"$$t(w_n, \xi) = \frac{1}{2} \sum_{n=1}^k \|w_n\|^2 + \frac{C}{m} \sum_{i=1}^m \xi_i$$",
    r"$$\text{AUC}_{\ln k}(R(k)) = \left( \sum_{k=1}^n R(k) \right) / \left( \sum_{k=1}^n 1/k \right)$$",
    r"$$\ell(\{\beta_k\}_1^K) = \sum_{k=1}^K \|\beta_k\|^2$$",
    r"$$(2n - 3)!! = \frac{(2n - 3)!}{2^{n-2} (n - 2)!}$$",
    r"This is an additive change of the log-odds, $$\operatorname{logit}(\pi_t^1) = \operatorname{logit}(\pi_t^0) + \log R$$",
    (r"The likelihood is $${\mathcal L}(H_{[1,1]}) = C/12$$ $${\mathcal L}(H_{[1,2]}) = C/6$$"),
    ("Let $z = x + iy$. Then $z \\bar{z} = |z|^2$ and $e^{i\\varphi} = \\cos\\varphi + i \\sin\\varphi$.\n\n"
     "Engineers write j for the imaginary unit, so there $j^2 = -1$. Complex numbers."),
    r"Unbiasedness means $C X \beta = \beta$ for all $\beta \in \mathbb{R}^p$, where $C \in \mathbb{R}^{p \times n}$.",
    (r"The mask is random, $\Pr(m = 1) = 1 - q$ and $\Pr(m = 0) = q$. Then $$\operatorname{Var}(m) = q (1 - q)$$"),
    (r"Let $A \in \mathbb{R}^{n \times n}$, let $\sigma_i$ be its singular values and $\kappa(A) = \sigma_1 / \sigma_n$. Then "
     r"$$\kappa(A^T A) = \kappa(A)^2$$"),
    r"Hence $3^{100} \equiv 3^4 \equiv 4 \pmod 7$, and $3 \equiv 10$ (mod 7), and $17 \equiv 3$ modulo 7.",
    r"RSA: $N = 33$, $e = 3$, $d = 7$, as $ed = 21 \equiv 1 \pmod{20}$.",
    r"The stationary law $\pi = \pi P$ of $P = \begin{pmatrix} 1-a & a \\ b & 1-b \end{pmatrix}$ is unique.",
    (r"Let $a_n = 5a_{n-1} - 6a_{n-2}$, $a_0 = 1$, $a_1 = 4$. So $a_n = A\,2^n + B\,3^n$. A double root: "
     r"$a_n = 4a_{n-1} - 4a_{n-2}$, $a_0 = 1$, $a_1 = 6$ has the solution $a_n = (1 + 2n)2^n$."),
    r"Let $y_i = \alpha + \beta x_i + u_i$. Taking $y_i = x_i$ we get a familiar formula.",
    r"Put $M = I_n - X(X^TX)^{-1}X^T$ for an $n \times p$ matrix $X$. Since $M e = e$ for the residuals $e$, we are done.",
    r"The stationary law solves $\mu^\top P = \mu^\top$ for the $2 \times 2$ matrix $P$, and $P \mathbf{1} = \mathbf{1}$.",
    r"$$\mathbb{E}_{a \sim \pi}[b \, g_a] = b \sum_a \pi_a g_a$$",
    r"The default is $\theta_j = \lambda_j / \nu^2$. In the alternative parametrization $\theta_j = \lambda_j$.",
    "| a | $p_k = k/n$ |\n| b | $p_k = (k - 0.5)/n$ |\n| c | $p_k = k/(n + 1)$ |",
    r"$$2^{nd} \text{ update } x_2 = x_1 - \tau$$",
]  # fmt: skip


@pytest.mark.parametrize("text", TRUE, ids=[text[:60] for text in TRUE])
def test_a_true_line_is_not_called_wrong(text: str) -> None:
    assert [(one.left, one.right, one.detail) for one in read(text) if one.outcome in WRONG] == []


TACIT = [  # a line that needs what nobody says, what it needs, and a line that this would not save
    (r"For a random variable $X$ we have $$\Pr(|X - \mu| \ge c) = \Pr((X - \mu)^2 \ge %s)$$", "c^2", "c", "c is positive"),
    (r"With the density $f(x; \theta)$ we get $$\log \prod_{i=1}^n f(x_i; \theta) = \sum_{i=1}^n %s f(x_i; \theta)$$",
     r"\log", "2", "the values of f are positive"),
    ((r"Let $U$ be an $m \times r$ matrix, $S$ an $r \times r$ matrix and $V$ an $n \times r$ matrix. Then "
      r"$$V S U^T U S V^T = V %s V^T$$"), "S^2", "S^3", "U is orthonormal"),
    ((r"For the eigenvectors $u_k \in \mathbb{R}^n$ we have "
      r"$$\lambda_k u_j^T u_k = \begin{cases} %s, & j = k, \\ 0, & j \neq k \end{cases}$$"),
     r"\lambda_k", r"\lambda_k^2", "u is orthonormal"),
    (r"Let $V = \pi r^2 h$ and $A(r) = 2\pi r^2 + \frac{2V}{r}$. Then $$A'(r) = 4\pi r - \frac{%s}{r^2}$$", "2V", "4V",
     "V is fixed in A"),
    (r"For random $X$, with $\sigma$ its deviation, $$P(X / \sigma \le 2) = P(X \le %s)$$", r"2 \sigma", r"3 \sigma",
     "sigma is positive"),
    (r"For a random variable $X$ we have $$P(X > u) = P(X \ge u) %s$$", "", "+ 1", "single values have probability 0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false", "said"), TACIT, ids=[row[3] for row in TACIT])
def test_what_nobody_says_is_said(text: str, true: str, false: str, said: str) -> None:
    good, bad = read(text % true)[-1], read(text % false)[-1]
    assert good.outcome is Outcome.UNDECIDED
    assert said in good.detail
    assert bad.outcome not in RIGHT
    assert said not in bad.detail


PAIRS = [  # a text, the true line, a wrong one
    (r"A step of %s.", r"$1.5e-4 = 0.00015$", r"$1.5e-4 = 0.0015$"),
    (r"There are %s models.", "$2^{14} = 16,384$", "$2^{14} = 16,385$"),
    (r"There are %s models.", "$2^{20} = 1,048,576$", "$2^{20} = 1,048,577$"),
    (r"With the density $f(z) = w e^{-w}$ we get %s where $w = e^z$.", "$$f'(z) = (1 - w) f(z)$$", "$$f'(z) = (1 + w) f(z)$$"),
    (r"For small $\epsilon$ we have %s", r"$$\det(I + \epsilon A) = 1 + \epsilon \operatorname{tr} A + O(\epsilon^2)$$",
     r"$$\det(I + \epsilon A) = 1 - \epsilon \operatorname{tr} A + O(\epsilon^2)$$"),
    (r"Let $x \in \mathbb{R}^n$ and let $A$ be symmetric. %s",
     r"$$(x + \Delta x)^T A (x + \Delta x) = x^T A x + 2 x^T A \Delta x + \Delta x^T A \Delta x$$",
     r"$$(x + \Delta x)^T A (x + \Delta x) = x^T A x + x^T A \Delta x + \Delta x^T A \Delta x$$"),
    (r"Let $\sigma(z) = \frac{1}{1+e^{-z}}$. Then %s", r"$\sigma' = \sigma(1-\sigma)$", r"$\sigma' = \sigma(1+\sigma)$"),
    (r"Let $\sigma(z) = \frac{1}{1+e^{-z}}$. Then %s", r"$\sigma'' = \sigma(1-\sigma)(1-2\sigma)$",
     r"$\sigma'' = \sigma(1-\sigma)(1-\sigma)$"),
    (r"Let $f(x) = x^2 e^x$. Then %s", r"$f' = (1 + 2/x) f$", r"$f' = (1 - 2/x) f$"),
    (r"Let $p(x) = 1$ be the density. %s", r"$$p^k(1 - p)^{n-k} p^{a-1} = p^{a+k-1}(1 - p)^{n-k}$$",
     r"$$p^k(1 - p)^{n-k} p^{a-1} = p^{a+k}(1 - p)^{n-k}$$"),
    (r"By Fermat, %s", r"$3 \cdot 5 = 15 \equiv 1 \pmod 7$", r"$3 \cdot 5 = 16 \equiv 1 \pmod 7$"),
    (r"Let $r_n = 2 r_{n-1}$ and $r_0 = 3$. The solution is %s", r"$r_n = 3 \cdot 2^n$", r"$r_n = 3 \cdot 2^{n+1}$"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false"), PAIRS, ids=[row[1][:40] for row in PAIRS])
def test_true_and_wrong_lines_are_told_apart(text: str, true: str, false: str) -> None:
    good, bad = read(text % true), read(text % false)
    line = true.strip("$").partition("=")[0].strip()
    assert [one.outcome in RIGHT for one in good if one.left == line][-1:] == [True]
    assert [one.outcome for one in bad if one.left == line][-1:] == [Outcome.REFUTED]


NEVER_PROVED = [
    r"So we get $\Delta x / x = \Delta y / y$.",
    r"So we get $\frac{\Delta f}{\Delta x} = \frac{f}{x}$.",
    r"The likelihood is $${\mathcal L}(H_1) = C/12$$ $${\mathcal L}(H_2) = C/12$$",
    r"A step of $2e-3 = 0.002$.",
    r"We try $2^3 = 100,200,300$ models.",
    r"We try $n + 1 = 10,100,1000$ and get $10 = 10100$.",
    r"We have $\sqrt{2x \text{ of } y} = \sqrt{2xy}$.",
]


@pytest.mark.parametrize("text", NEVER_PROVED)
def test_what_was_not_understood_is_not_passed(text: str) -> None:
    assert all(one.outcome not in RIGHT for one in read(text) if one.role == "claim")


def test_a_line_that_holds_for_the_numbers_of_its_names_is_not_called_wrong() -> None:
    text = (r"With $\varphi = \frac{1+\sqrt5}{2}$ and $\psi = \frac{1-\sqrt5}{2}$ we get "
            r"$$\frac{\varphi^n - \psi^n}{\varphi - \psi} = \frac{\varphi^n - \psi^n}{\sqrt5}$$")  # fmt: skip
    assert read(text)[-1].outcome not in WRONG


ROOTS = [(r"\sqrt{s^2 / (4m)} = \frac12 s / \sqrt m", False), (r"\sqrt{\sigma^2} = \sigma", False), (r"\sqrt{x^2} = x", True),
         (r"\sqrt{(a - b)^2} = a - b", True), (r"\sqrt{s^2 / (4m)} = 2 s / \sqrt m", True)]  # fmt: skip


@pytest.mark.parametrize(("line", "wrong"), ROOTS)
def test_a_deviation_is_positive_and_a_variable_is_not(line: str, wrong: bool) -> None:
    assert (read(f"$${line}$$")[-1].outcome in WRONG) is wrong
