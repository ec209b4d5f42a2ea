"""What the tests of deciding share: hypothesis strategies for random terms, and the exact stages as one question."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from calcds.decide.induction import prove_by_induction
from calcds.decide.prover import Proof, prove_equal
from calcds.decide.words import prove_words
from calcds.expr.term import Term, as_term
from tests.fuzz.generate import SCALARS, Maker

STAGES = (prove_equal, prove_words, prove_by_induction)


def proofs(left: object, right: object, *given: Term) -> list[str]:
    """The stages that prove left = right."""
    a, b = as_term(left), as_term(right)
    return [stage.__name__ for stage in STAGES if isinstance(stage(a, b, given), Proof)]


def makers(*words: str) -> st.SearchStrategy[Maker]:
    """Sources of random terms with a vocabulary of words."""
    names = st.lists(st.sampled_from(SCALARS), min_size=1, max_size=3, unique=True)
    return st.builds(
        lambda seed, few: Maker(Random(seed), frozenset(words), tuple(few)), st.integers(0, 2**32), names
    )


def scalars(*words: str, depth: int = 3) -> st.SearchStrategy[Term]:
    """Random scalar terms."""
    return makers(*words).map(lambda maker: maker.scalar(depth))
