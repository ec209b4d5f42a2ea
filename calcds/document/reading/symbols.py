r"""What a name stands for: declared, defined, bound, an entry of something, or a plain number.

Documents count entries from 1; terms count from 0. The printed value of a bound index and its place in an array are
kept apart here and nowhere else.

Imports: calcds.document, calcds.expr.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from calcds.document.source.keys import full_key, index_nodes, labelled, of_any_layer, subscripted
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    NUMBERED,
    SAMPLE,
    Named,
    is_square,
    letter_of,
    named,
    names_in,
    opened,
    script,
    shown,
    text_of,
)
from calcds.document.source.options import Options
from calcds.document.source.raw import Unread
from calcds.document.words.facts import COLUMNS, FACTS, having
from calcds.document.words.scope import Definition, Function, Scope
from calcds.document.words.shapes import Builder, NotKnown, Sizes, kind_for, word_of
from calcds.document.words.surveying import INDEX_LETTERS, Usage
from calcds.expr import operators as op
from calcds.expr.functions import HALF, PI
from calcds.expr.kinds import (
    INDEX,
    Dim,
    FunctionSymbol,
    Index,
    Kind,
    Natural,
    Orthonormal,
    Real,
)
from calcds.expr.term import ONE, ZERO, Size, Term, as_term, entry, size, substitute

E = Term("const", (), "e")
IMAGINARY = Term("const", (), "I")
_TARGETS = {"y", "t"}
_COMPLEX = {"z", "w", "omega", "zeta", "xi"}
MISFIT = "the sizes that are declared do not fit"
OTHER_RANGE = "entries, and the index runs over"
_MATRIX_LETTERS = {"Sigma", "Lambda", "Phi", "Theta", "Gamma", "Psi", "Omega"}
_WEIGHTS = {"W"}  # letters of matrices that are numbered as layers are: `W_1 X + b_1 1^T`, `W_2 h`
_BASIS = {f"{style} {letter}": k for style in ("bold", "hat") for k, letter in enumerate("ijk")}  # of teachers of calculus
_SIZE_LETTERS = {"n", "m", "d", "p", "k", "N", "D", "K", "M"}


PLACE = Real.symbol("x")  # where functions stand that are written without one


@dataclass(frozen=True, slots=True)
class Bound:
    """An index bound by a sum: its symbol, and what is added to it to get the printed value."""

    symbol: Term
    offset: Term
    length: Size | None = None  # of the range; None where the range is not printed
    label: str = ""
    shifts: Mapping[tuple[str, int], int] = field(default_factory=dict)  # how far x_{i+1} reaches beyond x_i
    member: bool = False  # it runs over a set: which numbers these are is not known


class Symbols(Builder):
    """Names as terms."""

    supposed: tuple[str, ...] = ()  # what this reading takes for granted, in words

    def __init__(self, scope: Scope, options: Options, sizes: Sizes, usage: Usage) -> None:
        super().__init__(sizes)
        self.scope, self.options, self.usage = scope, options, usage
        self.bound: dict[str, Bound] = {}
        self.firsts: dict[str, Term] = {}  # of arrays that do not count from 1
        self.assumed: dict[str, Kind] = {}  # undeclared names that were read as vectors or matrices
        self.plain: dict[str, Term] = {}  # undeclared names that were read as numbers
        self.doubts: list[str] = []
        self.indices: dict[str, Term] = {}
        self.longer: dict[
            Term, int
        ] = {}  # sizes, and how large they are at least, as entries are named by number
        self.unknown_functions: set[str] = set()
        self.indexed: dict[
            tuple[str, int], set[str]
        ] = {}  # the axes of arrays, and the sets by which they are indexed

    def doubt(self, why: str) -> None:
        """Something was guessed: what rests on it is not called wrong."""
        if why not in self.doubts:
            self.doubts.append(why)

    # -- one name -----------------------------------------------------------------------------------------------

    def name(self, found: Named) -> tuple[Term, tuple[Node, ...]]:
        """The term of a name with its labels and indices, and the marks that are left."""
        key, below, rest = labelled(found)
        if not below:
            if key in self.scope.identities and self._is_identity(key):
                return op.eye(self.sizes.fresh(f"I {found.node.at}", matrix=True)), rest
            return self.symbol(key), rest
        if len(below) > 1:
            raise Unread("two subscripts", found.node.at, found.node.end)
        inside = script(below[0])
        if key in self.scope.identities and (length := self._printed_size(key, inside)) is not None:
            return op.eye(length), rest
        indices = index_nodes(inside)
        full = f"{key}_{text_of(inside)}"
        known = self.scope.definition(full, old=self.options.old) is not None or self._is_declared(full)
        known = known or self._has_an_array(full)
        if known or full in self.bound or full in self.usage.dims or shown(full) in self.scope.dims:
            return self.symbol(full), rest
        if (derived := self.scope.partial(full, old=self.options.old)) is not None and derived.body is not None:
            return derived.body, rest
        if self._is_delta(key, indices):
            return self._delta(indices or []), rest
        if (member := self._member(key, inside)) is not None:
            return member, rest
        self.sampling = any(m.text == SAMPLE for m in below)
        if not self.sampling and key in self.scope.samples and indices is not None and len(indices) == 1:
            self.doubt(f"{shown(full)} may be an entry of one of the examples {shown(key)}^(i)")
        home = self._array(key, indices)
        if home is not None and indices is not None:
            self.homes[home] = key
            place = self._entry(home, indices, found)
            if place.is_scalar and inside.kind == "NUMBER" and full in self.usage.transposed:
                return self.symbol(full), rest  # nobody transposes an entry
            return place, rest
        if any(n.base in self.bound for n in names_in(inside)):
            raise NotKnown(
                f"{shown(key)} has an index that is summed over, but is no vector of numbers",
                "",
                found.node.at,
                found.node.end,
            )
        kind = self.scope.kind(key, old=self.options.kinds)
        if (
            kind is not None
            and kind.shape != (1, 1)
            and self.scope.kind(full, old=True) is None
            and full not in self.scope.definitions
            and not (self.options.numbers and self._is_number(full))
        ):
            if key not in self.usage.iterates and not self.scope.is_iterate(key) and inside.kind != "NUMBER":
                self.doubt(f"{shown(full)} is read as one more {kind.word.lower()} like {shown(key)}")
            return kind.symbol(shown(full)), rest
        return self.symbol(full), rest

    def whole_of(self, found: Named) -> Term | None:
        """The symbol of a name, or of the array that it is an entry of; None for a name with other marks."""
        key, below, rest = labelled(found)
        if rest or len(below) > 1:
            return None
        if not below:
            return self.symbol(key)
        full = full_key(found)
        known = self.scope.definition(full, old=self.options.old) is not None
        array = None if known else self._array(key, index_nodes(script(below[0])))
        return array if array is not None else self.symbol(full)

    def _is_declared(self, full: str) -> bool:
        r"""Whether the text declares this very name with its index: `z_2 \in \mathbb{R}^K` is no entry of a z."""
        kind = self.scope.kind(full, old=self.options.kinds)
        return kind is not None and self.scope.kinds[full].certain and kind.shape != (1, 1)

    def _member(self, key: str, inside: Node) -> Term | None:
        """`H_4` or `a_{n+1}` of a sequence for which the text has a formula; None for any other name."""
        sequence = self.scope.sequence(key, old=self.options.old)
        if sequence is None or inside.kind == "items":
            return None
        place = self.value(inside)
        return substitute(sequence.body, {sequence.index: place}) if place.is_scalar else None

    def squared(self, found: Named) -> tuple[Term, tuple[Node, ...]] | None:
        r"""`\\sigma^2` where the text says what the square is: a name of its own."""
        key, below, rest = labelled(found)
        full = subscripted(key, below)
        if self.scope.definition("square " + full, old=self.options.old) is None:
            return None
        whole = self.symbol("square " + full)
        return (whole, rest[1:]) if rest and is_square(rest[0]) else (whole**HALF, rest)

    def _is_identity(self, key: str) -> bool:
        """Whether I, or what the text calls so, is nothing but the identity; every one of them may have a size of its own."""
        said = self.scope.definition(key, old=self.options.old) or self.scope.kind(key, old=self.options.kinds)
        matrices = self.usage.matrices or self.usage.grids
        return not said and key not in self.bound and (matrices or key in self.scope.identities - {"I"})

    def _printed_size(self, key: str, inside: Node) -> Size | None:
        r"""The n of the identity `I_n`, or `I_{n \times n}`; None where I is something else with an index."""
        if inside.kind == "product" and len(inside.parts) == 3 and inside.parts[1].text == "times":
            inside = opened(inside.parts[0])
        name = named(inside)
        said = self.scope.definition(key, old=self.options.old) or self.scope.kind(key, old=self.options.kinds)
        if said or key in self.bound or (name is not None and (name.base in self.bound or name.marks)):
            return None
        if inside.kind == "NUMBER" and inside.text.isdecimal():
            return int(inside.text) if self._is_identity(key) else None
        if inside.kind != "NAME" or not (inside.text in _SIZE_LETTERS or shown(inside.text) in self.scope.dims):
            return None
        return Dim(shown(inside.text))

    def _by_its_entries(self, key: str) -> Term | None:
        r"""The matrix Y of which the section has only seen the entries Y_{nk}; None for any other name."""
        letter, old = letter_of(key), self.options.kinds
        if len(letter) != 1 or not letter.isupper() or key.startswith("all ") or self.scope.kind(key, old=old) is not None:
            return None
        kind = self.scope.kind(f"all {key}", old=False)
        return self.symbol(f"all {key}") if kind is not None and 1 not in kind.shape else None

    def symbol(self, key: str) -> Term:
        """The term of a key."""
        old = self.options.old
        if key in self.bound:
            found = self.bound[key]
            if found.member:
                raise NotKnown(f"the values of {key}, which runs over a set", "")
            return as_term(size(found.symbol + found.offset))
        defined = self.scope.definition(key, old=old)
        if defined is not None and not self._is_outdated(key, defined):
            return defined.symbol
        if self.options.numbers and self._is_number(key):
            return self._number(key) if (value := self._of_several(key)) is None else value
        if (whole_one := self._by_its_entries(key)) is not None:
            return whole_one
        kind = self._kind_of(key)
        if kind is None and key in _BASIS and (length := self.scope.settings.get("basis")):
            return op.unit(int(length), _BASIS[key])
        word = self.scope.property_of(key, old=self.options.kinds)
        word = word if kind is not None or not self._has_a_number(key) else None
        role = self.scope.chance.role(key, self.scope.around)
        word = "positive semidefinite" if role == "covariance" and word is None else word
        if kind is not None:
            return self._with_kind(key, kind, word)
        if key in self.usage.primed:
            self.unknown_functions.add(shown(key))
            return FunctionSymbol(shown(key))(PLACE)
        function = self.scope.function(key, old=old)
        body = function.body if function is not None else None
        if function is not None and (value := self._at_its_place(key, function)) is not None:
            return value
        if body is not None and not body.is_scalar:
            self.doubt(f"{shown(key)} is the value of a function somewhere else")
            if key.startswith("bold ") and self.scope.is_defined_here(key):
                return body  # what holds at every place; at one place, as a residual at the optimum, more may hold
        letter = letter_of(key)
        if self._is_imaginary(key, letter):
            return IMAGINARY
        if (constant := self._constant(key)) is not None:
            return constant
        sized = shown(key) in self.scope.dims and not key.startswith("bold ")  # no size is bold
        if key not in self.usage.running and (key in self.usage.dims or sized):
            return Dim(shown(key))
        if key in self.usage.naturals:
            return Natural.symbol(shown(key))
        if key in self.usage.families and self._is_linked(key):
            return self._family(key, max(self.usage.families[key])).symbol(shown(key))
        if word in COLUMNS and (column := self._column_summed(key)) is not None:
            return column
        if word:
            made = self._made(key, word)
            self.assumed[key] = made
            return made.symbol(shown(key))
        word = role or self.sizes.promoted.get(key) or self._written_as(key, letter)
        if word == "identity":
            n = self.sizes.fresh("I", matrix=True)
            return op.eye(n)
        if word == "vector" and (entries := self._entries_said(key)) is not None:
            return entries
        if word == "vector" and (column := self._column_summed(key)) is not None:
            return column
        if word:
            made = kind_for(word, shown(key).replace("\\", ""), self.sizes)
            self.assumed[key] = made
            return made.symbol(shown(key))
        if key in self.indices or key in self.usage.running:
            return as_term(size(self.running_index(key, self.sizes.fresh(f"{key}_range")) + ONE))
        if key in _SIZE_LETTERS and self.usage.matrices:
            self.choices.add("size")
            if self.options.size:
                return Dim(shown(key))
        if (whole := self.scope.whole.get(key)) is not None and self.scope.is_here(whole.section):
            return whole.kind.symbol(shown(key))
        return self._number(key)

    def _entries_said(self, key: str) -> Term | None:
        r"""The column of which the text has said the entries: `p_k = ...` of a p, or of a bold one of another section."""
        said = (self.scope.definition(f"all {one}", old=self.options.old) for one in (key, key.removeprefix("bold ")))
        return next((one.symbol for one in said if one is not None and one.symbol.shape[1] == 1), None)

    def _is_imaginary(self, key: str, letter: str) -> bool:
        """Whether a name is the imaginary unit; a doubt where it may be, or may be a complex number."""
        unit = self.scope.settings.get("imaginary unit", "i")
        if key in {"i", "j"} and key != unit and (self.scope.is_complex or key == self.scope.settings.get("phase")):
            self.doubt(f"{key} may be the imaginary unit")
        if key == unit and (key == "j" or (key not in self.indices and key not in self.usage.running)):
            if self.scope.is_complex or key == "j":
                return True
            self.doubt("i may be the imaginary unit")
        phases = letter == "z" and "phase" in self.scope.settings  # of a text with e^{j \omega}
        if phases or (self.scope.is_complex and (letter in _COMPLEX or key.startswith("bar "))):
            self.doubt(f"{shown(key)} may be a complex number")
        return False

    def _at_its_place(self, key: str, function: Function) -> Term | None:
        """The value of a function that stands without its argument: `s' = s (1 - s)`, `ds/dz = s (1 - s)`."""
        if function.body is None or len(function.parameters) != 1:
            return self._of_several(key)
        if key in self.usage.places and key not in self.usage.derived:
            place = self.symbol(self.usage.places[key])
            return substitute(function.body, {function.parameters[0]: place}) if place.is_scalar else function.body
        if key not in self.usage.derived and key in self.usage.valued:
            self.doubt(f"{shown(key)} is read as the value of the function {shown(key)}")
        return function.body if key in self.usage.derived | self.usage.valued else None

    def _of_several(self, key: str) -> Term | None:
        r"""The value of a function of several numbers that a line differentiates: `\partial r/\partial x = x/r`."""
        function, old = self.scope.function(key, old=self.options.old), self.options.old
        if function is None or function.body is None or function.labels or len(function.parameters) < 2:
            return None
        here = self.usage.places.get(key) in function.keys and all(p.is_scalar for p in function.parameters)
        free = here and all(k not in self.bound and self.scope.definition(k, old=old) is None for k in function.keys)
        return function.body if free else None

    def _with_kind(self, key: str, kind: Kind, word: str | None) -> Term:
        """The term of a name whose kind is known, with a property that the text states."""
        if kind.shape[1] == 1 and not self.scope.is_declared(key):
            whole = self._column_summed(key)
            whole = self._entries_said(key) if whole is None and self.options.old else whole
            if whole is not None:
                return whole
        if word in FACTS and kind.shape[1] != 1:
            self.sizes.same(*kind.shape)
        kind = having(kind, word) if word else kind
        return (kind if self.options.sizes else self._of_any_size(key, kind, word)).symbol(shown(key))

    def _column_summed(self, key: str) -> Term | None:
        """The column of the numbers y_k that a line before this one sums over, where y is written as a vector."""
        kind = self.scope.kind(f"all {key}", old=False)
        column = kind is not None and kind.shape[1] == 1 and kind.shape[0] != 1 and key not in self.usage.apart
        return self.symbol(f"all {key}") if column else None

    def _has_a_number(self, key: str) -> bool:
        """Whether the section gives a name a number: `y = -1`, where y is a one-hot vector elsewhere."""
        example = self.scope.values.get(key)
        return example is not None and example[1].is_scalar and self.scope.is_here(example[2])

    def _has_an_array(self, full: str) -> bool:
        """Whether the section gives a name with an index the numbers of a column or a matrix: it is no entry of another one."""
        example = self.scope.values.get(full)
        return example is not None and not example[1].is_scalar and self.scope.is_here(example[2])

    def _is_outdated(self, key: str, defined: Definition) -> bool:
        """Whether a name is a vector since its definition as a number, or a number where it was one: the mean of a vector."""
        if key == "e" and key in self.usage.raised and not self.scope.is_here(defined.section):
            return True  # e^x beside the residuals e of another section
        if not defined.symbol.is_scalar:
            return self.options.numbers
        return self.scope.chance.role(key, self.scope.around, since=defined.at) == "vector"

    def _is_number(self, key: str) -> bool:
        """Whether a letter is a number where small letters are: a random variable, too, though it may be a vector.

        So are the steps `x_k` of an iteration.
        """
        key, _, step = key.partition("_")
        if len(key) != 1 or (step and not self.scope.is_iterate(key)):
            return False
        if self.scope.chance.role(key, self.scope.around) or self._is_called_a_column(key):
            return False
        if key.isupper() and self.scope.chance.is_random(key, self.scope.around):
            self.doubt(f"{key} may be a random vector")
            return True
        return key.islower() and key not in {"e", "i", "j"}

    def _is_called_a_column(self, key: str) -> bool:
        """Whether the section calls this very letter a unit vector, or a one-hot one."""
        return self.scope.property_of(key, old=False) in COLUMNS and self.scope.property_in.get(key) == self.scope.section

    def _kind_of(self, key: str) -> Kind | None:
        """The declared kind of a name; what was only guessed is left out where the line tells otherwise."""
        guessed = key in self.usage.apart and key not in self.scope.vectors and not self.scope.is_declared(key)
        return None if guessed else self.scope.kind(key, old=self.options.kinds)

    def _constant(self, key: str) -> Term | None:
        """e and pi, where they are no names like any other."""
        if not self.scope.is_constant(key):
            return None
        vector = key == "e" and self.usage.matrices and key not in self.usage.raised
        if vector or self.scope.is_both(key):
            self.doubt(f"{shown(key)} may be a name here")
        return E if key == "e" else PI

    def _number(self, key: str) -> Term:
        """A name of which nothing is said as a number."""
        symbol = Real.symbol(shown(key))
        self.owners[symbol] = key
        self.plain[key] = symbol
        return symbol

    def _of_any_size(self, key: str, kind: Kind, word: str | None) -> Kind:
        """A declared kind without its sizes, which do not fit here; with a property that only square matrices have."""
        if not kind.sizes or kind.shape == (1, 1) or key.startswith("all "):
            return kind
        stated = self.scope.kinds.get(key)
        said = (
            MISFIT
            if stated is not None and stated.certain and self.scope.is_here(stated.section)
            else "the sizes do not fit"
        )
        self.doubt(f"{said}, {shown(key)} is read as one of any size")
        square = kind.shape[1] != 1 and (len(kind.sizes) == 1 or word in FACTS)
        lengths = [self.sizes.fresh(f"{shown(key)} {k}", matrix=True) for k in range(len(kind.sizes))]
        shape = (
            (lengths[0], lengths[0])
            if square
            else (lengths[0], lengths[1] if len(lengths) > 1 else kind.shape[1])
        )
        sized = replace(kind, shape=shape, sizes=tuple(lengths))
        return having(sized, word) if square and word in FACTS and len(kind.sizes) > 1 else sized

    def _made(self, key: str, word: str) -> Kind:
        """A kind with sizes of its own for a name that has a property."""
        n = self.sizes.fresh(shown(key), matrix=True)
        if word in COLUMNS:
            return COLUMNS[word][n]
        if word == "orthonormal columns":
            return Orthonormal[self.sizes.fresh(f"{shown(key)}_rows", matrix=True), n]
        return FACTS[word][n] if word in FACTS else kind_for("matrix", shown(key), self.sizes)

    def _written_as(self, key: str, letter: str) -> str:
        """Whether a name without a declaration is written as a vector or a matrix."""
        upper = letter.isupper() and len(letter) == 1
        if key != letter and "^" in key and (twin := self._other_layer(key)):
            return twin
        if key not in self.scope.scalars and (twin := self._relative(key)):
            return twin
        if (
            (example := self.scope.values.get(key)) is not None
            and not example[1].is_scalar
            and self.scope.is_here(example[2])
        ):
            return "vector" if example[1].shape[1] == 1 else "row" if example[1].shape[0] == 1 else "matrix"
        if (self.usage.matrices or self.usage.grids) and letter == "I" and not any(m in key for m in "_^"):
            return "identity"
        if key.startswith("bold "):
            return "matrix" if upper or letter in _MATRIX_LETTERS else "vector"
        if key in self.scope.scalars:
            return ""
        if key in self.usage.transposed:
            return "matrix" if upper else "vector"
        base, _, number = key.rpartition("_")
        seen = {key, base + NUMBERED} if number.isdecimal() else {key, of_any_layer(key)}
        if not seen.isdisjoint(self.scope.vectors):
            self.choices.add("evidence")
        if self.options.evidence and not seen.isdisjoint(self.scope.vectors):
            return "matrix" if upper or letter in _MATRIX_LETTERS else "vector"
        plain = key.partition("^")[0] == letter or (letter in _WEIGHTS and number.isdecimal())
        if (upper or letter in _MATRIX_LETTERS) and self.usage.matrices and plain and not self.scope.divides(key):
            return "matrix"
        return ""

    def _relative(self, key: str) -> str:
        r"""What x is where this is `\\hat x`, `x^*` or `\\tilde x`."""
        base = key.rsplit(" ", maxsplit=1)[-1]
        for mark in ("^*", "^\\star", "^star", "^ast", "^+", "^dagger", "'"):
            base = base.removesuffix(mark)
        if base == key or "_" in base or "^" in base or key.startswith("bar "):
            return ""
        kind = self.scope.kind(base, old=self.options.kinds)
        if kind is not None:
            return "" if kind.shape == (1, 1) else word_of(kind)
        if base in self.scope.vectors and self.options.evidence:
            return "matrix" if base[:1].isupper() else "vector"
        return ""

    def _other_layer(self, key: str) -> str:
        """What the same letter is with another label: W^(1) is a matrix, so W^(2) is one."""
        base = key.partition("^")[0] + "^"
        for other in (k for k in self.scope.kinds if k.startswith(base) and k != key):
            kind = self.scope.kind(other, old=False)
            if kind is not None and kind.shape != (1, 1):
                return word_of(kind)
        return ""

    # -- entries ------------------------------------------------------------------------------------------------

    def _array(self, key: str, indices: list[Node] | None) -> Term | None:
        """The vector or matrix of which a name with these indices is an entry, or a row."""
        if indices is None or not all(map(self._is_index, indices)):
            return None
        if key in self.usage.iterates or (len(indices) == 1 and self.scope.is_iterate(key)):
            return None
        if any(n.text == "0" and (key, axis) not in self.usage.zero for axis, n in enumerate(indices)):
            return None  # w_0 beside w_1, ..., w_n is a number of its own
        rows = next((k for k in (f"all {key}", f"all bold {key}") if (kind := self.scope.kind(k, old=self.options.kinds))
                     and kind.shape[1] != 1), None)  # fmt: skip
        vectors = len(indices) == 1 and self._are_vectors(key)
        if (
            len(indices) == 1 and not vectors and key in self.usage.transposed and key in self.usage.bare
            and letter_of(key).islower() and not self.scope.is_single(key)
        ):  # fmt: skip
            return self.symbol(key)  # x_1 beside x^T x
        declared = (
            self._declared(key, len(indices)) if not vectors and (rows is None or len(indices) != 2) else None
        )
        return declared if declared is not None else self._everything(key, indices)

    def _declared(self, key: str, rank: int) -> Term | None:
        """An array that is written with this letter, in bold or as a capital."""
        if key.startswith("bold "):
            return None
        if self._has_members_here(key, rank):
            return None
        upper = key[:1].upper() + key[1:]
        capital = rank == 2 and key[0].islower() and key[1:2] in {"", "^"}
        for twin in [key, "bold " + key, *([upper, "bold " + upper] if capital else [])]:
            bold = twin.startswith("bold ") and twin in self.scope.bolds
            if bold and rank == (2 if twin[5].isupper() else 1):
                return self.symbol(twin)
            kind = self.scope.kind(twin, old=self.options.kinds)
            defined = self.scope.definition(twin, old=self.options.old)
            shape = defined.symbol.shape if defined else kind.shape if kind else None
            if twin in self.usage.apart and defined is None and not self.scope.is_declared(twin):
                continue
            if shape is not None and shape != (1, 1) and self._rank(shape) == rank:
                if defined is not None and self.scope.definition(f"all {key}", old=self.options.old) is not None:
                    self.doubt(f"the text has two formulas for {shown(key)}, with an index and as a whole")
                return self.symbol(twin)
            if shape is None and twin[0].isupper() and "^" in twin and self._other_layer(twin) == "matrix":
                return self.symbol(twin)  # the w^{(l+1)}_{kj} beside W^{(l)}
        return None

    def _has_members_here(self, key: str, rank: int) -> bool:
        """Whether this section says what the x_i are, and only another one that x is a vector."""
        stated, made = self.scope.kinds.get(key), self.scope.definitions.get(key)
        if rank != 1 or stated is None or self.scope.is_here(stated.section) or self._is_vector_here(key):
            return False
        if made is not None and self.scope.is_here(made.section):
            return False
        members = self.scope.definition(f"all {key}", old=False), self.scope.kind(f"all {key}", old=False)
        return any(one is not None for one in members)

    def _is_vector_here(self, key: str) -> bool:
        """Whether a letter is written as a vector where its members are listed; one of the introduction may be another one."""
        if key not in self.scope.vectors:
            return False
        listed = self.scope.kinds.get(f"all {key}")
        if listed is None or not listed.certain or listed.section != self.scope.section:
            return True
        written = self.scope.evidence.get(key, set()) | self.scope.entered_in.get(key, set())
        return self.scope.section in written

    def _everything(self, key: str, indices: list[Node]) -> Term | None:
        """All that an index tells apart: the numbers x_i as a column, the vectors x_i as the rows of a matrix."""
        rank, whole = len(indices), "all " + key
        if (
            all(n.kind == "NUMBER" for n in indices)
            and self.scope.is_single(key)
            and key not in self.usage.families
        ):
            return None
        if (
            f"all bold {key}" in self.scope.kinds
            and whole not in self.scope.kinds
            and whole not in self.scope.definitions
        ):
            whole = f"all bold {key}"  # x_j^{(i)} is an entry of the bold x^{(i)}
        known = self.scope.definition(whole, old=self.options.old) is not None
        kind = self.scope.kind(whole, old=self.options.kinds)
        if self.sizes.promoted.get(key) == "rows" and rank == 1 and not known and not self.scope.is_declared(whole):
            return self._family(whole, 2).symbol(shown(whole))
        if known or kind is not None:
            found = self.symbol(whole)
            if rank <= self._rank(found.shape):
                return found
        if (
            key in self.usage.families
            and not key.startswith("bold ")
            and self._is_linked(key)
            and not self._are_vectors(key)
        ):
            return self._family(key, rank).symbol(shown(key)) if {rank} == self.usage.families[key] else None
        bold = (key.startswith("bold ") or self._are_vectors(key)) and rank == 1 and indices[0].kind == "NAME"
        if rank not in self.usage.families.get(key, ()) and not bold and not self.scope.is_summed(key, rank):
            return None
        return self._family(whole, 2 if self._has_vectors(key) else rank).symbol(shown(whole))

    def _is_linked(self, key: str) -> bool:
        """Whether x and x_i in one chain are a vector and its entries."""
        if key in self.usage.apart:
            return False
        return key in self.scope.vectors or key in self.usage.bare

    def _are_vectors(self, key: str) -> bool:
        r"""Whether the x_i are vectors: those of the text, and the examples x^{(i)} of an x that is a vector itself.

        A vector y has the targets y^{(i)} as its entries.
        """
        if key in self.scope.rows or not self.sampling or letter_of(key) in _TARGETS:
            return key in self.scope.rows
        known, made = self.scope.kind(key, old=True), self.scope.definition(key, old=self.options.old)
        shape = made.symbol.shape if made is not None else known.shape if known is not None else None
        return key in self.scope.vectors or (shape is not None and shape[0] != 1 and shape[1] == 1)

    sampling = False  # whether the index of the name that is read was printed above it

    def _has_vectors(self, key: str) -> bool:
        """Whether what a letter with an index stands for are vectors."""
        letter = letter_of(key)
        several = {1, 2} <= self.usage.families.get(key, set())
        bold = key.startswith("bold ") and letter[:1].islower()
        return bold or several or self._are_vectors(key) or self.sizes.promoted.get(key) == "rows"

    @staticmethod
    def _rank(shape: tuple[Size, Size]) -> int:
        return 1 if 1 in shape else 2

    def _is_index(self, node: Node) -> bool:
        if node.kind == "NUMBER":
            return True
        found = named(node)
        if found is not None and not found.marks:
            key = found.base
            return key in self.bound or key in self.indices or key in INDEX_LETTERS or key in self.usage.dims or (
                key in self.usage.running or
                key in self.scope.dims
                or ((kind := self.scope.kind(key, old=True)) is not None and kind.has("integer"))
            )  # fmt: skip
        return any(n.base in self.bound or n.base in self.usage.running for n in names_in(node))

    def _family(self, key: str, rank: int) -> Kind:
        """The kind of a name whose entries are summed over: as long as the sums say."""
        label = shown(key).replace("\\", "")
        kind = kind_for("vector" if rank == 1 else "matrix", label, self.sizes)
        word = self.scope.properties.get(key.removeprefix("all "))
        kind = having(kind, word) if word in COLUMNS else kind
        self.assumed[key] = kind
        return kind

    def _entry(self, array: Term, indices: Sequence[Node], found: Named) -> Term:
        rows = len(indices) == 1 and array.shape[0] != 1 and array.shape[1] != 1
        both = len(indices) == 2 or rows
        axes = array.shape if both else (array.shape[0] if array.shape[1] == 1 else array.shape[1],)
        key = labelled(found)[0]
        places = [
            self._place(node, length, (key, axis))
            for axis, (node, length) in enumerate(zip(indices, axes, strict=False))
        ]
        if rows:
            return self._row(array, places[0])
        if len(places) == 1:
            return entry(array, places[0], 0) if array.shape[1] == 1 else entry(array, 0, places[0])
        return entry(array, *places)

    def as_vector(self, argument: Term, shape: tuple[Size, Size]) -> None:
        """What a function of vectors is applied to is a vector: a plain letter, or the x_k of step k."""
        if not argument.is_scalar or shape[0] == 1 or shape[1] != 1:
            return
        self.promote(argument, op.zeros(*shape))

    @staticmethod
    def _row(array: Term, place: Term) -> Term:
        """A row as a column."""
        column = INDEX.symbol("c'")
        return Term(
            "build", (entry(array, place, column), column, INDEX.symbol("_")), None, (array.shape[1], 1)
        )

    def _place(self, node: Node, length: Size, axis: tuple[str, int]) -> Term:
        """An index as printed, as a place from 0 on an axis of some length."""
        first = ZERO if axis in self.usage.zero else ONE
        found = named(node)
        sets = {
            str(b.length) for n in names_in(node) if (b := self.bound.get(n.base)) is not None and b.member
        }
        self.indexed.setdefault(axis, set()).update(sets or {""})
        for bound in (self.bound[n.base] for n in names_in(node) if n.base in self.bound):
            if bound.length is not None:
                needed = size(as_term(bound.length) + bound.shifts.get(axis, 0))
                if not self.sizes.cover(length, needed):
                    self.doubt(f"{shown(axis[0])} has {length} {OTHER_RANGE} {needed}")
            elif bound.label:
                self.sizes.same(self.sizes.fresh(bound.label), length)
        if found is not None and not found.marks and found.base in self.bound:
            bound = self.bound[found.base]
            return as_term(size(bound.symbol + bound.offset - first))
        if (
            found is not None
            and not found.marks
            and (found.base in INDEX_LETTERS or self.scope.kind(found.base, old=True) is None)
            and found.base not in self.usage.dims
            and (found.base in INDEX_LETTERS or shown(found.base) not in self.scope.dims)
        ):
            return self.running_index(found.base, length)
        place = size(self.value(node) - first)
        if isinstance(place, int) and place < 0:
            raise Unread("an entry that does not count from 1", node.at, node.end)
        return self.reached(place, length)

    def reached(self, place: Size, length: Size) -> Term:
        """A place on an axis, which is so long at least."""
        if isinstance(place, int) and isinstance(length, Term):
            self.longer[length] = max(place + 1, self.longer.get(length, 0))
        return as_term(place)

    def check_sets(self) -> None:
        """An array is indexed by one set, or by none: which of its entries belong to a set is not known."""
        for (key, _), sets in self.indexed.items():
            if len(sets) > 1:
                raise NotKnown(f"which of the {shown(key)} belong to a set is not said")

    def running_index(self, key: str, length: Size) -> Term:
        """A letter that runs over a range without being bound."""
        if key in self.indices:
            self.sizes.same(
                self.indices[key].data[1].sizes[0] if self.indices[key].data[1].sizes else length, length
            )
        else:
            self.indices[key] = Index[length].symbol(key)
            if key in self.scope.ranges:
                self.sizes.cover(length, self.scope.ranges[key])
        return self.indices[key]

    def _is_delta(self, key: str, indices: list[Node] | None) -> bool:
        """`delta_ij` where nothing else is called delta."""
        known = self.scope.kind(key, old=True) or self.scope.definition(key, old=True)
        return key == "delta" and indices is not None and len(indices) == 2 and known is None

    def _delta(self, indices: Sequence[Node]) -> Term:
        """The Kronecker delta; a free index has the range of the one beside it."""
        names = [named(i) for i in indices]
        bounds = [self.bound.get(n.base) if n is not None and not n.marks else None for n in names]
        known = [b.length if b.length is not None else self.sizes.fresh(b.label) for b in bounds if b is not None
                 and (b.length is not None or b.label)]  # fmt: skip
        length = known[0] if known else None
        places = []
        for node, name, bound in zip(indices, names, bounds, strict=True):
            if name is not None and bound is None and name.base not in self.indices:
                self.indices[name.base] = (
                    Index[length].symbol(name.base) if length is not None else INDEX.symbol(name.base)
                )
            free = name is not None and bound is None
            places.append(self.indices[name.base] if free and name else as_term(size(self.value(node) - ONE)))
        return op.delta(*places)

    # -- what the whole reader knows ----------------------------------------------------------------------------

    def value(self, node: Node) -> Term:
        """The term of a node that stands for a value."""
        raise NotImplementedError  # pragma: no cover

    def product(self, parts: Sequence[Node]) -> Term:
        """The term of a row of units."""
        raise NotImplementedError  # pragma: no cover

    def condition(self, node: Node) -> Term:
        """A chain of relations."""
        raise NotImplementedError  # pragma: no cover

    def unit(self, node: Node) -> Term:
        """An atom with its marks."""
        raise NotImplementedError  # pragma: no cover

    def entry_of(self, term: Term, inside: Node, node: Node) -> Term:
        """An entry of what stands before a subscript."""
        raise NotImplementedError  # pragma: no cover

    def factor(self, parts: Sequence[Node], k: int) -> tuple[Term, int]:
        """The factor at a place of a row, and where the next one begins."""
        raise NotImplementedError  # pragma: no cover

    def marked(self, term: Term, marks: Sequence[Node], node: Node) -> Term:
        """A term with marks behind it."""
        raise NotImplementedError  # pragma: no cover

    def stack(self, kind: str, body: Term, place: Term, length: Size, rest: Sequence[Node]) -> Term:
        """What stands at every place, below or beside each other."""
        raise NotImplementedError  # pragma: no cover

    def is_chance(self, name: Named, following: Node) -> bool:
        """Whether a name before a bracket is a probability or an expectation."""
        raise NotImplementedError  # pragma: no cover

    def call(self, f: Function, arguments: list[Term], primes: int, node: Node) -> Term:
        """A function at its arguments, differentiated so many times."""
        raise NotImplementedError  # pragma: no cover

    def table_index(self, name: str) -> tuple[Term, Term, Term] | None:
        """The range of a variable of a mass function."""
        raise NotImplementedError  # pragma: no cover

    def limit_of(self, marks: Sequence[Node], rest: Sequence[Node]) -> Term:
        """A limit."""
        raise NotImplementedError  # pragma: no cover

    def integral_at(self, marks: Sequence[Node], parts: Sequence[Node], k: int) -> tuple[Term, int]:
        """An integral within one product."""
        raise NotImplementedError  # pragma: no cover

    def integral_over(
        self, parts: Sequence[tuple[str, tuple[Node, ...]]], k: int, place: int
    ) -> tuple[Term, int] | None:
        """An integral over several summands."""
        raise NotImplementedError  # pragma: no cover
