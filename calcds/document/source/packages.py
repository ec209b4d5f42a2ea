r"""Commands that notes have from packages, or from a set-up outside of the document: `\pdv{f}{x}`, `\norm{x}`.

Derivatives of the packages physics, derivative and diffcoeff become the quotients that they print, `\dv[2]{f}{x}` is
`\frac{d^{2} f}{d x^{2}}`; the other commands stand for what they usually print. A command that a document defines is its own:
macros are expanded before.

Imports: calcds.document.source.raw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from calcds.document.source.raw import Raw, Unread, raw_tokens, until

_QUOTIENTS = {"\\dv": "\\mathrm{d}", "\\odv": "\\mathrm{d}", "\\diff": "\\mathrm{d}",
              "\\pdv": "\\partial", "\\diffp": "\\partial", "\\pd": "\\partial"}  # fmt: skip
_ONLY_OF_TWO = {"\\diff", "\\pd"}  # with one argument they are something else
_PRINTED = {  # a command with the number of its arguments, and what it prints
    "\\norm": (1, r"\left\| #1 \right\|"), "\\qty": (0, ""), "\\order": (1, "O(#1)"), "\\vb": (1, r"\mathbf{#1}"),
    "\\va": (1, r"\vec{#1}"), "\\vu": (1, r"\hat{\mathbf{#1}}"), "\\eval": (1, r"\left. #1 \right|"),
    "\\grad": (0, r"\nabla "), "\\laplacian": (0, r"\nabla^2 "), "\\dd": (0, r"\mathrm{d} "),
}  # fmt: skip
_STACKED = "\\substack"
_COMMANDS = frozenset({*_QUOTIENTS, *_PRINTED, _STACKED})
_MOST = 3  # groups behind a derivative: what is differentiated, by what, and once more


def with_packages(tokens: Sequence[Raw]) -> list[Raw]:
    r"""The tokens with the commands of packages written out.

    >>> "".join(token.text for token in with_packages(raw_tokens(r"\pdv{f}{x}{y}")))
    '\\frac{\\partial^{2} f}{\\partial x\\partial y}'
    """
    if _COMMANDS.isdisjoint(token.text for token in tokens):
        return list(tokens)
    todo, done = list(reversed(tokens)), list[Raw]()
    while todo:
        token = todo.pop()
        written = None
        if token.text in _COMMANDS:
            make = _quotient if token.text in _QUOTIENTS else _stacked if token.text == _STACKED else _printed
            written = make(todo, token)
        if written is None:
            done.append(token)
        else:
            todo.extend(reversed(written))
    return done


def _printed(todo: list[Raw], call: Raw) -> list[Raw] | None:
    count, body = _PRINTED[call.text]
    if count:
        group = _group(todo, call)
        return None if group is None else _written(body, group[1], group[0])
    return _written(body, call, [])


def _stacked(todo: list[Raw], call: Raw) -> list[Raw] | None:
    r"""Rows below an operator or a brace: `\sum_{\substack{i = 1 \\ i \ne j}}` has two conditions, and words are one label."""
    group = _group(todo, call)
    if group is None:
        return None
    inside, end = group
    words = "".join(token.text for token in inside)
    if re.fullmatch(r"(?:\s*\\text\s*\{[^{}$]*\}\s*(?:\\\\)?)+", words):
        return _written(rf"\text{{{' '.join(re.findall(r'{([^{}]*)}', words))}}}", end, [])
    return [token._replace(text=",") if token.text == "\\\\" else token for token in inside]


def _quotient(todo: list[Raw], call: Raw) -> list[Raw] | None:
    r"""`\pdv[2]{f}{x}`, `\pdv{f}{x}{y}`, `\pdv{f}{x,y}`, `\dv{x}`; None where no group follows."""
    orders = _optional(todo, call)
    groups: list[list[Raw]] = []
    while len(groups) < _MOST and (group := _group(todo, call)) is not None:
        inside, call = group
        groups.append(inside)
    if not groups or (len(groups) == 1 and call.text in _ONLY_OF_TWO):
        if groups or orders:
            raise Unread(f"the command {call.text} is not known", call.at, call.end)
        return None
    body, *by = groups if len(groups) > 1 else [[], *groups]
    variables = [one for group in by for one in _listed(group)]
    powers = _listed(orders) if orders else []
    if len(powers) != len(variables):
        powers = powers if len(variables) == 1 else [[] for _ in variables]
    total = _total(powers, len(variables))
    sign = _QUOTIENTS[call.text]
    below = [piece for variable, power in zip(variables, powers or [[]], strict=True)
             for piece in (*_written(f"{sign} ", call, []), *variable, *_raised(power, call))]  # fmt: skip
    above = [*_written(sign, call, []), *_raised(total or (powers[0] if powers else []), call), *_written(" ", call, []), *body]
    return [*_written("\\frac{", call, []), *above, *_written("}{", call, []), *below, *_written("}", call, [])]


def _total(powers: list[list[Raw]], count: int) -> list[Raw]:
    """The order of a mixed derivative; nothing for one by a single variable."""
    said = ["".join(piece.text for piece in power) or "1" for power in powers]
    if count == 1 or not all(one.isdecimal() for one in said):
        return []
    return raw_tokens(str(sum(map(int, said))))


def _raised(power: list[Raw], call: Raw) -> list[Raw]:
    return [*_written("^{", call, []), *power, *_written("}", call, [])] if power else []


def _written(body: str, call: Raw, argument: list[Raw]) -> list[Raw]:
    """The tokens of a body at the place of a call, with an argument in it."""
    before, mark, after = body.partition("#1")
    pieces = [[Raw(piece.text, call.at, call.end) for piece in raw_tokens(part)] for part in (before, after)]
    return [*pieces[0], *argument, *pieces[1]] if mark else pieces[0]


def _listed(group: list[Raw]) -> list[list[Raw]]:
    """What stands between the commas of a group."""
    found: list[list[Raw]] = [[]]
    depth = 0
    for token in group:
        depth += (token.text in {"{", "("}) - (token.text in {"}", ")"})
        if token.text == "," and not depth:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _group(todo: list[Raw], call: Raw) -> tuple[list[Raw], Raw] | None:
    """The next group in braces, taken away, with the call that reaches to its end; None where none follows."""
    return _bracket(todo, "{", "}", call)


def _optional(todo: list[Raw], call: Raw) -> list[Raw]:
    """What stands in square brackets behind a command and its star."""
    while todo and todo[-1].text in {" ", "*"}:
        todo.pop()
    found = _bracket(todo, "[", "]", call)
    return found[0] if found is not None else []


def _bracket(todo: list[Raw], opening: str, closing: str, call: Raw) -> tuple[list[Raw], Raw] | None:
    k = len(todo) - 1
    while k >= 0 and todo[k].text == " ":
        k -= 1
    if k < 0 or todo[k].text != opening:
        return None
    del todo[k + 1 :]
    inside, end = until(todo, opening, closing, call)
    return inside, call._replace(end=end)
