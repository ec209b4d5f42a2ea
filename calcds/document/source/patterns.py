r"""What the dots in `a_1 + a_2 + \dots + a_n` leave out: one form of which every printed term is an instance.

The printed terms are laid over each other. Where they agree, the form is what they have in common; where they differ, the
first ones must be integers in arithmetic progression (or go on with it as exponents, `1, r, r^2`, or as factorials) and the
last ones must go on with it: `E_j = E_0 + j d`, with one number J of steps from the first term to the last at all places.
So the form is exact at every printed term. Where several forms would do, or too few terms are printed, there is none.

Imports: calcds.document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from calcds.document.source.arithmetic import log_of
from calcds.document.source.latex import Node, walk
from calcds.document.source.laying import Hole, Laid, Step
from calcds.document.source.linear import Linear, constant, same, tree

INDICES = ("k'", "j'", "i'", "p'", "q'")  # no letters of a text, so that they are no names of a text


@dataclass(frozen=True, slots=True)
class Form:
    """The form of all terms: a tree with places that depend on an index, and the range of the index."""

    template: Node
    places: tuple[Step, ...]
    low: Linear
    count: Linear | None  # steps from the first term to the last; None for a series

    @property
    def high(self) -> Node:
        """The upper end of the range."""
        return tree(self.low + self.count) if self.count is not None else Node("CONST", (), "infty")

    def at(self, index: str) -> Node:
        """The term at an index."""
        step = Linear(Fraction(0), frozenset({(Node("NAME", (), index), Fraction(1))})) - self.low
        return _filled(self.template, [tree(place.first + step.scaled(Fraction(place.by))) for place in self.places])

    @property
    def has_index(self) -> bool:
        """Whether a subscript changes from term to term."""
        return any(n.kind == "below" and any(m.kind == "HOLE" for m in walk(n)) for n in walk(self.template))


def form_of(first: Sequence[Node], last: Sequence[Node], *, reversible: bool = False) -> Form | None:
    """The form of terms before and behind dots; behind the dots of a series there are none. None where it is not plain."""
    if not first or (not last and len(first) < 3):
        return None
    laid = Laid(len(first))
    template = laid.over([*first, *last])
    if template is None or not laid.holes:
        return None
    return _settled(laid, template, reversible=reversible)


def alike(one: Node, other: Node, form: Form) -> bool:
    """Whether two terms might be instances of one form, so that both would belong to it."""
    laid = Laid(1)
    if same(one, other):
        return True
    if laid.over([one, other]) is None:
        return False
    names = {name for hole in laid.holes for values in hole.values for value in values for name, _ in value.names}
    return names <= {name for name, _ in (form.low + (form.count or form.low)).names}


def operator(text: str, form: Form, *, taken: Node | None = None) -> Node:
    r"""An operator with an index over the terms of a form: `\sum_{k'=1}^n a_{k'}`."""
    index = fresh(form.template if taken is None else taken)
    item = Node("item", (Node("NAME", (), index), Node("REL", (), "="), tree(form.low)))
    head = Node("unit", (Node("BIGOP", (), text), Node("below", (item,)), Node("above", (form.high,))))
    return Node("group", (Node("product", (head, *factors_of(form.at(index)))),))


def fresh(node: Node) -> str:
    """An index that does not stand in a tree."""
    used = {n.text for n in walk(node)}
    return next((name for name in INDICES if name not in used), INDICES[-1] + "'")


def factors_of(node: Node) -> tuple[Node, ...]:
    """What stands in a row of units."""
    return node.parts if node.kind == "product" else (node,)


def _settled(laid: Laid, template: Node, *, reversible: bool) -> Form | None:
    """The form with a range that fits all places; None where none does, or more than one."""
    used = [int(n.text) for n in walk(template) if n.kind == "HOLE"]
    holes = [laid.holes[k] for k in used]
    series = bool(holes) and len(holes[0].values) == laid.early
    choices = [list(laid.steps(hole)) for hole in holes]
    counts = [{count for _, count in choice} for choice in choices]
    common = set.intersection(*counts) if counts else set()
    if len(common) != 1:
        return None
    (count,) = common
    steps = [[s for s, c in choice if c == count] for choice in choices]
    if any(len(set(s)) != 1 for s in steps) or not _is_plain(laid.early, holes, [s[0] for s in steps], count, series=series):
        return None
    placed = {k: s[0] for k, s in zip(used, steps, strict=True)}
    forms = [placed.get(k, Step(constant(0), 0)) for k in range(len(laid.holes))]
    index = [placed[k] for k, hole in zip(used, holes, strict=True) if hole.index]
    ones = [s for s in (*index, *placed.values()) if s.by == 1]
    if not ones and reversible and count is not None and all(s.by < 0 for s in placed.values()):
        forms = [Step(s.first + count.scaled(Fraction(s.by)), -s.by) for s in forms]
        ones = [forms[k] for k in used if forms[k].by == 1]
    return Form(template, tuple(forms), ones[0].first if ones else constant(1), count)


def _is_plain(early: int, holes: Sequence[Hole], steps: Sequence[Step], count: Linear | None, *, series: bool) -> bool:
    """Whether enough terms are printed to tell how they go on."""
    if series:
        return all(step.by > 0 for step in steps)
    assert count is not None  # there is a last term
    whole = count.whole
    if (whole is not None and whole < early) or (whole is None and all(c < 0 for _, c in count.names)):
        return False
    if any(hole.numeric for hole in holes) and early < 3:
        return False
    if early == 1:
        ends = {step.first + count for step in steps}
        usual = {0, 1, 2} if all(hole.index for hole in holes) else {0, 1}  # what stands in front may be of another form
        starts = all(step.first.whole in usual for step in steps) and len({s.first for s in steps}) == 1
        return starts and len(ends) == 1 and next(iter(ends)).is_simple and not any(h.implied for h in holes)
    if early == 2 and whole is not None:
        return all(
            abs(step.by) == 1 and (hole.index or not _may_be_geometric(step, whole))
            for hole, step in zip(holes, steps, strict=True)
        )
    return True


def _may_be_geometric(step: Step, count: int) -> bool:
    """Whether the numbers `a, b, ..., c` might be powers as well: `1, 2, ..., 64`."""
    first = step.first.whole
    if first is None or first <= 0:
        return False
    ratio, last = Fraction(first + step.by, first), Fraction(first + count * step.by, first)
    return ratio.denominator == 1 and ratio > 1 and last.denominator == 1 and log_of(last, int(ratio)) is not None


def _filled(node: Node, values: Sequence[Node]) -> Node:
    """A template with its places filled in."""
    if node.kind == "HOLE":
        return values[int(node.text)]
    if not any(n.kind == "HOLE" for n in walk(node)):
        return node
    return node.holding(tuple(_filled(p, values) for p in node.parts))
