"""Laws of random variables: masses, densities, tails and moments; of laws that words, samples and printed formulas state."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcds.decide.verdict import Outcome
from calcds.document.checking import findings
from calcds.document.finding import Finding
from calcds.document.source.extract import cut

RIGHT = {Outcome.PROVED, Outcome.SUPPORTED}
WRONG = {Outcome.REFUTED, Outcome.MALFORMED}


def read(text: str) -> list[Finding]:
    return findings(cut(Path("notes.md"), text))


POISSON = r"Let the random variable $N$ be Poisson with mean $\lambda > 0$. Then "
BINOMIAL = r"Let $S \sim \mathrm{Bin}(n, p)$ be a random variable. Then "
FIRST = r"Let the random variable $N$ be geometric, $P(N = k) = (1-p)^{k-1} p$ for $k = 1, 2, \dots$. Then "
FAILURES = r"A random variable has $P(N = k) = p (1-p)^k$ for $k = 0, 1, \dots$. Then "
DIE = r"Let the random variable $X$ be the number that a fair die shows. Then "
FACES = r"A random variable $X$ has $P(X = k) = \frac1n$ for $k = 1, \dots, n$. Then "
WAITING = r"Let the random time $T$ be exponential with rate $\lambda > 0$. Then "
DENSITY = r"Let $f(x) = \lambda e^{-\lambda x}$ for $x \ge 0$ be the density. Then the expectation is "
GAMMA = r"Let the random variable $X$ be gamma with shape $a$ and rate $b$. Then "
ERLANG = r"Let the random variable $X$ have density $f(x) = \lambda^2 x e^{-\lambda x}$. Then "
BETA = r"Let $X \sim \mathrm{Beta}(a, b)$ be a random variable. Then "
SQUARES = r"Let $Q \sim \chi^2_k$ be a random variable. Then "
LAPLACE = r"Let $X \sim \mathrm{Laplace}(m, b)$ be a random variable with scale $b > 0$. Then "
UNIFORM = r"Let $U \sim U(a, b)$ be a random variable. Then "
NORMAL = r"Let $X$ be normal with mean $\mu$ and variance $\sigma^2$. Then "
CALLS = (
    r"The number $X$ of calls is a random variable with $P(X=0) = 0.1$, $P(X=1) = 0.3$, $P(X=2) = 0.4$ "
    r"and $P(X=3) = 0.2$. Then "
)
BIT = r"If the random variable $X \in \{0, 1\}$ has $P(X = 1) = p$, then "
PAIRS = [  # what is said, a true line, a wrong one
    (CALLS, r"$E[X] = 0.3 + 0.8 + 0.6$", r"$E[X] = 0.3 + 0.8 + 0.9$"),
    (CALLS, r"$E[X^2] = 3.7$", r"$E[X^2] = 2.7$"),
    (CALLS, r"$\operatorname{Var}(X) = 3.7 - 1.7^2$", r"$\operatorname{Var}(X) = 3.7 - 1.7$"),
    (CALLS, r"$P(X \ge 2) = 0.6$", r"$P(X \ge 2) = 0.4$"),
    (CALLS, r"$E[2^X] = 3.9$", r"$E[2^X] = 3.8$"),
    (BIT, r"$E[X] = p$", r"$E[X] = 1 - p$"),
    (BIT, r"$\operatorname{Var}(X) = p - p^2$", r"$\operatorname{Var}(X) = p + p^2$"),
    (POISSON, r"$P(N = k) = \frac{\lambda^k e^{-\lambda}}{k!}$", r"$P(N = k) = \frac{\lambda^k e^{-\lambda}}{(k+1)!}$"),
    (POISSON, r"$P(N = 0) = e^{-\lambda}$", r"$P(N = 0) = e^{\lambda}$"),
    (POISSON, r"$P(N = 2) = \frac{\lambda^2}{2} e^{-\lambda}$", r"$P(N = 2) = \lambda^2 e^{-\lambda}$"),
    (POISSON, r"$P(N \ge 1) = 1 - e^{-\lambda}$", r"$P(N \ge 1) = e^{-\lambda}$"),
    (POISSON, r"$P(N > 1) = 1 - (1 + \lambda) e^{-\lambda}$", r"$P(N > 1) = 1 - e^{-\lambda}$"),
    (POISSON, r"$P(N < 2) = (1 + \lambda) e^{-\lambda}$", r"$P(N < 2) = (1 + \lambda + \lambda^2/2) e^{-\lambda}$"),
    (POISSON, r"$P(0 < N \le 2) = (\lambda + \lambda^2/2) e^{-\lambda}$", r"$P(0 < N \le 2) = (1 + \lambda) e^{-\lambda}$"),
    (POISSON, r"$P(N = k+1) = \frac{\lambda}{k+1} P(N = k)$", r"$P(N = k+1) = \frac{\lambda}{k} P(N = k)$"),
    (POISSON, r"$E[N^3] = \lambda^3 + 3\lambda^2 + \lambda$", r"$E[N^3] = \lambda^3 + \lambda^2 + \lambda$"),
    (POISSON, r"$E[N(N-1)(N-2)] = \lambda^3$", r"$E[N(N-1)(N-2)] = \lambda^2$"),
    (POISSON, r"$\sum_{k=0}^\infty P(N = k) = 1$", r"$\sum_{k=0}^\infty P(N = k) = \lambda$"),
    (POISSON, r"$E[N] = \lambda$", r"$E[N] = \lambda^2$"),
    (BINOMIAL, r"$P(S = k) = \binom{n}{k} p^k (1-p)^{n-k}$", r"$P(S = k) = \binom{n}{k} p^k (1-p)^{k}$"),
    (BINOMIAL, r"$P(S = 0) = (1-p)^n$", r"$P(S = 0) = p^n$"),
    (BINOMIAL, r"$P(S \ge 1) = 1 - (1-p)^n$", r"$P(S \ge 1) = 1 - p^n$"),
    (BINOMIAL, r"$P(S = n) = p^n$", r"$P(S = n) = (1-p)^n$"),
    (FIRST, r"$E[N] = \frac1p$", r"$E[N] = \frac{1-p}{p}$"),
    (FIRST, r"$\operatorname{Var}(N) = \frac{1-p}{p^2}$", r"$\operatorname{Var}(N) = \frac{1}{p^2}$"),
    (FIRST, r"$E[N^2] = \frac{2-p}{p^2}$", r"$E[N^2] = \frac{2+p}{p^2}$"),
    (FIRST, r"$P(N > k) = (1-p)^k$", r"$P(N > k) = (1-p)^{k+1}$"),
    (FIRST, r"$P(N \ge 3) = (1-p)^2$", r"$P(N \ge 3) = (1-p)^3$"),
    (FIRST, r"$P(N > m + n \mid N > m) = P(N > n)$", r"$P(N > m + n \mid N > m) = P(N > m)$"),
    (FAILURES, r"$E[N] = \frac{1-p}{p}$", r"$E[N] = \frac1p$"),
    (FAILURES, r"$P(N \ge k) = (1-p)^k$", r"$P(N \ge k) = (1-p)^{k+1}$"),
    (DIE, r"$E[X] = \frac72$", r"$E[X] = 3$"),
    (DIE, r"$\operatorname{Var}(X) = \frac{35}{12}$", r"$\operatorname{Var}(X) = \frac{91}{6}$"),
    (DIE, r"$P(X \ge 5) = \frac13$", r"$P(X \ge 5) = \frac16$"),
    (DIE, r"$P(2 \le X \le 4) = \frac12$", r"$P(2 \le X \le 4) = \frac13$"),
    (DIE, r"$E[2^X] = 21$", r"$E[2^X] = 22$"),
    ("A random experiment. For a fair die, ", r"$E[X^2] = \frac{91}{6}$", r"$E[X^2] = \frac{49}{4}$"),
    (FACES, r"$E[X] = \frac{n+1}{2}$", r"$E[X] = \frac{n}{2}$"),
    (FACES, r"$\operatorname{Var}(X) = \frac{n^2-1}{12}$", r"$\operatorname{Var}(X) = \frac{n^2+1}{12}$"),
    (FACES, r"$P(X \le k) = \frac{k}{n}$", r"$P(X \le k) = \frac{k-1}{n}$"),
    (WAITING, r"$E[T] = \frac1\lambda$", r"$E[T] = \lambda$"),
    (WAITING, r"$P(T \le t) = 1 - e^{-\lambda t}$", r"$P(T \le t) = e^{-\lambda t}$"),
    (WAITING, r"$P(T > s + t \mid T > s) = P(T > t)$", r"$P(T > s + t \mid T > s) = P(T > s)$"),
    (WAITING, r"$P(a < T \le b) = e^{-\lambda a} - e^{-\lambda b}$", r"$P(a < T \le b) = e^{-\lambda b} - e^{-\lambda a}$"),
    (WAITING, r"$E[T^3] = \frac{6}{\lambda^3}$", r"$E[T^3] = \frac{3}{\lambda^3}$"),
    (WAITING, r"$E[e^{-T^2}] = \int_0^\infty e^{-t^2} \lambda e^{-\lambda t} \, dt$",
     r"$E[e^{-T^2}] = \int_0^\infty e^{-t^2} e^{-\lambda t} \, dt$"),
    (DENSITY, r"$E[X^2] = \frac{2}{\lambda^2}$", r"$E[X^2] = \frac{1}{\lambda^2}$"),
    (DENSITY, r"$E[X] = \int_0^\infty x \lambda e^{-\lambda x} \, dx = \frac1\lambda$",
     r"$E[X] = \int_0^\infty x \lambda e^{-\lambda x} \, dx = \lambda$"),
    (DENSITY, r"$P(X > t) = e^{-\lambda t}$", r"$P(X > t) = 1 - e^{-\lambda t}$"),
    (GAMMA, r"$E[X] = \frac ab$", r"$E[X] = ab$"),
    (GAMMA, r"$\operatorname{Var}(X) = \frac{a}{b^2}$", r"$\operatorname{Var}(X) = \frac{a^2}{b^2}$"),
    (GAMMA, r"$E[X^2] = \frac{a(a+1)}{b^2}$", r"$E[X^2] = \frac{a(a-1)}{b^2}$"),
    (ERLANG, r"$E[X] = \frac{2}{\lambda}$", r"$E[X] = \frac{1}{\lambda}$"),
    (BETA, r"$E[X] = \frac{a}{a+b}$", r"$E[X] = \frac{b}{a+b}$"),
    (BETA, r"$\operatorname{Var}(X) = \frac{ab}{(a+b)^2 (a+b+1)}$", r"$\operatorname{Var}(X) = \frac{ab}{(a+b)^2 (a+b)}$"),
    (BETA, r"$E[X(1-X)] = \frac{ab}{(a+b)(a+b+1)}$", r"$E[X(1-X)] = \frac{ab}{(a+b)^2}$"),
    (SQUARES, r"$E[Q^2] = k^2 + 2k$", r"$E[Q^2] = k^2 + k$"),
    (SQUARES, r"$\operatorname{Var}(Q) = 2k$", r"$\operatorname{Var}(Q) = k$"),
    (LAPLACE, r"$\operatorname{Var}(X) = 2b^2$", r"$\operatorname{Var}(X) = b^2$"),
    (UNIFORM, r"$E[U^3] = \frac{a^3 + a^2 b + a b^2 + b^3}{4}$", r"$E[U^3] = \frac{a^3 + b^3}{4}$"),
    (UNIFORM, r"$E[e^U] = \frac{e^b - e^a}{b - a}$", r"$E[e^U] = \frac{e^b + e^a}{b - a}$"),
    (r"The random index $J$ is uniform on $\{1, \dots, n\}$. Then ", r"$E[J^2] = \frac{(n+1)(2n+1)}{6}$",
     r"$E[J] = \frac{n-1}{2}$"),
    (r"The random number $H$ of heads has $P(H = k) = \binom{n}{k} 2^{-n}$, so ", r"$\operatorname{Var}(H) = \frac n4$",
     r"$\operatorname{Var}(H) = \frac n2$"),
    (r"The random number $N$ has $P(N = k) = \left(\frac56\right)^{k-1} \frac16$, so ", r"$E[N] = 6$", r"$E[N] = 5$"),
    (BINOMIAL, r"$E[s^S] = (1 - p + ps)^n$", r"$E[s^S] = (1 + p + ps)^n$"),
    (r"Let $X$ be exponential with rate $1$, a random variable. ", r"$P(|X - 1| \ge 2) = e^{-3}$",
     r"$P(|X - 1| \ge 2) = e^{-2}$"),
    (r"Random variables. **Gamma.** Density $\frac{b^a}{\Gamma(a)} x^{a-1} e^{-bx}$, $x > 0$. ", r"$E[X] = \frac ab$",
     r"$E[X] = \frac ba$"),
    (r"Random variables. **Normal.** $f(x) = \frac{1}{\sqrt{2\pi}\sigma} e^{-\frac{(x-m)^2}{2\sigma^2}}$. ",
     r"$E[X^2] = m^2 + \sigma^2$", r"$E[X^2] = m^2 - \sigma^2$"),
    (NORMAL, r"$E[\cos X] = e^{-\sigma^2/2} \cos \mu$", r"$E[\cos X] = e^{-\sigma^2} \cos \mu$"),
    (NORMAL, r"$P(X \le \mu) = \frac12$", r"$P(X \le \mu) = \frac14$"),
]  # fmt: skip

FORMULA = r"Random variables. The first moments of $\mathcal{N}(\mu, \sigma^2)$ are "
TIMES = r"Random variables. Waiting times have density $p(t; \lambda) = \lambda e^{-\lambda t}$ for $t \ge 0$. We get "
PAIRS += [
    (FORMULA, r"$E[X] = \mu$, $E[X^2] = \mu^2 + \sigma^2$", r"$E[X] = \mu$, $E[X^2] = \mu^2 - \sigma^2$"),
    (FORMULA, r"$E[X] = \mu$. It has $E[e^{tX}] = e^{\mu t + \sigma^2 t^2 / 2}$",
     r"$E[X] = \mu$. It has $E[e^{tX}] = e^{\mu t + \sigma^2 t^2}$"),
    (FORMULA, r"$E[X] = \mu$, and for the standard Gaussian $E[Z^4] = 3$",
     r"$E[X] = \mu$, and for the standard Gaussian $E[Z^4] = 4$"),
    (TIMES, r"$E[T^2] = \frac{2}{\lambda^2}$", r"$E[T^2] = \frac{1}{\lambda^2}$"),
    (TIMES, r"$\operatorname{Var}(T) = \frac{2}{\lambda^2} - \frac{1}{\lambda^2}$",
     r"$\operatorname{Var}(T) = \frac{2}{\lambda^2} + \frac{1}{\lambda^2}$"),
]  # fmt: skip
BITS = (r"Let $X, Y \in \{0, 1\}$ be random variables with the joint probabilities $p(0,0) = 0.4$, $p(0,1) = 0.1$, "
        r"$p(1,0) = 0.2$, $p(1,1) = 0.3$. Then ")
ROLLS = (r"Of two random variables $P(X=0, Y=1) = \frac12$, $P(X=2, Y=1) = \frac14$ and $P(X=2, Y=3) = \frac14$. Then ")
PAIRS += [
    (BITS, r"$P(X = 1) = 0.2 + 0.3$", r"$P(X = 1) = 0.1 + 0.3$"),
    (BITS, r"$P(Y = 1) = 0.4$", r"$P(Y = 1) = 0.5$"),
    (BITS, r"$E[XY] = 0.3$", r"$E[XY] = 0.2$"),
    (BITS, r"$\operatorname{Cov}(X, Y) = 0.3 - 0.5 \cdot 0.4$", r"$\operatorname{Cov}(X, Y) = 0.3 - 0.5 \cdot 0.5$"),
    (BITS, r"$\operatorname{Var}(Y) = 0.4 \cdot 0.6$", r"$\operatorname{Var}(Y) = 0.4 \cdot 0.5$"),
    (BITS, r"$P(Y = 1 \mid X = 1) = 0.3 / 0.5$", r"$P(Y = 1 \mid X = 1) = 0.3 / 0.4$"),
    (BITS, r"$P(X = Y) = 0.7$", r"$P(X = Y) = 0.3$"),
    (ROLLS, r"$E[XY] = 2$", r"$E[XY] = 1$"),
    (ROLLS, r"$E[2^X Y] = 4.5$", r"$E[2^X Y] = 4$"),
    (ROLLS, r"$P(X > Y \mid X = 2) = \frac12$", r"$P(X > Y \mid X = 2) = \frac14$"),
]  # fmt: skip
GRID = ("Two random variables:\n\n| | $Y=0$ | $Y=1$ |\n|---|---|---|\n| $X=0$ | 0.4 | $0.1$ |\n| $X=1$ | 1/5 | 0.3 |\n\nThen ")
ARRAY = (r"Two random variables: \begin{tabular}{c|cc|c} & $T=1$ & $T=3$ & sum \\ \hline $S=1$ & $\frac12$ & 0 & $\frac12$ \\ "
         r"$S=2$ & $0.25$ & $0.25$ & 0.5 \end{tabular} Then ")
PAIRS += [
    (GRID, r"$P(X = 1) = 0.2 + 0.3$", r"$P(X = 1) = 0.1 + 0.3$"),
    (GRID, r"$E[X] = 0.5$", r"$E[X] = 0.4$"),
    ("(Take $Y = X^2$, for a contrast.)\n\n" + GRID, r"$P(X = 1, Y = 1) = 0.3$", r"$P(X = 1, Y = 1) = 0.5$"),
    (GRID, r"$P(Y = 1 \mid X = 0) = \frac{0.1}{0.5}$", r"$P(Y = 1 \mid X = 0) = \frac{0.1}{0.4}$"),
    (ARRAY, r"$E[ST] = 0.5 + 0.5 + 1.5$", r"$E[ST] = 0.5 + 0.5 + 0.5$"),
    (ARRAY, r"$\operatorname{Var}(T) = \frac34$", r"$\operatorname{Var}(T) = \frac14$"),
]  # fmt: skip
COUNTED = r"For a random variable $K$, binomial with $n = 10$, $\theta = 0.7$, we have "
PAIRS += [
    (COUNTED, r"$E[K] = 7$", r"$E[K] = 3$"),
    (COUNTED, r"$P(K = 7) = \binom{10}{7} 0.7^7 0.3^3$", r"$P(K = 7) = \binom{10}{7} 0.7^3 0.3^7$"),
    (r"Let the random variable $N$ be Poisson with $\lambda = 2$. Then ", r"$E[N^2] = 6$", r"$E[N^2] = 4$"),
]  # fmt: skip
NUMBERED = (r"Let $X_1$ and $X_2$ be random variables with $E[X_1] = 1$, $E[X_2] = 2$, $\operatorname{Var}(X_1) = 4$, "
            r"$\operatorname{Var}(X_2) = 3$ and $\operatorname{Cov}(X_1, X_2) = 2$. Then ")
PAIRS += [
    (NUMBERED, r"$E[X_1 - X_2] = -1$", r"$E[X_1 - X_2] = 1$"),
    (NUMBERED, r"$\operatorname{Var}(X_1 + X_2) = 11$", r"$\operatorname{Var}(X_1 + X_2) = 9$"),
]  # fmt: skip
DATA = r"Of a random sample let $\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i - \bar x)^2$. The expectation is "
STATIONARY = r"Suppose the random gradients $g_j$ all have expectation $\mathbb{E}g$. Then "
SCORES = r"Let $X$ be normal with mean $\mu$ and variance $\sigma^2$. With $\mu = 100$ and $\sigma = 15$ we get "
PAIRS += [
    (DATA, r"$E[\hat\sigma^2] = \frac{n-1}{n} \sigma^2$", r"$E[\hat\sigma^2] = \frac{n+1}{n} \sigma^2$"),
    ("For a sample, ", r"$E\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = (n-1) \sigma^2$",
     r"$E\left[\sum_{i=1}^n (X_i - \bar X)^2\right] = (n+1) \sigma^2$"),
    (STATIONARY, r"$$\sum_{j=1}^{k} \beta^{k-j} \, \mathbb{E}g = \frac{1-\beta^k}{1-\beta} \, \mathbb{E}g$$",
     r"$$\sum_{j=1}^{k} \beta^{k-j} \, \mathbb{E}g = \frac{1-\beta^{k-1}}{1-\beta} \, \mathbb{E}g$$"),
    (SCORES, r"$P(X \le 130) = \Phi(2)$", r"$P(X \le 130) = \Phi(3)$"),
    (SCORES, r"$P(X > 115) = 1 - \Phi(1)$", r"$P(X > 115) = \Phi(1)$"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "true", "false"), PAIRS)
def test_true_and_wrong_lines_of_laws_are_told_apart(text: str, true: str, false: str) -> None:
    assert read(text + true)[-1].outcome in RIGHT
    assert read(text + false)[-1].outcome in WRONG


CHANGES = [  # of the law of a letter: every line is right
    (r"**Poisson.** $P(X = k) = e^{-\lambda} \frac{\lambda^k}{k!}$ for a random variable, so $E[X] = \lambda$."
     "\n\n" r"**Geometric.** $P(X = k) = (1-p)^{k-1} p$, so $E[X] = \frac1p$ and $\operatorname{Var}(X) = \frac{1-p}{p^2}$."
     "\n\n" r"**Exponential distribution** with density $\lambda e^{-\lambda x}$, $x \ge 0$. Here $E[X] = \frac1\lambda$."),
    (r"Let $X$ be Poisson with mean $\lambda$, a random variable. $P(X = 0) = e^{-\lambda}$, $P(X \ge 1) = 1 - e^{-\lambda}$."
     r" The Poisson variable $X$ has $E[X] = \lambda$."),
    (r"For a random variable $X$ with $m = E[X]$" "\n"
     r"$$E[X^2] - 2m \, E[X] + m^2 = E[X^2] - 2m^2 + m^2 = E[X^2] - m^2. \qedhere$$" "\n\\end{proof}\n\\begin{example}\n"
     r"Let $X$ be uniform on $\{1, \dots, 6\}$. Then $E[X^2] = \frac{91}{6}$."),
]  # fmt: skip


@pytest.mark.parametrize("text", CHANGES)
def test_a_law_replaces_an_older_one(text: str) -> None:
    assert {one.outcome for one in read(text) if one.role == "claim"} <= RIGHT


HARMLESS = [  # no line is called wrong
    GRID + r"$E[X] = 0.5$." "\n\n# Another section\n\nHere $E[X] = 5$ and $P(Y = 1) = 0.9$.",
    GRID.replace("0.4", "0.5").replace("0.3 |", "4/5 |").replace("$0.1$", "0.5") + r"$P(Y = 1) = 0.6$.",  # row by row
    BITS + r"$E[XY] = 0.3$. If $X$ and $Y$ were independent, we would have $E[XY] = 0.2$.",
    BITS + r"$E[XY] = 0.3$. Now let $X$ be uniform on $[0, 1]$. Then $E[X] = \frac12$ and $P(X = Y) = 0$.",
    BITS + r"$E[XY] = 0.3$." "\n\n# Another section\n\nHere " r"$E[XY] = 5$ and $P(X = 1) = 0.9$.",
    BITS + r"$E[X] = 0.5$. Suppose now $P(X = 1) = 0.8$ and that $X$ and $Y$ are independent. Then $E[X] = 0.8$.",
    r"Random variables $X$ and $Y$ have the joint probabilities $p(0,0) = 0.4$, $p(0,1) = 0.1$ and others. $E[XY] = 0.7$.",
    r"Random variables are functions of the state; the joint probabilities are $p(0,0) = 0.4$, $p(1,1) = 0.6$. $E[X] = 3$.",
    ROLLS.replace("Then", "Let $S$ be their sum with") + r"$E[S] = 3.5 - 1$.",
    r"The mean of $\mathcal{N}(\mu, \sigma^2)$ random variables, their sum $S$, has $E[S] = n \mu$.",
    r"The sample mean of $\mathcal{N}(\mu, \sigma^2)$ has $\operatorname{Var}(M) = \sigma^2 / n$, a random variable.",
    r"The variance of $\mathcal{N}(0, s^2)$ is small, but the expectation $E[X] = 3$ and $E[Y] = 4$ of others is not.",
    (r"Let $X \sim \mathrm{Poisson}(4)$ be a random variable. The mean of $\mathcal{N}(0, 1)$ is less than $E[X]$. "
     r"Here $E[X^2] = 20$."),
    r"For random variables the entropy of $\mathcal{N}(\mu, \sigma^2)$ is at least $-\mathbb{E}_q[\log X] = a$. $E[X] = 2$.",
    r"Random variables: the sum of waiting times has density $\lambda e^{-\lambda s}$ for a short while only. $E[S] = 2$.",
    r"A random variable has $P(X=0) = 0.1$, $P(X=1) = 0.3$ and larger values. Its mean is $E[X] = 2.4$ and $P(X \ge 2) = 0.6$.",
    r"A sample with correlation $\rho$ has $\operatorname{Var}(\bar X) = \frac{\sigma^2}{n} (1 + (n-1) \rho)$.",
    r"For a sample without replacement $\operatorname{Var}(\bar X) = \frac{\sigma^2}{n} \frac{N-n}{N-1}$.",
    r"The sample has $E[X_i] = \mu_i$, so $E\left[\sum_{i=1}^n X_i\right] = \sum_{i=1}^n \mu_i$.",
    r"The samples have $\operatorname{Var}(\sum_{i=1}^n X_i) = n^2 \sigma^2$ if all $X_i$ are equal.",
    r"Let $X$ be geometric with parameter $p$, a random variable. Then $E[X] = \frac{1-p}{p}$.",
    (r"$P(X = k) = (1-p)^{k-1} p$ for $k = 1, \dots, n-1$ and $P(X = n) = (1-p)^{n-1}$ for a random variable. "
     r"$E[X] = \frac{1 - (1-p)^n}{p}$."),
    r"For this random variable $P(X = k) = \frac{\Gamma(k+r)}{k! \, \Gamma(r)} p^k (1-p)^r$, so $E[X] = \frac{rp}{1-p}$.",
    r"A random $X$ with $P(X = k) = \binom{n}{k} \frac{\lambda^k}{(1+\lambda)^n}$ has $E[X] = \frac{n\lambda}{1+\lambda}$.",
    r"A random variable with $P(X = k) = q^{k-1} p$ has $E[X] = \frac{1}{1-q}$.",
    (r"If $X \sim \mathrm{Poi}(\lambda)$ then $E[X] = \lambda$. If $X$ is a random variable that takes the values $1$ and $-1$ "
     r"with probability $\frac12$ each, then $E[e^{tX}] = \cosh t$."),
    (r"With probability $\frac12$ the random variable $X$ is exponential with rate $1$, otherwise exponential with rate $2$. "
     r"$E[X] = \frac34$."),
    (r"Given $\Lambda$, the random variable $X$ is Poisson with mean $\Lambda$. $E[X] = a$."),
    (r"Let the random variable $X$ be exponential with rate $\lambda$. Now let $X$ be the larger one of two such times. Then "
     r"$E[X] = \frac{3}{2\lambda}$."),
    r"Let $X \sim \mathrm{Exp}(\theta)$ be a random variable. Then $E[X] = \theta$ and $\operatorname{Var}(X) = \theta^2$.",
    r"Let the random variable $X$ be exponential with parameter $\theta$. Then $\operatorname{Var}(X) = \theta^2$.",
    r"Let $X$ be Poisson with mean $\lambda$, a random variable. We know $E[X] = 6$. Write $E[X] = \mu$. Find $E[X] = E[X^2]$.",
    r"Let $X \sim \mathrm{Gamma}(a, b)$ be a random variable. Then $E[X] = ab$.",
    r"Let $X$ be random with density $f(x) = \sqrt{2/\pi} e^{-x^2/2}$ for $x > 0$. Then $E[X] = \sqrt{2/\pi}$.",
    r"The random $X$ has density $f(x) = \frac{\lambda}{2} e^{-\lambda |x|}$. Then $E[X] = 0$, $E[X^2] = \frac{2}{\lambda^2}$.",
    r"Random numbers. For a fair die, thrown twice, $E[X] = 7$.",
    r"Let $X$ be the number of throws of a fair die until a six shows. Random: $E[X] = 6$.",
    r"Let $X$ be the square of what a fair die shows, a random variable. $E[X] = \frac{91}{6}$.",
    r"Let $X \sim N(0, 1)$ be a random variable. An exponential law has density $\lambda e^{-\lambda x}$. But $E[X] = 0$.",
    r"Let $y_i$ be Poisson with mean $\mu_i$. The random $X$ is a feature, $E[X] = 3$.",
    r"Let $X$ be Poisson with mean $\lambda$, a random variable. Now let $P(X = 1) = p$, $P(X = 0) = 1 - p$. Then $E[X] = p$.",
    r"The weights are random, and uniform on $[-1, 1]$. The variable $X$ has $E[X] = 3$.",
    r"Let $N$ be a random variable with $P(N = k) = (1-p)^{k-1} p$. Then $P(N > x) = (1-p)^{\lfloor x \rfloor}$.",
    r"Let $X \sim \mathrm{Ber}(p)$ be a random variable. Then $P(X = x) = p x + (1-p)(1-x)$.",
    (r"**Exponential.** With density $\lambda e^{-\lambda x}$, $x \ge 0$, random. **Joint density.** Let $p(x, y) = x + y$. "
     r"$E[X] = \frac{7}{12}$."),
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_nothing_is_called_wrong(text: str) -> None:
    assert not [(one.left, one.detail) for one in read(text) if one.outcome in WRONG]
