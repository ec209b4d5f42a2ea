r"""Functions, means and variances of random variables with a stated law, by their names: `M_X(t)`, `F_X(x)`, `\sigma_X^2`.

    M_X(t) = E[e^{tX}]                         M_{X+Y}(t) = E[e^{t(X+Y)}]
    F_X(x) = P(X \le x)                        p_X(k) = P(X = k), of whole numbers
    f_X(x) = \frac{d}{dx} P(X \le x)           of a law with a density, where x is between the ends of its values
    \mu_X = E[X],  \sigma_X^2 = Var(X)         D(X) = Var(X)

An equation for such a name is taken as its definition, so that the text may go on with it. Where the text says which law X
has, it is a claim as well: the right side of the table in the place of the name has to be what the equation says. Some
write D(X) for the standard deviation: of these nothing is called wrong. Formulas with cases are compared between the ends of
the values only, and none of them is proved. A law that is not understood tells nothing.

Imports: calcds.document, calcds.decide.verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from calcds.decide.verdict import Outcome, Verdict
from calcds.document.reading.chains import Reading, Readings
from calcds.document.reading.sequences import Taken
from calcds.document.source.keys import labelled
from calcds.document.source.latex import Node, in_brackets, parse, replaced, walk
from calcds.document.source.names import (
    atom_and_marks,
    has_names,
    is_square,
    letter_of,
    named,
    names_in,
    opened,
    script,
)
from calcds.document.source.raw import Unread, raw_tokens
from calcds.document.source.statements import Statement
from calcds.document.source.tokens import tokens
from calcds.document.weighing.deciding import Decider
from calcds.document.words.notes import Pending
from calcds.document.words.randomness import OTHER, full_of, latest_law
from calcds.document.words.scope import Scope

_VARIABLE, _PLACE = "Q", "j"  # of the templates
_OF_PLACE = {  # what a letter with a variable below means at a place
    "M": (r"E[e^{j Q}]",), "F": (r"P(Q \le j)",), "f": (r"\frac{d}{dj} P(Q \le j)", "P(Q = j)"), "p": ("P(Q = j)",),
}  # fmt: skip
_MEAN, _VARIANCE = "E[Q]", r"\operatorname{Var}(Q)"
_WHOLE = {"poisson", "binomial", "bernoulli", "geometric from 1", "geometric from 0", "equal"}
_QUALIFIED = re.compile(  # another law, or not all of the formula
    r"\bup to\b|proportional|\bconstants?\b|kernel|truncat|censor|condition|\bgiven\b|\binstead\b|minim|maxim|approximat|"
    r"\boutside|\belsewhere|\botherwise|limit|asymptotic|\bnot\b|wrong|mistake|mixture|shifted|scaled|\blog", re.IGNORECASE
)  # fmt: skip
_HELD = {Outcome.PROVED, Outcome.SUPPORTED}


class Lawful:
    """The part of a checker that asks laws what the functions of a variable are."""

    scope: Scope
    decider: Decider

    def by_law(self, taken: Taken, nodes: Sequence[Node | Unread], statement: Statement, pending: Pending,
               words: str) -> Taken:  # fmt: skip
        """What a definition comes to where the law of a variable says already what is defined."""
        if taken.stage == "solution" or taken.outcome is not Outcome.PROVED:
            return taken
        found = self.told_by_law(nodes, statement, pending, words)
        if found is None:
            return taken
        return replace(taken, outcome=found.outcome, detail=found.detail, stage="solution", asks=found.asks)

    def told_by_law(self, nodes: Sequence[Node | Unread], statement: Statement, pending: Pending, words: str) -> Verdict | None:
        """What the law of a variable says of an equation for one of its functions; None where it tells nothing.

        words: the sentence
        """
        head, body = nodes
        if not isinstance(head, Node) or not isinstance(body, Node) or (found := self._meant_by_law(head)) is None:
            return None
        meaning, certain = found
        read = Readings(self._readings([meaning, body], [True], statement, pending)).of(0)
        if not read:
            return None
        self._weigh([meaning, body], pending)
        verdict, _, _ = self.decider.decide(read, 0, "", pending.tolerance)
        if verdict.outcome in _HELD and not any(_is_parted(n) for n in walk(body)):
            return replace(verdict, stage="solution", detail=f"so the law says: {verdict.detail}")
        plain = has_names(body) and not _QUALIFIED.search(words)  # outside of the values a density is 0
        if verdict.outcome is Outcome.REFUTED and certain and plain:
            return replace(verdict, stage="solution", detail=f"the law says something else: {verdict.detail}")
        return None

    def _meant_by_law(self, head: Node) -> tuple[Node, bool] | None:
        """What a name means, and whether nobody means something else; None where no law tells it."""
        inside = opened(head)
        parts = inside.parts if inside.kind == "product" and len(inside.parts) == 2 else (inside,)
        name = named(parts[0])
        if name is None or letter_of(name.base) != name.base:
            return None
        _, below, rest = labelled(name)
        bracket = atom_and_marks(parts[1]) if len(parts) == 2 else None
        if bracket is not None and (bracket[0].kind != "round" or bracket[1] or len(bracket[0].parts) != 1 or rest):
            return None
        content = opened(bracket[0].parts[0]) if bracket is not None else None
        if content is not None and not below:
            known = name.base == "D" and self._known_laws(content)
            return (_put(_VARIANCE, content), False) if known else None
        variable = opened(script(below[0])) if len(below) == 1 else None
        laws = self._known_laws(variable) if variable is not None else None
        if variable is None or not laws:
            return None
        if content is not None:
            return self._at_place(name.base, variable, content, laws)
        if self.scope.chance.is_parameter(full_of(name), self.scope.around):
            return None  # X has the law with this mean: what else it is may be supposed
        if name.base == "mu" and not rest:
            return _put(_MEAN, variable), True
        if name.base == "sigma" and len(rest) == 1 and is_square(rest[0]):
            return _put(_VARIANCE, variable), True
        return None

    @staticmethod
    def _at_place(letter: str, variable: Node, place: Node, laws: set[str]) -> tuple[Node, bool] | None:
        spot = named(place)
        templates, whole = _OF_PLACE.get(letter, ()), laws <= _WHOLE
        if not templates or spot is None or spot.marks or (letter == "p" and not whole):
            return None
        if letter != "M" and named(variable) is None:
            return None
        return _put(templates[-1] if whole else templates[0], variable, place), True

    def _known_laws(self, variable: Node) -> set[str] | None:
        """The laws of the variables of a formula; None where it has other names."""
        chance, around = self.scope.chance, self.scope.around
        if any(n.kind in {"COMMA", "MID", "SEMI"} for n in walk(variable)):
            return None
        found = set[str]()
        for name in names_in(variable):
            key = full_of(name)
            law = latest_law([f for f in chance.holding(around, "law") if f.covers([key])])
            if not letter_of(name.base).isupper() or law is None or law.law == OTHER or not law.values:
                return None
            found.add(law.law)
        return found

    def _readings(self, nodes: Sequence[Node | Unread], linked: Sequence[bool], statement: Statement,
                  pending: Pending) -> Iterator[Reading]:  # fmt: skip
        """The readings of a chain, the likeliest first."""
        raise NotImplementedError  # pragma: no cover

    def _weigh(self, nodes: Sequence[Node | Unread], pending: Pending) -> bool:
        """Say what an equality needs to be called wrong."""
        raise NotImplementedError  # pragma: no cover


def _is_parted(node: Node) -> bool:
    """Whether a formula tells cases apart: those outside of the ends of the values are not compared."""
    return node.kind == "REL" or (node.kind == "grid" and node.text == "cases")


@cache
def _template(said: str) -> Node:
    return parse(tokens(raw_tokens(said, 0)))


def _put(said: str, variable: Node, place: Node | None = None) -> Node:
    """A template with a variable in it, and a place."""
    group = variable if variable.kind in {"NAME", "unit"} else in_brackets(variable)
    return replaced(_template(said), {_VARIABLE: group} | ({_PLACE: place} if place is not None else {}))


__all__ = ["Lawful"]
