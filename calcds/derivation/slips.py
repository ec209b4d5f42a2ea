"""Common slips, each by an example: what the author typed, and the sentence that helps.

A slip is recognised in the line at which Python stopped (a syntax error, or an exception while the line was written).
Nobody is shown a token name, a stack frame or the name of an internal class.

Imports: calcds.errors.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from calcds.errors import CalcdsError


@dataclass(frozen=True, slots=True)
class Slip:
    """One row: the example must be recognised and answered with the sentence; a test makes sure of it."""

    example: str
    says: str
    pattern: str  # in the line at which Python stopped
    message: str = ""  # in Python's own message; empty: whatever it says


COMMON_SLIPS = (
    Slip("yield x^2, 'power'", "^ means exclusive or in Python; a power is written x**2", r"\^"),
    Slip(
        "yield x × y, 'product'",
        "only plain characters can be read: write * for a product, - for minus, x**2 for a square and straight quotes",
        r"[^\x00-\x7f]",
        r"invalid (non-printable )?character",
    ),
    Slip(
        "yield A*x + A.T*x 'collect'",
        "a comma is missing between the line and its reason",
        r"""yield\b.*[\w)\]}]\s*["'][^"']*["']\s*(#.*)?$""",
        r"invalid syntax|closed|unterminated|does not match|forgot a comma",
    ),
    Slip(
        "yield A*x ('collect')",
        "a comma is missing between the line and its reason",
        r"""\(\s*["']""",
        "not callable",
    ),
    Slip("yield A'*x, 'transpose'", "a transpose is written A.T", r"\w'(?!['\"])", r"unterminated|invalid"),
    Slip("yield 2x", "write the product sign: 2*x", r"(?<![\w.])\d+(\.\d+)?\s*[A-Za-z_]", r"invalid"),
    Slip("yield 2(x + 1)", "write the product sign: 2*(x + 1)", r"[\w)\]]\s*\(", r"not callable"),
    Slip("yield x = 2*y", "an equation is written Eq(left, right)", r"yield\b[^=]*[^=<>!]=[^=]", r""),
    Slip("yield A x", "write the product sign: A*x", r"yield\b.*[\w)\]] +[\w(]", r"invalid syntax"),
    Slip(
        r"yield \frac{1}{x}", "lines are written in Python, not in LaTeX: a fraction is 1/x", r"\\[a-z]+", r""
    ),
    Slip(
        "yield 0 < x and x < 1",
        "Python's and, or, not and chains such as 0 < x < 1 do not reach the board; write And(0 < x, x < 1)",
        r"\b(and|or|not)\b|[<>]=?[^<>]*[<>]=?",
        r"no truth value",
    ),
    Slip(
        "yield x if x > 0 else 0",
        "a case distinction is written piecewise((x, x > 0), (0, True))",
        r"\bif\b",
        r"truth",
    ),
    Slip(
        "yield sum(x[i] for i in range(n))",
        "a sum of symbolic length is written Sum(x[i], (i, n))",
        r"\b(sum|range)\(",
        r"",
    ),
    Slip(
        "yield math.exp(x)",
        "use exp, log, sin, ... of calcds.notation: they know symbols",
        r"\b(math|np|numpy)\.",
        r"",
    ),
    Slip("yield (x + 1, 'reason'", "a bracket is opened and never closed", r"", r"was never closed"),
    Slip("yield (x + 1)), 'reason'", "there is a closing bracket too many", r"", r"unmatched"),
)


def explain_syntax(error: SyntaxError, line: str) -> str:
    """What is wrong with a line Python cannot read."""
    message = error.msg or "invalid syntax"
    return _recognised(line, message) or f"Python cannot read this line: {message}"


def explain_exception(error: BaseException, line: str, known: Iterable[str]) -> str:
    """What is wrong with a line that raised while it was written; `known` are the words that may be meant."""
    message = str(error)
    if isinstance(error, NameError) and error.name:
        near = difflib.get_close_matches(error.name, [word for word in known if not word.startswith("_")], 2, 0.7)
        return f"unknown word {error.name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")
    if isinstance(error, CalcdsError):
        return (_recognised(line, message) if "truth value" in message else "") or message
    if found := _recognised(line, message):
        return found
    if isinstance(error, TimeoutError | SystemExit):
        return message if isinstance(error, TimeoutError) else "this line ends the program"
    if isinstance(error, RecursionError):
        return "this line is nested too deeply"
    if isinstance(error, MemoryError):
        return "this line needs too much memory"
    return f"Python stopped at this line: {type(error).__name__}: {_plain(message)}"


def _recognised(line: str, message: str) -> str:
    for slip in COMMON_SLIPS:
        if re.search(slip.pattern, line) and re.search(slip.message, message):
            return slip.says
    return ""


def _plain(message: str) -> str:
    """The message in the author's words."""
    return (
        message.replace("'Term' object", "an expression")
        .replace("NoneType", "nothing")
        .replace("'Term'", "an expression")
    )


def raised_at(error: BaseException, file: Path) -> tuple[int, list[str]]:
    """The innermost line of a file that an exception went through (0 if none), and the words known there."""
    number, words, trace = 0, set[str](), error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if Path(frame.f_code.co_filename) == file:
            number, words = trace.tb_lineno, {*frame.f_globals, *frame.f_locals}
        trace = trace.tb_next
    return number, sorted(words)
