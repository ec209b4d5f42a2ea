r"""One claim about signals in several worlds: does it hold, may it mean something else, and is it close to a true one?

Imports: calcds.decide, calcds.document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice, product

from calcds.decide.clock import Deadline
from calcds.decide.verdict import Counterexample
from calcds.document.following.choices import Number, Rule, Signal, whole_number
from calcds.document.following.worlds import World
from calcds.document.source.latex import Node, walk
from calcds.document.source.names import opened
from calcds.document.source.raw import Unread
from calcds.document.source.signal_formulas import (
    all_ranges,
    derivatives_in,
    has_convolution,
    has_letters,
    head_of_members,
    key_of,
    operands_in,
    printed_ranges,
    signals_in,
    slips,
    star_of,
    summed_over,
)
from calcds.document.source.signals import (
    CONVOLUTIONS,
    convolved,
    inline_quotient,
    is_quotient,
    key_of_signal,
    listed,
    members_in,
    row,
    table,
)
from calcds.document.words.scope import Scope

WORLDS = 12
_PATIENCE = 2.0  # seconds, for what would have been right
_CHANGES = 150  # of a formula that are tried
_CLOSE = 1e-9
_ZERO = Fraction(0)


@dataclass(slots=True)
class Known:
    """What a document says of signals; the newest formula counts."""

    scope: Scope
    rules: dict[tuple[str, int], Rule] = field(default_factory=dict)
    stars: dict[str, Rule] = field(default_factory=dict)
    moves: dict[str, Rule] = field(default_factory=dict)
    wholes: dict[str, Rule] = field(default_factory=dict)
    lists: dict[str, tuple[Signal, int]] = field(default_factory=dict)
    contested: set[str] = field(default_factory=set)  # signs with two formulas
    others: set[tuple[str, int]] = field(default_factory=set)  # signs of other operations, by section
    restricted: dict[str, int] = field(default_factory=dict)  # signals that an equation is laid down for, and its section


class Question:
    """One claim, with everything that it is about."""

    def __init__(self, signals: Known, left: Node, right: Node, *, afar: bool = False) -> None:
        """afar: with formulas of other sections, too, which may be about others"""
        self.signals, self.scope = signals, signals.scope
        self.rules = {k: rule for k, rule in signals.rules.items() if afar or self.scope.is_here(rule.section)}
        self.wholes = {k: rule for k, rule in signals.wholes.items() if afar or self.scope.is_here(rule.section)}
        self.lists = {k: one for k, (one, _) in signals.lists.items() if (k, 0) not in self.rules}
        self.ranks: dict[str, int] = {}
        self.trees = trees = [left, right, *self._leading_to((left, right))]
        for tree in trees:
            self._take_ranks(tree)
        self.lists = {k: one for k, one in self.lists.items() if self.ranks.get(k, len(one.spans)) == len(one.spans)}
        self.has_names = False
        self.deadline = Deadline(_PATIENCE / 2)
        self.found: Counterexample | None = None
        bounds = [b for tree in trees for _, low, high in all_ranges(tree) for b in (low, high) if b is not None]
        self.lengths = frozenset(n.text for b in bounds for n in walk(b) if n.kind == "NAME") - summed_over(trees)
        places = (p for tree in trees for m in members_in(tree) for p in m.parts[1:])
        self.integers = frozenset(n.text for p in places for n in walk(p) if n.kind == "NAME") | {
            n.text for tree in trees for u in walk(tree) if u.kind == "above" for n in walk(u) if n.kind == "NAME"
        }
        self.printed: dict[tuple[str, int], tuple[Node, Node]] = {}
        for tree in trees:
            for at, ends in printed_ranges(tree).items():
                self.printed.setdefault(at, ends)
        self.gradients = self._gradients(trees)
        self._pass_ranges_on()
        bottoms = [by for tree in trees[:2] for _, by in derivatives_in(tree) if by.kind == "member"]
        self.within: dict[str, tuple[Node, Node]] = {}
        for by in bottoms:
            for axis, place in enumerate(by.parts[1:]):
                within = self.printed.get((key_of(by) or "", axis))
                self.within |= {place.text: within} if place.kind == "NAME" and within is not None else {}
        told = ((at, name) for section, (at, name) in self.scope.periods.items() if section in self.scope.around)
        self.periods = ["", *(name for at, name in told if at <= self.scope.chance.at and name in self.lengths)]
        self.period = ""
        self.turned, self.listed = "", True

    def _leading_to(self, sides: Sequence[Node]) -> Iterator[Node]:
        """The formulas that the names of a claim lead to."""
        todo, seen = list(sides), set[int]()
        known = [*self.rules.items()]
        while todo:
            here = todo.pop()
            keys = {key_of(m) for m in members_in(here)} | {key_of_signal(n) for n in walk(here)}
            keys |= {f"{key_of(m)}~{len(m.parts) - 1}" for m in members_in(here)}
            self.ranks |= {key: n for (key, n), _ in known if n and key in keys}
            signs = {n.text for n in walk(here) if n.kind == "MUL"} & set(self.signals.stars)
            found = [rule for (key, _), rule in known if key in keys]
            found += [rule for key, rule in self.wholes.items() if key in keys]
            found += [rule for key, rule in self.signals.moves.items() if key in keys]
            found += [self.signals.stars[sign] for sign in signs]
            for rule in found:
                if id(rule) not in seen:
                    seen.add(id(rule))
                    todo.append(rule.body)
                    yield rule.body

    def _take_ranks(self, tree: Node) -> None:
        """What is a signal: of what members are taken, and what a star stands beside."""
        for m in members_in(tree):
            key = key_of(m)
            numbers = all(p.kind == "NUMBER" for p in m.parts[1:])
            if key is not None and (not numbers or key in self.lists or (key, len(m.parts) - 1) in self.rules):
                self.ranks.setdefault(key, len(m.parts) - 1)
        plain = max((rank for key, rank in self.ranks.items() if "~" not in key), default=1)
        for node in walk(tree):
            if (found := convolved(node)) is None:
                continue
            before, sign, after = found
            rank = len(self.signals.stars[sign].letters) if sign in self.signals.stars else plain
            for name in (n for side in (before, after) for part in side for n in operands_in(part)):
                key = key_of_signal(name)
                places = ",".join(p.text for p in name.parts[1:])
                label = f"{key_of_signal(name.parts[0])}_{places}" if name.kind == "member" else ""
                index = name.kind == "NAME" and key in summed_over([tree])
                if key is not None and key not in self.signals.moves and not index:
                    self.ranks.setdefault(key, 1 if key in self.lists else self._rank_known(key, rank))
                elif label and key_of_signal(name.parts[0]) not in self.ranks:
                    self.ranks.setdefault(label, rank)
        for key in (key_of_signal(n) for n in walk(tree)):
            if key in self.lists:
                self.ranks.setdefault(key, len(self.lists[key].spans))
            if key in self.wholes:
                self.ranks.setdefault(key, 1)

    def _rank_known(self, key: str, otherwise: int) -> int:
        return next((n for (k, n) in self.rules if k == key and n), otherwise)

    def _gradients(self, trees: Sequence[Node]) -> dict[str, str]:
        """Of every loss without a formula the signal through which it is known: one that is made of the others."""
        by: dict[str, set[str]] = {}
        for tree in trees:
            for top, bottom in derivatives_in(tree):
                loss, key = key_of_signal(top), key_of(bottom) or key_of_signal(bottom)
                if loss is not None and key is not None and (loss, 0) not in self.rules and loss not in self.ranks:
                    by.setdefault(loss, set()).add(key)
        found = {}
        for loss, keys in by.items():
            made = {k for k in keys if any(k == name and n for name, n in self.rules) or k in self.wholes}
            inner = {key_of(m) for (name, _), rule in self.rules.items() if name in made for m in members_in(rule.body)}
            inner |= {key_of_signal(n) for name, rule in self.wholes.items() if name in made for n in walk(rule.body)}
            last = sorted((made - inner) or (keys if len(keys) == 1 else set()))
            if len(last) == 1 and last[0] in self.ranks:
                found[loss] = last[0]
                self.ranks[f"d {loss}/d {last[0]}"] = self.ranks[last[0]]
        return found

    def _pass_ranges_on(self) -> None:
        r"""What is summed over a range has numbers there only; so have, with `g_i = \partial L / \partial y_i`, slopes."""
        for key, rule in (*((key, rule) for (key, rank), rule in self.rules.items() if rank), *self.wholes.items()):
            slopes, body = [*derivatives_in(rule.body)], opened(rule.body)
            alone = is_quotient(body) if body.kind == "frac" else inline_quotient(body.parts) is not None
            if len(slopes) != 1 or not alone:
                continue
            loss, by = key_of_signal(slopes[0][0]), slopes[0][1]
            through = key_of(by) or key_of_signal(by)
            if loss is None or through is None or self.gradients.get(loss) != through:
                continue
            order = [p.text for p in by.parts[1:]] if by.kind == "member" else [*rule.letters]
            for axis in range(self.ranks[through]):
                letter = rule.letters[axis] if axis < len(rule.letters) else ""
                there = order.index(letter) if letter in order else axis
                if (key, axis) in self.printed:
                    self.printed.setdefault((f"d {loss}/d {through}", there), self.printed[key, axis])

    # -- answers ------------------------------------------------------------------------------------------------

    def _world(self, seed: int) -> World:
        known = self.signals
        return World(
            seed, self.rules, known.stars, known.moves, self.wholes, self.lists if self.listed else {}, self.ranks,
            self.printed, self.gradients, self.within, impulse=not self.scope.impulses.isdisjoint(self.scope.around),
            period=self.period, turned=self.turned, integers=self.integers, lengths=self.lengths, deadline=self.deadline,
        )  # fmt: skip

    def holds(self, left: Node, right: Node) -> bool | None:
        """Whether two sides are equal in all worlds; None where that is not known.

        Names of printed lists stand for these lists only beside numbers; what holds for all signals holds for them, too.
        """
        self.listed = not has_letters(left) or not has_letters(right)
        self.has_names = self.has_names or not self.listed
        found: list[bool | None] = []
        for period in self.periods:
            self.period = period
            found.append(self._holds(left, right))
            if found[-1]:
                return True
        return False if False in found else None

    def _holds(self, left: Node, right: Node) -> bool | None:
        seen = something = False
        for seed in range(WORLDS):
            world = self._world(seed)
            try:
                equal, nonzero = self._compare(world, left, right)
            except (Unread, ArithmeticError, RecursionError):
                continue
            if not equal and self._is_cut_off(world):
                continue
            seen, something = True, something or nonzero or (self.listed and not world.used)
            if not equal:
                return False
        return True if seen and something and not self.deadline.late else None

    def _is_cut_off(self, world: World) -> bool:
        r"""Whether a signal with a formula has numbers, in this world, outside the range over which it is summed.

        `\sum_{i=0}^{n-k} \delta_i x_{i+a}` is about all of a \delta that has its members there, whatever its formula is.
        """
        for (key, axis), ends in self.printed.items():
            rank = next((rank for name, rank in self.rules if name == key and rank > axis), 0)
            rank = rank or (self.ranks.get(key, 0) if key in self.wholes else 0)
            if not rank:
                continue
            try:
                low, high = (world.value(end, {}) for end in ends)
                span = world.spans(key, rank)[axis]
            except (Unread, ArithmeticError, RecursionError):
                return True
            if not whole_number(low) <= span[0] <= span[1] <= whole_number(high):
                return True
        return False

    def _compare(self, world: World, left: Node, right: Node) -> tuple[bool, bool]:
        rank = max(world.rank(left), world.rank(right))
        if not rank:
            a, b = world.value(left, {}), world.value(right, {})
            if not _same(a, b):
                self.found = Counterexample({}, {}, str(a), str(b))
            return _same(a, b), bool(a or b)
        printed = printed_numbers(right, flat=False)
        if printed is not None and _is_circular(left, self.signals.stars):
            pairs = [(world.at_place(left, place, {}), value) for place, value in printed.values.items()]
            self.found = Counterexample({}, {}, ", ".join(str(a) for a, _ in pairs), ", ".join(str(b) for _, b in pairs))
            return all(_same(*pair) for pair in pairs), True
        one, other = world.whole(left, rank), world.whole(right, rank)
        if printed is not None and (operands := self._operands(left)) is not None:
            return self._wrong_entries(one, printed, operands) == 0, True
        equal = all(_same(one.get(p, _ZERO), other.get(p, _ZERO)) for p in {*one, *other})
        if not equal:
            self.found = Counterexample({}, {}, _shown(one), _shown(other))
        return equal, bool(one or other)

    def _operands(self, node: Node) -> tuple[Signal, Signal] | None:
        """The two printed lists that are convolved; None for anything else."""
        found = convolved(node)
        if found is None:
            return None
        pair = []
        for side in (row(found[0]), row(found[2])):
            key = key_of_signal(side)
            pair.append(printed_numbers(side, flat=False) or (self.lists.get(key) if key is not None else None))
        one, other = pair
        return (one, other) if one is not None and other is not None else None

    @staticmethod
    def _wrong_entries(whole: dict[tuple[int, ...], Number], printed: Signal, operands: tuple[Signal, Signal]) -> int | None:
        """How many entries of a printed convolution are wrong: of all of it, or of the part where the kernel is within.

        None where it has another size than either.
        """
        size = [int(high) + 1 for _, high in printed.spans]
        one, other = ([int(high) + 1 for _, high in signal.spans] for signal in operands)
        if len(one) != len(other) or len(one) != len(size):
            return None
        full = [m + n - 1 for m, n in zip(one, other, strict=True)]
        sides = [*zip(one, other, strict=True)]
        parts = full, [abs(m - n) + 1 for m, n in sides], [max(m, n) for m, n in sides]
        if size not in parts:
            return None
        reach = [range(-n, n + 1) for n in full]
        counts = []
        for start in product(*reach):
            placed = {tuple(s + k for s, k in zip(start, place, strict=True)): v for place, v in printed.values.items()}
            inside = {place: v for place, v in whole.items() if size == full or place in placed}
            counts.append(sum(not _same(inside.get(p, _ZERO), placed.get(p, _ZERO)) for p in {*inside, *placed}))
        return min(counts)

    def may_mean_other(self, left: Node, right: Node, *, first: bool) -> str | None:
        """Why a claim that fails may be true as it is meant; None where nothing speaks for it."""
        signs = {n.text for tree in self.trees for n in walk(tree) if n.kind == "MUL"} & CONVOLUTIONS
        if any(map(has_convolution, self.trees)) and not signs <= set(self.signals.stars) - self.signals.contested:
            for way in ("left", "right", "none"):
                self.turned = way
                turned = self.holds(left, right)
                self.turned = ""
                if turned or (turned is None and way != "none"):
                    return "whether a kernel is turned around is not said"
        if first and (head := head_of_members(left)) is not None:
            base, letters, _ = head
            rule = self.signals.stars.get(star[0]) if (star := star_of(base)) is not None else None
            key = key_of(left)
            rule = rule or self.rules.get((key or "", len(letters)))
            if rule is not None and (star is not None or signals_in(rule.body) == signals_in(right)):
                return "it differs from the formula before it for the same signals: another convention, or a mistake?"
        keys = {k for side in (left, right) for k in (*map(key_of, members_in(side)), *map(key_of_signal, walk(side)))}
        restricted = {k for k, section in self.signals.restricted.items() if self.scope.is_here(section)}
        if bound := sorted(k for k in keys & restricted if k is not None):
            return f"an equation before it says which {bound[0]} is meant"
        elsewhere = {k for (k, _), rule in self.signals.rules.items() if not self.scope.is_here(rule.section)}
        if self.listed:
            elsewhere |= {k for k, (_, section) in self.signals.lists.items() if not self.scope.is_here(section)}
        elsewhere |= {k for k, rule in self.signals.wholes.items() if not self.scope.is_here(rule.section)}
        if strange := sorted(k for k in keys & elsewhere if k is not None and not any(k == name for name, _ in self.rules)):
            return f"another section says what {strange[0]} is"
        return None

    def is_understood(self, node: Node) -> bool:
        """Whether a side has a value in some world."""
        for seed in range(WORLDS):
            world = self._world(seed)
            try:
                return world.rank(node) == 0 and world.value(node, {}) is not None
            except (Unread, ArithmeticError, RecursionError):
                continue
        return False

    def is_about_unknown(self, left: Node, right: Node) -> bool:
        """Whether a side is a number that is not compared with anything known: the text does not say what the signals are."""
        return self.listed and any(self._world(0).draws(side) for side in (left, right))

    def is_close(self, left: Node, right: Node) -> bool:
        """Whether a small change would make a claim hold; of a printed list half of the entries have to be right."""
        printed = printed_numbers(right, flat=False)
        if printed is not None:
            return self._has_right_entries(left, printed)
        if self.listed:
            return self.found is not None  # nothing is left that might be misunderstood
        self.deadline = deadline = Deadline(_PATIENCE)
        changed = [(left, one) for one in slips(right)] + [(one, right) for one in slips(left)]
        return any(self.holds(*pair) for pair in deadline.until(islice(changed, _CHANGES)))

    def _has_right_entries(self, left: Node, printed: Signal) -> bool:
        rank, operands = len(printed.spans), self._operands(left)
        try:
            one = self._world(0).whole(left, rank)
        except (Unread, ArithmeticError):
            return False
        if operands is not None:
            sizes = [sum(int(s.spans[axis][1]) for s in operands) for axis in range(rank)]
            whole = sizes == [int(high) for _, high in printed.spans]  # a part of another size may be that of another operation
            wrong = self._wrong_entries(one, printed, operands) if whole else None
        else:
            beyond = any(not all(0 <= k <= high for k, (_, high) in zip(p, printed.spans, strict=True)) for p in one)
            wrong = None if beyond else sum(not _same(one.get(p, _ZERO), v) for p, v in printed.values.items())
        self.found = Counterexample({}, {}, _shown(one), _shown(dict(printed.values)))
        return wrong is not None and 2 * wrong <= len(printed.values)


def _is_circular(node: Node, stars: Mapping[str, Rule]) -> bool:
    """Whether a convolution counts its places modulo a number."""
    found = convolved(node)
    rule = stars.get(found[1]) if found is not None else None
    return rule is not None and any(n.kind == "MUL" and n.text == "bmod" for n in walk(rule.body))


def printed_numbers(node: Node, *, flat: bool = True) -> Signal | None:
    """The numbers of a printed list or matrix; None for anything else. flat: a matrix with one row or column is a list"""
    entries, lines = listed(node), table(node)
    if flat and lines is not None and 1 in (len(lines), len(lines[0])):
        entries, lines = [cell for line in lines for cell in line], None
    rows = lines if lines is not None else [entries] if entries is not None else None
    if rows is None:
        return None
    world = World(0, {}, {}, {}, {}, {}, {}, {}, {})  # one in which nothing has a name
    try:
        values = [[world.value(cell, {}) for cell in line] for line in rows]
    except (Unread, ArithmeticError):
        return None
    if any(n.kind in {"NAME", "WORD"} for line in rows for cell in line for n in walk(cell)):
        return None
    if lines is None:
        return Signal({(k,): v for k, v in enumerate(values[0])}, ((0, len(values[0]) - 1),))
    table_of: dict[tuple[int, ...], Number] = {(j, k): v for j, line in enumerate(values) for k, v in enumerate(line)}
    return Signal(table_of, ((0, len(values) - 1), (0, len(values[0]) - 1)))


def _same(a: Number, b: Number) -> bool:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    one, other = complex(a), complex(b)
    return abs(one - other) <= _CLOSE * (1 + abs(one) + abs(other))


def _shown(values: dict[tuple[int, ...], Number]) -> str:
    return ", ".join(f"{value} at {','.join(map(str, place))}" for place, value in sorted(values.items()))[:200]
