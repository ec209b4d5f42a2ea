r"""A label, or a star, and a transpose in one superscript are two superscripts: `W^{[2]\top}`, `w^{*\top}`.

Primes in a superscript are primes: `f^\prime`, `f^{\prime\prime}` and `g^{[l]\prime}` are f', f'' and `g^{[l]}'`.
The sign behind a limit point that stands on the line, `\lim_{x \to 0+}`, is one above it.

Imports: calcds.document.source.raw.
"""

from __future__ import annotations

from collections.abc import Sequence

from calcds.document.source.raw import Raw

_CLOSING = {")": "(", "]": "["}
_STARS = {"*", "\\ast", "\\star"}  # marks of a value that is found
_TURNS = {"T", "\\top", "\\intercal"}
_PRIMES = {"'", "\\prime"}
_SPACES = {" ", "\\,", "\\!"}
_STYLES = {"\\mathsf", "\\mathrm", "\\mathtt", "\\mathit", "\\rm", "\\sf", "\\text"}


def with_parted_scripts(tokens: Sequence[Raw]) -> list[Raw]:
    r"""The tokens with a new superscript for a transpose behind a label in brackets, or a star.

    >>> from calcds.document.source.raw import raw_tokens
    >>> "".join(token.text for token in with_parted_scripts(raw_tokens(r"W^{[2]\top} x^{(i)T} y^{(a)2}")))
    'W^{[2]}^{\\top} x^{(i)}^{T} y^{(a)2}'
    >>> "".join(token.text for token in with_parted_scripts(raw_tokens(r"w^{*\top} \Sigma w^* x^{\star 2}")))
    'w^{*}^{\\top} \\Sigma w^* x^{\\star 2}'
    >>> "".join(token.text for token in with_parted_scripts(raw_tokens(r"\lim_{x\to 0+} x^{0+}")))
    '\\lim_{x\\to 0^{+}} x^{0+}'
    >>> "".join(token.text for token in with_parted_scripts(raw_tokens(r"f^{\prime\prime} g^{[l]\prime} h^{'(1)}")))
    "f\\prime\\prime g^{[l]}\\prime h'^{(1)}"
    """
    tokens = _with_primes(tokens)
    done: list[Raw] = []
    for k, token in enumerate(tokens):
        done.append(token)
        if _is_label(done) and _is_turned(tokens[k + 1 :]):
            done += [Raw(piece, token.end, token.end) for piece in ("}", "^", "{")]
        elif token.text in {"+", "-"} and k + 1 < len(tokens) and tokens[k + 1].text == "}" and _is_limit(done):
            done[-1:] = [Raw(piece, token.at, token.end) for piece in ("^", "{", token.text, "}")]
    return done


def _with_primes(tokens: Sequence[Raw]) -> list[Raw]:
    """The tokens with the primes that a superscript begins with, or that stand behind its label, outside of it."""
    done: list[Raw] = []
    k = 0
    while k < len(tokens):
        done.append(tokens[k])
        k += 1
        if tokens[k - 1].text == "^":
            inside = _after_spaces(tokens, k)
            grouped = tokens[inside : inside + 1] != [] and tokens[inside].text == "{"
            primes, after = _primes(tokens, inside + grouped)
            if primes and grouped and after < len(tokens) and tokens[after].text != "}":
                done[-1:] = [*primes, done[-1], tokens[inside]]
                k = after
            elif primes:
                done[-1:] = primes
                k = after + grouped
        elif _is_label(done):
            primes, after = _primes(tokens, k)
            if primes and after < len(tokens) and tokens[after].text == "}":
                done += [tokens[after], *primes]
                k = after + 1
    return done


def _primes(tokens: Sequence[Raw], k: int) -> tuple[list[Raw], int]:
    """The primes at a place, and the place behind them."""
    found: list[Raw] = []
    while (k := _after_spaces(tokens, k)) < len(tokens) and tokens[k].text in _PRIMES:
        found.append(tokens[k])
        k += 1
    return found, k


def _after_spaces(tokens: Sequence[Raw], k: int) -> int:
    while k < len(tokens) and tokens[k].text in _SPACES:
        k += 1
    return k


def _is_label(done: Sequence[Raw]) -> bool:
    """Whether a label in brackets, or a star, ends here, which is the first thing in a superscript."""
    return (done[-1].text in _CLOSING and _opens(done, _CLOSING[done[-1].text])) or _is_star(done)


def _is_star(done: Sequence[Raw]) -> bool:
    """Whether a star at the end is the first thing in a superscript."""
    before = [t.text for t in done[-4:] if t.text != " "]
    return before[-1:] != [] and before[-1] in _STARS and before[-3:-1] == ["^", "{"]


def _is_limit(done: Sequence[Raw]) -> bool:
    r"""Whether a sign at the end stands behind `\to 0`."""
    before = [t.text for t in done[-6:-1] if t.text != " "]
    return len(before) > 1 and before[-2] in {"\\to", "\\rightarrow"}


def _is_turned(behind: Sequence[Raw]) -> bool:
    r"""Whether `T}` or `\mathsf{T}}` follows."""
    plain = [t.text for t in behind[:8] if t.text not in _SPACES and t.text not in _STYLES]
    if plain[:1] == ["{"] and plain[2:3] == ["}"]:
        plain = [plain[1], *plain[3:]]
    return len(plain) > 1 and plain[0] in _TURNS and plain[1] == "}"


def _opens(done: Sequence[Raw], opening: str) -> bool:
    """Whether the bracket that closes at the end is the first thing in a superscript."""
    closing = done[-1].text
    depth = 0
    for k in range(len(done) - 1, -1, -1):
        depth += (done[k].text == closing) - (done[k].text == opening)
        if not depth:
            before = [t.text for t in done[max(0, k - 4) : k] if t.text not in {" ", "\\left"}]
            return before[-2:] == ["^", "{"]
    return False


__all__ = ["with_parted_scripts"]
