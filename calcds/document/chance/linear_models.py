r"""`y = X\beta + \varepsilon`: the errors are random, X and \beta are not, and what the text says of the errors holds on.

    \varepsilon \sim N(0, \sigma^2 I)          \operatorname{Var}(\varepsilon) = \sigma^2 I
    "Errors have mean zero and variance $\sigma^2$ and are uncorrelated"
    \operatorname{Var}(\varepsilon \mid X) = \sigma^2 I        X is fixed: this is the same
    \operatorname{Var}(\varepsilon) = \sigma^2 \Omega             in its section: the errors are no longer uncorrelated
    y = X_1 \beta_1 + X_2 \beta_2 + u,   E(u \mid X_1, X_2) = 0   the mean alone, where nothing else is said

From there on every error has mean 0 and variance \sigma^2, and no two of them are correlated: that is all which the mean
and the covariance of a linear estimator rest on. As X is fixed, E[. | X] is E[.] (calcds.document.chance.conditioning).
It ends where the errors get another covariance, and in sections that speak of weights or of errors that are correlated.

Imports: calcds.document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from calcds.document.chance.random_vectors import is_covariance
from calcds.document.source.latex import Node
from calcds.document.source.names import (
    NUMBERED,
    atom_and_marks,
    is_transpose,
    letter_of,
    named,
    opened,
    text_of,
)
from calcds.document.source.statements import Cut
from calcds.document.words.randomness import (
    ENDLESS,
    EXPECTATIONS,
    VARIANCES,
    Chance,
    Said,
    base_of,
    full_of,
    operands,
)
from calcds.document.words.scope import Scope

_ERRORS = {"varepsilon", "epsilon", "u", "e", "eta", "xi", "v"}
_ZERO = Node("NUMBER", (), "0")
_SAID = re.compile(
    r"\b(?:errors?|noise|disturbances?|error terms?)\b[^.;]*\bvariances?\s+(?:of\s+|equal to\s+)?\$?$", re.IGNORECASE
)
_CENTRED = re.compile(
    r"\bmeans?\s+(?:zero|\$0\$|0)|\bzero[ -]means?|\bcentred|\bcentered|\bexpectations?\s+(?:zero|\$0\$)", re.IGNORECASE
)
_UNTIED = re.compile(r"\buncorrelated|\bindependent|\bi\.?i\.?d|\bspherical", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"heterosc?k?edastic|\bgeneralis?z?ed least|\bweighted least|\bcorrelated errors|autocorrelat|"
    r"\bGLS\b|\bsandwich|\brandom regressors?|\binstrument", re.IGNORECASE
)  # fmt: skip


def take_model(pieces: Sequence[Cut], scope: Scope) -> None:
    """Learn what a document says of the errors of its linear model."""
    chance = scope.chance
    models = [(piece, model) for piece in pieces for model in _models(piece)]
    for piece, (error, fixed) in models:
        _take_parts(piece.segment.section, {error, *fixed}, scope)
    if not models:
        return
    error, fixed = models[0][1]
    fixed = fixed.union(*(keys for _, (_, keys) in models))
    if any(model[0] != error for _, model in models):
        return
    variance, begin, end = None, 0, ENDLESS
    for piece in pieces:
        found = _covariance(piece, error)
        if found is None:
            continue
        if variance is None and _is_spherical(found):
            variance, begin = _without_identity(found), piece.segment.at
        elif not _is_spherical(found):
            end = piece.segment.at
            _take_other(found, piece, (error, fixed), chance)
            break
    if variance is None:
        variance, begin = next(_in_words(pieces), (None, 0))
    if variance is None and end == ENDLESS:
        begin = next((p.segment.at for p in pieces if _is_centred(p, error)), ENDLESS)
    values = (_ZERO, Node("EMPTY") if variance is None else variance)
    if begin >= end:
        return
    other = {p.segment.section for p in pieces if _OTHERWISE.search(p.segment.before)}
    sections = {p.segment.section for p in pieces if p.segment.at < end} - other
    for section in sections:
        chance.random_in.setdefault(error, set()).add(section)
        for key in {*fixed, *map(base_of, fixed)}:
            chance.random_in.get(key, set()).discard(section)
        chance.facts.append(Said("moments", frozenset({error}), section, 0, end, values=values))
        chance.facts += [Said("iid", frozenset({error}), section, 0, end)] if variance is not None else []
        chance.facts.append(Said("fixed", frozenset(fixed), section, 0, end))
    known = {error, *fixed}
    lost = (f for f in chance.facts if f.word in {"alike", "unclear", "law"} and f.section in sections and f.keys <= known)
    for fact in [*lost]:
        chance.facts.remove(fact)


def _take_parts(section: int, keys: set[str], scope: Scope) -> None:
    r"""In `y = X_1 \beta_1 + X_2 \beta_2 + u` all but the X_i are vectors, where a section transposes one of these."""
    parted = {key for key in keys if "_" in key}
    turned = any(section in scope.evidence.get(base_of(key) + NUMBERED, ()) for key in parted if letter_of(key).isupper())
    for key in keys if parted and turned else ():
        scope.evidence.setdefault(key, set()).add(section)


def _take_other(covariance: Node, piece: Cut, model: tuple[str, set[str]], chance: Chance) -> None:
    """Errors with a covariance matrix of another form are a random vector, in the section that says so."""
    if not is_covariance(covariance):
        return
    (error, fixed), section = model, piece.segment.section
    chance.random_in.setdefault(error, set()).add(section)
    for key in {*fixed, *map(base_of, fixed)}:
        chance.random_in.get(key, set()).discard(section)
    here = [f for f in chance.facts if f.section == section and f.keys <= {error, *fixed}]
    for fact in (f for f in here if f.word in {"alike", "unclear", "law"}):
        chance.facts.remove(fact)
    chance.facts.append(Said("moments", frozenset({error}), section, piece.segment.at, values=(_ZERO, covariance)))
    chance.facts.append(Said("fixed", frozenset(fixed), section, piece.segment.at))


def _models(piece: Cut) -> Iterator[tuple[str, set[str]]]:
    """The errors and the names that are fixed of every `y = X b + e`."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if following.relation not in {"=", ":="} or not isinstance(left, Node) or not isinstance(right, Node):
                continue
            name, inside = named(opened(left)), opened(right)
            parts = inside.parts if inside.kind == "sum" else ()
            if name is None or name.marks or len(parts) < 3 or any(sign.text != "+" for sign in parts[1::2]):
                continue
            error = named(opened(parts[-1]))
            terms = [_fixed_in(part) for part in parts[:-1:2]]
            if error is not None and not error.marks and letter_of(error.base) in _ERRORS and all(terms):
                yield error.base, set().union(*terms)


def _fixed_in(part: Node) -> set[str]:
    r"""The X and \beta of `X \beta`, the X_1 and \beta_1 of `X_1 \beta_1`; nothing where it is no such product."""
    factors = [named(p) for p in part.parts] if part.kind == "product" else []
    names = [f for f in factors if f is not None and all(m.kind == "below" for m in f.marks)]
    if len(factors) != 2 or len(names) != 2 or not letter_of(names[0].base).isupper():
        return set()
    return {full_of(f) for f in names}


def _covariance(piece: Cut, error: str) -> Node | None:
    """What the text says the covariance of the errors is."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if not isinstance(left, Node) or not isinstance(right, Node):
                continue
            name = named(opened(left))
            if following.relation == "dist" and name is not None and name.base == error and not name.marks:
                law = opened(right)
                bracket = atom_and_marks(law.parts[-1])[0] if law.kind == "product" else law
                items = bracket.parts[0].parts if bracket.kind == "round" and len(bracket.parts) == 1 else ()
                if len(items) == 3 and text_of(items[0]) == "0":
                    return items[2]
            whole = opened(left).kind == "product" and len(opened(left).parts) == 2
            if whole and following.relation in {"=", ":="} and any(_is_variance(*one, error) for one in operands(left)):
                return right
    return None


def _is_centred(piece: Cut, error: str) -> bool:
    r"""Whether a formula says `E(u) = 0`, or `E(u \mid X) = 0`, of the errors."""
    for statement in piece.statements:
        for side, following in zip(statement.sides, statement.sides[1:], strict=False):
            left, right = piece.trees.get(side), piece.trees.get(following)
            if isinstance(left, Node) and isinstance(right, Node) and text_of(opened(right)) == "0":
                whole = opened(left).kind == "product" and len(opened(left).parts) == 2
                if whole and any(key in EXPECTATIONS and _is_error(bracket, error) for key, _, bracket in operands(left)):
                    return True
    return False


def _is_error(bracket: Node, error: str) -> bool:
    name = named(_unconditional(bracket))
    return name is not None and name.base == error and not name.marks


def _unconditional(bracket: Node) -> Node:
    """What stands in a bracket, before a bar: for given X, which is fixed."""
    inside = opened(bracket.parts[0]) if bracket.parts else bracket
    bar = inside.kind == "items" and len(inside.parts) > 2 and inside.parts[1].kind == "MID"
    return opened(inside.parts[0]) if bar else inside


def _is_variance(key: str, _: Node, bracket: Node, error: str) -> bool:
    inside = _unconditional(bracket)
    name = named(inside)
    if key in {*VARIANCES, "Cov"}:
        return name is not None and name.base == error and not name.marks
    parts = [named(p) for p in inside.parts] if inside.kind == "product" else []
    square = len(parts) == 2 and all(p is not None and p.base == error for p in parts)
    turned = square and parts[1] is not None and len(parts[1].marks) == 1 and is_transpose(parts[1].marks[0])
    return key in EXPECTATIONS and turned


def _is_spherical(covariance: Node) -> bool:
    r"""`\sigma^2 I_n`."""
    inside = opened(covariance)
    last = named(inside.parts[-1]) if inside.kind == "product" and len(inside.parts) == 2 else None
    return last is not None and letter_of(last.base) == "I"


def _without_identity(covariance: Node) -> Node:
    return opened(covariance).parts[0]


def _in_words(pieces: Sequence[Cut]) -> Iterator[tuple[Node, int]]:
    r"""The variance of "uncorrelated errors with mean zero and variance $\sigma^2$"."""
    for piece in pieces:
        before = re.split(r"[.;]\s", piece.segment.before)[-1]
        sentence = before + re.split(r"[.;]\s", piece.segment.after)[0]
        tree = piece.trees.get(piece.statements[0].sides[0]) if len(piece.statements) == 1 else None
        if isinstance(tree, Node) and _SAID.search(before) and _CENTRED.search(sentence) and _UNTIED.search(sentence):
            yield tree, piece.segment.at


__all__ = ["take_model"]
