r"""Documents that mean harm: small honest notes, damaged at random. The letters p and q are in no formula of theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

NOTES = r"""# Gradients

Let $A \in \mathbb{R}^{n \times n}$ be symmetric and $x \in \mathbb{R}^n$. Then

$$\nabla_x (x^T A x) = 2 A x$$

<!-- calcds: t: Positive; where t > 0 -->
\begin{align} (a+b)^2 &= (a+b)(a+b) \\ &= a^2 + 2ab + b^2 \end{align}

## Sums

For $t > 0$: $\sqrt{t^2} = t$, and \[ \sum_{k=1}^{n} k = \frac{n(n+1)}{2} \]

$$f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}$$

- a list: \( \frac{d}{dx} \sin x = \cos x \)
- `code $not = maths$` and $5
"""
PAPER = r"""\documentclass{article}
\newcommand{\R}{\mathbb{R}}
\newcommand{\half}[1]{\frac{#1}{2}}
\DeclareMathOperator{\tr}{tr}
\begin{document}
\section{Losses}
We set $\sigma(z) = \frac{1}{1+e^{-z}}$. % calcds: layout denominator
\begin{equation}\label{eq:one} \sigma'(z) = \sigma(z)(1-\sigma(z)) \end{equation}
\subsection{Integrals}
\[ \int_0^1 x^2 \, dx = \frac{1}{3} \qquad \half{x} + \half{x} = x \]
$$\lim_{x \to 0} \frac{\sin x}{x} = 1, \quad \tr(A B) = \tr(B A), \quad \left| -x \right| = |x|$$
\begin{align*} \mathbf{y} &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \mathbf{x}, \\
\|\mathbf{x}\|^2 &= \mathbf{x}^\top \mathbf{x} \end{align*}
\verb|$x$| is no formula, $\max(a, b) = \frac{a+b+|a-b|}{2}$ is one.
"""
SCAN = """Rules of differentiation, read from a page

(1) $(f g)' = f' g + f g'$    (2) $\\frac{d}{dx} x^3 = 3 x ^ { 2 }$    (3) $e^{a+b} = e^a e^b$
where $\\delta_j = \\sum_k w_{kj} \\delta_k$ and $x^{(l+1)} = W^{(l)} x^{(l)}$; α + β = γ, $α + β = β + α$
$$
\\binom{n}{k} = \\frac{n!}{k!(n-k)!}
$$
"""
SEEDS = ((".md", NOTES), (".md", SCAN), (".tex", PAPER), (".txt", SCAN), (".ipynb", NOTES), (".ipynb", SCAN))

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\$\$|\$|\n\n|[A-Za-z]+|\d+|[ \t]+|.", re.DOTALL)
_BRACKETS = "{}()[]|$&^_"
_NUMBERS = ("0", "9" * 400, "10^{10^{10}}", "9^{9^{9^{9}}}", "0." + "3" * 300, "1e999", "-0", "00", "1/0", "2^{-10^{9}}",
            "10^{100000}", "123456789!", "٣", "²")  # fmt: skip
_UNICODE = ("\x00", "\x01", "\u202e", "\u200b", "\ufeff", "\U0001d465", "é", "e\u0301", "∑", "√", "\u2028",
            "\x85", "\x0c", "\r",
            "\ud7ff", "\U0010ffff", "ﬁ", "＝", "′", "𝟙", "½")  # fmt: skip
_MACROS = (
    r"\newcommand{\a}{\a\a} $\a = 1$ ",
    r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\e\e}\def\e{\f\f}\def\f{xxxxxxxxxx} $\a = \f$ ",
    "".join(rf"\newcommand{{\m{chr(97 + k)}}}{{\m{chr(98 + k)}\m{chr(98 + k)}}}" for k in range(20)) + r" $$\ma = 2$$ ",
    r"\newcommand{\a}[9]{#9#8#7#1#1} $\a = 1$ ", r"\newcommand{\a}[2][{]{#1} $\a{x} = x$ ", r"\def\x#1#2{#2#1} $\x1 = \x$ ",
    r"\newcommand{\frac}{\sum} ", r"\newcommand{\a}{$} $\a = 1$ ", r"\newcommand{\left}{\right}",
)  # fmt: skip
_CODE = ("```\n", "~~~", "`", "<!--", "-->", "\n# ", "\\begin{verbatim}", "\\verb|", "%")
_GARBAGE = ("<!-- calcds: {} -->", "% calcds: {}\n")
_WORDS = (
    "A: Matrx[n]", "A: Matrix[n, n", "x: Vector[" + "(" * 300, "skip", "where x >",
    "where " + "x+" * 500 + "x > 0", "let", "let s = s",
    "log base 0", "log base 1", "log base 99999999999999999999", "prime d/dx", "layout", "expect refuted",
    "x: Vector[x]", ";;;;",
    "where x != 0; where x = 0", "n: Real; A: Matrix[n, n]", "x: Real; x: Vector[3]", "definition", "condition", "f: Function",
    "where 9^9^9^9 > 0", "x: Interval[1, 0]", "\x00", "A: Matrix[0, 0]", "A: Matrix[-1, 2]",
    "A: Matrix[99999999, 99999999]", "²: skip",
    "1: skip", "7" * 5000 + ": skip", "-3: skip", "999999: skip", "x: Integer; where x/0 = 1", "hold", "layout numerator",
)  # fmt: skip
_SHAPES: tuple[Callable[[int], str], ...] = (
    lambda n: "(" * n + "x" + ")" * n,
    lambda n: "x^{" * n + "2" + "}" * n,
    lambda n: r"\frac{1}{1+" * n + "x" + "}" * n,
    lambda n: r"\sqrt{" * n + "x" + "}" * n,
    lambda n: r"\sum_{k=1}^{n} " * n + "k",
    lambda n: r"\int_0^1 " * n + "x" + " dx" * n,
    lambda n: r"\left(" * n + "x" + r"\right)" * (n // 2),
    lambda n: r"\begin{pmatrix} " + r"1 & 2 \\ " * n + r"\end{pmatrix}",
    lambda n: r"\begin{pmatrix} " + "x & " * n + r"1 \end{pmatrix}^{9}",
    lambda n: r"\begin{cases} 1 & x > 0 \\ " * n + r"0 \end{cases}" * n,
    lambda n: r"\begin{align} " * n + "x = y",
    lambda n: r"\frac{d}{dx} " * n + r"e^{x^2}",
    lambda n: r"\sin(" * n + "x" + ")" * n,
    lambda n: "(a+b)^{" + str(n) + "}",
    lambda n: "x+" * 10 * n + "x",
    lambda n: "|x" * n,
    lambda n: "||x" * n + "|" * n,
    lambda n: "x'" * n,
    lambda n: "x" + "!" * n,
    lambda n: "=x" * n,
    lambda n: r"\text{if } " * n,
    lambda n: r"\hat{" * n + "x" + "}" * n,
    lambda n: r"\mathbf{x}_{" * n + "1" + "}" * n,
    lambda n: r"\lim_{x \to 0} " * n + r"\frac{\sin x}{x}",
    lambda n: r"\binom{n}{" * n + "k" + "}" * n,
    lambda n: r"\max(x, " * n + "0" + ")" * n,
    lambda n: r"A^{-1} B^T " * n,
    lambda n: r"\prod_{k=1}^{" + "9" * n + "} k",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A damaged document before the control lines are put behind it."""

    suffix: str
    body: bytes
    sidecar: bytes = b""
    broken: bool = False  # a notebook whose JSON is damaged too: nothing in it has to be found


def tokens(text: str) -> list[str]:
    """The pieces that damage moves about."""
    return _TOKEN.findall(text)


def draw(rng: Random) -> Sample:
    """A document with up to six wounds."""
    suffix, text = rng.choice(SEEDS)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        text = rng.choice(WOUNDS)(rng, text)
    body = text.encode("utf-8", errors="replace")
    broken = suffix == ".ipynb" and rng.random() < 0.3
    if broken:
        body = _broken(rng, notebook(text).encode())
    elif suffix != ".ipynb" and rng.random() < 0.15:
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(body) + 1)
            body = body[:at] + rng.randbytes(rng.randrange(1, 6)) + body[at:]
    sidecar = b""
    if rng.random() < 0.2:
        said = [
            rng.choice(_WORDS),
            f"{rng.choice((1, 2, 5, 0, 999999))}: {rng.choice(_WORDS)}",
            rng.choice(_UNICODE),
        ]
        sidecar = "\n".join(rng.choices(said, k=rng.randrange(1, 6))).encode() + rng.choice(
            (b"", b"\xff\xfe")
        )
    return Sample(suffix, body, sidecar, broken)


def notebook(*cells: str) -> str:
    """A notebook with some cells of Markdown."""
    made = [
        {"cell_type": "markdown", "metadata": {}, "source": cell.splitlines(keepends=True)} for cell in cells
    ]
    code: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "source": "x = '$a = b$'",
        "outputs": [],
        "execution_count": None,
    }
    return json.dumps({"cells": [code, *made], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}, indent=1)


def _broken(rng: Random, data: bytes) -> bytes:
    junk = (b"null", b"[]", b"{}", b'{"cells": null}', b'{"cells": [1]}',
    b'{"cells": [{"cell_type": "markdown"}]}', b"[" * 100_000,
            b'{"cells": [{"cell_type": "markdown", "source": 3}]}', b'{"cells": {"a": 1}}', b'"' + b"x" * 1000,
            b"1e999", b"9" * 6000,
            b'{"cells": [{"cell_type": "markdown", "source": {"a": 1}}]}',
            b'{"cells": [{"cell_type": ["markdown"], "source": [1]}]}',
            b'{"cells": [{"cell_type": "markdown", "source": ["$a = \\ud800 b$"]}]}')  # fmt: skip
    at, other = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
    return rng.choice(
        (rng.choice(junk), data[:at], data[:at] + data[other:], data[:at] + rng.choice(junk) + data[at:])
    )


# -- wounds ---------------------------------------------------------------------------------------------------


def _at(rng: Random, text: str, what: str) -> str:
    parts = tokens(text)
    at = rng.randrange(len(parts) + 1)
    return "".join([*parts[:at], what, *parts[at:]])


def _in_formula(rng: Random, text: str, what: str) -> str:
    """Put something behind a sign that stands in formulas."""
    places = [found.end() for found in re.finditer(r"[=+{^(]", text)]
    if not places:
        return text + f"\n\n$${what} = {what}$$\n"
    at = rng.choice(places)
    return text[:at] + " " + what + " " + text[at:]


def _delete(rng: Random, text: str) -> str:
    parts = tokens(text)
    for _ in range(rng.randrange(1, 6)):
        if parts:
            del parts[rng.randrange(len(parts))]
    return "".join(parts)


def _double(rng: Random, text: str) -> str:
    parts = tokens(text)
    if parts:
        at = rng.randrange(len(parts))
        parts[at] *= rng.choice((2, 2, 3, 50, 3000))
    return "".join(parts)


def _swap(rng: Random, text: str) -> str:
    parts = tokens(text)
    for _ in range(rng.randrange(1, 10)):
        if parts:
            a, b = rng.randrange(len(parts)), rng.randrange(len(parts))
            parts[a], parts[b] = parts[b], parts[a]
    return "".join(parts)


def _half(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.7 else text[at:]


def _shuffle(rng: Random, text: str) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def _numbers(rng: Random, text: str) -> str:
    return re.sub(r"\d+", lambda found: rng.choice(_NUMBERS) if rng.random() < 0.3 else found[0], text)


def _nested(rng: Random, text: str) -> str:
    return _in_formula(rng, text, rng.choice(_SHAPES)(rng.choice((2, 3, 5, 12, 30, 60, 300))))


def _new_line(rng: Random, text: str) -> str:
    left, right = (rng.choice(_SHAPES)(rng.choice((1, 2, 3, 8, 40, 200))) for _ in range(2))
    return _at(rng, text, f"\n\n$${left} = {right}$$\n\n")


def _long_line(rng: Random, text: str) -> str:
    return _at(
        rng,
        text,
        rng.choice(("x+y", "$", "$$", "a ", "\\", "$x = y$ ", "{", "\\[", "\\begin{align}", "&", "\\\\ "))
        * 3000,
    )


def _noted(rng: Random, text: str) -> str:
    return _at(rng, text, "\n" + rng.choice(_GARBAGE).format(rng.choice(_WORDS)) + "\n")


WOUNDS: tuple[Callable[[Random, str], str], ...] = (
    _delete, _delete, _double, _swap, _swap, _half, _shuffle, _numbers, _nested, _nested, _new_line, _new_line,
    _long_line, _noted,
    lambda rng, text: _at(rng, text, rng.choice(_BRACKETS) * rng.choice((1, 1, 1, 2, 60))),
    lambda rng, text: text.replace(rng.choice(_BRACKETS), "", rng.choice((1, 1, 3))),
    lambda rng, text: _in_formula(rng, text, rng.choice(_NUMBERS)),
    lambda rng, text: _at(rng, text, rng.choice(_UNICODE) * rng.choice((1, 1, 20))),
    lambda rng, text: _in_formula(rng, text, rng.choice(_UNICODE)),
    lambda rng, text: _at(rng, text, rng.choice(_MACROS)),
    lambda rng, text: _at(rng, text, rng.choice(_CODE)),
    lambda rng, text: text.replace("\n", rng.choice(("\r\n", "\r", " ", "\n\n"))),
    lambda rng, text: text + rng.choice(SEEDS)[1],
)  # fmt: skip
