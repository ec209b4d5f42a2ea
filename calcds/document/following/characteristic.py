r"""Characteristic equations of linear recursions: `r^2 - (a + b) r + ab = 0` for `u_{k+1} = (a + b) u_k - ab u_{k-1}`.

With r^j in the place of the member that stands j behind the last one of the recursion, head minus body is its characteristic
polynomial P. An equation that words call so is right if and only if its sides differ by P or -P, which is decided as any claim
is. It is called wrong only where one sign or number changed in it makes it right, and where the section has no other recursion;
nothing is said of one that has further terms, as `u_{k+1} = 2 u_k + 3`: its P is that of another recursion.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Outcome, Verdict
from calcds.document.following.unrolling import Rule, Unrolling
from calcds.document.reading.chains import Reading
from calcds.document.source.latex import Node, walk
from calcds.document.source.linear import numeral, same
from calcds.document.source.members import member_of, misprints
from calcds.document.source.names import named, names_in, opened
from calcds.document.source.raw import Unread
from calcds.expr.term import Term

_WORDS = re.compile(r"\b(?:characteristic|auxiliary)\s+(?:roots?|equations?|polynomials?|values?)\b[^.;]*$", re.IGNORECASE)
_OTHERS = re.compile(r"\bmatri|\bdet\b|\bperturb|\binstead\b|\bif\b|\bfor\b[^.;]{0,20}$", re.IGNORECASE)
_PATIENCE = 3.0  # seconds, more than it takes, for what would have been right
_CHANGES = 40
_GOOD = {Outcome.PROVED, Outcome.SUPPORTED}
Read = Callable[[Sequence[Node]], Reading]
Compare = Callable[[Reading, Term, Term], Verdict]


def characteristic(nodes: Sequence[Node | Unread], words: str, unrolling: Unrolling, read: Read,
                   compare: Compare) -> Verdict | None:  # fmt: skip
    """The verdict on a characteristic equation; None for any other pair of sides. words: before it"""
    left, right = nodes
    if _WORDS.search(words) is None or not isinstance(left, Node) or not isinstance(right, Node):
        return None
    known = [(key, rule) for key, rules in unrolling.rules.items() for rule in rules
             if rule.recursive and unrolling.scope.is_here(rule.section)]  # fmt: skip
    if not known:
        return None
    key, rule = max(known, key=lambda one: one[1].line)
    letter = _unknown(left, right, rule)
    polynomial = _polynomial(key, rule, letter) if letter is not None else None
    if polynomial is None:
        return None

    def holds(one: Node, other: Node) -> bool:
        for sides in ((one, other), (other, one)):
            reading = read([_difference(*sides), polynomial])
            pair = reading.pair(0)
            if pair is None or not pair[0].is_scalar or reading.doubts_of(0):
                return False
            if compare(reading, *pair).outcome in _GOOD:
                return True
        return False

    said = f"it is the characteristic equation of the recursion of line {rule.line}"
    if holds(left, right):
        return Verdict(Outcome.PROVED, "characteristic", said)
    if _OTHERS.search(words) or any(not same(rule.body, other.body) for _, other in known):
        return None
    for one, other in Deadline(_PATIENCE).until(islice(_changed(left, right), _CHANGES)):
        if holds(one, other):
            return Verdict(Outcome.REFUTED, "characteristic", f"{said.replace('is', 'is not', 1)}")
    return None


def _unknown(left: Node, right: Node, rule: Rule) -> str | None:
    """The one letter of an equation that the recursion does not have."""
    told = {name.base for name in names_in(rule.body)} | {rule.letter}
    found = {name.base for node in (left, right) for name in names_in(node)} - told
    powers = any(n.kind == "unit" and (name := named(n)) is not None and name.base in found for n in walk(left))
    return found.pop() if len(found) == 1 and powers else None


def _polynomial(key: str, rule: Rule, letter: str) -> Node | None:
    """Head minus body with powers of a letter for the members; None where a summand has not exactly one of them."""
    body = opened(rule.body)
    summands = [p for p in body.parts if p.kind != "ADD"] if body.kind == "sum" else [body]
    first = rule.offset - max(rule.own)
    for summand in summands:
        members = [m for n in walk(summand) if (m := member_of(n)) is not None]
        if len(members) != 1 or members[0].key != key or members[0].letter != rule.letter or members[0].rest:
            return None
    return _difference(_power(letter, rule.offset - first), _with_powers(body, key, letter, first))


def _with_powers(node: Node, key: str, letter: str, first: int) -> Node:
    member = member_of(node)
    if member is not None and member.key == key:
        return _power(letter, member.offset - first)
    return node.holding(tuple(_with_powers(p, key, letter, first) for p in node.parts))


def _power(letter: str, exponent: int) -> Node:
    if not exponent:
        return Node("round", (Node("items", (numeral(1),)),))  # 6 a_0 is no 61
    name = Node("NAME", (), letter)
    return name if exponent == 1 else Node("unit", (name, Node("above", (numeral(exponent),))))


def _difference(one: Node, other: Node) -> Node:
    """One side less the other."""
    bracket = Node("round", (Node("items", (opened(other),)),))
    return Node("items", (Node("sum", (Node("round", (Node("items", (opened(one),)),)), Node("ADD", (), "-"), bracket)),))


def _changed(left: Node, right: Node) -> Iterator[tuple[Node, Node]]:
    yield from ((one, right) for one in misprints(left))
    yield from ((left, other) for other in misprints(right))


__all__ = ["characteristic"]
