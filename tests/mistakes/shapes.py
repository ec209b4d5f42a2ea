"""Lines whose shapes do not fit. A comment `#: outcome` says what must come of a line, `: text` what must be said."""

from calcds.notation import *

m, n = map(Dim, "mn")


@derivation("A product in the wrong order")
def wrong_order(X: Matrix[m, n], w: Vector[n], y: Vector[m]):
    yield grad((X*w - y).T*(X*w - y), w)
    yield 2*(X*w - y)*X,                    "the other way round"  #: malformed: cannot multiply


@derivation("The residual instead of the gradient")
def missing_transpose(X: Matrix[m, n], w: Vector[n], y: Vector[m]):
    yield grad((X*w - y).T*(X*w - y), w)
    yield 2*(X*w - y),                      "X.T is missing"  #: malformed: different shapes


@derivation("A number added to a vector")
def number_plus_vector(x: Vector[n]):
    yield x
    yield x + 1,                            "one more"  #: malformed: cannot add


@derivation("A vector squared")
def vector_squared(x: Vector[n]):
    yield x.T*x
    yield x**2,                             "squared"  #: malformed: only square matrices have powers


@derivation("An inverse that no sizes guarantee")
def without_full_rank(X: Matrix[m, n], y: Vector[m]):
    yield X.T*X*(X.T*X).I*X.T*y
    yield X.T*y,                            "cancel"  #: malformed: FullRank


@derivation("An index beyond the end")
def beyond_the_end(x: Vector[3]):
    yield x[0]
    yield x[3],                             "the last one"  #: malformed: out of range


@derivation("A relation as a value")
def relation_as_value(x: Real):
    yield x
    yield Eq(x, 0) + 1,                     "wrong"  #: malformed: is a relation
