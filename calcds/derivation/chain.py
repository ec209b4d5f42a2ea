"""From what was written to lines and claims: which line is compared with which, and what is wrong with it.

    expression after expression              they are equal
    equation after equation                  one holds if and only if the other does
    relation with a reason, otherwise        it holds by itself; the chain goes on past it
    anything after start(...)                a new chain

Imports: calcds.derivation.model, calcds.derivation.sources, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from calcds.derivation.model import Claim, Line, LineRole, Network, Span
from calcds.derivation.sources import STATEMENT_ID
from calcds.errors import CalcdsError
from calcds.expr.kinds import FunctionSymbol
from calcds.expr.term import CONDITIONS, Term, as_term

INDEXED = ("sum", "prod", "build")  # binders whose variable an author may forget to rename


@dataclass(frozen=True, slots=True)
class Written:
    """A line, and what it does to the chain."""

    line: Line
    starts: bool = False
    assumes: bool = False  # a condition on everything below, not a line
    network: Network | None = None


def fault_of(message: str, span: Span, shown: str = "") -> Line:
    """A line that makes no sense."""
    return Line(None, shown, "", span, "bad", (), message)


def line_of(
    value: object,
    after: Sequence[object],
    shown: str,
    span: Span,
    *,
    asserted: bool,
    first: bool,
    compared: bool,
) -> Line:
    """A yielded value with what stands after it: the reason, then statement ids.

    first: no chain is under way; compared: the line is written with Python's == or !=
    """
    if isinstance(value, bool) and compared:
        return fault_of(
            "== and != compare in Python; on the board write Eq(left, right) or Ne(left, right)", span, shown
        )
    if value is None:
        return fault_of("this yield writes nothing: the expression is missing", span, shown)
    if isinstance(value, str):
        return fault_of("a line is an expression; this one begins with text in quotes", span, shown)
    try:
        term = as_term(value)
    except CalcdsError as error:
        return fault_of(str(error), span, shown)
    reason, ids, wrong = _after(after)
    if wrong:
        return replace(fault_of(wrong, span, shown), value=term)
    if not reason and (asserted or not first):
        missing = 'every line but the first states its reason: yield line, "reason"'
        return Line(term, shown or str(term), "", span, "bad", ids, missing)
    role: LineRole = "first" if first else "step"
    if asserted or (first and reason and term.head in CONDITIONS):
        role = "asserted"
    return Line(term, shown or str(term), reason, span, role, ids)


def _after(parts: Sequence[object]) -> tuple[str, tuple[str, ...], str]:
    """Reason, statement ids, and what is wrong."""
    if not parts:
        return "", (), ""
    reason, *rest = parts
    if not isinstance(reason, str):
        return "", (), "after the comma stands the reason, a text in quotes"
    ids = tuple(name for part in rest for name in (part if isinstance(part, list | tuple) else (part,)))
    for name in ids:
        if not isinstance(name, str) or not STATEMENT_ID.match(name):
            return "", (), f"after the reason stand ids of statements such as 'sadiku-081', not {name!r}"
    return reason.strip(), ids, ""


def claims_of(
    lines: Iterable[Written],
    symbols: Mapping[str, Term | FunctionSymbol],
    dimensions: set[Term],
    network: Network | None,
) -> tuple[Claim, ...]:
    """The claims of a derivation in order, numbered from 1."""
    known = dimensions | {s for s in symbols.values() if isinstance(s, Term)}
    written = [replace(w, line=_in_scope(w.line, known)) for w in lines]
    claims = [replace(claim, number=k) for k, claim in enumerate(_pairs(written, network), start=1)]
    if not claims and written:
        last = next((w.line for w in reversed(written) if not w.assumes), written[-1].line)
        alone = "one line claims nothing: write the line that follows from it, with its reason"
        claims = [Claim(1, "bad", last.value, None, None, replace(last, role="bad", fault=alone))]
    return tuple(claims)


def _pairs(written: Sequence[Written], network: Network | None) -> Iterator[Claim]:
    above: Line | None = None
    given: tuple[Term, ...] = ()
    bound = network
    for w in written:
        line = w.line
        if line.role == "bad":
            yield Claim(0, "bad", above.value if above else None, line.value, above, line, given)
            # a line that lacks only its reason still stands on the board for the next one
            above = line if line.value is not None and "reason" in line.fault else above
            continue
        assert line.value is not None  # only bad lines have none
        if w.assumes:
            given = (*given, line.value)
            continue
        if w.starts:
            above, bound = None, w.network or network
        relation = line.value.head in CONDITIONS
        chained = above is not None and above.value is not None and above.value.head in CONDITIONS
        if line.role == "asserted" or (relation and line.reason and not chained):
            yield Claim(0, "holds", line.value, None, None, replace(line, role="asserted"), given)
        elif above is None:
            above = line
        elif relation:
            yield Claim(0, "equivalent", above.value, line.value, above, line, given)
            above = line
        elif chained:
            wrong = "an expression cannot follow from an equation; begin a new chain with start(...)"
            yield Claim(
                0, "bad", above.value, line.value, above, replace(line, role="bad", fault=wrong), given
            )
        else:
            yield Claim(0, "equal", above.value, line.value, above, line, given, bound)
            above = line


# -- scope ----------------------------------------------------------------------------------------------------


def _in_scope(line: Line, known: set[Term]) -> Line:
    """The line, or a bad line where a symbol is unknown or an index is used for two things."""
    if line.value is None or line.role == "bad":
        return line
    unknown = sorted((s for s in line.value.free - known if s.data[1].word != "Dim"), key=str)
    if unknown:
        symbol = unknown[0]
        if symbol.data[1].has("index"):
            fault = f"the index {symbol} is used outside its sum; state {symbol}: Index[n] in the signature or sum over it"
        elif any(symbol.data[0] == other.data[0] for other in known):
            fault = f"{symbol} is not the {symbol} of the signature: its kind is {symbol.data[1]}"
        else:
            fault = f"unknown symbol {symbol}: it is neither in the signature nor a dimension"
        return replace(line, role="bad", fault=fault, value=None)
    clash = _clash(line.value, frozenset(line.value.free))
    if clash is not None:
        fault = f"the index {clash} stands for two things in this line; rename one of them"
        return replace(line, role="bad", fault=fault, value=None)
    return line


def _clash(term: Term, taken: frozenset[Term]) -> Term | None:
    """An index variable that is bound where it already means something."""
    seen: set[tuple[Term, frozenset[Term]]] = set()
    stack = [(term, taken)]
    while stack:
        node, names = stack.pop()
        if (node, names) in seen:
            continue
        seen.add((node, names))
        if node.head in INDEXED:
            bound = [v for v in node.args[1 : 3 if node.head == "build" else 2] if v.data[0] != "_"]
            for variable in bound:
                if variable in names:
                    return variable
            stack.append((node.args[0], names.union(bound)))
            stack.extend((arg, names) for arg in node.args[1 + len(bound) :] if arg.head != "sym")
        else:
            stack.extend((arg, names) for arg in node.args)
    return None
